"""Everything a member of staff reads that is not a quotation: Chinese, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# --- Answers and refusals -------------------------------------------------------------------------

OUT_OF_SCOPE = "现有资料中没有与这个问题相关的内容，无法回答。"
NOT_FOUND = "现有资料中没有找到所问的内容，无法回答。"
NO_SUCH_PERIOD = {
    True: "现有资料中没有{asked}的这项数据，无法回答；有的是{told}的数据。",
    False: "现有资料中没有找到{asked}的相关内容，无法回答。",
}
NO_SUCH_SUBJECT = {
    True: "现有资料中没有{asked}的这项数据，无法回答；有的是{told}的数据。",
    False: "现有资料中没有找到{asked}的相关内容，无法回答。",
}
NO_SUCH_INDICATOR = "现有资料中有相关的内容，但没有所问的这项指标，无法回答。"
KIND_MISMATCH_TARGET = "所问的是目标或计划数，现有资料中只有实际数，无法回答。"
KIND_MISMATCH_OUTCOME = "所问的是实际数，现有资料中只有目标或计划数，无法回答。"
KIND_MISMATCH_SCOPE = "现有资料中有这项数据，但统计范围（规模以上、全社会等）与所问不同，无法回答。"
KIND_MISMATCH_RANK = "现有资料中有这项排名，但不是在所问的范围内排的，无法回答。"
EMPTY_QUESTION = "请输入一个问题。"
YEAR_TAKEN_FOR = "“{word}”按今天的日期理解为{year}年。"
PERIOD_NOT_TOLD = "所引的语句没有写明是什么时期的数，请核对上下文。"
WHICH_ONE = "请说明是哪一个"
AMBIGUOUS = f"问题没有说明是哪里、哪个时期，资料中有{{count}}个不同的数值，{WHICH_ONE}：{{choices}}。"
AMBIGUOUS_INDICATOR = "问题没有说明是哪一项指标，请补充，例如“2020年的地区生产总值增速”。"
LABEL_SEPARATOR = "，"
CHOICE_SEPARATOR = "；"
PLACE_TAKEN_FOR = "“{written}”按“{meant}”理解。"
HOME_TAKEN_FOR = "“{written}”按“{meant}”理解。"
TRANSLATED = "按“{question}”理解。"
NOT_CHINESE = "目前只能回答中文问题，这个问题中有词汇表以外的英文词，请用中文再问一次。"
SEARCH_DEGRADED = (
    "检索缓存缺失或损坏，本次直接用索引原数据检索，结果不受影响但较慢；请运行 policy-qa build 修复。"
)

WHY_NO_CONTENT = "问题中没有可以查找的词语。"
WHY_UNVERIFIED = "答案中的数字、时期或地方没有全部在所引原文中核对到。"
WHY_OPEN = "问题没有说明地方或时间，各处的数值不同，逐个列出。"
WHY_TELLINGS = "问题要各处的说法，凡符合所问的逐个列出。"
WHY_REFUSED = {
    "out_of_scope": "没有一句话涉及问题中足够多的词语。",
    "not_found": "有内容相近的语句，但没有说到所问的内容，或说的是其他年份。",
    "no_such_period": "有所问的指标，但都是其他时期的。",
    "no_such_subject": "有所问的指标，但都是其他地方的。",
    "no_such_indicator": "有所问地方的内容，但没有这项指标。",
    "kind_mismatch": "有所问的指标，但目标与实际、规上与全社会不合。",
    "ambiguous": "所问的地方或时间没有说明，资料中的数值太多。",
    "language": "问题不是中文，词汇表中没有其中的词。",
    "cell_missing": "问题所指的行与列在表中找到，但原文没有填数，别处也没有。",
    "table_is_image": "与问题最相符的是一个没有数据的图表题，没有语句或表格给出所问的数。",
}
WHY_AUTHORS = "问的是作者，取该材料的署名行。"
NO_LIST = "现有资料中没有找到把这{count}项逐一列出的内容，无法回答。"
WHY_DATA_SOURCE = "问的是图表的数据来源，取图表下注明来源的一行。"
WHY_LIST = "问题要求列举，找到了与之相符的小标题或逐条列出的内容。"
WHY_SENTENCE = "得分最高的语句涉及问题中的词语，并含有所问的内容。"

# --- The command line -----------------------------------------------------------------------------

BUILD_STAGES = {"read": "读入资料", "embed": "计算向量", "write": "写入索引"}
BUILD_DONE = "新增 {new}，改动 {changed}，删除 {gone}，未变 {unchanged} 份文件；索引共 {chunks} 段，本次计算向量 {embedded} 段。"
BUILD_FAILED = "未能读入 {name}：{reason}"
BUILD_SKIPPED = "略过 {name}：{reason}"
NEAREST = "最接近的内容："
COMPLETED = "按{question}理解："
NOTICE = "提示：{notice}"
CITATION_LINES = "，第{lines}行"
CITATION_LINE = "[{number}] 《{title}》{section}（{document}{lines}）"
EXPLAIN_QUESTION = "【问题】"
EXPLAIN_ASKED = "  问题：{text}"
EXPLAIN_COMPLETED = "  按前面的对话补全：{text}"
EXPLAIN_RESTATED = "  改写为：{text}"
EXPLAIN_UNDERSTOOD = (
    "  类型：{kind}\n  时期：{periods}\n  地方：{places}\n  口径：{target}，{scope}\n  查找的词：{words}"
)
EXPLAIN_KINDS = {
    "author": "作者",
    "figure": "数据",
    "when": "时间",
    "list": "列举",
    "cause": "原因",
    "source": "出处",
    "definition": "定义",
    "overview": "概况",
    "statement": "一般陈述",
}
EXPLAIN_TARGET = {True: "目标或计划数", False: "实际数"}
EXPLAIN_SCOPES = {
    "above size": "规模以上",
    "below size": "规模以下",
    "whole": "全社会",
    None: "统计范围未限定",
}
EXPLAIN_TABLE_WANTED = "  要求列成表格"
EXPLAIN_NONE = "未指明"
EXPLAIN_NO_WORDS = "无"
EXPLAIN_TURN = "  前面的对话：{question} → {answer}"
EXPLAIN_NO_ANSWER = "（未附回答）"
EXPLAIN_HITS = "【找到的段落】（语义名次/得分，关键词名次/得分）"
EXPLAIN_HIT = "{score:.4f}  语义 {dense}  关键词 {keyword}  {name} {start}-{end}"
EXPLAIN_SENTENCES = "【比较的语句】（得分，涉及问题词语的比例，与所问不同之处）"
EXPLAIN_MISFITS = {"period": "时期", "subject": "地方", "kind": "口径", "indicator": "指标"}
EXPLAIN_MISFIT_TOLD = "{misfit}（{told}）"
EXPLAIN_NO_MISFIT = "相符"
EXPLAIN_OUTCOME = "【结论】"
INSPECT_TITLE = "{name}：《{title}》"
INSPECT_SET_ASIDE = "【未收入正文的字符】{count} 处"


# --- The chat (ui/) -------------------------------------------------------------------------------

UI_TITLE = "政策问答"
UI_SERVED = "对话界面已就绪：{address}（按 Ctrl+C 停止）"
UI_SUBTITLE = "只依据库内资料作答，点击编号即可核对原文"
UI_CORPUS = "共 {documents} 份文件，{characters} 字"
UI_NEW_CONVERSATION = "新对话"
UI_CONVERSATION = "对话"
UI_QUESTION = "问题"
UI_ANSWER = "回答"
UI_QUESTION_PLACEHOLDER = "输入问题，按回车发送"
UI_SEND = "发送"
UI_WELCOME = "想查什么？"
UI_WELCOME_HINT = "答案中的 [1] [2] 是出处编号，点击后右侧打开原文并标出被引用的文字。"
UI_EXAMPLES = "可以这样问"
UI_BUSY = "正在查阅资料"
UI_NO_DOCUMENTS = "资料库里还没有文件。"
UI_NO_DOCUMENTS_HINT = "请把 .txt 或 .md 文件放进资料文件夹，运行 policy-qa build 建立索引，然后刷新本页。"
UI_FAILED = "这次没有答成"
UI_FAILED_HINT = "系统出错，问题没有得到回答。请再试一次；若仍不行，请把服务器日志交给管理员。"
UI_INDEX_UNUSABLE = "索引暂时不能使用：可能正在重建，或还没有建立。请稍后再问，或运行 policy-qa build。"
UI_REFUSED = "未作回答"
UI_NEAREST = "库内最接近的内容"
UI_NOTICE = "提示"
UI_COMPLETED = "按{question}回答"
UI_COMPLETED_REFUSED = "按{question}查找"
UI_CHOICES = "请选择，或重新输入"
UI_GO_ON = "可以接着问"
UI_COMPUTED = "由资料数字计算"
UI_CHECKED = "与原文核对得出"
UI_CONFLICTING = "各处说法不一"
UI_WORKING = "算法：{working}"
UI_SHOW_CITATIONS = "出处 {count} 处"
UI_COPY = "复制答案与出处"
UI_COPIED = "已复制"
UI_COPY_FAILED = "复制失败，请手工选取"

UI_TAB_CITATIONS = "出处"
UI_TAB_SOURCE = "原文"
UI_TAB_DOCUMENTS = "文件"
UI_PANEL = "资料"
UI_BACK_TO_CHAT = "返回"
UI_CITATIONS_EMPTY = "提问后，答案引用的原文会列在这里。"
UI_CITATIONS_NONE = "这一问没有引用任何原文。"
UI_CITATIONS_OF = "{question}"
UI_SECTION_SEPARATOR = " › "
UI_LINE = "第 {first} 行"
UI_LINES = "第 {first}–{last} 行"
UI_OPEN_SOURCE = "在原文中查看"
UI_OPEN_DOCUMENT = "打开文件"
UI_TITLE_FROM_FILE_NAME = "题名取自文件名，文中没有可以标出的文字。"
UI_CITATION_GONE = "这份文件已更新或移出资料库，不再显示引文。请重新提问。"
UI_DOCUMENT_GONE = "这份文件已更新或移出资料库。请重新提问，或在“文件”中查看现有文件。"
UI_TURN_GONE = "服务重新启动过，这一问的出处已无法打开。请重新提问。"
UI_SOURCE_EMPTY = "点击答案中的编号，或在“文件”中选一份文件，原文会显示在这里。"
UI_BACK_TO_CITATIONS = "返回出处"
UI_CITED_PLACE = "引用 [{number}]"
UI_PREVIOUS = "上一处"
UI_NEXT = "下一处"

UI_SEARCH_DOCUMENTS = "按题名或文件名查找"
UI_DOCUMENTS_HINT = "勾选后，只在所选文件中查找答案；不勾选即查找全部。"
UI_DOCUMENTS_NO_MATCH = "没有符合的文件。"
UI_LIMIT_TO = "限定：{title}"
UI_CHARACTERS = "{count} 字"
UI_SCOPE_LIMITED = "只查 {count} 份文件："
UI_SCOPE_CLEAR = "取消限定"
UI_SCOPE_USED = "这一问只查了：{titles}"
UI_SCOPE_USED_MANY = "这一问只查了：{titles}等 {count} 份文件"

UI_EXAMPLE_AMOUNT = "{subject}是多少？"
UI_EXAMPLE_COUNT = "{subject}有多少？"
UI_EXAMPLE_LISTING = "{heading}有哪些？"
UI_EXAMPLE_TOPIC = "{heading}有哪些内容？"

UI_COPY_QUESTION = "问：{question}"
UI_COPY_ANSWER = "答：{answer}"
UI_COPY_SOURCES = "出处："
UI_COPY_SOURCE = "[{number}] {place}：“{quote}”"
UI_COPY_SOURCE_PLACE_ONLY = "[{number}] {place}"


# --- The evaluation (evaluation/) -----------------------------------------------------------------

EVALUATION_TITLE = "评测报告"
EVALUATION_KIND = "类别"
EVALUATION_CASES = "用例数"
EVALUATION_KINDS = {
    "fact": "事实",
    "paraphrase": "换说法",
    "list": "列举",
    "provenance": "出处与时间",
    "out_of_scope": "资料之外",
    "cell": "单元格",
    "table": "行、列、全表",
    "missing_cell": "缺值",
    "image_table": "图片",
    "near_miss": "似有实无",
    "follow_up": "追问",
    "false_premise": "前提有误",
    "open": "含混",
    "definition": "定义",
    "cause": "原因",
    "lookup": "查数",
    "comparison": "相比",
    "extreme": "最大最小",
    "ranking": "排序",
    "computation": "计算",
    "conflict": "说法不一",
    "check": "核算",
    "all": "合计",
}
EVALUATION_VERDICTS = {"right": "正确", "wrong": "错误", "refused": "误拒", "error": "出错"}
EVALUATION_CITATIONS = "引用：准确率 {precision}，召回率 {recall}"
EVALUATION_RETRIEVAL = "检索：{scores}"
EVALUATION_SEPARATOR = "；"
EVALUATION_NONE = "无"
EVALUATION_COMPARISON = "与基线比较"
EVALUATION_DIFFERENCES = {
    "lost": "丢失",
    "won": "新得",
    "changed": "其他变化",
    "missing": "基线有而这次没有的用例",
    "extra": "基线没有的用例",
    "edited": "改动过、无法比较的用例",
}
EVALUATION_NOT_RIGHT = "未答对的用例"
EVALUATION_QUESTION = "问题"
EVALUATION_EXPECTED = "应答"
EVALUATION_EXPECTED_ANSWER = "{values}。依据：{places}"
EVALUATION_EXPECTED_REFUSAL = "拒答，理由代码 {reasons}"
EVALUATION_LINE = "第 {line} 行"
EVALUATION_ANSWER = "实答"
EVALUATION_PROBLEM = "问题所在"
EVALUATION_PROBLEMS = {
    "missing": "缺少 {detail}",
    "forbidden": "出现了不该有的 {detail}",
    "too_long": "过长：{detail} 字",
    "wrong_citation": "没有引用依据所在之处，引用的是 {detail}",
    "refused": "应答而拒答，理由代码 {detail}",
    "wrong_reason": "拒答理由代码不对：{detail}",
    "answered": "应拒答而作答",
    "error": "系统出错：{detail}",
}


# --- Tables in the chat (ui/) ---------------------------------------------------------------------

UI_COPY_TABLE = "复制表格"
UI_TABLE = "表格"
UI_TABLE_ORIGINAL = "原文"
UI_TABLE_OTHER_COLUMNS = "另有 {count} 列，见原文"
UI_TABLE_UNREAD = "以下几行未能可靠地读成表格，按原样显示"
UI_TABLE_CAPTION_DOES_NOT_FIT = "表题与表的内容似不相符，请核对"
UI_CAPTION_WITHOUT_DATA = "（原文为图片，无数据）"
UI_MISSING_VALUE = "原文缺此数"
UI_EMPTY_CELL = "（空）"
UI_CELL_PLACE = "{table}，{row}，{column}"


# --- Answers from tables ---------------------------------------------------------------------------

CELL_MISSING_SHORT = "缺"
TABLE_MISSING_MARK = "—"
TABLE_ITEM = "项目"
CELL_MISSING = "{table}中“{row}”的“{column}”一格在原文中缺数，无法回答。"
CELLS_MISSING = "{table}中所问各格在原文中均缺数，无法回答。"
THIS_TABLE = "文中表格"
TABLE_IS_IMAGE = "“{caption}”在原文中是图片，资料中没有它的数据，无法回答。"
CAPTION_DOES_NOT_FIT = "原文的表题“{caption}”与表的内容不相符，请核对。"
WHY_CELLS = "问题所指的行与列在表中找到。"


# --- inspect --------------------------------------------------------------------------------------

CITATION_CELL = "；{table}，{row}，{column}"
INSPECT_SIZE = (
    "  编码 {encoding}；原文 {lines} 行、{source} 字（不计空白），读入 {clean} 字，未收入正文 {aside} 字"
)
INSPECT_UNACCOUNTED = "  注意：有 {count} 字既没有读入、也没有列为未收入，见下文标“！”的行"
INSPECT_ISSUED_ON = "  日期：{date}"
INSPECT_HOME = "  所述地区：{place}（文中“全市”“我省”等所指；有误可在设置 home_places 中改正）"
INSPECT_NO_HOME = "  所述地区：未能确定（可在设置 home_places 中指明）"
INSPECT_BYLINE = "  署名：{byline}"
INSPECT_COUNTS = "  {counts}"
INSPECT_COUNT = "{kind} {count}"
INSPECT_KINDS = {
    "Heading": "标题",
    "Paragraph": "段落",
    "ListItem": "条目",
    "Table": "表格",
    "Caption": "图表题",
    "Note": "附注",
}
INSPECT_OUTLINE = "【目录】"
INSPECT_COMPARISON = "【原文与读入结果】左为原文各行及行号（× 未收入正文），右为读入的块"
INSPECT_COMPARISON_NARROW = "【原文与读入结果】先列原文各行及行号（× 未收入正文），缩进处为读入的块"
INSPECT_LINE = "第{line}行"
INSPECT_TAKEN_OUT = "移出"
INSPECT_LOST = "遗漏"
INSPECT_NO_DATA = "（原文无数据）"
INSPECT_TABLE = "{number}{rows} 行 × {columns} 列{unit}"
INSPECT_TABLE_UNIT = "，单位：{unit}"
INSPECT_UNIT = "〔{unit}〕"
INSPECT_MISSING = "缺"
INSPECT_CAPTION_DOES_NOT_FIT = "！表题与表的内容似不相符"
INSPECT_UNREAD_ROWS = "未读"
INSPECT_UNREAD = "【未读成表格的行】{count} 处"
INSPECT_UNREAD_PLACE = "  第{lines}行：{reason}"
INSPECT_SET_ASIDE_PIECE = "    {text}　第{lines}行"
INSPECT_SET_ASIDE_KIND = "  {kind} {count} 处（{reason}）"
INSPECT_SET_ASIDE_KINDS = {
    "byte order mark": "字节序标记",
    "invisible character": "不可见字符",
    "heading mark": "标题符号",
    "markup": "标记",
    "running head": "页眉页脚",
    "page number": "页码",
    "photo credit": "图片署名",
    "photo caption": "图片说明",
}


# --- Why rows were not read as a table ------------------------------------------------------------

UNREAD_STRAY_ROWS = "像是表格的行，找不到表头"
UNREAD_NO_ROWS = "没有数据行"
UNREAD_NO_HEADS = "没有表头"
UNREAD_ONE_COLUMN = "每行只有一项，不成表"
UNREAD_NO_VALUE_COLUMN = "除行名外没有其他列"
UNREAD_COLUMN_WITHOUT_HEAD = "第{column}列有内容，没有表头"
UNREAD_ROW_WITHOUT_LABEL = "有的行没有行名"
UNREAD_BLOCK_WITHOUT_LABEL = "左右并排的两半中，有的数没有行名"
UNREAD_PAIRS = "名称与内容成对并排，没有统一的表头"
UNREAD_NEW_HEADS = "“{label}”一行像是另起的表头，其下各行不能按前面的表头读"
UNREAD_SAME_HEADS = "有{columns}列的表头同为“{head}”，分不清各列"
UNREAD_MIXED_MARKS = "制表符与竖线混用，分不清各列"
UNREAD_NOT_ALIGNED = "各行的列上下没有对齐"
UNREAD_FIELD_WITHOUT_COLUMN = "“{field}”没有对准任何一列"
UNREAD_FIELD_OF_MANY_COLUMNS = "分不清“{field}”属于哪一列"
UNREAD_HEADS_ABOVE_GROUPS = "表头层数过多，分不清上下层的归属"
UNREAD_GROUP_OR_BROKEN_HEAD = "表头分成几行，分不清上一行是大类名，还是下一行的前一半"
UNREAD_HEADS_AND_COLUMNS = "表头有{heads}个，各行有{columns}列"
UNREAD_HEADS_AND_VALUES = "表头有{heads}个，各行末尾有{values}个数"
UNREAD_UNITS_AND_COLUMNS = "表头下有{units}个单位，各行有{columns}列数"
UNREAD_HEADS_JOINED_MANY_WAYS = "表头有{heads}个，各行有{columns}列，分不清哪几个表头是一个"
UNREAD_GROUPS_AND_HEADS = "上层表头有{groups}个，下层有{heads}个，分不清归属"
UNREAD_HEAD_LINES = "表头占{lines}行，分不清层次"
UNREAD_HEADS_BROKEN = "表头断成{pieces}段，拼不成{columns}列"
UNREAD_HEADS_BROKEN_MANY_WAYS = "表头断成{pieces}段，拼成{columns}列的办法不止一种"
UNREAD_ROW_AND_COLUMNS = "有一行分成{fields}项，表有{columns}列，分不清各项属于哪一列"
UNREAD_WORDS_AT_END = "最后一行只有文字，分不清是否属于此表"
UNREAD_WORDS_IN_TWO_LINES = "相连的两行只有文字，分不清是小标题还是断开的行名"
UNREAD_WORDS_BELOW_LABEL = "有一行只有文字，可能是上一行行名的后一半"
UNREAD_WORDS_ABOVE_LABEL = "有一行只有文字，分不清是小标题，还是下一行行名的前一半"

# 未收入正文的原因
ASIDE_HEADING_MARK = "Markdown 的{level}级标题符号"
ASIDE_BYTE_ORDER_MARK = "文件开头的字节序标记"
ASIDE_INVISIBLE = "不可见字符 {codes}"
ASIDE_TAGS = "HTML 表格的标签"
ASIDE_IMAGE = "Markdown 的图片标记"
ASIDE_PAGE_NUMBER = "独占一行的页码"
ASIDE_RISING_NUMBERS = "逐页递增的数"
ASIDE_ISSUE = "页边的刊名和刊期"
ASIDE_REPEATED = "在页边出现{count}次的同一行"
ASIDE_BESIDE_PAGE_NUMBER = "页码旁的短行"
ASIDE_CREDIT = "以摄影者署名结尾的图片说明"
ASIDE_CREDIT_ABOVE = "图片说明的上一行"
ASIDE_LONE_CAPTION = "夹在句子中间的短行，应为图片说明"


# --- Follow-up questions ---------------------------------------------------------------------------

FOLLOW_UP_TAKEN_FOR = "追问中的“{word}”按上文理解为{meant}。"


# --- Definitions, causes, overviews ----------------------------------------------------------------

NOT_DEFINED = "现有资料中提到“{term}”的地方都没有解释它的含义，无法回答。"
CAUSE_NOT_STATED = "资料没有明说所问的原因，以下是最相近的原文，请自行判断。"
OVERVIEW_NEXT = "可以接着问：{questions}"
OVERVIEW_NEXT_AMOUNT = "{period}{place}{indicator}是多少？"
OVERVIEW_NEXT_COUNT = "{period}{place}{indicator}有多少{unit}？"
WHY_DEFINITION = "问的是含义，取资料中解释这个词的语句。"
WHY_CAUSES = "问的是原因，取各份资料中说明原因的语句。"
WHY_OVERVIEW = "问的是总体情况，按资料和标题取有关的主要数据。"


# --- What a question takes for granted ---------------------------------------------------------------

PREMISE_CONTRADICTED = "问题说“{said}”，资料与此不符。"
WHY_PREMISE = "问题自带的说法与资料相反，先列出资料怎么说。"


# --- Disagreeing sources ---------------------------------------------------------------------------

CONFLICT_MEASURES = {
    "growth": ("增速", "[增速降涨]"),
    "share": ("占比", "[占率]|比[重例]|份额|强度|度$"),
    "rank": ("排名", "排|位"),
}
"""What a conflict's indicator is called behind its name, where the pattern finds that said in no way."""
CONFLICTS_TITLE = "不同来源说法不一"
CLAIM_TO_JUDGE = "以上是所说的数字；“{said}”是否成立要由人判断，不代下结论。"
ONLY_IN = "按所问，只依据{titles}。"
START_DIFFERS = "问题中说的{told}与以上所据的数字不同，请核对。"
OTHERS_DIFFER = "其他资料也有这项数字，这里只按所指的报告。"
CITED_IN = "资料中没有《{title}》本身，只有提到它的文字，以下据此作答。"
NOT_CITED = "资料中没有《{title}》，以下依据现有资料，请核对是否同一来源。"
NOT_ONLY_IN = "只凭{titles}不能回答，以下依据全部资料。"
SOURCES_DISAGREE = "资料中的说法不一致，以上逐一列出，请核对原文。"
SOURCES_SCOPES_DIFFER = "数值相同，但各处所说的统计口径不同，请看原文用词。"
ONE_PLACE = "只找到一处写到所问的数，无从比较各处是否一致。"
TOLD_WHERE = {"several": "各处", "text_and_table": "正文与表中"}
TOLD_ALIKE = "{where}所写的数值一致，都是{value}。"
TOLD_ROUNDED = "{where}所写的数值四舍五入后一致：{values}。"
SAID_ALIKE = "各处的说法一致，都说{values}。"
SAID_APART = "各处的说法不一致，有的说{values}。"
QUOTED_WORDS = "“{words}”"
TOLD_APART = "{where}所写的数值不一致：{values}。"
TOLD_AT = "{value}是{period}的数"
TOLD_AT_TIMES = "所说的时期不同：{values}，不构成矛盾。"
SOURCES_PERIODS_DIFFER = "各处说的时期不同，以上逐一列出。"
CONFLICTS_NONE = "没有发现互相矛盾的数字。"
CONFLICTS_COUNT = "资料中说法不一的数字：{count} 处"
CONFLICT_DATE = "{day:%Y-%m-%d}"


