"""The facilitator's hand on the game, from every page: the clock, words to everybody, and what is set right with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from wargame.bots.names import LEVELS
from wargame.client.classroom import Hall
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import Field, Form, needed, whole
from wargame.client.tui.dialogs.joining import Joining
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, plain, say
from wargame.client.tui.panes.console.base import Deed, deeds, reason
from wargame.client.tui.panes.console.gate import armed, gate_page
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

TIMES = ((30, "30 seconds"), (60, "1 minute"), (120, "2 minutes"), (300, "5 minutes"), (600, "10 minutes"))


# -- the clock --------------------------------------------------------------------------------------------------------


async def advance(client: Host, look: Look) -> None:
    """Starts the game, or ends the phase; shows first what is unresolved."""
    if look.may("start"):
        await start(client, look)
        return
    hall = Hall.of(look.glance)
    page = gate_page(look, hall, client.door.now() if client.door is not None else 0)
    if look.waiting_for:
        page.gap().line(phrase("Drafts count as they stand; unanswered cards take their default."))
    asked = Confirm(phrase("End “{label}” now?", label=look.phase.get("label")), page.content, phrase("end the phase"))
    if await client.push_screen_wait(asked) is not None:
        await client.send({"do": "advance"}, look.seen, phrase("Done."))


async def start(client: Host, look: Look) -> None:
    """Starts the game; computers can take the seats where nobody is."""
    hall = Hall.of(look.glance)
    empty = _empty(look, hall, look.glance.table)
    page = Page()
    if hall.lobby:
        names = ", ".join(str(each.get("name")) for each in hall.lobby)
        page.line((phrase("Still at the door: "), "$quiet"), (names, "bold $warning"), phrase(". They can come in later too."))
    if not empty:
        page.line(phrase("Every seat is taken. Newcomers can still join."))
        if await client.push_screen_wait(Confirm(phrase("Start the game?"), page.content, phrase("start it"))) is not None:
            await client.send({"do": "start"}, look.seen, phrase("Started."))
        return
    names = ", ".join(look.short(seat) for seat in empty)
    page.line((phrase("Empty: "), "$quiet"), (names, "bold $warning"), phrase(". Newcomers can still join and take over."))
    rows = [
        Row("bots", say(phrase("Start; computers play the empty seats"))),
        Row("alone", say(phrase("Start; nobody plays the empty seats for now"))),
    ]
    picked = await client.push_screen_wait(Choose(phrase("Start the game?"), rows, intro=page.content, verb=phrase("start it")))
    for seat in empty if picked == "bots" else ():
        if "error" in await client.manage({"what": "bot", "seat": seat, "level": next(iter(LEVELS))}):
            return
    if picked is not None:
        await client.send({"do": "start"}, look.seen, phrase("Started."))


def _empty(look: Look, hall: Hall, table: str) -> list[str]:
    """The seats of a table that the game needs and nobody has; optional ones stay out of a game when nobody takes them."""
    seats = [str(seat["id"]) for seat in look.seats if not seat.get("optional")]
    return [seat for seat in seats if not hall.at(seat, table) and not hall.seat(seat, table).get("bot")]


async def start_all(client: Host, look: Look) -> None:
    """Starts every table that waits to begin; computers play the seats where nobody is."""
    hall = Hall.of(look.glance)
    waiting = [str(each["table"]) for each in hall.tables if each.get("status") == "lobby"]
    page = Page()
    for table in waiting:
        names = ", ".join(look.short(seat) for seat in _empty(look, hall, table))
        words = phrase("computers play {names}", names=names) if names else phrase("every seat is taken")
        page.line((f"{hall.name(table)}: ", "bold"), words)
    if not waiting:
        client.notify(phrase("Every table has begun."), markup=False)
        return
    asked = Confirm(phrase("Start {count} tables?", count=len(waiting)), page.content, phrase("start them"))
    if await client.push_screen_wait(asked) is None:
        return
    for table in waiting:
        for seat in _empty(look, hall, table):
            body = {"what": "bot", "seat": seat, "level": next(iter(LEVELS)), "table": table}
            if "error" in await client.manage(body):
                return
    await client.manage({"what": "all", "body": {"do": "start"}}, phrase("Started."))


async def pause(client: Host, look: Look) -> None:
    """Stops the clock and the table, or lets both go on."""
    if look.paused:
        await client.send({"do": "resume"}, look.seen, phrase("The game goes on."))
    else:
        await client.send({"do": "pause"}, look.seen, phrase("Everything stands still."))


async def extend(client: Host, look: Look) -> None:
    """More time for this phase, or by itself for seats that are missing."""
    rows = [Row(str(seconds), say(words)) for seconds, words in TIMES] if look.may("extend") else []
    if look.glance.classroom.tables:
        rows.append(Row("auto", say(phrase("By itself, when seats are missing at the end …"))))
    if not rows:
        client.notify(
            phrase("This phase has no clock: it ends when everyone is done or you end it (a)."), markup=False, timeout=4
        )
        return
    picked = await client.push_screen_wait(Choose(phrase("How much more time?"), rows, verb=phrase("give it")))
    if picked == "auto":
        await _auto(client, look)
    elif picked is not None:
        await client.send({"do": "extend", "seconds": int(picked)}, look.seen, phrase("More time given."))


async def _auto(client: Host, look: Look) -> None:
    seconds, times = look.glance.classroom.auto_extend
    fields = [
        Field(
            "seconds",
            phrase("Seconds to add when a phase ends and seats are missing (0: never)"),
            str(seconds),
            wrong=whole(0, 3600),
        ),
        Field("times", phrase("At most how many times a phase"), str(times), wrong=whole(0, 20)),
    ]
    written = await client.push_screen_wait(Form(phrase("More time by itself"), fields, yes=phrase("set it")))
    if written is not None:
        body = {"what": "auto_extend", "seconds": int(written["seconds"]), "times": int(written["times"])}
        await client.manage(body, phrase("Set."))


async def announce(client: Host, look: Look) -> None:
    """Tells everyone at this table something."""
    text = await write_announcement(client, phrase("Announce to everyone at this table"))
    if text is not None and await client.send({"do": "announce", "text": text}, look.seen, phrase("Announced.")):
        client.sent("announce")


async def write_announcement(client: Host, title: str) -> str | None:
    """The words of an announcement, kept as a draft."""
    dialog = Write(
        title,
        say(phrase("It comes up on every screen and stays in everybody's messages.")),
        yes=phrase("announce it"),
        wrong=needed,
        draft=client.draft("announce"),
        kept=lambda text: client.keep("announce", text),
    )
    text: str | None = await client.push_screen_wait(dialog)
    return text.strip() if text is not None else None


async def codes(client: Host, look: Look) -> None:
    """How to join, large, with a picture that a telephone reads."""
    answer = await client.manage({"what": "codes"})
    if "error" in answer:
        return
    code, watching = str(answer.get("code", "")), client.watching
    links = watching.links or [f"wargame join {code}@{client.server or 'HOST'}"]
    picture = watching.picture
    if not picture and client.server:
        from wargame.client.qr import drawn

        picture = "\n".join(drawn(f"wargame://{client.server}/{code}"))
    client.push_screen(Joining(code, links, picture, locked=Hall.of(look.glance).locked))


async def note(client: Host, look: Look) -> None:
    """Writes a note for the review."""
    from wargame.client.tui.panes.console.notes import take_note

    await take_note(client, look)


async def release(client: Host, look: Look) -> None:
    """Deals the first card that has armed itself: the one that every page shows above it."""
    waiting = armed(look)
    if not waiting:
        client.notify(phrase("No card is armed."), markup=False, timeout=3)
        return
    done = phrase(
        "Dealt: {title}. To take it back: Enter on it among the cards on the table, page 1.", title=waiting[0]["title"]
    )
    await client.send({"do": "release", "entry": waiting[0]["entry"]}, look.seen, done)


# -- what is set right ------------------------------------------------------------------------------------------------


async def intervene(client: Host, look: Look) -> None:
    """A value, an event, an order for a seat, the vote, the end: always with a reason that is kept."""
    from wargame.client.tui.panes.console.behalf import behalf

    found = [
        Deed(
            phrase("Set any value"),
            "override",
            partial(override, client, look),
            phrase("A track, a resource, a piece on the map."),
        ),
        Deed(
            phrase("Let something happen"),
            "happen",
            partial(happen, client, look),
            phrase("A headline with effects, in the scenario's words."),
        ),
        Deed(
            phrase("Act for a seat"),
            "act",
            partial(behalf, client, look),
            phrase("An order or answer that a seat gives by your hand."),
        ),
    ]
    if look.data.get("motion"):
        found.append(
            Deed(
                phrase("Decide the vote"),
                "outcome",
                partial(outcome, client, look),
                phrase("When the phase ends it counts as you say."),
            )
        )
    found.append(
        Deed(
            phrase("End the game"),
            "end",
            partial(end, client, look),
            phrase("Scores are counted, and what was secret comes out."),
        )
    )
    await deeds(
        client, phrase("Set something right"), found, say(phrase("Everything here asks why; the reason stays in the record."))
    )


async def override(client: Host, look: Look) -> None:
    """Sets a number."""
    rows = []
    for reading in look.readings("track", "flag", "clock", "resource", "area", "piece"):
        slot = reading.slot
        where = ", ".join(look.name(each) for each in (slot.get("area"), slot.get("owner")) if each)
        words = f"{slot['label']}" + (f" ({where})" if where else "")
        rows.append(Row(str(slot["index"]), say(words, (f"  {reading.words}", "bold"), (f"  {slot['name']}", "$quiet"))))
    picked = await client.push_screen_wait(Choose(phrase("Which number?"), rows, search=True))
    if picked is None:
        return
    reading = look.reading(int(picked))
    lo, hi, name = int(reading.slot["lo"]), int(reading.slot["hi"]), str(reading.slot["name"])
    fields = [
        Field("value", phrase("New value, {lo} to {hi}", lo=lo, hi=hi), wrong=whole(lo, hi), most=8),
        Field(
            "reason", phrase("Why? The reason is kept in the record"), client.draft(f"override.{name}"), wrong=needed, most=500
        ),
    ]
    intro = say((str(reading.slot["label"]), "bold"), phrase(" is {words} now.", words=reading.words))
    written = await client.push_screen_wait(
        Form(phrase("Set a value"), fields, intro=intro, yes=phrase("set it"), kept=_kept(client, f"override.{name}"))
    )
    if written is not None:
        body = {"do": "override", "slot": name, "value": int(written["value"]), "reason": written["reason"].strip()}
        if await client.send(body, look.seen, phrase("Set.")):
            client.sent(f"override.{name}")


def _kept(client: Host, key: str, only: str = "reason") -> Any:
    return lambda field, text: client.keep(key, text) if field == only else None


async def happen(client: Host, look: Look) -> None:
    """Something that no card tells of: a headline for everybody, with effects."""
    fields = [
        Field("text", phrase("What everybody reads"), client.draft("happen.text"), lines=2, wrong=needed),
        Field(
            "effects",
            phrase("Effects as in the scenario, e.g. escalation +1; empty for none"),
            client.draft("happen.effects"),
            lines=4,
        ),
        Field("reason", phrase("Why? The reason is kept in the record"), client.draft("happen.reason"), wrong=needed, most=500),
    ]

    async def live(written: Mapping[str, str]) -> Content:
        return effects_page(await client.ask({"what": "check_effects", "effects": written["effects"]}), written["effects"])

    form = Form(
        phrase("Let something happen"),
        fields,
        yes=phrase("let it happen"),
        kept=lambda field, text: client.keep(f"happen.{field}", text),
        live=live,
    )
    written = await client.push_screen_wait(form)
    if written is None:
        return
    checked = await live(written)
    page = (
        Page()
        .line((written["text"].strip(), "bold"))
        .gap()
        .line(checked)
        .gap()
        .line((phrase("Why: "), "$quiet"), written["reason"])
    )
    if (
        await client.push_screen_wait(Confirm(phrase("Let this happen now?"), page.content, phrase("let it happen")))
        is not None
    ):
        body = {"do": "happen", **{field: written[field].strip() for field in ("text", "effects", "reason")}}
        if await client.send(body, look.seen, phrase("It has happened.")):
            client.sent("happen.text", "happen.effects", "happen.reason")


def effects_page(answer: Mapping[str, Any], typed: str) -> Content:
    """What typed effects do, or what is wrong with them, by line and column."""
    page = Page()
    if "error" in answer:
        return page.line((plain(answer["error"]), "$warning")).content
    for problem in answer.get("problems") or ():
        page.line(problem_words(problem))
    if answer.get("lines"):
        page.lines(answer["lines"])
    elif not len(page):
        page.line(
            (
                phrase("No effect on the board.") if not typed.strip() else phrase("Nothing that can be told beforehand."),
                "$quiet",
            )
        )
    return page.content


def problem_words(problem: Mapping[str, Any]) -> Content:
    """A problem with its line and column, and the hint."""
    where = phrase("line {line}, column {column}: ", line=problem.get("line", "?"), column=problem.get("column", "?"))
    style = "$error" if problem.get("severity", "error") == "error" else "$warning"
    hint = f"  {problem['hint']}" if problem.get("hint") else ""
    return say((where, "bold"), (str(problem.get("message", "")), style), (hint, "$quiet"))


async def outcome(client: Host, look: Look) -> None:
    """Decides the motion on the floor."""
    motion = look.data.get("motion") or {}
    rows = [Row("yes", say(phrase("It passes"))), Row("no", say(phrase("It fails")))]
    intro = say(
        (str(motion.get("label", "")), "bold"), phrase("\nThe votes are counted as ever; what counts is what you say here.")
    )
    picked = await client.push_screen_wait(Choose(phrase("How does the vote end?"), rows, intro=intro))
    if picked is None:
        return
    passed = picked == "yes"
    words = say(
        (str(motion.get("label", "")), "bold"),
        phrase(" passes") if passed else phrase(" fails"),
        phrase(" when the phase ends. Why?"),
    )
    why = await reason(client, phrase("Decide the vote"), words, phrase("decide it"), "outcome")
    if why is not None and await client.send({"do": "outcome", "passed": passed, "reason": why}, look.seen, phrase("Decided.")):
        client.sent("outcome")


async def end(client: Host, look: Look) -> None:
    """Ends the game."""
    titles = {str(each["id"]): str(each["title"]) for each in look.catalog.get("endings") or ()}
    endings = [Row(f"end:{which}", say(title)) for which, title in titles.items()]
    rows = [Row("end:", say(phrase("Without an ending of the scenario's: scores as they stand"))), *endings]
    picked = await client.push_screen_wait(Choose(phrase("How does it end?"), rows))
    if picked is None:
        return
    ending = picked.partition(":")[2] or None
    words = say(
        phrase("The game ends for everybody"),
        phrase(" with “{titles}”", titles=titles[ending]) if ending else "",
        phrase(". It cannot go on, but the record can be rewound. Why?"),
    )
    why = await reason(client, phrase("End the game"), words, phrase("end the game"), "end")
    if why is not None and await client.send(
        {"do": "end", "ending": ending, "reason": why}, look.seen, phrase("The game is over.")
    ):
        client.sent("end")
