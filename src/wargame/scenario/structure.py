"""Nodes into the model classes: the attrs fields and their types say what each map may hold.

Everything wrong is reported, not the first only. Where a required part is missing or wrong a neutral value takes its place, so
that the entry still exists for the checks that follow; `Structured.broken` tells which lines those checks should not judge.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin

import attrs
from attrs import define, field, frozen

from wargame.scenario import model
from wargame.scenario.bounds import (
    CALL,
    COUNTS,
    EXTRA_KEYS,
    LANGUAGE,
    LIMITS,
    MOST,
    RULEBOOK,
    SHORT,
    WORDS,
    keys_of,
    of_field,
    required_of,
)
from wargame.scenario.node import Map, Mark, Node, Scalar, Seq
from wargame.scenario.problem import MOST_ERRORS, Report, TooManyProblemsError, suggest
from wargame.scenario.reuse import named
from wargame.scenario.scalars import (
    NAME,
    as_bool,
    as_int,
    as_span,
    as_text,
    bool_hint,
    described,
    is_empty,
    name_hint,
    shown,
    width,
)
from wargame.scenario.text import EMPTY, Text, with_numbers

T = TypeVar("T")

MOST_LISTED = 20
MOST_ENTRIES = 2000  # of a map or list; no game has more cards


@frozen
class Context:
    """What structuring needs to know besides the nodes.

    `languages(file)` are the languages that the document of a file declares, default first; `kept` those of the scenario.
    `prose(scalar)` is the text of the file that a scalar names, None after reporting that it cannot be read.
    `numbers` are the parameters, which may stand wherever a whole number may, and as `{name}` in any text.
    """

    report: Report
    languages: Callable[[str], Sequence[str]]
    kept: Sequence[str]
    prose: Callable[[Scalar], str | None]
    numbers: Mapping[str, int] = field(factory=dict)


@frozen
class Structured:
    """The model, the lines (file, first, last) of entries in which something was wrong, and whether every section is there:
    without one, whatever names its entries would seem wrong."""

    scenario: model.Scenario
    broken: tuple[tuple[str, int, int], ...]
    complete: bool


@frozen
class _Place:
    """Where a value stands: for messages, and for the bounds and words its field allows."""

    path: str
    owner: type = object
    name: str = ""

    def at(self, part: str) -> _Place:
        return self.called(f"{self.path}.{part}" if self.path else part)

    def called(self, path: str) -> _Place:
        return _Place(path, self.owner, self.name)

    def look(self, table: Mapping[tuple[type, str], T]) -> T | None:
        return of_field(table, self.owner, self.name)


def structure(root: Map, context: Context, *, partial: bool = False) -> Structured:
    """The scenario that the merged top-level map describes. `partial`: a rulebook alone, which needs neither seats nor turns.

    Raises `TooManyProblemsError` after `MOST_ERRORS`.
    """
    reader = _Reader(context)
    optional = {"turns", "seats", "title"} if partial else set()
    scenario = reader.entry(root, model.Scenario, _Place(""), root.mark, optional=optional, top=True)
    return Structured(scenario, tuple(reader.broken), reader.complete)


def structure_injects(section: Map, context: Context) -> Mapping[str, model.Inject]:
    """The cards in a map by id. Raises `TooManyProblemsError` after `MOST_ERRORS`."""
    cards = _Reader(context).value(section, Mapping[str, model.Inject], _Place("injects", model.Scenario, "injects"))
    return cast(Mapping[str, model.Inject], cards or {})


@define
class _Reader:
    context: Context
    broken: list[tuple[str, int, int]] = field(factory=list)
    complete: bool = True

    # Problems

    def error(self, mark: Mark, code: str, message: str, hint: str = "", width: int = 1) -> None:
        if len(self.context.report.problems) >= MOST_ERRORS:
            raise TooManyProblemsError
        self.context.report.error(mark, code, message, hint, width)

    def wrong(self, node: Node, place: _Place, wanted: str, hint: str = "") -> None:
        if is_empty(node):
            self.error(node.mark, "empty", f"`{place.path}` has no value; it needs {wanted}.", hint)
        else:
            message = f"`{place.path}` needs {wanted}, not {described(node)}."
            self.error(node.mark, "wrong_type", message, hint, width(node))

    # Entries

    def entry(
        self,
        node: Node,
        cls: type[T],
        place: _Place,
        mark: Mark,
        *,
        optional: set[str] | frozenset[str] = frozenset(),
        top: bool = False,
    ) -> T:
        """An entry of class `cls`; whatever is wrong with it, there is one."""
        build: Any = cls
        fields = keys_of(build)
        if cls in SHORT and isinstance(node, Scalar) and not is_empty(node):
            item, hint = fields[SHORT[cls]]
            words = self.value(node, hint, _Place(place.path, cls, item.name))
            return cls(**{item.name: _neutral(hint) if words is None else words, "mark": mark})
        given: dict[str, Any] = {}
        if isinstance(node, Map):
            for key, value in self._spread(self._uncut(node, fields, place), cls, place):
                if top and key.text in EXTRA_KEYS:
                    continue
                if key.text not in fields:
                    self._unknown_key(key, cls, place, top)
                    continue
                item, hint = fields[key.text]
                before = len(self.context.report.problems)
                where = _Place(f"{place.path}.{key.text}" if place.path else key.text, cls, item.name)
                read = (
                    self.prose(value, where) if (cls, key.text) == (model.Seat, "briefing") else self.value(value, hint, where)
                )
                if read is not None:
                    given[item.name] = read
                elif top and get_origin(hint) is not None:
                    self.complete = False
                if top and len(self.context.report.problems) > before:
                    self._note_broken(value, before)
        else:
            self.wrong(node, place, f"a map ({_listed(fields)})")
        for key_text, (item, hint) in required_of(build).items():
            if item.name in given:
                continue
            absent = isinstance(node, Map) and node.get(key_text) is None and not self._shorthand(node, cls, key_text)
            if absent and key_text not in optional:
                said = f"`{place.path}` lacks `{key_text}`." if place.path else f"The file lacks `{key_text}`."
                length = len(place.path.rpartition(".")[2]) if mark != node.mark else 1
                words = [f"`{key_text}: {word.value}`" for word in hint] if isinstance(hint, type(Enum)) else []
                advice = f"write {', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else ""
                self.error(mark, "missing_key", said, advice, length)
            given[item.name] = _neutral(hint)
        return cast(T, build(**given, mark=mark))

    def _uncut(self, node: Map, fields: Mapping[str, object], place: _Place) -> Map:
        """The map without what is no key but the rest of a text that a comma cut off: `{label: Now, at once}`."""
        if all(key.text in fields for key, _ in node.entries):
            return node
        kept: list[tuple[Scalar, Node]] = []
        cut = False
        for key, value in node:
            before = kept[-1][1] if kept else None
            if not (
                key.text not in fields and is_empty(value) and isinstance(before, Scalar) and before.mark.line == key.mark.line
            ):
                kept.append((key, value))
                cut = False
            elif not cut:
                cut = True
                message = f"`{place.path}.{kept[-1][0].text}` ends at a comma: inside `{{...}}` a comma ends the value."
                self.error(before.mark, "comma", message, "put the whole value in quotes", width(before))
        return node if len(kept) == len(node.entries) else Map(tuple(kept), node.mark)

    def _spread(self, node: Map, cls: type, place: _Place) -> list[tuple[Scalar, Node]]:
        """The entries of a map, shorthands written out: `target: {...}` is `targets: {target: {...}}`."""
        if cls is not model.Action or node.get("target") is None:
            return list(node)
        entries: list[tuple[Scalar, Node]] = []
        for key, value in node:
            if key.text != "target":
                entries.append((key, value))
            elif node.get("targets") is not None:
                self.error(
                    key.mark, "bad_value", f"`{place.path}` has `target` and `targets`.", "keep one of them", len(key.text)
                )
            else:
                entries.append((Scalar("targets", key.mark), Map(((key, value),), key.mark)))
        return entries

    def _shorthand(self, node: Map, cls: type, key: str) -> bool:
        return cls is model.Action and key == "targets" and node.get("target") is not None

    def _unknown_key(self, key: Scalar, cls: type, place: _Place, top: bool) -> None:
        keys = list(keys_of(cls)) + (list(EXTRA_KEYS) if top else []) + (["target"] if cls is model.Action else [])
        said = (
            f"`{place.path}` has no key {shown(key.text)}." if place.path else f"There is no top-level key {shown(key.text)}."
        )
        guess = suggest(key.text, keys)
        listed = f"the keys are: {', '.join(keys)}"
        if guess:
            listed = f"{guess} T{listed[1:]}" if len(keys) <= MOST_LISTED else guess
        self.error(key.mark, "unknown_key", said, listed, width(key))

    def _note_broken(self, node: Node, before: int) -> None:
        """Remembers the entries of a section that hold the problems reported since `before`."""
        places = {problem.mark for problem in self.context.report.problems[before:]}
        parts: list[tuple[Mark, Node]]
        if isinstance(node, Map):
            parts = [(key.mark, value) for key, value in node]
        elif isinstance(node, Seq):
            parts = [(item.mark, item) for item in node.items]
        else:
            parts = [(node.mark, node)]
        for mark, part in parts:
            lines = _lines(mark, part)
            if any(place.file in lines and lines[place.file][0] <= place.line <= lines[place.file][1] for place in places):
                self.broken.extend((file, first, last) for file, (first, last) in lines.items())

    # Values

    def value(self, node: Node, hint: Any, place: _Place) -> Any:
        """The node as a value of the type `hint`; None after a problem."""
        return _way(hint)(self, node, place)

    def _union(self, node: Node, args: Sequence[Any], place: _Place) -> Any:
        if bool in args:
            if self._whole(node, place) is not None:
                return self._int(node, place)
            return self._bool(node, place, "`true`, `false` or a whole number")
        if str in args:
            return self._int(node, place) if self._whole(node, place) is not None else self._str(node, place)
        # int | Mapping[str, int]
        if isinstance(node, Map):
            return self.value(node, next(arg for arg in args if arg is not int), place)
        return self._int(node, place, "a whole number or a map of them")

    def _node(self, node: Node, place: _Place) -> Node | None:
        if is_empty(node):
            self.wrong(node, place, "a value")
            return None
        return node

    def _scalar(self, node: Node, place: _Place) -> Scalar | None:
        if not isinstance(node, Scalar) or is_empty(node):
            hint = "put it in quotes" if isinstance(node, (Seq, Map)) else ""
            self.wrong(node, place, "a name or an expression", hint)
            return None
        return node

    def _tuple(self, node: Node, args: tuple[Any, ...], place: _Place) -> Any:
        if args[-1] is not Ellipsis:
            return self._pair(node, args, place)
        inner = args[0]
        if inner is model.Band:
            return self._bands(node, place)
        if is_empty(node):
            self.wrong(node, place, "a list")
            return None
        items = node.items if isinstance(node, Seq) else (node,)
        if len(items) > MOST_ENTRIES:
            message = f"`{place.path}` holds {len(items)} entries; {MOST_ENTRIES} is the most."
            self.error(items[MOST_ENTRIES].mark, "too_many_entries", message)
            return None
        if get_origin(inner) is tuple and isinstance(node, Seq) and items and all(isinstance(item, Scalar) for item in items):
            items = (node,)  # one group, written without the outer brackets
        made = []
        for number, item in enumerate(items, 1):
            where = place.called(f"{place.path} {number}") if isinstance(node, Seq) and len(items) > 1 else place
            read = self.value(item, inner, where)
            if read is not None:
                made.append(read)
        return tuple(made)

    def _pair(self, node: Node, args: tuple[Any, ...], place: _Place) -> Any:
        if not isinstance(node, Seq) or len(node.items) != len(args):
            self.wrong(node, place, f"a list of {len(args)} whole numbers")
            return None
        made = tuple(self.value(item, arg, place) for item, arg in zip(node.items, args, strict=True))
        return None if None in made else made

    def _mapping(self, node: Node, inner: Any, place: _Place) -> Any:
        if not isinstance(node, Map):
            self.wrong(node, place, "a map", "write `{}` for none" if is_empty(node) else "")
            return None
        calls = (place.owner, place.name) in {(model.Scenario, "values"), (model.Scenario, "effect_groups")}
        most = place.look(COUNTS) or MOST_ENTRIES
        if len(node.entries) > most:
            mark = node.entries[most][0].mark
            self.error(mark, "too_many_entries", f"`{place.path}` holds {len(node.entries)} entries; {most} is the most.")
            return None
        made: dict[str, Any] = {}
        for key, value in node:
            if calls and not CALL.match(key.text):
                message = f"{shown(key.text)} is not a name, or a name with parameters."
                self.error(key.mark, "bad_name", message, "write `name` or `name(seat, place: area)`", width(key))
            elif not calls and not NAME.match(key.text):
                message = f"{shown(key.text)} is not a name."
                self.error(key.mark, "bad_name", message, name_hint(key.text), width(key))
            where = place.at(key.text if len(key.text) <= 60 else key.text[:59] + "…")
            if isinstance(inner, type) and attrs.has(inner) and issubclass(inner, model.Entry):
                made[key.text] = self.entry(value, inner, where, key.mark)
                continue
            read = self.value(value, inner, where)
            if read is not None:
                made[key.text] = read
        return made

    def _bool(self, node: Node, place: _Place, wanted: str = "`true` or `false`") -> bool | None:
        read = as_bool(node) if isinstance(node, Scalar) else None
        if read is None:
            self.wrong(node, place, wanted, bool_hint(node))
        return read

    def _int(self, node: Node, place: _Place, wanted: str = "a whole number") -> int | None:
        read = self._whole(node, place)
        if read is None:
            hint = ""
            if isinstance(node, Scalar):
                quoted = node.quoted and as_int(Scalar(node.text)) is not None
                hint = "write it without quotes" if quoted else suggest(node.text, self.context.numbers)
            self.wrong(node, place, wanted, hint)
            return None
        lo, hi = place.look(LIMITS) or (0, MOST)
        if not lo <= read <= hi:
            hint = f"that is the parameter {shown(node.text)}" if isinstance(node, Scalar) and as_int(node) is None else ""
            self.error(node.mark, "out_of_range", f"`{place.path}` must be from {lo} to {hi}, not {read}.", hint, width(node))
            return None
        return read

    def _whole(self, node: Node, place: _Place) -> int | None:
        """The whole number that stands there, or that the parameter named there stands for."""
        if not isinstance(node, Scalar):
            return None
        read = as_int(node)
        # A parameter is not made from another: then each is known before any other part of the scenario is read.
        return read if read is not None or place.owner is model.Parameter else named(self.context.numbers, node)

    def _str(self, node: Node, place: _Place) -> str | None:
        words: tuple[str, ...] | None = place.look(WORDS)
        read = as_text(node) if isinstance(node, Scalar) else None
        if words is not None and read not in words:
            number = "a whole number, " if place.owner is model.Motion else ""
            self._no_member(node, place, words, number)
            return None
        if read is None:
            self._no_text(node, place)
            return None
        pattern, what = {
            "id": (NAME, "a name"),
            "name": (RULEBOOK, "the name of a rulebook"),
            "languages": (LANGUAGE, "a language (`en`, `es`)"),
        }.get(place.name, (None, ""))
        if pattern is not None and not pattern.match(read):
            self.error(node.mark, "bad_name", f"{shown(read)} is not {what}.", name_hint(read), width(node))
            return None
        return read

    def _no_text(self, node: Node, place: _Place) -> None:
        plain = isinstance(node, Scalar) and not is_empty(node)
        self.wrong(node, place, "text", f'put it in quotes: "{node.text}"' if plain and isinstance(node, Scalar) else "")

    def _enum(self, node: Node, cls: type[Enum], place: _Place) -> Enum | None:
        words = tuple(str(member.value) for member in cls)
        if isinstance(node, Scalar) and node.text in words:
            return cls(node.text)
        self._no_member(node, place, words)
        return None

    def _no_member(self, node: Node, place: _Place, words: Sequence[str], also: str = "") -> None:
        listed = f"{also}{', '.join(f'`{word}`' for word in words[:-1])} or `{words[-1]}`"
        if isinstance(node, Scalar) and not is_empty(node):
            message = f"`{place.path}` cannot be {shown(node.text)}; it is {listed}."
            self.error(node.mark, "bad_value", message, suggest(node.text, words), width(node))
        else:
            self.wrong(node, place, listed)

    def _range(self, node: Node, place: _Place) -> model.Range | None:
        ends = [self._whole(item, place) for item in node.items] if isinstance(node, Seq) else []
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            self.wrong(node, place, "two whole numbers `[lowest, highest]`")
            return None
        lo, hi = ends[0], ends[1]
        if lo > hi or abs(lo) > MOST or abs(hi) > MOST:
            said = f"`{place.path}` must run upwards" if lo > hi else f"`{place.path}` must stay within {MOST} of 0"
            hint = f"write `[{hi}, {lo}]`" if lo > hi else ""
            self.error(node.mark, "out_of_range", f"{said}, not from {lo} to {hi}.", hint)
            return None
        return model.Range(lo=lo, hi=hi)

    def _span(self, node: Node, place: _Place) -> model.Span | None:
        ends = as_span(node) if isinstance(node, Scalar) else None
        if ends is None or ends[0] > ends[1]:
            self.wrong(node, place, "a span `3-7` or a number `5`")
            return None
        return model.Span(lo=ends[0], hi=ends[1])

    def _bands(self, node: Node, place: _Place) -> tuple[model.Band, ...] | None:
        if not isinstance(node, Map):
            self.wrong(node, place, "a map of spans, `{0-3: Low, 4-10: High}`")
            return None
        made = []
        for key, value in node:
            ends = as_span(key)
            if ends is None or ends[0] > ends[1]:
                self.wrong(key, place, "spans `0-3` or numbers `10` as keys")
                continue
            name = self.text(value, place.at(key.text))
            made.append(model.Band(lo=ends[0], hi=ends[1], name=name or EMPTY))
        return tuple(sorted(made, key=lambda band: band.lo))

    # Texts

    def text(self, node: Node, place: _Place, read: Callable[[Scalar], str | None] | None = None) -> Text | None:
        """A text for people: a string, or a map of languages. `read` turns what is written into the text."""
        languages = self.context.languages(node.mark.file)
        if isinstance(node, Scalar):
            words = self._words(node, place, read)
            return None if words is None else Text({self.context.kept[0]: words}, node.mark)
        if isinstance(node, Seq):
            self.wrong(node, place, "text, or a map of languages")
            return None
        found: dict[str, str] = {}
        for key, value in node:
            if key.text not in languages:
                message = f"`{place.path}` is given in {shown(key.text)}, which is not among the `languages`."
                listed = f"declared: {', '.join(languages)}"
                self.error(key.mark, "unknown_language", message, listed, width(key))
                continue
            where = place.at(key.text)
            words = None
            if isinstance(value, Scalar):
                words = self._words(value, where, read)
            else:
                self._no_text(value, where)
            found[key.text] = words or ""
        # Of a rulebook's languages only those count that the scenario speaks.
        missing = [each for each in languages if each in self.context.kept and node.get(each) is None]
        if missing:
            message = f"`{place.path}` lacks {', '.join(f'`{language}`' for language in missing)}."
            self.error(node.mark, "missing_translation", message, "give every declared language, or one text for all")
        order = [*self.context.kept, *(language for language in languages if language not in self.context.kept)]
        kept = {language: found[language] for language in order if language in found}
        return Text(kept, node.mark, {key.text: value.mark for key, value in node})

    def _words(self, node: Scalar, place: _Place, read: Callable[[Scalar], str | None] | None) -> str | None:
        words = as_text(node)
        if words is None:
            self._no_text(node, place)
            return None
        # Block text ends with a newline that nobody meant.
        said = words.rstrip("\n") if read is None else read(node)
        return None if said is None else with_numbers(said, self.context.numbers)

    def prose(self, node: Node, place: _Place) -> Text | None:
        """A text that stands in files of its own, named by path."""
        return self.text(node, place, self.context.prose)


@cache
def _way(hint: Any) -> Callable[[_Reader, Node, _Place], Any]:
    """How a value of the type `hint` is read; each type is taken apart once."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        kinds = [arg for arg in args if arg is not type(None)]
        if set(kinds) == {Scalar, Seq, Map}:
            return _Reader._node
        return _way(kinds[0]) if len(kinds) == 1 else lambda reader, node, place: reader._union(node, kinds, place)
    if origin is tuple:
        return lambda reader, node, place: reader._tuple(node, args, place)
    if origin is not None and issubclass(origin, Mapping):
        return lambda reader, node, place: reader._mapping(node, args[1], place)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if issubclass(hint, Enum):
        return lambda reader, node, place: reader._enum(node, hint, place)
    return lambda reader, node, place: reader.entry(node, hint, place, node.mark)


