"""What the tests of reading share: made-up texts, printed the way such texts reach users, and the invariant."""

import re

from policy_qa.types import SourceFile

SENTENCES = (
    "某市今年新增创新平台12家，其中国家级3家，比上年多出一倍。",
    "全社会研发投入强度为1.8%，与邻近地区相比仍有差距。",
    "各部门应当统筹人才、资金、土地等要素，形成合力。",
    "据测算，GDP每增长1个百分点，可带动就业约2.5万人。",
    "《关于支持企业技术改造的若干措施》印发后，申报项目明显增多。",
    "这说明“链主”企业的带动作用正在显现！",
    "下一步怎么办？",
    "港口货物吞吐量达到3,200万吨，集装箱运输增长较快。",
)


def source(text: str, *, verbatim: bool = False, title: str | None = None) -> SourceFile:
    return SourceFile("样本.txt", "0" * 64, text, "utf-8", verbatim=verbatim, title=title)


def wrap(paragraph: str, columns: int, *, indent: int = 0) -> list[str]:
    """The paragraph broken the way print breaks it: no line starts with a closing mark, no number is cut."""
    units = re.findall(r"[0-9A-Za-z.,%]+|.", paragraph)
    lines, line, width = [], "", indent
    for unit in units:
        size = sum(1 if character.isascii() else 2 for character in unit)
        if width + size > columns and unit not in "，。、；：！？”》）":
            lines.append(line)
            line, width = "", 0
        line, width = line + unit, width + size
    return [*lines, line]


def check_nothing_lost(given: SourceFile, text: str, line_map, set_aside) -> None:
    """Invariant 4: the source's visible characters are, each once, in the text or set aside."""
    taken: list[int] = []
    last_end = 0
    for run in line_map.runs:
        assert run.span.of(text) == given.text[run.source_start : run.source_start + len(run.span)]
        assert not text[last_end : run.span.start].strip()
        assert run.span.start >= last_end
        last_end = run.span.end
        before = given.text[: run.source_start].replace("\r\n", "\n").replace("\r", "\n")
        assert run.line == before.count("\n") + 1
        taken += range(run.source_start, run.source_start + len(run.span))
    assert not text[last_end:].strip()
    for aside in set_aside:
        assert aside.source_span.of(given.text) == aside.text
        taken += range(aside.source_span.start, aside.source_span.end)
    assert len(taken) == len(set(taken))
    visible = [place for place, character in enumerate(given.text) if not character.isspace()]
    assert sorted(place for place in taken if not given.text[place].isspace()) == visible
