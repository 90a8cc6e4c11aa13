"""A packet per seat: briefing, what it has and sees, its secret choice, its score, and a sheet to fill in every turn.

A packet holds what its seat may know and nothing else: no other seat's agenda, no card, no number that it does not see.
"""

from __future__ import annotations

from collections.abc import Sequence

from wargame.analysis.html import Html, Node, bullets, div, el, join, markdown, p, section, span, table
from wargame.analysis.paper.book import BOX, GLYPHS, Book, lines_to_write, stance
from wargame.analysis.paper.booklet import agreement_entry, score_table, some
from wargame.analysis.paper.layout import columns, halves
from wargame.analysis.paper.tilemap import tile_map
from wargame.rules.program import Family, Slot
from wargame.rules.words import and_list
from wargame.scenario.model import PhaseKind

LONG_SHEET = 16  # orders and agreements from which a turn's sheet has little room left
FEW = 3  # numbers of a seat up to which they are told in a line
MOST_ANSWERS = 4  # rows for cards on a turn's sheet
MOST_LETTERS = 60  # of names of targets that have boxes; longer lists stand once below the orders


def packet(book: Book, seat: int) -> Html:
    """The body of a seat's packet."""
    scenario = book.program.scenario
    entry = scenario.seats[book.program.seats[seat]]
    return join(
        el("h1", book.seat(seat)),
        p(span("secret", f"Only for {book.seat(seat)}. Do not show it to other seats.")),
        p(str(scenario.title), class_="small"),
        markdown(_untitled(str(entry.briefing), book.seat(seat))),
        _setup(book, seat),
        section("What you have", _own(book, seat)),
        section("What you know at the start", _known(book, seat)),
        section("Your map", tile_map(book, seat), p("Pieces as you see them at the start.", class_="small"))
        if book.program.areas
        else None,
        _menu(book, seat),
        section("Agreements you may sign", columns(_agreements(book, seat))),
        _score(book, seat),
        [_sheet(book, seat, turn) for turn in range(1, scenario.turns.count + 1)],
    )


def _untitled(briefing: str, title: str) -> str:
    """A briefing without a first heading that says the seat's title again."""
    first, _, rest = briefing.strip().partition("\n")
    return rest if first.strip("# ").casefold() == title.casefold() else briefing


# ---------------------------------------------------------------- before the first turn


def _setup(book: Book, seat: int) -> Html:
    program = book.program
    choices = [
        join(
            p(el("strong", str(choice.model.label)), f" {choice.model.text}"),
            bullets([_option(str(option.label), str(option.text)) for option in choice.model.options.values()], "tick"),
        )
        for choice in program.choices
        if choice.seat == seat
    ]
    placements = []
    for placement in program.placements:
        if seat in placement.seats:
            areas = [program.scenario.areas[program.areas[area]] for area in placement.where(list(program.start), seat)]
            label = str(program.scenario.pieces[placement.piece].label)
            ask = p(el("strong", label), f": choose {placement.count} of these areas in secret.")
            placements.append(join(ask, p(_ticks([str(area.label) for area in areas]))))
    agenda = (
        p("You are dealt one secret agenda card. Keep it with this packet; it is counted at the end.")
        if any(deck.seat == seat for deck in program.agendas)
        else None
    )
    return section("Before the first turn", choices, placements, agenda)


def _option(label: str, text: str) -> Html:
    return join(el("strong", label), f": {text}" if text else "")


def _ticks(names: Sequence[str]) -> Html:
    return join(join(span("pick", f"{BOX} {name}"), " ") for name in names)


# ---------------------------------------------------------------- what it has and knows


def _own(book: Book, seat: int) -> Html:
    incomes = {income.slot: income for income in book.program.incomes}
    head = ["", "Range", "At the start", "Income a turn"]
    rows: list[list[Node]] = []
    for slot in book.resources(seat):
        income = incomes.get(slot.index)
        earned = book.words(income.amount, (seat,)) if income is not None else ""
        seen = book.starts(slot, seat) or "you do not see it"
        name = join(el("strong", book.resource(slot.index)), p(str(slot.help), class_="small"))
        rows.append([name, f"{slot.lo} to {slot.hi}", seen, earned])
    return table(head, rows, "plain")


