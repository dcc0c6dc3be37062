"""A question with some of its parts exchanged, and the same question as words to build another on."""

from __future__ import annotations

import re

from policy_qa.conversation.frames import (
    HOW_MANY,
    SUPERLATIVE,
    WHETHER,
    WHICH_PLACE,
    WHY,
    Frame,
    edited,
    frame,
    groups,
    words,
)
from policy_qa.types import Span

MOVING = re.compile(r"增长|下降|提高|减少|增加|上升|回落|降低|扩大|缩小|变化|增减")
KEPT_VERBS = re.compile(r"存在|提出|采取|面临|取得|出台|涉及|具有")
LISTING = re.compile(r"哪[些几]|什么|几[条个项点]")
LOOSE_END = re.compile(r"(?:的|在|分别|各自?|[、,，\s]|(?<!具)有|是|为|主要|总共|一共|共|又|都)+$")
PLAIN_ASKING = re.compile(
    r"(?:分别|各自?|大约|大概|具体|到底|究竟|又|都|一?共)*(?:(?:是|有|为|达到?|等于)?(?:多少|几)|情况?(?:是)?(?:怎么样|怎样|如何)|(?:怎么样|怎样|如何|咋样)|是什么)(?:的|了)?"
)
YEAR = re.compile(r"(?:19|20)\d{2}")


def exchange(last: Frame, *, holder: str = "", period: str = "", topic: str = "") -> str:
    """The last question with a new holder, period or topic in the place of its own, or put in where it has none.

    >>> exchange(frame("2020年柳州的产值是多少？"), holder="岳阳", period="2019年")
    '2019年岳阳的产值是多少'
    """
    edits: list[tuple[Span, str]] = []
    start = ""
    if period and last.period:
        edits.append((last.period, fitting_period(period, last.part(last.period))))
    elif period:
        start = period
    if holder:
        place = last.place if last.place and not is_organisation(holder) else last.holder
        leads = last.period is not None and last.period.start == 0
        if place:
            edits.append((place, holder))
        elif leads and last.period:
            edits.append((Span(last.period.end, last.period.end), holder))
        else:
            start += holder
    text = start + edited(last.text, edits)
    if re.match(r"目前|当前|现在|现阶段", period):
        text = without_target(text)
    if period and YEAR.fullmatch(period.removesuffix("年")) and len(YEAR.findall(last.part(last.period))) > 1:
        text = re.sub(r"分别|各自", "", text)
    if holder and len(last.places) > 1 and len(frame(holder).places) < 2:
        text = re.sub(r"分别|各自", "", text)
    return exchange_topic(frame(text), topic) if topic else text


def without_target(text: str) -> str:
    """The question about what is, of one about a target.

    >>> without_target("广西提出的城镇化率目标是多少")
    '广西城镇化率是多少'
    """
    text = re.sub(r"(?:计划|拟|预计)(?=投资|完成|新建|实施|建成|引进|新增)", "实际", text)
    return re.sub(r"(?:提出|制定|确定|设定)的|的?(?:预期|规划|发展)?目标(?:值)?", "", text)


def is_organisation(name: str) -> bool:
    """Whether a name is that of an organisation rather than of a place."""
    return frame(name).organisation is not None


def fitting_period(new: str, old: str) -> str:
    """The new period in the form of the old: a year end stays one, a part of a year gets the year.

    >>> fitting_period("2019年", "2020年末"), fitting_period("上半年", "2021年1-9月")
    ('2019年末', '2021年上半年')
    """
    if re.fullmatch(r"\d{4}年", new) and (end := re.fullmatch(r"\d{4}(年(?:末|底|年末|年底))", old)):
        return new[:4] + end[1]
    years = YEAR.findall(old)
    if years and not re.search(
        r"\d{4}|年代|[今去前明后当同次每历各逐来]年|[近哪]|过去|其他|最近|目前|当前|现|十[一二三四五]|时期|至今|以来|年(?:间|里|来)",
        new,
    ):
        return f"{years[-1]}年{new.removeprefix('年') if new.startswith('年') else new}"
    return new


def exchange_topic(last: Frame, topic: str) -> str:
    """The last question with another thing asked about.

    >>> exchange_topic(frame("2020年柳州的进口总额是多少？"), "出口")
    '2020年柳州的出口总额是多少'
    >>> exchange_topic(frame("赣州有多少家高新技术企业？"), "财政收入")
    '赣州的财政收入是多少'
    """
    if last.topic is None:
        return f"{last.text}{topic}"
    if opposite := opposite_span(last, topic):
        return edited(last.text, [(opposite, topic)])
    asking = last.part(last.asking)
    if last.asking and LISTING.search(asking) and last.text[last.asking.end :].strip():
        return exchange_listed(last, topic)
    own = next((word for word in words("listed") if last.part(last.topic).endswith(word)), "")
    if own and topic in words("listed"):
        return edited(last.text, [(Span(last.topic.end - len(own), last.topic.end), topic)])
    place = segment_like(last, topic) or last.topic
    text = edited(last.text, [(place, topic)])
    counts = last.asking is not None and re.search(r"多少[家户个人名位条项件种]", asking)
    if counts and last.asking and last.topic.start >= last.asking.end and not counts_alike(topic, asking):
        before = LOOSE_END.sub("", last.text[: last.asking.start])
        return f"{before}{'的' if before else ''}{topic}是多少"
    return text


