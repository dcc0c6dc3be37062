"""The question itself, without what staff say around it: 高多少 asked after 哪个高, 要2018年的, 帮我算一下."""

from __future__ import annotations

import re

from policy_qa.computing.askings import in_one_asking
from policy_qa.computing.sides import UNIT, Words
from policy_qa.computing.spoken import plainly_said
from policy_qa.computing.ways import PRICES
from policy_qa.language.claims import VERDICT

HOW_MUCH_MORE = re.compile(
    r"[,，。;；、?？\s]+(?:那么?|又|各|两者|二者|两个|两地|两市|它们|之间|(?:的)?(?:[增涨降跌]幅|增速|占比|比重|得分|数量|金额)(?=相?差)|究竟|到底|大概|大约|具体|分别|比(?!最)[^,，]{1,8})*"
    rf"(?:(?:数值|占比|得分|比重|增速|数量|金额|人数|面积)?(?:各自?|分别)?(?:都|又)?(?:是|有|为)*|(?:[高低多少大小快慢强弱长短凶猛狠]|领先|落后|超过?|下降|增长|下滑|跌|涨|降|升)(?:出|了|过)*|相?差(?:距|额|值)?(?:了|是|为|有)*)(?:大?约|大概)?(?:百分之)?(?:多少|几|多大|多高){UNIT}$"
    r"|[,，。;；、?？\s]+(?:各自?|分别|都|又)(?:是|为|排|列|在|位居?|居)*(?:名|第)?(?:几|多少)(?:名|位)?$"
)
"""Which is greater is asked first, then by how much: the answer to the first tells both."""
POLITE = re.compile(
    r"[,，。;；?？\s]*(?:请|麻烦|帮忙|帮我|帮|给我|替我|你|再|能不能|能否|可不可以|可以|可否|能)*(?:推算|计算|换算|估算|测算|对比|比较|算|推|估)(?:一下|一算|一推|出来|得出来|得出|看看?|算)*(?:吗|么|吧|呢)?$"
)
WHICH_ONE = re.compile("谁|哪")
AVERAGE = re.compile(r"平均(?:水平)?(?:是|为|有|达)*(?=增长|下降|提高|增速|增幅|多少|[?？]?$)")
WITH = r"[和与跟同](?P<base>[^，,和与跟同]{2,16}?)(?:相比|比较|比起来|比)(?:较|下来|起来)?[，,、]?"
COMPARED = re.compile(
    rf"(?P<one>.+?){WITH}(?P<how>(?:是|要|还|究竟|到底|大概)*[高低多少大小快慢强弱涨降增减提下上升变].*)"
)
COMPARED_FIRST = re.compile(
    rf"{WITH}(?P<one>.+?)(?P<how>(?:是|要|还)*[高低多少大小快慢强弱]了?(?:多少|几|还是|吗|百分).*)"
)
SAID_VALUE = re.compile(r"[（(]\s*[\d.,]+(?!\d{0,3}年)[^\d（）()年]{1,6}[）)]")
"""A value that the question adds to what it names: 目标（1955万吨）."""
END_GIVEN = re.compile(
    r"(?<=年|末|底)(?:的?时候)?(?:就|已经?|才|只|仅|约)*(?:是|为|有|达到?)(?:了|约)*(?P<number>\d[\d.,]*[万亿]*(?:[家个户人项件所处]|亩|吨|[美]?元))(?=[，,])"
)
"""The value that a question itself tells of the first of two times: 2014年是146家，到2020年增加了多少."""
SLOT_BEHIND = re.compile(
    r"[,，。;；?？\s（(]+(?:我|就|只|是)*(?:想?[要问看说指查](?:的)?(?:就?是)?)?(?P<slot>[^,，。;；?？（）()]{2,16}?)的?(?:数据?|数字|情况|那年)?[）)]?$"
)
APART = re.compile("差")
MUCH = re.compile(rf"(?:百分之)?(?:多少|几|多大){UNIT}$")
TOLD = re.compile(
    r"(?P<one>.+?)(?:(?P<over>[高低多少大小快慢强弱])于(?P<than>[^，,]+)|(?<!占)(?<!百分)比(?![重例值较率])(?P<base>[^，,]+?)(?P<how>[高低多少大小快慢强弱]|多下降|多增长))"
)
"""Which is more is said, not asked: 甲市低于乙市，低几个百分点."""
CHANGED_BY = re.compile(
    r"[,，。;；、?？\s]+(?:各|分别|又|那么?)*(?:提高|提升|上升|增加|增长|扩大|上涨|下降|降低|减少|回落|下滑|(?:往前|往后)?[走移挪进退]|前[进移]|后[退移]|进步|退步|[涨升降跌掉])(?:了|到)?"
    rf"(?:大?约|大概)?(?:多少|几|多大|百分之几){UNIT}$"
    r"|[,，。;；、?？\s]+(?:具体)?(?:排名?|列|位居|位列|居)(?:在|到)?(?:全[国省区市])?第?(?:几|多少)(?:名|位)?$"
)
"""By how much it changed, or which place it holds, asked behind whose change or place is the first."""
ASKS = re.compile(r"谁|哪|何|多少|几|吗|么|还是|是否|是不是|有没有|(?P<how>[一-龥])不(?P=how)")


