"""Which cells of the tables of the retrieved documents a question asks for, weighed on the scale of sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import (
    COUNTED_THINGS,
    MEASURE,
    POINTS,
    asked_figure,
    asks_for_share,
    quantity_of,
)
from policy_qa.answering.asked_items import items_listed, with_items
from policy_qa.answering.asked_words import AskedWord, asked_words, table_key, wanted
from policy_qa.answering.evidence import KIND_BONUS, NEAR_BONUS, RANK_BONUS, Evidence
from policy_qa.answering.figures_asked import NO_THING
from policy_qa.answering.labels import LabelKey, Named, name_labels, parallel
from policy_qa.answering.phrases import cells_phrase
from policy_qa.answering.readings import TableKeys, TableReading, TableShelf, rows_with_value
from policy_qa.answering.slots import misfits_of_cells
from policy_qa.answering.told_figures import DATE
from policy_qa.answering.wording import Context, covered_share, is_term, says_term
from policy_qa.answering.years import table_years_fit, years_fit
from policy_qa.language.normalize import search_key
from policy_qa.language.numerals import read_numeral
from policy_qa.language.places import find_places
from policy_qa.language.qualifiers import scope_of
from policy_qa.understanding import COLLECTIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from policy_qa.answering.wording import WordWeight
    from policy_qa.types import Cell, Document, Hit
    from policy_qa.understanding import Query

OPEN_PENALTY = 0.2
"""What cells lose of which the question names only the row or only the column, and does not ask for all."""
STATEMENT_PENALTY = 0.1
"""What cells lose where no figure is asked for: there a sentence says more."""
JOIN_PENALTY = 0.05
MODIFIER = re.compile(r"(?![全一二三四五六七八九十])[\u4e00-\u9fffA-Za-z&]{3,}")
MOST_OPEN = 10
"""So many rows or columns are told of a question that leaves them open; asked for all, all are."""
AMOUNTS = frozenset({"绝对数", "绝对值", "绝对额", "总量", "数值", "数量", "金额"})
"""Columns that hold the value itself, beside others of its growth or share."""
TOTALS = frozenset({"合计", "总计", "总数", "全市", "全省", "全国", "总体"})
LEAST_MEANT, LEAST_IF_SURE = 0.8, 0.65
"""Cells that speak of less of the question are not what it asks for."""
LEAST_SUBJECT = 0.15
LEFT_OPEN_SHARE = 0.12
"""A further table is looked for where this share of the question's weight is in no label of the first."""
PERCENT = re.compile(r"%|％|‰|百分点")
SHARE_OF = re.compile(r"占(?!地)[^,;。占\s]{1,12}?(?=的?(?:比重|百分比|比例|份额))")
"""What a share is of is not what it is a share of: 三次产业占GDP百分比 tells no GDP."""
PERCENT_WORDS = "占比比重比例百分比份额"


def is_meant(found: Evidence) -> bool:
    """Whether evidence is cells that speak of enough of the question: of labels surely named less is needed."""
    reading = found.reading
    return reading is not None and found.coverage >= (LEAST_IF_SURE if reading.sure else LEAST_MEANT)


def gather_cells(
    query: Query,
    hits: Sequence[Hit],
    document_of: Callable[[str], Document | None],
    weight: WordWeight,
    shelf: TableShelf,
) -> list[Evidence]:
    """For every table of the documents of the hits the cells asked for, best first; tables of which none are, left out.

    Questions for causes and sources are not answered with cells.
    """
    words = asked_words(query, weight)
    if query.kind in ("cause", "source") or not any(word.weight for word in words):
        return []
    found = []
    ids = dict.fromkeys(hit.chunk.document_id for hit in hits)
    documents = [document for one in ids if (document := document_of(one)) is not None]
    tables = [keys for document in documents for keys in shelf.tables(document)]
    for keys in tables:
        reading = read_table_for(query, words, keys)
        if reading is not None:
            if query.wants_all:
                reading = with_joined(query, words, reading, tables)
            found.append(weigh_reading(query, words, reading, hits))
    return sorted(found, key=lambda evidence: -evidence.score)


