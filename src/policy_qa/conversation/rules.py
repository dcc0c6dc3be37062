"""Follow-ups that are known by their words: source, unit, meaning, cause, difference, another of the same, an item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_qa import messages
from policy_qa.conversation.exchange import LISTING, LOOSE_END, MOVING, exchange, is_figure, noun_phrase
from policy_qa.conversation.frames import SUPERLATIVE, WHETHER, WHICH_PLACE, WHY, edited, frame
from policy_qa.conversation.referents import (
    NUMERAL,
    Past,
    answered_places,
    holders_of,
    items_of,
    known_titles,
    last_asked,
    number_of,
    pair_of,
    topic_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PastTurns = tuple[Past, ...]
IT = r"(?:(?:这|那|它|其|该|此|上述|以上|这个|那个|这些|这一|刚才的?)?(?:数据?|数字|数值|结论|说法|信息|内容|话|句话|条|项|指标|概念|词|术语|名词|比例|结果|答案|观点|建议|措施)?(?:都|又|的)?)"
DOCUMENT = r"(?:份|篇|个|本|部|些|几[份篇])?(?:材料|报告|文件|资料|文章|规划|公报|文献|地方|文)"
SOURCE = re.compile(
    rf"{IT}(?:是)?(?:出自|来自|来源于?|源自|源于|摘自|引自|见于?|写在|记载在|出现在|从)(?:于)?(?:哪里|哪儿|何处|哪{DOCUMENT}|什么{DOCUMENT})?(?:里|中)?(?:来的?|的)?"
    rf"|{IT}(?:是)?(?:在|由)?(?:哪{DOCUMENT}|哪里|哪儿|谁)(?:里|中|上)?(?:说|写|提|讲|记载|给出|提供|提到|公布|来)(?:的|过的?|到的?)"
    rf"|{IT}(?:数据)?(?:来源|出处|依据)(?:是?(?:什么|哪里|哪儿|哪{DOCUMENT})|在哪里?|呢)?|有(?:什么|何)(?:依据|根据|出处)|哪{DOCUMENT}|哪来的"
)
WORDING = re.compile(
    rf"{IT}(?:原文|原话|原句|原始表述)(?:是(?:什么|怎么[说写讲]的?|怎样的|如何[说表]述?的?)|怎么[说写讲]的?|如何表述的?|在哪里?|有吗)?"
    r"|(?:把|给|请)?(?:我)?(?:看看?|引用|贴出|给出|列出)(?:一下)?原[文话句]"
)
UNIT = re.compile(rf"{IT}(?:它|其)?(?:计量)?单位(?:是(?:什么|啥|多少|哪个)|呢)?")
MEANING = re.compile(
    rf"{IT}(?:(?:具体)?(?:是|指的是|指)?(?:什么|啥)(?:意思|含义|概念)?(?<!是什么)|(?:的)?(?:具体)?(?:定义|含义|内涵|口径|统计口径|计算公式|公式|计算方法|计算方式|算法)(?:是(?:什么|怎样的|怎么样的)|呢)?|(?:是|又是)?(?:怎么|如何|怎样)(?:计算|测算|统计|定义|得出|得来|算)(?:出来|出)?的?|(?:什么|啥)意思)"
)
CAUSE = re.compile(
    r"(?:这|那|它|其)?(?:又|都|会|主要)?(?:是)?(?:(?:因?为什么|为何|为啥|怎么回事|何以如此|凭什么)(?:会|呢|是)*(?:这样|如此)?|(?:什么|啥)原因(?:造成的?|导致的?|引起的?)?"
    r"|(?:的)?(?:主要)?原因(?:是什么|何在|在哪里?|有哪些|呢)?|怎么会(?:这样|如此))(?:呢|的)?"
)
CAUSE_OF_DEGREE = re.compile(r"(?:它|其)?(?:为什么|为何|为啥|怎么)(?:会|是|就)?(?P<degree>[这那]么\w{1,2})")
WHICH_YEAR = re.compile(
    r"(?:这|那|它|上面|刚才)?(?:个|些)?(?:都|说)?(?:的)?(?P<data>数据?|数字)?(?:都)?(?:是)?(?:哪一?年(?:度|份)?|什么时候|何时|什么时间|哪个?(?:年份|时期|时间))(?:的)?(?P<more>数据?|数字|情况|统计)?"
)
MORE = re.compile(
    r"(?:除此之外|此外|另外)?[,，]?(?:还有(?:呢|吗|其他的?|其它的?|别的|更多的?|哪些|什么|没有)*|(?:其他|其它|其余|别的)(?:的)?(?:呢|还有哪些|有哪些)?|继续(?:说|讲)?|接着[说讲]|更多|更多呢)(?:吗|呢)?"
)
OTHERS = re.compile(
    r"(?:其他|其它|别的|另外|其余)(?:的|[几各])*[个座]?(?P<kind>城市|地区|地级市|省份?|市|县区?|区县?|州|地方|年份?|年度|时期)(?:的)?(?P<rest>情况(?:怎么样|如何)?|(?:分别|各)?是多少|有多少|怎么样|如何)?"
)
DIFFERENCE = re.compile(
    r"(?:这|那|它们|他们|前后)?(?:两者|二者|两个(?:数|城市|市|指标)?|两地|两市|两省|两年|俩|这两\w)?(?:之间)?(?:的)?(?:一共)?"
    r"(?P<what>(?:相差|差|差了|相距|高出|高|低|多|少)(?:了)?(?:多少|多大|多远|几\w+)(?:家|个百分点|亿元|万元|[个人户元名位条项件])?|(?:差距|差额|差值|差别|差异)(?:有|是)*(?:多少|多大|呢)?|(?:谁|哪一?个)(?:的)?(?:更|比较)?[高低大小多少快慢强弱](?:一些|一点)?|比较一下|对比一下|比一比)"
)
RANKED = re.compile(
    rf"(?P<among>其中|这[里些]\w{{0,3}}|(?:这|那)?[两二三四五六七八几\d]+[个座]?(?:城市|市|地区|省|县|地方)?|它们|他们|当中)?(?:里面?|中|当中)?(?:的)?"
    rf"(?:(?P<front>{WHICH_PLACE.pattern}|哪一?年|哪一?个)(?:的)?(?P<sup>{SUPERLATIVE})|(?P<sup2>{SUPERLATIVE})的?(?:是)?(?P<back>{WHICH_PLACE.pattern}|哪一?年)?)(?:的)?"
)
TABULATE = re.compile(
    r"(?:请|帮我|把它们?|把这些(?:数据)?|能不能|可以|能)*(?:用|以|列|做|制|汇总|整理|画)(?:成|出|个|张|一|做成)*(?:(?:图表?|表格?))(?:表示|列出|给我|显示|吗)*"
)
ITEM = re.compile(
    rf"(?P<which>(?:倒数)?第(?P<number>[{NUMERAL}]{{1,3}}|\d{{1,2}})|最后一)(?:条|个|项|点|方面|部分|种|款)?(?:建议|措施|问题|原因|意见|做法|举措|短板|任务|经验|对策|政策)?(?![名位季产次])"
)
COUNTED = re.compile(rf"哪[{NUMERAL}两\d]{{1,3}}[个条项点件大方种类]")
ELABORATE = re.compile(
    r"(?:的|是|请|能|能否|可以|再|是怎么)*(?:(?:具体|详细|展开)(?:地|来)?(?:说|讲|谈|介绍|说明|解释|说说|讲讲|内容|情况)?(?:一下|说|讲)?(?:是?什么|有?哪些|吗)?|说(?:得)?(?:详细|具体)\w*|(?:说|讲|解释|介绍)(?:一下|说|讲)|(?:具体)?(?:说|讲|写|提)(?:的|了)(?:都?是)?(?:什么|啥|哪些)|(?:具体|应该|要)?(?:怎么|如何|怎样)(?:做|落实|推进|实施|操作|开展)的?|是?(?:什么|啥)(?:内容|意思)?|呢|内容)*(?:吗|呢)?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A completed follow-up. `is_aside`: it asks about the last answer, so that a later one leans on what stood before."""

    text: str
    is_aside: bool = False
    notices: tuple[str, ...] = ()


