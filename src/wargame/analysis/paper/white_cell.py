"""The white cell's sheets: a turn step by step, the board to keep, what every card does, the debrief."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.analysis.html import Html, Node, bullets, div, el, join, p, section, span, table
from wargame.analysis.paper.book import BOX, Book, facts, minutes, stance
from wargame.analysis.paper.booklet import agreement_entry, motion_entry, orders, score_table, titled_effects
from wargame.analysis.paper.cards import filled, number, to_whom
from wargame.analysis.paper.layout import columns, halves
from wargame.rules.dice import draw
from wargame.rules.program import NOBODY, Card, Family, Phase, Slot, Step
from wargame.rules.words import and_list
from wargame.scenario.model import Inject, Objective, PhaseKind, Pool

POOLS = {
    Pool.TRIGGER: "by its condition",
    Pool.RANDOM: "by chance",
    Pool.CHAINED: "only when another card, order or clock puts it on the time-line",
    Pool.DECK: "drawn from the deck",
    Pool.SHELF: "only when you play it",
    Pool.CONTINGENCY: "lies ready when its condition holds, or when what a card expects did not come; you decide",
}
AGREEMENTS = (
    "Agreements in force, in the order of their list: do what each does every turn. A secret one may come out. One whose end "
    "has come lapses, with what leaving it does."
)
NUMBERS_ACROSS, NUMBERS_DOWN = 20, 40
MOST_COLUMNS = 12  # turns beside each other on a board sheet


def white_cell(book: Book) -> Html:
    """The body of the white cell's sheets. `book` is one for the white cell."""
    parts = [
        section("Before the game", _before(book)),
        section("A turn, step by step", _turn(book)),
        section("The board", _board(book), class_="fresh"),
        section("Time-line of cards", _timeline(book)),
        section("Cards: what they do", [_notes(book, card) for card in book.program.cards], class_="fresh"),
        section("Orders: what they do", orders(book)),
        section("Agreements", columns([agreement_entry(book, each.index) for each in book.program.agreements])),
        section("Motions", columns([motion_entry(book, motion) for motion in book.program.motions])),
        section("Scores", _scores(book)),
        section("Debrief", _debrief(book)),
    ]
    explained = book.explained()
    return join(
        el("h1", f"{book.program.scenario.title}: the white cell's sheets"),
        p(span("secret", "Only for the facilitators. Everything secret stands here.")),
        parts,
        section("Said by name above", explained, class_="fresh") if explained else None,
        section("Numbers from 1 to 100", _numbers(book), class_="fresh"),
    )


# ---------------------------------------------------------------- before and during


def _before(book: Book) -> Html:
    program = book.program
    steps: list[Node] = [
        "Give every seat its packet, and every table a rules booklet. Give away nothing of these sheets.",
        "Cut out the cards and sort them by number. Set the board below to the values at the start.",
    ]
    if program.agendas:
        steps.append("Shuffle the agenda cards of each deck and deal one, face down, to each of its seats.")
    for choice in program.choices:
        default = (
            f"“{list(choice.model.options.values())[choice.default].label}”" if choice.default >= 0 else "one drawn by lot"
        )
        steps.append(f"{book.seat(choice.seat)} tells you its {choice.model.label} in secret; if it does not, it is {default}.")
    for placement in program.placements:
        label = program.scenario.pieces[placement.piece].label
        weight = book.words(placement.weight, placement.seats)
        lot = "by lot" + (f", weighted by {weight}" if weight not in ("", "1") else "")
        who = book.seats(placement.seats)
        steps.append(f"{who} each tell you {placement.count} areas for {label} in secret; what they leave open is drawn {lot}.")
    steps.append("A d100 decides every roll: two ten-sided dice, or strike out the next number of the last sheet here.")
    return bullets(steps, "tick")


def _turn(book: Book) -> Html:
    return join(_phase(book, phase) for phase in book.program.phases)


