"""Who knew what when: everything that not every seat knew, and when each learned it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from attrs import frozen

from wargame.analysis.debrief.naming import Names, counted, row
from wargame.analysis.debrief.parts import told_link
from wargame.analysis.debrief.record import Record
from wargame.analysis.html import Html, Node, el, join, p
from wargame.engine.knowledge import slot_label
from wargame.rules.program import Family, Sight, Slot

LONGEST_SAID = 160  # letters of a message that are shown here; the story has it whole


@frozen
class Learned:
    """From which turn and row a seat knew a thing (row 0: from the beginning), and until which turn if it lost sight of it."""

    turn: int
    row: int = 0
    until: int | None = None


@frozen
class Fact:
    """A thing that not every seat knew: what it is, and who learned it when, by seat (None: never while the game lasted)."""

    what: Html
    learned: tuple[Learned | None, ...]
    bands: frozenset[int] = frozenset()  # seats that saw it roughly


def knowing_script() -> str:
    """The script that compares two seats."""
    return (files("wargame.analysis.debrief") / "knowing.js").read_text("utf-8")


def knowing(record: Record, names: Names) -> Html:
    """The table of facts; the page's script picks two seats and a turn out of it."""
    facts = [*_told(record, names), *_messages(record, names), *_values(record)]
    if not facts or len(record.seats) < 2:
        return p("Every seat could know everything.")
    last = record.moments[-1].turn if record.moments else 0
    head = el("tr", el("td"), *(el("th", names.seat(seat), scope="col") for seat in record.seats))
    body = [_line(record, names, fact) for fact in facts]
    table = el("table", el("thead", head), el("tbody", *body), class_="data knowing")
    return join(
        p(
            f"{counted(len(facts), 'thing', 'things')} that not every seat knew, and the turn in which each learned it "
            "while the game "
            "lasted (when it was over, everything could be seen). A value counts as known where its number could be seen, "
            "not only its band."
        ),
        el(
            "details",
            el("summary", "Everything that not every seat knew"),
            el("div", table, class_="scroll", data_knowing=last),
        ),
    )


def _told(record: Record, names: Names) -> list[Fact]:
    """Events; of agreements a seat may learn later, when it comes to see that they are in force."""
    everybody = set(record.seats)
    facts = []
    for told in record.told:
        if told.story["kind"] == "upkeep" or everybody <= told.knew or not told.knew & everybody:
            continue
        learned: list[Learned | None] = []
        for seat in record.seats:
            if seat in told.knew:
                learned.append(Learned(told.turn, told.row))
            else:
                learned.append(_later(record, seat, told.event, told.row))
        facts.append(Fact(join(told_link(told), " ", row(told.row)), tuple(learned)))
    return facts


def _later(record: Record, seat: int, event: object, since: int) -> Learned | None:
    index = getattr(event, "agreement", None)
    if index is None:
        return None
    slot = record.program.agreements[index].slot
    for seen in record.seen:
        if seen.row > since and seen.viewer == seat and seen.slot == slot and seen.level:
            return Learned(seen.turn, seen.row)
    return None


def _messages(record: Record, names: Names) -> list[Fact]:
    facts = []
    for said in record.messages:
        if said.to is None:
            continue
        heard = {*said.to, said.seat}
        text = said.text if len(said.text) <= LONGEST_SAID else said.text[:LONGEST_SAID].rstrip() + "…"
        what = join(f"{names.seat(said.seat)} said: ", el("q", text), " ", row(said.row))
        facts.append(Fact(what, tuple(Learned(said.turn, said.row) if seat in heard else None for seat in record.seats)))
    return facts


def _values(record: Record) -> list[Fact]:
    """Values on the board that were not nought all the time and that not every seat saw alike."""
    if not record.moments:
        return []
    facts = []
    first = record.moments[0]
    for slot in record.program.shown:
        course = [moment.board[slot.index] for moment in record.moments]
        if not any(course):
            continue
        sights = [_sight(record, seat, slot, first.sight[seat][slot.index], first.row) for seat in record.seats]
        if len({(learned, rough) for learned, rough in sights}) > 1:
            bands = frozenset(seat for seat, (_, rough) in zip(record.seats, sights, strict=True) if rough)
            facts.append(Fact(_value(record, slot, course), tuple(learned for learned, _ in sights), bands))
    return facts


def _sight(record: Record, seat: int, slot: Slot, level: int, since: int) -> tuple[Learned | None, bool]:
    """When the seat came to see the number (the first time), and whether it ever saw its band."""
    learned = Learned(0) if level == Sight.EXACT else None
    rough = level == Sight.BAND
    for seen in record.seen:
        if seen.viewer != seat or seen.slot != slot.index or seen.row <= since:
            continue
        rough = rough or seen.level == Sight.BAND
        if seen.level == Sight.EXACT and learned is None:
            learned = Learned(seen.turn, seen.row)
        elif seen.level != Sight.EXACT and learned is not None and learned.until is None:
            learned = Learned(learned.turn, learned.row, seen.turn)
    return learned, rough


def _value(record: Record, slot: Slot, course: Sequence[int]) -> Html:
    if slot.family is Family.AGENDA:
        deck = next(each for each in record.program.agendas if each.slot == slot.index)
        shown = str(deck.agendas[course[-1]][1].label)
    elif slot.family is Family.CHOICE:
        choice = next(each for each in record.program.choices if each.slot == slot.index)
        shown = str(choice.model.options[choice.options[course[-1]]].label)
    elif len(set(course)) == 1:
        shown = str(course[0])
    else:
        shown = ", ".join(map(str, course))
    return join(f"{slot_label(record.program, slot)}: {shown}")


def _line(record: Record, names: Names, fact: Fact) -> Html:
    cells: list[Node] = []
    for seat, learned in zip(record.seats, fact.learned, strict=True):
        label = names.seat(seat)
        if learned is None:
            cells.append(el("td", "roughly" if seat in fact.bands else "–", class_="k", data_l=label))
            continue
        words = f"turn {learned.turn}" if learned.row else "from the start"
        until = f" until turn {learned.until}" if learned.until is not None else None
        cells.append(el("td", words, " ", row(learned.row) if learned.row else None, until, class_="k", data_l=label))
    keys = ",".join("" if each is None else _key(each) for each in fact.learned)
    return el("tr", el("th", fact.what, scope="row"), *cells, data_k=keys)


def _key(learned: Learned) -> str:
    return f"{learned.turn}-{learned.until}" if learned.until is not None else str(learned.turn)