def _known(book: Book, seat: int) -> Html:
    numbers = [*book.family(Family.TRACK, seat), *book.family(Family.CLOCK, seat)]
    rows: list[tuple[Node, ...]] = [
        (el("strong", str(slot.label)), book.starts(slot, seat), book.sight(slot, seat), "") for slot in numbers
    ]
    facts = [str(slot.label) for slot in book.family(Family.FLAG, seat) if slot.start and book.starts(slot, seat)]
    return join(
        table(("Number", "At the start", "You see it", "Now"), rows, "plain known"),
        p(f"These hold at the start: {and_list(facts)}.") if facts else None,
        _others(book, seat),
        _hidden(book, seat),
        _areas(book, seat),
    )


def _others(book: Book, seat: int) -> Html:
    """What other seats have, as far as this one sees it: seats by row, parts across."""
    slots = [slot for slot in book.family(Family.RESOURCE, seat) if slot.owner != seat]
    if not slots:
        return join()
    by_owner: dict[int, dict[str, Slot]] = {}
    for slot in slots:
        by_owner.setdefault(slot.owner, {})[str(slot.label)] = slot
    groups: dict[tuple[str, ...], list[int]] = {}
    for owner, found in by_owner.items():
        groups.setdefault(tuple(found), []).append(owner)
    tables = []
    alone = []
    for labels, owners in groups.items():
        if len(owners) == 1 and len(labels) <= FEW:
            told = [f"{label} {_seen(book, by_owner[owners[0]][label], seat)}" for label in labels]
            alone.append(join(el("strong", book.seat(owners[0])), f": {', '.join(told)}"))
            continue
        rows: list[tuple[Node, ...]] = [
            (el("strong", book.seat(owner)), *(_seen(book, by_owner[owner][label], seat) for label in labels))
            for owner in owners
        ]
        tables.append(table(("", *labels), rows, "plain small"))
    note = p("Roughly: you see only the band. A dash: you do not see it now, and may later.", class_="small")
    return section("What others have", bullets(alone), tables, note, level=3)


def _seen(book: Book, slot: Slot, seat: int) -> str:
    return book.starts(slot, seat) or "–"


def _hidden(book: Book, seat: int) -> Html:
    """The numbers that this seat never sees, so that it knows that they are there."""
    seen = {slot.index for slot in book.family(Family.TRACK, seat)}
    unseen = [str(slot.label) for slot in book.family(Family.TRACK) if slot.index not in seen and slot.help]
    return p(f"You do not see: {and_list(unseen)}.") if unseen else join()


def _areas(book: Book, seat: int) -> Html:
    program = book.program
    values = [slot for slot in book.family(Family.AREA, seat) if slot.start and book.starts(slot, seat)]
    if not values:
        return join()
    rows = [
        f"{program.scenario.areas[program.areas[slot.area]].label}: {slot.label} {book.starts(slot, seat)}" for slot in values
    ]
    return p("; ".join(rows), ".")


# ---------------------------------------------------------------- agreements and score


def _agreements(book: Book, seat: int) -> list[Html]:
    return [agreement_entry(book, each.index, seat) for each in book.program.agreements if seat in each.parties]


def _score(book: Book, seat: int) -> Html:
    if not book.program.scores[seat]:
        return join()
    agenda = any(deck.seat == seat for deck in book.program.agendas)
    return section(
        "Your score",
        p(f"Fill it in at the end. You have met your mandate at {book.program.scenario.scoring.mandate}."),
        score_table(book, seat, [seat], blank=True),
        p("Your secret agenda: ", span("blank", "")) if agenda else None,
        p("Total, from 0 to 100: ", span("blank", "")),
    )


# ---------------------------------------------------------------- the sheet of a turn


def _menu(book: Book, seat: int) -> Html:
    """The orders of the seat with what holds them back; what they do stands in the rules booklet."""
    rows = []
    for index in book.program.menus[seat]:
        action = book.program.actions[index]
        needs = dict.fromkeys(str(reason.words) for reason in (*action.reasons, *action.target_reasons))
        aims = [p(span("name", f"{label} "), some(names)) for label, names in book.targets(action, seat)]
        name = join(el("strong", book.action(action, seat)), " ", stance(action.model.stance))
        once = p("Once a game.") if action.model.once else None
        words = join(p(str(action.model.text)), once, p("Not open: ", " ".join(needs), class_="small") if needs else None, aims)
        rows.append((name, book.cost(action.costs.get(seat, ())), action.model.order, words))
    note = p(
        "What they do exactly stands in the rules booklet. Bands are carried out from the lowest to the highest.",
        class_="small",
    )
    return section("Your orders", note, table(("Order", "Cost", "Band", ""), rows, "plain")) if rows else join()