def by_its_words(core: str, past: PastTurns) -> Step | None:
    """The question that a follow-up of a known form stands for, None where it has none of these forms.

    >>> turn = Past(frame("2020年柳州的产值是多少？"), "10亿元。[1]")
    >>> by_its_words("单位是什么", (turn,)).text
    '2020年柳州的产值的单位是什么？'
    """
    rules: tuple[Callable[[str, PastTurns], Step | None], ...] = (
        ask_item, ask_source, ask_unit, ask_year, ask_meaning, ask_cause, ask_others, ask_more, ask_difference,
        ask_ranked, ask_table,
    )  # fmt: skip
    return next((step for rule in rules if (step := rule(core, past))), None)


def ask_source(core: str, past: PastTurns) -> Step | None:
    """Which document said the last answer, or in which words."""
    asked = last_asked(past).asked
    if WORDING.fullmatch(core):
        return Step(f"{noun_phrase(asked)}，原文是怎么说的？", is_aside=True)
    if SOURCE.fullmatch(core):
        return Step(f"{noun_phrase(asked)}出自哪份材料？", is_aside=True)
    return None


def ask_unit(core: str, past: PastTurns) -> Step | None:
    """The unit of the last figure."""
    if not UNIT.fullmatch(core):
        return None
    return Step(f"{noun_phrase(last_asked(past).asked)}的单位是什么？", is_aside=True)


