"""What the fields of the model may hold beyond what their types say: bounds, counts, words, short forms, spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, get_type_hints

import attrs

from wargame.scenario import model

T = TypeVar("T")

MOST = 1_000_000  # the largest number a scenario may hold, either sign

# Bounds of whole numbers that are narrower than 0..MOST.
LIMITS: Mapping[tuple[type, str], tuple[int, int]] = {
    (model.Parameter, "default"): (-MOST, MOST),
    (model.Rulebook, "with_"): (-MOST, MOST),
    (model.Quantity, "start"): (-MOST, MOST),
    (model.AreaValue, "start"): (-MOST, MOST),
    (model.Seat, "start"): (-MOST, MOST),
    (model.Team, "delay"): (5, 3_600),
    (model.Area, "at"): (0, 99),
    (model.Area, "values"): (-MOST, MOST),
    (model.Clock, "max"): (1, MOST),
    (model.Clock, "tick"): (1, MOST),
    (model.Turns, "count"): (1, 1000),
    (model.Trial, "turn"): (1, 1000),
    (model.Action, "order"): (0, 99),
    (model.Trigger, "cooldown"): (0, 200),
    (model.Expectation, "within"): (1, 1000),
    (model.Agreement, "secret"): (0, 100),
    (model.Transfers, "limit"): (0, 100),
    (model.Bloc, "votes"): (1, 1000),
    (model.Lobby, "per_point"): (0, 100),
    (model.Lobby, "limit"): (0, 100),
    (model.Veto, "ayes"): (1, MOST),
    (model.Motion, "ayes"): (1, MOST),
    (model.Placement, "count"): (1, 100),
    (model.Agenda, "max"): (0, 100),
    (model.Phase, "seconds"): (0, 86_400),
    (model.Phase, "orders"): (0, 20),
    (model.Phase, "agreements"): (0, 20),
    (model.Phase, "cards"): (0, 20),
    (model.Phase, "cards_with_chained"): (0, 20),
    (model.Phase, "draw"): (0, 20),
    (model.Scoring, "mandate"): (0, 100),
    (model.Scoring, "ending_cap"): (0, 100),
}

# How many entries a section may hold where that multiplies: each area has a slot for each piece of each owner.
COUNTS: Mapping[tuple[type, str], int] = {
    (model.Scenario, "seats"): 250,
    (model.Scenario, "factions"): 40,
    (model.Seat, "leanings"): 20,
    (model.Scenario, "areas"): 200,
    (model.Scenario, "area_values"): 20,
    (model.Scenario, "pieces"): 20,
}

# Words of which a text field takes one.
WORDS: Mapping[tuple[type, str], tuple[str, ...]] = {
    (model.Flag, "expires"): ("never", "turn_end"),
    (model.Motion, "ayes"): ("majority", "unanimous"),
}

# Entries that may be just their label.
SHORT: Mapping[type, str] = {
    model.Flag: "label",
    model.Faction: "label",
    model.Role: "label",
    model.Team: "rule",
    model.Leaning: "label",
    model.ChoiceOption: "label",
    model.Objective: "title",
    model.Rulebook: "name",
}

# The name of an entry that may have parameters, of a rulebook, and of a language.
CALL = re.compile(r"[a-z][a-z0-9_]*\s*(\(\s*[a-z][a-z0-9_]*(\s*:\s*[a-z]+)?(\s*,\s*[a-z][a-z0-9_]*(\s*:\s*[a-z]+)?)*\s*\))?\Z")
RULEBOOK = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")

EXTRA_KEYS = ("include", "overrides")  # top-level keys that the loader has used up before there is a model


@cache
def keys_of(cls: type) -> Mapping[str, tuple[attrs.Attribute[Any], Any]]:
    """Key -> field and its resolved type, in declared order."""
    hints = get_type_hints(cls)
    return {
        item.name.removesuffix("_"): (item, hints[item.name])
        for item in attrs.fields(cls)
        if item.name not in {"mark", "sources"}
    }


@cache
def required_of(cls: type) -> Mapping[str, tuple[attrs.Attribute[Any], Any]]:
    """The fields among those that must be given."""
    return {key: (item, hint) for key, (item, hint) in keys_of(cls).items() if item.default is attrs.NOTHING}


def of_field(table: Mapping[tuple[type, str], T], cls: type, name: str) -> T | None:
    """What a table says of a field of a class, or of what that is a kind of; None where it says nothing."""
    return next((table[base, name] for base in cls.__mro__ if (base, name) in table), None)
