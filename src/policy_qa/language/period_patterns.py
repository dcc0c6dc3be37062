"""How periods are written: the regular expressions, each of which looks at a bounded stretch of text."""

from __future__ import annotations

import re

NUMERALS = "零〇○一二三四五六七八九"
GAP = "[ \u00a0\u2009\u3000]{0,2}"
RANGE = f"{GAP}(?:——?|--?|[－–―‐‑~～〜至到]){GAP}"
_D = "[0-9０-９]"
_AND = f"{GAP}(?:、|和|与|及|跟){GAP}"
_NOT_IN_NUMBER = f"(?<![0-9０-９A-Za-z.．/])(?<!{_D}[,，])(?<!距今)(?<!长达)"
_NOT_IN_DIGITS = _NOT_IN_NUMBER.replace("A-Za-z", "")  # GDP2018年
_NO_AGE = "(?!的?(?:历史|文明|古[城镇都村]))"

MONTH = f"(?:[1１][0-2０-２]|[0０]?{_D}(?!{_D})|十[一二]?|[一二三四五六七八九])"
DAY = f"(?:[0-3０-３]?{_D}(?!{_D})|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
YEAR = (
    f"(?:(?:1[5-9]|20|21){_D}{{2}}|１[５-９]{_D}{{2}}|２[０１]{_D}{{2}}|[一二][{NUMERALS}]{{3}}|"
    f"两千[零〇](?:[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?))"
)
_SIGN = f"{GAP}年(?![版鉴货画])(?:度(?!假|过))?{_NO_AGE}"

# Every guard stands for a word that would otherwise be cut: 过去年均, 以上年轻人, 日本年产, 今后年均, 不同年份, 如今年轻.
WORD = (
    "(?:(?<![如当])今年(?!均)|(?<![日样成资版标根基文书])本年|(?<!过)去年|(?<![以目年])前年(?!均)|明年|"
    "(?<![今此以之然最战明年])后年(?!均)|(?<!以)上一?年|前一年|(?<!相)当年|(?<!不)同一?年|(?<!应)该年|[这那]一年|"
    "(?<![每一二三两多几首屡历])次年|翌年|下一年)(?![轻龄级代限纪份会鉴版产薪检])(?:度(?!假|过))?"
)
# Two digits are a year only where nothing else fits: ’20年, 08年, 20年6月, 20年底; not 历时20年, 20年来.
_SHORT = (
    f"(?:[’'‘]{_D}{{2}}(?={GAP}年)|[0０]{_D}(?={GAP}年(?!来|间|代))|[零〇][{NUMERALS}](?=年(?!来|间))|"
    f"[1-3１-３]{_D}(?={GAP}年{GAP}(?:{MONTH}{GAP}月|{MONTH}{RANGE}{MONTH}{GAP}月|[上下]半年|[末底]|同期|全年|"
    f"第?[一二三四1-4]季度|前[三3两2]季度)))"
)
_NEAR = f"(?:[0-4０-４]{_D})(?={GAP}年(?!来|间|以上|左右|多|期|限|前|后|内|的?(?:时间|期限|历史)))"

