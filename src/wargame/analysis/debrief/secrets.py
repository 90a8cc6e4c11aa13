"""What was secret: agendas and choices, what was done out of sight, hidden pieces, and the dice."""

from __future__ import annotations

from importlib.resources import files

from wargame.analysis.debrief.naming import Names, counted, row
from wargame.analysis.debrief.parts import act_link, known_to, told_link
from wargame.analysis.debrief.record import Record, Thrown
from wargame.analysis.html import Html, Node, bullets, div, el, join, p, section
from wargame.analysis.page.document import folded
from wargame.analysis.page.tables import Cell, data_table, number, words
from wargame.engine import events as e
from wargame.engine.knowledge import area_label
from wargame.rules.program import Family, Sight


def dice_script() -> str:
    """The script that checks the rolls in the page."""
    return (files("wargame.analysis.debrief") / "dice.js").read_text("utf-8")


def secrets(record: Record, names: Names) -> Html:
    """Everything of the game that somebody at the table did not know, but for values (see who knew what when)."""
    return join(
        section("Secret aims", _aims(record, names), level=3),
        section("Done out of sight", _hidden(record, names), level=3),
        section("Hidden on the map", _pieces(record, names), level=3),
        section("Said in private", _private(record, names), level=3),
    )


def _aims(record: Record, names: Names) -> Html:
    program, board = record.program, record.final.board
    rows: list[list[Node | Cell]] = []
    dealt = _row_of(record, e.AgendasDealt)
    for deck in program.agendas:
        if deck.seat in record.seats and 0 <= board[deck.slot] < len(deck.agendas):
            _, model, _ = deck.agendas[board[deck.slot]]
            rows.append(
                [join(names.seat(deck.seat), " ", row(dealt)), words("Agenda"), words(str(model.label)), words(str(model.text))]
            )
    closed = _row_of(record, e.SetupClosed)
    for choice in program.choices:
        if choice.seat not in record.seats or not 0 <= board[choice.slot] < len(choice.options):
            continue
        option = choice.model.options[choice.options[board[choice.slot]]]
        made = [
            (entry, event)
            for entry, event, _ in record.happened
            if isinstance(event, e.ChoiceMade) and event.choice == choice.index
        ]
        by = names.person(made[-1][0].person, made[-1][0].name) if made else "left open: settled by the rules"
        where = row(made[-1][0].seq if made else closed)
        label = join(str(choice.model.label), f" ({by})" if by else None)
        rows.append(
            [join(names.seat(choice.seat), " ", where), words(label), words(str(option.label)), words(str(option.text))]
        )
    return data_table(("Seat", "Secret", "It was", "Which meant"), rows)


def _row_of(record: Record, kind: type[object]) -> int:
    return next((entry.seq for entry, event, _ in record.happened if isinstance(event, kind)), 0)


def _hidden(record: Record, names: Names) -> Html:
    """Decisions and events that not every seat could know of."""
    acts = {act.told.number: act for act in record.acts}
    lines = []
    for told in record.told:
        kind = told.story["kind"]
        if kind in ("upkeep", "reveal", "phase", "end", "override") or set(record.seats) <= told.knew:
            continue
        act = acts.get(told.number)
        link = act_link(act, str(told.story["head"])) if act is not None else told_link(told)
        lines.append(join(f"Turn {told.turn}: ", link, " ", row(told.row), " ", known_to(record, names, told)))
    return bullets(lines) or p("Nothing: every seat could know of all that was done.")


def _pieces(record: Record, names: Names) -> Html:
    """Pieces that some seat in play could not see, where they stood at first and at the end."""
    if not record.moments:
        return Html("")
    program = record.program
    first, last = record.moments[0], record.moments[-1]
    rows: list[list[Node | Cell]] = []
    for slot in program.slots:
        if slot.family is not Family.PIECE or not (first.board[slot.index] or last.board[slot.index]):
            continue
        blind = [seat for seat in record.seats if first.sight[seat][slot.index] == Sight.HIDDEN]
        if blind:
            rows.append(
                [
                    names.seat(slot.owner),
                    words(str(slot.label) or slot.part),
                    words(area_label(program, slot.area)),
                    number(str(first.board[slot.index]), first.board[slot.index]),
                    number(str(last.board[slot.index]), last.board[slot.index]),
                    words(names.seat_list(blind)),
                ]
            )
    head = ("Whose", "What", "Where", "At the start", "At the end", "Hidden from, at first")
    return data_table(head, rows)


