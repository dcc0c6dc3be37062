"""How far a sentence and what surrounds it speak of the words of a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policy_qa.answering.asked_figure import asked_figure
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import synonyms_of, vocabulary_lines

if TYPE_CHECKING:
    from policy_qa.types import Block, Document, Span
    from policy_qa.understanding import Query

CONTEXT_SHARE = 0.8
"""How much a word counts that stands in the sentence's headings or just before it, against one in the sentence."""
TITLE_SHARE = 0.7
PARTIAL_SHARE = 0.5
"""How much a word counts of which only pairs of characters stand in the sentence, times their share."""
THINGS_ASKED = re.compile("(?:多少|几)[家个户项所]")
COUNTED_THINGS = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{2,}?)(?:总共|一共|共|到底|究竟|现在|目前|大概|约|总数)*(?:有|达|是|为)*(?:多少|几)[家个户项所]"
)
EXPLAINED = re.compile(r"[(](?:是指|指|即)[^()]*[)]")
"""What a term means is not what its sentence tells: 甲类企业(指成长快的中小企业)达到27家."""
TOPIC = re.compile(r"[从就按在看](?P<topic>[^，,。；;：:]{2,16}?)(?:来看|来说|看|而言|方面|上看)[，,]")
"""What the sentences behind it speak of: 从出口额来看."""
INDUSTRY = re.compile(r"[\u4e00-\u9fff]+[^产企工行就创农商失]业")
CHANGE_TERM = re.compile("增长|下降|增速|规模以上|规上")
"""Terms that say no more than which way something went, or of which part of the economy."""
LONGEST_BARE_LABEL = 7
CLAUSE_END = re.compile("[,;，；。]")
LEAST_CUT = 3
YEAR_WORD = re.compile(r"\d{4}年[末底初]?|[，,\s]")
WEIGHT_OF_UNKNOWN = 2.0
"""What a short word weighs that no chunk holds: it is more likely another way to say something than the thing asked for."""
LEAST_WEIGHT = 1.0
"""What a word weighs that every chunk holds: a city's name is common in its own reports and still decides."""
TARGET_WORD = re.compile(r"(?:预期|年度|全年)?目标|计划|预期|力争|争取|打算|规划|预计|任务数?|定|安排")
COMPARISON = re.compile(r"^(?:同比|环比|比上年|较上年)")
WordWeight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Context:
    """The search keys of a sentence and of what surrounds it."""

    sentence: str
    around: str
    title: str


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word the answer must be about: the forms that say it (search keys), and what it weighs.

    `is_slot` where it only names a place or period.
    """

    forms: tuple[str, ...]
    weight: float
    is_slot: bool = False


def wanted_words(query: Query, weight: WordWeight) -> tuple[WantedWord, ...]:
    """The question's words with their synonyms.

    What a figure is counted in (多少亿元) is left out: whether a figure is of that unit is judged apart.
    """
    unit = asked_figure(query.text).words
    about = [word for word in query.content if word != unit] or query.content
    forms = ((word, *query.synonyms.get(word, ()), *without_comparison(word)) for word in about)
    return tuple(
        WantedWord(same, max(LEAST_WEIGHT, joint_weight(same, weight)), names_slot(same[0])) for same in forms
    )


def joint_weight(forms: Sequence[str], weight: WordWeight) -> float:
    """What the most common of a word's forms weighs; forms that no chunk holds do not count beside others."""
    weights = [weight(form) for form in forms]
    return min((known for known in weights if known != WEIGHT_OF_UNKNOWN), default=WEIGHT_OF_UNKNOWN)


@lru_cache(maxsize=1024)
def without_comparison(word: str) -> tuple[str, ...]:
    """The rise or fall that a word names together with what it is compared with, and what says the same; none for others.

    >>> without_comparison("同比下降")[0], "增幅" in without_comparison("同比增长"), without_comparison("投资")
    ('下降', True, ())
    """
    bare = COMPARISON.sub("", word)
    return (bare, *synonyms_of(bare)) if bare and bare != word else ()


