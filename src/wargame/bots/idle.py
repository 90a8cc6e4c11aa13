"""A bot that does nothing: for a connection that only watches."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.bots.bot import Body, Offer, View


class Idle:
    """Never wants anything."""

    def decide(self, view: View, offers: Sequence[Offer]) -> Body | None:
        """Nothing."""
        return None
