"""The rows and columns of tables that set places side by side, and which of them tell the indicator asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_qa.answering.asked_words import table_key, table_synonyms
from policy_qa.answering.slots import cell_period, label_of_cell
from policy_qa.answering.tables import make_reading
from policy_qa.computing.arithmetic import in_one_unit
from policy_qa.computing.groups import Group
from policy_qa.computing.values import cell_value, value_at
from policy_qa.figures.cells import with_year
from policy_qa.language.contrasts import narrows
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import Period, agreement, find_periods
from policy_qa.language.places import find_places, is_within, places_called
from policy_qa.language.qualifiers import TARGET, scope_of, scopes_agree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from policy_qa.answering.labels import LabelKey
    from policy_qa.answering.readings import TableKeys, TableReading
    from policy_qa.computing.operands import Operation
    from policy_qa.computing.values import Sources, Value
    from policy_qa.language.places import Place
    from policy_qa.types import Cell
    from policy_qa.understanding import Query

FEWEST = 2
KINDS = {
    "rank": re.compile(r"排名|位次|名次|排位"),
    "change": re.compile(r"变化|变动|增减|升降|相差|差额|差距"),
    "growth": re.compile(r"增速|增幅|涨幅|降幅|升幅|增长|比上年|同比"),
    "share": re.compile(r"占(?!地)|比重|比例|份额|百分比"),
}
"""What is told of an indicator that is not its amount, in the order in which a label is asked for it."""
RATIO = re.compile(r"[率度数]$|强度|指数|得分")
"""What is in percent by itself, whatever shares a caption speaks of."""
STRUCTURE = re.compile(rf"{KINDS['share'].pattern}|结构|构成")
MEASURING = re.compile(
    r"排名|位次|名次|排位|全国|全区|全省|同比|比上年|增长速度|增长率|增长|增速|增幅|涨幅|比重|占比|比例|份额|百分比|百分率|所占|占(?!地)"
)
EMPTY = re.compile(
    r"(?:总量|总额|总数|家数|户数|总计|合计|综合|总体|总|数量|数目|个数|数|量|额|余额|值|数值|金额|得分|规模|情况|指标|实际|完成|实有|拥有|常住|指数|其中|全社会|全部|各项|金融机构|本外币|地区|全市|年末|年底|期末|末|年|的|与|和|及|[.:、,/\-_()%]|\d{4})*"
)
OF_WHAT = re.compile(r"占[^占]{1,8}?(?=$|的?(?:比重|比例|份额|百分比|百分率))")
"""What something has a share of: GDP of 占GDP比重."""
STEM = re.compile(r"(?<=..)(?:总额|总量|总数|数量|余额|[额量数值])$")
OUTER_WORD = "进出口"
"""A word that holds another which it is not: 出口 is no 进出口."""
LEVEL = re.compile(r"[的\s]|[一二三四]级|各?[项类]|所有|分项|指标")
"""What parts the words that several labels share: 创新 of 各项创新一级指标."""
RATED = re.compile("得分|指数")
TOTALS = re.compile(r"合计|总计|小计|平均|全[国省市区县]|总体")
CORNER = re.compile(r"城市|地区|区县|县区|市县|县市|省[份区市]|园区|地市|市州|市别|乡镇|街道|旗县")
MOST_LEFT = 0.5
"""At least this share of the labels of an axis are places where it is one of places."""
EQUALLY = 0.05
"""Lines that far apart are equally fitting."""
UNSAID, IN_CAPTION, IN_TEXT, UNDATED, UNDESCRIBED = 0.01, 2.0, 4.0, 1.0, 8.0
"""What counts against a line: each character that the question does not say, a word asked for that stands only in the
caption, or only in the text around, no time of its own, and nothing of what the group is called by.
"""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one indicator, each with its name, and the names of those without a value.

    Of a row or column of a table its period, and what speaks against it.
    """

    values: tuple[Value, ...]
    missing: tuple[str, ...] = ()
    period: Period | None = None
    cost: float = 0.0

    @property
    def names(self) -> tuple[str, ...]:
        """All names, with and without a value."""
        return (*(value.name for value in self.values), *self.missing)

    def only(self, names: Collection[str]) -> Series:
        """The series of these names alone."""
        values = tuple(value for value in self.values if value.name in names)
        return replace(self, values=values, missing=tuple(name for name in self.missing if name in names))


