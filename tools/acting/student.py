"""A student: joins with the client's own session, talks, decides with the others of the seat, and writes what was learnt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from attrs import define, field

from tools.acting.cast import Part, World
from wargame.bots.bot import Bot
from wargame.bots.levels import seat_bot
from wargame.client.address import Address
from wargame.client.door import Stage
from wargame.client.look import Look
from wargame.client.session import Session
from wargame.client.team import Team
from wargame.client.tokens import Tokens
from wargame.rules.program import Program

THINKING = 7.0  # seconds between two things somebody does, at speed 1
TALK = (
    "What do you want from this turn?",
    "We can live with that if you stop first.",
    "Nobody signs before we have seen the text.",
    "¿Y si esperamos un turno?",
    "[bold red]This is not markup[/] and neither is [@click=app.quit]this[/]",
    '=HYPERLINK("http://example.invalid")',
    "👩🏽‍🏫 ok, מה עכשיו?",
    "I say this slowly, so that it is quoted rightly: " + "we have time, they have not; " * 12,
)
WHY = (
    "It buys us a turn.",
    "They will answer in kind, and we want them to know that we know.",
    "Our mandate says so, and it costs little.",
    "Menos riesgo para la gente; lo demás puede esperar.",
    "We promised it to the others, and they kept theirs.",
)
NAY = ("Too risky.", "Not before they answer us.", "We cannot pay for it.")
DEEDS = (
    ("We open a quiet line to the other capital", ("Both have said they want one", "It costs nothing"), "It may leak"),
    ("We publish what we know", ("The press has half of it already",), "Sources may be burnt"),
    ("We send medical teams to the worst hit area", ("They are ready", "Nobody will shoot at them"), ""),
)
NOTES = (
    ("We answered before we had asked anybody", "The answer was for us, not for them", "One question first, then the answer"),
    ("Nobody watched the other table of tracks", "We were surprised twice", "One of us watches, by name"),
    ("The agreement held because both could check it", "", "Ask for a check in every agreement"),
)


@define(eq=False)
class Student:
    """One who plays a part through a session of their own; `run` ends when they have gone home."""

    part: Part
    world: World
    address: Address
    program: Program
    folder: Path
    name: str = field(init=False)
    session: Session = field(init=False)
    home: bool = field(init=False, default=False)
    noted: bool = field(init=False, default=False)
    _luck: Random = field(init=False)
    _bot: Bot | None = field(init=False, default=None)
    _changed: asyncio.Event = field(init=False, factory=asyncio.Event)
    _running: asyncio.Task[None] = field(init=False)
    _asked: set[str] = field(init=False, factory=set)  # what is done once

    def __attrs_post_init__(self) -> None:
        self._luck = Random(f"{self.world.seed}|student {self.part.number}")
        self.name = self.part.name
        self.session = self._session()

    # -- coming and going ---------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """The whole lesson."""
        await self._until(lambda: self.world.turn >= self.part.late)
        if self.home:
            return
        await self._pause(self._luck.uniform(0, 3))
        self._come()
        try:
            while not self.home:
                await self._moment()
                await self._turn()
        finally:
            await self._go()

    def _session(self) -> Session:
        # A session knows its seat by what it keeps in a folder, so it comes back as a client started again does.
        return Session(self.address, self.name, tokens=Tokens(self.folder), client="acting")

    def _come(self) -> None:
        self.session = self._session()
        self.session.listen(self._hear)
        self._running = asyncio.create_task(self.session.run())

    async def _go(self) -> None:
        await self.session.close()
        await asyncio.gather(self._running, return_exceptions=True)

    def _hear(self, names: frozenset[str]) -> None:
        if "welcome" in names:
            self._bot = None  # a new place, or time set back: what was decided is open again
        self._changed.set()

    async def _moment(self) -> None:
        """Until something has happened, or some time has passed; and a while to think."""
        self._changed.clear()
        try:
            async with asyncio.timeout(3 * THINKING / self.world.speed):
                await self._changed.wait()
        except TimeoutError:
            pass
        await self._pause(THINKING * self._luck.lognormvariate(-0.2, 0.6))

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.world.speed)

    async def _until(self, holds: Callable[[], bool]) -> None:
        while not (holds() or self.home):
            await self._pause(2)

    def poke(self) -> None:
        """Something outside has changed: do not wait for news."""
        self._changed.set()

    # -- one thing at a time ------------------------------------------------------------------------------------------

    async def _turn(self) -> None:
        stage = self.session.connection.stage
        if stage is Stage.CLOSED:
            await self._turned_away()
            return
        if stage is not Stage.LIVE:
            return
        look = Look(self.session.glance())
        if not look.plays:
            return
        self.world.turn = max(self.world.turn, look.turn)
        if look.status == "over":
            await self._review(look)
        elif look.status in ("setup", "running"):
            if look.turn >= self.part.away > 0 and self._once("away"):
                await self._leave()
                return
            await self._play(look)

    async def _turned_away(self) -> None:
        """Put out: tries once more, by another name where it was the name, and goes home when that is refused too."""
        self.world.say(f"{self.session.name} was turned away: {self.session.connection.reason}")
        if not self._once("again"):
            self.home = True
            return
        if self.session.connection.code == "malformed":
            self.name = f"{self.part.name} 2"
        await self._go()
        await self._pause(10)
        self._come()

    async def _leave(self) -> None:
        self.world.say(f"{self.part.name} leaves, and will be back.")
        await self._go()
        await self._pause(self._luck.uniform(15, 60))
        self._come()
        await self._until(lambda: self.session.connection.stage in (Stage.LIVE, Stage.CLOSED, Stage.LOBBY))
        answer = await self.session.ask({"what": "missed"})
        known = "error" not in answer
        self.world.count("", "ask missed", "" if known else "error", str(answer.get("error", "")))

    async def _play(self, look: Look) -> None:
        team = Team.of(look)
        if self.part.stops and look.turn >= 2 and not look.paused and self._once("stop"):
            await self._do({"do": "stop"})
        if self._luck.random() < 0.12 and look.may("say"):
            await self._talk(look)
        if look.paused:
            return
        # The first of every table makes sure that there is a proposal.
        eager = self.part.first and look.status == "running" and "petition" not in self._asked
        if (eager or self._luck.random() < 0.02) and look.may("petition"):
            self._asked.add("petition")
            what, because, against = self._luck.choice(DEEDS)
            await self._do({"do": "petition", "what": what, "because": list(because), "against": against})
        await self._dissent(look)
        # What is done with the phase is looked at last, so that it does not shut out what lies beside it.
        for suggestion in sorted(team.wanting, key=lambda each: each["about"] == "done")[:1]:
            if self._luck.random() < 0.15:
                await self._do({"do": "object", "number": suggestion["number"], "why": self._luck.choice(NAY)})
            else:
                await self._do({"do": "endorse", "number": suggestion["number"]})
            return
        await self._decide(look, team)

    async def _decide(self, look: Look, team: Team) -> None:
        """What a player at random would do, with reasons and beliefs."""
        if self._bot is None:
            self._bot = seat_bot("random", self.program, look.you, f"{self.world.seed}|{self.part.number}|{look.turn}")
        open_matters = team.together and bool(team.suggestions)
        # A member of a team is not done while something lies on its table, unless the others have been slow for long.
        patient = open_matters and self._luck.random() < 0.9
        offers = [offer for offer in self.session.offers if not (patient and offer["do"] == "seal")]
        body = self._bot.decide(look.data, offers)
        if body is None:
            # A team settles things after its members have made up their minds: they are done when it is.
            if look.may("seal") and not look.sealed and not open_matters and self._luck.random() < 0.6:
                await self._do({"do": "seal"})
            return
        if body["do"] == "respond":
            belief = self._luck.randrange(101) if self._luck.random() < 0.8 else None
            body |= {"rationale": self._luck.choice(WHY), "belief": belief}
        for order in body.get("orders", ()):
            order["rationale"] = self._luck.choice(WHY)
        await self._do(body)

    async def _talk(self, look: Look) -> None:
        others = [seat["id"] for seat in look.seats if seat["id"] != look.you]
        to = (
            None
            if self._luck.random() < 0.3 or not others
            else self._luck.sample(others, self._luck.randint(1, min(2, len(others))))
        )
        await self._do({"do": "say", "to": to, "text": self._luck.choice(TALK)})

    async def _dissent(self, look: Look) -> None:
        for petition in look.data.get("petitions", ()):
            if petition["status"] == "ruled" and self._once(f"dissent {petition['number']}") and self._luck.random() < 0.3:
                await self._do({"do": "dissent", "number": petition["number"], "text": "The odds were better than that."})

    async def _review(self, look: Look) -> None:
        """The hot wash: a note, and votes for those of others."""
        board = look.data.get("board") or {}
        if not board.get("open"):
            return
        if self._once("note"):
            fact, so_what, change = self._luck.choice(NOTES)
            objective = self._luck.choice(["", *look.catalog.get("objectives", {})])
            anonymous = self._luck.random() < 0.3
            note = {"fact": fact, "so_what": so_what, "change": change, "objective": objective, "anonymous": anonymous}
            await self._do({"do": "note", **note})
        elif self._once("votes"):
            notes = [note["number"] for note in board.get("notes", ())]
            for number in self._luck.sample(notes, min(2, len(notes))):
                await self._do({"do": "vote", "number": number})
            self.noted = True

    def _once(self, what: str) -> bool:
        fresh = what not in self._asked
        self._asked.add(what)
        return fresh

    async def _do(self, body: dict[str, Any]) -> None:
        person = self.session.person
        outcome = await self.session.do(body)
        # The signal is kept nowhere, and an anonymous note is nobody's.
        kept = body["do"] != "stop" and not body.get("anonymous")
        if kept and outcome.code == "stale_phase" and "moved" in outcome.reason:
            self.world.unsure[person] += 1
        self.world.count(person if kept else "", str(body["do"]), "" if outcome.ok else outcome.code, outcome.reason)