def conflict_name(period: str, subject: str, indicator: str) -> str:
    """What a disagreement is about.

    >>> conflict_name("2020年", "柳州市", "高新技术企业数量")
    '2020年柳州市的高新技术企业数量'
    """
    return f"{period}{subject}的{indicator}"


def only_in(titles: Sequence[str]) -> str:
    """That an answer is from the documents alone that the question names.

    >>> only_in(["甲市统计简报"])
    '按所问，只依据《甲市统计简报》。'
    """
    return ONLY_IN.format(titles=_in_marks(titles))


def not_only_in(titles: Sequence[str]) -> str:
    """That the documents which the question names do not answer it by themselves.

    >>> not_only_in(["甲市统计简报"])
    '只凭《甲市统计简报》不能回答，以下依据全部资料。'
    """
    return NOT_ONLY_IN.format(titles=_in_marks(titles))


def _in_marks(titles: Sequence[str]) -> str:
    return LIST_SEPARATOR.join(f"《{title.strip('《》')}》" for title in titles)


def by_source(title: str, place: str, told: str, *, names: Sequence[str] = ()) -> str:
    """A computed sentence with the document, and the table of it, that has the numbers, or those of some `names` alone.

    >>> by_source("统计简报", "表2", "甲市（5家）比乙市（3家）多2家。")
    '按《统计简报》表2的数，甲市（5家）比乙市（3家）多2家。'
    """
    return COMPUTED_BY_SOURCE.format(
        names=LIST_SEPARATOR.join(names), title=title.strip("《》"), place=place, told=told
    )


