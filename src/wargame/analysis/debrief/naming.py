"""What a game's people, seats and rows are called on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from wargame.analysis.chronicle import Chronicle
from wargame.analysis.html import Html, Node, el, join, span
from wargame.analysis.story import STANCES, Story
from wargame.engine.events import Adopted, Event
from wargame.engine.knowledge import owner_label
from wargame.engine.story import turn_label
from wargame.rules.program import NOBODY, Program

FACILITATOR = "The facilitator"
_KINDS = {"white_cell": "Facilitator", "public": "Observer", "": "Player"}


@frozen
class Names:
    """Names as the page shows them. `people`: person id -> name (made up where the page is anonymous)."""

    program: Program
    people: Mapping[str, str]
    anonymous: bool = False

    def person(self, person: str, name: str = "") -> str:
        """A person's name; empty for nobody. `name`: as it was written then, for somebody the list does not know."""
        if person in self.people:
            return self.people[person]
        return "" if self.anonymous or not (person or name) else name or person

    def lines(self, event: Event, story: Story) -> list[list[str]]:
        """The lines of an event's story, without those that say who of a team was for it where nobody is to be named."""
        return [] if self.anonymous and isinstance(event, Adopted) else story["lines"]

    def seat(self, seat: int) -> str:
        """A seat's title; the facilitator's for the white cell."""
        return owner_label(self.program, seat) if NOBODY < seat < len(self.program.owners) else FACILITATOR

    def seat_list(self, seats: Iterable[int]) -> str:
        """Titles of seats, in declared order."""
        return listed([self.seat(seat) for seat in sorted(seats)])

    def turn(self, turn: int) -> str:
        """What a turn is called; turn 0 is the set-up."""
        return turn_label(self.program, turn) if turn > 0 else "Set-up"


def names_of(chronicle: Chronicle, *, anonymous: bool = False) -> Names:
    """The names of a game's people. Anonymous ones are numbered in the order in which they first did something, so that the
    same person is the same number everywhere; what people wrote themselves is left as it is."""
    program = chronicle.program
    acted = list(dict.fromkeys(entry.person for entry in chronicle.entries if entry.person))
    order = [*acted, *(person for person in chronicle.people if person not in acted)]
    shown: dict[str, str] = {}
    counts = {"white_cell": 0, "public": 0, "": 0}
    for person in order:
        member = chronicle.people.get(person)
        name = member.name if member is not None else person
        if anonymous and not (member is not None and member.bot):
            kind = member.seat if member is not None and member.seat in counts else ""
            counts[kind] += 1
            name = f"{_KINDS[kind]} {counts[kind]}"
        shown[person] = name
    return Names(program, shown, anonymous)


def listed(items: list[str]) -> str:
    """`a, b and c`; empty for nothing."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def counted(count: int, one: str, many: str) -> str:
    """`1 game`, `2 games`."""
    return f"{count} {one if count == 1 else many}"


def row(seq: int) -> Html:
    """The number of a row of the journal, small: where a figure comes from."""
    return el("span", f"§{seq}", class_="row", title=f"Row {seq} of the journal")


def stance(name: str | None) -> Html:
    """A stance: its sign, its word, and a colour that repeats them."""
    words = STANCES.get(name or "")
    return span(f"st {name}", words) if words else Html("")


def signed(value: float, digits: int = 0) -> str:
    """A difference with its sign; nought has none."""
    shown = f"{value:+.{digits}f}".replace("-", "−")
    return shown if shown.strip("+−0.") else "0"


def spaced(*nodes: Node) -> Html:
    """Nodes with a space between them, without those that are empty."""
    shown = [each for each in (join(node) for node in nodes) if each]
    return Html(" ".join(each.text for each in shown))
