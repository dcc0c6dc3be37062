"""What can go wrong, as one tree.

PolicyQAError
├── UsageError                the call was wrong (exit status 2)
│   └── SettingsError         a setting is unknown or out of range
├── CorpusError               the corpus as a whole cannot be read
├── SourceError               one document cannot be read; the others are usable
│   └── DecodingError         its bytes are text in none of the encodings tried
├── IndexUnusableError        the index cannot be used
│   ├── IndexMissingError     there is none yet
│   ├── IndexMismatchError    it was built with other settings or another version
│   └── IndexLockedError      another process is writing it
└── EncoderError              the embedding model cannot be loaded

A message says what failed, the offending value, and the next command to run.
"""

from __future__ import annotations


class PolicyQAError(Exception):
    """The root: catching it catches every failure policy-qa foresees."""


class UsageError(PolicyQAError):
    """The call was wrong."""


class SettingsError(UsageError):
    """A setting is unknown or out of range."""


class CorpusError(PolicyQAError):
    """The corpus as a whole cannot be read."""


class SourceError(PolicyQAError):
    """The document `name` cannot be read; the others are usable."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class DecodingError(SourceError):
    """The document's bytes are text in none of the encodings tried."""


class IndexUnusableError(PolicyQAError):
    """The index cannot be used."""


class IndexMissingError(IndexUnusableError):
    """There is no index in the folder."""


class IndexMismatchError(IndexUnusableError):
    """The index was built with other settings or by another version."""


class IndexLockedError(IndexUnusableError):
    """Another process is writing the index."""


class EncoderError(PolicyQAError):
    """The embedding model cannot be loaded."""
