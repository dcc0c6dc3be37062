"""Whether a statement is of the period, place and kind asked for: the near miss is the dangerous answer."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from policy_qa.answering.asked_figure import CHANGE, asked_figure, asks_for_share
from policy_qa.figures.cells import CHANGE_HEAD, with_year
from policy_qa.figures.surroundings import home_of
from policy_qa.language.contrasts import contradicts, is_of_other_member, narrows
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import agreement, find_periods, whole_year
from policy_qa.language.places import find_places, is_within
from policy_qa.language.qualifiers import OUTCOME, TARGET, scope_of, scopes_agree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_qa.answering.readings import TableReading
    from policy_qa.figures.binding import BoundFigure, Statement
    from policy_qa.figures.surroundings import PeriodSlot, PlaceSlot
    from policy_qa.language.periods import Period
    from policy_qa.language.places import Place, PlaceMention
    from policy_qa.types import Cell
    from policy_qa.understanding import Query

LONGEST_ALLOTMENT = 16
"""So far before a figure the word stands that says it is set aside: 拟安排地方政府专项债券3.65万亿元."""
ALLOTTED_BEHIND = re.compile("(?:左右|以内|上下)?(?:来|的)?(?:规模)?安排")
"""按3%左右安排."""
Misfit = Literal["period", "subject", "kind", "indicator"]
"""What of a statement is other than asked: its period, its place, that it is a target, or of 规上 enterprises alone, or that
its words exclude those asked for (存款 for 贷款)."""
RANKED = re.compile("排名|位次|名次|排位")
GROWTH = re.compile(r"增速|增长率|增幅|涨幅|降幅|跌幅")
CHANGE_TOLD = re.compile(f"{CHANGE.pattern}|同比|环比|比上年|变动|±")
SHARE_OF_WHAT = re.compile("占(?![地比])")
SHARE = re.compile(r"占(?!地)|比[重例]|份额|构成")
DONE_ASKED = re.compile(r"了(?:没有|没|吗|么)|(?:实现|完成|达到|进入|建成)了?[没吗]|是否已")
SO_FAR = re.compile("累计|截至|截止")
CLAUSE_ENDS = "，,、；;：:"
CLAUSE_END = re.compile(f"[{CLAUSE_ENDS}]")
LONGEST_GOING_ON = 3
ONLY_CHANGES = re.compile(
    r"(?:同比|环比|[比较](?:上年|去年|\d{4}年|上年度)(?:同期)?)(?:增长|增加|上升|提高|下降|减少|回落|降低)了?"
)
"""What says before a figure only which way it went; of what, the clause before does: 技改投资下滑，同比下降42.6%."""
COUNTED = re.compile(r"多少(?P<head>[\u4e00-\u9fff]{2,12})")
WHOLE_YEAR = re.compile("全年|整年|一年(?:里|内|下来|到头)")
MONTHS_OF_YEAR = 12
DAY = timedelta(days=1)
TITLE = re.compile("《[^《》]{4,}》")
"""A sentence that names what a question calls by its title speaks of it, whatever years and places the title names."""
TOGETHER = re.compile("一共|总共|合计|累计|加起来|[两三四五]年共")
NOTHING: frozenset[Misfit] = frozenset()


def misfits_of_figure(query: Query, figure: BoundFigure, text: str) -> frozenset[Misfit]:
    """What of a figure of the text is other than asked; a slot that nothing tells fits."""
    found: set[Misfit] = set()
    label = search_key(figure.label.of(text))
    before, key = text[figure.sentence_start : figure.span.start], search_key(query.text)
    said_before = search_key(text[figure.sentence_start : figure.label.start])
    if contradicts(key, label, said_before) or is_of_other_member(key, label, search_key(before)):
        found.add("indicator")
    home = figure.place.places[0] if figure.place else None
    if is_rank(figure) and not ranked_there(query, before, home):
        found.add("kind")
    if not period_fits(query, figure.period) or (WHOLE_YEAR.search(query.text) and SO_FAR.search(label)):
        found.add("period")
    is_of_place = place_fits(query.places, figure.place) or (
        is_rank(figure) and ranks_asked_place(query, figure, before)
    )
    if not is_of_place or not all(owner in search_key(before) for owner in query.owners):
        found.add("subject")
    is_other_aim = figure.is_target != query.wants_target and not is_allotted(query, figure, text)
    if is_other_aim or not (
        scopes_agree(query.scope, figure.scope) or leaves_whole_open(query, figure, before)
    ):
        found.add("kind")
    return frozenset(found)


def is_allotted(query: Query, figure: BoundFigure, text: str) -> bool:
    """Whether what is set aside (安排) is asked for, and so told: a plan to who spends it, done to who decides."""
    start = max(figure.sentence_start, min(figure.label.start, figure.span.start - LONGEST_ALLOTMENT))
    told = text[start : figure.span.start], ALLOTTED_BEHIND.match(text, figure.span.end)
    return not query.wants_target and "安排" in query.text and ("安排" in told[0] or told[1] is not None)


def leaves_whole_open(query: Query, figure: BoundFigure, before: str) -> bool:
    """Whether a share is told without what it is a share of (国企占比为46%): 规上 of 占规上产值多少 limits only that."""
    return (
        figure.scope is None
        and asks_for_share(search_key(query.text))
        and "占比" in before
        and SHARE_OF_WHAT.search(before) is None
    )


def best_figure(
    query: Query, figures: Iterable[BoundFigure], words: Sequence[str], text: str
) -> tuple[BoundFigure, frozenset[Misfit]] | None:
    """The figure with the least that is other than asked, and that; of equals the one whose label says most of `words`.

    What is asked how much of (多少利息) counts first, the very unit asked for last: 小区716个26.95万户. `words` are search keys,
    `text` the document's.
    """
    told = [
        (
            misfits_of_figure(query, figure, text),
            figure,
            {word for word in words if word in search_key(figure.label.of(text))},
        )
        for figure in figures
    ]
    weighed = [
        (misfits, figure)
        for misfits, figure, said in told
        if not any(
            said < more and same_slots(figure, other) and not (is_rank(figure) and lacks - misfits)
            for lacks, other, more in told
        )
    ]
    if not weighed:
        return None

    heads, unit = counted_words(query), asked_figure(query.text).unit

    def fit(found: tuple[frozenset[Misfit], BoundFigure]) -> tuple[int, int, int, bool]:
        label = search_key(own_words(found[1], text))
        said = sum(said_length(word, label) for word in words)
        is_other_unit = unit is not None and found[1].quantity.unit != unit
        return len(found[0]), -any(head in label for head in heads), -said, is_other_unit

    misfits, figure = min(weighed, key=fit)
    return figure, misfits


def said_length(word: str, label: str) -> int:
    """How many characters of a word the words before a figure say: all, or its end where that was named before.

    >>> said_length("粮食总产量", "总产量达到"), said_length("粮食总产量", "粮食播种面积")
    (3, 0)
    """
    ends = (len(word) - start for start in range(len(word) - 1) if word[start:] in label)
    return next(ends, 0)


def is_rank(figure: BoundFigure) -> bool:
    """Whether a figure is a rank, of which one sentence tells several: among all cities, within the province."""
    return figure.quantity.form == "rank"


def same_slots(one: BoundFigure, other: BoundFigure) -> bool:
    """Whether two figures are told of the same period and place in the same unit: of such the one that says more is meant."""
    return (one.period, one.place, one.quantity.unit) == (other.period, other.place, other.quantity.unit)


def own_words(figure: BoundFigure, text: str) -> str:
    """The words before a figure, with those of the clause before where they only go on: 超100亿元|的企业有, 数量最多|，达."""
    label = figure.label.of(text)
    own = label.strip(CLAUSE_ENDS)
    if not label.startswith("的") and len(own) > LONGEST_GOING_ON and not ONLY_CHANGES.fullmatch(own):
        return label
    before = text[figure.sentence_start : figure.label.start].rstrip(CLAUSE_ENDS)
    return CLAUSE_END.split(before)[-1] + label


def counted_words(query: Query) -> tuple[str, ...]:
    """The words, with those that say the same, that the question asks how much of: 利息 of 省下多少利息."""
    match = COUNTED.search(search_key(query.text))
    unit = asked_figure(query.text).words
    heads = [word for word in query.content if match and word != unit and word in match["head"]]
    return tuple(form for word in heads for form in (word, *query.synonyms.get(word, ())))


def ranked_there(query: Query, before: str, home: Place | None) -> bool:
    """Whether a rank told with these words may be one among what the question ranks in: 全国, the province; or open.

    `home` is what 全区 and 全省 are said of.
    """
    asked = set(query.ranked_in)
    own = query.places or ((home,) if home else ())
    told = {
        place
        for found in find_places(before.replace("国内", "全国"), home=home)
        for place in found.places
        if any(place != one and is_within(one, place) for one in own)
    }
    return not asked or not told or bool(asked & told)


def ranks_asked_place(query: Query, figure: BoundFigure, before: str) -> bool:
    """Whether a rank is that of the place asked for, and what was read as its place only that among which it ranks."""
    told = set(figure.place.places) if figure.place else set()
    named = {place for found in find_places(before) for place in found.places}
    return bool(told & set(query.ranked_in) and named & set(query.places))


def names_slots(query: Query, figure: BoundFigure) -> bool:
    """Whether period and place that are asked for are told of the figure, not merely left open."""
    return (not query.periods or figure.period is not None) and (not query.places or figure.place is not None)


def misfits_of_statement(
    query: Query, statement: Statement, home: Place | None, year: int | None, text: str
) -> frozenset[Misfit]:
    """What of a sentence (its `text`) without the figure asked for is other than asked: it may speak of one of several.

    `home` and `year` are those of its document.
    """
    found: set[Misfit] = set()
    names_title = any(title in search_key(text) for title in TITLE.findall(search_key(query.question.text)))
    if query.periods and statement.periods and not names_title:
        told = [slot.period for slot in statement.periods]
        told += [whole_year(year)] if year else []
        if not any(_may_tell(period, asked) for asked in query.periods for period in told):
            found.add("period")
    if query.places and statement.places and not names_title:
        places = {place for slot in statement.places for place in slot.places} | ({home} if home else set())
        places |= {place for one in find_places(text) if _speaks_of(one) for place in one.places}
        if not places & set(query.places):
            found.add("subject")
    if DONE_ASKED.search(query.text) and TARGET.search(text) and not OUTCOME.search(text):
        found.add("kind")
    if (
        "目标" in query.text
        and query.wants_target
        and statement.figures
        and not any(one.is_target for one in statement.figures)
    ):
        found.add("kind")
    return frozenset(found)


def _speaks_of(mention: PlaceMention) -> bool:
    """Whether a sentence that names the place may speak of it: it is not only compared with; a whole is ranked in."""
    return not mention.is_base or mention.places[0].level in ("country", "province")


def _may_tell(told: Period, asked: Period) -> bool:
    """Whether a sentence of one period may speak of another: of one it overlaps, but not of a part of a year it tells whole."""
    is_part = asked.months < MONTHS_OF_YEAR and not asked.is_point
    return told.overlaps(asked) and not (is_part and told.months >= MONTHS_OF_YEAR)


def misfits_of_cells(query: Query, reading: TableReading) -> frozenset[Misfit]:
    """What of the best of the cells is other than asked."""
    return min((misfits_of_cell(query, reading, cell) for cell in reading.cells), key=len, default=NOTHING)


def misfits_of_cell(query: Query, reading: TableReading, cell: Cell) -> frozenset[Misfit]:
    """What of a cell is other than asked: by its labels, else the table's caption, else what stands above it."""
    table = reading.table
    label = label_of_cell(cell)
    caption = table.caption.of(reading.document.text) if table.caption else ""
    found: set[Misfit] = set()
    period, places = cell_period(reading, cell), cell_places(reading, cell)
    if query.periods and period is not None and not agrees(query, period):
        found.add("period")
    if query.places and places and not any(place in query.places for place in places):
        found.add("subject")
    asked = asked_figure(query.text)
    is_aim = TARGET.search(label) is not None
    if is_aim != query.wants_target or not scopes_agree(query.scope, scope_of(f"{caption} {label}")):
        found.add("kind")
    if asked.is_rank and not ranked_there(query, f"{caption} {label}", home_of(reading.document)):
        found.add("kind")
    asked_share = asks_for_share(search_key(query.text)) and not asked.is_change
    is_no_change = asked.is_change and asked.is_share and not tells_change(reading)
    if (
        contradicts(search_key(query.text), search_key(f"{caption} {label}"))
        or narrows(search_key(query.text), search_key(f"{caption} {label}"))
        or (query.kind == "figure" and is_no_change)
        or (query.kind == "figure" and not asked.is_rank and RANKED.search(label))
        or (query.kind == "figure" and asked_share and GROWTH.search(label) and not SHARE.search(label))
    ):
        found.add("indicator")
    return frozenset(found)


