"""How far each of two things is from what both are set against, and which is further: 两项增速都比全国低，哪项落后得更多."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.arithmetic import amount_of, in_one_unit, plain
from policy_qa.computing.asked_parts import Part
from policy_qa.computing.operands import several
from policy_qa.computing.sides import Words
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.types import Answer, Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

_THINGS = r"(?P<things>[^，,]{4,}?[和与跟、][^，,]+?)"
_BASE = r"(?P<base>(?!.*[和与跟、])[^，,]{2,12}?)(?:的?平均)?(?:的?水平)?"
_APART = r"(?:落后|领先|差距?|高出?|低|[少慢快]|超过?)?(?:得|的|了)?(?:幅度)?(?:更|较|最)?(?:[多大]|厉害|明显|远)(?:些|一些|一点)?"
_WHICH = r"(?:是)?(?:哪[一]?[项个]?(?:指标)?|哪个[市县区省]|谁|何者)"
WHICH_FURTHER = (
    re.compile(
        rf"{_THINGS}(?:两项|两者|二者|双双)?(?:都|均|皆)(?:(?<![占对])比|[高低快慢多少大小]于|落后于?|不如|不及){_BASE}(?:要|还)?[高低多少快慢大小差]?[，,]{_WHICH}{_APART}"
    ),
    re.compile(
        rf"{_THINGS}[，,]?(?:中)?[，,]?{_WHICH}(?:与|和|跟|同|比|离|较){_BASE}(?:相比|比)?[，,]?的?{_APART}"
    ),
    re.compile(rf"{_THINGS}(?:与|和|跟|同){_BASE}(?:相比|比较?|比起来)[，,]{_WHICH}{_APART}"),
)
WAYS = ("低少慢小", "高多快大")


def distances_asked(text: str) -> tuple[Part, ...]:
    """How far each of the two is from what both are set against, each a question of its own; none where that is not asked.

    >>> [one.asked for one in distances_asked("2020年甲增速和乙增速都比全国低，哪一项落后得更多？")]
    ['2020年甲增速与全国相差多少？', '2020年乙增速与全国相差多少？']
    """
    bare = text.rstrip("？?。 ")
    found = next((match for way in WHICH_FURTHER if (match := way.fullmatch(bare))), None)
    made = found and several(Words(bare), found["things"])
    if found is None or not made or len(made[1]) != 2:
        return ()
    parts = []
    for one in made[1]:
        is_place = bool(find_places(one.name))
        asked = f"{one.question.removesuffix('是多少？')}与{found['base']}相差多少？"
        parts.append(Part(bare, asked, *(((one.name,), ()) if is_place else ((), (one.name,)))))
    return tuple(parts)


def further_apart(parts: Sequence[Part], answers: Sequence[Answer], joined: Answer) -> Answer:
    """The answers, and before them which distance is the greater where both are to one side."""
    told = [answer.claims[0].text for answer in answers]
    sizes = [read_quantities(text)[-1:] for text in told]
    ways = [next((way for way in WAYS if re.search(rf"[{way}][^，高低多少]*$", text)), "") for text in told]
    if not all(sizes) or len(set(ways)) > 1 or not ways[0]:
        return joined
    amounts = [amount_of(one[0]) for one in sizes]
    alike = in_one_unit([one for one in amounts if one])
    if alike is None or len(alike) != len(parts) or alike[0].number == alike[1].number:
        return joined
    first, second = (abs(one.number) for one in alike)
    order = (0, 1) if first > second else (1, 0)
    names = [(one.own or one.names)[0] for one in parts]
    text = messages.FURTHER_APART.format(
        name=names[order[0]], one=sizes[order[0]][0].text, other=sizes[order[1]][0].text
    )
    cited = tuple(dict.fromkeys(number for claim in joined.claims for number in claim.citations))
    numbers = [plain(one) for one in sorted((first, second), reverse=True)]
    claim = Claim(text, cited, "computed", " > ".join(numbers))
    return Answer(joined.question, (claim, *joined.claims), joined.citations, joined.notices)
