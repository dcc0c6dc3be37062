"""The ills of real files inflicted on a clean master: a damaged text, and the gold that a reader must bring back.

The same master and the same `Ills` give the same bytes, whatever else was damaged before.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from policy_qa.evaluation.recovery.layout import PrintedLine, lay_out
from policy_qa.evaluation.recovery.masters import (
    GoldCaption,
    GoldHeading,
    GoldTable,
    Piece,
    gold_captions,
    gold_headings,
    gold_tables,
    parse_master,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policy_qa.evaluation.recovery.print_tables import TableStyle

LOOK_ALIKES = str.maketrans(
    "比长高工大人生行方见民用立金门风马车一二",
    "⽐⻓⾼⼯⼤⼈⽣⾏⽅⻅⺠⽤⽴⾦⻔⻛⻢⻋⼀⼆",
)


@dataclass(frozen=True, slots=True)
class Ills:
    """What happens to a master. `master` is its file below `eval/masters/`, `name` what the damaged file is called.

    `width` is in Han characters, None leaves every paragraph on one line. `blank_lines`: after every line, between
    blocks, or nowhere. `feet` and `heads` are lines at page ends and page starts; {page} is the number.
    `cut`: the share of tables, captions and photos that stand in the middle of the paragraph before them.
    `stray_blanks`: the share of lines (of paragraphs, where nothing is wrapped) after or in which a blank line cuts
    a sentence. `spaced`: a space between Han characters and Latin ones, everywhere or in tables only.
    """

    master: str
    name: str
    seed: int = 0
    width: int | None = None
    squeeze: bool = False
    blank_lines: Literal["every line", "blocks", "none"] = "blocks"
    indent: Literal["kept", "lost", "none"] = "none"
    page_lines: int | None = None
    first_page: int = 1
    page_space: bool = False
    feet: tuple[tuple[str, ...], ...] = ()
    heads: tuple[tuple[str, ...], ...] = ()
    tables: tuple[TableStyle, ...] = ("bars",)
    break_heads: bool = False
    break_labels: bool = False
    break_captions: bool = False
    cut: float = 0.0
    stray_blanks: float = 0.0
    spaced: Literal["no", "tables", "all"] = "no"
    look_alikes: float = 0.0
    heading_marks: Literal["no", "true", "jumping"] = "no"
    encoding: Literal["utf-8", "utf-8-sig", "gb18030"] = "utf-8"
    newline: Literal["lf", "crlf"] = "lf"


@dataclass(frozen=True, slots=True)
class Gold:
    """What a right reading of the damaged file holds. `furniture` are the lines that belong to no text."""

    name: str
    title: str | None
    bylines: tuple[str, ...]
    headings: tuple[GoldHeading, ...]
    paragraphs: tuple[str, ...]
    captions: tuple[GoldCaption, ...]
    notes: tuple[str, ...]
    tables: tuple[GoldTable, ...]
    furniture: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        """The gold as JSON holds it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged file: its bytes and its gold."""

    data: bytes
    gold: Gold


def damage(master: str, ills: Ills) -> Damaged:
    """The damaged copy of a master's text, with its gold."""
    random = Random(f"{ills.seed}/{ills.name}")  # noqa: S311  reproducible, not secret
    pieces = [look_alike(piece, ills.look_alikes, random) for piece in parse_master(master)]
    lines = lay_out(pieces, ills, random)
    text = write_lines(lines, ills)
    newline = "\r\n" if ills.newline == "crlf" else "\n"
    data = text.replace("\n", newline).encode(ills.encoding)
    return Damaged(data, make_gold(pieces, lines, ills.name))


def make_gold(pieces: Sequence[Piece], lines: Sequence[PrintedLine], name: str) -> Gold:
    """The gold of the pieces, and of what the pages added."""
    titles = [piece.text for piece in pieces if piece.kind == "heading" and piece.level == 1]
    return Gold(
        name=name,
        title=titles[0] if titles else None,
        bylines=tuple(piece.text for piece in pieces if piece.kind == "byline"),
        headings=tuple(gold_headings(pieces)),
        paragraphs=tuple(piece.text for piece in pieces if piece.kind in {"paragraph", "item"}),
        captions=tuple(gold_captions(pieces)),
        notes=tuple(piece.text for piece in pieces if piece.kind == "note"),
        tables=tuple(gold_tables(pieces)),
        furniture=tuple(line.text for line in lines if line.is_furniture),
    )


def look_alike(piece: Piece, share: float, random: Random) -> Piece:
    """The piece with some characters replaced by radicals that look like them; tables stay as they are."""
    if not share or piece.table is not None or piece.kind == "photo":
        return piece
    text = "".join(
        character.translate(LOOK_ALIKES) if random.random() < share else character for character in piece.text
    )
    return Piece(piece.kind, text, level=piece.level, fits=piece.fits)


def write_lines(lines: Sequence[PrintedLine], ills: Ills) -> str:
    """The lines with their blank lines."""
    written: list[str] = []
    for line in lines:
        if written:
            written.append("\n" * line.blanks_before)
        written.append(line.before + line.text + line.after + "\n")
    return "".join(written) + ("\n" if ills.blank_lines == "every line" else "")


def load_ills(path: Path) -> dict[str, tuple[Ills, ...]]:
    """The groups of settings of a TOML file: a table of defaults a group, and a list of files.

    Raises KeyError for a setting that is none.
    """
    groups = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: tuple(make_ills(each) for each in each_group) for name, each_group in groups.items()}


def make_ills(given: Mapping[str, Any]) -> Ills:
    """The settings of one file of the TOML list."""
    known = {each.name for each in fields(Ills)}
    if unknown := sorted(set(given) - known):
        raise KeyError(f"unknown ills {unknown}; known: {sorted(known)}")
    return Ills(**{name: freeze(value) for name, value in given.items()})


def freeze(value: object) -> Any:  # noqa: ANN401  what TOML holds
    """Lists as tuples, at any depth."""
    return tuple(map(freeze, value)) if isinstance(value, list) else value
