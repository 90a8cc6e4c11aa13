"""What a facilitator does: desk, people, clock, rulings, values, record, class; in the words of the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.client.classroom import Hall, waited
from wargame.client.door import PUBLIC, WHITE_CELL, Body
from wargame.client.look import Look
from wargame.client.plain import words
from wargame.client.plain.shared import say_all
from wargame.client.plain.spoken import time_words
from wargame.client.plain.verbs import DESK, Run, Verb, pick
from wargame.client.speech import later, phrase
from wargame.client.tui.panes.console import hand, notes
from wargame.client.tui.panes.console.behalf import behalf
from wargame.client.tui.panes.console.desk import clear_stop, desk_page, stop_page
from wargame.client.tui.panes.console.drafts import seat_page
from wargame.client.tui.panes.console.meters import DID, exercise, nudge, share
from wargame.client.tui.panes.console.people import (
    admit,
    class_page,
    invite,
    kick,
    lock,
    move,
    person_deeds,
    rename,
    seat_deeds,
)
from wargame.client.tui.panes.console.record import boundary_deeds, compare, turn_words
from wargame.client.tui.panes.console.rulings import petition_deeds
from wargame.client.tui.panes.console.tables import all_tables, left_words, wanted
from wargame.client.tui.panes.console.view_as import sight_page

if TYPE_CHECKING:
    from wargame.client.plain.client import PlainClient


def hall_of(client: PlainClient) -> Hall:
    """The class as known now."""
    return Hall.of(client.look.glance)


# -- the desk ---------------------------------------------------------------------------------------------------------


async def desk(client: PlainClient, typed: str) -> None:
    """What waits, and the seats."""
    look, hall = client.look, hall_of(client)
    client.say(desk_page(look, hall, client.now).content)
    client.numbered([seat_line(look, hall, str(each["id"]), client.now) for each in look.seats], phrase(words.SEATS))
    cards = [str(card["title"]) for card in (look.data.get("cards") or {}).values()]
    if cards:
        client.numbered(cards, phrase(words.ON_TABLE))


def seat_line(look: Look, hall: Hall, seat: str, now: int) -> str:
    """A seat: who sits there, and whether it is done."""
    told = hall.seat(seat)
    state = phrase(words.IS_DONE) if seat in look.data.get("sealed", ()) else ""
    if seat in look.waiting_for:
        since = waited(told.get("blocking_since"), now)
        state = phrase(words.IS_OPEN_SINCE, time=since) if since else phrase(words.IS_OPEN)
    return phrase(words.SEAT_LINE, seat=look.title(seat), people=people_names(hall, seat), state=state)


def people_names(hall: Hall, seat: str, table: str = "") -> str:
    """Who sits in a seat."""
    names = []
    for each in hall.at(seat, table):
        away = not each.get("connected") and not each.get("bot")
        name = phrase(words.COMPUTER) if each.get("bot") else str(each["name"])
        names.append(phrase(words.AWAY, name=name) if away else name)
    if not names and hall.seat(seat, table).get("bot"):
        names.append(phrase(words.COMPUTER))
    return ", ".join(names) or phrase(words.NOBODY_SITS)


def seat_rows(look: Look) -> list[tuple[str, str]]:
    """The seats to pick from."""
    return [(str(each["id"]), f"{each['title']} ({look.short(each['id'])})") for each in look.seats]


async def seat(client: PlainClient, typed: str) -> None:
    """A seat, and what can be done with it."""
    which = await pick(client, phrase("Which seat?"), seat_rows(client.look), typed, alone=False)
    if which is not None:
        await seat_deeds(client, client.look, which, client.look.glance.table)


async def drafts(client: PlainClient, typed: str) -> None:
    """A seat's means and drafts."""
    which = await pick(client, phrase("Which seat?"), seat_rows(client.look), typed, alone=False)
    if which is not None:
        client.say(seat_page(client.look, hall_of(client), which, client.now).content)


async def stopped(client: PlainClient, typed: str) -> None:
    """The stop signal, and clearing it."""
    if not hall_of(client).here.get("stop"):
        client.tell(words.NO_STOP)
        return
    client.say(stop_page().content)
    await clear_stop(client)


