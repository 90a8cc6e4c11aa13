"""What players and facilitators both do: messages, the board of lessons, and the line mode's own commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.client.door import WHITE_CELL, Body, Stage
from wargame.client.look import Look
from wargame.client.plain import words
from wargame.client.plain.questions import sure
from wargame.client.plain.verbs import Verb, pick
from wargame.client.speech import later, phrase

if TYPE_CHECKING:
    from wargame.client.plain.client import PlainClient

MOST = 2000  # characters of a message


# -- messages ---------------------------------------------------------------------------------------------------------


async def say_all(client: PlainClient, typed: str) -> None:
    """Says something to everyone."""
    if not typed:
        client.tell(words.SAY_WHAT)
    elif client.look.controls:
        await _send(client, {"do": "announce", "text": typed[:MOST]}, phrase(words.EVERYONE))
    elif not client.look.may("say"):
        client.say(str((client.look.offer("say") or {}).get("why") or phrase(words.CANNOT_SAY)))
    else:
        await _send(client, {"do": "say", "to": None, "text": typed[:MOST]}, phrase(words.EVERYONE))


async def say_to(client: PlainClient, typed: str) -> None:
    """Says something to some seats."""
    look = client.look
    seats, text = addressed(look, typed)
    if not seats:
        names = [*(f"{look.title(each['id'])} ({look.short(each['id'])})" for each in look.seats if each["id"] != look.you)]
        if not look.controls:
            names.append(phrase(words.FACILITATOR))
        client.tell(words.NO_SEAT if typed else words.TO_WHOM, name=typed[:40], seats=", ".join(names))
    elif not text:
        client.tell(words.SAY_WHAT)
    else:
        to = ", ".join(look.title(seat) if seat != WHITE_CELL else phrase(words.FACILITATOR) for seat in seats)
        await _send(client, {"do": "say", "to": seats, "text": text[:MOST]}, to)


async def _send(client: PlainClient, body: Body, to: str) -> None:
    if len(str(body["text"])) == MOST:
        client.tell(words.TOO_LONG, most=MOST)
    await client.send(body, client.look.seen, phrase(words.SAID_DONE, to=to))


def addressed(look: Look, typed: str) -> tuple[list[str], str]:
    """The seats that a line begins with, and the rest of it. Seats go by title, short name or id; several by commas."""
    names = {WHITE_CELL: WHITE_CELL, "facilitator": WHITE_CELL, "the facilitator": WHITE_CELL}
    for each in look.seats:
        which = str(each["id"])
        names |= {name.casefold(): which for name in (which, look.short(which), look.title(which))}
    if look.controls:
        names = {name: seat for name, seat in names.items() if seat != WHITE_CELL}
    found: list[str] = []
    rest = typed.strip()
    while True:
        low = rest.casefold()
        begun = [known for known in names if low.startswith(known) and not low[len(known) : len(known) + 1].isalnum()]
        name = max(begun, key=len, default="")
        if not name:
            seat, length = _begun(look, low)
            if not seat:
                return found, rest
            name, names[low[:length]] = low[:length], seat
        if names[name] not in found:
            found.append(names[name])
        rest = rest[len(name) :].lstrip()
        if not rest.startswith(","):
            return found, rest.removeprefix(":").strip()
        rest = rest[1:].lstrip()


def _begun(look: Look, low: str) -> tuple[str, int]:
    """The one seat whose id, or a word of whose title, begins as the line does, and how long that word is."""
    word = low.split(" ", 1)[0].split(",", 1)[0].split(":", 1)[0]
    fits = [
        str(seat["id"])
        for seat in look.seats
        if word
        and any(each.startswith(word) for each in (str(seat["id"]).casefold(), *look.title(seat["id"]).casefold().split()))
    ]
    return (fits[0], len(word)) if len(fits) == 1 else ("", 0)


# -- the board of lessons ---------------------------------------------------------------------------------------------


def note_line(each: Body) -> str:
    """A note on one line."""
    votes = int(each.get("votes") or 0)
    so_what = phrase(words.SO_WHAT, text=each["so_what"]) if each.get("so_what") else ""
    change = phrase(words.CHANGE, text=each["change"]) if each.get("change") else ""
    count = f"{votes} vote{'s' if votes != 1 else ''}"
    return phrase(words.NOTE_LINE, votes=count, fact=each.get("fact", ""), so_what=so_what, change=change)


def notes(look: Look) -> list[Body]:
    """The notes on the board, most votes first."""
    found = (look.data.get("board") or {}).get("notes") or ()
    return sorted(found, key=lambda each: -int(each.get("votes") or 0))


async def board(client: PlainClient, typed: str) -> None:
    """The board."""
    found = notes(client.look)
    if not found:
        client.tell(words.NO_NOTES)
    client.numbered([note_line(each) for each in found])
    if client.look.plays and not client.look.may("note"):
        client.tell(words.BOARD_CLOSED)


async def vote(client: PlainClient, typed: str) -> None:
    """A vote for a note, or back."""
    look = client.look
    open_ = {str(offer["number"]) for offer in look.offers("vote")}
    rows = [(str(each["number"]), note_line(each)) for each in notes(look) if look.controls or str(each["number"]) in open_]
    if not rows:
        client.tell(words.NO_NOTES if not notes(look) else words.BOARD_CLOSED)
        return
    number = await pick(client, phrase("Vote for which note?"), rows, typed)
    chosen = next((each for each in notes(look) if str(each["number"]) == number), None)
    if chosen is not None:
        mine = look.glance.person in (chosen.get("voters") or ())
        await client.send({"do": "vote", "number": chosen["number"]}, look.seen, phrase(words.UNVOTED if mine else words.VOTED))


# -- the line mode itself ---------------------------------------------------------------------------------------------


async def live(client: PlainClient, typed: str) -> None:
    """New things are said at once."""
    client.live = True
    client.tell(words.LIVE_ON)
    client.tell_news()


async def quiet(client: PlainClient, typed: str) -> None:
    """New things wait for Enter."""
    client.live = False
    client.tell(words.LIVE_OFF)


async def retry(client: PlainClient, typed: str) -> None:
    """Connects again."""
    stage = client.look.glance.connection.stage
    if client.door is not None and stage is Stage.LOST:
        client.door.retry()
    client.again.set()


async def leave_table(client: PlainClient, typed: str) -> None:
    """Leaves, after a yes; where nobody types, at once."""
    if client.lines.interactive:
        client.tell(words.LEAVE_TITLE)
        client.tell(words.LEAVE_DESK if client.look.controls else words.LEAVE)
        if not await sure(client, phrase("leave")):
            return
    client.leaving = True


VERBS = (
    Verb("say", later("Say something to everyone."), say_all, "WORDS"),
    Verb("to", later("Say something to a seat, or to several with commas between."), say_to, "SEAT WORDS"),
    Verb("board", later("The board of lessons."), board),
    Verb("vote", later("Vote for a note on the board; once more takes it back."), vote, "[NUMBER]"),
    Verb("live", later("Say new things at once."), live),
    Verb("quiet", later("Let new things wait until you press Enter."), quiet),
    Verb("retry", later("Try to connect now."), retry),
    Verb("quit", later("Leave the table. Nothing is lost."), leave_table, also=("exit", "q")),
)
