"""The numbers of a sweep read back from a file: all that the page needs is there and of its kind, or a sentence says not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from wargame.analysis.sweep.summary import FORMAT, Plain

MOST_BYTES = 64 * 1024 * 1024
MOST = 1e12  # of any figure


class NotNumbersError(ValueError):
    """A file does not hold the numbers of a sweep. The argument is a sentence that says where it differs."""


@frozen
class Maybe:
    """A shape, or null."""

    shape: Shape


@frozen
class Each:
    """A map from any names to a shape."""

    shape: Shape


@frozen
class Optional:
    """A key that may be missing."""

    shape: Shape


@frozen
class Within:
    """A number of a kind, between two."""

    low: float
    high: float
    kind: type = float


@frozen
class ByTurn:
    """A list of counts, one for every turn."""


# A kind; a list of a shape (`[shape]`), of so many (`(shape, number)`); a map with these keys at least.
Shape: TypeAlias = "type | Within | ByTurn | Maybe | Each | Optional | list[Any] | tuple[Any, int] | Mapping[str, Any]"

UNIT = Within(0, 1)
COUNT = Within(0, MOST, int)
SHARE = {"share": UNIT, "low": UNIT, "high": UNIT}
MEAN = {"mean": Maybe(float), "low": Maybe(float), "high": Maybe(float)}
QUANTILES = {"p5": float, "p25": float, "p50": float, "p75": float, "p95": float}
SECRET = {
    "label": str,
    "games": COUNT,
    **MEAN,
    "mandate": Maybe(UNIT),
    "without_catastrophe": {"games": COUNT, **MEAN},
}
CHOICE = {
    "label": str,
    "stance": str,
    "open": COUNT,
    "chosen": COUNT,
    "share": Maybe(UNIT),
    "share_when_open": Maybe(UNIT),
    "by_turn": ByTurn(),
    "gain_over_others": MEAN,
}
SEAT = {
    "title": str,
    "level": str,
    "score": {"mean": float, **QUANTILES, "histogram": (COUNT, 101)},
    "mandate": SHARE,
    "top": Maybe(SHARE),
    "stances": {"escalate": UNIT, "hold": UNIT, "deescalate": UNIT},
    "escalation_correlation": Maybe(float),
    "choices": Each({"label": str, "options": Each(SECRET)}),
    "agendas": Each(SECRET),
}
CARD = {
    "title": str,
    "pool": str,
    "required": bool,
    "games": SHARE,
    "per_game": float,
    "times": COUNT,
    "by_turn": ByTurn(),
    "choices": Each({"choices": COUNT, "options": Each(CHOICE)}),
}
TRACK = {
    "label": str,
    "range": (float, 2),
    "group": str,
    "bands": [{"low": float, "high": float, "name": str, "reached": bool}],
    "turns": [{"turn": COUNT, "mean": float, **QUANTILES}],
    "reached": Maybe((float, 2)),
}
AGREEMENT = {
    "label": str,
    **dict.fromkeys(("proposed", "signed", "declined", "unanswered", "left", "lapsed", "leaked"), float),
    "by_turn": {"signed": ByTurn()},
}
MOTION = {
    "label": str,
    **dict.fromkeys(("tabled", "passed", "failed", "vetoed"), float),
    "by_turn": {"passed": ByTurn()},
}
NEVER = {
    **{key: [str] for key in ("cards", "agreements", "motions", "motions_passed", "endings", "flags")},
    "options": [{"card": str, "seat": str, "option": str}],
    "orders": [{"seat": str, "order": str, "open": COUNT}],
    "bands": [{"track": str, "band": str}],
}
TIME = {
    "assumed": str,
    "before_turn_1": float,
    "by_clocks": Maybe(float),
    "by_reading": float,
    "phases": [{"label": str, "seconds": Maybe(float), "per_game": float}],
    "turns": [{"turn": COUNT, "by_reading": float}],
    "seats": Each(
        {"briefing_words": COUNT, "menu_words": COUNT, "card_words_a_turn": [float], "decisions_a_turn": [float]},
    ),
}
TARGET = {
    **dict.fromkeys(("measure", "of", "words", "unit"), str),
    **dict.fromkeys(("figure", "low", "high"), float),
    "met": bool,
}
DIFFERENCE = {"label": str, "seat": str, "share": UNIT, "share_against": UNIT, "difference": float, "low": float, "high": float}
AGAINST = {
    "bots": str,
    "seats": Each({"level": str, "against": str, "gain": MEAN, "mandate": UNIT, "mandate_against": UNIT}),
    "options": [{**DIFFERENCE, "card": str}],
    "orders": [DIFFERENCE],
}
NUMBERS: Shape = {
    "scenario": {"id": str, "title": str, "version": str, "digest": str},
    "bots": str,
    "seed": int,
    "games": COUNT,
    "people": [str],
    "turns": {"most": COUNT, "mean": float, "played": [COUNT]},
    "mandate": float,
    "seats": Each(SEAT),
    "nobody": SHARE,
    "catastrophes": SHARE,
    "together": {"seats_that_meet": [UNIT], "pairs": [{"seats": (str, 2), "share": UNIT, "if_independent": UNIT}]},
    "endings": [{"id": Maybe(str), "title": str, "catastrophe": bool, "games": COUNT, **SHARE, "by_turn": ByTurn()}],
    "cards": Each(CARD),
    "actions": Each(Each({**CHOICE, "refunded": COUNT, "unpaid": COUNT})),
    "agreements": Each(AGREEMENT),
    "motions": Each(MOTION),
    "tracks": Each(TRACK),
    "never": NEVER,
    "time": TIME,
    "health": Optional({"quick": bool, "targets": [TARGET]}),
    "against": Optional(AGAINST),
}
KINDS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def read_numbers(data: bytes) -> Plain:
    """What `wargame simulate --json` printed. Raises NotNumbersError."""
    if len(data) > MOST_BYTES:
        raise NotNumbersError(f"it is larger than {MOST_BYTES // 1024 // 1024} MiB.")
    try:
        numbers = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise NotNumbersError("it is not text in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise NotNumbersError(f"it is not JSON (line {error.lineno}, column {error.colno}).") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, lists within lists without end
        raise NotNumbersError("it holds what no figure can be.") from None
    if not isinstance(numbers, dict) or numbers.get("format") != FORMAT:
        raise NotNumbersError(f"it needs `format`: {FORMAT} at its top.")
    first = _Checker(0)
    first.check(numbers, {"turns": {"played": [COUNT]}}, "")
    _Checker(len(numbers["turns"]["played"])).check(numbers, NUMBERS, "")
    _fit(numbers)
    return numbers


def _fit(numbers: Plain) -> None:
    """What has to fit: names that are looked up, figures that are parts of others."""
    seats, people = numbers["seats"], numbers["people"]
    if numbers["games"] < 1:
        raise NotNumbersError("`games` is less than 1.")
    if not people or any(name not in seats for name in people):
        raise NotNumbersError("`people` is not a list of its seats.")
    for name in people:
        if name not in numbers["actions"]:
            raise NotNumbersError(f"`actions` has no `{name}`.")
        if seats[name]["top"] is None:
            raise NotNumbersError(f"{_shown(f'.seats.{name}.top')} is not a map.")
    if any(name not in seats for name in [*numbers["actions"], *numbers.get("against", {"seats": {}})["seats"]]):
        raise NotNumbersError("orders or comparisons are of a seat that is not among its seats.")
    for card in numbers["cards"].values():
        for choice in card["choices"].values():
            for told in choice["options"].values():
                if not told["chosen"] <= min(told["open"], choice["choices"]):
                    raise NotNumbersError("an option was chosen more often than it was open.")


def _no_constant(name: str) -> Any:
    raise ValueError(name)


@frozen
class _Checker:
    """Holds a value against a shape; `turns`: how long a list by turn is."""

    turns: int

    def check(self, value: Any, shape: Any, where: str) -> None:
        if isinstance(shape, Maybe):
            if value is not None:
                self.check(value, shape.shape, where)
        elif isinstance(shape, type):
            _kind(value, shape, where)
        elif isinstance(shape, Within):
            _kind(value, shape.kind, where)
            if not shape.low <= value <= shape.high:
                raise NotNumbersError(f"{_shown(where)} is not between {shape.low:g} and {shape.high:g}.")
        elif isinstance(shape, ByTurn):
            self.check(value, (COUNT, self.turns), where)
        elif isinstance(shape, (list, tuple)):
            self._list(value, shape, where)
        elif not isinstance(value, dict):
            raise NotNumbersError(f"{_shown(where)} is not a map.")
        elif isinstance(shape, Each):
            for name, each in value.items():
                self.check(each, shape.shape, f"{where}.{name}")
        else:
            self._keys(value, shape, where)

    def _list(self, value: Any, shape: Sequence[Any], where: str) -> None:
        so_many = shape[1] if isinstance(shape, tuple) else None
        if not isinstance(value, list) or so_many not in (None, len(value)):
            raise NotNumbersError(f"{_shown(where)} is not a list" + ("." if so_many is None else f" of {so_many}."))
        for place, each in enumerate(value):
            self.check(each, shape[0], f"{where}[{place}]")

    def _keys(self, value: Mapping[str, Any], shape: Mapping[str, Any], where: str) -> None:
        for key, wanted in shape.items():
            optional = isinstance(wanted, Optional)
            if key in value:
                self.check(value[key], wanted.shape if optional else wanted, f"{where}.{key}")
            elif not optional:
                raise NotNumbersError(f"{_shown(where)} has no `{key}`.")
        if MEAN.keys() <= shape.keys() and len({value[key] is None for key in MEAN}) > 1:
            raise NotNumbersError(f"{_shown(where)} has only a part of `mean`, `low` and `high`.")


def _kind(value: Any, kind: type, where: str) -> None:
    right = isinstance(value, (int, float) if kind is float else kind) and (kind is bool or not isinstance(value, bool))
    if not right or (kind in (int, float) and abs(value) > MOST):
        raise NotNumbersError(f"{_shown(where)} is not {KINDS[kind]}.")


def _shown(where: str) -> str:
    """A place as words of bounded length, names of a hostile file included."""
    words = "".join(sign if sign.isprintable() else "?" for sign in where.removeprefix("."))
    return f"`{words if len(words) <= 100 else words[:100] + '…'}`" if words else "the whole"
