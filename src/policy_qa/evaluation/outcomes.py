"""What the evaluation reads of a system's answer: the OUT line of the command line's contract, checked.

Any program that writes such lines can be judged; keys that are not judged are passed over.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, model_validator


class OutcomeModel(BaseModel):
    """A frozen model that passes over keys it does not know."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class CitedPlace(OutcomeModel):
    """A citation; `start` and `end` are code points of the document's clean text, null for a file name's title."""

    number: int
    document: str
    start: int | None
    end: int | None
    quote: str | None
    lines: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> CitedPlace:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end are null together")
        if self.start is not None and self.end is not None and not 0 <= self.start < self.end:
            raise ValueError(f"{self.start}-{self.end} is not a range of a text")
        return self


class AnswerRecord(OutcomeModel):
    """An answer, a refusal, or a crash (`error`)."""

    refused: bool
    reason: str | None
    answer: str
    citations: tuple[CitedPlace, ...]
    error: str | None = None


class HitRecord(OutcomeModel):
    """A chunk that a search found."""

    document: str
    start: int
    end: int
