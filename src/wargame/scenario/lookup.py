"""What the static checks share: who stands where in the files, which names there are, and the words for an unknown one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from attrs import define, field

from wargame.scenario import model
from wargame.scenario.node import Map, Mark, Node, Scalar, Seq
from wargame.scenario.problem import Report, suggest
from wargame.scenario.scalars import shown, width

Step = str | int
MOST_LISTED = 12


@define(slots=False)
class Lookup:
    """A scenario with the nodes it came from. `partial`: a rulebook alone, whose roles nobody plays yet."""

    scenario: model.Scenario
    root: Map
    report: Report
    partial: bool = False
    _indices: dict[int, dict[str, tuple[Scalar, Node]]] = field(factory=dict, init=False)

    # Places

    def _entry(self, node: Node | None, key: str) -> tuple[Scalar, Node] | None:
        """A key and its value in a map. Maps are indexed: a section can hold many thousands of entries."""
        if not isinstance(node, Map):
            return None
        index = self._indices.get(id(node))
        if index is None:
            index = self._indices[id(node)] = {name.text: (name, value) for name, value in node}
        return index.get(key)

    def place(self, *path: Step) -> tuple[Mark, int]:
        """The mark and width of what stands at a path of keys (and numbers in lists, from 0), or of the nearest part above.

        Of an entry of a map it is the key, of a list item the item.
        """
        node: Node = self.root
        mark, columns = self.root.mark, 1
        for step in path:
            if isinstance(step, int):
                if isinstance(node, Seq) and step < len(node.items):
                    node = node.items[step]
                    mark, columns = node.mark, width(node)
                continue  # a single value stands where a list could
            entry = self._entry(node, step)
            if entry is None:
                break
            node, mark, columns = entry[1], entry[0].mark, width(entry[0])
        return mark, columns

    def value(self, *path: Step) -> tuple[Mark, int]:
        """The mark and width of the value (not the key) at a path; its key's where the value is a list or map."""
        node: Node | None = self.root
        for step in path:
            if isinstance(step, int):
                if isinstance(node, Seq):
                    node = node.items[step] if step < len(node.items) else None
            else:
                entry = self._entry(node, step)
                node = None if entry is None else entry[1]
        return (node.mark, width(node)) if isinstance(node, Scalar) else self.place(*path)

    def error(self, place: tuple[Mark, int], code: str, message: str, hint: str = "") -> None:
        """Reports a problem at a place."""
        self.report.error(place[0], code, message, hint, place[1])

    def warning(self, place: tuple[Mark, int], code: str, message: str, hint: str = "") -> None:
        """Reports a warning at a place."""
        self.report.warning(place[0], code, message, hint, place[1])

    # Names

    @cached_property
    def sides(self) -> dict[str, tuple[str, ...]]:
        """Seat, kind or role -> the seats it stands for."""
        seats = self.scenario.seats
        found: dict[str, tuple[str, ...]] = {name: (name,) for name in seats}
        for kind in self.scenario.seat_kinds:
            found[kind] = tuple(name for name, seat in seats.items() if seat.kind is not None and seat.kind.text == kind)
        for role in self.scenario.roles:
            found[role] = tuple(name for name in seats if role in self.plays(name))
        return found

    def plays(self, seat: str) -> tuple[str, ...]:
        """The roles of a seat: its own and its kind's."""
        entry = self.scenario.seats[seat]
        kind = self.scenario.seat_kinds.get(entry.kind.text) if entry.kind is not None else None
        return entry.plays + (kind.plays if kind is not None else ())

    def seats_of(self, names: Iterable[str]) -> list[str]:
        """The seats that the names of seats, kinds and roles stand for, each once, in declared order."""
        wanted = {seat for name in names for seat in self.sides.get(name, ())}
        return [seat for seat in self.scenario.seats if seat in wanted]

    def resources(self, seat: str) -> dict[str, model.Resource]:
        """The resources of a seat: its kind's and its own."""
        entry = self.scenario.seats[seat]
        kind = self.scenario.seat_kinds.get(entry.kind.text) if entry.kind is not None else None
        return {**(kind.resources if kind is not None else {}), **entry.resources}

    def unknown(self, written: str, known: Collection[str], what: str, place: tuple[Mark, int]) -> bool:
        """Whether a name is not among the known; if so that is reported as `unknown_name`."""
        if written in known:
            return False
        guess = suggest(written, known)
        if not guess and known and len(known) <= MOST_LISTED:
            guess = f"there are: {', '.join(known)}"
        self.error(place, "unknown_name", f"There is no {what} {shown(written)}.", guess)
        return True

    def known(self, names: Sequence[Scalar], known: Collection[str], what: str) -> list[str]:
        """Those of the names that are known; the others are reported."""
        return [name.text for name in names if not self.unknown(name.text, known, what, (name.mark, width(name)))]
