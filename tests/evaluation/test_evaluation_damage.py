"""The ills: nothing but furniture is added, nothing is lost, and print's rules are kept."""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.evaluation.recovery.damage import Ills, damage, load_ills
from policy_qa.evaluation.recovery.masters import parse_master
from policy_qa.evaluation.recovery.print_tables import print_table
from policy_qa.evaluation.recovery.wrap_lines import NOT_FIRST, NOT_LAST, TOKEN, columns, wrap

TABLE = parse_master(
    "@unit 单位：亿元\n"
    "| 城市 | 进出口 | 进出口 |\n| 城市 | 2019年 | 2020年 |\n| --- |\n| 甲 | 1 | ---- |\n| > 占比 |  | 2 |"
)[0].table
HEADS = parse_master(
    "| 城市 | 2020年产值（亿元） | 增速 | 全社会研发强度 | 高新技术企业（家） |\n| --- |\n| 甲 | 1 | 2 | 3 | 4 |"
)[0].table


@pytest.fixture(scope="module")
def groups(root):
    """All settings that are in sight, and the masters' folder."""
    return load_ills(root / "eval" / "masters" / "ills.toml"), root / "eval" / "masters"


def squash(text):
    return re.sub(r"\s", "", text)


def test_the_script_makes_exactly_the_corpus(root, tmp_path) -> None:
    command = [sys.executable, root / "scripts" / "inflict.py", "--to", tmp_path, "--gold", tmp_path / "gold"]
    subprocess.run(command, check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert len(made) == 5
    for name, data in made.items():
        assert (root / "corpus" / name).read_bytes() == data, name
        assert (tmp_path / "gold" / f"{name}.json").exists()


def test_every_character_of_the_gold_is_in_the_damaged_text(groups) -> None:
    settings, masters = groups
    for ills in (*settings["corpus"], *settings["build"]):
        damaged = damage((masters / ills.master).read_text(encoding="utf-8"), ills)
        gold = damaged.gold
        lines = [
            *gold.paragraphs,
            *gold.notes,
            *gold.furniture,
            *gold.bylines,
            *(heading.text for heading in gold.headings),
            *(caption.text for caption in gold.captions),
            *(cell.text or "" for table in gold.tables for cell in table.cells),
        ]
        missing = Counter(squash("".join(lines))) - Counter(squash(damaged.data.decode(ills.encoding)))
        assert not missing, ills.name


def test_another_seed_is_another_file_and_the_same_one_the_same(groups) -> None:
    settings, masters = groups
    ills = settings["build"][1]
    master = (masters / ills.master).read_text(encoding="utf-8")
    assert damage(master, ills) == damage(master, ills)
    assert damage(master, ills).data != damage(master, replace(ills, seed=ills.seed + 1000)).data


def test_a_page_foot_and_a_table_cut_sentences(groups) -> None:
    settings, masters = groups
    ills = next(ills for ills in settings["corpus"] if ills.feet and ills.blank_lines == "every line")
    damaged = damage((masters / ills.master).read_text(encoding="utf-8"), ills)
    lines = [line for line in damaged.data.decode().splitlines() if line.strip()]
    feet = [index for index, line in enumerate(lines) if line == ills.feet[1][1]]
    assert feet
    assert all(not lines[index - 2].endswith("。") and lines[index + 1].startswith(" ") for index in feet)
    whole = squash("".join(lines))
    assert any(squash(text) not in whole for text in damaged.gold.paragraphs)


def test_an_unknown_ill_is_an_error(tmp_path) -> None:
    path = tmp_path / "ills.toml"
    path.write_text('[[corpus]]\nmaster = "a"\nname = "b"\nwidht = 3\n', encoding="utf-8")
    with pytest.raises(KeyError, match="widht"):
        load_ills(path)


@given(
    st.text(alphabet="全市研发投入，。：（）“”《》19.%GDP", max_size=80), st.integers(8, 30), st.booleans()
)
def test_wrapping_keeps_every_character_and_the_rules_of_print(text, width, squeeze) -> None:
    lines = wrap(text, width, first_indent=2, squeeze=squeeze)
    assert "".join(lines) == text
    for before, line in pairwise(lines):
        is_one_piece = len(TOKEN.findall(before)) == 1
        assert is_one_piece or (line[0] not in NOT_FIRST and before[-1] not in NOT_LAST)
        assert is_one_piece or squeeze or columns(before) <= 2 * width


@pytest.mark.parametrize(
    ("squeeze", "lines"),
    [
        (False, ["全市投入“十三", "五”期间增长", "11.05%，其中（企", "业）占3177.4亿", "元。"]),
        (True, ["全市投入“十三五”", "期间增长11.05%，", "其中（企业）占", "3177.4亿元。"]),
    ],
)
def test_marks_do_not_start_or_end_lines_and_numbers_stay_whole(squeeze, lines) -> None:
    assert wrap("全市投入“十三五”期间增长11.05%，其中（企业）占3177.4亿元。", 8, squeeze=squeeze) == lines


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        ("tabs", ["单位：亿元", "城市\t进出口\t", "\t2019年\t2020年", "甲\t1\t----", "\u3000占比\t\t2"]),
        ("bars", ["单位：亿元", "| 城市 | 进出口 |  |", "| --- | --- | --- |", "|  | 2019年 | 2020年 |"]),
        ("html", ["单位：亿元", "<table>", '<tr><th rowspan="2">城市</th><th colspan="2">进出口</th></tr>']),
    ],
)
def test_tables_as_print_leaves_them(style, lines) -> None:
    printed = print_table(TABLE, style, Random(1), break_heads=False, break_labels=False)
    assert [line.text for line in printed][: len(lines)] == lines


def test_an_empty_field_between_spaces_has_a_sign() -> None:
    printed = print_table(TABLE, "spaces", Random(1), break_heads=False, break_labels=False)
    assert printed[-1].text == "占比 ---- 2"


def test_broken_heads_are_the_heads_again_when_joined() -> None:
    printed = print_table(HEADS, "spaces", Random(3), break_heads=True, break_labels=False)
    assert len(printed) > 8
    assert "".join(line.text for line in printed[:-1]) == "".join(HEADS.heads[0])


def test_ills_without_anything_leave_the_text_in_order() -> None:
    damaged = damage("# 简报（示例）\n\n## 一、投入\n\n增长5%。\n", Ills("m.md", "m.txt"))
    assert damaged.data.decode() == "简报（示例）\n\n一、投入\n\n增长5%。\n"
    assert damaged.gold.title == "简报（示例）"
