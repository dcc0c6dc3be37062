"""Vague questions: what there is about a topic, short, by document and heading, with questions to go on from there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.citations import CitationList, block_at
from policy_qa.answering.evidence import gather_evidence
from policy_qa.answering.extractive import trimmed
from policy_qa.answering.slots import period_fits, place_fits
from policy_qa.answering.verification import Cited, check_claim
from policy_qa.answering.wording import Context, covered_share, wanted_words
from policy_qa.figures.surroundings import home_of
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.qualifiers import TARGET
from policy_qa.types import Answer, Chunk, Claim, Heading, Hit, Note, Paragraph, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.answering.wording import WantedWord, WordWeight
    from policy_qa.figures.binding import BoundFigure
    from policy_qa.figures.surroundings import PeriodSlot
    from policy_qa.types import Document
    from policy_qa.understanding import Query

MOST_CLAIMS, FEWEST_CLAIMS = 6, 3
MOST_UNDER_A_HEADING, MOST_WHERE_LITTLE_ELSE = 2, 4
MOST_CHARS = 90
"""A longer sentence is cut to the clauses that tell a figure of the topic."""
LEAST_TOPICAL = 0.4
"""So much of the topic a sentence, with its headings, must speak of."""
LEAST_OWN = 0.25
HEADING_SAYS_IT = 0.7
FRAME_CHARS = 20
ALIKE = 0.6
"""Sentences that share more of their pairs of characters say the same."""
SHORTEST = 12
MOST_QUESTIONS, FEWEST_QUESTIONS = 3, 2

_VAGUE = re.compile(
    r"情况|现状|形势|进展|水平|表现|发展|状况|势头|概况|总体|基本|整体|走势|态势|局面|近况|得|搞|干|做|如今|现在|目前|最近|近来|眼下|当前|一下|讲讲|谈谈|概括|工作"
)
_INDICATOR = re.compile(
    r"[\u3400-\u9fffA-Za-z&]{0,12}?(?:强度|比重|占比|[^频效]率|依存度|总额|总值|产值|增加值|收入|支出|投资|数量|面积|人口|余额|成交额|销售额|零售额|产量|销量|投放额|总量|指数|拥有量|规模|里程|吞吐量|客流量|覆盖面|床位)"
)
_COUNTED_NOUN = re.compile(
    r"[\u3400-\u9fffA-Za-z&]{2,12}?(?:企业|机构|平台|项目|园区|学校|医院|农户|合作社|中心|基地|单位|站点|街道|景区|人员|人才)"
)
_FILLER = re.compile(
    r"^(?:其中|同时|此外|另外|全[市省区县国]|我[市省区县]|的|共有|共|有|和|与|及|而|但|拥有|完成|实现|达到?|当年|全年|年末|末|[市省区县])+"
)
_VERBS = re.compile(
    r"占(?!比)|增长|下降|上升|减少|提高|回落|达到|超过|占全|排|低于|高于|比上|相比|由|从|到|且|只|仅|约|为|是|有|的比|不|设|开展|位|列"
)
_GOES_ON = re.compile(r"其中|同期|同年|当年|同时|分|这(?!些年)|其(?![他余次])|它|与此|按|此外|反过来|入围")
_AIMS = re.compile(r"建议|对策|措施|举措|打算|下一步|怎么办|任务|思路|目标|路径|工作安排|展望")
_DIGIT = re.compile(r"\d")
_COUNTS = frozenset({"家", "人", "户", "个", "项", "件", "所", "座", "条", "台", "辆", "张", "亩", "名"})


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about the topic with the figures of it that are told, and what of it is quoted."""

    evidence: Evidence
    part: Span
    figures: tuple[BoundFigure, ...]
    says_it: bool

    @property
    def is_at_home(self) -> bool:
        """Whether one of its figures may be of the place its document is about."""
        home = home_of(self.evidence.document)
        places = {place for figure in self.figures if figure.place for place in figure.place.places}
        return home is None or not places or home in places

    @property
    def fit(self) -> int:
        """How surely it tells of the topic itself, 0 to 2: in the words for a figure, of the place its document is about."""
        return self.says_it + self.is_at_home

    @property
    def heading(self) -> tuple[str, tuple[str, ...]]:
        """The document and the headings it stands under."""
        document = self.evidence.document
        return document.id, block_at(document, self.part.start).heading_path

    @property
    def newest(self) -> int:
        """The last day its figures, else its words, are of, as a number; 0 where none is told."""
        periods = [figure.period.period for figure in self.figures if figure.period]
        return max((period.last.toordinal() for period in periods), default=0)


