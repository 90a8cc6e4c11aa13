"""Building on rulebooks: which version of each is wanted, and what their parameters are set to.

A parameter is a whole number that a rulebook leaves open. Who builds on the rulebook sets it; that replaces the parameter's
`default`, so that everything after this sees one number under one name. The document nearest to the scenario has the last word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field, frozen

from wargame.scenario.node import Map, Node, Scalar, Seq
from wargame.scenario.problem import Report, suggest
from wargame.scenario.scalars import as_int, as_text, shown, width

PARAMETERS = "parameters"


@frozen
class Use:
    """A rulebook that a document builds on. `depth`: how many rulebooks stand between that document and the scenario."""

    name: Scalar
    version: Scalar | None = None
    given: Map | None = None  # written `with`
    depth: int = 0


def uses(root: Map, depth: int) -> tuple[Use, ...]:
    """The rulebooks that a document names; what is wrong with the list itself is left to the structure."""
    node = root.get("rulebooks")
    items: Sequence[Node] = node.items if isinstance(node, Seq) else () if node is None else (node,)
    found = []
    for item in items:
        name = item.get("name") if isinstance(item, Map) else item
        if not isinstance(name, Scalar) or as_text(name) is None:
            continue
        version, given = (item.get("version"), item.get("with")) if isinstance(item, Map) else (None, None)
        pinned = version if isinstance(version, Scalar) and as_text(version) else None
        found.append(Use(name, pinned, given if isinstance(given, Map) else None, depth))
    return tuple(found)


@define
class Shelf:
    """The rulebooks that were read, and everybody who builds on them."""

    books: dict[str, Map] = field(factory=dict)
    uses: list[Use] = field(factory=list)

    def bind(self, merged: Map, report: Report, *, partial: bool) -> Map:
        """The merged document with its parameters set; reports versions and settings that do not fit.

        `partial`: a rulebook alone, which may leave open what whoever builds on it has to set.
        """
        for use in self.uses:
            self._check_version(use, report)
        set_to = self._settings(report)
        section = merged.get(PARAMETERS)
        if not isinstance(section, Map):
            return merged
        entries = tuple((key, _with_default(entry, set_to.get(key.text))) for key, entry in section)
        if not partial:
            self._report_open(entries, report)
        bound = Map(entries, section.mark)
        return Map(tuple((key, bound if key.text == PARAMETERS else value) for key, value in merged), merged.mark)

    def _check_version(self, use: Use, report: Report) -> None:
        book = self.books.get(use.name.text)
        if book is None or use.version is None:
            return
        node = book.get("version")
        version = (as_text(node) if isinstance(node, Scalar) else None) or "1"
        if not fits(version, use.version.text):
            wanted = shown(use.version.text)
            message = f"The rulebook {shown(use.name.text)} is version {shown(version)}; this asks for {wanted}."
            hint = f'read what has changed in it and write `version: "{version}"`, or put the version asked for in its place'
            report.error(use.version.mark, "rulebook_version", message, hint, width(use.version))

    def _settings(self, report: Report) -> dict[str, Scalar]:
        """What each parameter is set to; of several who set it, the one nearest to the scenario counts."""
        found: dict[str, tuple[int, Scalar]] = {}
        for use in sorted(self.uses, key=lambda each: each.depth):
            book = self.books.get(use.name.text)
            if book is None or use.given is None:
                continue
            declared = book.get(PARAMETERS)
            known = [key.text for key, _ in declared] if isinstance(declared, Map) else []
            for key, value in use.given:
                if key.text not in known:
                    message = f"The rulebook {shown(use.name.text)} has no parameter {shown(key.text)}."
                    hint = suggest(key.text, known) or (f"it has: {', '.join(known)}" if known else "it has none")
                    report.error(key.mark, "unknown_name", message, hint, width(key))
                    continue
                if not isinstance(value, Scalar) or as_int(value) is None:
                    continue  # the structure says that this is no whole number
                depth, other = found.setdefault(key.text, (use.depth, value))
                if depth == use.depth and as_int(other) != as_int(value):
                    message = f"{shown(key.text)} is set to {value.text} here and to {other.text} in {other.mark}."
                    hint = f"say which in the scenario: `{{name: {use.name.text}, with: {{{key.text}: ...}}}}`"
                    report.error(value.mark, "parameter_conflict", message, hint, width(value))
        return {name: value for name, (_, value) in found.items()}

    def _report_open(self, entries: Sequence[tuple[Scalar, Node]], report: Report) -> None:
        for key, entry in entries:
            if not isinstance(entry, Map) or entry.get("default") is not None:
                continue
            owners = [name for name, book in self.books.items() if _declares(book, key.text)]
            use = next((each for each in self.uses if each.name.text in owners), None)
            if use is None:
                message = f"The parameter {shown(key.text)} has no value."
                report.error(key.mark, "parameter_open", message, "give it a `default`", width(key))
                continue
            message = f"The rulebook {shown(use.name.text)} needs to be told {shown(key.text)}."
            hint = f"write `{{name: {use.name.text}, with: {{{key.text}: ...}}}}`"
            report.error(use.name.mark, "parameter_open", message, hint, width(use.name))


def fits(version: str, wanted: str) -> bool:
    """Whether a version is the one wanted or a later one of the same line: `1.2.3` fits `1.2.3`, `1.2` and `1`."""
    have, want = version.split("."), wanted.split(".")
    return have[: len(want)] == want


def constants(root: Map) -> dict[str, int]:
    """The number that each parameter of a merged document stands for; the least it can be where nothing is said."""
    section = root.get(PARAMETERS)
    found = {}
    for key, entry in section if isinstance(section, Map) else ():
        ends = entry.get("range") if isinstance(entry, Map) else None
        default = entry.get("default") if isinstance(entry, Map) else None
        low = ends.items[0] if isinstance(ends, Seq) and ends.items else None
        numbers = [as_int(node) for node in (default, low) if isinstance(node, Scalar)]
        found[key.text] = next((number for number in numbers if number is not None), 0)
    return found


def _declares(book: Map, name: str) -> bool:
    section = book.get(PARAMETERS)
    return isinstance(section, Map) and section.get(name) is not None


def _with_default(entry: Node, value: Scalar | None) -> Node:
    if value is None or not isinstance(entry, Map):
        return entry
    kept = tuple((key, node) for key, node in entry if key.text != "default")
    return Map((*kept, (Scalar("default", value.mark), value)), entry.mark)


def named(numbers: Mapping[str, int], scalar: Scalar) -> int | None:
    """The number of the parameter that a scalar names, or None."""
    return None if scalar.quoted else numbers.get(scalar.text)
