"""The game in one minute: who played, how it ended, and the three moments that moved the scores most."""

from __future__ import annotations

from wargame.analysis.debrief.naming import Names, counted, listed, row, signed
from wargame.analysis.debrief.parts import known_to, told_link
from wargame.analysis.debrief.record import Record, Told
from wargame.analysis.html import Html, Node, div, el, join, p, section
from wargame.analysis.page.tables import Cell, data_table, number, words
from wargame.engine import events as e

POINTS = 3  # turning points that are shown
_NOBODYS = ("upkeep", "reveal", "phase", "end")  # kinds of stories that nobody decided


def lead(record: Record, names: Names) -> Html:
    """The sentence below the title: how far the game came."""
    program, final, chronicle = record.program, record.final, record.chronicle
    turns = f"{final.turn} of {counted(program.scenario.turns.count, 'turn', 'turns')}"
    if final.status == "lobby":
        return p("This game never started.", class_="lead")
    if not chronicle.complete:
        phase = next((str(each.model.label) for each in program.phases if each.index == final.phase), "the set-up")
        return join(
            p(
                f"The game broke off in {names.turn(final.turn)}, {phase}, after {turns}. This page tells it as far as it "
                "came.",
                class_="lead",
            ),
            p(
                el("strong", "It holds every secret of the game, the seed of the dice among them."),
                " Keep it from the players if the game is to go on.",
                class_="warn",
            ),
        )
    result = final.result
    ending = program.endings[result.ending].model if result is not None and result.ending >= 0 else None
    how = f"It ended after {turns}: {ending.title}." if ending is not None else f"It was played to its end, {turns}."
    return join(p(how, class_="lead"), p(str(ending.text)) if ending is not None and ending.text else None)


def tiles(record: Record) -> Html:
    """The game in five figures."""
    acts = [act for act in record.acts if act.told.story["kind"] in ("response", "order")]
    told: list[tuple[str, int]] = [
        ("cards on the table", sum(isinstance(event, e.CardDealt) for _, event, _ in record.happened)),
        ("answers and orders", len(acts)),
        ("agreements signed", sum(isinstance(event, e.AgreementEntered) for _, event, _ in record.happened)),
        ("messages", len(record.messages)),
        ("rolls of the dice", len(record.rolls)),
    ]
    return el("dl", *(div("tile", el("dt", name), el("dd", str(count))) for name, count in told), class_="tiles")


def minute(record: Record, names: Names) -> Html:
    """Who played and how they did, then the turning points."""
    return join(_players(record, names), _turning(record, names))


def _players(record: Record, names: Names) -> Html:
    result = record.final.result
    scores = {score.seat: score for score in result.scores} if result is not None else {}
    rows: list[list[Node | Cell]] = []
    for seat in record.seats:
        seat_id = record.program.seats[seat]
        people = [names.person(each.id, each.name) for each in record.chronicle.people.values() if each.seat == seat_id]
        score = scores.get(seat)
        line: list[Node | Cell] = [names.seat(seat), words(listed(people) or "nobody on record")]
        if score is not None:
            met = el("span", "✓ met" if score.met else "✗ not met", class_="met" if score.met else "missed")
            line += [number(f"{score.total:.1f}", score.total), words(met)]
        rows.append(line)
    head = ("Seat", "Played by", *(("Score", "Mandate") if scores else ()))
    mandate = record.program.scenario.scoring.mandate
    end = record.chronicle.live[-1].seq if record.chronicle.live else 0
    cut = result is not None and result.ending >= 0 and record.program.endings[result.ending].model.catastrophe
    cap = (
        f" The ending was a catastrophe: no score is above {record.program.scenario.scoring.ending_cap}, no mandate is met."
        if cut
        else ""
    )
    note = (
        p(f"A mandate is met at {mandate} points of 100.{cap} Scores are from ", row(end), class_="muted") if scores else None
    )
    return section("Who played", data_table(head, rows), note, level=3)


def turning_points(record: Record) -> list[Told]:
    """The events, decided by somebody, whose own effects moved the seats' scores most, as they would have stood had the game
    ended then; biggest first, the earlier of two alike."""
    weighed = [told for told in record.told if told.weight >= 1 and told.story["kind"] not in _NOBODYS]
    return sorted(weighed, key=lambda told: (-round(told.weight, 1), told.number))[:POINTS]


def _turning(record: Record, names: Names) -> Html:
    points = sorted(turning_points(record), key=lambda told: told.number)
    if not points:
        return section("Turning points", p("No single event moved the scores by a point or more."), level=3)
    items = []
    for told in points:
        moved = sorted(told.swing, key=lambda each: -abs(each[1]))
        shown = listed([f"{names.seat(seat)} {signed(points, 1)}" for seat, points in moved if abs(points) >= 0.05])
        known = known_to(record, names, told)
        items.append(
            el(
                "li",
                p(el("b", f"{names.turn(told.turn)}: "), told_link(told), " ", row(told.row)),
                p(f"It moved the scores by {told.weight:.1f} points in all: {shown}. {known}"),
            )
        )
    return section(
        "Turning points",
        el("ol", *items, class_="points"),
        p(
            "Worked out, not judged: after every event each seat's score is what it would be if the game ended there. These "
            "are the "
            f"{counted(len(items), 'decision', 'decisions')} whose own effects moved all scores together most. What came of "
            "them later is not counted.",
            class_="muted",
        ),
        level=3,
    )