def answer_overview(
    query: Query,
    fitting: Sequence[Evidence],
    weight: WordWeight,
    compare: Callable[[Sequence[Evidence]], Sequence[Evidence]],
) -> Answer | None:
    """What the documents tell of the topic, with questions to go on; None where they tell nothing, or no topic is named.

    `compare` orders evidence by meaning.
    """
    topic = topic_words(query, weight)
    if not topic:
        return None
    candidates = [
        told for found in topical(query, fitting, topic, weight) if (told := _told(query, found, topic))
    ]
    with_figures = [told for told in candidates if told.figures]
    ordered = compare([told.evidence for told in with_figures] or [told.evidence for told in candidates])
    by_place = {(told.evidence.document.id, told.evidence.span): told for told in candidates}
    best_first = [by_place[found.document.id, found.span] for found in ordered]
    at_home = [one for one in best_first if one.is_at_home]
    chosen = choose(
        sorted(at_home if len(at_home) >= FEWEST_CLAIMS else best_first, key=lambda one: -one.fit)
    )
    if not chosen:
        return None
    citations = CitationList()
    claims = tuple(dict.fromkeys(_claim(told, citations) for told in in_order(chosen)))
    questions = questions_to_go_on(query, topic, chosen, with_figures)
    notices = (messages.OVERVIEW_NEXT.format(questions="".join(questions)),) if questions else ()
    return Answer(query.question, claims, citations.citations(), notices, choices=tuple(questions))


def topic_words(query: Query, weight: WordWeight) -> tuple[WantedWord, ...]:
    """The words that say what the question is about: no places, periods, and words that only say how vague it is."""
    return tuple(
        word for word in wanted_words(query, weight) if not word.is_slot and _VAGUE.sub("", word.forms[0])
    )


def topical(
    query: Query, fitting: Sequence[Evidence], topic: Sequence[WantedWord], weight: WordWeight
) -> list[Evidence]:
    """The sentences about the topic: of the evidence, and of the sections of its documents whose headings name it."""
    documents = {found.document.id: found.document for found in fitting}
    known = {(found.document.id, found.span) for found in fitting}
    sections = [hit for document in documents.values() for hit in _sections_about(document, topic)]
    more = gather_evidence(query, sections, documents.get, weight)
    more = [one for one in more if not one.misfits and (one.document.id, one.span) not in known]
    return [
        found
        for found in sorted([*fitting, *more], key=lambda one: -one.score)
        if found.reading is None and _is_about(found, topic)
    ]


def choose(told: Sequence[Told]) -> list[Told]:
    """The first ones that say something new, few under each heading, those of a figure not yet told."""
    chosen: list[Told] = []
    values: set[tuple[object, str]] = set()
    for most in (MOST_UNDER_A_HEADING, MOST_WHERE_LITTLE_ELSE):
        for one in told:
            under = [other for other in chosen if other.heading == one.heading]
            own = {(figure.quantity.values, figure.quantity.unit) for figure in one.figures}
            if len(chosen) == MOST_CLAIMS or len(under) >= most or (own and own <= values):
                continue
            if not any(_says_the_same(one, other) for other in chosen):
                chosen.append(one)
                values |= own
    return chosen


def in_order(chosen: Sequence[Told]) -> list[Told]:
    """The sentences by document (that of the best first), heading as they stand there, and newest first under each."""
    documents = list(dict.fromkeys(one.evidence.document.id for one in chosen))
    first: dict[tuple[str, tuple[str, ...]], int] = {}
    for one in chosen:
        first[one.heading] = min(first.get(one.heading, one.part.start), one.part.start)
    return sorted(
        chosen,
        key=lambda one: (
            documents.index(one.evidence.document.id),
            first[one.heading],
            -one.newest,
            one.part.start,
        ),
    )