def read_table_for(query: Query, words: Sequence[AskedWord], keys: TableKeys) -> TableReading | None:
    """The cells of the table that the question asks for, None where it names neither a row nor a column."""
    question = search_key(query.text)
    years = query.years if table_years_fit(query, keys) else ()  # of other years, the nearest thing is shown
    row_labels, column_labels = in_asked_unit(question, keys)
    shares = asks_for_share(question)
    rows = name_labels(row_labels, words, years, shares=shares, together=query.wants_all)
    columns = name_labels(column_labels, words, years, shares=shares, together=query.wants_all)
    if query.wants_all:
        listed = items_listed(question, words)
        if rows.sure and columns.sure:
            rows = with_items(rows, row_labels, listed, words, partial(keys.unit_of, 0), columns.words)
            columns = with_items(columns, column_labels, listed, words, partial(keys.unit_of, 1), rows.words)
    else:
        rows = parallel(row_labels, rows, question, words)
        columns = parallel(column_labels, columns, question, words)
    if not rows.labels:
        rows = rows_with_value(keys, words, table_key(question))
    wanted_here = (query.wants_table or query.kind == "figure") and is_named_table(words, keys, question)
    if not (rows.labels or columns.labels or wanted_here):
        return None
    row_choice = chosen(query, (row_labels, column_labels), (rows, columns), years)
    column_choice = chosen(query, (column_labels, row_labels), (columns, rows), years)
    if not row_choice or not column_choice:
        return None
    said = tuple(word for index, word in enumerate(words) if index in rows.words | columns.words)
    reading = make_reading(keys, (row_choice, column_choice), said, question)
    axes = ((keys.rows, rows, row_choice), (keys.columns, columns, column_choice))
    if reading is None or (
        not reading.is_missing
        and any(not named.labels and is_of_other(axis, choice, words) for axis, named, choice in axes)
    ):
        return None
    return replace(
        reading,
        open_rows=not rows.labels and len(row_labels) > 1,
        open_columns=not columns.labels
        and len(column_labels) > 1
        and not holds_amounts(column_labels, column_choice),
        sure=all(
            named.sure or len(axis) == 1 for named, axis in ((rows, row_labels), (columns, column_labels))
        ),
    )


def is_of_other(axis: Mapping[int, LabelKey], choice: Sequence[int], words: Sequence[AskedWord]) -> bool:
    """Whether the one label of several that its unit leaves names a thing of which the question begins no word."""
    if len(choice) != 1 or len(axis) == 1 or axis[choice[0]].years:
        return False
    core = axis[choice[0]].core
    is_said = any(form[:2] in core for word in words if word.weight for form in word.forms)
    return len(NO_THING.sub("", core)) > 1 and core not in TOTALS and not (is_said or find_places(core))


def is_named_table(words: Sequence[AskedWord], keys: TableKeys, question: str) -> bool:
    """Whether a question calls the table by its number, or says what its caption does."""
    if keys.table.number and table_key(keys.table.number) in table_key(question):
        return True
    telling = [word for word in words if word.weight and not word.is_year]
    said = sum(word.weight for word in telling if in_caption(word, keys))
    return bool(telling) and said >= LEAST_MEANT * sum(word.weight for word in telling)


def holds_amounts(labels: Mapping[int, LabelKey], choice: Sequence[int]) -> bool:
    """Whether what was chosen is the one column that holds the values themselves."""
    return len(choice) == 1 and labels[choice[0]].core in AMOUNTS


def in_asked_unit(question: str, keys: TableKeys) -> tuple[Mapping[int, LabelKey], Mapping[int, LabelKey]]:
    """The rows and columns without those whose cells cannot answer: shares where 多少亿元 is asked, sums where 百分之几 is."""
    asked = asked_figure(question)
    if asked.is_share is None:
        return keys.rows, keys.columns

    def fits(cell: Cell) -> bool:
        unit = cell.unit or cell.text or ""
        if asked.unit == POINTS:
            return POINTS in unit
        if (
            asked.is_sum
            and (counted := quantity_of(search_key(f"1{unit}")))
            and counted.unit in COUNTED_THINGS
        ):
            return False
        told = PERCENT.search(unit) is not None
        return told == asked.is_share or (bool(asked.is_share) and cell.unit is None)

    fitting = [cell for cell in keys.table.cells if fits(cell)]
    rows, columns = {cell.row for cell in fitting}, {cell.column for cell in fitting}
    return (
        {index: label for index, label in keys.rows.items() if index in rows},
        {index: label for index, label in keys.columns.items() if index in columns},
    )


