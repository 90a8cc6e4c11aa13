"""Proposals to the facilitator as a seat knows of them: its own, and those of others that were ruled on. Pure."""

from __future__ import annotations

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase

OPEN = ("waiting", "held")
SETTLED = ("ruled", "turned_down")
MOST_WHAT, MOST_REASON = 500, 200


def known(look: Look) -> list[Body]:
    """All that the viewer knows of."""
    return list(look.data.get("petitions") or ())


def ruled(look: Look) -> list[Body]:
    """Those that are settled."""
    return [each for each in known(look) if each.get("status") in SETTLED]


def numbered(look: Look, number: object) -> Body | None:
    """The one with this number."""
    return next((each for each in known(look) if str(each.get("number")) == str(number)), None)


def why_not(look: Look) -> str:
    """Why the seat cannot propose anything now; empty if it can."""
    offer = look.offer("petition")
    if offer is None:
        return phrase("You can propose something once the game runs.")
    return "" if offer.get("ok", True) else str(offer.get("why") or phrase("Not now."))


def may_dissent(look: Look, petition: Body) -> bool:
    """Whether the seat can put one line against the ruling."""
    return any(offer.get("number") == petition.get("number") and offer.get("ok", True) for offer in look.offers("dissent"))
