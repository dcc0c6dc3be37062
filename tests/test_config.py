from datetime import date
from pathlib import Path

import pytest

from policy_qa.config import load_settings
from policy_qa.errors import SettingsError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_file_then_environment_then_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("policy-qa.toml").write_text(
        'port = 7000\nhost = "127.0.0.2"\ntoday = 2026-01-02\n', encoding="utf-8"
    )
    monkeypatch.setenv("POLICY_QA_PORT", "7001")
    settings = load_settings(index=Path("elsewhere"), corpus=None)
    assert (settings.port, settings.host, settings.today) == (7001, "127.0.0.2", date(2026, 1, 2))
    assert (settings.index, settings.corpus) == (Path("elsewhere"), Path("corpus"))


def test_an_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("policy-qa.toml").write_text("chunk_sise = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="chunk_sise"):
        load_settings()
    Path("policy-qa.toml").unlink()
    monkeypatch.setenv("POLICY_QA_CHUNK_SISE", "3")
    with pytest.raises(SettingsError, match="POLICY_QA_CHUNK_SISE"):
        load_settings()


@pytest.mark.parametrize(
    ("key", "value"), [("port", 0), ("chunk_size_chars", 10), ("chunk_overlap_chars", 200)]
)
def test_a_value_out_of_range_is_named(key: str, value: int) -> None:
    with pytest.raises(SettingsError, match=str(value)):
        load_settings(**{key: value})


def test_homes_of_documents_stand_in_a_table_of_the_file() -> None:
    Path("policy-qa.toml").write_text(
        'home_place = "柳州市"\n[home_places]\n"旧报告/简报.txt" = "桂林市"\n', encoding="utf-8"
    )
    settings = load_settings()
    assert (settings.home_place, settings.home_places) == ("柳州市", {"旧报告/简报.txt": "桂林市"})