def exchange_listed(last: Frame, topic: str) -> str:
    """A question for a list (有哪些问题) with another thing listed, or of another thing the same."""
    if last.asking is None or not topic.endswith(words("listed")):
        place = segment_like(last, topic) or last.topic
        return edited(last.text, [(place, topic)]) if place else last.text
    before = LOOSE_END.sub("", last.text[: last.asking.start])
    before = KEPT_VERBS.sub("", before) if before.endswith(("存在", "面临", "提出")) else before
    return f"{before}有哪些{topic}"


def opposite_span(last: Frame, topic: str) -> Span | None:
    """Where the last question says the opposite of the new topic (进口 of 出口, 城镇 of 农村)."""
    for group in groups("contrast"):
        own = max((word for word in group if topic == word), key=len, default=None)
        if own is None:
            continue
        for word in sorted(group, key=len, reverse=True):
            at = last.text.find(word)
            if at >= 0 and word != own:
                return Span(at, at + len(word))
    return None


def segment_like(last: Frame, topic: str) -> Span | None:
    """The part of the last topic (between 的, 占 or after 中) that ends as the new one does, where it has several."""
    if last.topic is None:
        return None
    whole = last.part(last.topic)
    parts = [Span(*match.span()) for match in re.finditer(r"[^的占中]+", whole)]
    if len(parts) < 2 or "的" in topic:
        return None
    alike = [part for part in parts if part.of(whole)[-2:] == topic[-2:]]
    alike = alike or [part for part in parts if part.of(whole)[-1:] == topic[-1:]]
    if not alike and "占" in whole:
        alike = parts[:1]
    if not alike:
        return None
    start = last.topic.start
    return Span(start + alike[0].start, start + alike[0].end)


def counts_alike(topic: str, asking: str) -> bool:
    """Whether the new topic is counted as the last was (家 for enterprises, 人 for people)."""
    if "家" in asking or "户" in asking:
        return topic.endswith(words("firms"))
    return re.search(r"[额率量值比重]$|GDP$|收入$|支出$|投资$|面积$", topic) is None


def noun_phrase(asked: Frame, *, moving: bool = True) -> str:
    """What a question asks for, as a noun; `moving` keeps the verb of a change (增长).

    >>> noun_phrase(frame("2020年柳州的产值是多少？")), noun_phrase(frame("柳州工业投资存在哪些问题？"))
    ('2020年柳州的产值', '柳州工业投资存在的问题')
    """
    if asked.asking is None:
        return asked.text
    asking = asked.part(asked.asking)
    before, after = asked.text[: asked.asking.start], asked.text[asked.asking.end :].strip()
    if after in {"", "的", "了"}:
        verb = MOVING.search(asking) if moving else None
        return LOOSE_END.sub("", before) + (verb[0] if verb else "")
    if not before:
        after = re.sub(r"^[是叫]", "", after)
    if re.search(WHY, asking) or re.search(WHETHER, asking):
        return f"{before}{after}"
    if re.search(WHICH_PLACE, asking):
        return re.sub(rf"{SUPERLATIVE}$", "", before + after.removeprefix("的"))
    verb = KEPT_VERBS.search(asking) or MOVING.search(asking)
    before = LOOSE_END.sub("", before)
    joint = (verb[0] if verb else "") + "的"
    return f"{before}{joint if before else ''}{after.removeprefix('的')}"


def with_attribute(asked: Frame, attribute: str) -> str:
    """What a question asks for, with one of its attributes (排名, 增速, 占GDP比重) asked for.

    >>> with_attribute(frame("2020年柳州的产值是多少？"), "排名")
    '2020年柳州的产值排名第几'
    >>> with_attribute(frame("2020年赣州的GDP增速是多少？"), "总量")
    '2020年赣州的GDP总量是多少'
    """
    whole = noun_phrase(asked, moving=attribute in words("ranks"))
    if attribute in words("exchangeable"):
        old = next((word for word in words("exchangeable") if whole.endswith(word)), "")
        whole = LOOSE_END.sub("", whole.removesuffix(old))
    if attribute in words("ranks"):
        return f"{whole}{attribute}第几"
    if attribute in {"同比", "环比"}:
        return f"{whole}{attribute}增长多少"
    joint = "" if attribute.startswith(("占", "每")) or len(attribute) == 2 else "的"
    return f"{whole}{joint}{attribute}{'怎么样' if attribute in words('described') else '是多少'}"


def is_figure(asked: Frame) -> bool:
    """Whether a question asks for a number."""
    asking = asked.part(asked.asking)
    return re.search(HOW_MANY, asking) is not None and re.search(r"哪[些几]", asking) is None
