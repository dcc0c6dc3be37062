"""Words and search terms: jieba with the dictionary of the trade, quantities kept whole."""

from __future__ import annotations

import hashlib
import logging
import marshal
import re
import time
import warnings
from importlib import metadata, resources
from itertools import accumulate, pairwise
from math import inf, log
from typing import TYPE_CHECKING, Any

from policy_qa.errors import SettingsError
from policy_qa.language.normalize import folding_version, search_key, unify_radicals
from policy_qa.language.quantities import find_quantities
from policy_qa.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TERMS_VERSION = 3
"""Raised by one when `Segmenter.terms`, `search_key` or `find_quantities` yields otherwise than before."""

_HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_OR_OTHER_RUN = re.compile(f"([{_HAN}]+)|[^\\W_{_HAN}]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*年?")
_THOUSANDS_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_WRITTEN_YEAR = re.compile("[〇○零一二三四五六七八九]{4}年")
_WRITTEN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DICTIONARY_LINE = re.compile(r"(?P<word>.+?)(?:\s+(?P<frequency>[0-9]+))?(?:\s+[a-z]+)?")
_WHITE_SPACE = re.compile(r"\s+")

_log = logging.getLogger(__name__)


class Segmenter:
    """Cuts Chinese text into words and search terms; safe to share between threads.

    `cache` is the folder for jieba's compiled dictionary, `user_dictionary` a jieba dictionary (a word a line,
    optionally with its frequency and part of speech) on top of the one that ships. `fingerprint` changes
    whenever the same text may yield other terms. Raises SettingsError for a dictionary that cannot be read.
    """

    def __init__(self, cache: Path, user_dictionary: Path | None = None) -> None:
        started = time.perf_counter()
        shipped = _vocabulary("terms.txt") + "\n" + _vocabulary("synonyms.txt")
        own = _read_dictionary(user_dictionary) if user_dictionary else ""
        self._jieba = _load_jieba(cache)
        for word in _shipped_words(shipped):
            self._add(word, None)
        for word, frequency in _dictionary_words(own):
            self._add(word, frequency)
        self.fingerprint = _hash(
            [
                str(TERMS_VERSION),
                metadata.version("jieba"),
                folding_version(),
                shipped,
                _vocabulary("units.txt"),
                _vocabulary("radicals.txt"),
                own,
            ]
        )
        _log.info("segmenter ready: %d words in %.2f s", len(self._jieba.FREQ), time.perf_counter() - started)

    def words(self, text: str) -> list[Span]:
        """The words of `text` as spans that cover it, white space and punctuation included; quantities are whole.

        jieba without its HMM (which glues 2020年旭升 into 年旭升). A word that reaches over the edge of a
        quantity makes one span with it.
        """
        ends = set(accumulate(map(len, self._jieba.cut(unify_radicals(text), HMM=False))))
        for quantity in find_quantities(text):
            ends.difference_update(range(quantity.start + 1, quantity.end))
        return [Span(start, end) for start, end in pairwise([0, *sorted(ends)])]

    def terms(self, text: str) -> list[str]:
        """The search terms of `text`, for index and query alike; a term occurs as often as it is found.

        All on the search key: quantities whole, their numbers and years alone; words, and the shorter words
        inside them; pairs of neighbouring Han characters; Latin words. No punctuation.
        """
        key = search_key(text)
        taken = bytearray(len(key))
        terms: list[str] = []
        for quantity in find_quantities(key):
            if not _is_part_of_word(key, quantity):
                taken[quantity.start : quantity.end] = b"\1" * len(quantity)
                terms += _quantity_terms(quantity.of(key))
        for run in _HAN_OR_OTHER_RUN.finditer(key):
            if run[1]:
                terms += self._han_terms(run[1], taken[run.start() : run.end()])
            else:
                terms += _latin_terms(run[0], taken[run.start() : run.end()])
        return terms

    def _han_terms(self, run: str, taken: bytearray) -> list[str]:
        """Words, shorter words inside them, and pairs; what lies wholly in a quantity was taken before."""
        words = _cut_likeliest(run, self._jieba.FREQ, self._jieba.total)
        pairs = [run[place : place + 2] for place in range(len(run) - 1)]
        if 1 in taken:
            ends = accumulate(map(len, words))
            words = [word for word, end in zip(words, ends, strict=True) if 0 in taken[end - len(word) : end]]
            pairs = [pair for pair, both in zip(pairs, pairwise(taken), strict=True) if 1 not in both]
        known = self._jieba.FREQ.get
        inner = [
            word[place : place + size]
            for word in words
            if len(word) > 2
            for size in range(2, min(4, len(word)))
            for place in range(len(word) - size + 1)
            if known(word[place : place + size])
        ]
        return words + inner + pairs

    def _add(self, word: str, frequency: int | None) -> None:
        """Adds the word as it is written and as its search key reads."""
        for form in dict.fromkeys([word, search_key(word)]):
            self._jieba.add_word(form, frequency)


