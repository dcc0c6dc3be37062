"""Definitions: what a document says a term means, wherever in it that stands, and with what goes on from there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.answering.extractive import quoted_answer, trimmed
from policy_qa.answering.refusal import refuse
from policy_qa.ingest.sentences import split_clauses, split_sentences
from policy_qa.language.normalize import search_key
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import synonyms
from policy_qa.types import Caption, Heading, ListItem, Question, Span, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from policy_qa.answering.evidence import Evidence
    from policy_qa.types import Answer, Block, Document, Hit, Refusal
    from policy_qa.understanding import Query

MOST_DEFINITIONS = 3
MOST_CHARS = 260
"""So long a definition may grow by the sentences that go on from it."""
MOST_PREFIX = 6
"""By so many characters the term defined may be longer than the one asked for: 工业技改投资占比 for 技改投资占比."""
SEARCHED = 10
CLEAR_RANK = 2
"""Where a question may as well ask for something else, only a definition that is clearly one answers it."""
_LEFT = r"(?:(?<![\u3400-\u9fffa-z])|(?<=[的谓称中而则又里把将指]))"
_INNER = r"(?:\([^()]{0,40}\))?(?:这一?个?(?:指标|概念|说法|提法|名词)|一词|一般|通常|主要|在?(?:本文|文中|这里|此处)中?)*[,:]?"
_MEANS = r"指(?![标导数出向挥定派望引令南责])"
_RELATION = r"之比|之和|之差|比值|比率|的比例|比重|除以|乘以|相除|[/×÷]|总称|统称|简称|合称|通称"
_CLEAR = (
    rf"{_INNER}(?:主要|就?是|即|系|乃|都|均|特|泛|专|意|所)*(?:{_MEANS}|定义为|界定为|解释为|理解为|意思是|意味着)",
    r"的(?:定义|含义|意思|口径|计算方法|计算公式)(?:就?[是为]|[:,])",
    rf"\((?:就是|是|也就是)?(?:{_MEANS}|即)",
    rf"{_INNER}(?:是|为|等于|=|即|由|按|以|用)[^。;?!]{{0,60}}?(?:{_RELATION})",
    r"[,]?(?:就是|也就是|亦即|又称|又叫|也叫|即(?![使将便可刻日时]))",
)
_COPULA = (
    rf"{_INNER}(?:都|均)?[是为](?:一[种类项套个门]|以|由|按|依|用来|用于|针对|将|把|通过|围绕|衡量|反映)"
)
_LIMITED = r"[,:]?[^。;,]{0,16}?(?:口径|(?:均|都|一律)(?:不?[为是按含]|采用|不?包括)|不?包括|不含|(?<!包)含|(?:按|以)[^。;,]{1,20}(?:计算|统计|为准))"
_CALLED = r"(?:称为|称之为|叫作|叫做|称作|谓之|简称|统称为?|合称|就叫|便是|(?:与之|与此)[^,。;]{0,4}相[对反][^。;]{0,30}的)"
_COMPRISES = rf"{_INNER}(?:主要|具体|共|一共)?(?:包括|包含|涵盖|由[^。;]{{1,80}}(?:组成|构成)|分为)"
_PLAIN_COPULA = r"[是为][^\d。;?!]*[\u3400-\u9fff]{2}[。;]?$"
_PRAISES = re.compile(r"[最很更]|关键|重[点要]|难点|基础|前提|短板|根本|核心|支[撑柱]|之一|什么|多少")
_WHAT_IS_IT = re.compile(
    r"^[^,;]{2,14}是个?(?:什么|啥)(?:东西)?[?]?$|(?:包括|包含|涵盖|指的?|是|分为)[了着]?(?:哪|(?:什么|啥))"
)
_GLOSSARY = re.compile(r"名词|术语|解释|释义|定义|概念|指标说明")
_GOES_ON = re.compile(
    r"(?:它|其(?![他余次])|这(?!些年|一年)|该|此(?!外|次)|即|也就是|换句话说|具体(?:来说|包括|是)|包括|包含|其中|分为|计算(?:公式|方法|时)|公式|一般|通常|用来|用于|凡|不包括|不含)"
)
_SUBJECT = re.compile(r"([\u3400-\u9fffa-z0-9+]{2,10}?)(?:主要)?(?:是|为|指|包括|有|含|即|由|分为|[:])")
_NOTE_MARK = re.compile(r"(?:[①-⑳]|[\[［〔]\d{1,2}[\]］〕])\s*")
_OPENS_LIST = re.compile(r"[：:]\s*$|(?:以下|如下|下列)[^。；]{0,12}[。；：:]?$")
_QUOTES = re.compile(r"[“”‘’\"'「」『』《》〈〉]")
_QUOTED = re.compile(r"[“‘\"'「『《]([^“”‘’\"'「」『』《》]{1,20})[”’\"'」』》]([\u3400-\u9fff]{0,6})")
_ASKED_FIRST = re.compile(
    r"^(?:那么?|请问?|麻烦|帮我|给我|我想(?:问|知道)|想(?:问|知道))*[,:]?(?:(?:解释|说明|介绍|讲)(?:一下)?[,:]?)?"
    r"(?:(?:什么|啥)(?:是|叫做?|样的是|才是|才叫)|何[谓为]|(?:怎么|怎样|如何|怎么样)(?:理解|解释|定义|界定|看待)|(?:解释|说明)(?:一下)?)"
)
_ASKED_THEN = re.compile(r"什么|啥|哪|怎么|怎样|如何|何意|何义|是否|[含包]不[含包]")
_SOURCE = re.compile(
    r"^(?P<source>[^的]{0,20}?)(?:里面?|中|上|内)(?:所)?(?:[说讲写用称谈提]到?过?|出现|使用|反复出现|列出?)?的(?=.)"
)
_SAID_OF = re.compile(r"^(?P<source>(?:文中|本文|报告|材料)?)(?:所)?(?:[说讲称谈]|提到|说到)的(?=.)")
_TAIL = re.compile(
    r"(?:[,:]|的?(?:含义|意思|定义|概念|(?:统计)?口径|(?:统计)?范围|算法|计算(?:方法|公式)?|内涵)"
    r"|(?:这个?|该|这一个?|一)(?:指标|词|概念|说法|名词|术语|提法|口径|数)|[这那]个?"
    r"|到底|究竟|具体|一般|通常|主要|分别|都|又|是|指的?|的|说|代表着?|表示|意味着?|包括|包含|涵盖|采用|按照?|[用拿以由为做叫有属于])$"
)
_MEMBERS = re.compile(
    r"(?:包括|包含|涵盖|指的?是?|是|有|分为)[了着]?(?:哪(?!个?口径)|什么[^?]{0,4}(?:产业|行业|类别|部门))"
)
_LIMITS = re.compile(r"口径|统计范围|[含包]不[含包]|是否[含包]")
_GENERIC_TAIL = re.compile(r"(?:政策|指标|制度|概念|模式|方式|办法|行动|工程|这[个一].*)$")
_GENERIC_SOURCE = re.compile(r"报告|材料|文件|文中|资料|这[份篇个]|那[份篇个]")
SHORTEST, LONGEST = 2, 24


@dataclass(frozen=True, slots=True)
class Definition:
    """What defines a term: the spans of the document, in order; a lower `rank` defines it more clearly."""

    document: Document
    spans: tuple[Span, ...]
    rank: int


def answer_definition(
    query: Query,
    evidence: Sequence[Evidence],
    document_of: Callable[[str], Document | None],
    retrieve: Callable[[Question, int], Sequence[Hit]],
) -> Answer | None:
    """What defines the term the question asks about, from every document that does; None where none does.

    The documents of the evidence are read whole, and where they are silent, those found for the term itself.
    """
    term = asked_term(query.text) if may_ask_meaning(query) else None
    if term is None:
        return None
    documents = list({found.document.id: found.document for found in evidence}.values())
    found = find_definitions(term, documents)
    if not found and query.kind == "definition" and not term.of_members:
        sought = Question(f"{term.names[0]}，是指", (), query.question.documents)
        known = {document.id for document in documents}
        ids = dict.fromkeys(hit.chunk.document_id for hit in retrieve(sought, SEARCHED))
        more = [document for name in ids if name not in known and (document := document_of(name))]
        found = find_definitions(term, more)
    if query.kind != "definition":
        found = [one for one in found if one.rank <= CLEAR_RANK]
    if not found:
        return None
    return quoted_answer(query.question, [(one.document, span) for one in found for span in one.spans])


def may_ask_meaning(query: Query) -> bool:
    """Whether the question may ask what a term means: outright, or what belongs to it, or what it is."""
    match query.kind:
        case "definition":
            return True
        case "list" | "statement":
            return _WHAT_IS_IT.search(search_key(query.text)) is not None
        case _:
            return False


def refuse_undefined(query: Query, evidence: Sequence[Evidence]) -> Refusal | None:
    """The refusal that says the term is used but nowhere explained, with its uses; None where it is no such question."""
    term = asked_term(query.text)
    if term is None or term.of_members:
        return None
    uses = [found for found in evidence if term.names[0] in _bare_key(found.document, found.span)] or evidence
    return refuse(query, "not_found", messages.NOT_DEFINED.format(term=term.names[0]), uses)


def find_definitions(term: AskedTerm, documents: Iterable[Document]) -> list[Definition]:
    """The clearest definitions of the term, one a document, of the documents the question names before others."""
    found = []
    for document in documents:
        best = min(_definitions_in(term, document), key=lambda one: (one.rank, one.spans[0]), default=None)
        if best is not None:
            found.append(best)
    if not found:
        return []
    named = max(_named_by(term.said_of, one.document) for one in found)
    found = [one for one in found if _named_by(term.said_of, one.document) == named]
    clearest = min(one.rank for one in found)
    different: dict[str, Definition] = {}
    for one in found:
        if one.rank == clearest:
            text = "".join(span.of(one.document.text) for span in one.spans)
            different.setdefault("".join(search_key(text).split()), one)
    return list(different.values())[:MOST_DEFINITIONS]


def _named_by(said_of: str, document: Document) -> int:
    """How many pairs of characters of what the question calls its source stand in the document's title."""
    title = search_key(document.meta.title)
    return sum(said_of[at : at + 2] in title for at in range(len(said_of) - 1))