def questions_to_go_on(
    query: Query, topic: Sequence[WantedWord], chosen: Sequence[Told], told: Sequence[Told]
) -> list[str]:
    """Up to three questions for figures of the topic, those not told yet first, none for the same indicator twice."""
    shown = [(one, figure) for one in chosen for figure in one.figures]
    spans = {figure.span for _, figure in shown}
    elsewhere = [one for one in told if one.says_it and not one.is_at_home]
    rest = [
        (one, figure)
        for one in [*(one for one in told if one.is_at_home), *elsewhere]
        for figure in one.figures
        if figure.span not in spans
        and (one.is_at_home or _speaks_of(topic, figure.label.of(one.evidence.document.text)))
    ]
    found = [one for told, figure in [*rest, *shown] if (one := _question_for(query, told, figure))]
    first = dict(reversed(found))
    new = list(dict.fromkeys(first[name] for name, _ in found))
    others = [question for _, question in found if question not in new]
    return list(dict.fromkeys([*new, *others[: max(0, FEWEST_QUESTIONS - len(new))]]))[:MOST_QUESTIONS]


def _sections_about(document: Document, topic: Sequence[WantedWord]) -> Iterator[Hit]:
    """The sections whose own heading names the topic, as if they had been found."""
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Heading):
            continue
        if covered_share(topic, Context(search_key(block.heading_path[-1]), "", "")) < HEADING_SAYS_IT:
            continue
        depth = len(block.heading_path)
        below = [
            one for one in document.blocks[index + 1 :] if one.heading_path[:depth] == block.heading_path
        ]
        if below:
            yield Hit(Chunk(document.id, Span(block.span.start, below[-1].span.end), block.heading_path), 0.0)


def _is_about(found: Evidence, topic: Sequence[WantedWord]) -> bool:
    """Whether a sentence tells of the topic: notes and rows that were not read explain or say nothing of it."""
    block = block_at(found.document, found.span.start)
    if isinstance(block, Note | Heading) or (isinstance(block, Paragraph) and block.unread is not None):
        return False
    text = found.document.text
    key = search_key(found.span.of(text))
    before = text[block.span.start : found.span.start][-160:] if _GOES_ON.match(key) else ""
    around = search_key(" ".join([*block.heading_path[-1:], before]))
    own = covered_share(topic, Context(key, "", ""))
    whole = covered_share(topic, Context(key, around, ""))
    return whole >= LEAST_TOPICAL and (own >= LEAST_OWN or bool(found.figures))


def _told(query: Query, found: Evidence, topic: Sequence[WantedWord]) -> Told | None:
    """The sentence with what of it is quoted, None for one that aims at something, or only explains a word."""
    text = found.document.text
    if re.search(r"(?:^|[,，])\s*(?:是?指(?![标导数出])|所谓)", found.span.of(text)):
        return None
    written = [figure for figure in found.figures if _DIGIT.search(figure.span.of(text))]
    facts = [figure for figure in written if not figure.is_target and _is_asked_for(query, figure)]
    if written and not facts:
        return None
    headings = " ".join(block_at(found.document, found.span.start).heading_path)
    if not facts and (len(found.span) < SHORTEST or _AIMS.search(headings)):
        return None
    part = _needed(found, facts, topic)
    inside = tuple(figure for figure in facts if part.contains(figure.span))
    says_it = any(_speaks_of(topic, figure.label.of(text)) for figure in inside)
    return Told(found, part, inside, says_it)


def _speaks_of(topic: Sequence[WantedWord], text: str) -> bool:
    return covered_share(topic, Context(search_key(text), "", "")) >= LEAST_TOPICAL


def _is_asked_for(query: Query, figure: BoundFigure) -> bool:
    return period_fits(query, figure.period) and place_fits(query.places, figure.place)


def _needed(found: Evidence, figures: Sequence[BoundFigure], topic: Sequence[WantedWord]) -> Span:
    """The whole sentence where it is short, else the clauses around its first figure of the topic, as many as fit."""
    text = found.document.text
    if len(found.span) <= MOST_CHARS:
        return found.span
    clauses = split_clauses(text, found.span)
    said = [covered_share(topic, Context(search_key(clause.of(text)), "", "")) for clause in clauses]
    told = [any(clause.contains(figure.span) for figure in figures) for clause in clauses]
    first = max(range(len(clauses)), key=lambda number: (said[number] + told[number], -number))
    last = next((number for number in range(first, len(clauses)) if told[number]), first)
    if figures and not told[last]:
        first = max(number for number in range(first + 1) if told[number])
    fits = partial(_fit_together, clauses)
    while first and _is_frame(clauses[first - 1].of(text)) and fits(first - 1, last):
        first -= 1  # 「2020年，」 stands before what it dates
    while last + 1 < len(clauses) and (told[last + 1] or not figures) and fits(first, last + 1):
        last += 1
    return trimmed(text, Span(clauses[first].start, clauses[last].end))


