"""A card as its facilitator reads it: what it is for, the cue sheet, whom it can name; and sending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import counted, later, phrase
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import whole
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, glyphs, owner, say, stance
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

KINDS = {
    "contextual": later("sets the scene"),
    "expected": later("asks for something expected"),
    "contingency": later("comes when something expected is missing"),
    "administrative": later("about the exercise itself"),
}


def entry_of(look: Look, card: object) -> Body:
    """The catalog's entry of a card; with its title alone where there is none."""
    return next((each for each in look.catalog.get("cards", ()) if each["id"] == card), {"id": card, "title": look.name(card)})


def objective_words(look: Look, objective: object) -> str:
    """The title of an objective, or of a part of one (`q1.b`)."""
    name, _, part = str(objective).partition(".")
    entry = look.catalog.get("objectives", {}).get(name) or {}
    found = (entry.get("parts") or {}).get(part, entry) if part else entry
    return str(found.get("title") or objective)


def card_page(look: Look, card: object, page: Page | None = None) -> Page:
    """The cue sheet of a card: what to say, whom it asks, what is expected, what it teaches, and the card itself."""
    entry = entry_of(look, card)
    page = page if page is not None else Page()
    page.line((str(entry["title"]), "bold $accent"), (f"   {entry.get('pool', '')}", "$quiet"))
    if entry.get("to"):
        page.line((phrase("For: "), "$quiet"), ", ".join(look.name(seat) for seat in entry["to"]))
    if entry.get("kind"):
        page.line((phrase("Kind: "), "$quiet"), f"{entry['kind']}: {phrase(KINDS.get(str(entry['kind']), ''))}".rstrip(": "))
    for key, label in (
        ("channel", phrase("Comes by")),
        ("from", phrase("From")),
        ("story_time", phrase("Story time")),
        ("controller", phrase("Controller")),
    ):
        if entry.get(key):
            page.line((f"{label}: ", "$quiet"), str(entry[key]))
    if entry.get("objective"):
        page.line((phrase("Objective: "), "$quiet"), objective_words(look, entry["objective"]))
    if entry.get("capability"):
        page.line((phrase("Capability: "), "$quiet"), str(entry["capability"]))
    if entry.get("tags"):
        page.line((phrase("Tags: "), "$quiet"), ", ".join(str(tag) for tag in entry["tags"]))
    for key, label in (("cue", phrase("Say this, watch for this")), ("evaluator", phrase("For evaluators"))):
        if entry.get(key):
            page.heading(label).line(str(entry[key]))
    if entry.get("expects"):
        page.heading(phrase("Expected"))
        for each in entry["expects"]:
            page.line(f"{glyphs().bullet} ", *expected(look, each))
    if entry.get("text"):
        page.heading(phrase("The card")).line(str(entry["text"]))
        for option in entry.get("options") or ():
            page.line(f"{glyphs().bullet} ", stance(option.get("stance")), "  ", (str(option.get("label", "")), "bold"))
    return page


def expected(look: Look, each: Body) -> list[Content | str]:
    """What is expected of whom, by when, and what comes if it is missing."""
    what = str(each.get("words") or look.name(each.get("id")))
    within = each.get("within")
    turns = counted(" within {count} turn", " within {count} turns", within) if isinstance(within, int) else ""
    missed = phrase("; if not: {name}", name=look.name(each["if_missed"])) if each.get("if_missed") else ""
    who = Content(", ").join([owner(look, seat) for seat in each.get("who") or ()]) or say(phrase("Somebody"))
    return [who, f": {what}{turns}{missed}"]


def members(look: Look, variable: Body) -> list[str]:
    """Whom or what a name of a card can stand for; empty where the card finds it by itself."""
    if "members" in variable:
        return [str(member) for member in variable["members"]]
    kinds = {
        "area": [each["id"] for each in look.catalog.get("areas", ())],
        "owner": [each["id"] for each in [*look.seats, *look.catalog.get("factions", ())]],
        "agreement": [each["id"] for each in look.catalog.get("agreements", ())],
    }
    return [str(member) for member in kinds.get(str(variable.get("of")), ())]


async def bind(client: Host, look: Look, card: str) -> dict[str, str] | None:
    """Asks what the names of a card stand for; None when its sender went back."""
    bound: dict[str, str] = {}
    entry = entry_of(look, card)
    for variable in entry.get("variables") or ():
        found = members(look, variable)
        if not found:
            continue
        name = str(variable["name"])
        rows = [Row("", say((phrase("let the card choose"), "$quiet"))), *(Row(each, say(look.name(each))) for each in found)]
        picked = await client.push_screen_wait(Choose(f"{entry['title']}: {name}", rows))
        if picked is None:
            return None
        if picked:
            bound[name] = picked
    return bound


async def fire(client: Host, look: Look, card: str) -> None:
    """Sends a card of the shelf now, after a yes."""
    bound = await bind(client, look, card)
    if bound is None:
        return
    page = card_page(look, card)
    for name, member in bound.items():
        page.line((f"{name}: ", "$quiet"), (look.name(member), "bold"))
    page.gap().line(phrase("It lands at once; what is planned stays as it is."))
    if await client.push_screen_wait(Confirm(phrase("Fire this card now?"), page.content, phrase("fire it"))) is not None:
        await client.send({"do": "fire", "card": card, "bound": bound}, look.seen, phrase("Fired."))


async def plan(client: Host, look: Look, card: str) -> None:
    """Puts a card of the shelf on the plan for a later turn."""
    last = int(look.catalog.get("turns", {}).get("count") or 0)
    turn = await ask_turn(client, look, phrase("Plan “{name}”", name=look.name(card)), phrase("plan it"), look.turn + 1, last)
    bound = await bind(client, look, card) if turn is not None else None
    if turn is not None and bound is not None:
        await client.send(
            {"do": "plan", "card": card, "turn": turn, "bound": bound}, look.seen, phrase("Planned for turn {turn}.", turn=turn)
        )


async def ask_turn(client: Host, look: Look, title: str, yes: str, first: int, last: int) -> int | None:
    """For which turn; None for none."""
    least = max(1, look.turn)
    last = max(last, least)
    words = (
        phrase("It is turn {turn} of {last}.", turn=look.turn, last=last)
        if look.turn
        else phrase("The game has {last} turns and has not begun.", last=last)
    )
    dialog = Write(
        title, say(words, phrase(" For which turn?")), yes=yes, draft=str(min(first, last)), wrong=whole(least, last), most=3
    )
    text = await client.push_screen_wait(dialog)
    return int(text) if text is not None else None
