"""What the sheets share: a program's names, numbers, conditions and effects as pieces of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import field, frozen

from wargame.analysis.html import NOTHING, Html, div, el, join, p, section, span, table
from wargame.analysis.paper.layout import columns
from wargame.rules.describe import Line
from wargame.rules.instructions import Glossary, group_instructions, in_words, instructions, titled
from wargame.rules.program import NOBODY, Action, Agreement, Family, Kind, Program, Sight, Slot, Variable
from wargame.rules.words import and_list
from wargame.scenario.model import Stance

GLYPHS = {Stance.ESCALATE: "▲", Stance.HOLD: "■", Stance.DEESCALATE: "▼"}
STANCES = {Stance.ESCALATE: "escalate", Stance.HOLD: "hold", Stance.DEESCALATE: "de-escalate"}
MOST_NAMED = 12  # seats and areas that are listed one by one
MOST_BANDS = 6  # bands up to which a number is drawn as a strip; more stand under each other, as on a ladder
MOST_BOXES = 20  # steps of a number up to which it has a box for each
THIRDS = ("low", "medium", "high")
BOX = "☐"


@frozen
class Book:
    """A scenario as one kind of reader may know it. `white_cell`: everything; else what all players may."""

    program: Program
    white_cell: bool = False
    glossary: Glossary = field(factory=Glossary)

    # ------------------------------------------------------------ names

    def seat(self, seat: int) -> str:
        """The title of a seat."""
        return str(self.program.owner_labels[seat]) if seat != NOBODY else "nobody"

    def short(self, seat: int) -> str:
        """A seat in two or three letters, as on the map."""
        name = self.program.seats[seat]
        return self.program.scenario.seats[name].short or name[:2].upper()

    def seats(self, seats: Sequence[int], *, word: str = "and") -> str:
        """Some seats: all of a kind by its label where there are many, else by title."""
        scenario = self.program.scenario
        if len(seats) == len(self.program.seats) and len(seats) > 1:
            return "every seat"
        if len(seats) > 3:
            for kind, entry in scenario.seat_kinds.items():
                if tuple(sorted(seats)) == tuple(sorted(self.program.kinds.get(kind, ()))):
                    return f"every {str(entry.label).lower() or titled(kind).lower()}"
        titles = [self.seat(seat) for seat in seats[:MOST_NAMED]]
        if len(seats) > MOST_NAMED:
            titles.append(f"{len(seats) - MOST_NAMED} more")
        return and_list(titles).replace(" and ", f" {word} ") if word != "and" else and_list(titles)

    def scored_alike(self) -> list[list[int]]:
        """The seats that have a score, those with the same parts together."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for seat, parts in enumerate(self.program.scores):
            if parts:
                groups.setdefault(tuple(id(part.model) for part in parts), []).append(seat)
        return list(groups.values())

    def resource(self, slot: int) -> str:
        """The label of a seat's resource."""
        return str(self.program.slots[slot].label) or titled(self.program.slots[slot].part)

    def cost(self, cost: Sequence[tuple[int, int]]) -> str:
        """`3 Political capital`, `free`."""
        return and_list([f"{amount} {self.resource(slot)}" for slot, amount in cost]) if cost else "free"

    def price(self, cost: Sequence[tuple[int, int]], seat: int) -> str:
        """The same, a bare number where it is of what pays for the seat's orders."""
        bare = len(cost) == 1 and cost[0][0] == self.program.main_resource[seat]
        return str(cost[0][1]) if bare else self.cost(cost)

    def action(self, action: Action, seat: int) -> str:
        """What a seat calls an order."""
        return str(action.model.names.get(self.program.seats[seat], action.model.label))

    def member(self, variable: Variable, member: int) -> str:
        """What a target is called."""
        if member == NOBODY:
            return "nobody"
        if variable.kind is Kind.AREA:
            return str(self.program.scenario.areas[self.program.areas[member]].label)
        if variable.kind is Kind.AGREEMENT:
            return str(self.program.agreements[member].model.label)
        return str(self.program.owner_labels[member])

    def turn(self, turn: int) -> str:
        """`Turn 3: April`."""
        labels = self.program.scenario.turns.labels
        return f"Turn {turn}" + (f": {labels[turn - 1]}" if turn <= len(labels) else "")

    # ------------------------------------------------------------ rules

    def words(self, function: Callable[..., object] | None, seats: Sequence[int] = ()) -> str:
        """A condition or number in words; empty where there is none or it always holds."""
        return self.tree_words(self.program.tree(function), seats) if function is not None else ""

    def tree_words(self, tree: object, seats: Sequence[int] = ()) -> str:
        """The same of a typed tree."""
        return in_words(self.program, tree, self.glossary, tuple(seats))

    def effects(self, function: Callable[..., object] | None, seats: Sequence[int] = (), *, boxes: bool = False) -> Html:
        """What effects do, as a list in steps; with `boxes` to tick off, and nothing left to be looked up."""
        return self.tree_effects(self.program.tree(function), seats, boxes=boxes) if function is not None else NOTHING

    def tree_effects(self, tree: object, seats: Sequence[int] = (), *, boxes: bool = False) -> Html:
        """The same of a typed tree."""
        lines = instructions(self.program, tree, self.glossary, seats=tuple(seats), white_cell=self.white_cell, in_full=boxes)
        return steps(lines, "does tick" if boxes else "does")

    def targets(self, action: Action, seat: int) -> list[tuple[str, list[str]]]:
        """What an order can be aimed at: (what it is, its names) by target."""
        candidates = action.candidates(list(self.program.start), seat)
        found = []
        for place, variable in enumerate(action.variables):
            members = dict.fromkeys(target[place] for target in candidates)
            found.append((str(variable.label) or titled(variable.name), [self.member(variable, one) for one in members]))
        return found

    # ------------------------------------------------------------ numbers

    def starts(self, slot: Slot, viewer: int) -> str:
        """How a number stands at the start, as far as a viewer may know: `4 Tense`, `Tense`, or empty."""
        level = self.program.sight[viewer][slot.index]
        if level == Sight.HIDDEN:
            return ""
        if slot.family is Family.FLAG:
            return "holds" if slot.start else "does not hold"
        band = next((str(band.name) for band in slot.bands if band.lo <= slot.start <= band.hi), "")
        if level == Sight.BAND:
            if band:
                return band
            third = (slot.hi - slot.lo + 1) / 3
            return THIRDS[min(2, int((slot.start - slot.lo) / third))]
        return f"{slot.start} {slot.unit} {band}".replace("  ", " ").strip()

    def sight(self, slot: Slot, viewer: int) -> str:
        """How well a viewer sees a number: `exactly`, `roughly`, `not`, and whether that can change."""
        level = {0: "not seen", 1: "roughly", 2: "exactly"}[self.program.sight[viewer][slot.index]]
        return f"{level}; may change" if (viewer, slot.index) in self.changing else level

    @property
    def changing(self) -> frozenset[tuple[int, int]]:
        """The (viewer, slot) whose sight depends on the board."""
        return frozenset((rule.viewer, rule.slot) for rule in self.program.dynamic_sight)

    def scale(self, slot: Slot, start: int | None) -> Html:
        """A number as a strip: a box for every step where they are few, else a segment a band."""
        if len(slot.bands) > MOST_BANDS:
            rungs = [
                (f"{band.lo}–{band.hi}" if band.lo < band.hi else band.lo, str(band.name)) for band in reversed(slot.bands)
            ]
            return table((), rungs, "ladder")
        if slot.hi - slot.lo <= MOST_BOXES:
            boxes = join(el("td", value, class_="start" if value == start else None) for value in range(slot.lo, slot.hi + 1))
            names = join(
                el("td", str(band.name), colspan=band.hi - band.lo + 1) for band in slot.bands if slot.lo <= band.lo <= slot.hi
            )
            return el(
                "table", el("tr", boxes, class_="steps"), el("tr", names, class_="bands") if names else None, class_="strip"
            )
        if not slot.bands:
            return span("range", f"{slot.lo} to {slot.hi}")
        cells = join(
            el("td", span("ends", f"{band.lo}–{band.hi}" if band.lo < band.hi else str(band.lo)), " ", str(band.name))
            for band in slot.bands
        )
        return el("table", el("tr", cells, class_="bands"), class_="strip wide")

    def family(self, family: Family, viewer: int | None = None) -> list[Slot]:
        """The numbers of a family, of which the viewer ever sees something (None: all)."""
        changing = self.changing
        return [
            slot
            for slot in self.program.slots
            if slot.family is family
            and not slot.fixed
            and (viewer is None or self.program.sight[viewer][slot.index] or (viewer, slot.index) in changing)
        ]

    def resources(self, seat: int) -> list[Slot]:
        """A seat's own numbers."""
        return [slot for slot in self.program.slots if slot.family is Family.RESOURCE and slot.owner == seat]

    # ------------------------------------------------------------ what is explained once

    def explained(self) -> Html:
        """The procedures and worked-out numbers that the sheets so far speak of by name."""
        procedures: dict[int, Html] = {}
        while len(procedures) < len(self.glossary.groups):  # explaining one may speak of another
            for key, group in list(self.glossary.groups.items()):
                if key not in procedures:
                    lines = group_instructions(self.program, group, self.glossary, white_cell=self.white_cell)
                    about = ", ".join(f"the {param.name.replace('_', ' ')}" for param in group.params)
                    head = titled(group.name) + (f" ({about})" if about else "")
                    procedures[key] = div("entry", el("h4", head), steps(lines, "does") or p("Nothing happens."))
        numbers: dict[int, Sequence[str]] = {}
        while len(numbers) < len(self.glossary.values):
            for key, value in list(self.glossary.values.items()):
                if key not in numbers:
                    about = ", ".join(f"the {param.name.replace('_', ' ')}" for param in value.params)
                    head = titled(value.name) + (f" of {about}" if about else "")
                    numbers[key] = (head, self.tree_words(value.body))
        rows = [(el("strong", head), words[:1].upper() + words[1:]) for head, words in numbers.values()]
        return join(
            section("Procedures", columns(list(procedures.values())), level=3),
            section("Worked-out numbers", table((), rows, "plain"), level=3),
        )


