"""The facilitator's cards: the time-line, the shelf, a card of one's own, an event without a card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wargame.client.classroom import barred
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.plain import words
from wargame.client.plain.questions import lines
from wargame.client.plain.verbs import DESK, Run, Verb, pick
from wargame.client.speech import later, phrase
from wargame.client.tui.panes.console import hand
from wargame.client.tui.panes.console.cards import card_page, fire, plan
from wargame.client.tui.panes.console.gate import plan as planned
from wargame.client.tui.panes.console.shelf import matches
from wargame.client.tui.panes.console.timeline import WORDS, delay, entry_deeds, when
from wargame.client.tui.panes.console.write_card import DRAFT, check_page, is_good, put, scaffold

if TYPE_CHECKING:
    from wargame.client.plain.client import PlainClient

MOST_SOURCE = 12_000  # characters of a card


def plan_rows(look: Look) -> list[tuple[str, str]]:
    """The time-line: armed cards first, then by turn."""
    entries = planned(look)
    waiting = [entry for entry in entries if entry.get("status") == "armed"]
    rows = []
    for entry in [*waiting, *sorted((each for each in entries if each not in waiting), key=when)]:
        turn = phrase("turn {when}", when=when(entry)) if when(entry) else phrase(words.NO_TURN)
        status = phrase(WORDS.get(str(entry.get("status")), str(entry.get("status"))))
        more = phrase(words.FIRST_PLANNED, turn=entry["planned"]) if delay(entry) else ""
        if entry.get("until") is not None and entry.get("status") in ("planned", "held"):
            more += phrase(", until turn {until}", until=entry["until"])
        more += phrase(", contingency") if entry.get("kind") == "contingency" else ""
        line = phrase(words.PLAN_LINE, when=turn[:1].upper() + turn[1:], title=entry["title"], status=status, more=more)
        rows.append((str(entry["entry"]), line))
    return rows


async def timeline(client: PlainClient, typed: str) -> None:
    """The plan of cards; with a number what can be done with that card."""
    rows = plan_rows(client.look)
    if not rows:
        client.tell(words.NO_PLAN)
    elif typed:
        await _entry(client, typed, "")
    else:
        client.numbered([line for _, line in rows])
        expected = [each for each in client.look.data.get("expected") or () if each.get("status") == "open"]
        if expected:
            client.numbered([expected_line(client.look, each) for each in expected], phrase(words.EXPECTED))


def expected_line(look: Look, each: Body) -> str:
    """What is expected of a seat."""
    seat = look.title(each.get("seat"))
    return phrase(words.EXPECTED_LINE, seat=seat, words=each.get("words"), due=each.get("due"), status=each.get("status"))


# The sentence of a deed that its own command is short for, as `entry_deeds` lists it; there are two ways to recall.
DEEDS = {
    "release": later("Deal it now"),
    "hold": later("Hold it back"),
    "unhold": later("Let it come as planned"),
    "retime": later("Another turn"),
    "shift": later("Shift it and all that is due after it"),
    "skip": later("Skip it"),
    "correct": later("Correct its words"),
    "recall": later("Recall it"),
}
OPEN_TO = {
    "release": ("planned", "held", "armed"),
    "hold": ("planned",),
    "unhold": ("held",),
    "retime": ("planned", "held"),
    "shift": ("planned",),
    "skip": ("planned", "held", "armed"),
    "correct": ("released",),
    "recall": ("released",),
}


async def _entry(client: PlainClient, typed: str, do: str) -> None:
    """Does something with a card of the plan: asks which, then what."""
    look = client.look
    status = {str(each["entry"]): str(each.get("status")) for each in planned(look)}
    rows = plan_rows(look)
    first, _, rest = typed.partition(" ")
    if first.isdecimal() and len(first) < 6 and 1 <= int(first) <= len(rows):
        which: str | None = rows[int(first) - 1][0]  # the number is the one that `timeline` gives it
        client.ahead = rest.split()
    else:
        open_ = [row for row in rows if not do or status.get(row[0]) in OPEN_TO[do]]
        which = await pick(client, phrase("Which card?"), open_, typed, alone=False)
    entry = next((each for each in planned(look) if str(each["entry"]) == which), None)
    if entry is not None:
        if do and entry.get("status") not in OPEN_TO[do]:
            status_words = phrase(WORDS.get(str(entry.get("status")), str(entry.get("status"))))
            client.tell(words.CARD_IS, title=entry["title"], status=status_words, verb=do)
            return
        if do in DEEDS:
            client.ahead.insert(0, phrase(DEEDS[do]))
        await entry_deeds(client, look, entry)


def _on_entry(do: str) -> Run:
    async def run(client: PlainClient, typed: str) -> None:
        await _entry(client, typed, do)

    return run


async def shelf(client: PlainClient, typed: str) -> None:
    """Every card there is, or those that hold some words."""
    rows = shelf_rows(client.look, typed)
    if not rows:
        client.tell(words.NOTHING_HERE)
    client.numbered([line for _, line in rows])
    client.listed_cards = [which for which, _ in rows]


def shelf_rows(look: Look, typed: str) -> list[tuple[str, str]]:
    """The cards of the shelf by pool and title."""
    status = {entry["card"]: str(entry.get("status")) for entry in planned(look)}
    cards = [each for each in look.catalog.get("cards", ()) if matches(look, each, typed)]
    cards.sort(key=lambda each: (str(each.get("pool", "")), str(each["title"])))
    told = {card: f", {words}" for card, words in status.items()}
    return [(str(each["id"]), f"{each['title']}, {each.get('pool', '')}{told.get(each['id'], '')}") for each in cards]


async def _card(client: PlainClient, typed: str) -> str | None:
    """A card of the shelf: by the number of the list heard last, or by words."""
    first, _, rest = typed.partition(" ")
    if first.isdecimal() and len(first) < 6 and 1 <= int(first) <= len(client.listed_cards):
        client.ahead = rest.split()
        return client.listed_cards[int(first) - 1]
    return await pick(client, phrase("Which card?"), shelf_rows(client.look, ""), typed, alone=False)


async def cue(client: PlainClient, typed: str) -> None:
    """The cue sheet of a card."""
    card = await _card(client, typed)
    if card is not None:
        client.say(card_page(client.look, card).content)


async def fire_card(client: PlainClient, typed: str) -> None:
    """Deals a card of the shelf now."""
    card = await _card(client, typed)
    if card is not None:
        await fire(client, client.look, card)


async def plan_card(client: PlainClient, typed: str) -> None:
    """Plans a card of the shelf for a later turn."""
    card = await _card(client, typed)
    if card is not None:
        await plan(client, client.look, card)


async def write(client: PlainClient, typed: str) -> None:
    """A card of one's own: from a file, or written here; checked, and put on the shelf."""
    look = client.look
    if why := barred(look.right, "write"):
        client.say(why)
        return
    source: str | None
    if typed == "=":
        source = client.draft(DRAFT)
    elif typed:
        try:
            source = Path(typed).expanduser().read_text(encoding="utf-8")[: MOST_SOURCE + 1]
        except (OSError, ValueError) as fault:
            client.tell(words.NO_FILE, file=typed, why=getattr(fault, "strerror", "") or phrase("it is no text"))
            return
    else:
        client.tell(words.WRITE_BEGIN)
        for line in scaffold(look).splitlines():
            client.lines.write(line)
        client.tell(words.WRITE_CARD)
        source = await lines(client)
    if not source or not source.strip():
        client.tell(words.WENT_BACK)
        return
    client.keep(DRAFT, source)
    checked = await client.ask({"what": "check_card", "source": source})
    if not is_good(checked):
        client.say(check_page(look, checked).content)
        client.tell(words.CARD_KEPT)
        return
    await put(client, look, source, checked)


