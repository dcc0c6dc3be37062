"""The sample documents, where their figures come from, and the evidence of the evaluation's cases."""

import re
import subprocess
import sys

import pytest

from policy_qa.evaluation.cases import load_cases

SAMPLES = {
    "六市发展路径比较研究（示例）.md": "utf-8",
    "柳州工业投资调研报告（示例）.md": "utf-8",
    "柳州科技创新统计简报（示例）.txt": "gb18030",
}
# Not figures: years, months, periods like 1—9月, and the name “5+5”.
FIGURE = re.compile(r"(?<![\d.+])\d+(?:\.\d+)?(?:[/:]\d+)?(?![\d.]*[年月—+\d])")


@pytest.fixture(scope="module")
def samples(root):
    """The text of every sample, by file name."""
    return {
        name: (root / "corpus" / name).read_bytes().decode(encoding) for name, encoding in SAMPLES.items()
    }


@pytest.fixture(scope="module")
def cases(root):
    return load_cases(root / "eval" / "cases.jsonl")


def figures(text):
    return set(FIGURE.findall(text))


def source_rows(root):
    """What docs/samples.md says of each sample: by file name and line, the figures and the source."""
    rows, name = {}, None
    for line in (root / "docs" / "samples.md").read_text(encoding="utf-8").split("\n"):
        if file := re.match(r"文件：`corpus/(.+?)`", line):
            name = file[1]
        elif row := re.match(r"\| (\d+) \| (.+?) \| (.+) \|$", line):
            rows[name, int(row[1])] = (row[2], row[3])
    return rows


def test_the_corpus_holds_three_samples_that_say_so(root, samples) -> None:
    assert {path.name for path in (root / "corpus").iterdir() if not path.name.startswith("README")} >= set(
        SAMPLES
    )
    for text in samples.values():
        assert "（示例）" in text.split("\n")[0]
        assert 2500 <= len(text) <= 3800


def test_one_sample_can_only_be_read_as_gb18030(root) -> None:
    data = (root / "corpus" / "柳州科技创新统计简报（示例）.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


def test_the_known_fact_is_in(samples) -> None:
    assert "2020年研发投入强度：1.8%" in samples["柳州科技创新统计简报（示例）.txt"]


def test_every_figure_of_the_samples_has_its_source(root, samples) -> None:
    rows = source_rows(root)
    for name, text in samples.items():
        for number, line in enumerate(text.split("\n"), start=1):
            listed, source = rows.get((name, number), ("", ""))
            assert figures(line) <= figures(listed), (name, number)
            assert not figures(line) or re.match("[甲乙丙丁戊]，", source), (name, number)


def test_no_source_row_speaks_of_what_is_not_there(root, samples) -> None:
    for (name, number), (listed, _) in source_rows(root).items():
        line = samples[name].split("\n")[number - 1]
        assert line.strip(), (name, number)
        assert figures(listed) <= figures(line), (name, number)


def test_every_evidence_stands_exactly_once_in_its_document(cases, samples) -> None:
    for case in cases:
        for evidence in case.evidence:
            assert samples[evidence.document].count(evidence.quote or "") == 1, (case.id, evidence.quote)


def test_every_accepted_value_is_said_by_the_evidence(cases) -> None:
    for case in cases:
        quotes = "\n".join(evidence.quote or "" for evidence in case.evidence)
        for group in case.accepted:
            assert any(value in quotes for value in group), (case.id, group)


def test_the_cases_are_sixty_of_the_agreed_kinds(cases) -> None:
    kinds = [case.kind for case in cases]
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    assert counts == {"fact": 25, "list": 9, "out_of_scope": 10, "paraphrase": 13, "provenance": 3}
    assert all(case.max_chars == 200 for case in cases if case.kind in {"fact", "paraphrase"})
    assert all((case.expect == "refusal") == (case.kind == "out_of_scope") for case in cases)
    assert len({case.question for case in cases}) == 60


def test_no_value_is_accepted_and_forbidden_at_once(cases) -> None:
    for case in cases:
        assert not set(case.forbidden) & {value for group in case.accepted for value in group}, case.id


def test_no_sentence_of_the_real_reports_is_in_the_corpus(root, shared) -> None:
    tool = shared / "tools" / "originality.py"
    done = subprocess.run(
        [sys.executable, tool, root / "corpus"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_figure_stands_in_a_real_report(samples, shared) -> None:
    reports = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((shared / "sources").glob("*.txt"))
    )
    known = set(re.findall(r"\d+(?:\.\d+)?(?:[/:]\d+)?", reports))
    for name, text in samples.items():
        assert figures(text) <= known, (name, figures(text) - known)


def test_the_cases_on_the_real_reports_fit_them(root, shared) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (shared / "sources").glob("*.txt")}
    for case in load_cases(root / "eval" / "sources_cases.jsonl"):
        lines = [texts[evidence.document].split("\n")[evidence.line - 1] for evidence in case.evidence]
        around = re.sub(r"\s", "", "".join(texts[evidence.document] for evidence in case.evidence))
        assert all(line.strip() for line in lines), case.id
        assert all(any(value in around for value in group) for group in case.accepted), case.id
