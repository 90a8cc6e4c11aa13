"""Warnings that a designer has looked at and allows: each by its code and the entry it stands in, with the reason.

An error cannot be allowed, nor can a whole section; an allowance that no warning needs any more is a warning itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from wargame.scenario import codes, model
from wargame.scenario.lookup import Lookup
from wargame.scenario.merge import entry_name, holds_entries
from wargame.scenario.node import Map, Mark, Node, Scalar, Seq
from wargame.scenario.problem import Problem, Report, Severity, suggest
from wargame.scenario.scalars import shown, width

Extent: TypeAlias = dict[str, tuple[tuple[int, int], tuple[int, int]]]  # file -> first and last (line, column)


def check_allowances(look: Lookup) -> None:
    """Reports what is wrong with the key `allow` itself: unknown codes, codes of errors, entries that are not there."""
    if not look.scenario.allow:
        return
    known = {entry.code: entry for group in codes.groups() for entry in group.entries}
    for index, one in enumerate(look.scenario.allow):
        code = look.value("allow", index, "code")
        if not look.unknown(one.code, known, "problem code", code) and known[one.code].severity is Severity.ERROR:
            message = f"{shown(one.code)} is an error, and only warnings can be allowed."
            look.error(code, "allow_error", message, f"`wargame check --explain {one.code}` tells how to mend it")
        _check_place(look, one, index)
        if not one.because.strip():
            place = look.value("allow", index, "because")
            look.error(place, "empty", "`because` is empty.", "say why this is meant to be so")


def _check_place(look: Lookup, one: model.Allowance, index: int) -> None:
    place = look.value("allow", index, "at")
    entries, above = _entries(look.root)
    if one.at in entries:
        return
    if one.at in above:
        inside = next((name for name in entries if name.startswith(f"{one.at}.")), f"{one.at}.NAME")
        message = f"{shown(one.at)} is a whole section; an allowance names one entry."
        look.error(place, "allow_section", message, f"for example `{inside}`")
    else:
        hint = suggest(one.at, entries) or "a section and an entry of it, like `tracks.escalation`"
        look.error(place, "unknown_name", f"There is no entry {shown(one.at)}.", hint)


def set_aside(allowances: Sequence[model.Allowance], root: Map, report: Report) -> None:
    """Moves the warnings that are allowed from `problems` to `allowed`, and warns of allowances that none needed."""
    if not allowances:
        return
    entries, _ = _entries(root)
    extents = {one.at: _extent(*entries[one.at]) for one in allowances if one.at in entries}
    needed: set[int] = set()
    kept: list[Problem] = []
    for problem in report.problems:
        matching = [
            index
            for index, one in enumerate(allowances)
            if problem.severity is Severity.WARNING and one.code == problem.code and _lies_in(problem, extents.get(one.at))
        ]
        needed.update(matching[:1])
        (report.allowed if matching else kept).append(problem)
    report.problems[:] = kept
    for index, one in enumerate(allowances):
        if index not in needed:
            message = f"There is no warning {shown(one.code)} in {shown(one.at)} to allow."
            report.warning(one.mark, "allow_unused", message, "delete this allowance")


def _entries(root: Map) -> tuple[dict[str, tuple[Mark, Node]], set[str]]:
    """Every entry by its path, with the mark of its key; and the paths of the sections that hold them."""
    found: dict[str, tuple[Mark, Node]] = {}
    above: set[str] = set()
    waiting: list[tuple[tuple[str, ...], Map]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        for key, value in node:
            where = (*path, entry_name(path, key))
            if isinstance(value, Map) and holds_entries(where):
                above.add(".".join(where))
                waiting.append((where, value))
            else:
                found[".".join(where)] = (key.mark, value)
    return found, above


def _extent(mark: Mark, node: Node) -> Extent:
    """From where to where an entry stands in each of its files: one replaced key by key stands in two."""
    places: list[tuple[Mark, int]] = [(mark, 0)]
    waiting: list[Node] = [node]
    while waiting:
        part = waiting.pop()
        places.append((part.mark, width(part) if isinstance(part, Scalar) else 0))
        if isinstance(part, Map):
            waiting.extend(item for pair in part.entries for item in pair)
        elif isinstance(part, Seq):
            waiting.extend(part.items)
    extent: Extent = {}
    for place, columns in places:
        start, end = (place.line, place.column), (place.line, place.column + columns)
        first, last = extent.get(place.file, (start, end))
        extent[place.file] = (min(first, start), max(last, end))
    return extent


def _lies_in(problem: Problem, extent: Extent | None) -> bool:
    mark = problem.mark
    if extent is None or mark.file not in extent:
        return False
    first, last = extent[mark.file]
    return first <= (mark.line, mark.column) <= last
