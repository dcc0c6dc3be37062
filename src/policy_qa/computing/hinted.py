"""What a question says that a figure is to be computed from: 人均GDP是多少？用GDP和常住人口算; GDP乘投入强度; 按占36.2%反推."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.computing.deriving import DERIVED, SHARE_SAID, WITH, whole_from
from policy_qa.computing.operands import Operand, Operation, name_of
from policy_qa.computing.sides import Side, Words, bare, plain_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.operands import Kind

BREAK = re.compile(r"[，,。；;？?！!：:\s]+")
_ENDS = (
    rf"(?:的(?:数据?|数字))?(?:来|去|就)?(?:{DERIVED}|估算|换算|估|求)?(?:得出|出来|一下|就行|[的吧呗下])*"
)
TIMES, BY = r"乘以?|[×*]", r"除以|÷|/"
HINT = re.compile(
    rf"(?:就|可以|请|直接|我?想)*(?P<with>{WITH})?(?P<a>.{{2,20}}?)(?P<op>{TIMES}|{BY}|和|与|以?及|跟|、)(?P<b>.{{2,16}}?)(?P<how>相乘|相除)?(?P<ends>{_ENDS})"
)
LEADING = re.compile(
    rf"^{WITH}[^，,。；;？?]{{4,30}}?{DERIVED}(?:一下|得?出来?)*(?=[^，,。；;？?的得]{{4,}})"
)
"""A way told first, and nothing between it and what is asked for: 用甲乘乙算一下丙是多少."""
SHARE_HINT = re.compile(
    rf"(?:就|可以|请|直接)*{WITH}?(?P<a>[^占]{{1,16}}?)(?:(?:这|那)?(?:一?块|部分))?的?(?:大约|只|仅|才|就|约)*占(?:到|了|有)?(?P<b>[^占\d]*?)的?(?:比重|比例|份额)?(?:是|为|达到?)*(?P<share>{SHARE_SAID})(?:左右)?{_ENDS}"
)
ASKED = re.compile(r"(?P<a>.+?)(?:大致|大约|大概|约|总共|一共|共|会|就|是|为|有|达到?|合)*(?:多少|几|多大).*")
SHARE_NAMED = re.compile("占|比重|比例|份额")
EACH_PERSON = re.compile(r"人均|每人|平均每[个名]?人")


def read_hinted(text: str) -> Operation | None:
    """The computation whose way a clause of the question tells, None for none."""
    clauses = [clause for clause in BREAK.split(LEADING.sub(r"\g<0>，", text)) if clause]
    for at, clause in enumerate(clauses):
        rest = "，".join([*clauses[:at], *clauses[at + 1 :]])
        asked = ASKED.fullmatch(rest)
        if asked is None or ASKED.fullmatch(clause):
            continue
        side = Words(rest).side(*asked.span("a"))
        share, hint = SHARE_HINT.fullmatch(clause), HINT.fullmatch(clause)
        if share is not None and side.rest and at != 0:
            return _of_share(share, side)
        if hint is not None and side.rest and _says_how(hint):
            return _of_two(hint, side, Words(clause))
    return None


def _says_how(hint: re.Match[str]) -> bool:
    """Whether a clause tells what to compute with: 用甲和乙算, 甲乘乙, 甲和乙相除; not 甲、乙合在一起算."""
    is_joined = re.fullmatch(f"{TIMES}|{BY}", hint["op"]) is None
    return bool(hint["how"] or not is_joined or (hint["with"] and hint["ends"]))


def _of_share(hint: re.Match[str], asked: Side) -> Operation | None:
    """A whole of which the hint names a part and the share that this has."""
    part = bare(hint["a"])
    whole = Side((), (), bare(hint["b"]) or asked.rest)
    named = asked.rest if asked.rest in part else f"{part}{asked.rest}"
    made = whole_from(Side(asked.periods, asked.places, named), whole, asked, hint["share"])
    return made if part else None


def _of_two(hint: re.Match[str], asked: Side, words: Words) -> Operation | None:
    """A product, or a quotient: of what is to be had for each person, and where the hint says so."""
    sides = [words.side(*hint.span(name)) for name in ("a", "b")]
    if not all(side.rest for side in sides) or SHARE_NAMED.search(hint["b"]):
        return None
    is_by = hint["how"] == "相除" or re.fullmatch(BY, hint["op"]) is not None
    is_times = hint["how"] == "相乘" or re.fullmatch(TIMES, hint["op"]) is not None
    if EACH_PERSON.search(asked.rest):
        is_by = not is_times
    kind: Kind = "quotient" if is_by else "product"
    period = _first([asked.periods, *(side.periods for side in sides)])
    place = _first([asked.places, *(side.places for side in sides)])
    operands = tuple(Operand(side.rest, plain_question(period, place, side.rest)) for side in sides)
    return Operation(kind, f"{period}{place}{asked.rest}", operands)


def _first(mentions: Sequence[Sequence]) -> str:  # type: ignore[type-arg]
    """What the first of these mentions is called."""
    return next((name_of(found[-1]) for found in mentions if found), "")