# -- people -----------------------------------------------------------------------------------------------------------


async def people(client: PlainClient, typed: str) -> None:
    """The class, or what can be done for a person."""
    hall = hall_of(client)
    if typed:
        person = await _person(client, typed)
        if person is not None:
            await person_deeds(client, client.look, person)
        return
    client.say(class_page(client.look, hall).content)
    if hall.lobby:
        client.numbered([str(each["name"]) for each in hall.lobby], phrase(words.AT_DOOR))
    rows = person_rows(client)
    if rows:
        client.numbered([line for _, line in rows], phrase(phrase(words.PEOPLE)))


def person_rows(client: PlainClient) -> list[tuple[str, str]]:
    """Everybody of the class."""
    look, hall = client.look, hall_of(client)
    rows = []
    for each in hall.people:
        marks = [word for word in ("captain", "muted") if each.get(word)]
        marks += [phrase(words.COMPUTER)] if each.get("bot") else []
        marks += [str(each["right"])] if each.get("right") else []
        marks += [] if each.get("connected") or each.get("bot") else [phrase("not connected")]
        more = "".join(f", {word}" for word in marks)
        seat = look.name(each.get("seat"))
        line = phrase(words.PERSON_LINE, name=each["name"], seat=seat, table=hall.name(each.get("table")), marks=more)
        rows.append((str(each["person"]), line))
    return rows


async def _person(client: PlainClient, typed: str) -> Body | None:
    rows = [row for row in person_rows(client) if hall_of(client).person(row[0]).get("seat") != WHITE_CELL]
    if not rows:
        client.tell(words.NOBODY_THERE)
        return None
    everybody = person_rows(client)  # the numbers are those of the whole list
    if typed.isdecimal() and len(typed) < 6 and 1 <= int(typed) <= len(everybody):
        return hall_of(client).person(everybody[int(typed) - 1][0])
    which = await pick(client, phrase("Whom?"), rows, typed, alone=False)
    return hall_of(client).person(which) if which is not None else None


async def approve(client: PlainClient, typed: str) -> None:
    """Lets somebody at the door in, or refuses."""
    lobby = hall_of(client).lobby
    if not lobby:
        client.tell(words.NOBODY_AT_DOOR)
        return
    rows = []
    for each in lobby:
        wish = phrase(", wants {short}", short=client.look.short(each["seat"])) if each.get("seat") else ""
        since = waited(each.get("since"), client.now)
        rows.append(
            (str(each["request"]), f"{each['name']}{wish}{phrase(', waits for {since}', since=since) if since else ''}")
        )
    which = await pick(client, phrase("Whom?"), rows, typed, verb=phrase("let them in"))
    if which is not None:
        await admit(client, client.look, which)


async def kick_out(client: PlainClient, typed: str) -> None:
    """Closes somebody's place."""
    person = await _person(client, typed)
    if person is not None:
        await kick(client, person)


async def mute(client: PlainClient, typed: str) -> None:
    """Mutes somebody, or lets them write again."""
    person = await _person(client, typed)
    if person is not None:
        muted = bool(person.get("muted"))
        name = person["name"]
        done = (
            phrase("{name} can write again.", name=name)
            if muted
            else phrase("Nobody gets messages from {name} now.", name=name)
        )
        await client.manage({"what": "mute", "person": person["person"], "muted": not muted}, done)


async def move_person(client: PlainClient, typed: str) -> None:
    """Gives somebody another seat."""
    first, _, rest = typed.partition(" ")
    person = await _person(client, first if first.isdecimal() else typed)
    if person is not None:
        client.ahead = rest.split() if first.isdecimal() else []
        await move(client, client.look, person)


async def rename_person(client: PlainClient, typed: str) -> None:
    """Gives somebody another name."""
    person = await _person(client, typed)
    if person is not None:
        await rename(client, person)


async def captain(client: PlainClient, typed: str) -> None:
    """Makes somebody the captain of their seat."""
    person = await _person(client, typed)
    if person is not None:
        await client.manage(
            {"what": "captain", "person": person["person"]}, phrase("{name} is captain now.", name=person["name"])
        )