def _definitions_in(term: AskedTerm, document: Document) -> Iterator[Definition]:
    """Every definition of the term in the document, whatever its rank."""
    forms = [form for name in term.names for form in _forms(name, term)]
    for index, block in enumerate(document.blocks):
        if isinstance(block, Heading | Table | Caption):
            continue
        whole = _bare_key(document, block.span)
        if not any(name in whole for name in term.names):
            continue
        sentences = split_sentences(document.text, start=block.span.start, end=block.span.end)
        for at, sentence in enumerate(sentences):
            key = _bare_key(document, sentence)
            rank = min((rank for rank, pattern in forms if pattern.search(key)), default=None)
            if rank is None and _is_glossary_entry(term, block, key):
                rank = 0
            if rank is not None:
                spans = _with_what_goes_on(document, index, sentences[at:], term)
                if not term.of_members or any("、" in span.of(document.text) for span in spans):
                    yield Definition(document, spans, rank)


def _forms(name: str, term: AskedTerm) -> Iterator[tuple[int, re.Pattern[str]]]:
    """The patterns of a sentence that defines `name`, each with its rank."""
    escaped = re.escape(name)
    exact = _LEFT + escaped
    for form in _CLEAR:
        yield (1 if term.asks_limits else 0), re.compile(exact + form)
        yield 2, re.compile(rf"(?:^|[^\u3400-\u9fffa-z])[\u3400-\u9fffa-z]{{1,{MOST_PREFIX}}}{escaped}{form}")
    yield 0, re.compile(rf"所谓的?{escaped}[,]?(?:就?是|即)")
    if term.of_members:
        yield 1, re.compile(exact + _COMPRISES)
        return
    yield 3, re.compile(exact + _COPULA)
    yield 3, re.compile(rf"{_CALLED}{escaped}(?![\u3400-\u9fff])")
    yield (0 if term.asks_limits else 4), re.compile(exact + _LIMITED)
    yield 5, re.compile(rf"^[^\u3400-\u9fffa-z]*{escaped}(?!.*(?:{_PRAISES.pattern})){_PLAIN_COPULA}")