@lru_cache(maxsize=1024)
def names_slot(word: str) -> bool:
    """Whether a word of a question only names a place or a period, or that a target is meant.

    >>> names_slot("柳州市"), names_slot("2020年"), names_slot("目标"), names_slot("投资")
    (True, True, True, False)
    """
    spans = [*(found.span for found in find_places(word)), *(found.span for found in find_periods(word))]
    return TARGET_WORD.fullmatch(word) is not None or any(len(span) == len(word) for span in spans)


def says_area(query: Query, context: Context) -> bool:
    """Whether a sentence or what surrounds it names a zone that the question names (某某新区); asked for none, any does."""
    said = f"{context.sentence} {context.around} {context.title}"
    return not query.areas or any(area in said for area in query.areas)


def context_of(document: Document, block: Block, span: Span) -> Context:
    """The search keys of a sentence of a block and of what surrounds it."""
    before = document.text[block.span.start : span.start]
    return Context(
        sentence=EXPLAINED.sub("", search_key(span.of(document.text))),
        around=search_key(" ".join(block.heading_path) + before[-160:]),
        title=search_key(document.meta.title),
    )


def covered_share(wanted: Sequence[WantedWord], context: Context) -> float:
    """The share of the words' weight that the sentence and its context speak of, 0 to 1."""
    return share_of_all([(word, spoken_share(word, context)) for word in wanted])


def share_of_all(said: Sequence[tuple[WantedWord, float]], *, slots: bool = True) -> float:
    """The share of the words' weight that is spoken of, of each word as far as told beside it; without `slots` that of the others."""
    total = sum(word.weight for word, _ in said)
    spoken = sum(word.weight * share for word, share in said if slots or not word.is_slot)
    return spoken / total if total else 0.0


def spoken_share(word: WantedWord, context: Context) -> float:
    """How far a word is spoken of in any of its forms, 0 to 1; once said in full, no other form is looked for."""
    best = 0.0
    for form in word.forms:
        best = max(best, word_match(form, context))
        if best >= 1.0:
            break
    return best


def slots_share(wanted: Sequence[WantedWord]) -> float:
    """The share of the words' weight that only name places and periods, 0 to 1."""
    total = sum(word.weight for word in wanted)
    return sum(word.weight for word in wanted if word.is_slot) / total if total else 0.0


def word_match(word: str, context: Context) -> float:
    """How far a word is spoken of, 0 to 1.

    >>> word_match("研发强度", Context("研发投入强度为1.8%", "", ""))
    0.3333333333333333
    """
    if word in context.sentence:
        return 1.0
    if word in context.around:
        return CONTEXT_SHARE
    if word in context.title:
        return TITLE_SHARE
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return PARTIAL_SHARE * sum(pair in context.sentence for pair in pairs) / len(pairs) if pairs else 0.0


def leaves_out_term(
    wanted: Sequence[WantedWord], context: Context, question: str = "", label: str = ""
) -> bool:
    """Whether a term of the trade that the question names (城镇化率) is spoken of in none of its forms.

    What stands around a sentence says it only for a figure whose own `label` says little, or cuts the term short, and up to
    whose clause the sentence names no other term: 「工业投资增长9.2%」 behind a sentence about 技改投资 is not about that.
    """
    terms = [word for word in wanted if is_term(word) and not word.is_slot]
    missing = [word for word in terms if not any(says_term(form, context.sentence) for form in word.forms)]
    if not missing:
        return False
    surroundings = f"{context.around} {context.title}"
    if not all(any(form in surroundings for form in word.forms) for word in missing):
        return True
    if any(is_left_behind(word, context.around) for word in missing):
        return True
    key = search_key(label)
    own = YEAR_WORD.sub("", key)
    if len(own) > LONGEST_BARE_LABEL and not all(is_said_short(word.forms, own) for word in missing):
        return True
    before, found, behind = context.sentence.partition(key) if key else ("", "", context.sentence)
    said = before + found + (CLAUSE_END.split(behind, maxsplit=1)[0] if found else behind)
    return any(term not in question and not _is_part(term, missing) for term in terms_in(said))


