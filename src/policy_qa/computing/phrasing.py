"""The question itself, without what staff say around it: 高多少 asked after 哪个高, 要2018年的, 帮我算一下."""

from __future__ import annotations

import re

from policy_qa.computing.groups import WITH_DATA, read_group
from policy_qa.computing.operands import names_only_way
from policy_qa.computing.sides import UNIT, Words
from policy_qa.computing.ways import PRICES, sought
from policy_qa.language.asking import in_one_wording
from policy_qa.language.claims import VERDICT

HOW_MUCH_MORE = re.compile(
    r"[,，。;；、?？\s]+(?:那么?|又|各|两者|二者|两个|两地|两市|它们|之间|(?:的)?(?:[增涨降跌]幅|增速|占比|比重|得分|数量|金额)(?=相?差)|究竟|到底|大概|大约|具体|分别|比(?!最)[^,，]{1,8})*"
    rf"(?:(?:数值|占比|得分|比重|增速|数量|金额|人数|面积)?(?:各自?|分别)?(?:都|又)?(?:是|有|为)*|(?:[高低多少大小快慢强弱长短凶猛狠]|领先|落后|超过?|下降|增长|下滑|跌|涨|降|升)(?:出|了|过)*|相?差(?:距|额|值)?(?:了|是|为|有)*)(?:大?约|大概)?(?:百分之)?(?:多少|几|多大|多高){UNIT}$"
    r"|[,，。;；、?？\s]+(?:各自?|分别|都|又)(?:是|为|排|列|在|位居?|居)*(?:名|第)?(?:几|多少)(?:名|位)?$"
)
"""Which is greater is asked first, then by how much: the answer to the first tells both."""
POLITE = re.compile(
    r"[,，。;；?？\s]*(?:请|麻烦|帮忙|帮我|帮|给我|替我|你|再|能不能|能否|可不可以|可以|可否|能)*(?:按照?[^，,。；;？?\d]{1,8}(?:数|口径|数量|金额))?来?(?:推算|计算|换算|估算|测算|对比|比较|算|推|估)(?:一下|一算|一推|出来|得出来|得出|看看?|算)*(?:吗|么|吧|呢)?$"
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
FRAME = re.compile(
    r"(?:^|(?<=[，,]))(?:(?:如果|要是)?(?:仅|只|单)?(?:就|以|从|按照?|依照?|论|在|若?以)(?P<what>[^，,。；;？?]{2,24}?)(?:而言|而论|来说|来讲|来看|看|计|衡量|为准|方面|论(?:先后|高低|大小|多少)?|(?:的?(?:高低|大小|多少|快慢|先后|强弱)))"
    r"|(?:请?对照|关于|至于|对于?(?!比)|说到)(?P<on>[^，,。；;？?]{2,24}?)|请?(?:按照?|依照?|根据)(?P<by>[^，,。；;？?]{4,24}?))(?=[，,])"
)
"""What a question is about, told before it: 就总面积而言，甲市…."""
REQUEST = re.compile(
    r"(?:^|(?<=[，,。；;]))(?:试着?(?=[将把请])|请|麻烦|帮忙|帮我|帮|给我|替我|需要?|想要?|我们?)*(?:了解|知道|比较|对比|计算|测算|算一?算|看看|核算|说明|指出|列出|给出)(?:一下|下)?(?=[^，,。；;？?]{4})"
)
PERCENT_NOTE = re.compile(r"(?:多少|多大|几何|几)?[（(](?:以?百分[数比率]?(?:表示|计)?|%|％)[）)]")
UNIT_NOTE = re.compile(r"[（(][^（）()]{0,4}(?:元|吨|人|家|个|项|户|亩|平方公里|位|名)[）)]")
HOW_IT_IS = re.compile(
    r"[，,](?:两者|两[市地]|二者|各自)*(?:的)?(?:对比|比较|具体)*(?:情况|结果|状况)?(?:如何|怎么?样|怎样)$|[及和与、](?:其|二者|两者)*(?:之间)?(?:的)?(?:相差|差距|差额)(?:的)?(?:金额|数额|数量|数值|百分点)?$"
)
"""How two compare, asked behind which is the greater."""
TWO_SAID_AGAIN = re.compile(
    r"(?P<one>[前后]者)[比高低多少大小快慢强弱领先落后超过出于]{1,4}?(?!(?P=one))[前后]者[高低多少大小快慢强弱领先落后超过出了]*?(?:多少|几|多[大高快])(?!倍)"
)
"""前者领先后者多少: how far the two are apart."""
SAID_AGAIN = re.compile(
    r"(?:前者|后者|另一[市方个]|对方)(?:的)?|(?<=[^，,])一比(?=[，,])|(?:从|只|就)?看(?=\d{4}年)"
)
"""What points back to those compared, or only says where to look."""
ASIDE = re.compile(
    r"[（(][^（）()]*(?:价格因素|口径|名义|现价|当年价)[^（）()]*[）)]|(?:^|(?<=[，,按照据]))(?:报告|材料|文章|文件)[里中](?:的|所?列的?(?![了出]))?"
)
"""In brackets how to reckon, and where to look."""
GROUP_LISTED = re.compile(
    r"(?:表[里中]的?)?(?:[\d两三四五六七八九十]+|[各几])个?(?:城市|地级市|[市省县区])[（(](?:含|包括|即)?(?P<row>[^（）()]+、[^（）()]+)[）)](?:中|里|当中|的)?"
)
"""六市（甲、乙、…）: the places behind are those of the group."""
ALL_OF_TABLE = re.compile(
    r"表\s*\d*(?:所列|中|里|上)?的?(?:各|这?[两三四五六七八九十\d]+)?个?(?:城市(?!化)|(?<=[各两三四五六七八九十\d个])[市县区](?![场政]))"
)
CHATTER = re.compile(
    r"[，,。；;\s]*(?:(?:请|我|我们|急|写|做|弄|起草|准备|要|用|给|等|[列写]?出|两|各|列|报|说|着|个|下|一下|为|这个|这份|领导|汇报|材料|稿子?|简报|报告|百分[数比]|数|数字|我听|出来|即可|就行|就好|谢谢|了|的)+)(?=[，,。；;]|$)"
)
"""A clause that only tells what the answer is for: 写材料等着用, 给百分数."""
COMMA = re.compile(r"[，,。；;：:？?！!\s]+")
ASKING_CLAUSE = re.compile(
    r"谁|哪|孰|何|多少|几(?!年)|什么|怎|吗|么|排第|从.到.|最[高低多少大小快慢强弱]|是否|是不是|呢$"
)
TABLE = re.compile(r"(?:附?[表图])\s*\d+")
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
    rf"|[，,]?[在从]?(?:{WITH_DATA})的(?:里面?|里头|当中|之中|之间|中)的?[，,]?"
)
"""Among what something is asked for, which the places named or those of the table are: 有数据的里面."""
MANY = 3


