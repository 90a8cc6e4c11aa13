"""Schemas of what the model keeps as nodes: who sees what, steps of phases, effects, and what a test does and expects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from wargame.scenario import guide_words
from wargame.scenario.guide import Doc
from wargame.scenario.known import Known, Names
from wargame.scenario.scalars import NAME
from wargame.scenario.schema_names import SIDE, STALE, Refers, Schema, described, enumerated, listed, pattern

NO_EFFECT = "This is no effect. It is a text like `escalation +1`, or a map with a verb like `roll`."
SCALAR: Schema = {"type": ["string", "number", "boolean"]}


class Maker(Protocol):
    """Whoever puts a schema together."""

    known: Known

    def refer(self, name: str) -> Schema:
        """A reference to the definition of this name: one of `PARTS`, or of the parts of the model."""

    def named(self, refers: Refers) -> Schema:
        """A name of these sorts."""


def _sight(maker: Maker) -> Schema:
    held = {**guide_words.READERS, **maker.known.of("sides")}
    level = maker.refer("level")
    by_seat: Schema = {"type": "object", "properties": {name: {"description": words, **level} for name, words in held.items()}}
    if maker.known.of("sides") and not maker.known.partial:
        by_seat |= {"additionalProperties": False, "errorMessage": STALE}
    else:
        by_seat |= {"propertyNames": {"pattern": pattern(NAME)}, "additionalProperties": level}
    return {"anyOf": [enumerated(guide_words.SIGHTS), by_seat]}


def _level(maker: Maker) -> Schema:
    condition = maker.refer("expression")
    conditions = {level: {"description": words, **condition} for level, words in guide_words.LEVELS.items()}
    return {
        "anyOf": [
            enumerated(guide_words.LEVELS),
            {"type": "object", "properties": conditions, "additionalProperties": False},
        ]
    }


def _covert(maker: Maker) -> Schema:
    words = {"public": "Everybody learns who did it.", "covert": "Nobody but the seat itself learns who did it."}
    return {"anyOf": [enumerated(words), {"type": "array", "items": maker.named(SIDE)}]}


def _readers(_: Maker) -> Schema:
    return enumerated({"public": "Everybody reads it.", "addressees": "Only those addressed read it and learn the answers."})


def _step(maker: Maker) -> Schema:
    effects = {"description": "Effects of your own.", **maker.refer("effects")}
    own: Schema = {
        "type": "object",
        "properties": {"effects": effects},
        "required": ["effects"],
        "additionalProperties": False,
    }
    return {"anyOf": [enumerated(guide_words.STEPS), own]}


# ---------------------------------------------------------------- effects

# The form of each short effect that a name of a section can stand in.
_SHORT: Mapping[str, tuple[str, ...]] = {
    "flags": ("set {}", "clear {}"),
    "injects": ("inject {}",),
    "agreements": ("end {}",),
    "motions": ("call_vote {}",),
    "clocks": ("start_clock {}", "stop_clock {}"),
    "choices": ("open {}",),
    "endings": ("end_game {}",),
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "each": ("do",),
    "let": ("be",),
    "move": ("from", "to"),
    "place": ("in",),
    "remove": ("in",),
    "transfer": ("of", "from", "to"),
    "order": ("by",),
    "leave": ("by",),
}
# What stands under the keys of effects: a definition or names; elsewhere an expression.
_EFFECT_PARTS: Mapping[str, str] = {
    **dict.fromkeys(("success", "failure", "then", "else", "otherwise", "effects"), "effects"),
    **dict.fromkeys(("label", "news"), "text"),
    "outcomes": "rows",
    "let": "name",
    "with": "bindings",
    "each.do": "effects",
    "let.do": "effects",
    "do.do": "group",
    "news.to": "audience",
}
_EFFECT_NAMES: Mapping[str, Refers] = {
    "inject.inject": Refers(("injects",)),
    "move.move": Refers(("pieces",)),
    "place.place": Refers(("pieces",)),
    "remove.remove": Refers(("pieces",)),
    "transfer.of": Refers(("resources",)),
}
_DEED_PARTS: Mapping[str, str] = {
    "at": "aims",
    "with": "bindings",
    "answers": "answers",
    "ayes": "counts",
    "lobby": "counts",
    "against": "audience",
    "veto": "truth",
    "step": "step_word",
    "do": "done",
}
_DEED_NAMES: Mapping[str, Refers] = {
    "order": Refers(("actions",)),
    "by": SIDE,
    "card": Refers(("injects",)),
    "trigger": Refers(("injects",)),
    "sign": Refers(("agreements",)),
    "leave": Refers(("agreements",)),
    "vote": Refers(("motions",)),
    "phase": Refers(("phases",)),
}


def _effects(maker: Maker) -> Schema:
    return {"type": "array", "items": {"anyOf": [maker.refer("short_effect"), *_verbs(maker, guide_words.VERBS, "effect")]}}


def _verbs(maker: Maker, verbs: Mapping[str, guide_words.Verb], what: str) -> list[Schema]:
    return [maker.refer(f"{what}_{verb}") for verb in verbs]


def _of_verb(maker: Maker, verb: str, doc: guide_words.Verb, what: str) -> Schema:
    """The map that a verb and its keys make."""
    parts, names = (_EFFECT_PARTS, _EFFECT_NAMES) if what == "effect" else (_DEED_PARTS, _DEED_NAMES)
    properties = {}
    for key, words in {verb: Doc(doc.words, doc.example), **doc.keys}.items():
        refers = names.get(f"{verb}.{key}") or names.get(key)
        part = parts.get(f"{verb}.{key}") or parts.get(key, "expression")
        properties[key] = {**described(words), **(maker.named(refers) if refers is not None else maker.refer(part))}
    return {
        "title": f"{verb}: …",  # an editor offers the whole of it under this name
        "type": "object",
        "properties": properties,
        "required": [verb, *_NEEDED.get(verb, ())],
        "additionalProperties": False,
    }


def _short_effect(maker: Maker) -> Schema:
    known = maker.known
    places = {**known.of("tracks"), **{name: words for name, words in known.places.items() if "." in name}}
    found = {f"{place} {sign}1": words for place, words in places.items() for sign in "+-"}
    for sort, forms in _SHORT.items():
        for name, words in known.of(sort).items():
            found |= {form.format(name): words for form in forms}
    found |= _calls(known)
    text: Schema = {"type": "string", "minLength": 1}
    return {"anyOf": [{**enumerated(found), "errorMessage": NO_EFFECT}, text]} if found else text


def _calls(known: Known) -> Names:
    """The effect groups, as they are called."""
    return {re.sub(r"\s*:\s*[a-z]+", "", name): "An effect group." for name in known.of("effect_groups")}


def _group(maker: Maker) -> Schema:
    groups = _calls(maker.known)
    return {"anyOf": [enumerated(groups), {"type": "string"}]} if groups else {"type": "string"}


def _rows(maker: Maker) -> Schema:
    kinds = {"weight": "expression", "label": "text", "effects": "effects"}
    properties = {key: {**described(doc), **maker.refer(kinds[key])} for key, doc in guide_words.ROW.items()}
    row = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"type": "array", "minItems": 1, "items": row}


def _audience(maker: Maker) -> Schema:
    return listed(maker.named(Refers(("sides",), ("all", "me"), open=True)))


def _bindings(maker: Maker) -> Schema:
    return {"type": "object", "propertyNames": maker.refer("name"), "additionalProperties": maker.refer("expression")}


# ---------------------------------------------------------------- tests


def _given(maker: Maker) -> Schema:
    properties = {name: {"description": words, **SCALAR} for name, words in maker.known.places.items()}
    return {"type": "object", "properties": properties, "additionalProperties": SCALAR}


def _deeds(maker: Maker) -> Schema:
    return listed({"anyOf": _verbs(maker, guide_words.DEEDS, "deed")})


def _dice(_: Maker) -> Schema:
    fall: Schema = {"type": ["integer", "string"]}
    return {"anyOf": [*listed(fall)["anyOf"], {"type": "object", "additionalProperties": listed(fall)}]}


def _expected(maker: Maker) -> Schema:
    parts = {
        "refused": SCALAR,
        "dealt": maker.named(Refers(("injects",))),
        "scheduled": {"type": "string"},
        "ends": maker.named(Refers(("endings",))),
        "news": {"type": "string"},
        "not": maker.refer("expected"),
    }
    properties = {key: {**described(doc), **parts[key]} for key, doc in guide_words.EXPECTED.items()}
    told: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"anyOf": [maker.refer("expression"), {**told, "minProperties": 1, "maxProperties": 1}]}


def _done(maker: Maker) -> Schema:
    return {"anyOf": [maker.refer("short_effect"), maker.refer("effects")]}


def _aims(maker: Maker) -> Schema:
    return listed(maker.named(Refers(("owned", "areas"), open=True)))


def _answers(maker: Maker) -> Schema:
    names = maker.refer("name")
    return {"type": "object", "properties": dict.fromkeys(maker.known.of("sides"), names), "additionalProperties": names}


PARTS: Mapping[str, Callable[[Maker], Schema]] = {
    "sight": _sight,
    "level": _level,
    "covert": _covert,
    "readers": _readers,
    "step": _step,
    "step_word": lambda _: enumerated(guide_words.STEPS),
    "effects": _effects,
    "short_effect": _short_effect,
    "group": _group,
    "rows": _rows,
    "audience": _audience,
    "bindings": _bindings,
    "given": _given,
    "deeds": _deeds,
    "dice": _dice,
    "expected": _expected,
    "done": _done,
    "aims": _aims,
    "answers": _answers,
    "counts": lambda _: {"type": "object", "additionalProperties": {"type": "integer"}},
    "truth": lambda _: {"type": "boolean"},
    **{
        f"{what}_{verb}": lambda maker, verb=verb, doc=doc, what=what: _of_verb(maker, verb, doc, what)  # type: ignore[misc]
        for what, verbs in (("effect", guide_words.VERBS), ("deed", guide_words.DEEDS))
        for verb, doc in verbs.items()
    },
}