def find_line(operation: Operation, query: Query, tables: Sequence[TableKeys]) -> Series | None:
    """The row or column that tells the indicator of the group's places, None where none does.

    Of equally fitting ones that of the newest time, then of most places, then of the first table. Where the question
    leaves open of which places, those of further lines of that time are added.
    """
    asked = _Asked(operation, query)
    found = [line for keys in tables for line in _lines_of(keys, asked)]
    if not found:
        return None
    least = min(line.cost for line in found) + EQUALLY
    lines = sorted(
        (line for line in found if line.cost <= least), key=lambda one: (-_last_year(one), -len(one.values))
    )
    is_open = operation.group == Group() and not operation.among and not operation.of_place
    return _joined([one for one in lines if one.period == lines[0].period]) if is_open else lines[0]


def values_beside(operation: Operation, sources: Sources) -> list[Value]:
    """All that a table tells of one place and its labels name by the words of the indicator, in the same measure, but those apart.

    Of the table that tells most; none where what is to be left out is not among them.
    """
    found = [_beside(keys, operation) for keys in sources.tables(operation.series)]
    best = max(found, key=len, default=[])
    left = [value for value in best if not any(name in value.name for name in operation.apart)]
    are_apart = all(any(name in value.name for value in best) for name in operation.apart)
    return left if are_apart and len(left) >= FEWEST else []


def _beside(keys: TableKeys, operation: Operation) -> list[Value]:
    """What one table tells so; none unless it stands in one row, told wholly."""
    key = search_key(operation.indicator)
    kind = _kind(key)
    words = [word for word in LEVEL.split(MEASURING.sub(" ", key)) if word and not EMPTY.fullmatch(word)]
    values: list[Value] = []
    rows: set[int] = set()
    for (row, column), cell in keys.cells.items():
        label = search_key("".join(cell.column_label))
        places = [one.short for found in find_places("".join(cell.row_label)) for one in found.places]
        is_named = operation.of_place in places and all(word in label for word in words)
        if not is_named or _kind(label) != kind or (RATED.search(label) and not RATED.search(key)):
            continue
        value = value_at(keys, (row, column), "".join(cell.column_label))
        if value is None:
            return []
        values.append(value)
        rows.add(row)
    return values if words and len(rows) == 1 else []


def _last_year(line: Series) -> int:
    return line.period.last.year if line.period else 0


def _joined(lines: Sequence[Series]) -> Series:
    """The first line with the places of the others that it lacks."""
    values: dict[str, Value] = {}
    for line in lines:
        values |= {value.name: value for value in line.values if value.name not in values}
    missing = dict.fromkeys(name for line in lines for name in line.missing if name not in values)
    joined = replace(lines[0], values=tuple(values.values()), missing=tuple(missing))
    return lines[0] if in_one_unit([value.amount for value in joined.values]) is None else joined


class _Asked:
    """What a line is compared with."""

    def __init__(self, operation: Operation, query: Query) -> None:
        self.operation = operation
        self.query = query
        key = search_key(operation.indicator)
        self.kind = _kind(key)
        self.words = [
            forms
            for word in ([key] if key in table_synonyms() else query.content)
            if word in key
            and not (MEASURING.fullmatch(word) or EMPTY.fullmatch(word) or not TARGET.sub("", word))
            for forms in (self._forms(word),)
        ]

    def _forms(self, word: str) -> tuple[str, ...]:
        said = dict.fromkeys([word, *self.query.synonyms.get(word, ()), *table_synonyms().get(word, ())])
        bare = (MEASURING.sub("", STEM.sub("", table_key(one))) for one in said)
        forms = [*map(table_key, said), *(one for one in bare if len(one) > 1)]
        return tuple(sorted(dict.fromkeys(forms), key=len, reverse=True))


def _kind(text: str) -> str:
    return next((name for name, pattern in KINDS.items() if pattern.search(text)), "level")


def _lines_of(keys: TableKeys, asked: _Asked) -> Iterator[Series]:
    """The lines of a table that tell what is asked; none of one that the named source does not describe."""
    group = asked.operation.group
    for axis in (0, 1) if not group.is_source or _describes(keys, group.words) else ():
        names = _names_along(keys, axis)
        if len(names) < FEWEST:
            continue
        across = keys.columns if axis == 0 else keys.rows
        for index, label in across.items():
            cost = _cost_of(asked, keys, _with_what_stands_before(across, index, label), index, axis)
            line = None if cost is None else _line(keys, axis, names, index, asked, cost)
            if line is not None:
                yield line


