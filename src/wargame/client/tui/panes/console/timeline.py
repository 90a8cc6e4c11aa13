"""The plan of cards: what is planned, armed, held, released, skipped and recalled, turn by turn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import Field, Form, needed, whole
from wargame.client.tui.paint import Page, glyphs, say
from wargame.client.tui.panes.console.base import Deed, ListPage, deeds, head, reason
from wargame.client.tui.panes.console.cards import ask_turn, card_page
from wargame.client.tui.panes.console.gate import plan
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

WORDS = {
    "planned": later("planned"),
    "armed": later("armed: waits for your yes"),
    "held": later("held back"),
    "released": later("released"),
    "skipped": later("skipped"),
    "recalled": later("recalled"),
}
BY = {
    "plan": later("by the plan"),
    "rule": later("by a rule of the scenario"),
    "facilitator": later("by a facilitator"),
    "deck": later("from the deck"),
}


def sign(status: str) -> tuple[str, str]:
    """A status as a sign and a style; the word stands beside it in the text."""
    signs = glyphs()
    return {
        "planned": (signs.ring, "$quiet"),
        "armed": (signs.lost, "bold $warning"),
        "held": (signs.hold, "bold $warning"),
        "released": (signs.check, "$success"),
        "skipped": (signs.dash, "$quiet"),
        "recalled": (signs.cross, "$error"),
    }.get(status, (signs.same, ""))


def when(entry: Body) -> int:
    """The turn an entry stands under: when it came, or is due, or was to come; 0 for none."""
    return int(entry.get("released") or entry.get("due") or entry.get("planned") or 0)


def delay(entry: Body) -> str:
    """`planned 3`, where it came or is due at another turn than planned."""
    planned = entry.get("planned")
    return phrase("planned {planned}", planned=planned) if planned is not None and planned != when(entry) else ""


class TimelinePane(ListPage):
    """Turn by turn; beside it the cue sheet of the card under the cursor."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (
        ListPage.ACT,
        Command("plan.later", ("plus",), "later", "Due one turn later; what was planned stays written", "shift(1)"),
        Command("plan.earlier", ("minus",), "earlier", "Due one turn earlier", "shift(-1)"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Every card that is planned or has come. ○ planned, ⚠ armed and waiting for your yes, ■ held back, ✓ released, — "
        "skipped, ✗ recalled. Enter does something with it: release it now, hold it back, another turn, everything after it "
        "too, skip it; take back or correct one that is out. What was planned is never overwritten: both turns are told. "
        "Cards without a plan are on the shelf (page 5)."
    )

    def rows(self, look: Look) -> list[Row]:
        """Armed ones first, then by turn."""
        entries = plan(look)
        rows: list[Row] = []
        waiting = [entry for entry in entries if entry.get("status") == "armed"]
        if waiting:
            rows += [head(phrase("Armed: one key deals it")), *(self._row(entry) for entry in waiting)]
        turn: int | None = None
        for entry in sorted((each for each in entries if each not in waiting), key=when):
            if when(entry) != turn:
                turn = when(entry)
                labels = look.catalog.get("turns", {}).get("labels") or []
                label = f": {labels[turn - 1]}" if 0 < turn <= len(labels) else ""
                now = phrase("  (now)") if turn == look.turn else ""
                rows.append(
                    head(
                        phrase("Turn {turn}{label}{now}", turn=turn, label=label, now=now) if turn else phrase("Without a turn")
                    )
                )
            rows.append(self._row(entry))
        return rows or [Row("none", say((phrase("No card is planned, and none has come yet."), "$quiet")))]

    @staticmethod
    def _row(entry: Body) -> Row:
        glyph, style = sign(str(entry.get("status")))
        late = delay(entry)
        kind = phrase("  contingency") if entry.get("kind") == "contingency" else ""
        if entry.get("until") is not None and entry.get("status") in ("planned", "held"):
            kind += phrase("  to {until}", until=entry["until"])
        return Row(
            f"entry:{entry['entry']}",
            say((f"{glyph} ", style), str(entry["title"]), (f"  {late}" if late else "", "$warning"), (kind, "$quiet")),
        )

    def _entry(self, chosen: str) -> Body | None:
        which = chosen.partition(":")[2]
        return next((each for each in plan(self.client.look) if each["entry"] == which), None)

    def text(self, look: Look, chosen: str) -> Page:
        """The cue sheet, with how the card stands."""
        entry = self._entry(chosen)
        if entry is None:
            return Page().line((phrase("The shelf (page 5) has all cards; Enter there fires or plans one."), "$quiet"))
        return card_page(look, entry["card"], status_page(look, entry).gap())

    async def act(self, look: Look, chosen: str) -> None:
        """What can be done with it."""
        entry = self._entry(chosen)
        if entry is not None:
            await entry_deeds(self.client, look, entry)

    def action_shift(self, by: int) -> None:
        """One turn later or earlier."""
        look, entry = self.look, self._entry(self.chosen)
        if look is None or entry is None or entry.get("status") not in ("planned", "held") or self.off("retime"):
            return
        turn = int(entry.get("due") or entry.get("planned") or look.turn) + by
        last = int(look.catalog.get("turns", {}).get("count") or turn)
        if max(1, look.turn) <= turn <= last:
            self.work(
                self.send(
                    {"do": "retime", "entry": entry["entry"], "turn": turn}, look.seen, phrase("Due in turn {turn}.", turn=turn)
                ),
                "retime",
            )
        else:
            self.notify(phrase("There is no such turn to come."), markup=False, timeout=3)