_PLAIN: Mapping[type, Callable[[_Reader, Node, _Place], Any]] = {
    Scalar: _Reader._scalar,
    Text: _Reader.text,
    bool: _Reader._bool,
    int: _Reader._int,
    str: _Reader._str,
    model.Range: _Reader._range,
    model.Span: _Reader._span,
}


def _lines(mark: Mark, node: Node) -> dict[str, tuple[int, int]]:
    """By file, the first and last line that an entry with its key covers."""
    lines: dict[str, tuple[int, int]] = {mark.file: (mark.line, mark.line)}
    waiting: list[Node] = [node]
    while waiting:
        part = waiting.pop()
        first, last = lines.get(part.mark.file, (part.mark.line, part.mark.line))
        lines[part.mark.file] = (min(first, part.mark.line), max(last, part.mark.line))
        if isinstance(part, Map):
            waiting.extend(item for pair in part.entries for item in pair)
        elif isinstance(part, Seq):
            waiting.extend(part.items)
    return lines


def _neutral(hint: Any) -> Any:
    """A value that stands for a required one that is missing or wrong."""
    origin = get_origin(hint)
    if origin is tuple:
        return ()
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    if hint is Scalar:
        return Scalar("0")
    if hint is model.Range:
        return model.Range(lo=-MOST, hi=MOST)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if hint is model.Turns:
        return model.Turns(count=1)
    return {Text: EMPTY, int: 1, str: ""}[hint]


def _listed(fields: Mapping[str, object]) -> str:
    names = list(fields)
    return ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
