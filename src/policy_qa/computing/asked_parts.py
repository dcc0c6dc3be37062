"""The parts of a question that asks several things, each as a question of its own: 甲和乙各多少，差多少; and whether an answer meets them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import MEASURE, asked_figure
from policy_qa.computing.groups import read_group
from policy_qa.computing.operands import name_of
from policy_qa.computing.phrasing import in_one_asking
from policy_qa.computing.sides import FILLER, RATE, UNIT, Words, bare, split_items
from policy_qa.language.normalize import search_key
from policy_qa.language.places import find_places
from policy_qa.language.quantity_values import read_quantities
from policy_qa.language.vocabulary import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.language.periods import PeriodMention
    from policy_qa.language.places import PlaceMention
    from policy_qa.types import Answer

COMMA = re.compile(r"[，,；;？?。]+")
_MUCH = r"(?:百分之(?:几|多少)|多少|几(?![年乎]|[个座](?:[^，多几]{0,4}(?:城市|地区)|[市省县]))|多[大高快重])"
ASKS = re.compile(rf"{_MUCH}|[谁孰哪](?!怕)|何者|(?P<how>[高低多少大小快慢])了?还是")
AND_OF = re.compile(r"(?P<thing>[^，,多几谁哪]{2,16})呢")
"""工业投资增速呢: the same asked of another thing."""
LEAD = re.compile(
    r"(?:放(?=在)|那么?|并且?|而且?|又|再|同时|另外|还|也|则|其|它们?|各自?|分别|二者|两者|之间|按(?:绝对|相对)?[数量值额]*(?:来|口径)?[计算看]+|(?:这|那)?[两二三几四五六](?:[个家地市省县区者项种类年]|个?(?:城市|企业|公司))(?:之间)?)+(?=.)"
)
"""What a later part begins with that only points back at what the first is about."""
AGAIN = re.compile(r"(?<=.)[又则也还](?=比|是|占|有|[高低多少])")
EACH = re.compile(r"各自|各(?![市县区省级地类项])|分别")
_STEP = r"(?:增长|增加|增多|减少|下降|降低|上升|提高|提升|回落|上涨|下跌|下滑|扩大|缩小|变化|超过|高于|低于|领先|落后|[高低多少大小快慢强弱长短涨降升跌增减])"
CHANGED_THEN = re.compile(rf"(?:{_STEP}(?:之|以)?后|现在|目前|如今|最终)的?(?=.)")
OF_START = re.compile(r"(?=(?:是|为|相当于|等于)[^，,]*倍)")
"""What is asked of the end of the change that the part before asks for."""
PREDICATE = re.compile(
    rf"(?:大?约|大概|一?共|总共|合计|年均|同比|累计|又|还|要|更)*(?:(?:相?差|差距)(?:了|是|有|为)*|净?{_STEP}(?:出|了|过|得|幅度|[到至为](?:原来|原先|当初|最初|之前)的)*|[是为有占达到排居列在第上完成])*{_MUCH}.*|(?:是|在)?[谁孰哪].*"
)
EXTREME = re.compile(r"的?(?:最[高低多少大小快慢强弱]|[排居列]第[一二三四五六七八九\d]+位?)(?:的|和.*)?$")
OWNER = re.compile(r".*(?:项目|企业|工程|行业|园区)的?(?=..)")
"""Whose amounts are asked for: 甲项目的计划投资多少，完成投资多少."""
WINNER = "〔〕"
"""Stands for the place that the first part asks for: 床位最多的是哪个市，比乙市多多少."""
THAN = re.compile(
    rf"(?P<subject>.+?)(?:(?<![占对百分])比(?![重例值率分])|(?:与|和|跟|同|较)(?=[^，,]+?(?:相?差|相?比|比较)))(?P<base>[^，,]+?)(?:的?水平)?(?:相比|比较|比)?[，,]?(?:是|还|要|又)*(?:{_STEP}(?:出|了|过)*(?:还是{_STEP}了?)?|相?差)"
)
TIMES = re.compile(rf"(?P<subject>.+?)(?:是|为|相当于|等于)(?P<base>[^，,]+?)的(?:{_MUCH}倍|几分之几)")
BARE_STEP = re.compile(rf"(?:还|又|要|约)*{_STEP}(?:出|了|过)*{_MUCH}{UNIT}")
APART = re.compile(rf"(?:大?约|又|还)*(?:相?差|差距|差额)(?:是|有|为|了)*{_MUCH}{UNIT}")
TOGETHER = re.compile(rf"{APART.pattern}|合计|[一总]?共|加起来|[谁哪孰]")
"""What is asked of all that the parts before ask of."""
SETS_BESIDE = re.compile(
    r"^(?:是|为|相当于|比(?![重例值率])|较|占(?!比)|与|和|跟|同|在|超过|高于|低于|排|居)"
)
_PART = r"[\d一二两三四五六七八九]成|半|分之"
DEMANDS = (
    (re.compile(r"几分之|倍|几成"), re.compile(rf"倍|番|{_PART}|÷")),
    (re.compile(r"占|比重|比例|份额|百分之"), re.compile(rf"[%倍]|{_PART}")),
    (re.compile(rf"率(?:[是为有]|达到?)*{_MUCH}"), re.compile(rf"[%‰]|{_PART}")),
    (re.compile(r"年均|平均每年"), re.compile(r"年均|平均")),
    (re.compile(rf"合计|[一总]共(?!净?{_STEP})|共(?:有|是)?多少|加起来|之和"), re.compile(r"[合总共]|\+")),
    (re.compile(r"第几|排名|位次|名次"), re.compile(r"[第位名最]")),
    (re.compile(r"得分|多少分(?!之)"), re.compile(r"分|指数")),
    (
        re.compile(rf"差(?:距|额)?(?:是|有|为|了)*{_MUCH}|[高低多少大小快慢](?:出|了|过)*{_MUCH}(?!倍)"),
        re.compile(
            r"相同|相等|(?<!保)持平|百分点|− |差|(?<![占对])比[^，。；]*[高低多少大小快慢]|超[过出]|[高低多少大小快慢]出?\d"
        ),
    ),
    (re.compile(rf"{_STEP}(?:出|了|过)*{_MUCH}个?百分点"), re.compile(r"相同|(?<!保)持平|百分点|− ")),
    (re.compile(rf"{_STEP}(?:出|了|过)*{_MUCH}"), re.compile(rf"相同|(?<!保)持平|[前后增降升减]|{_STEP}")),
)
"""How a part asks, and what an answer to it says."""
GREW, OF_RATE = re.compile("增长|下降|涨|跌"), re.compile(r"百分点|[快慢](?:出|了)?(?:多少|几)")
"""By how much something grew is asked, and then how that is beside another's growth."""
RATE_OF_STEP = re.compile(rf"(?:[增涨降跌]幅|增速|增长率)(?:是|有|为|达到?)*{_MUCH}")
"""What a change comes to in percent, asked for behind the change itself."""
BY_GROWTH = re.compile(
    "(?:再|如果)?(?:按照?|根据|用)(?:这个?|该|这一|同比)?(?:增速|增幅|增长率)(?:来)?(?:倒推|反推|推算|倒算|折算)[，,]?"
)
"""What a later part begins with that is to be led back from what the first tells."""
PLAIN = re.compile(rf"(?:是|有|为|达到?){_MUCH}")
"""Asks for a figure itself."""
OF_WHOLE = re.compile("全[国省区州市]|自治区")
OF_GDP = re.compile(r"占\s*(?:gdp|GDP|地区生产总值|生产总值)")
"""A share of that is none of anything else."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: as it stands there, as a question of its own, and what it names that the first does not.

    `asked` may leave open the place that the first part asks for.
    """

    said: str
    asked: str
    names: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    @property
    def alone(self) -> Part:
        """The part as its answer is judged by when it is asked by itself: what that is about is not for this to say."""
        return replace(self, names=(), own=())


