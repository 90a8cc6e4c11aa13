"""The rules booklet: what every player may know, to be read at the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wargame.analysis.html import Html, Node, bullets, div, el, join, p, section, span, table
from wargame.analysis.paper.book import Book, facts, minutes, parties, stance
from wargame.analysis.paper.layout import columns, halves
from wargame.analysis.paper.tilemap import tile_map
from wargame.rules.instructions import titled
from wargame.rules.program import NOBODY, Action, Family, Motion, Phase, Placement, Slot
from wargame.rules.words import and_list
from wargame.scenario.model import PhaseKind, Piece

FEW = 8
KINDS = {
    PhaseKind.AUTOMATIC: "The facilitators do this; nobody decides anything.",
    PhaseKind.CARDS: "Cards are dealt and answered in secret; the answers are shown together.",
    PhaseKind.ORDERS: "Talk, sign agreements and write orders in secret; then all orders are carried out together.",
    PhaseKind.FLOOR: "A motion is voted on. Nothing happens where none was brought.",
    PhaseKind.TURNS: "One seat after the other gives orders; each is carried out at once.",
}


def booklet(book: Book) -> Html:
    """The body of the rules booklet."""
    scenario = book.program.scenario
    parts = [
        _cover(book),
        _turn(book),
        _setup(book),
        _board(book),
        section("The map", _map(book), class_="fresh"),
        section("Orders", p(ROLLS), p(PROGRESS), p(BANDS), orders(book), class_="fresh"),
        section("Agreements", _agreements(book)),
        section("Votes", _votes(book)),
        section("How it ends", _endings(book)),
        section("How it is scored", _scoring(book)),
    ]
    explained = book.explained()
    parts.append(section("What is said by name", explained and p(BY_NAME), explained))
    return join(el("h1", str(scenario.title)), parts)


BY_NAME = "Rules above speak of these by name. They are carried out and worked out by the facilitators; here is how."


def _cover(book: Book) -> Html:
    scenario = book.program.scenario
    turns = scenario.turns
    each = f", {turns.length} each" if turns.length else ""
    seconds = sum(phase.model.seconds for phase in book.program.phases)
    time = f" A turn takes about {minutes(seconds)} on the clock." if seconds else ""
    seats = [
        join(el("strong", book.seat(seat)), f" ({book.short(seat)})", ", may be left empty" if entry.optional else "")
        for seat, entry in enumerate(scenario.seats.values())
    ]
    return join(
        p(str(scenario.summary), class_="lead"),
        p(str(scenario.content_note), class_="aside"),
        p(f"{turns.count} turns{each}.{time} {len(seats)} seats; each is one player or a team."),
        halves(seats),
        p(str(scenario.credits), class_="small"),
    )


# ---------------------------------------------------------------- the turn


def _turn(book: Book) -> Html:
    rows = [
        (
            el("strong", str(phase.model.label)),
            minutes(phase.model.seconds) if phase.model.seconds else "",
            join(p(str(phase.model.text) or KINDS[phase.kind]), bullets(_limits(book, phase))),
        )
        for phase in book.program.phases
    ]
    return section(
        "How a turn goes",
        table(("Phase", "Time", "What happens"), rows, "phases"),
        p("Write one sentence of reason with every choice. In the debrief your reasons count, not your score."),
    )


def _limits(book: Book, phase: Phase) -> Iterator[str]:
    model = phase.model
    if phase.kind is PhaseKind.CARDS:
        more = f", {model.cards_with_chained} where earlier cards come back" if model.cards_with_chained else ""
        yield f"At most {model.cards} cards in a turn{more}."
        yield "Whoever does not answer in time takes the answer marked as default."
        if model.draw:
            yield f"{model.draw} more from the deck."
    if phase.kind in (PhaseKind.ORDERS, PhaseKind.TURNS):
        yield f"At most {model.orders} orders a seat."
    if phase.kind is PhaseKind.ORDERS:
        yield "Costs are paid together, before the first order is carried out; an order not possible any more is paid back."
        if book.program.agreements:
            yield f"At most {model.agreements} new agreement{'s' if model.agreements != 1 else ''} a seat."
    if phase.kind is PhaseKind.FLOOR:
        yield "Lobbying, positions and vetoes are written down in secret and shown together."


def _setup(book: Book) -> Html:
    program = book.program
    secrets = [
        join(el("strong", str(choice.model.label)), f": {book.seat(choice.seat)} chooses one of ",
             and_list([str(option.label) for option in choice.model.options.values()]), ".")
        for choice in program.choices
    ]  # fmt: skip
    places = [_placing(book, placement) for placement in program.placements]
    holders = [deck.seat for deck in program.agendas]
    dealt = [f"One secret agenda is dealt to each of: {book.seats(holders)}."] if holders else []
    return section("Before the first turn", bullets([*secrets, *places, *dealt]))


def _placing(book: Book, placement: Placement) -> Html:
    label = str(book.program.scenario.pieces[placement.piece].label)
    where = book.words(placement.where, placement.seats)
    asked = f", where {where}" if where else ""
    return join(el("strong", label), f": {book.seats(placement.seats)} each choose {placement.count} areas in secret{asked}.")


# ---------------------------------------------------------------- the board


def _board(book: Book) -> Html:
    program = book.program
    public = program.public
    tracks = [slot for slot in book.family(Family.TRACK) if book.starts(slot, public) or slot.help]
    kept = [str(slot.label) for slot in book.family(Family.TRACK) if slot not in tracks]
    facts_ = [
        join(el("strong", str(slot.label)), ": ", book.starts(slot, public) or "not public",
             f". {slot.help}" if slot.help else "")
        for slot in book.family(Family.FLAG)
    ]  # fmt: skip
    clocks = [
        (
            el("strong", str(slot.label)),
            f"{slot.start} {slot.unit}" if slot.start else "stopped",
            f"{clock.tick} {slot.unit} a turn",
            str(slot.help),
        )
        for clock in program.clocks
        for slot in (program.slots[clock.slot],)
    ]
    head = ("Clock", "At the start", "Runs down by", "")
    return section(
        "The board",
        p("Numbers are whole and stay within their range. A number that is worked out is rounded to the nearest whole."),
        section(
            "Tracks",
            columns([_track(book, slot) for slot in tracks]),
            p(f"Kept by the facilitators: {and_list(kept)}.", class_="small") if kept else None,
            level=3,
        ),
        section("Facts that hold or do not, at the start", halves(facts_), level=3) if facts_ else None,
        section("Clocks", table(head, clocks, "plain"), p("A clock at 0 is stopped."), level=3) if clocks else None,
        section("What the seats have", _resources(book), level=3),
    )


def _track(book: Book, slot: Slot) -> Html:
    seen = book.starts(slot, book.program.public)
    head = join(el("strong", str(slot.label)), span("value", f"starts at {seen}" if seen else "not public"))
    start = slot.start if seen and book.program.sight[book.program.public][slot.index] == 2 else None
    return div("track", p(head), book.scale(slot, start), p(str(slot.help), class_="small"))


def _resources(book: Book) -> Html:
    program = book.program
    found: dict[tuple[str, str, str], list[int]] = {}
    incomes = {income.slot: income for income in program.incomes}
    for seat in range(len(program.seats)):
        for slot in book.resources(seat):
            income = incomes.get(slot.index)
            earned = book.words(income.amount, (seat,)) if income is not None else ""
            main = "; pays for orders" if program.main_resource[seat] == slot.index else ""
            found.setdefault((f"{book.resource(slot.index)}|{slot.lo} to {slot.hi}{main}", earned, str(slot.help)), []).append(
                seat
            )
    rows = []
    for (name, earned, words), seats in found.items():
        label, _, bounds = name.partition("|")
        rows.append(
            (el("strong", label), book.seats(seats), bounds, join(p(words), p(f"Income a turn: {earned}.") if earned else ""))
        )
    return table(("What", "Whose", "Range", ""), rows, "plain")


def _map(book: Book) -> Html:
    program, scenario = book.program, book.program.scenario
    if not program.areas:
        return join()
    seen = [
        (name, str(value.label) or titled(name))
        for name, value in scenario.area_values.items()
        if value.fixed or any(slot.part == name and book.starts(slot, program.public) for slot in book.family(Family.AREA))
    ]
    rows: list[tuple[Node, ...]] = [
        (
            el("strong", str(area.label)),
            ", ".join(str(scenario.areas[program.areas[near]].label) for near in program.neighbours[number]),
            *(_area(book, name, number) for name, _ in seen),
        )
        for number, area in enumerate(scenario.areas.values())
    ]
    return join(
        tile_map(book, program.public),
        bullets(_legend(scenario.pieces.values())),
        p("Hidden pieces are not on this map.", class_="small") if _hides(book) else None,
        table(("Area", "Touches", *(label for _, label in seen)), rows, "plain areas"),
    )


def _legend(pieces: Iterable[Piece]) -> Iterator[Html]:
    for piece in pieces:
        sign = f" {piece.glyph}" if piece.glyph else ""
        pool = f", {piece.pool} in all" if piece.pool is not None else ""
        words = f" {piece.help}" if piece.help else ""
        yield join(el("strong", str(piece.label), sign), f": up to {piece.range.hi} of an owner in an area{pool}.{words}")


def _area(book: Book, name: str, area: int) -> str:
    program = book.program
    value = program.scenario.area_values[name]
    if value.fixed:
        return str(program.scenario.areas[program.areas[area]].values.get(name, value.start))
    slot = next((one for one in book.family(Family.AREA) if one.part == name and one.area == area), None)
    return book.starts(slot, program.public) if slot is not None else ""


def _hides(book: Book) -> bool:
    public = book.program.sight[book.program.public]
    return any(slot.family is Family.PIECE and not public[slot.index] for slot in book.program.slots)


# ---------------------------------------------------------------- orders


ROLLS = (
    "A roll is made with a d100 (two ten-sided dice, or the facilitators' table of numbers): it succeeds at or under the "
    "number given. Whatever that number works out to, it is never below 2 nor above 95."
)
PROGRESS = (
    "“Progress of a number from A to B” is 0 while it stands at A or worse, 1 at B or better, and in between the part of the "
    "way it has come."
)
BANDS = "Orders are carried out by band, the lowest first; within a band in an order drawn by lot."
ROLLED = (
    "A bloc that a seat decides votes as that seat says. Every other vote is rolled: it is an aye at or under the bloc's lean, "
    "raised or lowered by lobbying, and never below 2 nor above 97."
)


def orders(book: Book) -> Iterator[Html]:
    """The menus, seats that have the same one together: cost, targets, conditions and effects of every order."""
    program = book.program
    groups: dict[tuple[int, ...], list[int]] = {}
    for seat, menu in enumerate(program.menus):
        groups.setdefault(menu, []).append(seat)
    for menu, seats in groups.items():
        if menu:
            entries = [_order(book, program.actions[index], seats) for index in menu]
            yield section(f"Orders of {book.seats(seats)}", columns(entries), level=3, class_="menu")


def _order(book: Book, action: Action, seats: list[int]) -> Html:
    model = action.model
    first = seats[0]
    names = dict.fromkeys(book.action(action, seat) for seat in seats)
    aimed = [f"{label}: {some(names_)}" for label, names_ in book.targets(action, first)]
    needs = dict.fromkeys(str(reason.words) for reason in (*action.reasons, *action.target_reasons))
    exact = dict.fromkeys(book.words(reason.test, seats) for reason in (*action.reasons, *action.target_reasons))
    secret = "Told to nobody else." if action.audience is not None and not any(action.audience[:-1]) else ""
    if action.audience is not None and not secret:
        told = [seat for seat in range(len(book.program.seats)) if action.audience[seat]]
        secret = f"Told only to {book.seats(told)}."
    rules = [one for one in exact if one]
    return div(
        "entry",
        el("h4", " / ".join(names), " ", stance(model.stance)),
        p(str(model.text)),
        facts(
            (
                ("Cost", book.cost(action.costs.get(first, ())) + ("; once a game" if model.once else "")),
                ("Aim at", "; ".join(aimed)),
                ("Band", str(model.order)),
                ("", secret),
            )
        ),
        p(span("name", "If not open: "), " ".join(needs), class_="fact") if needs else None,
        p(span("name", "Only if "), "; ".join(rules), class_="fact small") if rules else None,
        book.effects(action.run, seats),
    )


def some(names: list[str]) -> str:
    """Names one by one where they are few, else how many there are."""
    return ", ".join(names) if len(names) <= FEW else f"one of {len(names)}"


# ---------------------------------------------------------------- agreements and votes


def _agreements(book: Book) -> Html:
    program = book.program
    shown = [agreement for agreement in program.agreements if book.white_cell or not agreement.secret]
    entries = [agreement_entry(book, agreement.index) for agreement in shown]
    groups = [book.seats(group) for group in program.transfer_groups]
    gift = f"Up to {program.transfer_limit} of what pays for orders may be given to another seat in a turn, within: "
    transfers = p(gift, "; ".join(groups), ".") if program.transfer_limit and groups else None
    secret = len(program.agreements) - len(shown)
    hidden = p("Some agreements are known only to those who may sign them.", class_="small") if secret else None
    return join(columns(entries), transfers, hidden)


def agreement_entry(book: Book, index: int, seat: int = NOBODY) -> Html:
    """An agreement: who signs, at what cost, and what it does. For a `seat` only what holds its own key back is told."""
    agreement = book.program.agreements[index]
    model = agreement.model
    needs = [
        join(f"{book.seat(reason.seat)}: " if reason.seat not in (NOBODY, seat) else "", str(reason.words))
        for reason in agreement.reasons
        if seat == NOBODY or reason.seat in (NOBODY, seat)
    ]
    costs = [f"{book.seat(seat)} {book.cost(cost)}" for seat, cost in agreement.costs.items() if cost]
    secret = ""
    if agreement.secret:
        secret = "Only its parties know of it."
        if agreement.leak:
            secret += f" Each turn it comes out at a roll of {agreement.leak} or under."
    return div(
        "entry",
        el("h4", str(model.label)),
        facts((("Between", parties(book, agreement)), ("Costs", "; ".join(costs) or "nothing"), ("", secret))),
        p(str(model.terms)),
        p(span("name", "If not open: "), [[need, " "] for need in needs], class_="fact") if needs else None,
        titled_effects("When signed", book.effects(agreement.on_sign, agreement.parties)),
        titled_effects("Each turn", book.effects(agreement.each_turn, agreement.parties)),
        titled_effects("When somebody leaves", book.tree_effects(agreement.code_leave.tree, agreement.parties)),
        titled_effects("When it comes out", book.effects(agreement.on_leak, agreement.parties)) if book.white_cell else None,
        p(span("name", "Ends by itself if "), book.words(agreement.ends_when), class_="fact") if agreement.ends_when else None,
    )


def titled_effects(head: str, effects: Html) -> Html:
    """Effects under a short heading; nothing where there are none."""
    return join(p(span("name", head), class_="fact"), effects) if effects else effects


def _votes(book: Book) -> Html:
    if not book.program.motions:
        return join()
    bodies = [_body(book, name) for name in book.program.bodies]
    return join(p(ROLLED), bodies, columns([motion_entry(book, motion) for motion in book.program.motions]))


def _body(book: Book, name: str) -> Html:
    body = book.program.bodies[name]
    rows = [
        (el("strong", str(bloc.label)), bloc.votes, book.seat(bloc.seat) if bloc.seat != NOBODY else "rolled")
        for bloc in body.blocs
    ]
    lobby = (
        p(f"Each point that {book.seats(body.lobbyists, word='or')} spends on lobbying moves every lean by {body.per_point}, "
          f"for or against; {body.limit} points at most.")
        if body.lobbyists
        else None
    )  # fmt: skip
    return section(str(body.model.label), table(("Bloc", "Votes", "Decided by"), rows, "plain"), lobby, level=3)


def motion_entry(book: Book, motion: Motion) -> Html:
    """A motion: what it needs, how the blocs lean, what it does."""
    leans = [
        (str(bloc.label), book.tree_words(tree) if tree is not None else f"{book.seat(bloc.seat)} decides")
        for bloc, tree in zip(motion.body.blocs, motion.lean_trees, strict=True)
    ]
    veto = ""
    if motion.veto_by != NOBODY:
        when = book.words(motion.veto_when, (motion.veto_by,))
        veto = f"{book.seat(motion.veto_by)}, if {when}" if when else book.seat(motion.veto_by)
        veto += f"; then {motion.veto_ayes} ayes are needed."
    return div(
        "entry",
        el("h4", str(motion.model.label)),
        p(str(motion.model.text)),
        facts((("In", str(motion.body.model.label)), ("Passes with", f"{motion.ayes} ayes"), ("May be vetoed by", veto))),
        table(("Bloc", "Lean (per cent aye)"), leans, "plain small"),
        titled_effects("If it passes", book.effects(motion.passes)),
        titled_effects("If it fails", book.effects(motion.fails)),
    )


# ---------------------------------------------------------------- the end


def _endings(book: Book) -> Html:
    entries = [
        div(
            "entry",
            el("h4", str(ending.model.title)),
            p(str(ending.model.text)),
            p(span("name", "Comes if "), words, class_="fact")
            if (words := book.words(ending.when))
            else p("Some rules bring it."),
            p("A catastrophe: it spares nobody.", class_="fact") if ending.model.catastrophe else None,
        )
        for ending in book.program.endings
    ]
    last = p(f"Otherwise the game ends after turn {book.program.scenario.turns.count}.")
    return join(columns(entries), last)


def _scoring(book: Book) -> Html:
    program, scoring = book.program, book.program.scenario.scoring
    if not any(program.scores):
        return join()
    cap = ""
    if any(ending.model.catastrophe for ending in program.endings) and scoring.ending_cap < 100:
        cap = f" After a catastrophe no score is above {scoring.ending_cap} and nobody meets the mandate."
    lines = bullets(str(line.model.label) for line in program.ledger)
    return join(
        p(f"A score is the sum of its parts, from 0 to 100. A seat that reaches {scoring.mandate} has met its mandate.{cap}"),
        [
            section(
                f"Score of {book.seats(seats)}",
                score_table(book, seats[0], seats),
                p("and the secret agenda.", class_="small") if any(deck.seat in seats for deck in program.agendas) else None,
                level=3,
            )
            for seats in book.scored_alike()
        ],
        section("Beside the scores", p("Read out before any score. Nobody wins by it."), lines, level=3) if lines else None,
    )


def score_table(book: Book, seat: int, seats: list[int], *, blank: bool = False) -> Html:
    """The parts of a score, with room for the points where it is filled in."""
    rows = [
        (
            el("strong", str(part.model.label)),
            part.model.max if part.model.max is not None else "",
            join(p(str(part.model.words)), p(book.words(part.value, seats), class_="small")),
            *([""] if blank else []),
        )
        for part in book.program.scores[seat]
    ]
    return table(("Part", "Most", "What it measures and how", *(["Points"] if blank else [])), rows, "plain scores")