def is_said_short(forms: Sequence[str], label: str) -> bool:
    """Whether the words before a figure begin with a term cut to its end, as they do where it was named before: 投资增速.

    >>> is_said_short(["固定资产投资"], "投资增速转负,为"), is_said_short(["固定资产投资"], "工业投资")
    (True, False)
    """
    return any(label.startswith(form[-2:]) for form in forms if len(form) > LEAST_CUT)


def _is_part(term: str, words: Sequence[WantedWord]) -> bool:
    return any(form.endswith(term) for word in words for form in word.forms)


def is_of_other_term(wanted: Sequence[WantedWord], question: str, label: str) -> bool:
    """Whether the words of a figure name a term that the question does not, and none that it does.

    >>> is_of_other_term([WantedWord(("民间投资",), 1.0)], "民间投资增速", "固定资产投资增长")
    True
    """
    if modifies_only(question, label):
        return True
    asked = [form for word in wanted if is_term(word) and not word.is_slot for form in word.forms]
    others = [
        term
        for term in terms_in(label)
        if not CHANGE_TERM.search(term) and not any(term in form for form in (question, *asked))
    ]
    rest = label
    for term in others:  # 工业技改投资 says no 工业投资, but 本外币各项存款余额 本外币存款余额
        if not any(part in question for part in terms_in(term)):
            rest = rest.replace(term, "")
    if THINGS_ASKED.search(question) and any(term.endswith(form) for term in others for form in asked):
        return True  # 科技型中小企业677家 are not all 中小企业
    return bool(asked and others) and not any(form in label or says_term(form, rest) for form in asked)


def modifies_only(question: str, label: str) -> bool:
    """Whether what a question counts only stands in the label as a part of a term for other things.

    >>> modifies_only("工业企业一共有多少家", "企业技术中心仅有"), modifies_only("工业企业一共有多少家", "民营企业有")
    (True, False)
    """
    counted = COUNTED_THINGS.search(question)
    head = counted["head"][-2:] if counted else ""
    around = [term for term in terms_in(label) if head in term and not term.endswith(head)]
    return bool(head and around) and not any(
        head in label.replace(term, "") or term in question for term in around
    )


def is_left_behind(word: WantedWord, around: str) -> bool:
    """Whether what stands before a sentence came to speak of another term since it last named this one.

    >>> is_left_behind(WantedWord(("财政收入",), 1.0), "财政收入下降。从税收收入来看，")
    True
    """
    named = [around.rfind(form) + len(form) for form in word.forms if form in around]
    return bool(named) and any(
        term in match["topic"] for match in TOPIC.finditer(around, max(named)) for term in trade_terms()
    )


def is_term(word: WantedWord) -> bool:
    """Whether a word of the question is a term of the trade, or an abbreviation of one (CPI, 民企); a slot is judged apart."""
    written = word.forms[0]
    return not word.is_slot and (
        written in trade_terms()
        or INDUSTRY.fullmatch(written) is not None
        or any(
            form in trade_terms() and (written.isascii() or is_abbreviation(written, form))
            for form in word.forms[1:]
        )
    )


def is_abbreviation(short: str, term: str) -> bool:
    """Whether a word is a term cut to some of its characters, at least two left out.

    >>> is_abbreviation("民企", "民营企业"), is_abbreviation("增长", "增长率")
    (True, False)
    """
    return len(term) >= len(short) + 2 and says_term(short, term)


@lru_cache(maxsize=2048)
def terms_in(sentence: str) -> tuple[str, ...]:
    """The terms of the trade that a sentence names, those of three characters and more."""
    return tuple(term for term in trade_terms() if len(term) > 2 and term in sentence)


def says_term(term: str, sentence: str) -> bool:
    """Whether a sentence says a term, perhaps with words between its own: 技改投资 by 技术改造投资.

    >>> says_term("技改投资", "工业技术改造投资"), says_term("贷款余额", "存款余额")
    (True, False)
    """
    place = -1
    for letter in term:
        place = sentence.find(letter, place + 1)
        if place < 0:
            return False
    return True


@cache
def trade_terms() -> frozenset[str]:
    """The terms of `terms.txt`, as search keys."""
    return frozenset(search_key(word) for line in vocabulary_lines("terms.txt") for word in line.split())
