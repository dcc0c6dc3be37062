"""How a question is understood: what it asks for, its words by weight, the years it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from policy_qa.language.agreement import asks_agreement, asks_tellings, without_request
from policy_qa.language.asking import as_written
from policy_qa.language.normalize import search_key
from policy_qa.language.period_shorthand import (
    BARE_YEAR,
    short_years,
    with_short_years,
)
from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places, is_within
from policy_qa.language.qualifiers import asks_for_target, scope_of
from policy_qa.language.vocabulary import synonyms, synonyms_of, vocabulary_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from policy_qa.language.periods import Period
    from policy_qa.language.places import Place, PlaceMention
    from policy_qa.language.qualifiers import Scope
    from policy_qa.language.tokens import Segmenter
    from policy_qa.types import Question

QueryKind = Literal[
    "author", "figure", "when", "list", "cause", "source", "definition", "overview", "statement"
]

NAMED_FIGURE = r"(?:(?<![质力能考])量|额|(?<!价)值|(?<![多少为])数|面积|人口|收入|支出|里程|密度|浓度|得分|均价|价格|余额|gdp|产值|投资|存款|贷款|百分比|依存度)(?:的?(?:预期|年度)?目标)?[?]?$"
"""How a question ends that does nothing but name what is counted or measured: 2018年公路货运量."""
DOCUMENT = r"一?[份篇本个](?:文件|材料|报告|资料|文章|规划|公报|文)"
# First match wins: 「哪些原因」asks for causes, 「有哪几年」for a list, 「哪一年」for a date.
KIND_PATTERNS: tuple[tuple[QueryKind, re.Pattern[str]], ...] = (
    (
        "author",
        re.compile(
            r"作者|署名|谁(?:写|撰写|起草|编|做)的?|(?:执笔|撰稿|编辑|校对|组长|成员)(?:人员?)?(?:都?[是有]|包括)?(?:谁|哪[些几位]|什么人)"
            r"|哪个?(?:单位|部门|课题组|机构|研究组|调研组)(?:写|编|撰|起草|做|完成)"
        ),
    ),
    (
        "definition",
        re.compile(
            r"什么是|什么叫(?!好)|啥[叫是](?!好)|何谓|何为|何意|(?:什么|啥)(?:意思|概念|含义)|含义(?:是|$)|(?:指|代表|表示)的?是?(?:什么|啥|哪)"
            r"|拿(?:什么|啥|谁)(?:和|跟|与)?(?:什么|啥|谁)?(?:比|除)|(?:哪一?[个种]?|什么|啥)(?:统计)?(?:口径|统计范围)|口径(?:是|怎么|如何)|(?:怎么|如何|怎样)理解|(?:的|如何|怎么|怎样)(?:定义|界定|解释)|(?:怎么|怎样|如何)(?:算|计算)(?:的|出来的?)?[?？]?$"
        ),
    ),
    (
        "cause",
        re.compile(r"为什么|为何|为啥|原因|缘故|缘由|成因|何故|怎么会|怎么就|何以|导致|怎么造成|什么造成"),
    ),
    ("source", re.compile(rf"(?:出自|来自哪)(?!哪?一?[个座]?(?:城市|[市县区省]))|哪{DOCUMENT}")),
    (
        "list",
        re.compile(
            r"哪些|哪[几两三四五六七八九十\d]|有(?:什么|啥)|列(?:出|举|一下|一列|给|全|清单)|(?:分别|都)是(?:什么|啥|哪(?!一?年|天|个?月))|[条项点件]列(?:[?？。]|$)"
        ),
    ),
    ("when", re.compile(r"什么时候|何时|哪一?年|几月|哪个月|哪天|何年|时间是")),
    (
        "overview",
        re.compile(
            r"(?:情况|现状|形势|进展|水平|表现|发展|状况|势头)(?:到底|究竟|现在|目前)?(?:怎么样|如何|怎样|咋样|是什么|是怎样的)|(?:怎么样|咋样|如何)[?？]?$|(?:介绍|说|讲|谈|概括)(?:一下|说|讲|谈)|概况|基本情况|总体情况"
        ),
    ),
    (
        "figure",
        re.compile(
            r"多少|几分|什么(?:水平|比例|规模|位次|名次|幅度)(?:以[上下]|左右|上下)?[?？]?$|多大|多高|多长|多快|多远|几比几|有多(?:依赖|依靠|倚重)|几[家户亿万人名位成条个项点种类方件所次]|百分之几|第几|占比|比重|比例|增速|增幅|增长率|强度|总量|总额|数量|规模|排名|率[是为]?[？?]?$|(?:预期|年度|增长|增速|控制)目标[？?]?$|任务数[？?]?$"
            rf"|{NAMED_FIGURE}"
        ),
    ),
)
AREA = re.compile(
    r"(?:^|(?<=[年月日的在和与、,，省市县]))([\u4e00-\u9fff]{2}(?:新区|高新区|经开区|开发区|工业园区?|产业园区?))"
)
ANY_AREA = re.compile(
    r"国家|全国|省级|市级|经济|技术|产业|工业|所有|哪些|哪个|这个|各个|全市|全区|全省|城市|老城"
)
OWNER = re.compile(
    r"(?:^|(?<=[年月日度末底的在,省市县区州]))(?P<name>(?:(?![年月])[\u4e00-\u9fff]){2,8}?)"
    r"(?:(?P<firm>集团|公司|股份|银行)+|(?=的?(?:\d{4}年)?(?:完成|实现|的)*(?:(?:工业)?总?产[值量]|营业?收|销[量售]|(?:净?利|资产|订单|员工|市值))))"
)
"""A firm, or what else may have such figures, where a question opens with it."""
RANK_ASKED = re.compile(r"第几|排名|位次|名次|排(?:在|到|多少|几)")
LATEST_YEARS = 20
COLLECTIVE = re.compile(
    r"(?:[各诸]|[这那]?(?P<count>[\d两三四五六七八九十]{1,3})[个座家]?)(?:主要|相关)?(?:城市|地区|省[区市]|地级市|[市省县区地国州])"
)
"""Places taken together: 各市, 六个城市."""
TABLE_WANTED = re.compile(
    r"[列做制汇整画](?:总|理|出)?成?(?:一?[张个份])?(?:对[比照])?表格?|(?:用|以)表格?(?:列出|表示|形式)"
)
MISSING_TOLD = re.compile(
    r"[,;]?\s*(?:缺失?|没有|空缺?|无)的?(?:数据|数值|数|值)?(?:就|请|都)?(?:写|填|用|标|记)\S*$"
)
ALL_WANTED = re.compile(
    r"各(?!级|界|方面)|分别|逐[个一市]|对[比照]|列出|列举|各项|所有|一览|都(?:是|有)?多少"
)
SOURCE_ASKED = re.compile(
    r"(?:[这那]一?[个句种条项段])?(?:说法|话|数据|数字|结论|观点|提法|判断|内容|表述|论断)?(?:最早|最初|到底|究竟)?(?:都?是)?"
    rf"(?:(?:出自|来自|见于|摘自|引自|在|由|从)?哪{DOCUMENT}(?:里面?|中|上)?(?:都?(?:说|提到?|写|讲|给出|指出|提出)(?:过|了|到)?的?)?|(?:出自|来自)(?:哪里|哪儿|何处))"
)
"""Which words of a question only ask for a document that says the rest."""
OCCASION_ASKED = re.compile(
    r"[在于]?(?:什么|哪个|哪次|哪一次|哪场)(?:样的)?(?:会议|会|场合|大会|活动|论坛|文件|报告|地方)(?:上|里|中)?"
)
"""Words that ask where something was said, which no answer says (在什么会上提出)."""
QUOTES = re.compile('[“”「」『』"]')
ROUGHLY = re.compile(r"[\d一二两三四五六七八九十百千万]+[多余来几][万亿]?\w{0,2}|几[十百千万]\w{0,3}")
YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2}
ASKING_WORD = re.compile(r"[哪几]+[种样类件条项点位家所座处次大方面]*")
"""How things are asked for whose number is not known: 哪几种, 几样."""
OTHER_NAME = re.compile(r"[(](?P<name>[^()]{2,12})[)]")
HAN_OR_WORD = re.compile(r"[\u3400-\u9fffa-z0-9]")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched and answered.

    `text` is the question in the words of reports, which is what is embedded, `terms` what the keyword index is asked, `content` the words an answer must be about
    (search keys, each once, in order), `synonyms` the words that say the same as one of them. `periods` and `places`
    are those it asks about, `years` the four-digit years of the periods; a place several share counts once for each;
    `areas` are zones within places that no register of places has (某某新区), `owners` firms whose figure is asked for, `ranked_in` the places among which it asks for a rank.
    `wants_target` where what is aimed at is asked, `scope` the part of the economy it is limited to. `wants_table` where
    a table is asked for, `wants_all` where all rows or columns of one are, `asks_agreement` where it asks whether sources agree,
    `asks_tellings` where it asks what each of them tells.
    """

    question: Question
    text: str
    kind: QueryKind
    terms: tuple[str, ...]
    content: tuple[str, ...]
    synonyms: Mapping[str, tuple[str, ...]]
    years: tuple[str, ...]
    periods: tuple[Period, ...] = ()
    places: tuple[Place, ...] = ()
    ranked_in: tuple[Place, ...] = ()
    areas: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    wants_target: bool = False
    scope: Scope | None = None
    wants_table: bool = False
    wants_all: bool = False
    asks_agreement: bool = False
    asks_tellings: bool = False