def _private(record: Record, names: Names) -> Html:
    said = [message for message in record.messages if message.to is not None]
    if not said:
        return Html("")
    return p(f"{counted(len(said), 'message was', 'messages were')} not for everybody. They stand in the story, turn by turn.")


def dice(record: Record, names: Names) -> Html:
    """The seed, its commitment, and every roll that is on record; the page's script can check them all."""
    final = record.final
    if not final.seed:
        return p("No dice were thrown.")
    started = _row_of(record, e.GameStarted)
    head = el("tr", *(el("th", name, scope="col") for name in ("Roll", "Turn", "Thrown", "Came to", "Keyed by", "Checked")))
    table = el("table", el("thead", head), el("tbody", *(_roll(each) for each in record.rolls)), class_="data sortable rolls")
    return join(
        p(
            "When the game began, everybody was shown a number that could be worked out from the seed only one way: the "
            "commitment. The "
            "seed itself is told now. Every roll follows from the seed and from what the roll was for, and from nothing "
            "else, so it can "
            "be checked that no roll was made up and none was thrown again."
        ),
        el(
            "dl",
            div("fact", el("dt", "Seed"), el("dd", el("code", final.seed.hex()))),
            div("fact", el("dt", "Commitment"), el("dd", el("code", final.commitment), " ", row(started))),
            class_="facts",
        ),
        el("div", class_="checking", data_seed=final.seed.hex(), data_commitment=final.commitment),
        p(f"{counted(len(record.rolls), 'roll is', 'rolls are')} on record."),
        folded("Every roll", el("div", table, class_="scroll", data_search="Search in rolls:")) if record.rolls else None,
        folded("How to check it by hand", _by_hand()),
    )


def _roll(each: Thrown) -> Html:
    if each.need:
        came = f"{'yes' if each.result <= each.need else 'no'}: {each.result} against {each.need} %"
    elif each.weights:
        came = f"row {each.result} of {each.sides}, by weight"
    else:
        came = f"{each.result} of {each.sides}"
    return el(
        "tr",
        el("th", each.label, scope="row"),
        el("td", f"{each.turn} ", row(each.row), class_="k", data_l="Turn", data_v=each.turn),
        el("td", each.result, class_="n", data_l="Thrown", data_v=each.result),
        el("td", came, class_="k", data_l="Came to"),
        el("td", el("code", each.purpose), class_="w", data_l="Keyed by"),
        el("td", "not yet", class_="k", data_l="Checked"),
        data_p=each.purpose,
        data_s=each.sides,
        data_r=each.result,
        data_w=" ".join(map(str, each.weights)) or None,
    )


def _by_hand() -> Html:
    return join(
        bullets(
            [
                join(
                    "The commitment is SHA-256 of the words ",
                    el("code", "wargame seed:"),
                    " followed by the 32 bytes of the seed.",
                ),
                "A roll: take BLAKE2b with the seed as key and 8 bytes of output over what the roll is keyed by (UTF-8), "
                "read the 8 bytes as a "
                "little-endian number, multiply by the number of sides, divide by 2 to the 64th, drop the rest, add 1.",
                "A table by weight: the same with the sum of its weights as sides and without adding 1; the row is the one "
                "in which that number "
                "falls when the weights are added up.",
            ]
        ),
        p(
            "Listed are rolls of the rules, votes and rulings. The seed also decides by the same draw in which order cards "
            "and orders come, "
            "which agendas are dealt, whether a card comes by chance and who is picked at random; these are not listed one "
            "by one."
        ),
    )