_EDGE = "(?:末|底(?![部薪数盘稿色气线座层])|初(?![步中级次期始审创稿高试心衷等一二三四五六七八九十]))"
_MONTH_SIGN = "月(?:份(?!额))?(?!龄|均(?:价|值|量|用|收)|期(?!间)|(?<=三月)三(?![十日号个项类])|初[一二三四五六七八九十]|革命|怀胎)"
_PART = (
    "(?:(?P<same>同(?:一?时)?期(?![限货房]))"
    "|(?P<half>[上下])半年"
    "|前(?P<quarters>[一二两三1-3１-３])个?季度"
    f"|第?(?P<quarter>[一二三四1-4１-４])(?:(?:{RANGE}|(?P<quarters_listed>、))第?(?P<last_quarter>[二三四2-4２-４]))?季度"
    "(?P<quarter_end>末)?"
    f"|(?:前|开?年?头)(?P<months>{MONTH}|两)个月"
    f"|(?P<month>{MONTH})(?:{RANGE}|(?P<listed>、))(?P<last_month>{MONTH}){GAP}{_MONTH_SIGN}(?P<months_end>[末底])?"
    f"|(?P<single>{MONTH}){GAP}{_MONTH_SIGN}"
    f"(?:{GAP}(?P<day>{DAY})(?:{RANGE}(?P<last_day>{DAY}))?{GAP}[日号]|(?P<month_edge>{_EDGE})|(?P<third>[上中下])旬)?"
    "|(?P<whole>全年|一?整年)"
    f"|(?P<year_edge>年?{_EDGE}))"
)
_UNTIL = f"(?:(?P<until>截[至止](?:[到至])?|截到){GAP})?"
_PART_BEHIND = f"(?:{GAP}的?{GAP}{_PART})?"
MOMENT = re.compile(
    f"{_UNTIL}(?:{_NOT_IN_DIGITS}(?P<year>{YEAR}){_SIGN}|(?<!{_D})(?P<short>{_SHORT}){_SIGN}|(?P<word>{WORD})){_PART_BEHIND}"
)
NEAR_MOMENT = re.compile(f"(?<![0-9０-９.．])(?P<short>{_NEAR}){_SIGN}{_PART_BEHIND}")
PAIR = re.compile(
    f"(?<![0-9０-９.．])(?P<first>[1-3]{_D}){GAP}年(?:{_AND}|{RANGE})(?P<last>[1-3]{_D}){GAP}年"
)
LONE = re.compile(
    f"{_UNTIL}(?<![0-9０-９.．{NUMERALS}十百几多](?=[0-9０-９一二三四五六七八九十]))(?<!{_D}[,，])(?<!历史)(?<!年)(?<!年 )(?<!星期)(?<!周)"
    f"(?!(?<=[不合])同|(?<=[安健完齐保])全年|末|底|初){_PART}"
)
LONE_EDGE_GUARD = re.compile(f"[0-9０-９{NUMERALS}十百几多半每近历各往逐整周常]$|[每历]年$")
LONE_DAY = re.compile(f"(?P<day>{DAY}){GAP}[日号]")
RANGE_MARK = re.compile(RANGE)
BETWEEN = re.compile(f"{GAP}[与和]{GAP}(?={YEAR}{GAP}年{GAP}之?间(?![隔接歇]))")
NEXT_TO = re.compile(f"[^，。；,;、]{{0,6}}?(?:[和与跟及、比较同]|{RANGE})")

YEARS = re.compile(
    f"{_NOT_IN_NUMBER}(?P<first>{YEAR})(?:{GAP}年度?)?{RANGE}(?:(?P<last>{YEAR})|(?P<short>{_D}{{2}}(?!{_D}))){_SIGN}"
    f"(?!{GAP}(?:{MONTH}{GAP}月|{MONTH}{RANGE}{MONTH}{GAP}月|年?[末底]|[上下]半年|前?[一二三四]季度))"
)
BARE_YEARS = re.compile(
    f"{_NOT_IN_NUMBER}(?P<first>(?:19|20){_D}{{2}}){RANGE}(?P<last>(?:19|20){_D}{{2}})"
    f"(?![0-9０-９A-Za-z.．%％/-]|{GAP}(?!期间|之?间|财年)[\u4e00-\u9fff])"
)
LISTED_YEAR = re.compile(
    f"{_NOT_IN_NUMBER}(?P<year>{YEAR})(?=(?:{_AND}|,{GAP}){YEAR}(?:(?:{_AND}|,{GAP}){YEAR}){{0,8}}{GAP}年)"
)
DATE = re.compile(
    "(?<![0-9A-Za-z./])(?<![A-Za-z]-)(?P<year>(?:19|20)[0-9]{2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)"
    "(?P<day>[0-9]{1,2})(?![0-9]|[./-][0-9](?![0-9]{3}))"
)
LONE_YEAR = re.compile(r"\s*(?P<year>(?:19|20)[0-9]{2})\s*")

