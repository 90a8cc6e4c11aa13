"""The tables of a class beside each other, as one HTML page: the same cards, and what came of them.

Nobody is named: a class sees what was chosen and why, not who was wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import TypeAlias

from attrs import field, frozen

from wargame.analysis.chronicle import Chronicle
from wargame.analysis.compare import NOTHING, compare
from wargame.analysis.debrief.choices import lasting
from wargame.analysis.debrief.lessons import evidence
from wargame.analysis.debrief.naming import counted, stance
from wargame.analysis.debrief.record import Act, Record, read
from wargame.analysis.html import NOTHING as EMPTY
from wargame.analysis.html import Html, bullets, el, join, p, section
from wargame.analysis.page.charts import COURSES, lines
from wargame.analysis.page.document import Part, document, figure, figures, folded
from wargame.analysis.page.tables import Cell, bar, data_table, number, words
from wargame.engine.knowledge import owner_label, slot_label
from wargame.rules.program import Family, Program
from wargame.scenario.model import each_objective

MOST_REASONS = 12  # that are shown of one answer

Key: TypeAlias = tuple[str, str, int]  # card id, its title before names are filled in (two tables may write a card each), seat


@frozen
class Asked:
    """A card that asked a seat, over the tables: every answer with the table it was given at. `program`: of a table that has
    the card, for it may have been written there."""

    title: str
    card: str
    seat: int
    program: Program
    acts: tuple[tuple[int, Act], ...]  # (place of the table, answer)
    tables: frozenset[int] = field(default=frozenset())  # where it came


def class_page(chronicles: Sequence[Chronicle], version: str, anonymous: bool = False) -> str:
    """One HTML file about tables of the same scenario, two or more. `anonymous`: reasons do not even name their table.

    Raises ValueError with a sentence for tables of different scenarios. The same games give the same page, byte for byte.
    """
    sides = compare(*chronicles)
    records = [read(each) for each in chronicles]
    tables = _named(chronicles)
    program = chronicles[0].program
    title = str(program.scenario.title)
    open_still = sum(not each.complete for each in chronicles)
    head = join(
        el("h1", f"{title}: {counted(len(chronicles), 'table', 'tables')} side by side"),
        p(
            f"The same cards, {len(chronicles)} times. Nobody is named here; what differs between tables is what people chose, "
            "what the dice did, and what one brought the other.",
            class_="lead",
        ),
        p(f"{counted(open_still, 'table has', 'tables have')} not played to the end.", class_="muted") if open_still else None,
    )
    asked = _asked(records)
    outcome = [(row["label"], *(words(value) for value in row["values"])) for row in sides["outcome"]]
    parts = [
        Part("tables", "How the tables ended", data_table(("", *tables), outcome)),
        Part("cards", "Same card, different answers", _cards(asked, tables, anonymous)),
        Part("tracks", "The values side by side", _tracks(program, records, tables)),
        Part("ladder", "Stances by turn", _ladder(sides["ladder"], tables)),
        Part("time", "Time to decide", _times(program, records, tables)),
        Part("objectives", "Objectives covered", _objectives(program, records, tables)),
    ]
    foot = p(f"{title}: {', '.join(tables)}. Made by wargame {version}. `wargame report FILE --table ID` tells one of them.")
    return document(f"{title}: the class", head, parts, foot)


def _named(chronicles: Sequence[Chronicle]) -> list[str]:
    """What the tables are called, those of the same name told apart."""
    seen: Counter[str] = Counter()
    names = []
    for chronicle in chronicles:
        name = chronicle.name or chronicle.game
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


# Cards


def _asked(records: Sequence[Record]) -> list[Asked]:
    """Every card and seat that at least one table answered, by the turn it first came in."""
    acts: dict[Key, list[tuple[int, Act]]] = defaultdict(list)
    games = {record.chronicle.game for record in records}
    for place, record in enumerate(records):
        forked = record.chronicle.forked
        copied = record.chronicle.copied if forked is not None and forked[0] in games else 0
        for act in record.acts:
            # What a fork has copied was answered once, at the table it was copied from.
            if act.kind == "answer" and act.told.row > copied:
                card = str(act.told.story["card"])
                title = str(record.program.cards[record.program.card_index[card]].model.title)
                acts[card, title, act.seat].append((place, act))
    found = [
        Asked(those[0][1].about, card, seat, records[those[0][0]].program, tuple(those), frozenset(place for place, _ in those))
        for (card, _, seat), those in acts.items()
    ]
    return sorted(found, key=lambda each: (-len(each.tables), min(act.told.turn for _, act in each.acts), each.card, each.seat))


def _cards(asked: list[Asked], tables: list[str], anonymous: bool) -> Html:
    if not asked:
        return EMPTY
    shared = [each for each in asked if len(each.tables) > 1]
    alone = [each for each in asked if len(each.tables) == 1]
    articles = [_card(each, tables, anonymous) for each in shared]
    rest = join(_card(each, tables, anonymous) for each in alone)
    return join(
        p(f"{counted(len(shared), 'question', 'questions')} came at more than one table, {len(alone)} at one only."),
        el("div", *articles, data_search="Search in cards:"),
        folded("Cards that came at one table only", rest),
    )


def _card(asked: Asked, tables: list[str], anonymous: bool) -> Html:
    chosen: dict[tuple[str, str, str], list[tuple[int, Act]]] = defaultdict(list)
    for place, act in asked.acts:
        chosen[str(act.told.story["option"]), act.stance, act.label].append((place, act))
    for option in _open_to(asked):
        chosen.setdefault(option, [])
    most = len(asked.acts)
    rows: list[Sequence[Html | str | Cell]] = []
    for (_, stand, label), those in sorted(chosen.items(), key=lambda each: -len(each[1])):
        seconds = [act.seconds for _, act in those if act.seconds is not None]
        late = sum(act.defaulted for _, act in those)
        shown = f"{len(those)} of {most}" + (f", {late} by default" if late else "")
        rows.append(
            (
                join(el("strong", label), " ", stance(stand)),
                bar(shown, len(those), len(those) / most),
                words(", ".join(dict.fromkeys(tables[place] for place, _ in those)) or NOTHING),
                number(lasting(median(seconds)) if seconds else NOTHING, median(seconds) if seconds else None),
            )
        )
    reasons = [_reason(place, act, tables, anonymous) for place, act in asked.acts if act.rationale.strip()]
    more = len(reasons) - MOST_REASONS
    return el(
        "article",
        el("h3", f"{asked.title}: {owner_label(asked.program, asked.seat)}"),
        data_table(("Answer", "How often", "Where", "Time, median"), rows),
        folded(
            f"{counted(len(reasons), 'reason', 'reasons')} in words",
            join(bullets(reasons[:MOST_REASONS]), p(f"{more} more.", class_="muted") if more > 0 else None)
            if reasons
            else EMPTY,
        ),
    )


def _open_to(asked: Asked) -> list[tuple[str, str, str]]:
    """The answers as the scenario has them, so that one that nobody gave is shown too. Labels with a bound name are left out:
    they read otherwise at every table."""
    card = asked.program.cards[asked.program.card_index[asked.card]]
    given = {str(act.told.story["option"]) for _, act in asked.acts}
    for addressee in card.addressees:
        if asked.seat in addressee.seats:
            options = [option for option in addressee.options if option.id not in given and "{" not in str(option.model.label)]
            return [(option.id, option.model.stance.value, str(option.model.label)) for option in options]
    return []


def _reason(place: int, act: Act, tables: list[str], anonymous: bool) -> Html:
    where = "" if anonymous else f"{tables[place]}: "
    return join(where, el("q", act.rationale), " for ", el("em", act.label))


# Values


def _tracks(program: Program, records: Sequence[Record], tables: list[str]) -> Html:
    """A chart for every track that went another way somewhere; those that did not are named."""
    drawn, same = [], []
    for slot in program.shown:
        if slot.family is not Family.TRACK:
            continue
        courses = [
            [moment.board[slot.index] for moment in record.moments if slot.index < len(moment.board)] for record in records
        ]
        label = slot_label(program, slot)
        if all(course == courses[0] for course in courses):
            same.append(label)
            continue
        width = max(len(course) for course in courses)
        heads = ["Start", *(f"Turn {turn}" for turn in range(1, width))]
        values: list[Sequence[Html | str | Cell]] = [
            (head, *(number(course[at], course[at]) if at < len(course) else number(NOTHING) for course in courses))
            for at, head in enumerate(heads)
        ]
        shown = list(zip(tables, courses, strict=True))[: len(COURSES)]
        drawn.append(figure(label, lines(label, 0, shown, slot.lo, slot.hi), data_table(("", *tables), values)))
    note = p(f"The same at every table: {', '.join(same)}.", class_="muted") if same else None
    more = len(tables) - len(COURSES)
    left = (
        p(f"The pictures show the first {len(COURSES)} tables; the figures all of them.", class_="muted") if more > 0 else None
    )
    return join(left, figures(drawn), note)


def _ladder(ladder: Sequence[Mapping[str, object]], tables: list[str]) -> Html:
    """By seat and turn, the stances of what was chosen and done."""
    parts = []
    for seat in ladder:
        turns = seat["turns"]
        assert isinstance(turns, list), "as `compare` makes it"
        rows: list[Sequence[Html | str | Cell]] = [
            (f"Turn {each['turn']}", *(words(value) for value in each["values"])) for each in turns
        ]
        parts.append(section(str(seat["label"]), data_table(("", *tables), rows), level=3))
    return join(p("▲ escalates, ■ holds, ▼ de-escalates, in the order of deeds."), *parts) if any(parts) else EMPTY


def _times(program: Program, records: Sequence[Record], tables: list[str]) -> Html:
    """By seat: the median time from a card to its answer."""
    rows: list[Sequence[Html | str | Cell]] = []
    for seat in range(len(program.seats)):
        times = [[act.seconds for act in record.acts if act.seat == seat and act.seconds is not None] for record in records]
        if any(times):
            cells = [number(lasting(median(those)), median(those)) if those else number(NOTHING) for those in times]
            rows.append((owner_label(program, seat), *cells))
    return data_table(("From the card to the answer, median", *tables), rows)


def _objectives(program: Program, records: Sequence[Record], tables: list[str]) -> Html:
    """By objective: how many of its cards came at each table."""
    found = [evidence(record) for record in records]
    rows: list[Sequence[Html | str | Cell]] = []
    for path, objective in each_objective(program.scenario.objectives):
        under = [
            sum(len(those) for name, those in each.items() if name == path or name.startswith(f"{path}.")) for each in found
        ]
        if not objective.parts or any(under):
            title = str(objective.title) if "." in path else el("strong", str(objective.title))
            cells = [number(f"✓ {cards}" if cards else "✗ none", cards) for cards in under]
            rows.append((title, *cells))
    return join(p("How many cards of each objective came."), data_table(("Objective", *tables), rows)) if rows else EMPTY
