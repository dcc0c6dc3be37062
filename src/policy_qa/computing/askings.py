"""The many ways to ask for a comparison, an order or a computation, brought into the one wording that questions are read in."""

from __future__ import annotations

import re

from policy_qa.computing.sides import Words
from policy_qa.language.asking import in_one_wording

FRAME = re.compile(
    r"(?:^|(?<=[，,]))(?:(?:如果|要是)?(?:仅|只|单)?(?:就|以|从|按照?|依照?|论|在|若?以)(?P<what>[^，,。；;？?]{2,24}?)(?:而言|而论|来说|来讲|来看|看|计|衡量|为准|方面|论(?:先后|高低|大小|多少)?|(?:的?(?:高低|大小|多少|快慢|先后|强弱)))"
    r"|(?:请?对照|关于|至于|对于?|说到)(?P<on>[^，,。；;？?]{2,24}?)|请?(?:按照?|依照?|根据)(?P<by>[^，,。；;？?]{4,24}?))(?=[，,])"
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
SAID_AGAIN = re.compile(
    r"(?:前者|后者|另一[市方个]|对方)(?:的)?|(?<=[^，,])一比(?=[，,])|(?:从|只|就)?看(?=\d{4}年)"
)
"""What points back to those compared, or only says where to look."""
ASIDE = re.compile(
    r"[（(][^（）()]*(?:价格因素|口径|名义|现价|当年价)[^（）()]*[）)]|(?:^|(?<=[，,按照据]))(?:报告|材料|文章|文件)[里中](?:的|所?列的?(?![了出]))?"
)
"""In brackets how to reckon, and where to look."""
GROUP_LISTED = re.compile(
    r"(?:[\d两三四五六七八九十]+|[各几])个?(?:城市|地级市|[市省县区])[（(](?P<row>[^（）()]+、[^（）()]+)[）)](?:中|里|当中|的)?"
)
"""六市（甲、乙、…）: the places behind are those of the group."""
ALL_OF_TABLE = re.compile(
    r"表\s*\d*(?:所列|中|里|上)?的?(?:各|这?[两三四五六七八九十\d]+)?个?(?:城市(?!化)|(?<=[各两三四五六七八九十\d个])[市县区](?![场政]))"
)
CHATTER = re.compile(
    r"[，,。；;\s]*(?:(?:我|我们|急|写|做|弄|起草|准备|要|用|给|等|列|报|说|着|个|下|一下|为|这个|这份|领导|汇报|材料|稿子?|简报|报告|百分[数比]|数|数字|我听|出来|即可|就行|就好|谢谢|了|的)+)(?=[，,。；;]|$)"
)
"""A clause that only tells what the answer is for: 写材料等着用, 给百分数."""
COMMA = re.compile(r"[，,。；;：:？?！!\s]+")
ASKS = re.compile(r"谁|哪|孰|何|多少|几(?!年)|什么|怎|吗|么|排第|从.到.|最[高低多少大小快慢强弱]|是否|是不是")
TABLE = re.compile(r"(?:附?[表图])\s*\d+")


def in_one_asking(text: str) -> str:
    """The question in the wording that comparisons and computations are read in, what it is about told first.

    >>> in_one_asking("2020年末的绿化率，甲市与乙市孰高孰低")
    '2020年末的绿化率，甲市与乙市谁高'
    >>> in_one_asking("就2020年的床位而言，甲市是乙市的几倍")
    '2020年的床位，甲市是乙市的几倍'
    """
    text = SAID_AGAIN.sub("", UNIT_NOTE.sub("", PERCENT_NOTE.sub("百分之多少", text)))
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
    asking = [at for at, clause in enumerate(clauses) if ASKS.search(clause)]
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