def status_page(look: Look, entry: Body) -> Page:
    """How an entry stands: status, planned against due, by whom and why."""
    status = str(entry.get("status"))
    glyph, style = sign(status)
    page = Page().line(
        (f"{glyph} {phrase(WORDS.get(status, status))}", style),
        (f", {phrase(BY[str(entry['by'])])}" if entry.get("by") in BY else "", "$quiet"),
    )
    times = [
        phrase("{word} turn {entry}", word=word, entry=entry[key])
        for key, word in (("planned", phrase("planned for")), ("due", phrase("due in")), ("released", phrase("released in")))
        if entry.get(key) is not None and not (key == "due" and entry.get("released") is not None)
    ]
    page.line("; ".join(times) or phrase("never planned"))
    if entry.get("until") is not None and status in ("planned", "held"):
        page.line(
            (phrase("It can come until turn "), "$quiet"),
            f"{entry['until']}",
            (phrase(", when its rule says so or you deal it."), "$quiet"),
        )
    if entry.get("reason"):
        page.line((phrase("Why: "), "$quiet"), str(entry["reason"]))
    for name, label in (entry.get("bound") or {}).items():
        page.line((f"{str(name).capitalize()}: ", "$quiet"), str(label))
    return page


async def entry_deeds(client: Host, look: Look, entry: Body) -> None:
    """What can be done with an entry as it stands."""
    status, which = entry.get("status"), entry["entry"]
    do = partial(_reasoned, client, look, entry)
    release = Deed(
        phrase("Deal it now"),
        "release",
        partial(_release, client, look, entry),
        phrase("What was planned stays written beside when it came."),
    )
    retime = Deed(phrase("Another turn"), "retime", partial(_retime, client, look, entry), phrase("This card alone."))
    shift = Deed(
        phrase("Shift it and all that is due after it"),
        "shift",
        partial(_shift, client, look, entry),
        phrase("The rest of the plan moves along."),
    )
    skip = Deed(
        phrase("Skip it"), "skip", partial(do, "skip", phrase("Skipped.")), phrase("It does not come; the reason is kept.")
    )
    found: list[Deed] = []
    match status:
        case "planned":
            hold = Deed(
                phrase("Hold it back"),
                "hold",
                partial(do, "hold", phrase("Held back.")),
                phrase("It waits until you let it go, however late."),
            )
            found = [release, hold, retime, shift, skip]
        case "held":
            unhold = partial(client.send, {"do": "unhold", "entry": which}, look.seen, phrase("It comes as planned again."))
            found = [release, Deed(phrase("Let it come as planned"), "unhold", unhold), retime, skip]
        case "armed":
            found = [release, skip]
        case "released" if entry.get("number") is not None:
            found = [
                Deed(
                    phrase("Correct its words"),
                    "correct",
                    partial(_correct, client, look, entry),
                    phrase("Everybody who reads it sees that it was corrected."),
                ),
                Deed(
                    phrase("Recall it, and undo what dealing it changed"), "recall", partial(_recall, client, look, entry, True)
                ),
                Deed(phrase("Recall it, and leave what it changed"), "recall", partial(_recall, client, look, entry, False)),
            ]
    if found:
        await deeds(client, str(entry["title"]), found, status_page(look, entry).content)
    else:
        client.notify(
            phrase("Nothing more can be done with it. The shelf ({how}) can deal the card anew.", how=how("shelf")),
            markup=False,
            timeout=4,
        )


