"""Which figures of a sentence may be the one asked for: those of the thing and kind that the question names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import MEASURE, asked_figure, asks_for_share
from policy_qa.answering.slots import own_words
from policy_qa.answering.told import content_parts_of
from policy_qa.answering.told_figures import (
    OWN_SHARE,
    REACHED,
    SHARE_WORDS,
    counts_listed,
    grows_instead,
    is_of_whole,
    is_told,
    is_whole_cost,
    moves_share,
)
from policy_qa.answering.wording import is_of_other_term, says_term
from policy_qa.figures.extract import figures_of_prose
from policy_qa.figures.kept import kept
from policy_qa.language.normalize import search_key
from policy_qa.language.quantity_words import counter_of
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.answering.wording import Context, WantedWord
    from policy_qa.figures.binding import BoundFigure
    from policy_qa.figures.surroundings import Surroundings
    from policy_qa.understanding import Query

BLOCKS_KEPT = 4096
NO_THING = re.compile(rf"{MEASURE.pattern}|部分|实际|累计|平均|数[字据]|幅度|情况|同比|完成|实现")
"""What of an indicator says no thing that is measured."""
RATE_NOUN = re.compile(r"增速|增幅|增长率|涨幅|降幅|增长了?多少")
TOTAL = re.compile("总[量额]")
"""So a figure is told of what the sentence before named."""
GOES_SO = re.compile(r"出现|呈现|保持|持续|大幅|小幅|明显|有所|转[正负为]|实际|首次|仅")
"""What begins how an indicator went, behind its name."""
SHORTEST_NAME = 2
EXTREMES = re.compile("最[高低大小多少快慢强弱好差]|其次|第[一二三四五六]|首位|末位|仅次")
"""Which end of a row is asked for: no word of a source needs to say it."""


def names_other_thing(around: Surroundings, figure: BoundFigure, words: Sequence[str]) -> bool:
    """Whether the words right before a figure name a thing, and not only how it is told (，最多，达), or a part of `words`."""
    parts = content_parts_of(around, figure.label)
    return any(
        len(EXTREMES.sub("", MEASURE.sub("", part))) > 1 and not any(part in word for word in words)
        for part in parts
    )


def without_others(
    query: Query,
    wanted: Sequence[WantedWord],
    context: Context,
    around: Surroundings,
    figures: Sequence[BoundFigure],
) -> list[BoundFigure]:
    """The figures of a sentence, without those of another thing, and those of another kind of it.

    Another thing's are left out where the sentence does not name the one asked for, or shares or growth are asked for; those
    of another kind where it says but the last word of the name.
    增速降到1.5% of what the sentence before named is no growth of what only the title does; 中长期贷款 are no 延期贷款.
    """
    named = [word.forms for word in wanted if names_thing(word)]
    asked = [[bare_name(form) for form in word] for word in named]
    if not figures or not asked:
        return list(figures)
    key, things = search_key(query.text), things_told(around)
    forms = [form for word in asked for form in word]
    share = OWN_SHARE.search(key)
    if share and share["what"].endswith(named[-1][0]) and not _is_said(asked[-1], context.sentence):
        figures = [one for one in figures if not names_other(things.get(one.span, ""), asked[-1])]
    if share or RATE_NOUN.search(key) or not _is_said(forms, context.sentence):
        figures = [one for one in figures if not names_other(things.get(one.span, ""), forms)]
    is_compound = len(named) > 1 and not asks_for_share(key) and named[-2][0] + named[-1][0] in key
    if is_compound and not _is_said(asked[-2], context.sentence):
        figures = [
            one
            for one in figures
            if one.quantity.direction  # 贫困人口减少860人 tells 脱贫人口
            or not _names_other_kind(things.get(one.span, ""), asked[-1])
            or not _names_other_kind(search_key(own_words(one, around.document.text)), asked[-1])
        ]
    return list(figures)


def _names_other_kind(words: str, head: Sequence[str]) -> bool:
    """Whether the words right before a figure say the last word of a name behind others: 中长期贷款余额."""
    return any(words.find(form) >= SHORTEST_NAME for form in head)


def _is_said(forms: Sequence[str], text: str) -> bool:
    return any(says_term(form, text) for form in forms)


@kept(BLOCKS_KEPT, of=1)
def things_told(around: Surroundings) -> dict[Span, str]:
    """What each figure of a block is of, as a search key; where it says but 占比 or 总量, by the one before it."""
    things: dict[Span, str] = {}
    before = Span(0, 0), ""
    for figure in figures_of_prose(around):
        named = search_key(figure.indicator.text) if figure.indicator else ""
        said = GOES_SO.search(named)
        own = NO_THING.sub("", named[: said.start()] if said else named)
        is_total = TOTAL.search(around.document.text, figure.clause.start, figure.span.start) is not None
        own = own or (before[1] if before[0] == figure.sentence or is_total else "")
        things[figure.span] = own
        before = figure.sentence, own
    return things


def names_thing(word: WantedWord) -> bool:
    """Whether a word of a question names something measured, not how it is measured, nor a place or period."""
    return not word.is_slot and bool(NO_THING.sub("", word.forms[0])) and word.forms[0] not in SHARE_WORDS


def bare_name(form: str) -> str:
    """A name without the end that only says that it is a sum or count: 投资 of 投资额."""
    return form[:-1] if len(form) > SHORTEST_NAME and form[-1] in "额量数" else form


def names_other(thing: str, forms: Sequence[str]) -> bool:
    """Whether a thing is named in none of the forms, nor by a part of one (投资 of 工业投资)."""
    return len(thing) > 1 and not any(thing in form or says_term(form, thing) for form in forms)


def figures_asked(
    query: Query,
    wanted: Sequence[WantedWord],
    words: Sequence[str],
    around: Surroundings,
    figures: Sequence[BoundFigure],
) -> list[BoundFigure]:
    """The figures of a sentence that may be the one asked for; `words` are the search keys that say what is asked.

    Where one is told in these words, another in another unit that is told in words of its own is of another thing:
    港口吞吐30万吨 beside 汽车产量增长27%.
    """
    text = around.document.text
    asked, key = asked_figure(query.text), search_key(query.text)
    if sum(not word.is_slot for word in wanted) == 1:
        figures = [one for one in figures if not REACHED.search(text, one.sentence_start, one.span.start)]
    told = [(figure, search_key(own_words(figure, text))) for figure in figures]
    is_in_words = [any(word in own for word in words) for _, own in told]
    units = {
        counter_of(figure.quantity.unit)
        for figure, is_said in zip(figures, is_in_words, strict=True)
        if is_said and figure.quantity.form != "rank"
    }
    return [
        figure
        for (figure, own), is_said in zip(told, is_in_words, strict=True)
        if is_told(asked, figure, text)
        and not counts_listed(key, figure, text)
        and not is_of_whole(key, figure, text)
        and not is_whole_cost(key, figure, text)
        and not (OWN_SHARE.search(key) and not asked.is_change and grows_instead(figure, text))
        and (not asked.is_change or asks_for_share(key) or not moves_share(figure, text))
        and not is_of_other_term(wanted, key, own)
        and not (
            units
            and not is_said
            and counter_of(figure.quantity.unit) not in units
            and names_other_thing(around, figure, words)
        )
    ]
