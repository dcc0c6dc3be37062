"""The parts of a question: whose, when, of what, and the words that ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from policy_qa.language.periods import find_periods
from policy_qa.language.places import find_places
from policy_qa.language.vocabulary import vocabulary_lines
from policy_qa.types import Span
from policy_qa.understanding import COLLECTIVE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_qa.language.places import PlaceMention

JOINT = re.compile(r"[、,，及和与跟同至到—\-~～\s]*(?:以及)?|的")
HOME = re.compile(
    r"(?:其他|其它|别的)(?:城市|地区|地级市|省份?|市|县区?|区县?|州)|(?:全|我|本|该)(?:国|省|自治区|区|市|州|县)(?![级内]?[性民长])|全国|国内|(?:市|省|县|区)(?:内|里)(?!有)"
)
NAMED_LIKE_A_PLACE = re.compile(
    r"(?:^|(?<=[\0和与、，,的在]))(?![上超门股都城房楼车全各这那该本我哪几两一])[\u4e00-\u9fff]{1,4}?(?<![城都门超股上省])[市县省州](?=[\0的和与、，,呢是有比排]|$)"
)
LOOSE_PERIOD = re.compile(
    r"(?:近|最近|过去|前|后|这|此后|接下来)(?:[一二两三四五六七八九十几]|\d{1,2})年(?:来|间|里)?(?:以来)?|其他年份|其他年度|历年|目前|当前|现在|现阶段|[各逐]年|每年|往年"
)
WHICH_PLACE = re.compile(
    r"哪一?[些几两三]?[个座]?(?:城市|直辖市|地级市|市|省份?|地区|县区?|区县?|州|地方|国家|家)|哪[里儿]|谁"
)
COUNTED = "个百分点|平方公里|万亿?元|亿元|万吨|千瓦时|公里|平方米|万人|万户|万[家个]|[家户个人元名位条项件种类倍吨亩次座所台套辆张处岁天级只艘]"
VERB = "增长|下降|提高|减少|增加|上升|回落|降低|扩大|缩小|完成|实现|变化|增减|超过|突破|高出|相差|占|达到?|排在?|位居|位列|居|有|是|为|吸引|新增|建成|累计"
HOW_MANY = rf"(?:分别|各自?|大约|大概|约|一共|总共|共|到底|究竟|具体|同比|全国|全省|全区|又|还|只|预计|将|要|比上年|较上年|共?计)*(?:{VERB})?(?:了|到|至|过|着)*(?:全国|全省|全区|全市)?(?:多少|百分之几|第几|多[大高长快重]|几(?=[家户个人名位条项件种类倍次座所亿万成位]))(?:{COUNTED})?"
WHAT = r"(?:都|又|还)?(?:主要|分别)?(?:是|为|指|指的是|有|叫|包括|存在|提出|提出过?|采取|面临|具有|取得|出台|涉及|包含)?(?:了|着)?(?:哪[些几]+(?:[个条项点方面家种]+)?|哪[一]?年|哪一?[个家位项条]|什么时候|何时|什么(?:样)?|何)"
HOW = r"(?:情况|状况)?(?:到底|究竟|是|又)?(?:怎么样|怎样|如何|怎么回事|怎么看|咋样|何在)(?:的|了)?"
SUPERLATIVE = r"(?:最[高低大小多少快慢好差强弱]|第一|靠前|领先)"
WHICH = rf"(?:是|为)?(?:{WHICH_PLACE.pattern})(?:的)?"
WHETHER = r"[吗么]$|是否|是不是|有没有|能不能|能否|会不会|要不要|好不好|(?<=[高低多少快])不[高低多少快]"
WHY = r"(?:是|又|会)?(?:为什么|为何|为啥|何以|怎么会|怎么(?=[增下上提减回降]))"
MANNER = r"(?:怎么|怎样|如何|咋)(?:个|才能|去|来)?"
ASKING = re.compile("|".join(f"(?:{part})" for part in (WHY, HOW_MANY, WHICH, WHAT, HOW, WHETHER, MANNER)))
CONNECTING = re.compile(
    r"^(?:[\s、,，。：:；;的于和与跟及也又则是]|在(?!校|建|册|岗|编|职|读|籍|库|用|线)|到(?!达|位|账|岗|期)|至|截至|以及|就(?!业|诊|医)"
    r"|从(?!业|事)|对(?!外|口|接|标)|为(?!民|农)|同(?!比|期|类|行|步)|都(?!市)|方面|来说|而言|其中|情况)+"
    r"|(?:[\s、,，。：:；;的于和与跟是则也又了]|方面|来说|而言|分别|各自|之间|(?<!存|内|潜|所)在)+$"
)
OWN_NAME = re.compile(
    r"《[^》]+》|[“「\"][^”」\"]+[”」\"]|(?:本|该|这份|这篇)(?:报告|文件|材料|规划|公报)|[A-Z][A-Za-z]{3,}"
)
STEM = r"(?:(?!多少|几家|什么|专业|提供|承办|与|以及)[\u4e00-\u9fffA-Za-z0-9]){1,14}?"
ENDS = " \t\r\n。．.？?！!；;，,、：:"
LEAD = re.compile(
    r"(?:好的?|嗯+|哦+|谢谢|多谢|明白了?|知道了|了解了?|请问一?下?|麻烦|劳驾|顺便(?:问一?下)?|对了"
    r"|我?想(?:知道|问一?下?|了解一?下?|看看?)|帮我[查看]一?[查看下]?|你知道|再(?:问一?下|看看?|查一?下|说说)"
    r"|换成|改成|改为|换|如果是|要是|那么|那就?|然后|接着|另外|同样地?)[，,、\s]*"
)
"""Words before a question that say nothing of it."""
PARTICLES = re.compile(r"(?:呢|呀|啊|吧|嘛|哈|的呢)+$")


@dataclass(frozen=True, slots=True)
class Frame:
    """A question's parts as spans of `text`, the question on one line without its end marks.

    `place` and `period` cover all that are named together; `organisation` is a named one. `asking` are the words that
    ask, `topic` the longest piece that is none of these. None for a part that is missing.
    """

    text: str
    place: Span | None
    period: Span | None
    organisation: Span | None
    asking: Span | None
    topic: Span | None
    places: tuple[Span, ...] = ()

    def part(self, span: Span | None) -> str:
        """The words of a part, empty for a missing one."""
        return "" if span is None else span.of(self.text)

    @property
    def has_subject(self) -> bool:
        """Whether it says itself whom it is about: a place, several, an organisation, a title, a quotation."""
        named = self.place or self.organisation or OWN_NAME.search(self.text)
        return named is not None or WHICH_PLACE.search(self.text) is not None

    @property
    def holder(self) -> Span | None:
        """Whom it is about: the organisation, else the place."""
        return self.organisation or self.place


@lru_cache(maxsize=1024)
def frame(question: str) -> Frame:
    """The parts of a question.

    >>> parts = frame("2020年柳州的研发投入强度是多少？")
    >>> parts.part(parts.place), parts.part(parts.topic), parts.part(parts.asking)
    ('柳州', '研发投入强度', '是多少')
    """
    text = PARTICLES.sub("", bare_text(question))
    periods = period_spans(text)
    places = place_spans(text, periods)
    place, period = together(text, places), together(text, periods)
    hidden = masked(text, [span for span in (place, period) if span])
    organisation = find_organisation(hidden)
    if organisation and place and place.end == organisation.start:
        organisation = Span(place.start, organisation.end)
        place, places = (place, places) if organisation.of(text).endswith("区") else (None, [])
    asking = find_asking(hidden)
    taken = [span for span in (place, period, organisation, asking) if span is not None]
    blotted = "".join(
        "\0" if any(span.start <= at < span.end for span in taken) else character
        for at, character in enumerate(text)
    )
    topic = longest_piece(blotted)
    return Frame(text, place, period, organisation, asking, topic, tuple(places))


def period_spans(text: str) -> list[Span]:
    """Where the question names periods that it asks about, relative ones (近三年) included."""
    found = [mention.span for mention in find_periods(text) if not mention.is_base]
    found += [
        match for match in spans(LOOSE_PERIOD, text) if not any(match.overlaps(other) for other in found)
    ]
    return sorted(found)


def place_spans(text: str, taken: list[Span]) -> list[Span]:
    """Where the question names places that it asks about: known ones, 全市, 六市, and what is called like one (青禾县)."""
    mentions = find_places(text)
    found: list[Span] = []
    for mention in mentions:
        joined = bool(found) and JOINT.fullmatch(text[found[-1].end : mention.span.start]) is not None
        if (
            not mention.is_base or is_share_of(text, mention) or joined
        ):  # 柳州和岳阳相比: both are asked about
            found.append(mention.span)
    taken = [*taken, *(mention.span for mention in mentions)]
    regions = re.compile("|".join(words("regions")))
    for pattern in (regions, COLLECTIVE, HOME, NAMED_LIKE_A_PLACE):
        for match in spans(pattern, masked(text, taken)):
            if match.of(text).endswith(("个国", "个地")):
                continue  # 两个国家一流专业
            found.append(match)
            taken.append(match)
    return sorted(found)


def is_share_of(text: str, mention: PlaceMention) -> bool:
    """Whether a city or county is named as the whole of which a share is told: 第一产业占柳州GDP的比重."""
    level = mention.places[0].level
    return level in ("prefecture", "county") and text[: mention.span.start].endswith("占")


def spans(pattern: re.Pattern[str], text: str) -> Iterable[Span]:
    """The spans of the pattern's matches."""
    return (Span(*match.span()) for match in pattern.finditer(text) if match[0])