async def _reasoned(client: Host, look: Look, entry: Body, do: str, done: str) -> None:
    words = {"skip": phrase("It does not come."), "hold": phrase("It is not dealt until you let it go.")}[do]
    key = f"{do}.{entry['entry']}"
    why = await reason(
        client, f"{do.capitalize()} “{entry['title']}”", say(words, phrase(" Why? The reason is kept.")), do, key
    )
    if why is not None and await client.send({"do": do, "entry": entry["entry"], "reason": why}, look.seen, done):
        client.sent(key)


async def _release(client: Host, look: Look, entry: Body) -> None:
    page = card_page(look, entry["card"]).gap().line(phrase("It lands at once."))
    if await client.push_screen_wait(Confirm(phrase("Deal this card now?"), page.content, phrase("deal it"))) is not None:
        await client.send({"do": "release", "entry": entry["entry"]}, look.seen, phrase("Dealt."))


async def _retime(client: Host, look: Look, entry: Body) -> None:
    last = int(look.catalog.get("turns", {}).get("count") or 0)
    turn = await ask_turn(client, look, f"“{entry['title']}”", phrase("set it"), when(entry), last)
    if turn is not None:
        await client.send(
            {"do": "retime", "entry": entry["entry"], "turn": turn}, look.seen, phrase("Due in turn {turn}.", turn=turn)
        )


async def _shift(client: Host, look: Look, entry: Body) -> None:
    later = [
        each
        for each in plan(look)
        if each.get("status") in ("planned", "held") and (each.get("due") or 0) >= (entry.get("due") or 0)
    ]
    page = Page().line(phrase("These {count} move together:", count=len(later)))
    for each in later:
        page.line(phrase("{bullet} turn {due}: {title}", bullet=glyphs().bullet, due=each.get("due"), title=each["title"]))
    count = int(look.catalog.get("turns", {}).get("count") or 20)
    fields = [Field("turns", phrase("By how many turns? (-1: one turn earlier)"), "1", wrong=whole(-count, count), most=4)]
    written = await client.push_screen_wait(
        Form(phrase("Shift the plan"), fields, intro=page.content, yes=phrase("shift them"))
    )
    if written is not None:
        await client.send(
            {"do": "shift", "entry": entry["entry"], "turns": int(written["turns"])}, look.seen, phrase("Shifted.")
        )


async def _correct(client: Host, look: Look, entry: Body) -> None:
    card: Body = (look.data.get("cards") or {}).get(str(entry.get("number"))) or {}
    key = f"correct.{entry['entry']}"
    fields = [
        Field(
            "title",
            phrase("Title"),
            client.draft(f"{key}.title") or str(card.get("title") or entry["title"]),
            wrong=needed,
            most=120,
        ),
        Field(
            "text", phrase("Text"), client.draft(f"{key}.text") or str(card.get("text") or ""), lines=6, wrong=needed, most=4000
        ),
        Field("reason", phrase("Why? The reason is kept"), client.draft(f"{key}.reason"), wrong=needed, most=500),
    ]
    form = Form(
        phrase("Correct a card"), fields, yes=phrase("correct it"), kept=lambda field, text: client.keep(f"{key}.{field}", text)
    )
    written = await client.push_screen_wait(form)
    if written is None:
        return
    body: dict[str, Any] = {"do": "correct", "card": str(entry["number"]), "reason": written["reason"].strip()}
    body |= {field: written[field].strip() for field in ("title", "text")}
    if await client.send(body, look.seen, phrase("Corrected; its readers see that.")):
        client.sent(f"{key}.title", f"{key}.text", f"{key}.reason")


async def _recall(client: Host, look: Look, entry: Body, undo: bool) -> None:
    key = f"recall.{entry['entry']}"
    changed = phrase("what dealing it changed is set back") if undo else phrase("what it has changed stays")
    words = say(
        (str(entry["title"]), "bold"), phrase(" is taken off the table; {changed}. Its readers are told. Why?", changed=changed)
    )
    why = await reason(client, phrase("Recall a card"), words, phrase("recall it"), key)
    body = {"do": "recall", "card": str(entry["number"]), "reason": why, "undo": undo}
    if why is not None and await client.send(body, look.seen, phrase("Recalled.")):
        client.sent(key)
