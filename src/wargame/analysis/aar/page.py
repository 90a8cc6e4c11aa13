"""The after-action report as a part of the debrief or a page of its own; its blanks can be filled in in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.resources import files

from wargame.analysis.aar.assessment import NOT_EXERCISED, RATINGS, Assessment, assess
from wargame.analysis.chronicle import Chronicle
from wargame.analysis.debrief.naming import Names, counted, listed, names_of, row
from wargame.analysis.debrief.record import Record, read
from wargame.analysis.html import Html, Node, bullets, div, el, join, p, section, span, table
from wargame.analysis.page.document import Part, document

ELEMENTS = "Planning, Organization, Equipment, Training, Exercise"
PLAN = (
    "Core capability",
    "Issue or area for improvement",
    "Corrective action",
    "Capability element",
    "Primary responsible organization",
    "Point of contact",
    "Start date",
    "Completion date",
)
MOST_ROWS = 6  # of the journal that are named behind a statement

STATEMENTS = (
    "The scenario was plausible.",
    "I knew what my seat wanted and what it could do.",
    "I could take part as much as I wanted.",
    "The time for decisions was right.",
    "The debrief helped me see what I had not seen while playing.",
    "I would decide otherwise in one thing, now that I know the rest.",
)
QUESTIONS = (
    "What went well in your team?",
    "What should be done otherwise, and by whom?",
    "Which decision would you take back, and why?",
    "What would have made this exercise better?",
)


def aar_parts(chronicle: Chronicle, names: Names) -> list[Part]:
    """The report as a part of a page, for `document`."""
    return [_part(read(chronicle), names)]


def aar_page(chronicle: Chronicle, *, version: str, anonymous: bool = False) -> str:
    """The report as one HTML file. `version`: of the program, to be named. The same chronicle gives the same page."""
    record = read(chronicle)
    title = str(chronicle.program.scenario.title)
    head = join(
        el("h1", f"{title}: after-action report"),
        p("Filled with what the journal of the game shows; what it cannot know is left blank for you.", class_="lead"),
    )
    part = _part(record, names_of(chronicle, anonymous=anonymous))
    return document(f"{title}: after-action report", head, [part], p(f"{title}, {chronicle.name}. Made by wargame {version}."))


def _part(record: Record, names: Names) -> Part:
    assessed = assess(record, names)
    folder = files("wargame.analysis.aar")
    body = div(
        "aar",
        p(
            "Write into the framed fields, then save: the page is saved as a file of its own, and nothing is sent anywhere. "
            "Ratings are suggestions by what was done, never by who won; finish them by hand."
        ),
        section("Exercise overview", _overview(record, names, assessed), level=3),
        section("Analysis of core capabilities", _ratings(assessed), level=3),
        *(_objective(each) for each in assessed),
        section("Appendix A: improvement plan", _plan(assessed), level=3),
        section("Appendix B: participants", _participants(record, names), level=3),
        section("Appendix C: participant feedback form", _feedback(), level=3),
    )
    style, script = ((folder / name).read_text("utf-8") for name in ("aar.css", "aar.js"))
    return Part("aar", "After-action report and improvement plan", body, script, style)


def blank(what: str, words: str = "") -> Html:
    """A field to write in; `what` it is for, for those who do not see it."""
    return el(
        "div", words, contenteditable="plaintext-only", role="textbox", aria_multiline="true", aria_label=what, class_="blank"
    )


def _rows(numbers: Iterable[int]) -> Html:
    """The rows of the journal that a statement rests on."""
    listed_rows = list(dict.fromkeys(numbers))
    more = f" and {len(listed_rows) - MOST_ROWS} more" if len(listed_rows) > MOST_ROWS else ""
    return join([[" ", row(number)] for number in listed_rows[:MOST_ROWS]], more)


def _overview(record: Record, names: Names, assessed: list[Assessment]) -> Html:
    scenario = record.program.scenario
    turns = scenario.turns
    length = f" of {turns.length}" if turns.length else ""
    capabilities = listed(list(dict.fromkeys(each.capability for each in assessed if each.capability)))
    playing = [names.seat(seat) for seat in record.seats]
    facts: list[tuple[str, Node]] = [
        ("Exercise name", str(scenario.title)),
        ("Exercise dates", blank("Exercise dates", _dates(record))),
        (
            "Scope",
            blank("Scope", f"A crisis game of up to {counted(turns.count, 'turn', 'turns')}{length}; {_played(record)}."),
        ),
        ("Mission areas", blank("Mission areas")),
        ("Core capabilities", blank("Core capabilities", capabilities)),
        ("Objectives", bullets(str(each.title) for each in scenario.objectives.values()) or blank("Objectives")),
        ("Threat or hazard", blank("Threat or hazard")),
        ("Scenario", str(scenario.summary) or blank("Scenario")),
        ("Sponsor", blank("Sponsor")),
        ("Participating organizations", listed(playing)),
        ("Point of contact", blank("Point of contact")),
    ]
    return table((), ((el("b", name), words) for name, words in facts))


def _dates(record: Record) -> str:
    """The days of the game, UTC; empty where the journal kept no time."""
    times = [entry.at for entry in record.chronicle.live if entry.at > 86_400_000_000]  # before 1973 nobody kept one
    days = [datetime.fromtimestamp(at / 1000, UTC).date().isoformat() for at in times[:1] + times[-1:]]
    return " to ".join(dict.fromkeys(days))


def _played(record: Record) -> str:
    final = record.final
    if final.status == "over":
        return f"played to its end in turn {final.turn}"
    return f"it broke off in turn {final.turn}"


def _ratings(assessed: list[Assessment]) -> Html:
    rows = [
        (
            each.title,
            blank(f"Core capability of {each.title}", each.capability),
            blank(f"Rating of {each.title}", each.rating if each.rating != NOT_EXERCISED else ""),
            join(span("rating", f"{each.rating} suggested"), f": {each.why}."),
        )
        for each in assessed
        if each.path
    ]
    key = join([f"{letter}: {words}. " for letter, words in RATINGS.items()])
    return join(
        table(("Objective", "Core capability", "Rating", "What the journal suggests, and why"), rows)
        or p("The scenario names no objectives."),
        p(key, class_="muted"),
        el(
            "details",
            el("summary", "How a rating is suggested"),
            p(
                "An answer that nobody gave in time, and an expected action that did not come, are challenges. All of what an "
                "objective asked: U. More than a quarter: M. Some, or fewer than half of the answers with a reason: S. None: "
                "P. Scores, mandates and endings do not count. Whether reasons were good, only people can say."
            ),
        ),
    )


def _objective(each: Assessment) -> Html:
    strengths: list[Node] = [join(strength.words, _rows(strength.rows)) for strength in each.strengths]
    areas = [
        (join(area.observation, _rows(area.rows)), area.reference, blank("Analysis", area.analysis)) for area in each.areas
    ]
    return section(
        each.title,
        el("h4", "Strengths"),
        bullets([*strengths, blank(f"A further strength in {each.title}")]),
        el("h4", "Areas for improvement"),
        table(
            ("Observation", "Reference", "Analysis"), [*areas, (blank("Observation"), blank("Reference"), blank("Analysis"))]
        ),
        level=3,
    )


def _plan(assessed: list[Assessment]) -> Html:
    rows: list[tuple[Node, ...]] = [
        (
            blank(PLAN[0], each.capability),
            join(area.observation, _rows(area.rows)),
            blank(PLAN[2], area.action),
            *(blank(what) for what in PLAN[3:]),
        )
        for each in assessed
        for area in each.areas
    ]
    rows.append(tuple(blank(what) for what in PLAN))
    return join(
        div("scroll", table(PLAN, rows)),
        p(f"Capability elements: {ELEMENTS}. A corrective action says who does what by when.", class_="muted"),
    )


def _participants(record: Record, names: Names) -> Html:
    return table(("Seat", "Organization played", "People"), _seats(record, names))


def _seats(record: Record, names: Names) -> Iterator[tuple[Node, ...]]:
    members = record.chronicle.people.values()
    for seat in record.seats:
        name = record.program.seats[seat]
        here = [names.person(each.id, each.name) + (" (computer)" if each.bot else "") for each in members if each.seat == name]
        yield name, names.seat(seat), ", ".join(here) or "nobody on record"
    cell = [names.person(each.id, each.name) for each in members if each.seat == "white_cell"]
    yield "white cell", "Facilitators", ", ".join(cell) or "nobody on record"


def _feedback() -> Html:
    scale = tuple(str(points) for points in range(1, 6))
    rows = [(statement, *("☐" for _ in scale)) for statement in STATEMENTS]
    return join(
        p("1: I do not agree at all. 5: I agree fully."),
        table(("", *scale), rows, "form"),
        *(join(p(el("b", question)), blank(question)) for question in QUESTIONS),
    )