def _phase(book: Book, phase: Phase) -> Html:
    time = f" ({minutes(phase.model.seconds)})" if phase.model.seconds else ""
    lead: list[Node] = []
    if phase.kind is PhaseKind.CARDS:
        lead = list(_card_steps(book, phase))
    elif phase.kind is PhaseKind.ORDERS:
        lead = list(_order_steps(book, phase))
    elif phase.kind is PhaseKind.FLOOR:
        lead = list(_floor_steps())
    elif phase.kind is PhaseKind.TURNS:
        names = book.seats(tuple(range(len(book.program.seats))))
        lead = [
            f"One after the other, in the order of the packets ({names}): each gives up to {phase.model.orders} orders.",
            "Take the cost of an order, then carry it out at once.",
        ]
    steps = [_step(book, step) for step in phase.steps]
    return section(f"{phase.model.label}{time}", bullets(lead, "tick"), steps, level=3)


def _card_steps(book: Book, phase: Phase) -> Iterator[Node]:
    program, model = book.program, phase.model
    pools = {card.pool for card in program.cards}
    chained = model.cards_with_chained or model.cards
    yield f"First deal the cards that are due on the time-line, the oldest first, at most {chained} in all."
    for pool in (Pool.TRIGGER, Pool.RANDOM):
        if pool in pools:
            yield (
                f"Then go through the cards that come {POOLS[pool]}: those in their turns whose condition holds and whose "
                f"chance comes up (roll at or under it). Deal them in an order drawn by lot, up to {model.cards} cards in all."
            )
    if model.draw and Pool.DECK in pools:
        yield f"Draw {model.draw} from the deck, unless its cards are used up."
    if Pool.CONTINGENCY in pools:
        yield "See which contingency cards have their condition met, and play those that you want."
    yield "Do what the card does when it is dealt, then read it out (or give it to those it is for)."
    yield "Seats answer in secret. Who has not answered in time takes the default, and so does who chose what is not open."
    yield "Show all answers together; carry them out card by card, the seats in the order of the list."


def _order_steps(book: Book, phase: Phase) -> Iterator[Node]:
    yield "Collect the sheets. Agreements signed by all parties are in force at once: take their costs, do what signing does."
    yield "Take the costs of all orders. What a seat cannot pay is not carried out."
    yield join(
        "Carry the orders out by band; in a band in an order drawn by lot. An order whose conditions do not hold any more is "
        "paid back.",
        bullets(f"Band {band}: {and_list(names)}" for band, names in _bands(book)),
    )


def _bands(book: Book) -> list[tuple[int, list[str]]]:
    found: dict[int, dict[str, None]] = {}
    for action in book.program.actions:
        if action.seats:
            found.setdefault(action.model.order, {}).setdefault(str(action.model.label))
    return [(band, list(found[band])) for band in sorted(found)]


def _floor_steps() -> Iterator[Node]:
    yield "Only if something was brought to a vote; take the motions in the order in which they were brought, one a turn."
    yield "Show the lobbying points, take them from those who spent them, and move every lean by what they come to."
    yield "A bloc decided by a seat votes as it said, aye if it said nothing. Roll for every other vote."
    yield "Count. With a veto the higher number of ayes is needed. Do what passing or failing does."


def _step(book: Book, step: Step) -> Html:
    program = book.program
    match step.name:
        case "income":
            return join(p(el("strong", "Income"), " (not in the first turn)"), bullets(_incomes(book), "tick"))
        case "clocks":
            return join(_clock(book, place) for place in range(len(program.clocks)))
        case "agreements" if program.agreements:
            return bullets([AGREEMENTS], "tick")
        case "expiries" if program.expiring:
            labels = [f"“{program.slots[slot].label}”" for slot in program.expiring]
            return bullets([f"These no longer hold: {and_list(labels)}."], "tick")
        case "endings" if any(ending.when is not None for ending in program.endings):
            rows = [
                f"{ending.model.title}: if {book.words(ending.when)}" for ending in program.endings if ending.when is not None
            ]
            return bullets([join("See whether the game ends, in this order:", bullets(rows))], "tick")
        case "effects":
            return book.effects(step.run, boxes=True)
    return join()


