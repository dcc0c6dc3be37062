"""Claims that say several things at once: 甲市居首，约为乙市的2倍; 2018年至2020年每年都最高."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.computing.asserted import asserted
from policy_qa.computing.each import told_anew
from policy_qa.computing.sides import Words
from policy_qa.language.claims import Claim
from policy_qa.types import Answer, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_qa.types import Outcome, Question

EACH_YEAR = re.compile(
    r"(?P<first>\d{4})年?(?:至|到|[-—–~～]+)(?P<last>\d{4})年(?:间|里|期间|这[几两三四五六]年)?[，,]?"
    r"(?P<what>.*?)[，,]?(?:每一?年|历年|各年|年年|连年)(?:均|都|皆)?"
)
MOST_YEARS = 6
WITHOUT_SUBJECT = re.compile(
    r"(?:也|又|还|同时|并且?|且|而且)*(?=大?约?[为是]|相当于|占|比|较|居|排|位[居列]|[高低多少大小快慢]于|超过|不[到足及])"
)
TOPIC = re.compile(
    r"(?P<topic>.{4,}?)(?:仍|也|均|都|还|已)*(?:居|排[在名第]|位[居列]|在[^，,]{2,12}[中里]|是|为|(?<!占)比(?![重例值较])|占(?!比)|达|最[高低大小多少]|[高低多少大小快慢]于|超过)"
)
GROWN_AND_APART = re.compile(
    r"(?P<grown>(?P<what>.{4,}?)(?:同比|大幅|明显)*(?:增长|上[升涨]|提高|下[降滑跌]|回落|减少|[增升涨降跌减])了?[\d.]+[%％])[，,]"
    r"(?:增[速幅])?(?:[比较](?P<than>[^，,\d]+?)(?P<how>[高低快慢])[出了]?|(?P<way>[高低快慢])于(?P<of>[^，,\d]+?))(?P<gap>[\d.]+个?百分点)"
)
"""By how much something grew, and how far that lies from the growth of another."""


def parts_of(claim: Claim) -> tuple[Claim, ...]:
    """What the claim says, each a claim of its own; empty for one that says one thing.

    >>> [one.text for one in parts_of(Claim("荆州建成区面积居六市首位，约为黄石的2.4倍"))]
    ['荆州建成区面积居六市首位', '荆州建成区面积约为黄石的2.4倍']
    >>> [one.text for one in parts_of(Claim("2019年至2020年，荆州的绿化率每年都是六市里最高的"))]
    ['2019年荆州的绿化率是六市里最高的', '2020年荆州的绿化率是六市里最高的']
    >>> [one.text for one in parts_of(Claim("荆州茶园投资降了3%，比绿化投资低5个百分点"))]
    ['荆州茶园投资降了3%', '荆州茶园投资增速比绿化投资增速低5个百分点']
    """
    text = claim.text
    each = EACH_YEAR.search(text)
    if each:
        years = range(int(each["first"]), int(each["last"]) + 1)
        start, rest = text[: each.start()], text[each.end() :]
        parts = tuple(replace(claim, text=f"{start}{year}年{each['what']}{rest}") for year in years)
        return parts if 1 < len(parts) <= MOST_YEARS else ()
    grown = GROWN_AND_APART.fullmatch(text)
    if grown:
        other = grown["than"] or grown["of"]
        named = "增速" if Words(other).side(0, len(other)).rest else ""
        other = claim.by if claim.by.endswith("增速") else f"{other}{named}"
        apart = f"{grown['what']}增速比{other}{grown['how'] or grown['way']}{grown['gap']}"
        return Claim(grown["grown"]), replace(claim, text=apart)
    first, _, second = text.replace(",", "，").partition("，")
    bare, topic = WITHOUT_SUBJECT.match(second), TOPIC.match(first)
    if not bare or not topic or "，" in second:
        return ()
    said = (
        replace(claim, text=first),
        replace(claim, text=f"{topic['topic']}{second[bare.end() :]}"),
    )
    return said if any(any(asserted(one)) for one in said) else ()


def judge_parts(
    question: Question, claim: Claim, judge_one: Callable[[str], Outcome | None]
) -> Outcome | None:
    """The verdicts on all that the claim says, what does not hold first; None for a claim that says but one thing.

    One that does not hold settles it; the refusal where none such is found and any is left open.
    """
    parts = parts_of(claim)
    judged = [judge_one(part.asked()) for part in parts]
    answers = [one for one in judged if isinstance(one, Answer)]
    if not parts:
        return None
    if len(answers) < len(parts) and all(map(holds, answers)):
        return Refusal(question, "not_found", messages.AUDIT_NOTHING)
    return joined_answers(question, sorted(answers, key=holds))


def holds(answer: Answer) -> bool:
    """Whether an answer begins with the verdict that what is said holds."""
    return not answer.claims[0].text.startswith((messages.ASSERTED_WRONG, messages.TOLD_DIFFERS[:3])) and (
        messages.CLAIM_WRONG[-3:] not in answer.claims[0].text.split("。")[0] + "。"
    )


def joined_answers(question: Question, answers: Sequence[Answer]) -> Answer:
    """The answers as one, a source cited but once, without what another claim says with more."""
    told = {claim.text.rstrip("。"): (claim, answer) for answer in answers for claim in answer.claims}
    own = [
        one for text, one in told.items() if not any(more != text and more.startswith(text) for more in told)
    ]
    notices = dict.fromkeys(notice for answer in answers for notice in answer.notices)
    return Answer(question, *told_anew(own), tuple(notices))