async def bot(client: PlainClient, typed: str) -> None:
    """A computer takes a seat where nobody is connected."""
    from wargame.bots.names import LEVELS

    first, _, level = typed.partition(" ")
    which = await pick(client, phrase("Which seat does a computer play?"), seat_rows(client.look), first, alone=False)
    if which is not None:
        client.ahead = []
        chosen = level if level in LEVELS else next(iter(LEVELS))
        await client.manage(
            {"what": "bot", "seat": which, "level": chosen},
            phrase("A computer plays {title} now.", title=client.look.title(which)),
        )


async def human(client: PlainClient, typed: str) -> None:
    """A seat goes back from the computer to people."""
    which = await pick(client, phrase("Which seat goes back to people?"), seat_rows(client.look), typed, alone=False)
    if which is not None:
        await client.manage({"what": "human", "seat": which}, phrase("Handed back."))


async def lock_class(client: PlainClient, typed: str) -> None:
    """Locks the class, or unlocks it."""
    await lock(client)


async def invite_helper(client: PlainClient, typed: str) -> None:
    """A key for another facilitator."""
    client.ahead = typed.split()
    await invite(client)


# -- the clock and words to all ---------------------------------------------------------------------------------------


async def codes(client: PlainClient, typed: str) -> None:
    """How to join."""
    await hand.codes(client, client.look)


async def start(client: PlainClient, typed: str) -> None:
    """Starts the game."""
    if client.look.may("start"):
        client.ahead = typed.split()
        await hand.start(client, client.look)
    else:
        client.say(str((client.look.offer("start") or {}).get("why") or phrase("The game has begun.")))


async def advance(client: PlainClient, typed: str) -> None:
    """Ends the phase."""
    await hand.advance(client, client.look)


async def pause(client: PlainClient, typed: str) -> None:
    """Everything stands still."""
    await client.send({"do": "pause"}, client.look.seen, phrase("Everything stands still."))


async def resume(client: PlainClient, typed: str) -> None:
    """The game goes on."""
    await client.send({"do": "resume"}, client.look.seen, phrase("The game goes on."))


async def extend(client: PlainClient, typed: str) -> None:
    """More time; a number of seconds gives that many."""
    if typed.isdecimal() and len(typed) < 6:
        await client.send({"do": "extend", "seconds": int(typed)}, client.look.seen, phrase("More time given."))
    else:
        await hand.extend(client, client.look)


# -- what is set right, rulings ---------------------------------------------------------------------------------------


async def override(client: PlainClient, typed: str) -> None:
    """Sets a value."""
    client.ahead = [typed] if typed else []
    await hand.override(client, client.look)


async def act(client: PlainClient, typed: str) -> None:
    """An order or answer by the facilitator's hand."""
    first, _, rest = typed.partition(" ")
    which = await pick(client, phrase("For which seat?"), seat_rows(client.look), first, alone=False)
    if which is not None:
        client.ahead = [rest] if rest else []
        await behalf(client, client.look, which)


async def outcome(client: PlainClient, typed: str) -> None:
    """Decides the vote."""
    if client.look.data.get("motion"):
        await hand.outcome(client, client.look)
    else:
        client.tell(words.NOTHING_HERE)


async def end(client: PlainClient, typed: str) -> None:
    """Ends the game."""
    await hand.end(client, client.look)


def ruling_rows(look: Look) -> list[tuple[str, str]]:
    """All proposals, those that wait first."""
    found = list(look.data.get("petitions") or ())
    found.sort(key=lambda each: each.get("status") not in ("waiting", "held"))
    return [
        (str(each["number"]), f"{look.title(each['seat'])}: {each['what']} ({str(each.get('status')).replace('_', ' ')})")
        for each in found
    ]


async def rulings(client: PlainClient, typed: str) -> None:
    """What players propose."""
    rows = ruling_rows(client.look)
    if not rows:
        client.tell(words.NO_RULINGS)
    client.numbered([line for _, line in rows])