def parts_of_question(text: str) -> tuple[Part, ...]:
    """The parts of a question, none for one that asks one thing, or behind whose asking more is said.

    >>> [one.asked for one in parts_of_question("2020年甲市和乙市的床位各多少张，相差多少张？")]
    ['2020年甲市和乙市的床位各多少张？', '2020年甲市和乙市的床位相差多少张？']
    """
    clauses = _asking_clauses(in_one_asking(text.rstrip("？?。 ")))
    if len(clauses) < 2:
        return ()
    parts = [Part(clauses[0], f"{clauses[0]}？", own=_own(clauses[0]))]
    for said in clauses[1:]:
        names = _names(said, clauses[0])
        parts.append(Part(said, f"{_of_its_own(said, parts)}？", names, _own(said)))
    kinds = {type(one) for part in parts[1:] if part.names for one in _mentions(part.said)}
    first = tuple(name_of(one) for one in _mentions(clauses[0]) if type(one) in kinds)
    parts[0] = replace(parts[0], names=first)
    return tuple(replace(one, asked=_time_first(one.asked)) for one in parts)


def _time_first(asked: str) -> str:
    """A question with the time that stands between what it is about and how it asks before both.

    >>> _time_first("甲市的床位，2020年有多少张？")
    '2020年甲市的床位有多少张？'
    """
    topic, comma, behind = asked.rpartition("，")
    time = next((one.span for one in Words(behind).periods if not one.span.start), None)
    if not comma or time is None or Words(topic).periods or not PREDICATE.match(behind, time.end):
        return asked
    return f"{time.of(behind)}{topic}{behind[time.end :]}"