def _is_frame(clause: str) -> bool:
    return bool(find_periods(clause) or find_places(clause)) and len(clause) <= FRAME_CHARS


def _fit_together(clauses: Sequence[Span], first: int, last: int) -> bool:
    return clauses[last].end - clauses[first].start <= MOST_CHARS


def _claim(told: Told, citations: CitationList) -> Claim:
    """The quoted part, behind the period that it takes over from before where its words leave that out."""
    document = told.evidence.document
    quote = _text(told)
    number = citations.cite(document, told.part)
    carried = {figure.period for figure in told.figures if figure.period and figure.period.is_carried}
    if len(carried) == 1 and not find_periods(quote) and _is_told_just_before(told, *carried):
        (slot,) = carried
        text = f"{slot.period.label()}：{quote}"
        cited = [Cited(document, told.part), Cited(document, slot.span)]
        if not check_claim(text, cited):
            return Claim(text, (number, citations.cite(document, slot.span)))
    return Claim(quote, (number,))


def _is_told_just_before(told: Told, slot: PeriodSlot) -> bool:
    """Whether the period stands in the same paragraph, as that of a fact: those of headings and of aims are no labels."""
    document = told.evidence.document
    block = block_at(document, told.part.start)
    if not block.span.contains(slot.span):
        return False
    sentences = split_sentences(document.text, start=block.span.start, end=block.span.end)
    said = next((one for one in sentences if one.contains(slot.span)), slot.span)
    return (
        TARGET.search(said.of(document.text)) is None
        and document.text[slot.span.start - 1 : slot.span.start] != "到"
    )


def _text(told: Told) -> str:
    return " ".join(told.part.of(told.evidence.document.text).split("\n"))


def _says_the_same(one: Told, other: Told) -> bool:
    """Whether two sentences share most of their pairs of characters, and not both tell figures: those of two years are two."""
    if one.figures and other.figures:
        return False
    pairs, others = (
        {text[at : at + 2] for at in range(len(text) - 1)} for text in (_text(one), _text(other))
    )
    return bool(pairs and others) and len(pairs & others) > ALIKE * min(len(pairs), len(others))


def _question_for(query: Query, told: Told, figure: BoundFigure) -> tuple[str, str] | None:
    """The indicator of a figure and a question for it, None where its words name none."""
    if figure.period is None or figure.period.period.is_open or figure.is_target:
        return None
    name = indicator_name(figure.label.of(told.evidence.document.text))
    if name is None:
        return None
    unit = figure.quantity.unit
    counted = unit in _COUNTS
    if counted != (_INDICATOR.fullmatch(name) is None):
        return None
    place = query.places[0].short if query.places else _place_named(figure)
    period = figure.period.period.label()
    form = messages.OVERVIEW_NEXT_COUNT if counted else messages.OVERVIEW_NEXT_AMOUNT
    return name, form.format(period=period, place=place, indicator=name, unit=unit)


def _place_named(figure: BoundFigure) -> str:
    return figure.place.places[0].short if figure.place and len(figure.place.places) == 1 else ""


def indicator_name(label: str) -> str | None:
    """The name of what a figure with these words before it counts, None where they name nothing clearly.

    >>> indicator_name("2020年，全县粮食播种面积为"), indicator_name("比上年增长")
    ('粮食播种面积', None)
    """
    label = "".join(label.split())
    named = [found.span for found in find_periods(label)] + [found.span for found in find_places(label)]
    for span in sorted(named, reverse=True):
        label = label[: span.start] + "，" + label[span.end :]
    last = re.split(
        r"[,;:。、()“”，；：（）]", re.sub(r"[，,：:（(为是有达到约共计近超过已仅只]+$", "", label)
    )[-1]
    name = _FILLER.sub("", last)
    fitting = _INDICATOR.fullmatch(name) or _COUNTED_NOUN.fullmatch(name)
    return name if fitting and not _VERBS.search(name) and len(name) > 2 else None