def ask_year(core: str, past: PastTurns) -> Step | None:
    """Of which year the last answer is."""
    found = WHICH_YEAR.fullmatch(core)
    if not found:
        return None
    asked = last_asked(past).asked
    kind = "的数据" if found["data"] or found["more"] or is_figure(asked) else ""
    return Step(f"{noun_phrase(asked)}是哪一年{kind}？", is_aside=True)


def ask_meaning(core: str, past: PastTurns) -> Step | None:
    """What the last indicator means, or how it is calculated."""
    topic = topic_of(past)
    if not MEANING.fullmatch(core) or not topic:
        return None
    how = re.search(r"(?:怎么|如何|怎样)(?:计算|测算|统计|定义|得出|得来|算)|公式|计算|算法", core)
    named = re.search(r"统计口径|口径|定义|内涵", core)
    tail = "是怎么计算的" if how else f"的{named[0]}是什么" if named else "是什么意思"
    return Step(f"{topic}{tail}？", is_aside=True)


def ask_cause(core: str, past: PastTurns) -> Step | None:
    """Why what was asked about is as it is."""
    turn = last_asked(past)
    if degree := CAUSE_OF_DEGREE.fullmatch(core):
        return Step(f"{noun_phrase(turn.asked, moving=False)}为什么{degree['degree']}？")
    if not CAUSE.fullmatch(core):
        return None
    return Step(f"{reason_for(turn)}？", is_aside=True)


def reason_for(turn: Past) -> str:
    """The question why the last answer is so.

    >>> reason_for(Past(frame("2016年柳州工业投资增长了多少？"), "下降3.0%。[1]"))
    '2016年柳州工业投资为什么下降'
    """
    asked = turn.asked
    asking = asked.part(asked.asking)
    if asked.asking is None or re.search(WHY, asking):
        return asked.text if asked.asking else f"{asked.text}的原因是什么"
    before, after = asked.text[: asked.asking.start], asked.text[asked.asking.end :]
    places = answered_places(turn.answer)
    if re.search(WHICH_PLACE, asking) and places:
        copula = "是" if "是" in asking else ""
        return f"为什么{before}{copula}{places[0]}{'的' if asking.endswith('的') else ''}{after}"
    if MOVING.search(asking):
        direction = re.search(r"下降|减少|回落|降低|下滑|增长|上升|提高|增加", turn.answer)
        return f"{LOOSE_END.sub('', before)}为什么{direction[0] if direction else MOVING.findall(asking)[0]}"
    if LISTING.search(asking) and after:
        verb = re.search(r"存在|提出|采取|面临|取得|有", asked.text[: asked.asking.end])
        before = re.sub(r"(?:存在|提出|采取|面临|取得)了?$", "", LOOSE_END.sub("", before))
        return f"{before}为什么{verb[0] if verb else '有'}这些{after}"
    if re.search(WHETHER, asking):
        return f"为什么{before}{after}"
    return f"{noun_phrase(asked)}为什么是这样"


def ask_others(core: str, past: PastTurns) -> Step | None:
    """The same of the other places or years."""
    found = OTHERS.fullmatch(core)
    if not found:
        return None
    asked = last_asked(past).asked
    kind = {"地方": "地区", "年": "年份"}.get(found["kind"], found["kind"])
    if kind[0] in "年时":
        return Step(f"{exchange(asked, period=f'其他{kind}')}？")
    return Step(f"{exchange(asked, holder=f'其他{kind}')}？")


def ask_more(core: str, past: PastTurns) -> Step | None:
    """What else there is."""
    if not MORE.fullmatch(core):
        return None
    asked = last_asked(past).asked
    asking = asked.part(asked.asking)
    if asked.asking and LISTING.search(asking):
        listing = re.sub(r"^(?:都|主要|分别)*", "", asking)
        return Step(f"{asked.text[: asked.asking.start]}还{listing}{asked.text[asked.asking.end :]}？")
    if asked.asking and re.search(WHY, asking):
        return Step(f"{noun_phrase(asked)}还有什么原因？")
    return Step(f"关于{noun_phrase(asked)}，还有哪些内容？")