_PLAN_TAIL = (
    "(?:(?P<end>(?:时期|规划|计划|期)?末期?)|(?P<start>(?:时期|规划|计划)?之?初(?!步|中)期?)"
    '|(?P<opening>(?:时期|规划)?的?开局之年)|(?P<closing>(?:时期|规划)?的?[“"]?(?:收官之年|最后一年)[”"]?)'
    "|(?:时期|规划|期间)?的?(?P<side>[前后])(?P<count>[一二两三四1-4])年"
    "|(?P<stretch>(?:规划|发展|计划)(?:时期|期间?)|时期|期间|期(?!工程|项目))|(?P<name>规划|计划)|(?=以来|以后))?"
)
PLAN = re.compile(
    "(?P<open>[“”\"「『‘'＂])?(?:(?P<long>二?十[一二三四五六七八九]五)|(?P<brief>[一二三四五六七八九十]五))"
    f"(?P<close>[“”\"」』’'＂])?(?!普法){_PLAN_TAIL}"
)
PLAN_IN_FULL = re.compile(f"第(?P<long>[一二三四五六七八九十]{{1,3}})个五年(?=规划|计划|时期){_PLAN_TAIL}")
NO_PLAN_BEFORE = frozenset(NUMERALS + "十百第0123456789")
NO_PLAN_BEHIND = frozenset(NUMERALS + "十百千万亿年个天月日岁章条倍成点分项家人名位元户0123456789%％")
DECADE = re.compile(
    f"(?:(?P<century>{_D}{{2}}|二?十[一二三四五六七八九]?|[上本])世纪)?(?P<decade>[1-9１-９][0０]|[二三四五六七八九]?十)年代"
)
REACH = re.compile(
    f"{GAP}(?:(?P<since>以来|至今(?!年)|以后|之后|起(?![重草步点来诉码初到伏飞因])|(?P<begun>开始))|(?P<before>以前|之前)|(?P<during>之?间|期间))"
)
FROM = re.compile(f"(?:从|自从?|自打){GAP}$")

# The beginnings of what may be a period. A class comes first, since then the engine skips what cannot begin one; the
# look-behinds after it see to it that every run of digits is tried once.
_BEHIND_NUMBER = f"(?={GAP}(?:[年月季世、和与及跟,/至到]|{RANGE}))"
START = re.compile(
    "[0-9０-９’'‘“”\"「『＂零〇○一二三四五六七八九十两去上下前今当本同该次明后翌全年第截这那]"
    f"(?:(?<={_D})(?<![0-9０-９.．].){_D}{{0,3}}(?:{_BEHIND_NUMBER}|(?<={_D}{{4}})(?=[.年]))"
    f"|(?<=[{NUMERALS}十两])(?<![{NUMERALS}十百].)[{NUMERALS}十千]{{0,8}}(?:{_BEHIND_NUMBER}|(?<=五))"
    f"|(?<=[’'‘“”\"「『＂])[0-9０-９{NUMERALS}十]"
    "|(?<=[去今明翌当本该次后全])年|(?<=上)(?:一?年|半年|世纪)|(?<=下)(?:一年|半年)|(?<=前)(?:一?年|[一二两三四五六七八九十0-9０-９])"
    f"|(?<=本)世纪|(?<=同)(?:一?年|一?时?期)|(?<=年)[末底初年]|(?<=第)[{NUMERALS}十1-4１-４]|(?<=截)[至止到]|(?<=[这那])一年)"
)
HINT = re.compile("[年月五期季]|[0-9]{4}")
YEAR_DIGITS = str.maketrans(NUMERALS + "０１２３４５６７８９", "000123456789" + "0123456789", "’'‘")