def _sheet(book: Book, seat: int, turn: int) -> Html:
    """What the seat fills in and hands in, one sheet a turn."""
    program = book.program
    kinds = {phase.kind: phase for phase in reversed(program.phases)}
    ordering = kinds.get(PhaseKind.ORDERS) or kinds.get(PhaseKind.TURNS)
    lobbies = any(seat in body.lobbyists or any(bloc.seat == seat for bloc in body.blocs) for body in program.bodies.values())
    return div(
        "sheet",
        el("h2", book.turn(turn), span("value", book.seat(seat))),
        _answers(kinds[PhaseKind.CARDS].model.cards) if PhaseKind.CARDS in kinds and program.cards else None,
        _order_form(book, seat, ordering.model.orders) if ordering is not None and program.menus[seat] else None,
        _talks(book, seat) if PhaseKind.ORDERS in kinds else None,
        _floor(book, seat) if lobbies and PhaseKind.FLOOR in kinds else None,
        section("Why, in one sentence", lines_to_write(_room(book, seat)), level=3),
    )


def _room(book: Book, seat: int) -> int:
    """Lines for reasons: what a long menu and many agreements leave of the sheet."""
    deals = sum(1 for each in book.program.agreements if seat in each.parties)
    return 1 if len(book.program.menus[seat]) + deals > LONG_SHEET else 4


def _answers(cards: int) -> Html:
    stances = f"{BOX} ▲   {BOX} ■   {BOX} ▼"
    rows = [("", stances, "")] * min(MOST_ANSWERS, max(1, cards))
    return section("Cards", table(("Card no.", "Stance", "Option, and why"), rows, "fill"), level=3)


def _order_form(book: Book, seat: int, most: int) -> Html:
    """A box for every order; few targets have boxes, many are listed once below and written in."""
    lists: dict[str, list[str]] = {}
    lines = []
    for index in book.program.menus[seat]:
        action = book.program.actions[index]
        aims: list[Html] = []
        for label, names in book.targets(action, seat):
            if sum(map(len, names)) <= MOST_LETTERS:
                aims.append(join(f" {label}: ", _ticks(names)))
            else:
                lists.setdefault(label, names)
                aims.append(join(f" {label}: ", span("blank", "")))
        cost = book.price(action.costs.get(seat, ()), seat)
        glyph = GLYPHS[action.model.stance]
        name = el("strong", book.action(action, seat))
        lines.append(join(f"{BOX} ", name, f" {glyph} ", span("name", cost), span("aims", aims)))
    known = [p(span("name", f"{label}: "), ", ".join(names), class_="small") for label, names in lists.items()]
    main = book.program.main_resource[seat]
    unit = f"; costs in {book.resource(main)}" if main else ""
    return section(f"Orders: at most {most}{unit}", halves(lines), known, level=3)


def _talks(book: Book, seat: int) -> Html:
    program = book.program
    deals = [
        p(
            f"{BOX} sign  {BOX} leave  ",
            el("strong", str(each.model.label)),
            " ",
            span("name", book.price(each.costs.get(seat, ()), seat)),
        )
        for each in program.agreements
        if seat in each.parties
    ]
    partners = {other for group in program.transfer_groups if seat in group for other in group if other != seat}
    gift = None
    if partners and program.transfer_limit:
        gift = p(f"Give (up to {program.transfer_limit}) ", span("blank", ""), " to ", span("blank", ""))
    return section("Agreements", halves(deals), gift, level=3)


def _floor(book: Book, seat: int) -> Html:
    program = book.program
    items: list[Node] = []
    for body in program.bodies.values():
        if any(bloc.seat == seat for bloc in body.blocs):
            items.append(join(f"{body.model.label}: your own votes  {BOX} aye   {BOX} no"))
        if seat in body.lobbyists:
            items.append(join(f"{body.model.label}: lobby with ", span("blank", ""), f" points  {BOX} for   {BOX} against"))
    if any(motion.veto_by == seat for motion in program.motions):
        items.append(f"{BOX} veto, if it may be vetoed")
    return section("If something is voted on", bullets(items), level=3)
