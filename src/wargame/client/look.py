"""What is known, by name: the catalog and the mirror together, in the words screens use. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from wargame.client.door import PUBLIC, WHITE_CELL, Body, Glance
from wargame.client.hints import how
from wargame.client.speech import counted, phrase

HIDDEN, BAND, EXACT = 0, 1, 2
Line = Sequence[Any]  # [indent, tone, text]


@frozen
class Reading:
    """What is known of a slot.

    `level`: how well it is seen now; `value`: a number, a band's number or None; `turn`: as of when.
    """

    slot: Body
    level: int = HIDDEN
    value: int | None = None
    turn: int = 0
    stale: bool = False

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return self.value is not None

    @property
    def exact(self) -> int | None:
        """The number, where it is known as a number."""
        return self.value if self.level == EXACT else None

    @property
    def band(self) -> str:
        """The name of the band, or empty."""
        bands = self.slot.get("bands") or []
        if self.value is None:
            return ""
        if self.level == BAND:
            return str(bands[self.value][2]) if 0 <= self.value < len(bands) else ("low", "medium", "high")[min(self.value, 2)]
        return next((str(name) for lo, hi, name in bands if lo <= self.value <= hi), "")

    def told(self, value: int) -> str:
        """Another value of the slot, known as well as this one is: a number, or the name of a band."""
        return str(value) if self.level == EXACT else evolve(self, value=value).band

    @property
    def share(self) -> float | None:
        """Where in its range it stands, 0 to 1; the middle of the band where only that is known."""
        if self.value is None:
            return None
        lo, hi = int(self.slot["lo"]), int(self.slot["hi"])
        at = float(self.value)
        if self.level == BAND:
            bands = self.slot.get("bands") or []
            if 0 <= self.value < len(bands):
                at = (bands[self.value][0] + bands[self.value][1]) / 2
            else:
                at = lo + (hi - lo) * (self.value + 0.5) / 3
        return min(1.0, max(0.0, (at - lo) / (hi - lo))) if hi > lo else 0.0

    @property
    def words(self) -> str:
        """`45 strained`, `strained`, `?`."""
        if self.value is None:
            return "?"
        return f"{self.value} {self.band}".rstrip() if self.level == EXACT else self.band


@frozen(eq=False)
class Look:
    """A moment of a game as its viewer knows it."""

    glance: Glance
    slots: Mapping[int, Body] = field(init=False)
    _seats: Mapping[str, Body] = field(init=False)
    _labels: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        catalog = self.glance.catalog
        object.__setattr__(self, "slots", {int(slot["index"]): slot for slot in catalog.get("slots", ())})
        object.__setattr__(self, "_seats", {seat["id"]: seat for seat in catalog.get("seats", ())})
        labels = {WHITE_CELL: phrase("White cell"), PUBLIC: phrase("Spectators")}
        for key in ("actions", "agreements", "motions", "choices", "factions", "areas", "pieces", "area_values"):
            labels.update({entry["id"]: entry["label"] for entry in catalog.get(key, ())})
        labels.update({card["id"]: card["title"] for card in catalog.get("cards", ())})
        labels.update({seat["id"]: seat["title"] for seat in catalog.get("seats", ())})
        object.__setattr__(self, "_labels", labels)

    # -- the table ----------------------------------------------------------------------------------------------------

    @property
    def catalog(self) -> Body:
        """The fixed part."""
        return self.glance.catalog

    @property
    def data(self) -> Body:
        """The mirror."""
        return self.glance.data

    @property
    def you(self) -> str:
        """A seat id, `public` or `white_cell`."""
        return self.glance.you or str(self.catalog.get("you", ""))

    @property
    def plays(self) -> bool:
        """Whether the viewer has a seat."""
        return self.you in self._seats

    @property
    def controls(self) -> bool:
        """Whether the viewer is the facilitator."""
        return self.you == WHITE_CELL

    @property
    def right(self) -> str:
        """What a facilitator may do: control, adjudicator, evaluator, observer; empty for players."""
        return (self.glance.right or "control") if self.controls else ""

    @property
    def seats(self) -> list[Body]:
        """The seats in play, in order."""
        played = self.data.get("played")
        return [seat for seat in self._seats.values() if (seat.get("played", True) if played is None else seat["id"] in played)]

    @property
    def status(self) -> str:
        """lobby, setup, running, over."""
        return str(self.data.get("status", "lobby"))

    @property
    def turn(self) -> int:
        """The turn now."""
        return int(self.data.get("turn", 0))

    @property
    def seen(self) -> tuple[int, str]:
        """The (turn, phase) for commands of someone who looks now."""
        return self.turn, str(self.data.get("phase", ""))

    @property
    def phase(self) -> Body:
        """The catalog's entry for the phase now."""
        now = self.data.get("phase", "")
        if self.status == "over":
            return {"id": now, "label": phrase("The game is over"), "kind": "over"}
        found = next((phase for phase in self.catalog.get("phases", ()) if phase["id"] == now), None)
        if found is not None:
            return dict(found)
        return {
            "id": now,
            "label": phrase("Setup") if now == "setup" else str(now).capitalize(),
            "kind": "setup" if now == "setup" else "",
        }

    @property
    def turn_words(self) -> str:
        """`Turn 3/8: April`."""
        turns = self.catalog.get("turns", {})
        labels = turns.get("labels") or []
        label = f": {labels[self.turn - 1]}" if 0 < self.turn <= len(labels) else ""
        if self.status == "lobby":
            return phrase("Not started")
        return (
            phrase("Turn {turn}/{count}{label}", turn=self.turn, count=turns.get("count", "?"), label=label)
            if self.turn
            else phrase("Before turn 1")
        )

    def left(self, now: int) -> int | None:
        """Whole seconds left in the phase; None without a clock."""
        paused, deadline = self.data.get("paused"), self.data.get("deadline")
        if paused is not None:
            return max(0, int(paused)) // 1000
        return max(0, -(-(int(deadline) - now) // 1000)) if deadline is not None else None

    @property
    def paused(self) -> bool:
        """Whether the clock stands."""
        return self.data.get("paused") is not None

    @property
    def sealed(self) -> bool:
        """Whether the viewer is done with this phase."""
        return self.you in self.data.get("sealed", ())

    @property
    def waiting_for(self) -> list[str]:
        """Seats that still have something to decide."""
        sealed = self.data.get("sealed", ())
        return [seat for seat in self.data.get("active", ()) if seat not in sealed]

    # -- names --------------------------------------------------------------------------------------------------------

    def name(self, entry: object) -> str:
        """The label of any id; the id itself where there is none."""
        return self._labels.get(str(entry), str(entry)) if entry is not None else phrase("Somebody")

    def title(self, seat: object) -> str:
        """The full name of a seat."""
        return self.name(seat)

    def option(self, choice: object, option: object) -> str:
        """The label of an option of a choice made before turn 1; the option's id where there is none."""
        entry: Body = next((each for each in self.catalog.get("choices", ()) if each["id"] == choice), {})
        return next((str(each["label"]) for each in entry.get("options", ()) if each["id"] == option), str(option))

    def short(self, owner: object) -> str:
        """The short name of a seat or faction."""
        seat = self._seats.get(str(owner))
        if seat is not None:
            return str(seat.get("short") or seat["title"])
        return self.name(owner)

    def letter(self, owner: object) -> str:
        """At most two letters for an owner on the map, different for each."""
        used: set[str] = set()
        for each in [*self._seats, *(faction["id"] for faction in self.catalog.get("factions", ()))]:
            short = "".join(letter for letter in self.short(each) if letter.isalnum()) or "?"
            candidates = [short[:2], short[:1] + short[-1:], *(short[:1] + digit for digit in "23456789")]
            mark = next((candidate for candidate in candidates if candidate.upper() not in used), short[:2]).upper()
            used.add(mark)
            if each == owner:
                return mark
        return "??"

    def color(self, owner: object) -> int:
        """A seat's number for colouring, from 0; factions come after the seats."""
        order = [*self._seats, *(faction["id"] for faction in self.catalog.get("factions", ()))]
        return order.index(str(owner)) if str(owner) in order else len(order)

    # -- slots --------------------------------------------------------------------------------------------------------

    def reading(self, index: int) -> Reading:
        """What is known of a slot."""
        slot = self.slots.get(index, {"index": index, "lo": 0, "hi": 1, "label": f"#{index}", "name": str(index)})
        entry = self.data.get("slots", {}).get(index)
        if entry is None:
            return Reading(slot)
        level, value, turn = entry
        if level == HIDDEN:
            if value is None:
                return Reading(slot, turn=int(turn or 0))
            return Reading(slot, int(value[0]), int(value[1]), int(turn or 0), stale=True)
        return Reading(slot, int(level), int(value), int(turn or 0))

    def readings(self, *families: str, owner: str | None = None, area: str | None = None) -> list[Reading]:
        """Everything of these families, in the catalog's order."""
        return [
            self.reading(index)
            for index, slot in self.slots.items()
            if slot.get("family") in families
            and (owner is None or slot.get("owner") == owner)
            and (area is None or slot.get("area") == area)
        ]

    def named(self, name: str) -> Reading | None:
        """The slot of that name, if this viewer can ever see it."""
        return next((self.reading(index) for index, slot in self.slots.items() if slot.get("name") == name), None)

    def control(self, area: str) -> str | None:
        """Who has most pieces in an area, as far as known; None when nobody or a tie."""
        totals: dict[str, int] = {}
        for reading in self.readings("piece", area=area):
            if reading.exact:
                owner = str(reading.slot.get("owner"))
                totals[owner] = totals.get(owner, 0) + reading.exact
        best = sorted(totals.items(), key=lambda item: -item[1])
        if not best or (len(best) > 1 and best[0][1] == best[1][1]):
            return None
        return best[0][0]

    def purse(self, seat: str | None = None) -> Reading | None:
        """The main resource of a seat: its first one."""
        found = self.readings("resource", owner=seat or self.you)
        return found[0] if found else None

    def purse_words(self, seat: str) -> str:
        """What the main resource of a seat is called, small; `points` where it is not known."""
        slot = next(
            (each for each in self.slots.values() if each.get("family") == "resource" and each.get("owner") == seat), None
        )
        return str(slot["label"]).lower() if slot is not None else phrase("points")

    def cost_words(self, cost: object) -> str:
        """`3 political capital`, `free`; `cost` maps slot names or numbers to amounts."""
        if not isinstance(cost, Mapping) or not any(cost.values()):
            return "free"
        parts = []
        for slot, amount in cost.items():
            if not amount:
                continue
            reading = (
                self.reading(int(slot)) if str(slot).isdigit() else self.named(str(slot)) or self.named(f"{self.you}.{slot}")
            )
            owner = reading.slot.get("owner") if reading else None
            whose = f" ({self.short(owner)})" if owner and owner != self.you else ""
            parts.append(f"{amount} {str(reading.slot['label']).lower() if reading else slot}{whose}")
        return ", ".join(parts) or phrase("free")

    # -- what may be done ---------------------------------------------------------------------------------------------

    def offers(self, do: str) -> list[Body]:
        """The offers of one kind."""
        return [offer for offer in self.glance.offers if offer.get("do") == do]

    def offer(self, do: str) -> Body | None:
        """The first offer of a kind, or None."""
        return next(iter(self.offers(do)), None)

    def may(self, do: str) -> bool:
        """Whether something of the kind may be done now."""
        return any(offer.get("ok", True) for offer in self.offers(do))

    @property
    def orders_allowed(self) -> int | None:
        """How many orders the phase takes, where the catalog tells."""
        number = self.phase.get("orders")
        return int(number) if number is not None else None

    @property
    def unanswered(self) -> list[str]:
        """Numbers of the cards this viewer has to answer and has not."""
        answers = self.data.get("responses", {})
        asked = {str(offer["card"]) for offer in self.offers("respond")}
        cards: Iterable[str] = self.data.get("cards", {})
        return [number for number in cards if number in asked and number not in answers]

    def wanted(self) -> str:
        """What is wanted from the viewer now, in a phrase."""
        status, kind = self.status, self.phase.get("kind")
        asking = len(self.glance.classroom.lobby or self.glance.room.requests) if self.controls else 0
        door = [phrase("{asking} at the door ({how})", asking=asking, how=how("door"))] if asking else []
        if status == "lobby":
            return (
                " · ".join([*door, phrase("you can start the game ({how})", how=how("start"))])
                if self.may("start")
                else phrase("waiting for the facilitator to start")
            )
        if status == "over":
            return phrase("the game is over: see the result ({how})", how=how("ending" if self.glance.right else "result"))
        if self.paused:
            return (
                phrase("the clock is stopped: {how} to let it run", how=how("resume"))
                if self.controls
                else phrase("the game is paused")
            )
        suggested = self._suggested()
        parts = (
            [
                counted(
                    "{count} suggestion waits for your word ({how})",
                    "{count} suggestions wait for your word ({how})",
                    suggested,
                    how=how("team"),
                )
            ]
            if suggested
            else []
        )
        if status == "setup":
            parts += self._setup_wanted()
        elif self.plays and not self.sealed:
            if self.unanswered:
                count = len(self.unanswered)
                parts.append(
                    counted("{count} card to answer ({how})", "{count} cards to answer ({how})", count, how=how("cards"))
                )
            if kind in ("orders", "turns") and self.offers("order"):
                parts.append(self._orders_wanted())
            if kind == "floor" and self.may("floor"):
                parts.append(phrase("a motion on the floor ({how})", how=how("floor")))
        if self.plays and self.may("sign"):
            parts.append(phrase("a proposal to sign ({how})", how=how("deals")))
        if parts:
            return " · ".join(parts)
        if self.plays and not self.sealed and self.you in self.data.get("active", ()):
            return phrase("all entered, not sealed: {how} when done", how=how("done"))
        waiting = [self.short(seat) for seat in self.waiting_for if seat != self.you]
        if waiting:
            own = [phrase("sealed ({how})", how=how("reopen"))] if self.sealed and self.may("reopen") else door
            return " · ".join([*own, phrase("waiting for: ") + ", ".join(waiting)])
        if door:
            return " · ".join(door)
        return phrase("done") if self.sealed else phrase("nothing to do right now")

    def _suggested(self) -> int:
        """How many suggestions of the viewer's team it has said nothing on."""
        voices = [
            {offer["number"] for offer in self.offers(do) if self.glance.person in (offer.get("people") or ())}
            for do in ("endorse", "object")
        ]
        return len(set.intersection(*voices)) if self.plays else 0

    def _orders_wanted(self) -> str:
        count, most = len(self.data.get("orders", ())), self.orders_allowed
        if self.phase.get("kind") == "turns":
            return phrase("your move ({how})", how=how("orders"))
        of = phrase(" of {most}", most=most) if most is not None else ""
        return phrase("orders: {count}{of}", count=count, of=of) + (
            phrase(", {how} when done", how=how("done"))
            if most is not None and count >= most
            else phrase(", not sealed ({how})", how=how("orders"))
        )

    def _setup_wanted(self) -> list[str]:
        if self.sealed or not self.plays:
            return []
        draft = self.data.get("setup") or {}
        choices, places = draft.get("choices") or {}, draft.get("placements") or {}
        open_ = [offer for offer in self.offers("choose") if offer["choice"] not in choices]
        open_ += [offer for offer in self.offers("place") if len(places.get(offer["placement"], ())) < to_place(offer)]
        if open_:
            return [counted("{count} decision before turn 1", "{count} decisions before turn 1", len(open_))]
        return [phrase("all decided, not sealed: {how} when done", how=how("done"))] if self.offers("seal") else []

    # -- stories ------------------------------------------------------------------------------------------------------

    def trend(self, index: int, length: int = 8) -> list[int]:
        """Values as the last turns began, oldest first, ending with the value now; empty unless it is known exactly."""
        now = self.reading(index)
        if now.level != EXACT or now.value is None:
            return []
        values = [entry["slots"][index] for entry in self.data.get("history", ()) if index in entry.get("slots", {})]
        return [*values, now.value][-length:]

    def change(self, index: int) -> int:
        """By how much a number changed since the last turn began; 0 where that is not known.

        Most happens between the last orders of a turn and the next one: counted from this turn it would never be seen.
        """
        now = self.reading(index).exact
        for entry in self.data.get("history", ()):
            if int(entry.get("turn", 0)) >= self.turn - 1:
                before = entry.get("slots", {}).get(index)
                return now - before if now is not None and isinstance(before, int) else 0
        return 0

    def at(self, index: int, turn: int) -> int | None:
        """The value or band of a slot as a turn began; None where that is not known."""
        for entry in self.data.get("history", ()):
            if entry.get("turn") == turn:
                value = entry.get("slots", {}).get(index)
                return int(value) if isinstance(value, int) else None
        return None

    def answers(self, card: Body) -> list[Body]:
        """What has come out about a card: the stories of its answers in the turn it lies on the table."""
        return [
            story
            for story in self.data.get("feed", ())
            if story.get("kind") == "response" and story.get("turn") == self.turn and story.get("card") == card.get("id")
        ]


def to_place(offer: Body) -> int:
    """How many pieces can be placed: one an area, so no more than there are areas."""
    return min(int(offer["count"]), len(offer.get("areas") or ()))