def steps(lines: Sequence[Line], class_: str) -> Html:
    """Lines of effects as nested lists; nothing where there are none. Plain changes beside each other share a line,
    unless there are boxes to tick."""
    lines = lines if "tick" in class_ else _shared(lines)

    def level(start: int, indent: int) -> tuple[Html, int]:
        items: list[Html] = []
        at = start
        while at < len(lines) and lines[at][0] >= indent:
            _, tone, text = lines[at]
            at += 1
            below, at = level(at, indent + 1) if at < len(lines) and lines[at][0] > indent else (NOTHING, at)
            items.append(el("li", text, below, class_=tone))
        return el("ul", items, class_=class_ if indent == 0 else None), at

    return level(0, 0)[0] if lines else NOTHING


def _shared(lines: Sequence[Line]) -> list[Line]:
    found: list[Line] = []
    for place, (indent, tone, text) in enumerate(lines):
        alone = place + 1 == len(lines) or lines[place + 1][0] <= indent
        if found and alone and tone == "change" == found[-1][1] and indent == found[-1][0]:
            found[-1] = (indent, tone, f"{found[-1][2]}; {text}")
        else:
            found.append((indent, tone, text))
    return found


def stance(value: Stance) -> Html:
    """`▲ escalate`."""
    return span(f"stance {value.value}", f"{GLYPHS[value]} {STANCES[value]}")


def minutes(seconds: int) -> str:
    """`2 minutes`, `45 seconds`."""
    if seconds < 60:
        return f"{seconds} seconds"
    whole = f"{seconds / 60:.1f}".removesuffix(".0")
    return f"{whole} minute" + ("" if whole == "1" else "s")


def lines_to_write(count: int) -> Html:
    """Empty lines to write on."""
    return div("lines", [div("line") for _ in range(count)])


def facts(rows: Iterable[tuple[str, Html | str]]) -> Html:
    """Short facts under their names, on one line; those that are empty are left out."""
    return p([join(span("name", f"{name} ") if name else None, words, "   ") for name, words in rows if words], class_="fact")


def parties(book: Book, agreement: Agreement) -> str:
    """Who signs."""
    return and_list([book.seat(seat) for seat in agreement.parties])