def _asking_clauses(text: str) -> list[str]:
    """The clauses that ask, each with what is said before it; none where one behind asks nothing."""
    found: list[str] = []
    before = ""
    for clause in (one for piece in COMMA.split(text) if piece.strip() for one in _asked_in_a_row(piece)):
        said = f"{before}，{clause}" if before else clause
        asks = ASKS.search(clause) or (found and AND_OF.fullmatch(clause))
        before = "" if asks else said
        if asks:
            found.append(said.strip())
    return [] if before else found


def _asked_in_a_row(clause: str) -> list[str]:
    """What is asked together of the same, each with whom it is asked of: 两市各得多少, 两市各排第几 of 两市各得多少、排第几."""
    items = clause.split("、")
    if len(items) < 2 or not all(re.search(rf"(?<!哪)(?:{_MUCH})", one) for one in items):
        return [clause]
    lead = LEAD.match(clause)
    before = lead[0] if lead else ""
    return [items[0], *(f"{before}{one}" for one in items[1:])]


def _names(said: str, first: str) -> tuple[str, ...]:
    """The places and years that a part names and the first does not."""
    known = {name_of(one) for one in _mentions(first)}
    return tuple(dict.fromkeys(name for one in _mentions(said) if (name := name_of(one)) not in known))


def _own(said: str) -> tuple[str, ...]:
    """The things that a part is about, without places, times and the words that ask."""
    said = BY_GROWTH.sub("", said.removeprefix("其中"))
    said = CHANGED_THEN.sub("", _without_lead(said).removesuffix("呢"))
    said = FILLER.sub("", SETS_BESIDE.sub("", said))
    said = EXTREME.sub("", _subject(said, start=0))
    said = (read_group(said) or (None, said))[1]
    for one in sorted(_mentions(said), key=lambda one: -one.span.start):
        said = f"{said[: one.span.start]}，{said[one.span.end :]}"
    pieces = re.split(
        r"[，,和与跟及、的中占]|还是|比重|比例|份额|占比|水平相比|原[来先]|当初", OF_WHOLE.sub("，", said)
    )
    named = (re.sub("[从自由]$", "", piece) for piece in pieces)
    return tuple(
        piece
        for piece in named
        if len(piece) > 1
        and piece[-1] not in "了过着"
        and not (MEASURE.fullmatch(piece) or piece.endswith("目标"))
    )