def make_reading(
    keys: TableKeys,
    choice: tuple[tuple[int, ...], tuple[int, ...]],
    said: tuple[AskedWord, ...],
    question: str,
) -> TableReading | None:
    """The reading of these rows and columns, both named, None where the table has no cell there."""
    rows, columns = choice
    grid = [[keys.cells.get((row, column)) for column in columns] for row in rows]
    if not any(cell is not None for line in grid for cell in line):
        return None
    phrase = cells_phrase(keys.document, keys.table, grid, question)
    return TableReading(keys, rows, columns, said, sure=True, phrase=phrase)


def chosen(
    query: Query,
    axes: tuple[Mapping[int, LabelKey], Mapping[int, LabelKey]],
    named: tuple[Named, Named],
    years: Sequence[str],
) -> tuple[int, ...]:
    """The labels of one axis (the first of the two) that the question is about.

    Those it names; all, where it takes more of them together (柳州等六市); else the total, else all of a few.
    """
    labels, across = axes
    everything = tuple(
        index for index, label in labels.items() if not label.years or years_fit(years, label.years)
    )
    if named[0].labels:
        together = COLLECTIVE.search(query.text)
        count = (counted(together["count"]) if together else None) or 0
        fits = count == len(labels) != len(across) and bool(named[1].labels)
        return everything if fits and count > len(named[0].labels) else tuple(sorted(named[0].labels))
    if query.wants_all or len(everything) == 1:
        return everything
    asked = asked_figure(query.text)
    amounts = tuple(index for index in everything if labels[index].core in AMOUNTS)
    if (
        query.kind == "figure"
        and len(amounts) == 1
        and not (asked.is_change or asked.is_share or asked.is_rank)
    ):
        return amounts
    totals = tuple(index for index in everything if labels[index].core in TOTALS)
    if totals:
        return totals
    return everything if len(everything) <= MOST_OPEN else ()


def counted(number: str | None) -> int | None:
    """The number of places that are taken together, None where none is told.

    >>> counted("六"), counted("12"), counted(None)
    (6, 12, None)
    """
    worth = None if number is None else read_numeral(number)
    return None if worth is None else int(worth)


def with_joined(
    query: Query, words: Sequence[AskedWord], reading: TableReading, tables: Iterable[TableKeys]
) -> TableReading:
    """The reading with cells of other tables that say what it leaves open, for the same rows or columns."""
    total = sum(word.weight for word in words)
    joined: list[TableReading] = []
    left = [word for word in words if word not in reading.words and not in_caption(word, reading.keys)]
    for keys in tables:
        if keys is reading.keys or sum(word.weight for word in left) < LEFT_OPEN_SHARE * total:
            continue
        other = read_beside(query, left, reading, keys)
        if other is not None:
            joined.append(other)
            left = [word for word in left if word not in other.words]
    if not joined:
        return reading
    return replace(
        reading,
        words=(*reading.words, *(word for other in joined for word in other.words)),
        phrase=" ".join([reading.phrase, *(other.phrase for other in joined)]),
        joined=tuple(joined),
    )


def read_beside(
    query: Query, left: Sequence[AskedWord], reading: TableReading, keys: TableKeys
) -> TableReading | None:
    """The cells of another table for the rows or columns of `reading`, under labels that `left` names."""
    if not table_years_fit(query, keys):
        return None
    for own, chosen_own in ((reading.keys.rows, reading.rows), (reading.keys.columns, reading.columns)):
        cores = [own[index].core for index in chosen_own]
        for same, across, turned in ((keys.rows, keys.columns, False), (keys.columns, keys.rows, True)):
            places = {label.core: index for index, label in same.items()}
            if len(cores) < 2 or not all(core in places for core in cores):
                continue
            named = name_labels(across, left, query.years)
            if not named.labels:
                continue
            entities, others = tuple(places[core] for core in cores), tuple(sorted(named.labels))
            said = tuple(left[index] for index in sorted(named.words))
            choice = (others, entities) if turned else (entities, others)
            return make_reading(keys, choice, said, search_key(query.text))
    return None


def in_caption(word: AskedWord, keys: TableKeys) -> bool:
    """Whether the table's caption says the word."""
    return any(form in keys.caption for form in word.forms)


