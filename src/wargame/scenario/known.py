"""Which names a scenario has, section by section, read from its merged tree: also from one that is far from correct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import get_origin

from attrs import define, field, frozen

from wargame.scenario.bounds import keys_of
from wargame.scenario.files import RULEBOOK_FILE, RULEBOOKS
from wargame.scenario.load import Loaded, library_at, load
from wargame.scenario.merge import DEPTH, DEPTHS
from wargame.scenario.model import Scenario
from wargame.scenario.node import Map, Node, Scalar, Seq
from wargame.scenario.shipped import shipped_rulebooks
from wargame.scenario.translations import FOLDER as TRANSLATIONS

Names = Mapping[str, str]  # name -> what people call it, or empty

# The sections that are maps of entries, and where entries of one have named parts of their own.
SECTIONS = tuple(key for key, (_, hint) in keys_of(Scenario).items() if get_origin(hint) is Mapping)
_PARTS = {"seats": "resources", "seat_kinds": "resources", "bodies": "blocs"}
# What stands for several sections at once.
_JOINED = {
    "sides": ("seats", "seat_kinds", "roles"),
    "owners": ("seats", "seat_kinds", "roles", "factions"),
    "owned": ("seats", "factions"),
}


@frozen
class Known:
    """The names of a scenario or rulebook.

    `names`: sort -> names. A sort is a section, or `resources`, `blocs`, `phases`, `objectives` (paths), `sides` (seats, kinds,
    roles), `owners` (those and factions), `owned` (seats and factions), `rulebooks`, and of files in the folder `parts` (what
    can be included) and `briefings`. `places`: what expressions and effects can read of the board. `below`: paths of entries
    that stand in rulebooks or replace entries of theirs, so that not all of an entry need be given. `partial`: there may be
    more names than these, as in a rulebook.
    """

    names: Mapping[str, Names] = field(factory=dict)
    places: Names = field(factory=dict)
    below: frozenset[tuple[str, ...]] = frozenset()
    languages: Sequence[str] = ()
    partial: bool = True

    def of(self, *sorts: str) -> Names:
        """The names of one or several sorts, in declared order."""
        return {name: words for sort in sorts for name, words in self.names.get(sort, {}).items()}


def known_of(root: Map | None, *, rulebooks: Sequence[str] = (), files: Sequence[str] = (), partial: bool = False) -> Known:
    """The names in a merged tree, with those of rulebooks and files. `partial`: there may be more.

    Without a tree there are no names of its own, and `partial` is true.
    """
    around = {
        "rulebooks": dict.fromkeys(rulebooks, ""),
        "parts": {file: "" for file in files if file.endswith((".yaml", ".yml"))},
        "briefings": {file: "" for file in files if file.endswith(".md")},
    }
    if root is None:
        return Known(around)
    found = _Finder()
    found.read(root)
    names: dict[str, Names] = {**around, **found.names, "objectives": dict(_paths(root.get("objectives"), ""))}
    phases = root.get("phases")
    ids = [_get(item, "id") for item in (phases.items if isinstance(phases, Seq) else ())]
    names["phases"] = {each.text: "" for each in ids if isinstance(each, Scalar)}
    for joined, sections in _JOINED.items():
        names[joined] = {name: words for section in sections for name, words in names.get(section, {}).items()}
    languages = _texts(root.get("languages")) or ("en",)
    return Known(names, _places(names, found.holders), frozenset(_below(root)), languages, partial)


def _entries(known: Known) -> frozenset[tuple[str, ...]]:
    return frozenset((section, bare(name)) for section in SECTIONS for name in known.of(section))


def bare(name: str) -> str:
    """A name without its parameters."""
    return name.partition("(")[0].strip()


@define
class _Finder:
    """Goes through the sections; `holders` are the resources of each seat and kind."""

    names: dict[str, dict[str, str]] = field(factory=dict)
    holders: dict[str, Names] = field(factory=dict)

    def read(self, root: Map) -> None:
        """Adds the names of all sections."""
        for section in SECTIONS:
            for key, entry in _map(root.get(section)):
                self.names.setdefault(section, {})[key.text] = _words(entry)
                if section in _PARTS:
                    part = _PARTS[section]
                    own = {name.text: _words(value) for name, value in _map(_get(entry, part))}
                    self.names.setdefault(part, {}).update(own)
                    self.holders[key.text] = own
        for name, entry in _map(root.get("seats")):
            kind = _get(entry, "kind")
            if isinstance(kind, Scalar):
                self.holders[name.text] = {**self.holders.get(kind.text, {}), **self.holders[name.text]}


def _places(names: Mapping[str, Names], holders: Mapping[str, Names]) -> Names:
    found: dict[str, str] = {}
    for section in ("tracks", "flags", "clocks", "agreements", "choices", "values", "parameters"):
        found.update(names.get(section, {}))
    for holder in names.get("seats", {}):
        found.update({f"{holder}.{name}": words for name, words in holders.get(holder, {}).items()})
    found.update({f"me.{name}": words for name, words in names.get("resources", {}).items()})
    return found


def _below(root: Map) -> Iterator[tuple[str, ...]]:
    for name in _texts(root.get("overrides")):
        yield tuple(bare(name).split("."))
    for section, node in root:
        depth = DEPTHS.get(section.text, DEPTH)
        for key, entry in _map(node):
            if key.mark.file.startswith(f"{RULEBOOKS}/"):
                yield (section.text, bare(key.text))
            if depth > 1:
                for inner, _ in _map(entry):
                    if inner.mark.file.startswith(f"{RULEBOOKS}/"):
                        yield (section.text, key.text, inner.text)


def _paths(node: Node | None, above: str) -> Iterator[tuple[str, str]]:
    for key, entry in _map(node):
        path = f"{above}{key.text}"
        yield path, _words(entry)
        yield from _paths(_get(entry, "parts"), f"{path}.")


def _words(entry: Node) -> str:
    """What people call an entry: its label or title, or the text that it is."""
    for node in (entry, _get(entry, "label"), _get(entry, "title")):
        first = node.entries[0][1] if isinstance(node, Map) and node is not entry and node.entries else node
        if isinstance(first, Scalar):
            return first.text
    return ""


def _map(node: Node | None) -> Sequence[tuple[Scalar, Node]]:
    return node.entries if isinstance(node, Map) else ()


def _get(node: Node | None, key: str) -> Node | None:
    return node.get(key) if isinstance(node, Map) else None


def _texts(node: Node | None) -> tuple[str, ...]:
    items: Sequence[Node] = node.items if isinstance(node, Seq) else () if node is None else (node,)
    return tuple(item.text for item in items if isinstance(item, Scalar))


def known_at(path: Path) -> tuple[Known, Loaded]:
    """The names of the scenario or rulebook at a path, and what loading it said; of a broken one as many as could be read."""
    library, main = library_at(path)
    loaded = load(path)
    files = [file for file in library.root.names() if file != main and not file.startswith(f"{TRANSLATIONS}/")]
    books = [name for name in library.rulebooks() if (name, main) != (library.path.resolve().name, RULEBOOK_FILE)]
    partial = main == RULEBOOK_FILE or loaded.scenario is None
    return known_of(loaded.root, rulebooks=books, files=files, partial=partial), loaded


@cache
def known_to_all() -> Known:
    """What any scenario may name: the shipped rulebooks and the entries of theirs that it may replace."""
    books = [file.parent for root in shipped_rulebooks() for file in sorted(root.glob(f"*/{RULEBOOK_FILE}"))]
    below = frozenset().union(*(known.below | _entries(known) for known in (known_at(book)[0] for book in books)))
    return Known({"rulebooks": {book.name: "" for book in books}}, below=below)