def conflict_value(value: str, title: str, issued_on: date | None) -> str:
    """A value with the document that has it, and when that is from where it says so.

    >>> conflict_value("600家", "统计简报", None)
    '600家（《统计简报》）'
    """
    day = "" if issued_on is None else f"，{CONFLICT_DATE.format(day=issued_on)}"
    return f"{value}（《{title.strip('《》')}》{day}）"


# --- Quotation marks -------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """The text in quotation marks, those within it turned into single ones.

    >>> quoted("“机器换人”具体怎么做？")
    '“‘机器换人’具体怎么做？”'
    """
    return f"“{text.translate(str.maketrans('“”', '‘’'))}”"


def without_choices(message: str) -> str:
    """A request to say which is meant without the list of them.

    >>> without_choices("资料中有2个不同的数值，请说明是哪一个：柳州，2020年；柳州，2019年。")
    '资料中有2个不同的数值，请说明是哪一个。'
    """
    asked, found, _ = message.partition(f"{WHICH_ONE}：")
    return f"{asked}{WHICH_ONE}。" if found else message


# Lists of figures: on the command line, in files, and on the page.
FIGURE_COLUMNS = (
    "指标",
    "地方",
    "时期",
    "数值",
    "单位",
    "原文数字",
    "种类",
    "目标",
    "口径",
    "仅上下文提到",
    "文件",
    "题名",
    "行",
    "原文",
    "行名与列名",
)
FIGURE_SHEET = "指标"
FIGURE_MEASURES = {
    "level": "数值",
    "growth": "增速",
    "share": "占比",
    "rank": "位次",
    "ratio": "比例",
    "change": "升降",
}
FIGURE_INCREASE = "增减"
FIGURE_SCOPES = {"above size": "规模以上", "below size": "规模以下", "whole": "全社会"}
FIGURE_FILTERS = {"indicator": "指标", "subject": "地方", "period": "时期"}
FIGURE_TARGET = "目标"
FIGURES_FOUND = "共 {count} 个数据"
FIGURES_BY_CONTEXT = "，其中 {count} 个（标“～”）只在上下文中提到所查的词，请核对原文"
FIGURES_NONE = "没有符合的数据。"
FIGURES_WRITTEN = "已写入 {file}：{count} 个数据"
CHART_AXIS = "单位：{unit}"
CHART_SOURCE = "来源："
CHART_LEFT_OUT = "另有 {count} 个数据的指标、种类、单位或时段不同，未入图。"
CHART_DISAGREEING = "各处数值不一，未入图：{names}。"


def titled(title: str) -> str:
    """A document's title in its marks.

    >>> titled("东湾简报"), titled("《东湾简报》")
    ('《东湾简报》', '《东湾简报》')
    """
    return title if title.startswith("《") else f"《{title}》"


UI_MAIN_CHAT = "对话"
UI_TAB_FIGURES = "指标"
UI_FIGURE_INDICATOR = "指标"
UI_FIGURE_SUBJECT = "地方"
UI_FIGURE_PERIOD = "时期"
UI_FIGURE_DOCUMENT = "文件"
UI_FIGURE_INDICATOR_HINT = "如 研发投入强度"
UI_FIGURE_SUBJECT_HINT = "如 全国"
UI_FIGURE_PERIOD_HINT = "如 2020年"
UI_FIGURE_DOCUMENT_HINT = "题名或文件名"
UI_FIGURE_VALUE = "数值"
UI_FIGURE_SOURCE = "出处"
UI_FIGURE_CLEAR = "清空"
UI_FIGURE_CSV = "导出 CSV"
UI_FIGURE_XLSX = "导出 XLSX"
UI_FIGURE_EXPORT_HINT = "导出筛选出的全部数据，每个都带出处"
UI_FIGURE_EXPORT_NAME = "指标数据"
UI_FIGURES_LOADING = "正在整理数据"
UI_FIGURES_NO_MATCH = "没有符合的数据。换一个说法，或少填一项。"
UI_FIGURES_COUNT = "共 {count} 个数据，显示第 {first}–{last} 个"
UI_FIGURES_CONTEXT = "；其中 {count} 个只在上下文中提到所查的词，列在后面"
UI_FIGURES_PAGE = "第 {page} / {pages} 页"
UI_FIGURES_SORT = "点击排序：由小到大或由早到晚，再点反过来，再点恢复"
UI_FIGURES_BEFORE = "上一页"
UI_FIGURES_AFTER = "下一页"
UI_FIGURE_BY_CONTEXT = "上下文"
UI_FIGURE_BY_CONTEXT_HINT = "{names}只在上下文中提到，请核对原文"
UI_FIGURE_CARRIED = "由前文、标题或表题得出，请核对原文"
UI_FIGURE_FALLEN = "↓ "
UI_FIGURE_GONE = "这个数据所在的文件已更新或移出资料库，请重新筛选。"
UI_CHART_MORE_SOURCES = "等 {count} 份文件"

# --- Checking stated results ---------------------------------------------------------------------------

AUDIT_RIGHT = "对得上：资料中写的是“{said}”，按所列数字核算，{working}，与{stated}相符。"
AUDIT_RIGHT_ROUNDED = (
    "对得上：资料中写的是“{said}”，按所列数字核算，{working}，与{stated}之差在四舍五入范围以内。"
)
AUDIT_RIGHT_BOUND = "对得上：资料中写的是“{said}”，按所列数字核算，{working}，原文的说法（{stated}）成立。"
AUDIT_WRONG = "对不上：资料中写的是“{said}”，按所列数字核算，{working}，应为{recomputed}，不是{stated}。"
AUDIT_ORDER_RIGHT = "对得上：名次与数值的次序一致（{working}）。"
AUDIT_ORDER_WRONG = "对不上：名次与数值的次序不一致（{working}）。"
AUDIT_RANK_RIGHT = (
    "对得上：资料中写的是“{said}”，表中由高到低为{working}，{name}为{recomputed}，与{stated}相符。"
)
AUDIT_RANK_WRONG = (
    "对不上：资料中写的是“{said}”，表中由高到低为{working}，{name}应为{recomputed}，不是{stated}。"
)
TOLD_AGREES = "对得上：资料中写的是“{said}”，与问题中说的{stated}一致。"
TOLD_DIFFERS = "对不上：资料中写的是“{said}”，是{told}，不是{stated}。"
RISEN_OR_FALLEN = {1: "上升", -1: "下降", 0: ""}
STATED_AGREES = "问题中说的{stated}与所引原文一致。"
STATED_ELSEWHERE = "所引原文中有{stated}，也有{told}，请核对哪一个是所说的数。"
STATED_DIFFERS = "问题中说的是{stated}，所引原文是{told}，两者不同，请核对是否同一项数据。"
AUDIT_GAP = "无法核算：资料中写的是{said}，但没有给出{missing}。"
AUDIT_NOTHING = "无法核算：没有找到能据以重新计算的数字，最接近的原文见下。"
AUDIT_FAULTS = "在找到的资料中核算了{checked}处，对不上的有{wrong}处。"
AUDIT_NO_FAULTS = "在找到的资料中核算了{checked}处，没有发现对不上的；下面列出其中一处。"
CAPTION_FITS = "对得上：表题“{caption}”与表的内容相符，表头是{heads}。"
CAPTION_FITS_NOT = "对不上：表题“{caption}”与表的内容不相符，表头是{heads}。"
WHY_AUDIT = "问的是资料中的数对不对得上，按资料所列的数字重新核算。"
AUDIT_LISTED = "{verdict}：{said}写的是{stated}；{working}"
AUDIT_LISTED_ORDER = "{verdict}：{working}"
AUDIT_COUNT = "核算{checked}处，对不上的{wrong}处。"
LIST_SEPARATOR = "、"
AUDIT_VERDICTS = {True: "对得上", False: "对不上"}

# --- Computing ----------------------------------------------------------------------------------------

COMPUTED_VALUE = "{name}（{value}）"
COMPUTED_ABOUT = "{about}，"
COMPUTED_DIFFERENCE = "{about}{one}比{other}{more}{result}。"
COMPUTED_BALANCE = {
    True: "{about}{one}比{other}{more}{result}，为贸易顺差。",
    False: "{about}{one}比{other}{more}{result}，为贸易逆差。",
}
COMPUTED_GROWTH_TOO = "{about}{one}比{other}{more}{difference}，{grown}{result}。"
COMPUTED_EQUAL = "{about}{one}与{other}相同。"
COMPUTED_RATIO = "{about}{one}是{other}的{result}。"
COMPUTED_SHARE = "{about}{one}占{other}的{result}。"
COMPUTED_SUM = "{about}{values}合计{result}。"
COMPUTED_SUM_SHARE = "{about}{values}合计{sum}，占{whole}的{result}。"
COMPUTED_SUM_RATIO = "{about}{values}合计{sum}，是{whole}的{result}。"
COMPUTED_LEFT = "{whole}扣除{parts}，还剩{result}。"
COMPUTED_EACH_TIME = "{about}{value}，按{count}{times}平均，每{of}{result}。"
COMPUTED_EACH_TIME_CHANGE = "{about}由{first}到{last}，{rose}，按{count}{times}平均，每{of}{each}。"
COUNTED_TIMES = {"年": "年", "季度": "个季度", "月": "个月"}
COMPUTED_SHARE_OF_ALL = "其中{part}占合计的{result}。"
COMPUTED_MEAN = "{about}{values}的简单平均为{result}。"
COMPUTED_YEARLY = "{about}由{other}到{one}，年均{grown}{result}。"
COMPUTED_BEST = "{about}{which}的是{best}。"
COMPUTED_FIRST_FEW = "{about}最{which}的{count}个{tied}是{best}。"
COMPUTED_TIED = "（含并列）"
COMPUTED_OPPOSITE = {
    **dict(zip("高多大快强好长低少小慢弱差短", "低少小慢弱差短高多大快强好长", strict=True)),
    "靠前": "靠后",
    "靠后": "靠前",
}
COMPUTED_BEYOND = "{about}{way}{bound}的有{count}个：{values}。"
ALL_HOLD = "按查到的数字，说法成立。{about}：{values}。"
NOT_ALL_HOLD = "按查到的数字，说法不成立。{about}不符合的有{count}个：{values}。"
ALL_VALUES = "{about}：{values}。"
COMPUTED_NONE_BEYOND = "{about}没有{way}{bound}的。"
COMPUTED_MEAN_BOUND = "简单平均{value}"
COMPUTED_BOUND_DIFFERS = "无法计算：所问的界限与查到的数字单位不同，不能相比。"
COMPUTED_MOST_CHANGED = "{about}{way}{which}的是{values}。"
COMPUTED_CHANGE_WAY = {True: "提高", False: "下降"}
COMPUTED_CHANGES = "{about}各地的变化：{values}。"
COMPUTED_CHANGE_OF = "{name}，由{first}到{last}，{result}"
COMPUTED_MOST_BESIDE = "{about}{way}{other}最多的是{values}。"
COMPUTED_ALL_BESIDE = "{about}{way}{other}的，从多到少：{values}。"
COMPUTED_BOTH = "{name}{one}，{other}，{more}"
COMPUTED_FALL = {True: "{name}（下降{value}）", False: "{name}（增长{value}）"}
COMPUTED_FALLS = "降幅"
COMPUTED_WAY_OF_FALLS = {True: "从大到小", False: "从小到大"}
COMPUTED_BETWEEN = "{low}到{high}之间"
COMPUTED_WITHOUT = "除{names}外的"
COMPUTED_NONE_BESIDE = {True: "所问的得分没有查到。", False: "所问的排名没有查到。"}
COMPUTED_RANKING = "{about}{way}：{values}。"
COMPUTED_POSITION = "{about}{values}，{place}排第{position}位。"
COMPUTED_BY_SOURCE = "{names}按《{title}》{place}的数，{told}"
CONCLUSIONS = {
    (True, True): "按各处的数算，结果相同，孰高孰低的结论不变。",
    (True, False): "按各处的数算，相差一样多，但孰高孰低的结论会变。",
    (False, True): "按各处的数算，结果不同，孰高孰低的结论不变。",
    (False, False): "按各处的数算，结果不同，孰高孰低的结论会变。",
}
"""Whether the differences are the same, and whether the same is more in each."""
COMPUTED_BACK = "{period}{about}按“{said}”推算，为{result}。"
PLAIN_QUESTION = "{about}是多少？"
COMPUTED_TOLD = "{about}按“{said}”计算，{result}。"
AREA = "面积"
COMPUTED_EACH = "{about}{one}按{other}平均，为{result}。"
CLAIM_RIGHT = "问题中说的{stated}与计算结果相符。"
SECTOR_SHARE = "{sector}产（{share}）"
SECTOR_ORDER = "{of}三次产业占比从高到低是“{order}”：{values}。"
SECTOR_ORDERS = "按三次产业占比从高到低，{of}{told}。"
SECTOR_ORDER_OF = "呈“{order}”的有{count}个：{places}"
ASSERTED_RIGHT = "问题中的说法与计算结果相符。"
ASSERTED_WRONG = "问题中的说法与计算结果不符。"
TOLD_CHANGE = "按“{said}”计算，为{result}。"
UNIT_NOT_TOLD = "资料中的这组数没有写明单位，按问题所说的单位核对。"
CLAIM_ROUNDED = "问题中说的{stated}按四舍五入与计算结果{result}相符。"
CLAIM_WRONG = "问题中说的{stated}与计算结果{result}不符。"
COMPUTED_PRODUCT = "{about}{one}乘以{other}，为{result}。"
COMPUTED_QUOTIENT = "{about}{one}除以{other}，为{result}。"
COMPUTED_AT_CONSTANT_PRICES = "这项指标的增速一般按可比价格计算，推算没有考虑价格因素，只是近似数。"
COMPUTED_TOLD_TIMES = "，后者是前者的{result}"
COMPUTED_TOLD_SHARE = "占{result}"
FURTHER_APART = "差得更多的是{name}：差{one}，另一项差{other}。"
PART_MISSING = "问题中的“{parts}”没有查到，以上没有回答。"
COMPUTED_ONLY_PARTS = "无法计算或比较：查到的只是其中一部分，见下面的原文。"
COMPUTED_TOO_FEW = "无法计算：查到的数字不足以得出结果。"
COMPUTED_TOLD_WHOLE = "总数约为{result}"
COMPUTED_TOLD_LEFT = "还差{result}"
COMPUTED_TOLD_BEYOND = "已超出{result}"
REST_BELOW = {True: "{value}以下的", False: "{value}以上的"}
REST_TOLD = "按“{quote}”推算，{said}为{result}，占{share}。"
REST_CHANGED = "{said}，{last}比{first}{more}{difference}，{grown}{result}。"
COMPUTED_ROSE = {True: "增加{result}", False: "减少{result}"}
COMPUTED_ROSE_POINTS = {True: "提高{result}", False: "下降{result}"}
COMPUTED_ROSE_PERCENT = {True: "增长{result}", False: "下降{result}"}
COMPUTED_ROSE_PLACES = {True: "后退{result}", False: "前移{result}"}
COMPUTED_TOLD_EQUAL = "没有变化"
COMPUTED_OTHER_VALUE = "{name}另有资料为{values}，没有用于计算。"
COMPUTED_MORE = {True: "高", False: "低"}
COMPUTED_MORE_OF = {True: "多", False: "少"}
COMPUTED_MORE_PLACES = {True: "靠后", False: "靠前"}
COMPUTED_GROWN = {True: "增长", False: "下降"}
COMPUTED_WAY = {True: "从高到低", False: "从低到高"}
COMPUTED_WAY_OF_RANKS = {True: "从后到前", False: "从前到后"}
COMPUTED_MISSING = "{names}没有数据，未参加比较。"
COMPUTED_ABOUT_NUMBERS = "所据数字中有约数，结果也是约数。"
COMPUTED_OPEN_NUMBERS = "所据数字中有只说明超过（或不足）多少的，结果不是确数。"
COMPUTED_BOUNDS = {
    "over": "超过{value}",
    "at_least": "{value}以上",
    "under": "不足{value}",
    "at_most": "{value}以内",
    "about": "约{value}",
    "near": "近{value}",
}
COMPUTED_RANGES = "无法计算：{values}中有的是一个范围，算不出确数。"
COMPUTED_BOTH_OPEN = "无法计算：{values}都只说明超过（或不足）多少，不是确数，算不出差距或比例。"
COMPUTED_OTHER_SCOPE = "所比的数字口径不同（{scopes}），请谨慎使用。"
COMPUTED_OTHER_STRETCH = "所比的数字时段长短不同，请谨慎使用。"
ONE_OF_THEM = "其中一项"
COMPUTED_OPERAND_MISSING = "无法计算：{name}的数字没有查到。{why}"
COMPUTED_NO_NTH = "{about}可以比较的数字只有{count}个，没有{nth}。"
GIVEN_NOT_TOLD = "无法核算：问题中的{values}在现有资料中没有查到相应的写法，不能据以计算。"
GIVEN_DERIVED = "{about}，由{one}、{other}推算，为{result}。"
GIVEN_RATES = {"before": "增速", "whole": "占比"}
GIVEN_TOLD_OTHER = "资料中与此有关的写法见下。"
COMPUTED_NO_SERIES = "现有资料中没有可以放在一起比较的“{about}”数字，无法回答。"
COMPUTED_NO_SERIES_UNNAMED = "现有资料中没有可以放在一起比较的这组数字，无法回答。"
COMPUTED_UNITS_DIFFER = "无法计算：{values}单位不同，不能相比。"
COMPUTED_PERIODS_DIFFER = "无法计算：{values}时期不同（{periods}），不能相比。"
COMPUTED_RATES_NOT_ADDED = "无法计算：{values}是各地的比率或位次，不能相加。"
COMPUTED_NOT_POSSIBLE = "无法计算：查到的数字得不出这样的结果。"
TABLE_VALUE = "数值"
TABLE_CITY = "城市"
TABLE_CHANGE = "相差"
TABLE_PLACE = "地区"
TABLE_YEAR = "年份"
TABLE_PERIOD = "时期"
TABLE_HEAD_UNIT = "{head}（{unit}）"
WHY_PARTS = "问题问了几件事，逐一回答"
WHY_COMPUTED = "问题要求比较或计算，由查到的数字算出。"
WHY_COMPUTED_BACK = "资料没有直接写出所问的数，由写明的数和相差的数推算。"
WHY_DERIVED = "资料没有直接写出所问的数，由写明的数推算。"
WHY_NOT_COMPUTED = "问题要求比较或计算，所需的数字不全，或者不能相比。"
