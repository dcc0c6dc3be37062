"""Reckonings of which a question names every number, told in places far apart."""

from __future__ import annotations

import pytest

from policy_qa.auditing.asked import read_audit
from policy_qa.auditing.choosing import check_named
from policy_qa.config import load_settings
from policy_qa.figures.extract import extract_figures
from policy_qa.ingest.documents import read_document
from policy_qa.language.tokens import Segmenter
from policy_qa.types import Question, SourceFile
from policy_qa.understanding import understand

REPORT = """# 渔港建设简报

全市未动工的渔港有29个，进度偏慢。

2019年批准渔港40项，剩余12项尚未动工。2021年批准渔港25项，未动工17项。

渔业投资下降8.4%，形势严峻。水产加工投资增长2.1%，低于预期。水产养殖投资比加工投资低10.5个百分点。

全市有渔港研究所4家。水产企业950家。渔港研究所占水产企业的比重不足0.5%。
"""


@pytest.mark.parametrize(
    ("question", "working"),
    [
        ("未动工的渔港29个，和前面剩余12项、未动工17项合得拢吗", "12项 + 17项 = 29个"),
        ("未动工的渔港29个，和前面剩余12项、未动工25项合得拢吗", None),
        ("渔业投资下降8.4%、加工投资增长2.1%，低10.5个百分点，算得对吗", "2.1% − (−8.4%) = 10.5个百分点"),
        ("未动工的渔港29个，合得拢吗", None),
        ("说渔港研究所占水产企业不足0.5%，按4家和950家算成立吗", "4家 ÷ 950家 = 0.42%"),
    ],
)
def test_all_numbers_named(question: str, working: str | None) -> None:
    document = read_document(SourceFile("渔港.md", "", REPORT, "utf-8"))
    audit = read_audit(understand(Question(question), Segmenter(load_settings().cache)))
    assert audit is not None
    assert audit.is_sure
    check = check_named(audit, [document], extract_figures, lambda _word: 1.0)
    assert (check and check.working) == working