def _on_petition(deed: str) -> Run:
    async def run(client: PlainClient, typed: str) -> None:
        look = client.look
        number = await pick(client, phrase("Which proposal?"), ruling_rows(look), typed)
        found = next((each for each in look.data.get("petitions") or () if str(each["number"]) == number), None)
        if found is not None:
            client.ahead = [phrase(deed)]
            await petition_deeds(client, look, found)

    return run


async def private_note(client: PlainClient, typed: str) -> None:
    """A note for the board."""
    if typed:
        client.keep("jot.fact", typed)
    await hand.note(client, client.look)


async def open_board(client: PlainClient, typed: str) -> None:
    """Opens the board for notes, or closes it."""
    await notes.open_board(client, client.look)


# -- meters, eyes of others, the record, the class --------------------------------------------------------------------


async def meters(client: PlainClient, typed: str) -> None:
    """Objectives covered, and who is quiet."""
    look, answer = client.look, await client.ask({"what": "meters"})
    if "error" in answer:
        client.say(str(answer["error"]))
        return
    if isinstance(answer.get("minutes_left"), int):
        client.tell(words.MINUTES_LEFT, minutes=answer["minutes_left"])
    found = []
    for each in answer.get("objectives") or ():
        state = words.COVERED if each.get("covered") else words.PLANNED if each.get("planned") else words.NOT_COVERED
        found.append(phrase(words.OBJECTIVE_LINE, title=each["title"], state=phrase(state)))
    if found:
        client.numbered(found, phrase(words.OBJECTIVES))
    quiet = {str(each) for each in answer.get("quiet") or ()}
    said = []
    for each in sorted(answer.get("airtime") or (), key=share):
        did = ", ".join(phrase(words.COUNTING, count=each.get(key) or 0, what=key) for key in ("words", *DID) if each.get(key))
        mark = phrase(words.QUIET) if str(each["person"]) in quiet else ""
        said.append(
            phrase(
                words.PERSON_DID, name=each["name"], seat=look.short(each.get("seat")), did=did or phrase("nothing"), quiet=mark
            )
        )
    if said:
        client.numbered(said, phrase(words.AIRTIME))


async def cover(client: PlainClient, typed: str) -> None:
    """A card that would cover an objective."""
    answer = await client.ask({"what": "meters"})
    rows = [(str(each["id"]), str(each["title"])) for each in answer.get("objectives") or () if not each.get("covered")]
    which = await pick(client, phrase("Cover which objective?"), rows, typed, alone=False)
    found = next((each for each in answer.get("objectives") or () if str(each["id"]) == which), None)
    if found is not None:
        await exercise(client, client.look, found)


async def nudge_person(client: PlainClient, typed: str) -> None:
    """A private line to somebody's seat."""
    answer = await client.ask({"what": "meters"})
    found = sorted(answer.get("airtime") or (), key=share)
    rows = [(str(each["person"]), f"{each['name']}, {client.look.short(each.get('seat'))}") for each in found]
    which = await pick(client, phrase("Nudge whom?"), rows, typed, alone=False)
    person = next((each for each in found if str(each["person"]) == which), None)
    if person is not None:
        await nudge(client, client.look, person)


async def view(client: PlainClient, typed: str) -> None:
    """What a seat sees."""
    rows = [*seat_rows(client.look), (PUBLIC, phrase("The public"))]
    which = await pick(client, phrase("Whose eyes?"), rows, typed, alone=False)
    if which is not None:
        answer = await client.ask({"what": "view_as", "seat": which})
        client.say(str(answer["error"]) if "error" in answer else sight_page(client.look, which, answer).content)


async def tables(client: PlainClient, typed: str) -> None:
    """All tables of the class."""
    hall, now = hall_of(client), client.now
    if not hall.tables:
        client.tell(words.ONE_TABLE)
        return
    if typed:
        entry = await _table(client, typed)
        if entry is not None:
            for line in table_lines(client.look, entry, now):
                client.say(line)
        return
    client.numbered([table_line(hall, each, now) for each in hall.tables])


