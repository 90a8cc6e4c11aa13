"""The scenes a class goes through: everything a facilitator can do, with a mistake first where people make one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from attrs import define

from tools.acting.facilitator import COMPUTER, Desk, Facilitator, NotYetError, Scene

CARD = """\
injects:
  {id}:
    title: A Letter Arrives
    to: [{first}, {second}]
    pool: shelf
    text: A letter from somebody who does not sign asks what each of you would give for a quiet week.
    choices:
      {first}:
        default: silence
        options:
          - {{id: answer, stance: deescalate, label: Answer it, effects: [{track} {sign}1]}}
          - {{id: silence, stance: hold, label: Say nothing, effects: []}}
          - {{id: publish, stance: escalate, label: Publish it, effects: [{track} {sign}2]}}
      {second}:
        default: silence
        options:
          - {{id: answer, stance: deescalate, label: Answer it, effects: [{track} {sign}1]}}
          - {{id: silence, stance: hold, label: Say nothing, effects: []}}
"""


@define(eq=False)
class Scenes:
    """The scenes, played by one facilitator (and two helpers with lesser rights)."""

    me: Facilitator

    def all(self) -> list[Scene]:
        """Every scene with its table and turn; a class of fewer tables plays them at those it has."""
        tables = len(self.me.tables)
        told: Sequence[tuple[str, int, int, Callable[[], Awaitable[None]]]] = (
            ("pause, announce, resume", 0, 1, self.pause),
            ("two facilitators press the same key", 1, 1, self.two_hands),
            ("mute and kick", 0, 1, self.mute_and_kick),
            ("ad hoc card, with a mistake first", 0, 1, self.write),
            ("recall, correct", 0, 2, self.recall),
            ("the time-line by hand", 0, 2, self.timeline),
            ("petitions ruled on, with estimates", 1, 1, self.petitions),
            ("override, happen, act on behalf", 1, 2, self.by_hand),
            ("rewind", 2, 2, self.rewind),
            ("fork", 3, 2, self.fork),
            ("stop signal", tables - 1, 2, self.stopped),
            ("rename, captain, another table, lock", 3, 1, self.people),
            ("votes, an ending by hand", 1, 3, self.outcome),
            ("a computer takes a seat, and hands it back", 2, 1, self.computer),
        )
        return [Scene(name, table % tables, turn, play, sure=play != self.outcome) for name, table, turn, play in told]

    @property
    def desk(self) -> Desk:
        return self.me.desk

    def here(self) -> str:
        return self.desk.session.table

    def track(self) -> tuple[str, int, str]:
        """A track by name, its value, and the sign of a change that stays in its range."""
        look = self.desk.look
        reading = next(each for each in look.readings("track") if each.exact is not None)
        assert reading.exact is not None
        return str(reading.slot["name"]), reading.exact, "+" if reading.exact + 4 < reading.slot["hi"] else "-"

    # -- clocks and people --------------------------------------------------------------------------------------------

    async def pause(self) -> None:
        self.me.phase("cards", "orders")
        await self.desk.manage(what="all", body={"do": "pause"})
        await self.desk.manage(what="all", body={"do": "announce", "text": "Two minutes: read your briefing again."})
        await self.desk.do(do="extend", seconds=60)
        await self.desk.manage(what="all", body={"do": "resume"})
        await self.desk.manage(what="auto_extend", seconds=20, times=1)

    async def two_hands(self) -> None:
        self.me.phase("cards", "orders")
        async with Desk(self.me.world, self.me.address, self.me.secret, "Mr Second") as second:
            await second.go_to(self.here())
            for do in ("pause", "resume"):
                outcomes = await asyncio.gather(*(desk.try_({"do": do}) for desk in (self.desk, second)))
                refused = [outcome for outcome in outcomes if not outcome.ok]
                assert len(refused) == 1, f"two times {do}: {outcomes}"
                assert refused[0].code == "not_allowed", f"{refused[0]}"

    async def mute_and_kick(self) -> None:
        people = self.me.people(self.tables_index())
        muted, out = people[0], people[-1]
        await self.desk.manage(what="mute", person=muted["person"], muted=True)
        await asyncio.sleep(5 / self.me.world.speed)
        await self.desk.manage(what="mute", person=muted["person"], muted=False)
        self.me.put_out(out["name"])
        await self.desk.manage(what="kick", person=out["person"])

    def tables_index(self) -> int:
        return next(number for number, table in enumerate(self.me.tables) if table["table"] == self.here())

    async def people(self) -> None:
        people = self.me.people(self.tables_index())
        await self.desk.manage(what="rename", person=people[0]["person"], name="Renamed by the teacher")
        await self.desk.manage(what="captain", person=people[1]["person"])
        first = self.me.tables[0]
        await self.desk.manage(what="assign", person=people[2]["person"], seat=first["seats"][0]["seat"], table=first["table"])
        await self.desk.manage(what="lock", locked=True, waiting=True)
        await self.desk.manage(what="lock", locked=False)

    async def computer(self) -> None:
        seat = next((each for each in self.me.tables[self.tables_index()]["seats"] if each["bot"]), None)
        if seat is None:
            raise NotYetError("no computer plays here")
        await self.desk.manage(what="human", seat=seat["seat"], table=self.here())
        await self.desk.manage(what="bot", seat=seat["seat"], level="dove", table=self.here())

    async def stopped(self) -> None:
        table = self.me.tables[self.tables_index()]
        if not table["stop"]:
            raise NotYetError("nobody has given the signal")
        await self.desk.do(do="announce", text="We stop for a moment. Nothing is wrong with anybody.")
        await self.desk.manage(what="stop_clear", table=self.here())
        if self.desk.look.paused:
            await self.desk.do(do="resume")

    # -- cards --------------------------------------------------------------------------------------------------------

    async def write(self) -> None:
        self.me.phase("cards", "orders")
        track, _, sign = self.track()
        first, second = (seat["id"] for seat in self.desk.look.seats[:2])
        good = CARD.format(id="letter", first=first, second=second, track=track, sign=sign)
        bad = good.replace(f"{track} {sign}2", "no_such_track +2")
        told = await self.desk.ask(what="check_card", source=bad)
        assert told["problems"], "a card with a mistake has no problem"
        assert told["card"] is None, "a card with a mistake was taken for a good one"
        await self.desk.not_do("malformed", do="write", source=bad)
        told = await self.desk.ask(what="check_card", source=good)
        assert told["card"] == "letter", f"a good card has problems: {told['problems']}"
        await self.desk.do(do="write", source=good)
        await self.desk.until(lambda: any(each["id"] == "letter" for each in self.desk.look.catalog["cards"]), "for the shelf")
        await self.desk.do(do="fire", card="letter", bound={})

    async def recall(self) -> None:
        look = self.me.phase("cards", "orders")
        await self.desk.do(do="fire", card="letter", bound={})
        number = max(look.data["cards"] | self.desk.look.data["cards"], key=int)
        await self.desk.not_do("malformed", do="recall", card=number, reason="", undo=True)
        await self.desk.do(do="correct", card=number, title="A letter, corrected", text="", reason="a wrong word in the title")
        await asyncio.sleep(10 / self.me.world.speed)
        outcome = await self.desk.try_({"do": "recall", "card": number, "reason": "sent to the wrong table", "undo": True})
        assert outcome.ok or outcome.code == "stale_phase", outcome

    async def timeline(self) -> None:
        self.me.phase("cards", "orders")
        planned = [line for line in self.desk.look.data["msel"] if line["status"] == "planned"]
        if not planned:
            raise NotYetError("nothing is planned")
        entries = [line["entry"] for line in planned[-3:]]
        first, second, third = entries[0], entries[len(entries) // 2], entries[-1]
        await self.desk.do(do="hold", entry=first, reason="wait for the other table")
        await self.desk.do(do="unhold", entry=first)
        later = min(self.desk.look.turn + 1, self.desk.look.catalog["turns"]["count"])
        await self.desk.do(do="retime", entry=second, turn=later)
        await self.desk.do(do="shift", entry=first, turns=1)
        await self.desk.do(do="skip", entry=third, reason="no time for it")
        shelf = next(card for card in self.desk.look.catalog["cards"] if card["pool"] == "shelf" and not card["variables"])
        await self.desk.do(do="plan", card=shelf["id"], turn=later, bound={})

    # -- rulings and the hand on outcomes -----------------------------------------------------------------------------

    async def petitions(self) -> None:
        waiting = [each for each in self.desk.look.data["petitions"] if each["status"] == "waiting"]
        if not waiting:
            raise NotYetError("nobody has proposed anything")
        number = waiting[0]["number"]
        secrets = {
            right: (await self.desk.manage(what="invite", right=right))["secret"] for right in ("adjudicator", "observer")
        }
        async with (
            Desk(self.me.world, self.me.address, secrets["adjudicator"], "Ms Adjudicator") as judge,
            Desk(self.me.world, self.me.address, secrets["observer"], "Mr Observer") as observer,
        ):
            await judge.go_to(self.here())
            await observer.go_to(self.here())
            await observer.not_do("forbidden", do="advance")
            await observer.do(do="estimate", number=number, percent=35)
            await judge.do(do="estimate", number=number, percent=65)
            await judge.do(do="defer", number=number, reason="taken upstairs")
            track, _, sign = self.track()
            await judge.do(
                do="rule",
                number=number,
                odds=50,
                success=f"{track} {sign}1",
                failure="",
                ruling="It works, and somebody noticed.",
                ruling_fails="It does not work, and nobody noticed.",
                public=True,
            )
        if len(waiting) > 1:
            await self.desk.do(do="turn_down", number=waiting[1]["number"], ruling="There is no time for it in this turn.")

    async def by_hand(self) -> None:
        look = self.me.phase("cards", "orders")
        track, value, sign = self.track()
        step = 1 if sign == "+" else -1
        await self.desk.not_do("malformed", do="override", slot=track, value=value + step, reason=" ")
        await self.desk.do(do="override", slot=track, value=value + step, reason="the count at the table was wrong")
        told = await self.desk.ask(what="check_effects", effects="nonsense +1")
        assert told["problems"], "nonsense has no problem"
        await self.desk.do(
            do="happen", text="A storm closes the port.", effects=f"{track} {sign}1", reason="a student asked for it"
        )
        await self.desk.ask(what="meters")
        seat, body = await self._for_somebody(look.seats)
        await self.desk.do(do="act", seat=seat, body=body, reason="given to me on paper")

    async def outcome(self) -> None:
        self.me.phase("floor")
        await self.desk.not_do("malformed", do="outcome", passed=True, reason="")
        await self.desk.do(do="outcome", passed=True, reason="the vote was taken by hands in the room")
        await self.desk.not_do("malformed", do="end", ending=None, reason="")

    async def _for_somebody(self, seats: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, Any]]:
        """A seat with something to decide, and something it may do."""
        for seat in seats:
            seen = await self.desk.ask(what="view_as", seat=seat["id"])
            for offer in seen["offers"]:
                if offer["do"] == "respond" and offer["ok"] and offer["options"]:
                    option = next(each["id"] for each in offer["options"] if each["ok"])
                    body = {"do": "respond", "card": offer["card"], "option": option, "rationale": "On paper.", "belief": 40}
                    return seat["id"], body
                if offer["do"] == "order" and offer["ok"] and not offer["targets"]:
                    order = {"action": offer["action"], "targets": [], "rationale": "On paper."}
                    return seat["id"], {"do": "orders", "orders": [order]}
        raise NotYetError("nobody has anything to do")

    # -- time ---------------------------------------------------------------------------------------------------------

    async def rewind(self) -> None:
        look = self.me.phase("orders")
        found = (await self.desk.manage(what="boundaries", table=self.here()))["boundaries"]
        back = next(each for each in reversed(found) if each["turn"] == look.turn and each["phase"] != look.seen[1])
        reason = "half the table had not seen the card"
        told = await self.desk.manage(what="rewind", to=back["seq"], reason=reason, table=self.here())
        assert (told["turn"], told["phase"]) == (back["turn"], back["phase"]), f"{told} is not {back}"
        await self.desk.until(lambda: self.desk.look.seen == (back["turn"], back["phase"]), "for the moment gone back to")
        assert self.desk.look.paused, "the game is not paused after going back"
        await self.desk.do(do="resume")

    async def fork(self) -> None:
        look = self.me.phase("orders")
        old = self.here()
        found = (await self.desk.manage(what="boundaries", table=old))["boundaries"]
        at = next(each for each in reversed(found) if each["turn"] == look.turn and each["phase"] != look.seen[1])
        new = (await self.desk.manage(what="fork", at=at["seq"], people=True, table=old))["table"]
        await self.desk.until(lambda: any(table["table"] == new for table in self.me.tables), "for the new table")
        await asyncio.sleep(5 / self.me.world.speed)
        # The old game goes on without its people: computers play it to its end.
        for seat in next(table for table in self.me.tables if table["table"] == old)["seats"]:
            if not seat["bot"] and seat["seat"] in [each["id"] for each in look.seats]:
                await self.desk.manage(what="bot", seat=seat["seat"], level=COMPUTER, table=old)
        for table in (old, new):
            await self.desk.go_to(table)
            await self.desk.do(do="resume")
        told = await self.desk.manage(what="compare", tables=[old, new])
        assert len(told["tables"]) == 2, f"two tables were compared, not {told['tables']}"
