"""English questions as Chinese ones, by a glossary of places, indicators and words that ask."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = Literal[
    "place", "indicator", "counted", "listed", "change", "superlative", "asking", "time", "stop", "year"
]
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
WORD = re.compile(r"[A-Za-z][A-Za-z'&.\-]*|\d[\d.,]*%?|[\u4e00-\u9fff]")
LATIN_NAME = re.compile(r"[A-Z][A-Za-z]*(?:['’][a-z]+)?(?: [A-Z][a-z]+)?(?: (?:[Cc]ity|[Pp]rovince))?")
YEARS = re.compile(
    r"(?P<first>(?:19|20)\d\d)(?: (?:to|until|through) (?P<last>(?:19|20)\d\d))?|between (?P<one>(?:19|20)\d\d) and (?P<other>(?:19|20)\d\d)"
)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase of the question: its kind and what it is in Chinese."""

    kind: Kind
    chinese: str


def is_english(text: str) -> bool:
    """Whether a question is English: several Latin words and no Han character; a lone abbreviation is not.

    >>> is_english("What was Liuzhou's GDP in 2020?"), is_english("GDP?"), is_english("Liuzhou 2020年GDP是多少")
    (True, False, False)
    """
    words = re.findall(r"[A-Za-z&'’]{2,}", text)
    letters, others = (
        len(LATIN.findall(text)),
        sum(character.isalpha() and not character.isascii() for character in text),
    )
    return (
        not HAN.search(text)
        and letters > 2 * others
        and len(words) > 1
        and any(word.islower() for word in words)
    )


def translated(text: str) -> str | None:
    """The Chinese question that an English one says; None where a word of it is not in the glossary.

    >>> translated("What was Liuzhou's R&D intensity in 2020?")
    '2020年柳州的研发投入强度是多少？'
    >>> translated("How many pandas live in Ganzhou?") is None
    True
    """
    terms = read_terms(text)
    if terms is None:
        return None
    of = {
        kind: [term.chinese for term in terms if term.kind == kind]
        for kind in ("asking", "place", "superlative")
    }
    things = topic_of(terms)
    asking = next((word for word in of["asking"] if word not in ("AND", "AMOUNT")), "AMOUNT")
    when = time_of(terms)
    nouns = sum(term.kind in ("indicator", "counted") and not term.chinese.startswith("占") for term in terms)
    joined = "AND" in of["asking"] or asking in ("COMPARE", "DIFFERENCE")
    if not things or when is None or (not joined and (len(of["place"]) > 1 or nouns > 1)):
        return None
    return composed(asking, when, tuple(of["place"]), terms)


def read_terms(text: str) -> list[Term] | None:
    """The phrases of the question, longest first at each place, stop words left out; None where one is unknown."""
    words = [word.casefold().strip(".,-") for word in WORD.findall(plain(text))]
    words = [word for word in words if word]
    terms: list[Term] = []
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if found := term_of(phrase):
                break
        else:
            return None
        if found.kind != "stop":
            terms.append(found)
        at += length
    return terms


def plain(text: str) -> str:
    """The question without accents and possessives; a hyphen between years is kept apart."""
    text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    text = re.sub(r"['’]s\b|(?<=s)['’](?=\s)", "", text.replace("’", "'"))
    return re.sub(r"(\d)\s*[-–—]\s*(?=\d)", r"\1 to ", text)


def term_of(phrase: str) -> Term | None:
    """What a phrase is: of the glossary, a year or years, or a month; None for an unknown one."""
    if found := glossary().get(phrase.replace("'", "")):
        return found
    if years := YEARS.fullmatch(phrase):
        return Term("year", "至".join(f"{year}年" for year in years.groups() if year))
    if phrase in MONTHS:
        return Term("time", f"{MONTHS.index(phrase) + 1}月")
    return None


@cache
def glossary() -> Mapping[str, Term]:
    """The phrases of `english.txt`, without case and apostrophes."""
    text = resources.files("policy_qa.language").joinpath("vocabularies", "english.txt").read_text("utf-8")
    found: dict[str, Term] = {}
    for line in text.splitlines():
        head, mark, rest = line.partition(":")
        if line.startswith("#") or not mark:
            continue
        kind: Kind = head.strip()  # type: ignore[assignment]  # an editable file: an unknown kind is never asked for
        pairs = [(word, "") for word in rest.split(",")] if kind == "stop" else [tuple(rest.split("="))]
        for english, chinese in pairs:
            key = plain(english).casefold().strip().replace("'", "")
            found.setdefault(key, Term(kind, chinese.strip()))
    return found