def _names_along(keys: TableKeys, axis: int) -> dict[int, str]:
    """What the rows (axis 0) or columns of a table are called, by index, where they are places; totals left out."""
    labels = keys.rows if axis == 0 else keys.columns
    parts = {index: label.parts[-1] for index, label in labels.items() if label.parts}
    places = {index: _place_called(part) for index, part in parts.items()}
    known = [place for place in places.values() if place]
    if len(known) < max(FEWEST, MOST_LEFT * len(parts)):
        corner = [head.text for level in keys.table.header_rows for head in level if head.column == 0]
        if axis or not CORNER.search("".join(corner)):
            return {}
        names = {index: part for index, part in parts.items() if not TOTALS.search(part)}
    else:
        whole = {one for one in known for other in known if other != one and is_within(other, one)}
        names = {
            index: place.short
            for index, place in places.items()
            if place and place not in whole and place.level != "country"
        }
    return names if len(set(names.values())) == len(names) else {}


def _place_called(label: str) -> Place | None:
    """The place that a label names, as the whole of it or behind its province; of several of one name the first."""
    if TOTALS.search(label):
        return None
    places = find_places(label)
    if places and places[-1].span.end >= len(label.rstrip("*市县区")):
        return places[-1].places[0]
    called = places_called(label)  # 日照, in running text the sunshine
    return called[0] if called else None


def _with_what_stands_before(across: Mapping[int, LabelKey], index: int, label: LabelKey) -> tuple[str, ...]:
    """The parts of a label; of a bare 增速 or 位次 behind what it is of."""
    if "".join(MEASURING.sub("", part) for part in label.parts if not part.isdigit()).strip("()%"):
        return label.parts
    before = [other for other in across if other < index]
    own = next((across[one].parts for one in reversed(before) if not _is_bare(across[one])), ())
    return (*own, *label.parts)


def _is_bare(label: LabelKey) -> bool:
    return not "".join(MEASURING.sub("", part) for part in label.parts).strip("()%")


def _cost_of(asked: _Asked, keys: TableKeys, parts: tuple[str, ...], index: int, axis: int) -> float | None:
    """What speaks against a line with this label: words that only caption or text say; None where it is another's."""
    label = " ".join(parts)
    told = f"{keys.caption} {label}"
    units = {cell.unit for place, cell in keys.cells.items() if place[1 - axis] == index}
    if _kind_told(parts, keys.caption, is_percent=units == {"%"}) != asked.kind:
        return None
    is_other = bool(TARGET.search(label)) != asked.query.wants_target or narrows(
        search_key(asked.operation.indicator), told
    )
    if is_other or not scopes_agree(asked.query.scope, scope_of(told)):
        return None
    cost, left, around = 0.0, label, f"{keys.around} {keys.title} {keys.notes}"
    for forms in asked.words:
        said = next((form for form in forms if form in _masked(left, forms)), None)
        if said is not None:
            left = _masked(left, forms).replace(said, " ")
        elif any(form in _masked(label, forms) for form in forms):
            continue
        elif any(form in _masked(keys.caption, forms) for form in forms):
            cost += IN_CAPTION
        elif any(form in _masked(around, forms) for form in forms):
            cost += IN_TEXT
        else:
            return None
    rest = OF_WHAT.sub(" ", left) if asked.kind == "share" else left
    rest = TARGET.sub(" ", rest) if asked.query.wants_target else rest
    pieces = MEASURING.sub(" ", _undated(rest)).split()
    if not all(EMPTY.fullmatch(piece) for piece in pieces):
        return None
    if not label.strip() and not cost:
        return None
    group = asked.operation.group
    is_named = _describes(keys, group.words) and group.table in ("", keys.table.number)
    cost += 0 if is_named else UNDESCRIBED
    return cost + UNSAID * sum(map(len, pieces))


def _describes(keys: TableKeys, words: str) -> bool:
    """Whether most of the words that a group is called by stand over the table or in its labels."""
    labels = (part for one in (*keys.columns.values(), *keys.rows.values()) for part in one.parts)
    about = " ".join((keys.caption, keys.around, keys.title, *labels))
    pairs = re.findall("..", search_key(words))
    return 2 * sum(pair in about for pair in pairs) >= len(pairs)


def _undated(text: str) -> str:
    for found in reversed(find_periods(text)):
        text = f"{text[: found.span.start]} {text[found.span.end :]}"
    return text


