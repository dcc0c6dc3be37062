"""Two places or times set against each other in a question of any build: what asks, what is named twice, what is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_qa.computing.clauses import indicator_of
from policy_qa.computing.groups import NO_GROUP
from policy_qa.computing.operands import Operation, is_low, name_of, operands_of
from policy_qa.computing.sides import UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_qa.computing.operands import Kind
    from policy_qa.computing.sides import Words
    from policy_qa.language.periods import PeriodMention
    from policy_qa.language.places import PlaceMention

_MUCH = rf"(?:多少|几|多大|百分之(?:几|多少)){UNIT}"
_HOW = r"(?P<how>靠前|靠后|[高低多少大小快慢强弱好差猛凶长短])"
ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("ratio", re.compile(r"(?:是|为|相当于|有|达到?)*(?P<how>)(?:的)?(?:几|多少)倍")),
    (
        "difference",
        re.compile(
            rf"(?:是|要|还|又|更)*(?:相差|差|{_HOW}(?:出|了|过|于)*|(?P<rose>提高|提升|上升|增加|增长|上涨|涨|升)(?:出|了)*|(?P<fell>下降|降低|减少|回落|下滑|下跌|落后|退步|降|跌|掉|退)(?:出|了|于)*)(?:大?约|大概)?{_MUCH}"
        ),
    ),
    (
        "larger",
        re.compile(
            rf"(?:谁|哪[一]?[个家座边头]?(?:城市|市|县|区|省|年)?|何者)(?:的)?(?P<mid>[^，,。；;谁哪]{{0,12}}?)(?:是|要|会|更|较|比较|相对|增长?得?|长得?)*{_HOW}(?:一?些|一点|一筹)?(?=$|[，,])"
        ),
    ),
)
COMPARING = re.compile(
    r"(?:相?比(?:起来|下来|较)?(?![重例值较])|(?:和|与|跟|同|较)(?=$|[，,的]))|(?:两者|二者|两[地市个家]|双方)(?:之间|间)?|之间"
)


def read_gathered(words: Words) -> Operation | None:
    """The comparison of the two places, or the two times of one place, that a question names; None for more or fewer."""
    found = next(((kind, match) for kind, ask in ASKS if (match := ask.search(words.text))), None)
    if found is None:
        return None
    kind, match = found
    if words.text[: match.start()].endswith(("都", "均")):
        return None  # asked of each, not of one beside the other
    groups = match.groupdict()
    kept = groups.get("mid") or ""
    text = f"{words.text[: match.start()]}，{kept}，{words.text[match.end() :]}"
    rest = indicator_of(COMPARING.sub("，", text), NO_GROUP)
    places, periods = _named(words.places), _named(words.periods)
    if not rest or (len(places), len(periods)) not in ((2, 0), (2, 1), (0, 2), (1, 2)):
        return None
    unit = groups.get("unit") or ""
    made = operands_of(_twice(periods), _twice(places), [rest, rest], unit)
    if made is None:
        return None
    how = groups["how"] or groups.get("rose") or groups.get("fell") or "相差"
    return Operation(kind, *made, is_high=not is_low(how), word=how)


def _named(mentions: Sequence[PlaceMention] | Sequence[PeriodMention]) -> list[str]:
    """What the mentions are called, each once."""
    return list(dict.fromkeys(name_of(one) for one in mentions))


def _twice(names: Sequence[str]) -> list[str]:
    """A name for each of two operands; the one there is stands for both."""
    return list(names) if len(names) == 2 else [*(names or [""])] * 2