COMPARING = re.compile(
    r"(?:这?[几两三四五六七八九十\d]+个?(?:城市|市|地方|地区|省|县|区))?(?:放在一起|摆在一起|一起|相互|互相|相)?(?:比较|对比|比一比|比)(?:一下|起来|下来)?(?:的话)?(?=[，,]|谁|哪|排名?第几)"
)


EACH_TOO = re.compile(
    rf"[，,]?(?:各自?|分别)(?:都|又)?(?:是|有|为|达到?)*(?:多少|几){UNIT}(?=[，,](?:(?:这|那)?[两二三几][^，,]{{1,2}})?(?:之间)?(?:合计|[一总]?共|加起来|相?差|差距|年均|谁|哪[一]?[个家项年座]))"
)
"""How much each is, asked before what is computed of just them: the answer to that tells it too."""
OF_WHOLE = re.compile(r"全[国省区州市]|的|平均|水平|[，,]")
"""How a region as a whole is called: 丙省全省平均水平."""
BARE_COMPARING = re.compile(
    r"(?<=[率速重例值额量数度入产])(?:相?比(?:较)?(?:一下|起来)?)(?=[，,]\s*(?:谁|哪))"
)
"""Behind two indicators: 甲增速和乙增速比，哪个快."""


OF_BOTH_ENDS = re.compile(
    r"[从由](?P<from>[^，,。；;]{2,10}?)的(?P<of>总[量额值数]|数[量值据]?|规模|水平)到(?P<to>[^，,。；;]{2,10}?)的(?P=of)[，,]?"
)
"""从2014年的总量到2020年的总量: from the one year to the other."""


def main_question(text: str) -> str:
    """The question without a request to compute, and without a further question that its answer settles.

    A period or place named behind it stands before it.

    >>> main_question("甲市和乙市的床位哪个多，多多少张"), main_question("甲市的床位占全省多少？2018年")
    ('甲市和乙市的床位哪个多', '2018年，甲市的床位占全省多少')
    """
    text = PRICES.sub("", VERDICT.sub("", text.rstrip("?？。!！ 呢")))
    text = in_one_asking(OF_BOTH_ENDS.sub(r"从\g<from>到\g<to>", text))
    text = EACH_TOO.sub("", BARE_COMPARING.sub("", plainly_said(text)))
    text = POLITE.sub("", text) or text
    behind = SLOT_BEHIND.search(text)
    if behind:
        words = Words(text)
        side = words.side(*behind.span("slot"))
        before = words.side(0, behind.start())
        is_told = (side.periods and before.periods) or (side.places and before.places)
        if (side.periods or side.places) and not side.rest and not is_told:
            text = behind["slot"] + text[: behind.start()]
    text = END_GIVEN.sub("", SAID_VALUE.sub("", text))
    text = without_comparing(text, "") if WHICH_ONE.search(text) else _with_than(text)
    return _without_how_much(text)


def _without_how_much(text: str) -> str:
    """The text without how much is asked behind it; 差几个 behind what asks nothing by itself is the question.

    >>> _without_how_much("甲市和乙市的床位哪个多，差几张"), _without_how_much("甲市和乙市的床位，差几张")
    ('甲市和乙市的床位哪个多', '甲市和乙市的床位，差几张')
    """
    changed = CHANGED_BY.search(text)
    if changed and WHICH_ONE.search(text, 0, changed.start()):
        return text[: changed.start()]
    behind = HOW_MUCH_MORE.search(text)
    if behind is None or not behind.start():
        return text
    shorter = text[: behind.start()]
    if ASKS.search(shorter):
        return shorter
    told = TOLD.fullmatch(shorter)
    if told:
        how, than = told["over"] or told["how"], told["than"] or told["base"]
        return f"{told['one']}比{than}{how}{MUCH.search(behind[0])[0]}"  # type: ignore[index]
    return text if APART.search(behind[0]) else shorter


def without_comparing(text: str, link: str = "中") -> str:
    """The text with a link for 比 behind places named in a row, of which something is asked: 甲、乙和丙比，谁最多.

    >>> without_comparing("和宁德、湛江相比，舟山的渔港排第几"), without_comparing("宁德比湛江高多少")
    ('宁德、湛江中，舟山的渔港排第几', '宁德比湛江高多少')
    """
    row = Words(text).series_of_places()
    comparing = COMPARING.match(text, row[-1].span.end) if row else None
    if comparing is None:
        return text
    start = row[0].span.start
    before = re.sub("[和与跟同把将拿]$", "", text[:start])
    return f"{before}{text[start : comparing.start()]}{link}{text[comparing.end() :]}"


def _with_than(text: str) -> str:
    """A 和乙比，高多少 worded 比乙高多少, where what it is compared with is a period or place alone."""
    match = COMPARED.fullmatch(text) or COMPARED_FIRST.fullmatch(text)
    if match is None:
        return text
    side = Words(text).side(*match.span("base"))
    if OF_WHOLE.sub("", side.rest) or not (side.periods or side.places):
        return text
    base = side.places[-1].span.of(text) if side.rest and side.places else match["base"]
    return f"{match['one'].rstrip('，,')}比{base}{match['how']}"


def plain_wording(text: str) -> str:
    """A question for one figure without a request to compute it, and without 平均: what a region as a whole has.

    >>> plain_wording("2020年全省的投资平均增长多少，能不能算出来")
    '2020年全省的投资增长多少'
    """
    return AVERAGE.sub("", main_question(text))