def tells_change(reading: TableReading) -> bool:
    """Whether a table speaks of a rise or fall anywhere in its caption and labels; 预期 beside 增速 is one too."""
    keys = reading.keys
    labels = (part for axis in (keys.rows, keys.columns) for label in axis.values() for part in label.parts)
    return CHANGE_TOLD.search(" ".join([keys.caption, *labels])) is not None


def cell_period(reading: TableReading, cell: Cell) -> Period | None:
    """The period of a cell: that of its labels, else of the caption, else of what stands above the table."""
    keys = reading.keys
    before = keys.caption_period
    if before is not None and before.first.year == before.last.year:
        before = whole_year(before.first.year)  # 「前三季度」 of a table of 2021
    told = [
        found.period
        for found in find_periods(with_year(label_of_cell(cell)), before=before)
        if found.period and not found.is_base
    ]
    if not told and keys.caption_stretch and CHANGE_HEAD.search(label_of_cell(cell)):
        return keys.caption_stretch
    return told[-1] if told else keys.caption_period or keys.period_above


def label_of_cell(cell: Cell) -> str:
    """The labels of the cell's row and column, one behind the other."""
    return " ".join((*cell.row_label, *cell.column_label))


def cell_places(reading: TableReading, cell: Cell) -> tuple[Place, ...]:
    """The places a cell may be of: those of its labels, else of the caption, else the document's home."""
    document, table = reading.document, reading.table
    home = home_of(document)
    for text in (label_of_cell(cell), table.caption.of(document.text) if table.caption else ""):
        told = [found for found in find_places(text, home=home) if not found.is_base]
        if told:
            return tuple(place for found in told for place in found.places)
    return (home,) if home else ()


