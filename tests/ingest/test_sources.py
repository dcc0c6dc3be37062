import json
import os
import unicodedata
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.errors import CorpusError, DecodingError, SourceError
from policy_qa.ingest.decoding import decode
from policy_qa.ingest.sources import find_sources, read_file, read_source

TEXT = "某市研发投入强度为1.8%，比上年提高0.1个百分点。\r\n企业是投入的主体，占全部投入的八成以上。\r\n"
TRADITIONAL = "本市產業結構持續優化，創新能力顯著增強，企業發展環境進一步改善，對外開放邁出新步伐。"


def names(listing):
    return [found.name for found in listing.sources]


def write(folder: Path, name: str, content: bytes | str = "有一段正文。") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_records(path: Path, *records: object) -> Path:
    lines = [
        record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# --- A folder -------------------------------------------------------------------------------------


def test_documents_of_a_folder_are_found_at_any_depth_and_sorted(tmp_path):
    for name in (
        "乙.txt",
        "甲/内/丙.MD",
        "a.Txt",
        "README.md",
        "README说明.txt",
        "SOURCES.txt",
        "LICENSE.md",
    ):
        write(tmp_path, name)
    for name in (".隐.txt", ".git/丁.txt", "表.xlsx", "无尾"):
        write(tmp_path, name)
    listing = find_sources(tmp_path)
    assert names(listing) == sorted(["乙.txt", "甲/内/丙.MD", "a.Txt"])
    assert {skipped.name: skipped.reason for skipped in listing.skipped} == {
        "README.md": "not a document",
        "README说明.txt": "not a document",
        "SOURCES.txt": "not a document",
        "LICENSE.md": "not a document",
        "表.xlsx": "unsupported ending",
        "无尾": "unsupported ending",
    }
    assert listing.errors == ()


def test_a_listing_has_the_hash_of_the_bytes_and_so_has_what_is_read(tmp_path):
    raw = TEXT.encode("gb18030")
    write(tmp_path, "报告.txt", raw)
    (found,) = find_sources(tmp_path).sources
    source = read_source(found)
    assert found.sha256 == source.sha256 == sha256(raw).hexdigest()
    assert (source.name, source.text, source.encoding) == ("报告.txt", TEXT, "gb18030")
    assert not source.verbatim


def test_names_are_nfc_and_the_second_of_two_equal_names_is_an_error(tmp_path):
    composed, decomposed = "café.txt", unicodedata.normalize("NFD", "café.txt")
    write(tmp_path, decomposed, "甲。")
    assert names(find_sources(tmp_path)) == [composed]
    write(tmp_path, composed, "乙。")
    listing = find_sources(tmp_path)
    assert names(listing) == [composed]
    assert [error.name for error in listing.errors] == [composed]


def test_a_name_that_is_no_utf8_is_still_a_name(tmp_path):
    try:
        (tmp_path / os.fsdecode("报告.txt".encode("gb18030"))).write_text("甲。", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    (found,) = find_sources(tmp_path).sources
    assert found.name.encode().endswith(b".txt")
    assert read_source(found).text == "甲。"


def test_links_out_of_the_corpus_are_not_followed(tmp_path):
    corpus = tmp_path / "corpus"
    write(tmp_path, "外/密.txt")
    write(corpus, "内.txt")
    (corpus / "文件.txt").symlink_to(tmp_path / "外" / "密.txt")
    (corpus / "文件夹").symlink_to(tmp_path / "外", target_is_directory=True)
    (corpus / "别名.txt").symlink_to(corpus / "内.txt")
    (corpus / "断.txt").symlink_to(corpus / "无.txt")
    (corpus / "圈.txt").symlink_to(corpus / "圈.txt")
    listing = find_sources(corpus)
    assert names(listing) == ["内.txt", "别名.txt"]
    assert {(skipped.name, skipped.reason) for skipped in listing.skipped} == {
        ("文件.txt", "link out of the corpus"),
        ("断.txt", "not a regular file"),
        ("圈.txt", "not a regular file"),
    }


def test_a_linked_corpus_is_a_corpus(tmp_path):
    write(tmp_path, "真/甲.txt")
    (tmp_path / "链").symlink_to(tmp_path / "真", target_is_directory=True)
    assert names(find_sources(tmp_path / "链")) == ["甲.txt"]


def test_one_bad_file_leaves_the_others_usable(tmp_path):
    write(tmp_path, "好.txt", "甲。")
    write(tmp_path, "坏.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d")
    read, failed = [], []
    for found in find_sources(tmp_path).sources:
        try:
            read.append(read_source(found).text)
        except SourceError as error:
            failed.append(error.name)
    assert (read, failed) == (["甲。"], ["坏.txt"])


@pytest.mark.parametrize("content", ["", "  \r\n\t\u3000\n", "\ufeff", "\ufeff \u200b\n"])
def test_an_empty_file_is_an_error(tmp_path, content):
    with pytest.raises(SourceError, match=r"空\.txt is empty"):
        read_file(write(tmp_path, "空.txt", content))


def test_a_file_that_is_gone_is_an_error_of_that_file(tmp_path):
    write(tmp_path, "甲.txt").with_suffix(".txt")
    (found,) = find_sources(tmp_path).sources
    found.path.unlink()
    with pytest.raises(SourceError, match=r"甲\.txt"):
        read_source(found)


@pytest.mark.parametrize("name", ["无此处", "表.csv"])
def test_a_corpus_that_is_none_names_the_next_command(tmp_path, name):
    write(tmp_path, "表.csv")
    with pytest.raises(CorpusError, match="policy-qa build --corpus"):
        find_sources(tmp_path / name)


# --- Encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_each_encoding_is_told(encoding):
    assert decode("甲.txt", TEXT.encode(encoding)) == (TEXT, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_is_believed_and_stays_in_the_text(encoding):
    assert decode("甲.txt", ("\ufeff" + TEXT).encode(encoding)) == ("\ufeff" + TEXT, encoding)


def test_traditional_text_and_rare_characters_in_gb18030():
    for text in (TRADITIONAL, TEXT + "𠮷䶮"):
        assert decode("甲.txt", text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize(
    "raw",
    [
        TRADITIONAL.encode("big5"),
        "これは統計の説明です。成長率は三パーセント。".encode("shift_jis"),
        "déjà vu — résumé".encode("cp1252"),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-16")[:-1],
        TEXT.encode() + b"\x00",
        TEXT.encode() + b"\x01\x02\x03\x04",
        bytes(range(256)) * 4,
    ],
)
def test_what_is_no_text_in_a_known_encoding_is_refused(raw):
    with pytest.raises(DecodingError, match=r"(?s)甲\.txt .*byte \d+.*utf.*policy-qa build"):
        decode("甲.txt", raw)


@pytest.mark.parametrize("at", [30, 300, 900])
def test_a_broken_utf8_text_is_refused_at_its_broken_byte_and_not_read_as_gb18030(at):
    raw = bytearray((TEXT * 20).encode())
    raw[at] = 0xFF
    near = "|".join(str(byte) for byte in range(at - 2, at + 1))  # where the broken character starts
    with pytest.raises(DecodingError, match=rf"from byte ({near}) on \(tried utf-8") as caught:
        decode("甲.txt", bytes(raw))
    assert caught.value.name == "甲.txt"


def test_a_utf8_text_that_stops_inside_a_character_is_refused():
    cut = "强度现代化".encode()[:-1]
    assert cut.decode("gb18030") == "寮哄害鐜颁唬鍖"
    with pytest.raises(DecodingError, match="unexpected end of data"):
        decode("甲.txt", cut)


HAN = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("，。、0123456789%\n")
)


@given(
    HAN.map(lambda text: TEXT + text + TEXT), st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
)
def test_chinese_text_is_read_as_it_was_written(text, encoding):
    assert decode("甲.txt", text.encode(encoding)) == (text, encoding)


@given(st.binary(max_size=200))
def test_bytes_are_text_that_encodes_to_them_or_an_error(raw):
    try:
        text, encoding = decode("甲", raw)
    except DecodingError:
        return
    assert text.encode(encoding) == raw


# --- A JSONL corpus -------------------------------------------------------------------------------


def test_records_are_read_as_they_are(tmp_path):
    text = "# 不是标题\r\n被切断的行\n接着写。 "
    path = write_records(
        tmp_path / "库.JSONL",
        {"doc_id": "b", "title": " 题 ", "text": text, "date": "2022-03-01", "url": [1]},
        "",
        {"doc_id": "a", "title": None, "text": "乙。", "date": "2022年"},
    )
    listing = find_sources(path)
    assert names(listing) == ["a", "b"]
    first, second = map(read_source, listing.sources)
    assert (second.text, second.title, second.issued_on, second.verbatim) == (
        text,
        " 题 ",
        date(2022, 3, 1),
        True,
    )
    assert (first.title, first.issued_on) == (None, None)
    assert [source.sha256 for source in (first, second)] == [found.sha256 for found in listing.sources]


@pytest.mark.parametrize("key", ["title", "text", "date"])
def test_the_hash_of_a_record_covers_what_is_read_of_it_and_nothing_else(tmp_path, key):
    record = {"doc_id": "a", "title": "题", "text": "文。", "date": "2022-03-01", "url": "x"}

    def listed_hash(**changes):
        return find_sources(write_records(tmp_path / "库.jsonl", record | changes)).sources[0].sha256

    assert listed_hash() == listed_hash(url="y")
    assert listed_hash() != listed_hash(**{key: "2023-04-01"})


def test_a_duplicate_id_is_an_error_of_the_corpus_that_names_both_lines(tmp_path):
    record = {"doc_id": "a", "title": "题", "text": "文。"}
    path = write_records(tmp_path / "库.jsonl", record, {**record, "doc_id": "b"}, "", record)
    with pytest.raises(CorpusError, match=r"lines 1 and 4 .*'a'"):
        find_sources(path)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"甲"',
        "[" * 100_000,
        '{"text": "文。"}',
        '{"doc_id": 3, "text": "文。"}',
        '{"doc_id": "c", "text": ["文"]}',
        '{"doc_id": "c", "text": " "}',
        '{"doc_id": "c"}',
        '{"doc_id": "c", "text": "\\ud800"}',
    ],
)
def test_a_malformed_line_is_named_and_the_others_are_read(tmp_path, line):
    good = {"doc_id": "a", "title": "题", "text": "文。"}
    listing = find_sources(write_records(tmp_path / "库.jsonl", good, line, {**good, "doc_id": "b"}))
    assert names(listing) == ["a", "b"]
    assert [read_source(found).text for found in listing.sources] == ["文。", "文。"]
    (error,) = listing.errors
    assert error.name.startswith("库.jsonl:2")
    assert "库.jsonl:2" in str(error)


def test_a_line_that_is_not_utf8_is_a_decoding_error(tmp_path):
    path = tmp_path / "库.jsonl"
    path.write_bytes('{"doc_id": "a", "text": "文。"}\n'.encode("gb18030"))
    (error,) = find_sources(path).errors
    assert isinstance(error, DecodingError)


def test_a_record_that_moved_since_it_was_listed_is_not_read_as_another(tmp_path):
    path = write_records(tmp_path / "库.jsonl", *({"doc_id": name, "text": "文。"} for name in "abc"))
    found = find_sources(path).sources[1]
    write_records(path, *({"doc_id": name, "text": "文。"} for name in "acb"))
    with pytest.raises(SourceError, match="库"):
        read_source(found)