async def happen(client: PlainClient, typed: str) -> None:
    """An event without a card."""
    await hand.happen(client, client.look)


VERBS = (
    Verb(
        "timeline",
        later("The plan of cards, turn by turn; with a number what can be done with that card."),
        timeline,
        "[NUMBER]",
        DESK,
        ("plan", "msel"),
    ),
    Verb("release", later("Deal a planned, held or armed card now."), _on_entry("release"), "[NUMBER]", DESK),
    Verb("hold", later("Hold a planned card back."), _on_entry("hold"), "[NUMBER]", DESK),
    Verb("unhold", later("Let a card that is held back come as planned."), _on_entry("unhold"), "[NUMBER]", DESK),
    Verb("retime", later("Give a planned card another turn."), _on_entry("retime"), "[NUMBER [TURN]]", DESK),
    Verb("shift", later("Shift a card and all that is due after it."), _on_entry("shift"), "[NUMBER]", DESK),
    Verb("skip", later("Take a card off the plan."), _on_entry("skip"), "[NUMBER]", DESK),
    Verb("recall", later("Take a card that was sent back from the table."), _on_entry("recall"), "[NUMBER]", DESK),
    Verb("correct", later("Put other words on a card that was sent."), _on_entry("correct"), "[NUMBER]", DESK),
    Verb("shelf", later("Every card there is, or those that hold some words."), shelf, "[WORDS]", DESK),
    Verb(
        "cue",
        later("The cue sheet of a card: what to say and watch for, text, options."),
        cue,
        "[NUMBER or WORDS]",
        DESK,
    ),
    Verb("fire", later("Deal any card of the shelf now; the plan stays as it is."), fire_card, "[NUMBER or WORDS]", DESK),
    Verb("schedule", later("Plan any card of the shelf for a later turn."), plan_card, "[NUMBER or WORDS]", DESK),
    Verb("write", later("Write a card of your own, here or from a file; it is checked first."), write, "[FILE]", DESK),
    Verb("happen", later("Let something happen that no card tells of, with effects."), happen, "", DESK),
)
