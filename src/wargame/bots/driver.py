"""Plays a bot over the messages of the protocol: what comes in is folded, what the bot wants to do goes out, one at a time.

There is no connection here: whoever has one hands over every message received and sends what `next` returns.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from attrs import define, field

from wargame.bots.bot import Body, Bot, Offer
from wargame.engine.mirror import Mirror
from wargame.wire import messages as wire

PATIENCE = 5  # refusals in a phase after which the bot only seals


@define
class Driver:
    """A bot's side of a connection.

    `make` gets a welcome with a whole view and returns the bot: by then it is known which seat it sits in.
    """

    make: Callable[[wire.Welcome], Bot]
    bot: Bot | None = field(init=False, default=None)
    mirror: Mirror | None = field(init=False, default=None)
    you: str = field(init=False, default="")
    seq: int = field(init=False, default=0)
    refusals: list[wire.Refused] = field(init=False, factory=list)  # of the phase now
    _offers: list[Offer] = field(init=False, factory=list)
    _waiting: str | None = field(init=False, default=None)
    _moment: tuple[int, str] = field(init=False, default=(-1, ""))

    def receive(self, message: wire.ServerMessage) -> None:
        """Takes in a message from the server; those that say nothing to a bot are passed over."""
        match message:
            case wire.Welcome():
                self._welcome(message)
            case wire.Update():
                if self.mirror is not None and message.seq > self.seq:
                    self.mirror.fold(message.ops)
                    self.seq = message.seq
                    if message.offers is not None:
                        self._offers = list(message.offers)
            case wire.Ack(id=number):
                self._answered(number)
            case wire.Refused(id=number):
                self.refusals.append(message)
                self._answered(number)
            case _:
                pass

    def _welcome(self, message: wire.Welcome) -> None:
        if message.view is not None:
            # Keys of a map are texts on the wire; slots are numbers everywhere else.
            slots = {int(index): entry for index, entry in message.view["slots"].items()}
            self.mirror = Mirror({**message.view, "slots": slots})
        self.you = message.you
        self.seq = message.seq
        self._offers = list(message.offers)
        self._waiting = None
        if self.bot is None or message.view is not None:
            # A whole view is a beginning: what a bot remembers may have been taken back, or its rules may have changed.
            self.bot = self.make(message)

    def _answered(self, number: str) -> None:
        if number == self._waiting:
            self._waiting = None

    @property
    def waiting(self) -> bool:
        """Whether a command is on its way and not yet answered."""
        return self._waiting is not None

    @property
    def data(self) -> dict[str, Any]:
        """The mirror's data; empty before the welcome."""
        return self.mirror.data if self.mirror is not None else {}

    def next(self, *, sealing: bool = True) -> wire.Command | None:
        """The next command to send, or None: nothing to do, or still waiting for an answer.

        With `sealing` false the bot is not offered to be done with the phase: it does all else it wants and then waits.
        """
        if self.mirror is None or self.bot is None or self.waiting:
            return None
        view = self.mirror.data
        if view["status"] not in ("setup", "running") or view["paused"] is not None:
            return None
        moment = (view["turn"], view["phase"])
        if moment != self._moment:
            self._moment = moment
            self.refusals.clear()
        body = self._decide(view, sealing)
        if body is None:
            return None
        self._waiting = uuid4().hex
        return wire.Command(id=self._waiting, turn=moment[0], phase=moment[1], body=body)

    def _decide(self, view: dict[str, Any], sealing: bool) -> Body | None:
        assert self.bot is not None, "asked only once there is a bot"
        tired = len(self.refusals) >= PATIENCE
        wanted = [offer for offer in self._offers if (offer["do"] == "seal" if tired else sealing or offer["do"] != "seal")]
        return self.bot.decide(view, wanted)
