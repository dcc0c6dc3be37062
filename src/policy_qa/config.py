"""Settings: defaults, then `policy-qa.toml` of the working folder, then `POLICY_QA_…` of the environment.

An unknown key in the file or the environment is an error, not a silent no-op.
"""

from __future__ import annotations

import os
from datetime import date  # noqa: TC003 - pydantic reads it at run time
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from policy_qa.errors import SettingsError

SETTINGS_FILE = "policy-qa.toml"
ENVIRONMENT_PREFIX = "POLICY_QA_"
NOT_SETTINGS = {"POLICY_QA_SHARED", "POLICY_QA_REQUIRE_BROWSER"}  # read by the tests alone


def user_cache_dir() -> Path:
    """The folder for what can be made again: `$XDG_CACHE_HOME/policy-qa`, else `~/.cache/policy-qa`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "policy-qa"


class Settings(BaseSettings):
    """Everything that can be set; sizes are in characters, counts in chunks."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, toml_file=SETTINGS_FILE, extra="forbid", frozen=True
    )

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    cache: Path = Field(default_factory=user_cache_dir)
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    today: date | None = None
    """The date 今年 is counted from; None is the day of the question. The evaluation pins it."""

    home_place: str | None = None
    """What 我市 or 本省 of a question means: a place's full name; None is the place most documents are about."""
    home_places: dict[str, str] = Field(default_factory=dict)
    """The place a document is about, by the document's name, where the program reads it wrongly."""

    chunk_size_chars: int = Field(default=320, ge=80, le=800)
    chunk_overlap_chars: int = Field(default=60, ge=0)
    user_dictionary: Path | None = None
    """A jieba dictionary of your own, read after the one that ships."""

    embedding_model: str = "multilingual-e5-small"
    """The bundled encoder, or the name or folder of any sentence-transformers model."""
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    embedding_dtype: Literal["float32", "bfloat16"] = "float32"
    """bfloat16 is faster only on processors that compute in it (AVX-512 BF16, AMX)."""

    least_similarity: float = Field(default=0.855, ge=-1, le=1)
    """A question to which no chunk comes this close is out of scope. It belongs to the encoder: e5 puts unrelated
    texts near 0.83; with another model measure it anew, or set -1 to let the words alone decide."""

    dense_candidates: int = Field(default=100, ge=1)
    keyword_candidates: int = Field(default=100, ge=1)
    rrf_k: int = Field(default=3, ge=1)
    dense_weight: float = Field(default=1.5, ge=0)
    keyword_weight: float = Field(default=1.0, ge=0)

    @model_validator(mode="after")
    def _overlap_below_size(self) -> Settings:
        if self.chunk_overlap_chars * 2 > self.chunk_size_chars:
            raise ValueError(
                f"chunk_overlap_chars {self.chunk_overlap_chars} is more than half of "
                f"chunk_size_chars {self.chunk_size_chars}"
            )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Where settings come from, first come first served."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**given: object) -> Settings:
    """The settings in force; `given` wins over file and environment, and None means not given.

    Raises SettingsError for an unknown key or a value out of range, naming both.
    """
    known = {f"{ENVIRONMENT_PREFIX}{name}".upper() for name in Settings.model_fields} | NOT_SETTINGS
    unknown = sorted(key for key in os.environ if key.startswith(ENVIRONMENT_PREFIX) and key not in known)
    if unknown:
        raise SettingsError(
            f"unknown setting {unknown[0]} in the environment; known: {', '.join(sorted(known))}"
        )
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "settings"
        raise SettingsError(
            f"{where}: {first['msg']} (given: {first['input']!r}); see {SETTINGS_FILE}"
        ) from error
