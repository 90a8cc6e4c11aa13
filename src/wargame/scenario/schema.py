"""JSON Schema 2020-12 of the language, for editors: derived from the model, worded by the guide, with a scenario's own names.

One schema serves every file of a folder. A file with a key that only a main file may have is one, and needs `format`; any other
is taken in by `include` and needs no key. The schema asks for what can be said of a value alone; `wargame check` does the rest.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from enum import Enum
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import define, field, frozen

from wargame.scenario import guide_words, model
from wargame.scenario.bounds import CALL, EXTRA_KEYS, LANGUAGE, LIMITS, MOST, RULEBOOK, SHORT, WORDS, keys_of, of_field
from wargame.scenario.files import RULEBOOK_FILE, SCENARIO_FILE
from wargame.scenario.guide import MEMBERS, Doc, of_key
from wargame.scenario.known import Known, Names
from wargame.scenario.node import Map, Scalar, Seq
from wargame.scenario.scalars import NAME
from wargame.scenario.text import Text

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CALLED = ("values", "effect_groups")  # sections whose entries may have parameters
MAIN_KEYS = ("format", "languages", "rulebooks", *EXTRA_KEYS)  # an included file has none of them
STALE = "There is no such name. If you have just added it, make this list again with `wargame schema`."
_SPREAD = ("properties", "$defs")  # parts of the schema that are written one line each
_SPAN = r"^-?[0-9]{1,9}(\s*-\s*-?[0-9]{1,9})?$"


@frozen
class Refers:
    """Names of which a value is one: their sorts (`Known.names`), further words, and whether others are right too."""

    sorts: tuple[str, ...]
    words: tuple[str, ...] = ()
    open: bool = False


_SIDE, _SEAT, _PIECE = Refers(("sides",)), Refers(("seats",)), Refers(("pieces",))
# A domain may also be `neighbours(place)`; a card may go to a name that it binds.
_DOMAIN = Refers(("owners",), ("seats", "areas"), open=True)
_ADDRESSEE = Refers(("sides",), open=True)

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
    (model.Requirement, "for_"): _SIDE,
    (model.Target, "of"): _DOMAIN,
    (model.Action, "seat"): _SIDE,
    (model.Action, "locks"): Refers(("locks",)),
    (model.Inject, "to"): _ADDRESSEE,
    (model.Inject, "bind"): Refers(("owners", "values", "areas"), ("seats", "areas"), open=True),
    (model.Inject, "objective"): Refers(("objectives",)),
    (model.Agreement, "parties"): _SIDE,
    (model.Transfers, "groups"): _SIDE,
    (model.Bloc, "seat"): _SIDE,
    (model.Lobby, "seats"): _SIDE,
    (model.Body, "speaker"): _SIDE,
    (model.Veto, "by"): _SIDE,
    (model.Motion, "body"): Refers(("bodies",)),
    (model.Choice, "seat"): _SIDE,
    (model.Placement, "seats"): _SIDE,
    (model.Placement, "piece"): _PIECE,
}

# Fields whose keys are names, level by level.
KEYS: Mapping[tuple[type, str], tuple[Refers, ...]] = {
    (model.Seat, "start"): (Refers(("resources",)),),
    (model.Area, "values"): (Refers(("area_values",)),),
    (model.Area, "pieces"): (_PIECE, Refers(("owned",))),
    (model.Action, "cost"): (Refers(("resources",)),),
    (model.Action, "names"): (_SEAT,),
    (model.Inject, "hint"): (_ADDRESSEE,),
    (model.Inject, "texts"): (Refers(("sides",), ("others",), open=True),),
    (model.Inject, "choices"): (_ADDRESSEE,),
    (model.Agreement, "cost"): (_SIDE,),
    (model.Motion, "leans"): (Refers(("blocs",)),),
    (model.Scenario, "agendas"): (_SIDE,),
    (model.Scoring, "seats"): (_SIDE,),
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
}

# What stands under the keys of effects: a definition, or the sort of names.
_EFFECT_PARTS: Mapping[str, str] = {
    **dict.fromkeys(("success", "failure", "then", "else", "do", "otherwise", "effects"), "effects"),
    **dict.fromkeys(("label", "news"), "text"),
    "outcomes": "rows",
    "let": "name",
    "to": "audience",
    "with": "bindings",
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "each": ("do",),
    "let": ("be",),
    "move": ("from", "to"),
    "place": ("in",),
    "remove": ("in",),
    "transfer": ("of", "from", "to"),
}
_SORTS: Mapping[tuple[str, str], str] = {
    ("inject", "inject"): "injects",
    ("move", "move"): "pieces",
    ("place", "place"): "pieces",
    ("remove", "remove"): "pieces",
    ("transfer", "of"): "resources",
}
_SHORT_OF: Mapping[str, tuple[str, ...]] = {
    "flags": ("set {}", "clear {}"),
    "injects": ("inject {}",),
    "agreements": ("end {}",),
    "motions": ("call_vote {}",),
    "clocks": ("start_clock {}", "stop_clock {}"),
    "choices": ("open {}",),
    "endings": ("end_game {}",),
}


def schema_of(known: Known, comment: str = "") -> Schema:
    """The schema of the files of a scenario with these names. `comment` says how it was made."""
    return _Builder(known).whole(comment)


@define
class _Builder:
    known: Known
    defs: dict[str, Schema] = field(factory=dict)

    def whole(self, comment: str) -> Schema:
        """The schema of a file."""
        properties = self.properties(model.Scenario, False)
        main: Schema = {"anyOf": [{"required": [key]} for key in MAIN_KEYS]}
        without = {"not": {"required": ["include"]}}
        made: Schema = {
            "$schema": DIALECT,
            **({"$comment": comment} if comment else {}),
            "description": f"A {SCENARIO_FILE} or {RULEBOOK_FILE} of wargame, or a file that one of them includes.",
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            "if": main,
            "then": {"required": ["format"], "if": without, "then": {"required": ["id"]}},
        }
        return {**made, "$defs": dict(sorted(self.defs.items()))}

    # Definitions

    def refer(self, name: str, made: Schema | None = None) -> Schema:
        """A reference to a definition, which is made at its first use."""
        if name not in self.defs:
            self.defs[name] = {}  # it may refer to itself
            self.defs[name] = made if made is not None else getattr(self, f"_{name}")()
        return {"$ref": f"#/$defs/{name}"}

    def entry(self, cls: type, some: bool) -> Schema:
        """An entry of the model. `some`: one that replaces parts of a rulebook's entry, so that no key is needed."""
        name = cls.__name__ + ("Part" if some else "")
        if name not in self.defs:
            self.defs[name] = {}
            made = self._object(cls, some)
            self.defs[name] = {"anyOf": [self.refer("text"), made]} if cls in SHORT else made
        return {"$ref": f"#/$defs/{name}"}

    def _object(self, cls: type, some: bool) -> Schema:
        required = [] if some else [key for key, (item, _) in keys_of(cls).items() if item.default is attrs.NOTHING]
        made: Schema = {"type": "object", "properties": self.properties(cls, some), "additionalProperties": False}
        return {**made, "required": required} if required else made

    def properties(self, cls: type, some: bool) -> Schema:
        """The keys of a class with what each holds."""
        made: Schema = {}
        for key, (item, hint) in keys_of(cls).items():
            made[key] = {"description": self._said(cls, key, item), **self.value(hint, cls, item.name, some)}
        if cls is model.Action:
            made["target"] = {**_described(of_key(cls, "target")), **self.entry(model.Target, some)}
        for extra in EXTRA_KEYS if cls is model.Scenario else ():
            names = self._overrides() if extra == "overrides" else self.named(VALUES[model.Scenario, extra])
            made[extra] = {**_described(of_key(cls, extra)), **_listed(names)}
        return made

    def _said(self, cls: type, key: str, item: attrs.Attribute[Any]) -> str:
        doc = of_key(cls, key)
        words = said(doc) if doc is not None else ""
        value = item.default.value if isinstance(item.default, Enum) else item.default
        plain = isinstance(value, (int, str)) and not isinstance(value, bool) and value != ""
        return f"{words} `{value}` if left out." if plain else words

    # Values

    def value(self, hint: Any, cls: type, name: str, some: bool = False, above: tuple[str, ...] = ()) -> Schema:
        """What a field of a type may hold, as `structure.py` reads it. `above`: the keys above, in a map of maps."""
        origin, args = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            return self._union([arg for arg in args if arg is not type(None)], cls, name, some)
        if origin is tuple:
            return self._tuple(args, cls, name)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(args[1], cls, name, some, above)
        refers = of_field(VALUES, cls, name)
        if refers is not None and hint in {Scalar, str, Text}:
            names = self.named(refers)
            return self._in_languages(names) if hint is Text else names
        if hint is Scalar:
            return self.refer("expression")
        if hint is Text:
            return self.refer("text")
        if hint is bool:
            return {"type": "boolean"}
        if hint is int:
            return self._int(of_field(LIMITS, cls, name) or (0, MOST), cls is not model.Parameter)
        if hint is str:
            return self._str(cls, name)
        if hint is model.Range:
            return self.refer("range")
        if hint is model.Span:
            return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _SPAN}]}
        if issubclass(hint, Enum):
            return {"enum": [one.value for one in hint], "enumDescriptions": [MEMBERS[one] for one in hint]}
        return self.entry(hint, some)

    def _union(self, args: list[Any], cls: type, name: str, some: bool) -> Schema:
        if set(args) == {Scalar, Seq, Map}:
            return self.refer(of_field(NODES, cls, name) or "effects")
        if len(args) == 1:
            return self.value(args[0], cls, name, some)
        return {"anyOf": [self.value(arg, cls, name, some) for arg in args]}

    def _tuple(self, args: tuple[Any, ...], cls: type, name: str) -> Schema:
        if args[-1] is not Ellipsis:
            return {"type": "array", "items": self.value(args[0], cls, name), "minItems": len(args), "maxItems": len(args)}
        if args[0] is model.Band:
            return self.refer("bands")
        return _listed(self.value(args[0], cls, name))

    def _mapping(self, inner: Any, cls: type, name: str, some: bool, above: tuple[str, ...]) -> Schema:
        """A map. Where its keys are names those known are listed; entries that a rulebook has too need not be whole."""
        levels = of_field(KEYS, cls, name) or ()
        refers = levels[len(above)] if len(above) < len(levels) else None
        names = {} if refers is None else self._names(refers)
        path = (name, *above)
        below = [one[len(path)] for one in sorted(self.known.below) if one[:-1] == path] if cls is model.Scenario else []

        def held(key: str) -> Schema:
            return self.value(inner, cls, name, some or key in below, (*above, key))

        made: Schema = {"type": "object"}
        if names or below:
            made["properties"] = {key: held(key) for key in dict.fromkeys([*names, *below])}
        if names and refers is not None and not refers.open and not self.known.partial:
            return {**made, "additionalProperties": False, "errorMessage": STALE}
        spelling = CALL if cls is model.Scenario and name in CALLED else NAME
        return {**made, "propertyNames": {"pattern": _pattern(spelling)}, "additionalProperties": held("*")}

    def _int(self, limits: tuple[int, int], parameters: bool = True) -> Schema:
        number: Schema = {"type": "integer", "minimum": limits[0], "maximum": limits[1]}
        if not parameters:
            return number
        names = self.known.of("parameters")
        if names:
            return {"anyOf": [number, self.refer("parameter", _enumerated(names))]}
        return {"anyOf": [number, {"type": "string", "pattern": _pattern(NAME)}]} if self.known.partial else number

    def _str(self, cls: type, name: str) -> Schema:
        words = of_field(WORDS, cls, name)
        if words is not None:
            return {"enum": list(words)}
        spelling = {"id": NAME, "languages": LANGUAGE}.get(name)
        return {"type": "string"} if spelling is None else {"type": "string", "pattern": _pattern(spelling)}

    def _in_languages(self, one: Schema) -> Schema:
        """A text, or one for each language."""
        languages = list(self.known.languages)
        each: Schema = {"type": "object", "minProperties": 1}
        if languages:
            each |= {"properties": dict.fromkeys(languages, one), "required": languages, "additionalProperties": False}
        else:
            each |= {"propertyNames": {"pattern": _pattern(LANGUAGE)}, "additionalProperties": one}
        return {"anyOf": [one, each]}

    # Names

    def _names(self, refers: Refers) -> Names:
        files = {
            "rulebooks": self.known.rulebooks,
            "parts": [file for file in self.known.files if file.endswith((".yaml", ".yml"))],
            "briefings": [file for file in self.known.files if file.endswith(".md")],
        }
        found = dict(self.known.of(*refers.sorts))
        for sort in refers.sorts:
            found.update(dict.fromkeys(files.get(sort, ()), ""))
        return {**found, **dict.fromkeys(refers.words, "")}

    def named(self, refers: Refers) -> Schema:
        """A name of these sorts: one of those known, or any where others may be right too or none are known."""
        names = self._names(refers)
        name = "_or_".join((*refers.sorts, *refers.words)) + ("_or_other" if refers.open else "")
        if refers.open:
            anything: Schema = {"type": ["string", "number", "boolean"]}
            files = refers.sorts[0] in {"rulebooks", "parts", "briefings"}
            if files:
                anything = {
                    "type": "string",
                    "pattern": _pattern(RULEBOOK) if refers.sorts == ("rulebooks",) else r"^[^/\\:~][^\\:]*$",
                }
            return self.refer(name, {"anyOf": [_enumerated(names), anything]} if names else anything)
        spelled: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"}
        if not names:
            return self.refer(name, spelled)
        known = _enumerated(names)
        return self.refer(name, {"anyOf": [known, spelled]} if self.known.partial else {**known, "errorMessage": STALE})

    def _overrides(self) -> Schema:
        names = {".".join(path): "" for path in sorted(self.known.below)}
        anything: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"}
        return {"anyOf": [_enumerated(names), anything]} if names else anything

    # What is not of the model: each method makes the definition of its name.

    def _text(self) -> Schema:
        return self._in_languages({"type": "string"})

    def _name(self) -> Schema:
        return {"type": "string", "pattern": _pattern(NAME)}

    def _range(self) -> Schema:
        return {"type": "array", "items": self._int((-MOST, MOST)), "minItems": 2, "maxItems": 2}

    def _bands(self) -> Schema:
        return {"type": "object", "patternProperties": {_SPAN: self.refer("text")}, "additionalProperties": False}

    def _expression(self) -> Schema:
        anything: Schema = {"type": ["string", "number", "boolean"]}
        return {"anyOf": [_enumerated(self.known.places), anything]} if self.known.places else anything

    def _sight(self) -> Schema:
        held = {**guide_words.READERS, **self.known.of("sides")}
        conditions: Schema = {
            "type": "object",
            "properties": {
                level: {"description": words, **self.refer("expression")} for level, words in guide_words.LEVELS.items()
            },
            "additionalProperties": False,
        }
        level = self.refer("level", {"anyOf": [_enumerated(guide_words.LEVELS), conditions]})
        by_seat: Schema = {
            "type": "object",
            "properties": {name: {"description": words, **level} for name, words in held.items()},
        }
        if self.known.of("sides") and not self.known.partial:
            by_seat |= {"additionalProperties": False, "errorMessage": STALE}
        else:
            by_seat |= {"propertyNames": {"pattern": _pattern(NAME)}, "additionalProperties": level}
        return {"anyOf": [_enumerated(guide_words.SIGHTS), by_seat]}

    def _covert(self) -> Schema:
        words = _enumerated(
            {"public": "Everybody learns who did it.", "covert": "Nobody but the seat itself learns who did it."}
        )
        return {"anyOf": [words, {"type": "array", "items": self.named(_SIDE)}]}

    def _readers(self) -> Schema:
        return _enumerated(
            {"public": "Everybody reads it.", "addressees": "Only those addressed read it and learn the answers."}
        )

    def _step(self) -> Schema:
        effects = {"description": "Effects of your own.", **self.refer("effects")}
        own: Schema = {
            "type": "object",
            "properties": {"effects": effects},
            "required": ["effects"],
            "additionalProperties": False,
        }
        return {"anyOf": [_enumerated(guide_words.STEPS), own]}

    def _effects(self) -> Schema:
        verbs = [self.refer(f"effect_{verb}", self._effect(verb)) for verb in guide_words.VERBS]
        return {"type": "array", "items": {"anyOf": [self.refer("short_effect"), *verbs]}}

    def _short_effect(self) -> Schema:
        places = {**self.known.of("tracks"), **{name: words for name, words in self.known.places.items() if "." in name}}
        found = {f"{place} {sign}1": words for place, words in places.items() for sign in "+-"}
        for sort, forms in _SHORT_OF.items():
            for name, words in self.known.of(sort).items():
                found |= {form.format(name): words for form in forms}
        found |= {re.sub(r"\s*:\s*[a-z]+", "", name): "An effect group." for name in self.known.of("effect_groups")}
        text: Schema = {"type": "string", "minLength": 1}
        return {"anyOf": [_enumerated(found), text]} if found else text

    def _effect(self, verb: str) -> Schema:
        doc = guide_words.VERBS[verb]
        parts = {verb: doc, **doc.keys}
        needed = [verb, *_NEEDED.get(verb, ())]
        properties = {key: {**_described(part), **self._effect_part(verb, key)} for key, part in parts.items()}
        return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}

    def _effect_part(self, verb: str, key: str) -> Schema:
        if (verb, key) in _SORTS:
            return self.named(Refers((_SORTS[verb, key],)))
        if (verb, key) == ("do", "do"):
            groups = {re.sub(r"\s*:\s*[a-z]+", "", name): "" for name in self.known.of("effect_groups")}
            return {"anyOf": [_enumerated(groups), {"type": "string"}]} if groups else {"type": "string"}
        if key == "to" and verb != "news":
            return self.refer("expression")
        return self.refer(_EFFECT_PARTS.get(key, "expression"))

    def _rows(self) -> Schema:
        properties = {key: {**_described(doc), **self._effect_part("", key)} for key, doc in guide_words.ROW.items()}
        return {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "properties": properties, "additionalProperties": False},
        }

    def _audience(self) -> Schema:
        return _listed(self.named(Refers(("sides",), ("all", "me"), open=True)))

    def _bindings(self) -> Schema:
        return {"type": "object", "propertyNames": self.refer("name"), "additionalProperties": self.refer("expression")}


