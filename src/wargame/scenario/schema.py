"""JSON Schema 2020-12 of the language, for editors: derived from the model, worded by the guide, with a scenario's own names.

One schema serves every file of a folder. A file with a key that only a main file may have is one, and needs `format`; any other
is taken in by `include` and needs no key. The schema asks for what can be said of a value alone; `wargame check` does the rest.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import define, field

from wargame.scenario import model
from wargame.scenario.bounds import CALL, EXTRA_KEYS, LANGUAGE, LIMITS, MOST, RULEBOOK, SHORT, WORDS, keys_of, of_field
from wargame.scenario.files import RULEBOOK_FILE, SCENARIO_FILE
from wargame.scenario.guide import MEMBERS, of_key
from wargame.scenario.known import Known, Names
from wargame.scenario.node import Map, Scalar, Seq
from wargame.scenario.scalars import NAME
from wargame.scenario.schema_names import (
    KEYS,
    NODES,
    STALE,
    VALUES,
    Refers,
    Schema,
    described,
    enumerated,
    listed,
    pattern,
    said,
)
from wargame.scenario.schema_rules import PARTS, SCALAR
from wargame.scenario.text import Text

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CALLED = ("values", "effect_groups")  # sections whose entries may have parameters
MAIN_KEYS = ("format", "languages", "rulebooks", *EXTRA_KEYS)  # an included file has none of them
_SPREAD = ("properties", "$defs")  # parts of the schema that are written one line each
_DOTTED = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
_PATH = r"^[^/\\:~][^\\:]*$"
_SPELLED = {"rulebooks": pattern(RULEBOOK), "parts": _PATH, "briefings": _PATH}  # sorts whose names are no names of entries
_SPAN = r"^-?[0-9]{1,9}(\s*-\s*-?[0-9]{1,9})?$"


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
            self.defs[name] = made if made is not None else _OWN[name](self) if name in _OWN else PARTS[name](self)
        return {"$ref": f"#/$defs/{name}"}

    def entry(self, cls: type, some: bool) -> Schema:
        """An entry of the model. `some`: one that replaces parts of a rulebook's entry, so that no key is needed."""
        name = cls.__name__ + ("Part" if some else "")
        if name not in self.defs:
            self.defs[name] = {}
            made = self._object(cls, some)
            if cls in SHORT:
                item, hint = keys_of(cls)[SHORT[cls]]
                made = {"anyOf": [made, self.value(hint, cls, item.name)]}
            self.defs[name] = made
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
            made["target"] = {**described(of_key(cls, "target")), **self.entry(model.Target, some)}
        for extra in EXTRA_KEYS if cls is model.Scenario else ():
            names = self._overrides() if extra == "overrides" else self.named(VALUES[model.Scenario, extra])
            made[extra] = {**described(of_key(cls, extra)), **listed(names)}
        return made

    def _said(self, cls: type, key: str, item: attrs.Attribute[Any]) -> str:
        doc = of_key(cls, key)
        words = said(doc) if doc is not None else ""
        value = item.default.value if isinstance(item.default, Enum) else item.default
        plain = isinstance(value, (int, str)) and not isinstance(value, bool) and value != ""
        return f"{words} Left out, it is `{value}`." if plain else words

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
        return listed(self.value(args[0], cls, name))

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
        return {**made, "propertyNames": {"pattern": pattern(spelling)}, "additionalProperties": held("*")}

    def _int(self, limits: tuple[int, int], parameters: bool = True) -> Schema:
        number: Schema = {"type": "integer", "minimum": limits[0], "maximum": limits[1]}
        if not parameters:
            return number
        names = self.known.of("parameters")
        if names:
            return {"anyOf": [number, self.refer("parameter", enumerated(names))]}
        return {"anyOf": [number, {"type": "string", "pattern": pattern(NAME)}]} if self.known.partial else number

    def _str(self, cls: type, name: str) -> Schema:
        words = of_field(WORDS, cls, name)
        if words is not None:
            return {"enum": list(words)}
        spelling = {"id": NAME, "languages": LANGUAGE}.get(name)
        return {"type": "string"} if spelling is None else {"type": "string", "pattern": pattern(spelling)}

    def _in_languages(self, one: Schema) -> Schema:
        """A text, or one for each language."""
        languages = list(self.known.languages)
        each: Schema = {"type": "object", "minProperties": 1}
        if languages:
            each |= {"properties": dict.fromkeys(languages, one), "required": languages, "additionalProperties": False}
        else:
            each |= {"propertyNames": {"pattern": pattern(LANGUAGE)}, "additionalProperties": one}
        return {"anyOf": [one, each]}

    # Names

    def _names(self, refers: Refers) -> Names:
        return {**self.known.of(*refers.sorts), **dict.fromkeys(refers.words, "")}

    def named(self, refers: Refers) -> Schema:
        """A name of these sorts: one of those known, or any where others may be right too or none are known."""
        name = "_or_".join((*refers.sorts, *refers.words)) + ("_or_other" if refers.open else "")
        names = self._names(refers)
        spelled: Schema = {"type": "string", "pattern": _SPELLED.get(refers.sorts[0], _DOTTED)}
        other = SCALAR if refers.open and refers.sorts[0] not in _SPELLED else spelled
        if not names:
            return self.refer(name, other)
        known = enumerated(names)
        open_ = refers.open or self.known.partial
        return self.refer(name, {"anyOf": [known, other]} if open_ else {**known, "errorMessage": STALE})

    def _overrides(self) -> Schema:
        names = {".".join(path): "" for path in sorted(self.known.below)}
        anything: Schema = {"type": "string", "pattern": _DOTTED}
        return {"anyOf": [enumerated(names), anything]} if names else anything

    # What stands in many fields

    def _text(self) -> Schema:
        return self._in_languages({"type": "string"})

    def _name(self) -> Schema:
        return {"type": "string", "pattern": pattern(NAME)}

    def _range(self) -> Schema:
        return {"type": "array", "items": self._int((-MOST, MOST)), "minItems": 2, "maxItems": 2}

    def _bands(self) -> Schema:
        return {"type": "object", "patternProperties": {_SPAN: self.refer("text")}, "additionalProperties": False}

    def _expression(self) -> Schema:
        return {"anyOf": [enumerated(self.known.places), SCALAR]} if self.known.places else SCALAR


_OWN: Mapping[str, Callable[[_Builder], Schema]] = {
    "text": _Builder._text,
    "name": _Builder._name,
    "range": _Builder._range,
    "bands": _Builder._bands,
    "expression": _Builder._expression,
}


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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
