"""What a seat has drafted, in words, and a seat as the facilitator sees it: pure text."""

from __future__ import annotations

from wargame.client.classroom import Hall, waited
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.paint import Page, glyphs, owner
from wargame.client.tui.widgets.brief import order_line


def answer_label(card: Body, option: object) -> str:
    """The label of an option of a card; its id in plain words where the card does not show it."""
    options = card.get("options") or ()
    return next((str(each["label"]) for each in options if each["id"] == option), str(option).replace("_", " "))


def _options(look: Look, card: Body) -> Body:
    """The card with the options of its catalog entry where the card on the table shows none to a facilitator."""
    if card.get("options"):
        return card
    entry: Body = next((each for each in look.catalog.get("cards", ()) if each["id"] == card.get("id")), {})
    return {**card, "options": entry.get("options") or ()}


def draft_lines(look: Look, seat: str) -> list[str]:
    """A seat's drafts in words."""
    drafts = (look.data.get("drafts") or {}).get(seat) or {}
    lines: list[str] = []
    cards = look.data.get("cards", {})
    for number, response in (drafts.get("responses") or {}).items():
        card = _options(look, cards.get(str(number), {}))
        reasons = f" - {response['rationale']}" if response.get("rationale") else ""
        lines.append(f"{card.get('title', f'card {number}')}: {answer_label(card, response.get('option'))}{reasons}")
    for order in drafts.get("orders") or ():
        label, targets = order_line(look, order)
        lines.append(label + targets + (f" - {order['rationale']}" if order.get("rationale") else ""))
    floor = drafts.get("floor")
    if floor and (floor.get("position") or floor.get("lobby") or floor.get("veto")):
        veto = phrase(", veto") if floor.get("veto") else ""
        lines.append(
            phrase(
                "floor: {position}, lobbying {lobby}{veto}",
                position=floor.get("position") or "no position",
                lobby=floor.get("lobby", 0),
                veto=veto,
            )
        )
    setup = drafts.get("setup") or {}
    lines += [f"{look.name(choice)}: {look.option(choice, option)}" for choice, option in (setup.get("choices") or {}).items()]
    lines += [
        f"{look.name(place)}: {', '.join(look.name(area) for area in areas)}"
        for place, areas in (setup.get("placements") or {}).items()
    ]
    return lines


def seat_page(look: Look, hall: Hall, seat: str, now: int, title: bool = True) -> Page:
    """One seat: who sits there, what it has, what it drafts, what its team talks about."""
    page = Page()
    if title:
        page.line(owner(look, seat))
    told = hall.seat(seat)
    for person in hall.at(seat):
        state = (
            phrase("a computer")
            if person.get("bot")
            else phrase("connected")
            if person.get("connected")
            else phrase("not connected")
        )
        marks = phrase(", captain") if person.get("captain") else ""
        page.line(f"{person.get('name')}: ", (state + marks + (phrase(", muted") if person.get("muted") else ""), "bold"))
    if not hall.at(seat):
        page.line(
            (
                phrase("A computer plays it.") if told.get("bot") else phrase("Nobody sits here."),
                "" if told.get("bot") else "$warning",
            )
        )
    if seat in look.waiting_for:
        since = waited(told.get("blocking_since"), now)
        page.line(
            (
                phrase("Still has something to decide") + (phrase(" (for {since})", since=since) if since else "") + ".",
                "$warning",
            )
        )
    for reading in look.readings("resource", owner=seat):
        page.line(f"{reading.slot['label']}: ", (reading.words, "bold"))
    drafts = draft_lines(look, seat)
    if drafts:
        page.heading(phrase("Drafts"))
        for words in drafts:
            page.line(f"{glyphs().bullet} {words}")
    team_lines(look, seat, page)
    return page


def team_lines(look: Look, seat: str, page: Page) -> None:
    """What a team's members suggest and who is for it."""
    team = (look.data.get("team") or {}).get(seat) or {}
    if not team.get("suggestions"):
        return
    page.heading(phrase("In the team"))
    for each in team["suggestions"]:
        names = ", ".join(str(name) for name in each.get("endorsed") or ())
        page.line(
            f"{glyphs().bullet} {each.get('by')}: {each.get('words')}",
            (phrase("  for it: {names}", names=names) if names else "", "$quiet"),
        )
        for against in each.get("objected") or ():
            page.line(
                (
                    phrase("   {name} objects: {why}", name=against.get("name"), why=against.get("why") or "no reason given"),
                    "$warning",
                )
            )
        if each.get("needs"):
            page.line((f"   {each['needs']}", "$quiet"))