def _masked(text: str, forms: Sequence[str]) -> str:
    """The text in which words that only hold another are not taken for it."""
    return text if any(OUTER_WORD in form for form in forms) else text.replace(OUTER_WORD, "外贸")


def _kind_told(parts: Sequence[str], caption: str, *, is_percent: bool) -> str:
    """What a line tells of its indicator: by its innermost label, else, of numbers in percent, by the caption."""
    own = next((kind for part in reversed(parts) if (kind := _kind(part)) != "level"), "level")
    if own != "level" or not is_percent or (parts and RATIO.search(parts[-1])):
        return own
    return "share" if STRUCTURE.search(caption) else "growth" if KINDS["growth"].search(caption) else "level"


def _line(
    keys: TableKeys, axis: int, names: Mapping[int, str], index: int, asked: _Asked, cost: float
) -> Series | None:
    """The line of these places, None where it is of another time or group, or cannot be compared."""
    own = tuple(sorted(place for place in names if _cell(keys, axis, place, index) is not None))
    rows, columns = (own, (index,)) if axis == 0 else ((index,), own)
    reading = make_reading(keys, (rows, columns), (), "")
    if reading is None:
        return None
    cells = {names[place]: cell for place in own if (cell := _cell(keys, axis, place, index))}
    period = _period_of(reading, next(iter(cells.values())))
    periods = asked.query.periods
    if periods and period is not None and not any(_is_of_time(one, period) for one in periods):
        return None
    values = {name: cell_value(reading, cell, name) for name, cell in cells.items()}
    line = _of_group(
        Series(
            tuple(value for value in values.values() if value),
            tuple(name for name, value in values.items() if value is None),
            period,
            cost + (UNDATED if periods and period is None else 0.0),
        ),
        asked.operation,
        keys,
    )
    if line is None or len(line.values) < FEWEST:
        return None
    return line if in_one_unit([value.amount for value in line.values]) is not None else None


def _period_of(reading: TableReading, cell: Cell) -> Period | None:
    """The period of a line; of a change that names none the stretch from the first to the last in the caption."""
    table, period, label = reading.table, cell_period(reading, cell), label_of_cell(cell)
    if not KINDS["change"].search(label) or find_periods(with_year(label)) or table.caption is None:
        return period
    caption = with_year(table.caption.of(reading.document.text))
    named = [found.period for found in find_periods(caption) if found.period]
    return Period(named[0].first, named[-1].last) if named and named[0].first < named[-1].last else period


def _is_of_time(asked: Period, told: Period) -> bool:
    """Whether a line of one period tells of the other; a change up to a year is one of that year."""
    return bool(agreement(asked, told)) or (asked.is_whole_years and asked.last == told.last)


def _cell(keys: TableKeys, axis: int, place: int, index: int) -> Cell | None:
    return keys.cells.get((place, index) if axis == 0 else (index, place))


def _of_group(line: Series, operation: Operation, keys: TableKeys) -> Series | None:
    """The line without places that are not asked for, None where it lacks one that is, or is of more or fewer."""
    names = line.names
    if operation.among:
        if not set(operation.among) <= set(names):
            return None
        return line.only(operation.among)
    if not {operation.of_place, operation.group.member} - {""} <= set(names):
        return None
    if operation.within:
        inside = [name for name in names if _lies_in(name, operation.within)]
        if len(inside) < FEWEST and (any(map(find_places, names)) or not _is_of(keys, operation.within)):
            return None
        line = line.only(inside) if len(inside) >= FEWEST else line
    return _of_count(line, operation.group, keys)


def _of_count(line: Series, group: Group, keys: TableKeys) -> Series | None:
    """The line of as many places as a group has, those compared with the place a report is of without it; None for others."""
    size = len(line.values if group.with_data else line.names)
    if group.count in (None, size):
        return line
    home = next((one.short for one in places_called(keys.document.meta.home_place or "")), None)
    if group.are_others and home in line.names and group.count == size - 1:
        return line.only([name for name in line.names if name != home])
    return None


def _lies_in(name: str, outer: str) -> bool:
    own, around = ([place for found in find_places(text) for place in found.places] for text in (name, outer))
    return any(place != other and is_within(place, other) for place in own for other in around)


def _is_of(keys: TableKeys, place: str) -> bool:
    """Whether a table is about a place: its caption, its document's title or the place that document is of."""
    return any(place in told for told in (keys.caption, keys.title, keys.document.meta.home_place or ""))