def together(text: str, found: list[Span]) -> Span | None:
    """The first of the spans with those that follow it with nothing but joints between (柳州、岳阳和株洲)."""
    if not found:
        return None
    first = found[0]
    for following in found[1:]:
        if not JOINT.fullmatch(text[first.end : following.start]):
            break
        first = Span(first.start, following.end)
    return first


def find_organisation(hidden: str) -> Span | None:
    """The first named organisation (not a kind of them) in a question whose places and periods are blotted out."""
    kinds = sorted(words("bare"), key=len, reverse=True)
    generic = words("generic")
    named = rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,5}}(?<!学院)(?<!大学)与{STEM}学院|"
    named += rf"{STEM}(?:大学|公司)(?:{STEM}|[\u4e00-\u9fff]{{2,6}}与[\u4e00-\u9fff]{{2,6}}?)?(?:学院|研究院|集团|中心)"
    at_place = rf"(?<=\0)(?:{'|'.join(kind for kind in kinds if kind[-1] in '区港')})"
    pattern = rf"(?:^|(?<=[\0的和与、，,是在对]))({named}|{at_place}|(?:{STEM}(?:{'|'.join(kinds)}))+)"
    for match in re.finditer(pattern, hidden):
        name = match[1]
        kind = next(kind for kind in kinds if name.endswith(kind))
        stem = name[: -len(kind)]
        while word := next((word for word in generic if stem.endswith(word)), None):
            stem = stem[: -len(word)]
        if (stem or hidden[: match.start(1)].endswith("\0")) and not ASKING.search(name):
            return Span(*match.span(1))
    return None