def ask_difference(core: str, past: PastTurns) -> Step | None:
    """How far the two things last spoken of are apart, or which of them is higher."""
    found = DIFFERENCE.fullmatch(core)
    pair = pair_of(past) if found else None
    if found is None or pair is None:
        return None
    what = re.sub(
        r"^(?:差距|差额|差值|差别|差异).*|^比较一下|^对比一下|^比一比|^[差高低多少]了?多少",
        "相差多少",
        found["what"],
    )
    asked = last_asked(past).asked
    one, other = pair
    if "为什么" in one + other:
        return None
    if one in asked.text and other in asked.text:
        return Step(f"{noun_phrase(asked)}{what}？")
    period = asked.part(asked.period)
    if period and one.startswith(period) and other.startswith(period):
        other = other.removeprefix(period).removeprefix("的")
    return Step(f"{one}与{other}{what}？")


def ask_ranked(core: str, past: PastTurns) -> Step | None:
    """Which place, or year, is highest: of those last spoken of, else of all."""
    found = RANKED.fullmatch(core)
    if not found or not (
        found["front"] or found["back"] or found["among"] or past[-1].asked.text.find("最") >= 0
    ):
        return None
    asked = last_asked(past).asked
    best = found["sup"] or found["sup2"]
    which = found["front"] or found["back"] or ""
    if old := re.search(SUPERLATIVE, asked.text):
        return Step(f"{asked.text[: old.start()]}{best}{asked.text[old.end() :]}？")
    if which.startswith("哪") and which.endswith("年"):
        return Step(f"{noun_phrase(frame(exchange(asked, period='哪一年')))}{best}？")
    among = holders_of(past)
    if len(among) > 1 and asked.holder:
        what = noun_phrase(frame(edited(asked.text, [(asked.holder, "、".join(among))])))
        return Step(f"{what}哪个{best}？")
    which = which if len(which) > 2 and "哪个家" not in which else "哪个城市"
    if asked.place is None:
        return Step(f"{noun_phrase(asked)}{best}的是{which}？")
    phrase = noun_phrase(asked, moving=False)
    place = asked.part(asked.place)
    joint = "" if f"{place}的" in phrase else "的"
    return Step(f"{phrase.replace(place, which + joint, 1)}{best}？")


def ask_table(core: str, past: PastTurns) -> Step | None:
    """The last question, answered as a table."""
    return Step(f"{last_asked(past).asked.text}，{core}？") if TABULATE.fullmatch(core) else None


def ask_item(core: str, past: PastTurns) -> Step | None:
    """An item of the last list, called by its number, in its own words."""
    core = re.sub(
        r"^(?:请|再|能否|能不能|可以)*(?:详细|具体|展开)*(?:地|来)?(?:说说|讲讲|谈谈|说明|(?:说|讲|谈|解释|介绍|展开)(?:一下)?)(?=第|最后)",
        "",
        core,
    )
    found = ITEM.match(core)
    if not found or frame(core).holder:
        return None
    for turn in reversed(past):
        items = items_of(turn.answer)
        number = number_of(found["which"].removeprefix("第") if found["number"] else "最后一", len(items))
        if number is None:
            continue
        rest = core[found.end() :].strip("，,、 ")
        item = items[number - 1].strip('“”"')
        if ELABORATE.fullmatch(rest):
            acts = re.search(
                r"建议|措施|对策|举措|做法|办法|任务|政策|工作|怎么做|如何", turn.asked.text + rest
            )
            return Step(
                f"“{item}”{'具体怎么做' if acts and not re.search('是什么|内容', rest) else '的具体内容是什么'}？"
            )
        if SOURCE.fullmatch(rest):
            return Step(f"“{item}”出自哪份材料？", is_aside=True)
        return Step(f"“{item}”{rest}？")
    whole = noun_phrase(last_asked(past).asked)
    return Step(f"{whole}中的{core}？") if items_asked(past) else None


def items_asked(past: PastTurns) -> bool:
    """Whether the last question asked for a list."""
    asked = last_asked(past).asked
    lists = asked.asking is not None and LISTING.search(asked.text) is not None
    return lists or COUNTED.search(asked.text) is not None


def document_of(past: PastTurns) -> str:
    """The document last spoken of: by its title, else as the one on what was asked."""
    return known_titles(past) or f"关于{noun_phrase(last_asked(past).asked)}的报告"


def taken_for(word: str, meant: str) -> str:
    """The notice that a word was taken for one of several things."""
    return messages.FOLLOW_UP_TAKEN_FOR.format(word=word, meant=meant)
