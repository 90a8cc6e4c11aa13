"""Where names stand in a scenario, and the small parts that schemas are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from wargame.scenario import model
from wargame.scenario.guide import Doc
from wargame.scenario.known import Names

Schema = dict[str, Any]

STALE = "There is no such name. If you have just added it, make this list again with `wargame schema`."


@frozen
class Refers:
    """Names of which a value is one: their sorts (`Known.names`), further words, and whether others are right too."""

    sorts: tuple[str, ...]
    words: tuple[str, ...] = ()
    open: bool = False


SIDE, SEAT, PIECE = Refers(("sides",)), Refers(("seats",)), Refers(("pieces",))
# A domain may also be `neighbours(place)`; a card may go to a name that it binds.
DOMAIN = Refers(("owners",), ("seats", "areas"), open=True)
ADDRESSEE = Refers(("sides",), open=True)

# Fields whose values (or the items of whose lists, or the values of whose maps) are names.
VALUES: Mapping[tuple[type, str], Refers] = {
    (model.Rulebook, "name"): Refers(("rulebooks",), open=True),
    (model.Scenario, "include"): Refers(("parts",), open=True),
    (model.Piece, "of"): Refers(("owners",)),
    (model.SeatKind, "plays"): Refers(("roles",)),
    (model.Seat, "plays"): Refers(("roles",)),
    (model.Seat, "kind"): Refers(("seat_kinds",)),
    (model.Seat, "briefing"): Refers(("briefings",), open=True),
    (model.Area, "adjacent"): Refers(("areas",)),
    (model.Requirement, "for_"): SIDE,
    (model.Target, "of"): DOMAIN,
    (model.Action, "seat"): SIDE,
    (model.Action, "locks"): Refers(("locks",)),
    (model.Inject, "to"): ADDRESSEE,
    (model.Inject, "bind"): Refers(("owners", "values", "areas"), ("seats", "areas"), open=True),
    (model.Inject, "objective"): Refers(("objectives",)),
    (model.Inject, "tags"): Refers(("content",), open=True),
    (model.Expectation, "who"): SIDE,
    (model.Expectation, "order"): Refers(("actions",)),
    (model.Expectation, "agreement"): Refers(("agreements",)),
    (model.Expectation, "if_missed"): Refers(("injects",)),
    (model.Agreement, "parties"): SIDE,
    (model.Transfers, "groups"): SIDE,
    (model.Bloc, "seat"): SIDE,
    (model.Lobby, "seats"): SIDE,
    (model.Body, "speaker"): SIDE,
    (model.Veto, "by"): SIDE,
    (model.Motion, "body"): Refers(("bodies",)),
    (model.Choice, "seat"): SIDE,
    (model.Placement, "seats"): SIDE,
    (model.Placement, "piece"): PIECE,
}

# Fields whose keys are names, level by level.
KEYS: Mapping[tuple[type, str], tuple[Refers, ...]] = {
    (model.Rulebook, "with_"): (Refers(("parameters",), open=True),),
    (model.Seat, "start"): (Refers(("resources",)),),
    (model.Area, "values"): (Refers(("area_values",)),),
    (model.Area, "pieces"): (PIECE, Refers(("owned",))),
    (model.Action, "cost"): (Refers(("resources",)),),
    (model.Action, "names"): (SEAT,),
    (model.Inject, "hint"): (ADDRESSEE,),
    (model.Inject, "texts"): (Refers(("sides",), ("others",), open=True),),
    (model.Inject, "choices"): (ADDRESSEE,),
    (model.Agreement, "cost"): (SIDE,),
    (model.Motion, "leans"): (Refers(("blocs",)),),
    (model.Scenario, "agendas"): (SIDE,),
    (model.Scoring, "seats"): (SIDE,),
}

# Fields that stay nodes in the model: the definition of each that is no list of effects.
NODES: Mapping[tuple[type, str], str] = {
    (model.Quantity, "seen_by"): "sight",
    (model.AreaValue, "seen_by"): "sight",
    (model.Flag, "seen_by"): "sight",
    (model.Clock, "seen_by"): "sight",
    (model.Choice, "seen_by"): "sight",
    (model.Action, "seen_by"): "covert",
    (model.Inject, "seen_by"): "readers",
    (model.Phase, "do"): "step",
    (model.Trial, "given"): "given",
    (model.Trial, "when"): "deeds",
    (model.Trial, "dice"): "dice",
    (model.Trial, "then"): "expected",
}


def said(doc: Doc) -> str:
    """The words of a guide's entry, with its example."""
    return f"{doc.words} Example: `{doc.example}`." if doc.example else doc.words


def described(doc: Doc | None) -> Schema:
    """The description of what the guide knows."""
    return {} if doc is None else {"description": said(doc)}


def listed(one: Schema) -> Schema:
    """A list, or a single value that stands for a list of one."""
    return {"anyOf": [one, {"type": "array", "items": one}]}


def enumerated(names: Names) -> Schema:
    """One of these names, each with what people call it."""
    made: Schema = {"enum": list(names)}
    return {**made, "enumDescriptions": list(names.values())} if any(names.values()) else made


def pattern(pattern: re.Pattern[str]) -> str:
    """A pattern as ECMA writes it, anchored at both ends."""
    return f"^(?:{pattern.pattern.removesuffix(chr(92) + 'Z')})$"