def find_asking(hidden: str) -> Span | None:
    """The words that ask: the last that stand at the end, else the first."""
    found = [Span(*match.span()) for match in ASKING.finditer(hidden) if match[0].strip("\0")]
    if not found:
        return None
    return found[-1] if found[-1].end == len(hidden) else found[0]


def longest_piece(blotted: str) -> Span | None:
    """The longest run of a text without blots, connecting words at its ends left out; the first of equals."""
    best: Span | None = None
    for match in re.finditer(r"[^\0]+", blotted):
        start, end = match.span()
        while found := CONNECTING.search(blotted[start:end]):
            if found.start() == 0:
                start += found.end()
            else:
                end = start + found.start()
            if start >= end:
                break
        if start < end and (best is None or end - start > len(best)):
            best = Span(start, end)
    return best


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list, longest first.

    >>> "增速" in words("attributes")
    True
    """
    return tuple(
        sorted((word for group in groups(name) for word in group), key=lambda word: (-len(word), word))
    )


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The lists of that name, one for each line of the file, in its order.

    >>> [group for group in groups("contrast") if "出口" in group]
    [('进口', '出口', '进出口')]
    """
    lines = (line.partition(":") for line in vocabulary_lines("followup_words.txt"))
    return tuple(tuple(listed.split()) for head, _, listed in lines if head.strip() == name)


def bare_text(text: str) -> str:
    """The question on one line, without the marks at its ends.

    >>> bare_text(" 那岳阳呢？？ ")
    '那岳阳呢'
    """
    return " ".join(text.split()).strip(ENDS)


def edited(text: str, edits: list[tuple[Span, str]]) -> str:
    """The text with each span replaced; the spans do not overlap.

    >>> from policy_qa.types import Span
    >>> edited("2020年柳州的产值", [(Span(5, 7), "岳阳"), (Span(0, 5), "2019年")])
    '2019年岳阳的产值'
    """
    for span, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def masked(text: str, spans: list[Span]) -> str:
    """The text with the spans blotted out by a mark of the same length."""
    return edited(text, [(span, "\0" * len(span)) for span in spans])