def _incomes(book: Book) -> list[str]:
    found: dict[tuple[str, str], list[int]] = {}
    for income in book.program.incomes:
        words = book.words(income.amount, (income.seat,))
        found.setdefault((book.resource(income.slot), words), []).append(income.seat)
    return [f"{book.seats(seats)}: {label} + ({words})" for (label, words), seats in found.items()]


def _clock(book: Book, place: int) -> Html:
    clock = book.program.clocks[place]
    slot = book.program.slots[clock.slot]
    line = f"{slot.label}, if it runs: {clock.tick} {slot.unit} less.".replace("  ", " ")
    zero = book.effects(clock.at_zero)
    return bullets([join(line, " When it reaches 0:" if zero else "", zero)], "tick")


# ---------------------------------------------------------------- the board


def _board(book: Book) -> Html:
    """Every number with room for its value turn by turn."""
    program = book.program
    count = program.scenario.turns.count
    turns = list(range(1, min(count, MOST_COLUMNS) + 1))
    head: list[Node] = ["", "Start", *turns]
    tracks: list[tuple[Node, ...]] = [(_name(slot), _start(slot), *([""] * len(turns))) for slot in book.family(Family.TRACK)]
    clocks: list[tuple[Node, ...]] = [(_name(slot), _start(slot), *([""] * len(turns))) for slot in book.family(Family.CLOCK)]
    flags = [f"{'☒' if slot.start else BOX} {slot.label}" for slot in book.family(Family.FLAG)]
    deals = [f"{BOX} {agreement.model.label}" for agreement in program.agreements]
    note = "Copy these sheets when their columns are full." if count > MOST_COLUMNS else ""
    return join(
        p(f"Write the value after each turn. {note}"),
        table(head, [*tracks, *clocks], "board"),
        section("Facts", p("Tick what holds."), halves(flags), level=3) if flags else None,
        section("Agreements in force", halves(deals), level=3) if deals else None,
        section("Seats", _seats(book), level=3, class_="fresh"),
        section("Map", table(("Area", "There at the start", "Now"), list(_areas(book)), "plain"), level=3)
        if program.areas
        else None,
    )


def _name(slot: Slot) -> Html:
    return join(str(slot.label), span("small", f" {slot.lo} to {slot.hi}"))


def _start(slot: Slot) -> str:
    return f"{slot.start}"