def written(schema: Schema) -> str:
    """The schema as JSON, one line for each of its parts: short enough to load, and its differences can be read."""
    parts = {
        key: ",\n".join(f"  {_json(name)}: {_json(part)}" for name, part in value.items())
        for key, value in schema.items()
        if key in _SPREAD
    }
    lines = [
        f"{_json(key)}: {{\n{parts[key]}\n }}" if key in parts else f"{_json(key)}: {_json(value)}"
        for key, value in schema.items()
    ]
    return "{\n " + ",\n ".join(lines) + "\n}\n"


def said(doc: Doc) -> str:
    """The words of a guide's entry, with its example."""
    return f"{doc.words} Example: `{doc.example}`." if doc.example else doc.words


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _described(doc: Doc | None) -> Schema:
    return {} if doc is None else {"description": said(doc)}


def _listed(one: Schema) -> Schema:
    """A list, or a single value that stands for a list of one."""
    return {"anyOf": [{"type": "array", "items": one}, one]}


def _enumerated(names: Names) -> Schema:
    made: Schema = {"enum": list(names)}
    return {**made, "enumDescriptions": list(names.values())} if any(names.values()) else made


def _pattern(pattern: re.Pattern[str]) -> str:
    """A pattern as ECMA writes it, anchored at both ends."""
    return f"^(?:{pattern.pattern.removesuffix(chr(92) + 'Z')})$"