def period_fits(query: Query, told: PeriodSlot | None) -> bool:
    """Whether a figure of the period told answers a question for one of those asked; asked for none, any does."""
    return not query.periods or told is None or agrees(query, told.period)


def agrees(query: Query, told: Period) -> bool:
    """Whether a period told is one of those asked; a state within the year (6月末的余额) is none of a whole one.

    Where every telling is asked for, one of a stretch may be of its end.

    Periods asked for together (2019、2020两年一共) are also told as one (2019—2020年).
    """
    least = 2 if WHOLE_YEAR.search(query.text) else 1
    if any(agreement(one, told) >= least for one in query.periods):
        return True
    if query.asks_tellings and any(agreement(told, one) for one in query.periods if one.is_point):
        return True
    return TOGETHER.search(query.text) is not None and _is_all_of(told, sorted(query.periods))


def _is_all_of(told: Period, asked: Sequence[Period]) -> bool:
    """Whether a period is several others, one right after the other."""
    follow = all(after.first - before.last == DAY for before, after in pairwise(asked))
    return len(asked) > 1 and follow and (told.first, told.last) == (asked[0].first, asked[-1].last)


def place_fits(asked: Sequence[Place], told: PlaceSlot | None) -> bool:
    """Whether a figure of the place told answers a question for one of those asked; asked for none, any does."""
    return not asked or told is None or any(place in asked for place in told.places)
