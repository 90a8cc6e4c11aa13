"""What is unresolved before a phase ends, and what the facilitator says next: pure text for the desk and for the asking."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.client.classroom import Hall, waited
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.paint import Page, Part, glyphs, owner

OPEN = ("waiting", "held")


def plan(look: Look) -> list[Body]:
    """The time-line of cards."""
    return list(look.data.get("msel") or ())


def armed(look: Look) -> list[Body]:
    """Cards that wait for one key."""
    return [entry for entry in plan(look) if entry.get("status") == "armed"]


def overdue(look: Look) -> list[Body]:
    """Cards held back though their turn has come."""
    return [entry for entry in plan(look) if entry.get("status") == "held" and (entry.get("due") or 0) <= look.turn]


def petitions(look: Look, *status: str) -> list[Body]:
    """Proposals of the players in these states; open ones where none is named."""
    return [each for each in look.data.get("petitions") or () if each.get("status") in (status or OPEN)]


def blocking(look: Look, hall: Hall, seat: str, now: int) -> str:
    """For how long a seat has kept the others waiting; empty where that is not known."""
    return waited(hall.seat(seat).get("blocking_since"), now)


def unresolved(look: Look, hall: Hall, now: int) -> list[Sequence[Part]]:
    """A line for everything that is open; empty when the phase can end with nothing lost."""
    found: list[Sequence[Part]] = []
    for seat in look.waiting_for:
        since = blocking(look, hall, seat, now)
        nobody = "" if hall.at(seat) or not hall.people else phrase(", and nobody sits there")
        found.append(
            [
                owner(look, seat),
                phrase(" is not done"),
                (phrase(" (for {since})", since=since) if since else "", "$warning"),
                nobody,
            ]
        )
    for entry in armed(look):
        found.append(
            [
                (phrase("Armed: "), "$warning"),
                (str(entry.get("title")), "bold"),
                phrase(" waits for your yes. {reason}", reason=entry.get("reason", "")),
            ]
        )
    for entry in overdue(look):
        found.append(
            [
                (phrase("Held back: "), "$warning"),
                (str(entry.get("title")), "bold"),
                phrase(" was due in turn {due}.", due=entry.get("due")),
            ]
        )
    for each in petitions(look, "waiting"):
        found.append(
            [
                (phrase("Proposal: "), "$warning"),
                owner(look, each.get("seat")),
                phrase(" waits for a ruling: {what}", what=each.get("what")),
            ]
        )
    for each in petitions(look, "held"):
        found.append([(phrase("Taken upstairs: "), "$quiet"), owner(look, each.get("seat")), f": {each.get('what')}"])
    if hall.lobby:
        found.append([(phrase("At the door: "), "$warning"), ", ".join(str(each.get("name")) for each in hall.lobby)])
    if hall.here.get("stop"):
        found.append([(phrase("Somebody has asked to stop."), "bold $warning")])
    return found


def gate_page(look: Look, hall: Hall, now: int, page: Page | None = None) -> Page:
    """What is unresolved, as a list."""
    page = page if page is not None else Page()
    found = unresolved(look, hall, now)
    for line in found:
        page.line(f"{glyphs().bullet} ", *line)
    if not found:
        page.line((f"{glyphs().check} ", "$success"), phrase("Nothing is open."))
    return page