def table_line(hall: Hall, table: Body, now: int) -> str:
    """A table on one line."""
    turn = phrase("turn {turn} of {turns}, ", turn=table.get("turn"), turns=table.get("turns")) if table.get("turn") else ""
    left = left_words(table, now)
    if isinstance(table.get("deadline"), int) and ":" in left:
        left = phrase(words.LEFT_TIME, time=time_words(max(0, (int(table["deadline"]) - now) // 1000))).rstrip(".")
    what = ", ".join(wanted(table))
    return phrase(
        words.TABLE_LINE,
        name=table.get("name"),
        here=phrase(words.HERE) if table.get("table") == hall.table else "",
        where=f"{turn}{table.get('phase_label') or table.get('status') or ''}",
        left=f", {left}" if left else "",
        waits=phrase(words.WAITS_FOR_YOU, what=what) if what else "",
    )


def table_lines(look: Look, table: Body, now: int) -> list[str]:
    """A table and its seats, line by line."""
    lines = [table_line(Hall(), table, now)]
    for each in table.get("seats") or ():
        names = ", ".join(str(name) for name in each.get("people") or ())
        if names and not each.get("connected") and not each.get("bot"):
            names = phrase(words.AWAY, name=names)
        names = names or phrase(words.COMPUTER if each.get("bot") else words.NOBODY_SITS)
        state = phrase(words.IS_DONE) if each.get("sealed") else ""
        if each.get("active") and not each.get("sealed"):
            since = waited(each.get("blocking_since"), now)
            state = phrase(words.IS_OPEN_SINCE, time=since) if since else phrase(words.IS_OPEN)
        lines.append(phrase(words.SEAT_LINE, seat=look.title(each.get("seat")), people=names, state=state))
    return lines


async def _table(client: PlainClient, typed: str) -> Body | None:
    hall = hall_of(client)
    rows = [(str(each["table"]), str(each.get("name"))) for each in hall.tables]
    if not rows:
        client.tell(words.ONE_TABLE)
        return None
    which = await pick(client, phrase("Which table?"), rows, typed, alone=False)
    return hall.entry(which) if which is not None else None


async def table(client: PlainClient, typed: str) -> None:
    """Goes to a table of the class."""
    entry = await _table(client, typed)
    if entry is not None and client.door is not None:
        client.tell(words.GOING, table=entry.get("name"))
        await client.door.look_at(str(entry["table"]))


async def everywhere(client: PlainClient, typed: str) -> None:
    """Something at all tables."""
    client.ahead = [typed] if typed else []
    await all_tables(client, client.look)


async def _boundaries(client: PlainClient) -> list[Body]:
    assert client.door is not None
    answer = await client.door.manage({"what": "boundaries"})
    if "error" in answer:
        client.say(str(answer["error"]))
    return list(answer.get("boundaries") or ())


def boundary_line(each: Body) -> str:
    """The beginning of a phase."""
    line = f"{turn_words(each)}, {each.get('label') or each.get('phase')}"
    return line[:1].upper() + line[1:]


async def record(client: PlainClient, typed: str) -> None:
    """Where one can go back to."""
    found = await _boundaries(client)
    if not found:
        client.tell(words.NO_RECORD)
    client.numbered([boundary_line(each) for each in found])


def _on_record(deed: str) -> Run:
    async def run(client: PlainClient, typed: str) -> None:
        found = await _boundaries(client)
        if not found:
            client.tell(words.NO_RECORD)
            return
        rows = [(str(each["seq"]), boundary_line(each)) for each in found]
        which = await pick(client, phrase("Back to which moment?"), rows, typed, alone=False)
        each = next((each for each in found if str(each["seq"]) == which), None)
        if each is not None:
            client.ahead = [phrase(deed)] if deed else []
            await boundary_deeds(client, client.look, each, found)

    return run


async def compare_tables(client: PlainClient, typed: str) -> None:
    """Two tables side by side."""
    client.ahead = [typed] if typed else []
    await compare(client, client.look)


VERBS = (
    Verb("desk", later("Everything that waits for you, the seats, and the cards on the table."), desk, "", DESK),
    Verb("seat", later("A seat, and what can be done with it."), seat, "[SEAT]", DESK),
    Verb("drafts", later("What a seat has and what it has drafted."), drafts, "[SEAT]", DESK),
    Verb("stopped", later("The stop signal: what to do, and clearing it."), stopped, "", DESK),
    Verb("people", later("Everybody of the class; with a number or name what can be done."), people, "[NUMBER or NAME]", DESK),
    Verb("approve", later("Let somebody at the door in, or refuse."), approve, "[NUMBER]", DESK, ("door",)),
    Verb("kick", later("Close somebody's place."), kick_out, "[NUMBER or NAME]", DESK),
    Verb("mute", later("Mute somebody, or let them write again."), mute, "[NUMBER or NAME]", DESK),
    Verb("move", later("Give somebody another seat, at this or another table."), move_person, "[NUMBER or NAME]", DESK),
    Verb("rename", later("Give somebody another name."), rename_person, "[NUMBER or NAME]", DESK),
    Verb("captain", later("Make somebody the captain of their seat."), captain, "[NUMBER or NAME]", DESK),
    Verb("bot", later("Let a computer play a seat."), bot, "[SEAT]", DESK),
    Verb("human", later("Hand a seat back from the computer to people."), human, "[SEAT]", DESK),
    Verb("lock", later("Lock the class for newcomers, or unlock it."), lock_class, "", DESK, ("unlock",)),
    Verb("invite", later("Make a key for another facilitator."), invite_helper, "", DESK),
    Verb("codes", later("How players join."), codes, "", DESK),
    Verb("start", later("Start the game."), start, "", DESK),
    Verb("pause", later("Stop everything."), pause, "", DESK),
    Verb("resume", later("Let the game go on."), resume, "", DESK),
    Verb("extend", later("Give the phase more time, once or by itself when seats are missing."), extend, "[SECONDS]", DESK),
    Verb("advance", later("End the phase now: tells what is open, and asks for your yes."), advance, "", DESK),
    Verb("announce", later("Say something to everyone at this table."), say_all, "WORDS", DESK),
    Verb("override", later("Set any value, with a reason."), override, "[WORDS]", DESK),
    Verb("act", later("An order or answer for a seat by your hand, with a reason."), act, "[SEAT]", DESK),
    Verb("outcome", later("Decide the vote on the floor."), outcome, "", DESK),
    Verb("end", later("End the game."), end, "", DESK),
    Verb("rulings", later("What players propose beyond the rules."), rulings, "", DESK),
    Verb("rule", later("Rule on a proposal: odds, and what follows."), _on_petition(later("Rule on it")), "[NUMBER]", DESK),
    Verb("estimate", later("Say how likely a proposal is."), _on_petition(later("Say how likely it is")), "[NUMBER]", DESK),
    Verb(
        "defer",
        later("Take a proposal upstairs: it waits while the rest goes on."),
        _on_petition(later("Take it upstairs")),
        "[NUMBER]",
        DESK,
    ),
    Verb("refuse", later("Turn a proposal down."), _on_petition(later("Turn it down")), "[NUMBER]", DESK),
    Verb("note", later("Write a note for the review, private or on the board."), private_note, "[FACT]", DESK),
    Verb("open", later("Open the board of lessons, or close it."), open_board, "", DESK),
    Verb("meters", later("Objectives covered, and who says and does how much."), meters, "", DESK),
    Verb("cover", later("A card that would cover an objective."), cover, "[NUMBER]", DESK),
    Verb("nudge", later("A private line to the seat of somebody quiet."), nudge_person, "[NUMBER or NAME]", DESK),
    Verb("view", later("What a seat, or the public, sees."), view, "[SEAT]", DESK),
    Verb("tables", later("All tables of the class; with a number that table in full."), tables, "[NUMBER]", DESK),
    Verb("table", later("Go to a table of the class."), table, "[NUMBER]", DESK),
    Verb("all", later("Something at all tables at once; one more table; two compared."), everywhere, "", DESK),
    Verb("record", later("The moments that the game can go back to."), record, "", DESK),
    Verb("rewind", later("Set the game back, with a reason."), _on_record(later("Rewind the game to here")), "[NUMBER]", DESK),
    Verb("fork", later("One more table from a moment."), _on_record(""), "[NUMBER]", DESK),
    Verb("compare", later("Two tables side by side."), compare_tables, "[TABLE]", DESK),
)
