"""What a healthy scenario looks like in numbers, and how a scenario says that it aims at something else (`balance.yaml`).

tables:                       # who the people are when fewer play than there are seats
  4: [north, south, east, west]
targets:
  mandate: 15-35              # per cent of games
quick:
  mandate: 12-40
seats:
  east: {stance: 0-60}        # other targets for one seat
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs
from attrs import evolve, field, frozen

from wargame.scenario.node import Node, Scalar, Seq
from wargame.scenario.problem import Report, suggest
from wargame.scenario.scalars import as_int, as_span, described, shown, width
from wargame.scenario.side_file import SideFile
from wargame.scenario.strict_yaml import parse

FILE = "balance.yaml"

Span: TypeAlias = tuple[int, int]


@frozen
class Targets:
    """Spans in per cent, or points of score where said; both ends are still well."""

    mandate: Span = (15, 35)  # games in which a seat meets its mandate
    top: Span | None = None  # games in which it has the highest score; None: by the number of seats
    catastrophes: Span = (5, 15)  # games that end in one
    nobody: Span = (10, 25)  # games in which no seat meets its mandate
    option: Span = (5, 75)  # a card option among the choices made there
    order: Span = (0, 25)  # one order among a seat's orders
    stance: Span = (0, 50)  # one stance among a seat's choices and orders
    choice_scores: Span = (0, 8)  # points between the best and the worst option of a secret choice
    agenda_scores: Span = (0, 12)  # points between a seat's best and worst agenda
    correlation: Span = (0, 35)  # hundredths, either sign: between the share of escalation and the score
    required: Span = (20, 100)  # games that meet a card tagged `required`
    seats: Mapping[str, Mapping[str, Span]] = field(factory=dict)  # seat -> measure -> span

    def of(self, measure: str, seat: str = "") -> Span | None:
        """The span of a measure, as the seat has it."""
        return self.seats.get(seat, {}).get(measure) or getattr(self, measure)


MEASURES = tuple(each.name for each in attrs.fields(Targets) if each.name != "seats")
OF_SEATS = ("mandate", "top", "order", "stance", "choice_scores", "agenda_scores", "correlation")
QUICK = Targets(mandate=(12, 40), option=(3, 75), catastrophes=(3, 20))
QUICK_MEASURES = ("mandate", "option", "catastrophes")  # that few games can tell
TOP: Mapping[int, Span] = {4: (15, 35), 5: (10, 30), 6: (8, 25), 7: (7, 25)}


def top_of(seats: int) -> Span:
    """The span for the highest score where so many play: half to one and a half of an even share but for the usual numbers."""
    return TOP.get(seats) or (round(50 / seats), min(100, round(150 / seats)))


@frozen
class Balance:
    """The targets, those for a quick check, and the people's seats by their number."""

    full: Targets = Targets()
    quick: Targets = QUICK
    tables: Mapping[int, tuple[str, ...]] = field(factory=dict)


def read_balance(data: bytes, file: str, seats: Sequence[str], report: Report) -> Balance:
    """A scenario's own balance file. Problems go to the report, each with its place; what is wrong is left at its usual."""
    parsed = parse(data, file, report)
    if parsed is None or parsed.root is None:
        return Balance()
    reader = _Reader(report, seats)
    keys: Mapping[str, Callable[[Node], Any]] = {
        "tables": reader.tables,
        "targets": lambda node: reader.spans(node, MEASURES),
        "quick": lambda node: reader.spans(node, QUICK_MEASURES),
        "seats": reader.of_seats,
    }
    found = reader.entries(parsed.root, keys)
    own = found.get("seats", {})
    return Balance(
        evolve(Targets(), **found.get("targets", {}), seats=own),
        evolve(QUICK, **found.get("quick", {}), seats=own),
        found.get("tables", {}),
    )


@frozen
class _Reader(SideFile):
    seats: Sequence[str]

    def spans(self, node: Node, measures: Sequence[str]) -> dict[str, Span]:
        """Spans by measure."""
        return self.entries(node, dict.fromkeys(measures, self._span))

    def of_seats(self, node: Node) -> dict[str, dict[str, Span]]:
        """Spans by seat and measure."""
        return self.entries(node, dict.fromkeys(self.seats, lambda value: self.spans(value, OF_SEATS)))

    def tables(self, node: Node) -> dict[int, tuple[str, ...]]:
        """Seats by their number."""
        found = {}
        for key, value in self.map(node):
            number = as_int(key)
            if number is None or not 1 <= number <= len(self.seats):
                words = f"A table is named by how many people sit at it, 1 to {len(self.seats)}, not {shown(key.text)}."
                self.report.error(key.mark, "wrong_type", words, "", width(key))
                continue
            members = self._seats(value)
            if members is not None and len(members) != number:
                self.report.error(value.mark, "wrong_type", f"This table needs {number} seats, not {len(members)}.")
            elif members is not None:
                found[number] = members
        return found

    def _seats(self, node: Node) -> tuple[str, ...] | None:
        if not isinstance(node, Seq):
            self.unfit(node, "a list of seats")
            return None
        names = []
        for item in node.items:
            if not isinstance(item, Scalar) or item.text not in self.seats or item.text in names:
                name = shown(item.text) if isinstance(item, Scalar) else described(item)
                why = "stands here twice" if isinstance(item, Scalar) and item.text in names else "is no seat"
                hint = suggest(item.text, self.seats) if isinstance(item, Scalar) else ""
                self.report.error(item.mark, "unknown_seat", f"{name} {why}.", hint, width(item))
                return None
            names.append(item.text)
        return tuple(seat for seat in self.seats if seat in names)

    def _span(self, node: Node) -> Span | None:
        span = as_span(node) if isinstance(node, Scalar) else None
        if span is None or not 0 <= span[0] <= span[1] <= 100:
            self.unfit(node, "two whole numbers from 0 to 100 like `15-35`")
            return None
        return span
