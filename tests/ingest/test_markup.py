"""Tables written as HTML: tabs and line ends in place of tags, and every other character kept."""

from hypothesis import given
from hypothesis import strategies as st
from table_texts import cells, read_one

from policy_qa.ingest.flattening import find_markup

GROUPED = """前文<b>粗</b>。
<table border="1">
<tr><th rowspan="2">城市</th><th colspan=2>2019年</th>
    <th colspan='2'>2020年</th></tr>
<tr><th>产值<br>（亿元）</th><th>位次</th><th>产值<br/>（亿元）</th><th>位次</th></tr>
<tr><td><strong>甲州</strong></td><td>5</td><td>1</td><td>6</td><td>2</td></tr>
<tr><td>乙州</td><td></td><td>3</td><td>7</td><td>&nbsp;</td></tr>
</table>
后文。"""


def written(source: str) -> str:
    """The source with its markup replaced."""
    parts, place = [], 0
    for mark in find_markup(source):
        assert mark.span.start >= place
        parts += [source[place : mark.span.start], mark.text]
        place = mark.span.end
    return "".join([*parts, source[place:]])


def test_groups_of_columns_and_rows():
    text = written(GROUPED)
    assert "前文<b>粗</b>。" in text
    assert "城市\t2019年\t\t2020年\t\n" in text
    assert "\n\t产值 （亿元）\t位次\t产值 （亿元）\t位次\n" in text
    _, table = read_one(text)
    assert cells(table)["甲州", "2020年/产值（亿元）"] == "6"
    assert cells(table)["乙州", "2019年/产值（亿元）"] is None
    assert cells(table)["乙州", "2020年/位次"] is None


def test_rows_covered_from_above():
    source = "<table><tr><td>区</td><td>市</td><td>产值</td></tr><tr><td rowspan=2>东</td><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    assert written(source).strip("\n").split("\n") == ["区\t市\t产值", "东\t甲\t1", "\t乙\t2"]


def test_tables_that_are_not_closed_or_hold_tables_stay():
    for source in ("<table><tr><td>甲", "<table><tr><td><table></table></td></tr></table>", "a < b"):
        assert written(source) == source


@given(
    st.lists(
        st.lists(st.text(alphabet="甲乙<&>1 .\n", max_size=6), min_size=1, max_size=4), min_size=1, max_size=4
    )
)
def test_nothing_but_tags_and_white_space_goes(rows):
    inner = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    text = written(f"<table>{inner}</table>")
    assert "".join(text.split()) == "".join("".join(cell for row in rows for cell in row).split())
    assert [line.count("\t") for line in text.strip("\n").split("\n") if line] == [
        len(row) - 1 for row in rows if len(row) > 1 or "".join(row).strip()
    ]