def understand(question: Question, segmenter: Segmenter, *, home: Place | None = None) -> Query:
    """The question's kind, terms, content words, periods and places; earlier turns are not drawn on.

    `home` is what 全市 and 我市 mean.
    """
    asked = as_written(without_request(" ".join(question.text.split())), segmenter)
    kind = question_kind(search_key(asked))
    text = said_of(asked) if kind == "source" else asked
    key = search_key(text)
    periods = periods_asked(key)
    named = find_places(key, home=home)
    places = [place for found in named if not found.is_base for place in found.places]
    ranked_in = places_ranked_in(key, named)
    plain = without_table_request(key)
    content, called = without_other_names(
        plain, content_words(plain if kind == "source" else OCCASION_ASKED.sub("", plain), segmenter)
    )
    if asks_agreement(question.text):
        called = {**called, **institutions_of(content, key)}
    same = {word: others for word in content if (others := (*synonyms_of(word), *called.get(word, ())))}
    terms = [
        *segmenter.terms(text),
        *(term for others in same.values() for word in others for term in segmenter.terms(word)),
    ]
    return Query(
        question=question,
        text=text,
        kind=kind,
        terms=tuple(dict.fromkeys(terms)),
        content=content,
        synonyms=same,
        years=years_of(periods),
        periods=periods,
        places=tuple(dict.fromkeys(place for place in places if place not in ranked_in)),
        ranked_in=ranked_in,
        areas=areas_named(key),
        owners=owners_named(key, content),
        wants_target=asks_for_target(key),
        scope=scope_of(key),
        wants_table=plain != key,
        wants_all=plain != key or (ALL_WANTED.search(key) or COLLECTIVE.search(key)) is not None,
        asks_agreement=asks_agreement(question.text),
        asks_tellings=asks_tellings(question.text),
    )


