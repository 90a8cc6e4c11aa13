"""What everybody may hear: where the game stands, its numbers, map, cards, news and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.client.door import PUBLIC, Body
from wargame.client.look import Look, Reading
from wargame.client.plain import words
from wargame.client.plain.news import message_line
from wargame.client.plain.spoken import spoken, time_words
from wargame.client.plain.verbs import PLAYER, Verb, pick
from wargame.client.speech import later, phrase
from wargame.client.tui.paint import Page, change, stance
from wargame.client.tui.panes.base import answered_lines, preview
from wargame.client.tui.panes.cards import card_text, record
from wargame.client.tui.panes.deals import terms_page
from wargame.client.tui.panes.end import ending_page, seat_page
from wargame.client.tui.panes.floor import motion_page
from wargame.client.tui.panes.map import area_page
from wargame.client.tui.panes.news import headline, keyed, story_page, turn_page
from wargame.client.tui.panes.orders import entry_of
from wargame.client.tui.panes.situation import as_known, track_page
from wargame.client.tui.widgets.brief import answer_words, briefing_page
from wargame.client.tui.widgets.missed import missed_page

if TYPE_CHECKING:
    from wargame.client.plain.client import PlainClient

NEWEST = 12  # stories, messages
VIEWS = 12  # seats in the result


def where_lines(client: PlainClient) -> list[str]:
    """Who one is, where the game stands, what is wanted."""
    look = client.look
    lines = [phrase(words.YOU_ARE, who=look.title(look.you))] if look.plays else []
    left = look.left(client.now)
    time = f" {phrase(words.LEFT_TIME, time=time_words(left))}" if left is not None and look.status != "over" else ""
    lines.append(phrase(words.PHASE, turn=look.turn_words, phase=look.phase.get("label", "")) + time)
    if look.phase.get("text"):
        lines.append(str(look.phase["text"]))
    lines.append(wanted_words(look))
    return lines


def wanted_words(look: Look) -> str:
    """What is wanted of the viewer, as a sentence."""
    wanted = look.wanted()
    return phrase(words.WANTED, wanted=wanted[:1].upper() + wanted[1:])


async def where(client: PlainClient, typed: str) -> None:
    """Where the game stands."""
    for line in where_lines(client):
        client.say(line)


# -- numbers ----------------------------------------------------------------------------------------------------------


def reading_line(look: Look, reading: Reading) -> str:
    """A number in words, with how it changed."""
    amount = look.change(int(reading.slot["index"]))
    moved = phrase(words.CHANGED, change=change(amount).plain) if amount else ""
    state = "" if reading.exact is not None else f", {as_known(reading)}"
    unit = f" {reading.slot['unit']}" if reading.slot.get("unit") else ""
    return f"{reading.slot['label']}: {reading.words}{unit}{state}{moved}"


async def situation(client: PlainClient, typed: str) -> None:
    """Every number, and what is in force."""
    look = client.look
    group = None
    for reading in (each for each in look.readings("track") if each.known):
        if reading.slot.get("group") != group:
            group = reading.slot.get("group")
            client.say(f"{str(group).replace('_', ' ').capitalize()}:" if group else f"{phrase(words.TRACKS)}:")
        client.say(reading_line(look, reading))
    owners = [look.you] if look.plays else []
    for seat in [*owners, *(str(each["id"]) for each in look.seats if each["id"] not in owners)]:
        means = [reading for reading in look.readings("resource", owner=seat) if reading.known]
        if means:
            client.say(f"{look.title(seat)}:")
            for reading in means:
                client.say(reading_line(look, reading))
    running = [each for each in look.readings("clock") if each.known and each.value]
    flags = [each for each in look.readings("flag") if each.value]
    for reading in running:
        client.say(reading_line(look, reading))
    if flags:
        client.say(phrase("In force: ") + ", ".join(str(each.slot["label"]) for each in flags))
    agreements = look.data.get("agreements") or {}
    if agreements:
        client.say(phrase("Agreements: ") + ", ".join(look.name(each) for each in agreements))


async def about(client: PlainClient, typed: str) -> None:
    """Everything about one number, order, agreement or area."""
    look = client.look
    rows = [(f"slot:{each.slot['index']}", str(each.slot["label"])) for each in look.readings("track")]
    rows += [(f"order:{each['id']}", str(each["label"])) for each in look.catalog.get("actions", ())]
    rows += [(f"deal:{each['id']}", str(each["label"])) for each in look.catalog.get("agreements", ())]
    rows += [(f"area:{each['id']}", str(each["label"])) for each in look.catalog.get("areas", ())]
    if not typed:
        client.tell(words.ASK_ABOUT)
        return
    picked = await pick(client, typed, rows, typed, verb=phrase("hear about it"), alone=False)
    kind, _, which = (picked or "").partition(":")
    if kind == "slot":
        reading = look.reading(int(which))
        client.say(str(reading.slot["label"]))
        client.say(track_page(look, reading).content)
    elif kind == "area":
        client.say(area_page(look, which, tiles=False).content)
    elif kind == "deal":
        await hear_terms(client, which)
    elif kind == "order":
        await hear_order(client, which)


async def hear_order(client: PlainClient, which: str) -> None:
    """An order: what it is, costs and does."""
    look = client.look
    action = entry_of(look, which) or {}
    entry: Body = next((each for each in look.catalog.get("actions", ()) if each["id"] == which), {})
    cost = look.cost_words(action.get("cost"))
    label = str(action.get("label", which))
    client.tell(words.ORDER_LINE, label=label, stance=stance(action.get("stance")).plain.strip(), cost=cost, more="")
    if action.get("ok") is False:
        client.tell(words.NOT_NOW, why=action.get("why") or "")
    client.say(str(action.get("text") or entry.get("text") or ""))
    choices = [[str(each) for each in choice] for choice in action.get("choices") or ()]
    if action.get("do") == "order" and (choices or not action.get("targets")):
        for choice in choices or [[]]:
            if choice:
                client.say(f"{', '.join(look.name(each) for each in choice)}:")
            client.say(answered_lines(await preview(client, action=which, targets=choice), "lines"))


async def hear_terms(client: PlainClient, which: str) -> None:
    """The terms of an agreement."""
    look = client.look
    kind = "force" if which in (look.data.get("agreements") or {}) else "table"
    kind = kind if kind == "force" or which in (look.data.get("proposals") or {}) else "new"
    client.say(terms_page(look, kind, which, await preview(client, agreement=which) if look.plays else {}).content)


# -- the map ----------------------------------------------------------------------------------------------------------


async def board_map(client: PlainClient, typed: str) -> None:
    """The map, area by area, or everything about one."""
    look = client.look
    areas = list(look.catalog.get("areas") or ())
    if not areas:
        client.tell(words.NO_MAP)
    elif typed:
        rows = [(str(each["id"]), str(each["label"])) for each in areas]
        picked = await pick(client, phrase("Which area?"), rows, typed, verb=phrase("hear about it"), alone=False)
        if picked is not None:
            client.say(area_page(look, picked, tiles=False).content)
    else:
        client.numbered([area_line(look, str(each["id"])) for each in areas])


def area_line(look: Look, area: str) -> str:
    """An area in a line: who holds it, and the pieces there."""
    pieces = []
    for reading in look.readings("piece", area=area):
        if reading.known and reading.value:
            stale = phrase(" (as of turn {turn})", turn=reading.turn) if reading.stale else ""
            owner, kind = look.short(reading.slot.get("owner")), look.name(reading.slot.get("part")).lower()
            pieces.append(f"{owner} {reading.words} {kind}{stale}")
    holder = look.control(area)
    who = look.title(holder) if holder is not None else phrase(words.NOBODY)
    return phrase(words.HELD_BY, area=look.name(area), who=who, pieces=", ".join(pieces) or phrase(words.NO_PIECES))


# -- cards ------------------------------------------------------------------------------------------------------------


def card_rows(client: PlainClient) -> list[tuple[str, str]]:
    """The cards on the table: number and how each stands."""
    look = client.look
    rows = []
    for number, card in (look.data.get("cards") or {}).items():
        answer = answer_words(look, number)
        state = phrase(words.TO_ANSWER) if number in look.unanswered else ""
        state = phrase(words.ANSWERED, answer=answer) if answer else state
        rows.append((str(number), phrase(words.CARD_LINE, title=client.reading(card).title, state=state)))
    return rows


async def cards(client: PlainClient, typed: str) -> None:
    """The cards on the table."""
    rows = card_rows(client)
    if not rows:
        client.tell(words.NO_CARDS)
        return
    client.numbered([line for _, line in rows])


async def read(client: PlainClient, typed: str) -> None:
    """A card in full, with what each answer would do."""
    number = await pick(client, phrase("Which card?"), card_rows(client), typed, verb=phrase("read it"))
    if number is None:
        return
    look = client.look
    card = look.data["cards"][number]
    asked = any(str(each["card"]) == number for each in look.offers("respond"))
    client.say(card_text(look, card, asked, client.reading(card)))
    client.say(record(look, number, Page()).content if look.plays else "")
    if asked and card.get("options"):
        await hear_options(client, number, card)


async def hear_options(client: PlainClient, number: str, card: Body) -> None:
    """The options of a card, each with what it would do."""
    answer = await preview(client, card=number)
    client.tell(words.CARD_BODY)
    for place, option in enumerate(card["options"], 1):
        client.say(f"{place}. {option_line(client.look, number, card, option)}")
        if option.get("text"):
            client.say(f"  {option['text']}")
        effects = answered_lines(answer if "error" in answer else answer.get("options", {}), str(option["id"]))
        for line in spoken(effects):
            client.say(f"  {line}")


def option_line(look: Look, number: str, card: Body, option: Body) -> str:
    """An option with its stance, and whether it is the default or chosen."""
    chosen = (look.data.get("responses", {}).get(number) or {}).get("option")
    more = phrase(words.IS_CHOSEN) if option["id"] == chosen else ""
    more += phrase(words.IS_DEFAULT) if option["id"] == card.get("default") else ""
    return phrase(words.OPTION_LINE, label=option["label"], stance=stance(option.get("stance")).plain.strip(), more=more)


# -- news and messages ------------------------------------------------------------------------------------------------


async def news(client: PlainClient, typed: str) -> None:
    """The newest stories; one in full by its number; those that hold some words."""
    look = client.look
    stories = keyed(look.data.get("feed", ()))
    if typed.isdecimal() and len(typed) < 6:
        if 1 <= int(typed) <= len(client.listed) and client.listed[int(typed) - 1] in stories:
            client.say(story_page(look, stories[client.listed[int(typed) - 1]]).content)
        else:
            client.tell(words.NO_SUCH_NUMBER, most=len(client.listed))
        return
    found = []
    for key, story in reversed(stories.items()):
        text = " ".join([str(story.get("head", "")), *(str(line[-1]) for line in story.get("lines") or ())]).casefold()
        if (story.get("kind") != "phase" or story.get("lines")) and all(word in text for word in typed.casefold().split()):
            found.append((key, story))
    client.listed = [key for key, _ in found[:NEWEST]]
    if not found:
        client.tell(words.NO_NEWS)
    client.numbered(
        [
            phrase(words.NEWS_LINE, turn=story.get("turn"), head="; ".join(spoken(headline(look, story))))
            for _, story in found[:NEWEST]
        ]
    )


async def turn(client: PlainClient, typed: str) -> None:
    """A turn in short: what moved, and the headlines."""
    look = client.look
    which = int(typed) if typed.isdecimal() and len(typed) < 4 else look.turn
    client.say(turn_page(look, which, list(keyed(look.data.get("feed", ())).values())).content)


async def talk(client: PlainClient, typed: str) -> None:
    """The newest messages, of all or with one seat."""
    look = client.look
    found = list(look.data.get("messages", ()))
    if typed:
        seat = next(
            (
                str(each["id"])
                for each in look.seats
                if typed.casefold()
                in (str(each["id"]).casefold(), look.short(each["id"]).casefold(), look.title(each["id"]).casefold())
            ),
            None,
        )
        concerned = [
            each for each in found if seat is not None and (each.get("from") == seat or seat in (each.get("to") or ()))
        ]
        found = concerned or [each for each in found if typed.casefold() in str(each.get("text", "")).casefold()]
    if not found:
        client.tell(words.NOT_SAID)
    for message in found[-NEWEST:]:
        client.say(message_line(look, message))


# -- the rest ---------------------------------------------------------------------------------------------------------


async def briefing(client: PlainClient, typed: str) -> None:
    """The briefing."""
    client.say(briefing_page(client.look, {}).content)


async def score(client: PlainClient, typed: str) -> None:
    """The own score as far as it can be known."""
    answer = await client.ask({"what": "score"})
    if "error" in answer:
        client.say(str(answer["error"]))
        return
    low, high = answer.get("total") or (0, 0)
    client.say(
        phrase("{range} of 100; the mandate is met at {mandate}.", range=_range(low, high), mandate=answer.get("mandate", "?"))
    )
    for part in answer.get("parts") or ():
        of = phrase(" of {max:g}", max=part["max"]) if part.get("max") else ""
        lo, hi = part.get("value") or (0, 0)
        client.say(f"{part['label']}: {_range(lo, hi)}{of}. {part.get('words') or ''}")


def _range(low: float, high: float) -> str:
    return f"{low:.0f}" if round(low) == round(high) else phrase("{low:.0f} to {high:.0f}", low=low, high=high)


async def missed(client: PlainClient, typed: str) -> None:
    """What was missed while one was away."""
    client.say(missed_page(client.look, await client.ask({"what": "missed"})).content)


async def who(client: PlainClient, typed: str) -> None:
    """The seats, who is done, who is still deciding."""
    look = client.look
    people: dict[str, list[str]] = {}
    for person in look.glance.room.people:
        people.setdefault(str(person.get("seat")), []).append(str(person.get("name")))
    for seat in look.seats:
        which = str(seat["id"])
        state = (
            phrase(words.IS_OPEN)
            if which in look.waiting_for
            else phrase(words.IS_DONE)
            if which in look.data.get("sealed", ())
            else ""
        )
        names = ", ".join(people.get(which, ()))
        client.say(f"{look.title(which)} ({look.short(which)}){f': {names}' if names else ''}{state}")
    watching = people.get(PUBLIC, [])
    if watching:
        client.say(f"{look.name(PUBLIC)}: {', '.join(watching)}")


async def motion(client: PlainClient, typed: str) -> None:
    """The motion on the floor."""
    look = client.look
    on_floor = look.data.get("motion")
    answer = await preview(client, motion=on_floor["id"]) if on_floor and look.plays else {}
    client.say(motion_page(look, on_floor, answer, dict(look.data.get("floor") or {})).content)


async def result(client: PlainClient, typed: str) -> None:
    """How it ended, and each seat."""
    look = client.look
    found = look.data.get("result")
    if not found:
        client.tell(words.GAME_GOES_ON)
        return
    client.say(ending_page(look, found).content)
    for seat, _ in sorted((found.get("seats") or {}).items(), key=lambda item: -item[1].get("score", 0)):
        client.say(seat_page(look, seat, found).content)


VERBS = (
    Verb(
        "where",
        later("Where the game stands, the time left, and what is wanted of you."),
        where,
        also=("status", "time"),
    ),
    Verb("situation", later("Every number you may know, your own means, and what is in force."), situation),
    Verb("about", later("Everything about one number, order, agreement or area."), about, "NAME"),
    Verb("map", later("The map area by area, or everything about one area."), board_map, "[AREA]"),
    Verb("cards", later("The cards on the table, numbered."), cards),
    Verb("read", later("A card in full, and what each answer would do."), read, "[NUMBER]"),
    Verb(
        "news",
        later("The newest stories; with a number one of them in full; with words those that hold them."),
        news,
        "[NUMBER or WORDS]",
    ),
    Verb("turn", later("A turn in short: what moved and what happened."), turn, "[NUMBER]"),
    Verb(
        "talk",
        later("The newest messages; with a seat or words those alone."),
        talk,
        "[SEAT or WORDS]",
    ),
    Verb("who", later("The seats, and who is still deciding."), who),
    Verb("motion", later("The motion on the floor, who leans where, and the chance that it passes."), motion),
    Verb("briefing", later("Your briefing and secret objective."), briefing),
    Verb("score", later("Your score, as far as you can know it."), score, who=PLAYER),
    Verb("missed", later("What you missed while you were away."), missed, who=PLAYER),
    Verb("result", later("How the game ended, seat by seat, and the seed of the dice."), result),
)
