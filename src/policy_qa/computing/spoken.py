"""What is said in passing or the spoken way, in the words that questions are read in: 谁在前, 按得分排, 三家, (不要全国的)."""

from __future__ import annotations

import re

from policy_qa.computing.groups import read_group
from policy_qa.computing.sides import Words

PARTICLES = re.compile(r"[啊呀嘛哦呢]+(?=$|[，,。？?])")
REMARK = re.compile(
    r"[（(](?P<kept>[^（）()]*?)[，,；;]?[^，,；;（）()]*(?:不要|不用|别[用算按看]|不是|就算了|不必|忽略|不看|没有就|不管)[^（）()]*[）)]"
)
"""How to answer, in brackets: （不要全国的）; what stands before it there names a time or place."""
FRONT = re.compile(
    r"(?P<who>谁|哪[一]?(?:个|座|家)?(?:城市|市|县|区|省)?)(?:排|位|居|站|走)?得?在?(?:更)?(?P<end>前|后)[面头边]?(?=$|[，,])"
)
BOTH_ENDS = re.compile(
    r"(?P<who>谁|孰|哪个)在?(?P<how>[高多大快强前])[，,、]?(?:谁|孰|哪个)在?[低少小慢弱后](?=$|[，,])"
    r"|(?P<who2>谁|孰|哪个)在?(?P<how2>[低少小慢弱后])[，,、]?(?:谁|孰|哪个)在?[高多大快强前](?=$|[，,])"
)
ENDS = {
    "高": "高到低", "多": "多到少", "大": "大到小", "快": "快到慢", "强": "强到弱", "前": "前到后",
    "低": "低到高", "少": "少到多", "小": "小到大", "慢": "慢到快", "弱": "低到高", "后": "后到前",
}  # fmt: skip
"""What an order begins with, and the order."""
BY = re.compile(
    r"[，,]?(?:如果|要是)?(?:就?按照?|以|依照?|论)(?P<by>得分|分数|分值|总分|评分|名次|位次|排名)(?:的?(?:高低|多少|大小|先后))?(?:来|去)?(?:排(?:名|序|列)?(?=[，,]))?[，,]?"
)
TOGETHER = re.compile(
    r"(?:这|那)?(?:[两二三四五六七八九十]|\d{1,2})(?:家|个|者)(?:当中|之中|之间|里面?|中)?(?=[，,谁哪最按从由])"
)
"""How many are named, behind the last of them: 甲、乙和丙三家."""
AMONG = re.compile(
    r"(?:^|(?<=[，,一-龥]))(?:只|就|仅|单)(?:在|看|拿|用)?(?=表[格]?[里中内上]|[这那][几\d两三四五六七八九十])"
)
MANY = 3


def plainly_said(text: str) -> str:
    """The question in the words that questions are read in.

    >>> plainly_said("甲市和乙市的绿化率谁在前呀"), plainly_said("绿化指数按得分排，甲市第几（不要全国的）")
    ('甲市和乙市的绿化率谁靠前', '绿化指数得分，甲市第几')
    """
    text = REMARK.sub(lambda found: f"（{found['kept']}）" if found["kept"] else "", text)
    text = PARTICLES.sub("", text)
    text = BY.sub(_by, text)
    text = AMONG.sub("，", text)
    text = BOTH_ENDS.sub(lambda found: _ordered(found, text), text)
    text = FRONT.sub(r"\g<who>靠\g<end>", text)
    return _without_number(text)


def _by(found: re.Match[str]) -> str:
    """What an order goes by as what is measured: 竞争力得分."""
    by = found["by"]
    by = "得分" if by[-1] in "分值" else "位次"
    return f"{by}，" if found.start() else ""


def _ordered(found: re.Match[str], text: str) -> str:
    """谁高谁低: of two which is higher, of more in which order they stand."""
    how = found["how"] or found["how2"]
    if len(Words(text).series_of_places()) >= MANY or read_group(text):
        return f"从{ENDS[how]}怎么排"
    return f"谁{'靠' if how in '前后' else ''}{how}"


def _without_number(text: str) -> str:
    """The text without how many the places named in a row are."""
    row = Words(text).series_of_places()
    found = TOGETHER.match(text, row[-1].span.end) if row else None
    return text if found is None else f"{text[: found.start()]}中{text[found.end() :]}"