def institutions_of(content: Sequence[str], key: str) -> dict[str, tuple[str, ...]]:
    """For a word that says whose an institution is what says so without 级, with the institution.

    >>> institutions_of(("国家级", "重点实验室"), "国家级重点实验室有几家")
    {'国家级': ('国家重点实验室',)}
    """
    return {
        one: (one[:-1] + other,)
        for one, other in pairwise(content)
        if one in ("国家级", "自治区级", "省级") and one + other in key
    }


def places_ranked_in(key: str, named: Sequence[PlaceMention]) -> tuple[Place, ...]:
    """The places among which a question asks for a rank: 全国 of 柳州在全国城市里排第几."""
    if not RANK_ASKED.search(key):
        return ()
    places = [place for found in named for place in found.places]
    around = {other for one in places for other in places if one != other and is_within(one, other)}
    based = {place for found in named if found.is_base for place in found.places}
    return tuple(dict.fromkeys(place for place in places if place in around | based))


def areas_named(key: str) -> tuple[str, ...]:
    """The zones with a name of their own that a question names, which are neither places nor words for any such zone.

    >>> areas_named("2020年临江新区的产值"), areas_named("全国有多少个国家级高新区"), areas_named("柳州高新区")
    (('临江新区',), (), ())
    """
    found = (match[1] for match in AREA.finditer(key))
    return tuple(
        dict.fromkeys(
            area
            for area in found
            if not ANY_AREA.match(area)
            and all(place.level == "county" for one in find_places(area) for place in one.places)
        )
    )


def owners_named(key: str, content: Sequence[str]) -> tuple[str, ...]:
    """The firms that a question asks a figure of: those called so, and names that the dictionary cuts into characters.

    >>> owners_named("2020年临铁集团产值", ("临", "铁", "集团")), owners_named("临铁的工业产值", ("临", "铁", "工业", "产值"))
    (('临铁',), ('临铁',))
    >>> owners_named("2020年工业的产值", ("2020年", "工业", "产值"))
    ()
    """
    found = OWNER.search(key)
    if found is None:
        return ()
    terms = (word for line in vocabulary_lines("terms.txt") for word in line.split())
    is_name = set(found["name"]) <= set(content) and not any(
        re.match(".*".join(found["name"]), term) for term in terms
    )
    if found["firm"]:
        return (found[0] if find_places(found["name"]) else found["name"],)
    return (found["name"],) if is_name else ()


def said_of(question: str) -> str:
    """What is said in the document that a question asks for; the question itself where it leaves nothing else.

    >>> said_of("「港口吞吐量翻番」这个说法出自哪份报告？"), said_of("出自哪份报告？")
    ('港口吞吐量翻番', '出自哪份报告？')
    """
    said = QUOTES.sub(" ", SOURCE_ASKED.sub(" ", question)).strip(" ？?，,：:。的")
    return " ".join(said.split()) or question