def weigh_reading(
    query: Query,
    words: Sequence[AskedWord],
    reading: TableReading,
    hits: Sequence[Hit],
) -> Evidence:
    """How well cells fit the question."""
    timeless = [word for word in words if not word.is_year] or words  # whether the years fit is judged apart
    context = context_of_cells(reading)
    if not asks_for_share(search_key(query.text)):
        context = replace(context, sentence=SHARE_OF.sub("", context.sentence))
    leaves_out = leaves_out_modifier(words, reading, context)
    coverage = 0.0 if leaves_out else covered_share(wanted(timeless), context)
    span = reading.table.rows[reading.rows[0]].span
    rank, hit = first_hit(reading, hits)
    score = coverage + (RANK_BONUS / rank if rank else 0.0)
    if query.kind == "figure" or query.wants_all:
        score += KIND_BONUS + NEAR_BONUS * reading.whole
    elif query.kind == "when":
        score += KIND_BONUS * any(DATE.search(cell.text or "") for cell in reading.cells)
    else:
        score -= STATEMENT_PENALTY
    score -= JOIN_PENALTY * len(reading.joined)
    if not reading.whole and not query.wants_all:
        score -= OPEN_PENALTY
    told = [word for word in wanted(words) if not word.is_slot]
    about = 0.0 if leaves_out else covered_share(told, context)
    misfits = misfits_of_cells(query, reading)
    if leaves_out_subject(words, reading, context):
        misfits, about = misfits | {"indicator"}, 0.0
    return Evidence(reading.document, span, coverage, about, score, hit, misfits, reading=reading)


def leaves_out_modifier(words: Sequence[AskedWord], reading: TableReading, context: Context) -> bool:
    """Whether a word right before those that name a label is said nowhere: 实用新型专利授权量 is not 专利授权量."""
    starts = {word.start for word in reading.words}
    said = f"{context.sentence} {context.around} {context.title}"
    return any(
        word.weight > 0
        and word.end in starts
        and word not in reading.words
        and MODIFIER.fullmatch(word.forms[0]) is not None
        and scope_of(word.forms[0]) is None  # 规模以上 is judged apart
        and not any(form in said or form[:2] in said for form in word.forms)
        for word in words
    )


def leaves_out_subject(words: Sequence[AskedWord], reading: TableReading, context: Context) -> bool:
    """Whether nothing is said of what is measured, or no term of it: a rank of other things is none of 存款. Notes may name anything."""
    subject = [
        word
        for word in wanted(words)
        if word.weight and not word.is_slot and not MEASURE.fullmatch(word.forms[0])
    ]
    said = replace(context, around=reading.keys.around)
    whole = min((word.start for word in words if word.forms[0] == "占"), default=None)
    left = [
        word
        for word in words
        if word.weight and word not in reading.words and (whole is None or word.end <= whole)
    ]
    told = f"{context.sentence} {context.around} {context.title}"
    terms = [one for one in wanted(left) if is_term(one) and len(one.forms[0]) > len("增加值")]
    if any(not any(says_term(form, told) for form in one.forms) for one in terms):
        return True
    return bool(subject) and covered_share(subject, said) < LEAST_SUBJECT


def context_of_cells(reading: TableReading) -> Context:
    """What the cells speak of: the labels that are asked for, their units and caption, and what surrounds the table."""
    keys = reading.keys
    parts = []
    if not reading.open_rows:
        parts += [part for index in reading.rows for part in keys.rows[index].parts]
    if not reading.open_columns:
        parts += [part for index in reading.columns for part in keys.columns[index].parts]
    units = {table_key(cell.unit) for cell in reading.cells if cell.unit}
    percent = PERCENT_WORDS if any("%" in (cell.unit or cell.text or "") for cell in reading.cells) else ""
    named = [word.forms[0] for word in reading.words]
    others = [context_of_cells(other).sentence for other in reading.joined]
    return Context(
        sentence=" ".join([*parts, *sorted(units), keys.caption, *named, *others]),
        around=f"{keys.around} {keys.notes} {percent}",
        title=keys.title,
    )


def first_hit(reading: TableReading, hits: Sequence[Hit]) -> tuple[int, Hit]:
    """The rank (from 1) and hit that brought the table up, else 0 and the document's first."""
    own = [
        (rank, hit) for rank, hit in enumerate(hits, start=1) if hit.chunk.document_id == reading.document.id
    ]
    return next(
        ((rank, hit) for rank, hit in own if hit.chunk.span.overlaps(reading.table.span)), (0, own[0][1])
    )