def _seats(book: Book) -> Iterator[Html]:
    """Seats that have the same numbers share a table: seats by row, numbers across, two lines to write on each."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for seat in range(len(book.program.seats)):
        groups.setdefault(tuple(book.resource(slot.index) for slot in book.resources(seat)), []).append(seat)
    for labels, seats in groups.items():
        if labels:
            rows: list[tuple[Node, ...]] = []
            for seat in seats:
                rows.append((el("strong", book.seat(seat)), *(slot.start for slot in book.resources(seat))))
                rows.append(("", *([""] * len(labels))))
            yield table(("", *labels), rows, "board")


def _areas(book: Book) -> Iterator[tuple[Node, ...]]:
    program = book.program
    for number_, area in enumerate(program.scenario.areas.values()):
        there = [
            f"{slot.label}{f' of {program.owner_labels[slot.owner]}' if slot.owner != NOBODY else ''}: {slot.start}"
            for slot in program.slots
            if slot.area == number_ and slot.family in (Family.PIECE, Family.AREA) and slot.start
        ]
        yield (el("strong", str(area.label)), "; ".join(there), "")


# ---------------------------------------------------------------- cards


def _timeline(book: Book) -> Html:
    pools = list(POOLS)
    ordered = sorted(book.program.cards, key=lambda card: (pools.index(card.pool), card.turns[0], card.index))
    rows = [
        (
            BOX,
            join(el("strong", str(card.model.title)), span("small", f" {number(card)}")),
            join(p(POOLS[card.pool].capitalize()), p(_when(book, card), class_="small")),
            _serves(book, card),
        )
        for card in ordered
    ]
    return join(
        table(("", "Card", "When it comes", "Serves"), rows, "plain"),
        section("Put on the time-line", p("Cards that something has set off: write the turn in which they are due."), level=3),
        table(("Card", "Due in turn", "With", "Dealt"), [("", "", "", BOX)] * 10, "board"),
    )


def _when(book: Book, card: Card) -> str:
    first, last = card.turns
    words = []
    if card.pool.waits:
        if (first, last) != (1, book.program.scenario.turns.count):
            words.append(f"turn {first}" if first == last else f"turns {first} to {last}")
        words.append(f"if {condition}" if (condition := book.words(card.when)) else "")
        chance = book.words(card.chance)
        words.append(f"at a roll of {chance} or under" if chance not in ("", "100") else "")
    words.append("once" if card.once else "")
    words.append(f"not for {card.cooldown} turns after it came" if card.cooldown > 1 and not card.once else "")
    return "; ".join(word for word in words if word)


def _notes(book: Book, card: Card) -> Html:
    model = card.model
    bound = [
        f"the {variable.name.replace('_', ' ')}: {book.words(bind) if bind is not None else 'handed on by what set it off'}"
        for variable, bind in zip(card.variables, card.binds, strict=True)
    ]
    to = and_list([to_whom(book, card, each) for each in card.addressees]) or "everybody"
    when = "; ".join(part for part in (POOLS[card.pool], _when(book, card)) if part)
    return div(
        "entry card-notes",
        el("h3", str(model.title), span("value", number(card))),
        facts((("To", to + ("; only they read it" if card.private else "")), *_setting(model), ("Comes", when))),
        p(span("name", "Where it says "), "; ".join(bound), class_="fact") if bound else None,
        p(span("name", "Cue "), str(model.cue)) if model.cue else None,
        [p(span("name", "Expected "), words, class_="fact") for words in _expected(book, card)],
        p(span("name", "Look for "), str(model.evaluator)) if model.evaluator else None,
        titled_effects("When it comes by itself", book.effects(card.on_trigger)),
        titled_effects("When it is dealt", book.effects(card.on_deal)),
        [_answers(book, card, place) for place in range(len(card.addressees))],
        facts((("Serves", _serves(book, card)), ("Exercises", str(model.capability)), ("Source", model.cite))),
        _spared(book, card),
        p(span("name", "Debrief "), str(model.debrief)) if model.debrief else None,
        p(span("name", "Lesson "), str(model.lesson)) if model.lesson else None,
    )


def _setting(model: Inject) -> Iterator[tuple[str, str]]:
    """How a card comes in the story, and who looks after it; what is not said is left out."""
    yield "From", str(model.from_)
    yield "By", model.channel
    yield "Story time", str(model.story_time)
    yield "Controller", str(model.controller)
    yield "Kind", model.sort.value if model.kind is not None else ""


def _expected(book: Book, card: Card) -> Iterator[str]:
    """What a card expects of whom, until when, and which card waits otherwise."""
    for each in card.expects:
        who = book.seats(each.seats)
        turns = "in the same turn" if each.within == 1 else f"within {each.within} turns"
        missed = book.program.cards[each.missed].model.title if each.missed >= 0 else None
        yield f"of {who}: “{each.label}” {turns}" + (f"; otherwise “{missed}” may be dealt" if missed is not None else "")


def _spared(book: Book, card: Card) -> Node:
    """What to say before the card, and its other words for whoever asked to be spared."""
    content = book.program.scenario.content
    warnings = [str(content[tag].warning) for tag in card.model.tags if tag in content and content[tag].warning]
    other = card.model.alternate
    said = ". ".join(str(part) for part in (other.title, other.text) if part)
    return [
        p(span("name", "Say before "), " ".join(warnings)) if warnings else None,
        p(span("name", "Instead, for who asks "), said) if said else None,
    ]


def _serves(book: Book, card: Card) -> str:
    """The learning objective of a card, by its title."""
    path = card.model.objective.text.split(".") if card.model.objective is not None else []
    parts = book.program.scenario.objectives
    title = ""
    for name in path:
        if name in parts:
            title, parts = str(parts[name].title), parts[name].parts
    return title


def _answers(book: Book, card: Card, place: int) -> Html:
    """What the answers of one addressee do, beside each other."""
    addressee = card.addressees[place]
    if not addressee.options:
        return join()
    cells = []
    for at, option in enumerate(addressee.options):
        needs = "; ".join(book.words(each.test, addressee.seats) for each in option.reasons)
        default = span("default", " (default)") if at == addressee.default else None
        cells.append(
            join(
                p(stance(option.model.stance), " ", el("strong", filled(card, str(option.model.label))), default),
                p(span("name", "Only if "), needs, class_="fact") if needs else None,
                book.effects(option.run, addressee.seats) or p("Nothing changes.", class_="small"),
            )
        )
    who = to_whom(book, card, addressee)
    return join(p(span("name", f"{who[:1].upper()}{who[1:]}"), class_="who"), table((), [cells], "answers"))


# ---------------------------------------------------------------- the end


def _scores(book: Book) -> Html:
    program = book.program
    if not any(program.scores):
        return join()
    ledger = [(str(line.model.label), book.words(line.value), "") for line in program.ledger]
    cap = program.scenario.scoring.ending_cap
    return join(
        p("Read out first what stands beside the scores. The highest score is the top seat."),
        p(f"A mandate is met at {program.scenario.scoring.mandate}. A catastrophe caps scores at {cap}; none is met then."),
        section("Beside the scores", table(("", "How", "Value"), ledger, "plain scores"), level=3) if ledger else None,
        [
            section(f"Score of {book.seats(seats)}", score_table(book, seats[0], seats, blank=True), level=3)
            for seats in book.scored_alike()
        ],
        _agendas(book),
    )


def _agendas(book: Book) -> Html:
    found: dict[str, list[int]] = {}
    for deck in book.program.agendas:
        found.setdefault(deck.deck, []).append(deck.seat)
    rows: list[tuple[Node, ...]] = []
    for name, seats in found.items():
        deck = next(each for each in book.program.agendas if each.deck == name)
        for (_, agenda, _), tree in zip(deck.agendas, deck.trees, strict=True):
            how = join(p(str(agenda.text)), p(book.tree_words(tree, seats), class_="small"))
            rows.append((el("strong", str(agenda.label)), book.seats(seats, word="or"), agenda.max, how))
    return section("Agendas", table(("Agenda", "Seat", "Most", "How"), rows, "plain"), level=3)


def _debrief(book: Book) -> Html:
    """The questions of the cards, by what they serve."""
    asked: dict[str, list[Card]] = {}
    for card in book.program.cards:
        if card.model.debrief:
            asked.setdefault(card.model.objective.text if card.model.objective is not None else "", []).append(card)
    parts = [_objective(book, name, objective, asked, 3) for name, objective in book.program.scenario.objectives.items()]
    rest = [card for name in list(asked) for card in asked.pop(name)]
    return join(
        p("Ask for reasons before scores: what did you know, what did you expect?") if parts or rest else None,
        parts,
        section("Other questions", _questions(rest), level=3) if parts else _questions(rest),
    )


def _objective(book: Book, path: str, objective: Objective, asked: dict[str, list[Card]], level: int) -> Html:
    parts = [_objective(book, f"{path}.{name}", part, asked, level + 1) for name, part in objective.parts.items()]
    return section(
        str(objective.title), p(str(objective.text)), _questions(asked.pop(path, [])), parts, level=min(level, 6)
    ) or el(f"h{min(level, 6)}", str(objective.title))


def _questions(cards: list[Card]) -> Html:
    return bullets(
        join(str(card.model.debrief), span("small", f" ({card.model.title}, {number(card)})"),
             p(str(card.model.lesson), class_="small") if card.model.lesson else None)
        for card in cards
    )  # fmt: skip


def _numbers(book: Book) -> Html:
    """Numbers to strike out one after the other where there are no dice; the same for the same scenario."""
    seed = bytes.fromhex(book.program.digest)
    rows = [[draw(seed, f"paper|{down}|{across}", 100) + 1 for across in range(NUMBERS_ACROSS)] for down in range(NUMBERS_DOWN)]
    return join(p("Without dice: strike out the next number for every roll, line by line."), table((), rows, "numbers"))