def time_of(terms: Sequence[Term]) -> str | None:
    """The period in Chinese, empty without one; None where its parts do not make one."""
    years = [term.chinese for term in terms if term.kind == "year"]
    parts = [term.chinese for term in terms if term.kind == "time"]
    if len(years) == 2 and not parts and Term("asking", "AND") in terms:
        return f"{years[0]}和{years[1]}"
    if len(years) > 1 or (len(parts) > 1 and not all(part.endswith("月") for part in parts)):
        return None
    if parts and not years:
        return parts[0] if parts[0] in ("去年", "今年") else None
    if len(parts) == 2:
        return f"{years[0]}{parts[0].removesuffix('月')}—{parts[1]}"
    return "".join(years + parts)


def topic_of(terms: Sequence[Term]) -> str:
    """What is asked about, as one Chinese noun."""
    nouns = [term.chinese for term in terms if term.kind == "indicator"]
    counted = [re.sub(r"^[家件个所](?=..)", "", term.chinese) for term in terms if term.kind == "counted"]
    whole = [noun for noun in nouns if not noun.startswith("占")]
    share = [noun for noun in nouns if noun.startswith("占")]
    rate = [term.chinese for term in terms if term.kind == "change" and term.chinese == "增速"]
    return "和".join(whole + counted) + "".join(share[:1]) + "".join(rate[:1])


def composed(asking: str, when: str, places: tuple[str, ...], terms: Sequence[Term]) -> str | None:
    """The Chinese question made of its parts; None for a combination that is not known."""
    topic = topic_of(terms)
    where = "和".join(places)
    whose = f"{when}{where}的{topic}" if where else f"{when}{topic}"
    best = next((term.chinese for term in terms if term.kind == "superlative"), "")
    moving = next((term.chinese for term in terms if term.kind == "change" and term.chinese != "增速"), "")
    listed = next((term.chinese for term in terms if term.kind == "listed"), "")
    counted = next((term.chinese for term in terms if term.kind == "counted"), "")
    which = {"WHICHCITY": "哪个城市", "WHICHPROVINCE": "哪个省", "WHICHYEAR": "哪一年"}.get(asking)
    if which and best:
        return f"{when}{where}{which}的{topic}{best}？"
    if listed:
        return f"{whose}有哪些{listed}？"
    if best or (which and asking != "WHICHYEAR"):
        return None
    several = len(places) > 1
    plain_forms = {
        "AMOUNT": f"{whose}{moving + '了' if moving else '分别是' if several else '是'}多少？",
        "BYHOWMUCH": f"{whose}{moving or '增长'}了多少？",
        "COUNT": f"{when}{where}有多少{counted or topic}？",
        "WHY": f"{whose}为什么{moving}？" if moving else "",
        "MEAN": f"{topic}是什么意思？",
        "RANK": f"{whose}排名第几？",
        "COMPARE": f"{whose}分别是多少？" if several else "",
        "DIFFERENCE": f"{whose}相差多少？" if several else "",
        "SOURCE": f"{whose}出自哪份材料？",
    }
    return plain_forms.get(asking) or None


def with_places_translated(text: str) -> str:
    """A Chinese question with the places it names in Latin letters in Chinese; others are left.

    >>> with_places_translated("Liuzhou 2020年GDP是多少")
    '柳州2020年GDP是多少'
    """
    if not HAN.search(text):
        return text

    def place(match: re.Match[str]) -> str:
        name = re.sub(r" (?:city|province)$", "", plain(match[0]).casefold()).replace("'", "")
        known = glossary().get(name)
        return known.chinese if known and known.kind == "place" else match[0]

    changed = LATIN_NAME.sub(place, text)
    return text if changed == text else re.sub(r"(?<=[\u4e00-\u9fff]) +| +(?=[\u4e00-\u9fff])", "", changed)