def _of_its_own(said: str, before: Sequence[Part]) -> str:
    """A later part as a question of its own: with what the first is about, and what that is set against."""
    by_growth = BY_GROWTH.match(said)
    if by_growth:
        return f"{by_growth[0].rstrip('，,')}，{_of_its_own(said[by_growth.end() :], before)}"
    first = before[0].asked.rstrip("？")
    subject, base = _subject(first), next((b for one in reversed(before) if (b := _base(one.asked))), "")
    if GREW.search(first, len(subject)) and OF_RATE.search(said) and not RATE.search(subject):
        subject = f"{subject}增速"
    if EACH.search(said):
        subject = _together(subject, [Part(base, base, tuple(name_of(one) for one in _mentions(base)))])
    of_thing = AND_OF.fullmatch(said)
    whole = OF_WHOLE.search(said)
    places = [one.span.of(said) for one in find_places(said)] or ([whole[0]] if whole else [])
    if of_thing and places:
        side = Words(subject).side(0, len(subject))
        return f"{''.join(map(name_of, side.periods[-1:]))}{places[0]}{side.rest}是多少"
    if of_thing:
        rest = bare(Words(subject).side(0, len(subject)).rest)
        return first.replace(rest, of_thing["thing"]) if rest in first else f"{of_thing['thing']}是多少"
    if said.startswith("其中"):
        return f"{subject}中{said[2:]}"
    said = _without_lead(said)
    then = CHANGED_THEN.match(said) or OF_START.match(said)
    if then:
        said, subject = said[then.end() :], _at_end(subject)
    return _with_subject(said, subject, base, before)


def _at_end(subject: str) -> str:
    """What a change is asked of, at the end of the stretch that it is over."""
    last = Words(subject).periods[-1:]
    if not last or last[0].period is None or last[0].period.is_open or len(last[0].period.years) < 2:
        return subject
    span = last[0].span
    before, behind = (
        re.sub("[从自由在]$", "", subject[: span.start]),
        re.sub("^期?间", "", subject[span.end :]),
    )
    return f"{before}{last[0].period.last.year}年{behind}"


def _with_subject(said: str, subject: str, base: str, before: Sequence[Part]) -> str:
    """A later part, without what points back, with what of the first it leaves unsaid."""
    if EXTREME.search(subject):
        return _of_ends(said, subject, before)
    if APART.fullmatch(said) and base:
        return f"{subject}与{base}{said}"
    if TOGETHER.match(said):
        subject = _together(subject, before[1:])
    if RATE_OF_STEP.fullmatch(said) and base:
        return f"{subject}比{base}增长百分之几"
    if BARE_STEP.fullmatch(said):
        return f"{subject}比{base}{said}" if base else f"{subject}{said}"
    if SETS_BESIDE.match(said) or not (_own(said) or _mentions(said)):
        return f"{subject}{said}"
    return _with_what_lacks(said, subject)


def _together(subject: str, before: Sequence[Part]) -> str:
    """What the first part is about with the further places, times or things that the parts behind it ask of."""
    for part in before:
        kinds = {type(one) for one in _mentions(part.said)}
        alike = [one for one in _mentions(subject) if type(one) in kinds]
        if part.names and alike:
            own = alike[0].span.of(subject)
            subject = subject.replace(own, f"{own}和{'和'.join(part.names)}", 1)
        elif part.own and not part.names:
            subject = f"{subject}和{part.own[0]}"
    return subject


def _mentions(text: str) -> tuple[PlaceMention | PeriodMention, ...]:
    words = Words(text)
    return (*words.places, *words.periods)


def _without_lead(said: str) -> str:
    lead = LEAD.match(said)
    return AGAIN.sub("", said[lead.end() :] if lead else said)


def _of_ends(said: str, subject: str, before: Sequence[Part]) -> str:
    """What is asked behind the greatest of many: the least, how far the two are apart, or of the place that it is."""
    measured = EXTREME.sub("", subject)
    if said.startswith("最"):
        return f"{measured}{said}"
    if APART.fullmatch(said):
        ends = dict.fromkeys(
            end for one in before for end in re.findall("最[高低多少大小快慢强弱]", one.said)
        )
        return f"{measured}{'和'.join(ends)}的{said}"
    rest = (read_group(measured) or (None, measured))[1]
    side = Words(rest).side(0, len(rest))
    about = side.rest.removesuffix(said[: len(side.rest)])
    return f"{name_of(side.periods[-1]) if side.periods else ''}{WINNER}{about}{said}"