def _quantity_terms(quantity: str) -> list[str]:
    """The quantity without white space, and each number and year in it.

    >>> _quantity_terms("2020年5月")
    ['2020年5月', '2020年', '2020', '5']
    >>> _quantity_terms("二〇二〇年"), _quantity_terms("1,316.55 亿元")
    (['二〇二〇年', '2020年', '2020'], ['1316.55亿元', '1316.55'])
    """
    whole = _THOUSANDS_COMMA.sub("", _WHITE_SPACE.sub("", quantity))
    numbers = _NUMBER.findall(whole)
    numbers += [year.translate(_WRITTEN_DIGITS) for year in _WRITTEN_YEAR.findall(whole)]
    terms = [whole]
    for number in numbers:
        terms += [number, number[:-1]] if number.endswith("年") else [number]
    return list(dict.fromkeys(terms))


def _is_part_of_word(key: str, quantity: Span) -> bool:
    """Whether it is but the digits of a Latin word (5G, G20)."""
    around = key[max(0, quantity.start - 1) : quantity.start] + key[quantity.end : quantity.end + 1]
    return quantity.of(key).isdigit() and any(
        character.isascii() and character.isalpha() for character in around
    )


def _latin_terms(run: str, taken: bytearray) -> list[str]:
    """The Latin word, without the digits of a quantity that starts at its end (GDP5.2%).

    >>> _latin_terms("gdp5", bytearray([0, 0, 0, 1])), _latin_terms("5g", bytearray(2))
    (['gdp'], ['5g'])
    """
    word = run[: taken.rfind(0) + 1]
    return [word] if word else []


def _shipped_words(text: str) -> list[str]:
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]


def _dictionary_words(text: str) -> Iterator[tuple[str, int | None]]:
    for line in text.splitlines():
        if entry := _DICTIONARY_LINE.fullmatch(line.strip()):
            yield entry["word"], int(entry["frequency"]) if entry["frequency"] else None


def _vocabulary(name: str) -> str:
    return resources.files("policy_qa.language").joinpath("vocabularies", name).read_text("utf-8")


def _read_dictionary(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"user_dictionary {path} cannot be read ({error}); it must be UTF-8 text, a word a line"
        ) from error


def _load_jieba(cache: Path) -> Any:  # noqa: ANN401
    """A tokenizer of our own, its dictionary loaded; the global one belongs to whoever else uses jieba here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has invalid escapes, which newer Pythons warn of
        import jieba

    tokenizer = _faster_tokenizer(jieba.Tokenizer)()
    tokenizer.tmp_dir = str(cache)
    tokenizer.cache_file = f"jieba-{metadata.version('jieba')}.cache"
    compiled = _read_compiled(cache / tokenizer.cache_file)
    if compiled:
        tokenizer.FREQ, tokenizer.total = compiled
        tokenizer.initialized = True
        return tokenizer
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _log.warning("the dictionary is compiled anew at every start: no cache folder %s (%s)", cache, error)
    logger = jieba.default_logger
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it reports its loading on standard error
    try:
        tokenizer.initialize()
    finally:
        logger.setLevel(level)
    return tokenizer


def _read_compiled(path: Path) -> tuple[dict[str, int], int] | None:
    """The dictionary as jieba compiled it, None where there is none; four times as fast as jieba's own reading."""
    try:
        frequencies, total = marshal.loads(path.read_bytes())  # noqa: S302  # a file of our own cache
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return (frequencies, total) if isinstance(frequencies, dict) and isinstance(total, int) else None


def _faster_tokenizer(base: type) -> type:
    """The tokenizer of jieba with its search for the likeliest path in one pass; the words are the same."""

    class FasterTokenizer(base):  # type: ignore[misc]
        def get_DAG(self, sentence: str) -> None:  # noqa: N802
            """Nothing: `calc` reads the dictionary itself."""

        def calc(self, sentence: str, _dag: None, route: dict[int, tuple[float, int]]) -> None:
            """Fills `route` with the last place of the word at each place; the scores in it are not read."""
            for start, end in enumerate(_word_ends(sentence, self.FREQ, self.total)):
                route[start] = (0.0, end - 1)

    return FasterTokenizer


def _cut_likeliest(text: str, frequencies: dict[str, int], total: int) -> list[str]:
    """The words of the likeliest way to cut `text`; for Han characters those of jieba without its HMM.

    >>> _cut_likeliest("投入强度", {"投": 1, "投入": 9, "强": 0, "强度": 5}, 15)
    ['投入', '强度']
    """
    ends = _word_ends(text, frequencies, total)
    words, start = [], 0
    while start < len(text):
        words.append(text[start : ends[start]])
        start = ends[start]
    return words


def _word_ends(text: str, frequencies: dict[str, int], total: int) -> list[int]:
    """For each place in `text` the end of the word with which the likeliest way from there to the end starts.

    As jieba has it: of equally likely ways the one with the longer word, and a character that begins no word
    counts as a word seen once. In `frequencies` every beginning of a word stands too, with 0 if it is none.
    """
    known, log_total, size = frequencies.get, log(total), len(text)
    scores = [0.0] * (size + 1)
    ends = [0] * size
    for start in range(size - 1, -1, -1):
        best, word_end, end = -inf, start + 1, start + 1
        frequency = known(text[start])
        while frequency is not None:
            if frequency and (score := log(frequency) - log_total + scores[end]) >= best:
                best, word_end = score, end
            end += 1
            if end > size:
                break
            frequency = known(text[start:end])
        if best == -inf:
            best = scores[start + 1] - log_total
        scores[start] = best
        ends[start] = word_end
    return ends


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