def _is_glossary_entry(term: AskedTerm, block: Block, key: str) -> bool:
    """Whether the sentence is an entry of a glossary: the term, a colon, and what it means."""
    heads = " ".join(block.heading_path)
    return _GLOSSARY.search(heads) is not None and any(
        re.match(rf"[^\u3400-\u9fffa-z]*{re.escape(name)}(?:\([^()]{{0,40}}\))?:(?!\d).{{6}}", key)
        for name in term.names
    )


def _with_what_goes_on(
    document: Document, index: int, sentences: Sequence[Span], term: AskedTerm
) -> tuple[Span, ...]:
    """The defining sentence from the clause that names the term, with the sentences and items that go on from it."""
    text = document.text
    first = _from_term(document, sentences[0], term)
    end = first.end
    if _explains_in_brackets(
        _bare_key(document, first), term
    ):  # what follows goes on with the sentence, not with it
        return (first,)
    for later in sentences[1:]:
        said = _bare_key(document, Span(first.start, end))
        if later.end - first.start > MOST_CHARS or not _goes_on(_bare_key(document, later), said):
            break
        end = later.end
    whole = Span(first.start, end)
    if end == sentences[-1].end and _OPENS_LIST.search(whole.of(text)):
        items = takewhile(lambda block: isinstance(block, ListItem), document.blocks[index + 1 :])
        return (whole, *(item.span for item in items))
    return (trimmed(text, whole),)


def _goes_on(key: str, said: str) -> bool:
    """Whether a sentence goes on with a definition: by its first words, or by naming one of what that enumerates.

    >>> _goes_on("大户是百亩以上的农户。", "经营主体,指大户和合作社。"), _goes_on("全市有5家。", "经营主体,指大户和合作社。")
    (True, False)
    """
    if _GOES_ON.match(key):
        return True
    subject = _SUBJECT.match(key)
    return subject is not None and subject[1] in said and not re.search(r"[,:]?指", said[:2])