def periods_asked(key: str) -> tuple[Period, ...]:
    """The periods a question asks about, each once, in order; those it only compares with are none.

    >>> [period.label() for period in periods_asked("2018年到2020年的投资,2021年上半年呢")]
    ['2018—2020年', '2021年上半年']
    """
    found = (mention.period for mention in find_periods(key) if not mention.is_base)
    return tuple(dict.fromkeys(period for period in found if period is not None))


def years_of(periods: Iterable[Period]) -> tuple[str, ...]:
    """The four-digit years of the periods, each once: first and last ones first, then those between.

    >>> years_of(periods_asked("2018年到2020年的投资"))
    ('2018', '2020', '2019')
    """
    years: list[int] = []
    for period in periods:
        last = min(period.last.year, period.first.year + LATEST_YEARS)
        years += [period.first.year, last, *range(period.first.year + 1, last)]
    return tuple(str(year) for year in dict.fromkeys(years))


def without_table_request(key: str) -> str:
    """The search key of a question without the words that ask for a table.

    >>> without_table_request("六市2020年的研发投入强度列成一张表,缺的写—")
    '六市2020年的研发投入强度'
    """
    bare = TABLE_WANTED.sub("", key)
    return key if bare == key else MISSING_TOLD.sub("", bare)


def name_years(text: str, today: date) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The question with 今年, 去年, 前年 and 18年 as years, counted from `today`, and what was taken for which year.

    A question that names a year itself is left as it is.

    >>> from datetime import date
    >>> name_years("去年的增速？", date(2021, 3, 1))
    ('2020年的增速？', (('去年', 2020),))
    >>> name_years("甲市18年的增速？", date(2021, 3, 1))[0], name_years("近18年来的增速？", date(2021, 3, 1))[0]
    ('甲市2018年的增速？', '近18年来的增速？')
    """
    if BARE_YEAR.search(search_key(text)):
        return text, ()  # what is meant was said
    found = [(word, today.year - back) for word, back in YEARS_BACK.items() if word in text]
    for word, year in found:
        text = text.replace(word, f"{year}年")
    return with_short_years(text), (*found, *short_years(text))


def question_kind(key: str) -> QueryKind:
    """What the question asks for.

    >>> question_kind("2020年研发投入强度是多少?"), question_kind("有哪些短板?"), question_kind("谁负责?")
    ('figure', 'list', 'statement')
    """
    for kind, pattern in KIND_PATTERNS:
        if pattern.search(key):
            return kind
    return "statement"


def content_words(key: str, segmenter: Segmenter) -> tuple[str, ...]:
    """The words of a search key that say what is asked: neither asking words nor punctuation, each once.

    Periods and places are words of their own: the dictionary would read 2025|年产值.
    """
    edges = {0, len(key)}
    places = {found.span.of(key) for found in find_places(key)}
    named = [*(found.span for found in find_periods(key)), *(found.span for found in find_places(key))]
    edges |= {edge for span in named for edge in (span.start, span.end)}
    pieces = (key[start:end] for start, end in pairwise(sorted(edges)))
    words = (word for piece in pieces for word in words_of_piece(piece, segmenter, is_place=piece in places))
    said = (
        word
        for word in words
        if HAN_OR_WORD.search(word) and word not in question_words() and not is_open_number(word)
    )
    return tuple(dict.fromkeys(said))


def words_of_piece(piece: str, segmenter: Segmenter, *, is_place: bool) -> list[str]:
    """The words of a piece of a question; a place that the dictionary would cut into characters is one."""
    words = [span.of(piece) for span in segmenter.words(piece)]
    return [piece] if is_place and any(len(word) == 1 for word in words) else words


def is_open_number(word: str) -> bool:
    """Whether a word only says about how many, or asks which: 几十个, 哪几种."""
    return ROUGHLY.fullmatch(word) is not None or ASKING_WORD.fullmatch(word) is not None


def without_other_names(
    key: str, content: tuple[str, ...]
) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """The words without those that a term of the trade in brackets behind them says in other words, and these for each term.

    >>> without_other_names("农业(一产)的比重", ("农业", "一产", "比重"))
    (('一产', '比重'), {'一产': ('农业',)})
    """
    called: dict[str, tuple[str, ...]] = {}
    for match in OTHER_NAME.finditer(key):
        before = [word for word in content if key.endswith(word, 0, match.start())]
        if match["name"] in content and match["name"] in synonyms() and before:
            called[match["name"]] = (max(before, key=len),)
    gone = {word for words in called.values() for word in words}
    return tuple(word for word in content if word not in gone), called


@cache
def question_words() -> frozenset[str]:
    """The words of `question_words.txt`."""
    return frozenset(vocabulary_lines("question_words.txt"))