def _with_what_lacks(said: str, subject: str) -> str:
    """A part that begins with a thing, place or time of its own, with what else the first is about before it."""
    own, words = Words(_subject(said, start=0)), Words(subject)
    side = words.side(0, len(subject))
    owner = OWNER.match(side.rest)
    owned = owner[0] if owner and not own.places and not OWNER.match(said) else ""
    for item in (one.removeprefix(owned) for one in split_items(side.rest)):
        named = next((word for word in _own(said) if item.startswith(word) or item.endswith(word)), "")
        said = said.replace(named, item, 1) if named else said
    periods = "" if own.periods else "".join(one.span.of(subject) for one in side.periods[-1:])
    places = "" if own.places else "".join(one.span.of(subject) for one in side.places[-1:])
    if _own(said):
        return f"{periods}{places}{owned}{said}"
    step = re.fullmatch(rf"(?P<which>.+?)(?P<step>{BARE_STEP.pattern})", said)
    named_first = [one.span.of(subject) for one in _mentions(subject)]
    others = [one for one in named_first if not said.startswith(one)]
    if step and len(named_first) > 1 and len(others) == 1:
        said = f"{step['which']}比{others[0]}{step['step']}"
    return f"{periods}{places}{side.rest}，{said}"


def _subject(first: str, start: int = 1) -> str:
    """What the first part is about, without what it is set against and the words that ask."""
    than = THAN.match(first) or TIMES.match(first)
    if than:
        subject, base = than["subject"].rstrip("，,的"), than["base"]
        is_named = Words(subject).side(0, len(subject)).rest
        return subject if is_named else f"{subject}{Words(base).side(0, len(base)).rest}"
    each = EACH.search(first)
    asked = PREDICATE.search(first, start)
    end = min(one.start() for one in (each, asked) if one) if each or asked else len(first)
    return first[:end].rstrip("，,的 ") or (first if start else "")


def _base(asked: str) -> str:
    """What a part is set against, empty where it is against nothing."""
    than = THAN.match(asked) or TIMES.match(asked)
    return than["base"] if than else ""


def unmet(parts: Sequence[Part], answer: Answer) -> tuple[Part, ...]:
    """The parts that no claim of an answer meets: says it in the way it is asked, and names what the part names.

    All of them where each asks for a figure, and fewer are told.
    """
    told = {one.text for claim in answer.claims for one in read_quantities(claim.text)}
    if len(told) < len(parts) and all(PLAIN.search(part.asked) for part in parts):
        return tuple(parts)
    return tuple(part for part in parts if not any(_meets(part, *said) for said in _said(answer)))


def _said(answer: Answer) -> Iterator[tuple[str, str]]:
    """What each claim says, and that with what stands around what it tells; told ones are taken together."""
    told, around = [], []
    for claim in answer.claims:
        if claim.status != "supported" and claim.working:
            yield (f"{claim.text} {claim.working}",) * 2
            continue
        cited = [answer.citations[number - 1] for number in claim.citations]
        told.append(claim.text)
        around += [f"{one.quote} {one.context}" for one in cited if one.cell is None]
    yield " ".join(told), " ".join([*told, *around])


def _meets(part: Part, said: str, around: str) -> bool:
    key = canonical(search_key("".join(around.split())))
    if not all(canonical(search_key(word)) in key for word in (*part.names, *part.own)):
        return False
    if OF_GDP.search(said) and not OF_GDP.search(part.asked) and "占" in part.said:
        return False
    asked = asked_figure(search_key(part.asked))
    told = (one for one in read_quantities(said) if one.unit or not asked.is_share)  # a working has no units
    if PLAIN.search(part.said) and not any(asked.is_met_by(one.text) for one in told):
        return False
    return all(answers.search(said) for asks, answers in DEMANDS if asks.search(part.said))


def with_winner(asked: str, first: Answer | None) -> str:
    """A part with the place that the answer to the first names, where it is asked of that."""
    places = find_places(first.claims[0].text) if first else []
    named = places[0].places[0].short if places else ""
    return asked.replace(WINNER, named)
