"""What the facilitator's console shows: pure text of the room, the desk, a seat, a card."""

from __future__ import annotations

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.tui.paint import Page, Part, glyphs, owner, say
from wargame.client.tui.widgets.brief import order_line
from wargame.client.tui.widgets.picker import Row


def console_rows(look: Look) -> list[Row]:
    """Requests, seats, armed cards, planned cards."""
    rows = [Row("desk", say((f"{glyphs().bullet} ", "$quiet"), ("The whole desk", "bold")))]
    room = look.glance.room
    if room.requests:
        rows.append(Row("head:requests", say(("At the door", "bold $accent")), heading=True))
        for request in room.requests:
            wish = f"  wants {look.short(request['seat'])}" if request.get("seat") else ""
            rows.append(
                Row(
                    f"request:{request['request']}",
                    say((f"{glyphs().arrow} ", "bold $warning"), (str(request["name"]), "bold"), (wish, "$quiet")),
                )
            )
    rows.append(Row("head:seats", say(("Seats" + ("  (table locked)" if room.locked else ""), "bold $accent")), heading=True))
    for seat in look.seats:
        rows.append(Row(f"seat:{seat['id']}", say(*_seat_state(look, str(seat["id"])))))
    armed = look.data.get("armed", ())
    if armed:
        rows.append(Row("head:armed", say(("Armed, waiting for you", "bold $accent")), heading=True))
        rows += [Row(f"armed:{card}", say((f"{glyphs().lost} ", "bold $warning"), look.name(card))) for card in armed]
    schedule = look.data.get("schedule", ())
    if schedule:
        rows.append(Row("head:planned", say(("Planned", "bold $accent")), heading=True))
        for number, plan in enumerate(schedule):
            rows.append(
                Row(f"planned:{number}:{plan['card']}", say((f"turn {plan['turn']}  ", "$quiet"), look.name(plan["card"])))
            )
    return rows


def _people(look: Look, seat: str) -> list[Body]:
    return [person for person in look.glance.room.people if person.get("seat") == seat]


def _seat_state(look: Look, seat: str) -> list[Part]:
    people = _people(look, seat)
    blocking = seat in look.waiting_for
    sealed = seat in look.data.get("sealed", ())
    mark: Part = (
        (f"{glyphs().arrow} ", "bold $warning") if blocking else (f"{glyphs().check} ", "$success") if sealed else ("  ", "")
    )
    names = []
    for person in people:
        sign = "bot" if person.get("bot") else glyphs().dot if person.get("connected") else glyphs().ring
        names.append(f"{sign} {person.get('name')}" if not person.get("bot") else "bot")
    return [mark, owner(look, seat, look.short(seat)), "  ", (", ".join(names) or "nobody", "" if names else "$warning")]


def desk_page(look: Look) -> Page:
    """Everything at one look: the phase, who blocks, every draft."""
    page = Page().line((f"{look.turn_words}, {look.phase.get('label')}", "bold $accent"))
    if look.may("start"):
        page.line(("Press a to start the game; z shows the join code for your players.", "bold"))
    waiting = look.waiting_for
    page.line(("Still to decide: ", "$quiet"), (", ".join(look.short(seat) for seat in waiting) or "nobody", "bold"))
    for seat in look.seats:
        drafts = draft_lines(look, str(seat["id"]))
        if drafts:
            page.gap().line(owner(look, seat["id"]))
            for words in drafts:
                page.line(f"{glyphs().bullet} {words}")
    spectators = _people(look, "public")
    if spectators:
        page.heading("Watching").line(", ".join(str(person["name"]) for person in spectators))
    return page


def draft_lines(look: Look, seat: str) -> list[str]:
    """A seat's drafts in words."""
    drafts = (look.data.get("drafts") or {}).get(seat) or {}
    lines: list[str] = []
    cards = look.data.get("cards", {})
    for number, response in (drafts.get("responses") or {}).items():
        title = cards.get(str(number), {}).get("title", f"card {number}")
        reasons = f" - {response['rationale']}" if response.get("rationale") else ""
        lines.append(f"{title}: {str(response.get('option')).replace('_', ' ')}{reasons}")
    for order in drafts.get("orders") or ():
        label, targets = order_line(look, order)
        lines.append(label + targets + (f" - {order['rationale']}" if order.get("rationale") else ""))
    floor = drafts.get("floor")
    if floor:
        veto = ", veto" if floor.get("veto") else ""
        lines.append(f"floor: {floor.get('position') or 'no position'}, lobbying {floor.get('lobby', 0)}{veto}")
    setup = drafts.get("setup") or {}
    lines += [f"{look.name(choice)}: {look.option(choice, option)}" for choice, option in (setup.get("choices") or {}).items()]
    lines += [
        f"{look.name(place)}: {', '.join(look.name(area) for area in areas)}"
        for place, areas in (setup.get("placements") or {}).items()
    ]
    return lines


def seat_page(look: Look, seat: str, title: bool = True) -> Page:
    """One seat: who sits there, what it has, what it drafts."""
    page = Page()
    if title:
        page.line(owner(look, seat))
    for person in _people(look, seat):
        state = "a computer" if person.get("bot") else "connected" if person.get("connected") else "not connected"
        page.line(f"{person.get('name')}: ", (state, "bold"))
    if not _people(look, seat):
        page.line(("Nobody sits here.", "$warning"))
    if seat in look.waiting_for:
        page.line(("Still has something to decide.", "$warning"))
    for reading in look.readings("resource", owner=seat):
        page.line(f"{reading.slot['label']}: ", (reading.words, "bold"))
    drafts = draft_lines(look, seat)
    if drafts:
        page.heading("Drafts")
        for words in drafts:
            page.line(f"{glyphs().bullet} {words}")
    return page


def cards_rows(look: Look) -> list[Row]:
    """All cards, armed ones first."""
    armed = set(look.data.get("armed", ()))
    cards = sorted(look.catalog.get("cards", ()), key=lambda card: (card["id"] not in armed, str(card["title"])))
    return [
        Row(
            str(card["id"]),
            say(
                (f"{glyphs().lost} " if card["id"] in armed else "  ", "bold $warning"),
                str(card["title"]),
                (f"  {card.get('pool', '')}", "$quiet"),
            ),
        )
        for card in cards
    ]


def card_page(look: Look, which: str) -> Page:
    """A card as the facilitator knows it."""
    card: Body = next((each for each in look.catalog.get("cards", ()) if each["id"] == which), {"title": which})
    page = Page().line((str(card["title"]), "bold $accent"), (f"   {card.get('pool', '')}", "$quiet"))
    to = card.get("to") or ()
    if to:
        page.line(("For: ", "$quiet"), ", ".join(look.name(seat) for seat in to))
    if card.get("objective"):
        page.line(("Objective: ", "$quiet"), str(card["objective"]))
    if card.get("cue"):
        page.gap().line(str(card["cue"]))
    return page