def _from_term(document: Document, sentence: Span, term: AskedTerm) -> Span:
    """The sentence from the clause that names the term; of an explanation in brackets that clause alone."""
    clauses = split_clauses(document.text, sentence)
    for number, clause in enumerate(clauses):
        key = _bare_key(document, clause)
        name = next((name for name in term.names if name in key), None)
        if name is None:
            continue
        if _explains_in_brackets(key, term):
            return trimmed(document.text, clause)
        start = clauses[0].start if _leads_to(clauses[:number], document) else clause.start
        mark = _NOTE_MARK.match(document.text, start, sentence.end)
        return Span(mark.end() if mark else start, sentence.end)
    return sentence


def _explains_in_brackets(key: str, term: AskedTerm) -> bool:
    return any(re.search(rf"{re.escape(name)}\([^()]{{6,}}\)(?!,?指)", key) for name in term.names)


def _leads_to(clauses: Sequence[Span], document: Document) -> bool:
    """Whether clauses before the one with the term tell what it means: 项目完成后给予补助，称为后补助."""
    key = "".join(_bare_key(document, clause) for clause in clauses)
    return bool(key) and re.search(r"(?:说明|注意|指出|强调)的是,$|^(?:注:?|其中,|另外,|此外,)$", key) is None


def _bare_key(document: Document, span: Span) -> str:
    return without_quotes(search_key(span.of(document.text)))


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """The term a question asks the meaning of: its names, likeliest first, as search keys without quotation marks.

    `said_of` is what the question calls the document it means, "" where it means none. `asks_limits` where it asks what
    the term counts (口径), `of_members` where it asks what belongs to it (包括哪些).
    """

    names: tuple[str, ...]
    said_of: str = ""
    asks_limits: bool = False
    of_members: bool = False


@lru_cache(maxsize=256)
def asked_term(question: str) -> AskedTerm | None:
    """The term whose meaning is asked for, None where no words for one are left.

    >>> asked_term("统计公报里说的“粮食产能”是什么口径？")
    AskedTerm(names=('粮食产能',), said_of='统计公报', asks_limits=True, of_members=False)
    >>> asked_term("什么叫以工代赈政策？").names
    ('以工代赈政策', '以工代赈')
    """
    key = re.sub(r"[\s?!。;？]+$", "", search_key(question))
    said_of, bare = _source_of(_between(key))
    quoted = _QUOTED.search(bare)
    names = [] if quoted is None else [quoted[1] + quoted[2], quoted[1]]
    names += [_without_slots(bare), bare, *bare.split("的")[-1:]]
    names = [without_quotes(name).strip(",:的 ") for name in names]
    names += [shorter for name in names[:1] if (shorter := _shorter(name)) != name]
    names += [other for name in names for other in synonyms().get(name, ())]
    kept = tuple(dict.fromkeys(name for name in names if SHORTEST <= len(name) <= LONGEST))
    if not kept:
        return None
    members = _MEMBERS.search(key) is not None
    return AskedTerm(kept, said_of, _LIMITS.search(key) is not None, members)


def without_quotes(key: str) -> str:
    """The search key without quotation marks; 【term】 becomes an entry of a glossary.

    >>> without_quotes("文中的“四好”农村路"), without_quotes("【河长】巡河的人")
    ('文中的四好农村路', '河长:巡河的人')
    """
    return _QUOTES.sub("", key).replace("【", "").replace("】", ":")


def _between(key: str) -> str:
    """The words of the question between those that ask."""
    first = _ASKED_FIRST.match(key)
    if first is not None:
        return _stripped(key[first.end() :])
    asked = _ASKED_THEN.search(key)
    return _stripped(key[: asked.start()] if asked else key)


def _stripped(text: str) -> str:
    """The text without the words before and behind a term that only ask for its meaning."""
    text = re.sub(r"^(?:请问|请|那么|那|在|[,:])+", "", text)
    while (shorter := _TAIL.sub("", text)) != text and shorter:
        text = shorter
    return text


def _source_of(text: str) -> tuple[str, str]:
    """What the question calls the document it means, without words that any is called by, and the rest."""
    found = _SOURCE.match(text) or _SAID_OF.match(text)
    if found is None:
        return "", text
    return _GENERIC_SOURCE.sub("", _QUOTES.sub("", found["source"])), text[found.end() :]


def _without_slots(text: str) -> str:
    """The text without the periods and places it names."""
    named = [found.span for found in find_periods(text)] + [found.span for found in find_places(text)]
    for span in sorted(named, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text.strip("的市省县区,")


def _shorter(name: str) -> str:
    shorter = _GENERIC_TAIL.sub("", name)
    return shorter if len(shorter) >= SHORTEST else name