def main_question(text: str) -> str:
    """The question without a request to compute, and without a further question that its answer settles.

    A period or place named behind it stands before it.

    >>> main_question("甲市和乙市的床位哪个多，多多少张"), main_question("甲市的床位占全省多少？2018年")
    ('甲市和乙市的床位哪个多', '2018年，甲市的床位占全省多少')
    """
    text = sought(PRICES.sub("", VERDICT.sub("", text.rstrip("?？。!！ 呢"))))
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
    rest = OF_WHOLE.sub("", side.rest)
    if (rest and not names_only_way(rest)) or not (side.periods or side.places):
        return text
    base = side.places[-1].span.of(text) if side.rest and not rest and side.places else match["base"]
    return f"{match['one'].rstrip('，,')}比{base}{match['how']}"


def plain_wording(text: str) -> str:
    """A question for one figure without a request to compute it, and without 平均: what a region as a whole has.

    >>> plain_wording("2020年全省的投资平均增长多少，能不能算出来")
    '2020年全省的投资增长多少'
    """
    return AVERAGE.sub("", main_question(text))


def in_one_asking(text: str) -> str:
    """The question in the wording that comparisons and computations are read in, what it is about told first.

    >>> in_one_asking("2020年末的绿化率，甲市与乙市孰高孰低")
    '2020年末的绿化率，甲市与乙市谁高'
    >>> in_one_asking("就2020年的床位而言，甲市是乙市的几倍")
    '2020年的床位，甲市是乙市的几倍'
    """
    text = TWO_SAID_AGAIN.sub("相差多少", PERCENT_NOTE.sub("百分之多少", text))
    text = SAID_AGAIN.sub("", UNIT_NOTE.sub("", text))
    text = ALL_OF_TABLE.sub("各城市", ASIDE.sub("", GROUP_LISTED.sub(r"\g<row>中", text)))
    text = in_one_wording(text, "asking_words.txt")
    text = REQUEST.sub("", FRAME.sub(_topic, text))
    return _asked_last(HOW_IT_IS.sub("", text))


def _topic(found: re.Match[str]) -> str:
    """What a question is about; a table by its number is where it is asked of."""
    topic = found["what"] or found["on"] or found["by"]
    return f"{topic}中" if TABLE.fullmatch(topic) else topic


def _asked_last(text: str) -> str:
    """The text with the clauses that ask nothing and name what is asked about before those that ask."""
    clauses = [clause for clause in COMMA.split(text) if clause]
    said = [clause for clause in clauses if not CHATTER.fullmatch(clause)]
    if said != clauses:
        clauses, text = said, "，".join(said)
    asking = [at for at, clause in enumerate(clauses) if ASKING_CLAUSE.search(clause)]
    if not asking or asking[-1] == len(clauses) - 1:
        return text
    last = asking[-1]
    behind = [clause for clause in clauses[last + 1 :] if not CHATTER.fullmatch(clause)]
    named = [clause for clause in behind if _names_slots_alone(clause)]
    if len(named) < len(behind):
        return text
    return "，".join([*named, *clauses[: last + 1]])


def _names_slots_alone(clause: str) -> bool:
    """Whether a clause names a place or a period and nothing else."""
    words = Words(clause)
    side = words.side(0, len(clause))
    return bool(side.periods or side.places) and len(side.rest) < 3


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
