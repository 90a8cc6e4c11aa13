"""Short views of the game: the side column, what is about to be sealed, the briefing."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.tui.paint import Page, change, fit, glyphs, owner
from wargame.client.tui.panes.news import headline
from wargame.client.tui.widgets.note import Note

NEWEST = 14
EMPHASIS = re.compile(r"(\*\*|\*|__)(?=\S)(.+?)(?<=\S)\1")
POSITIONS = {"aye": later("aye"), "nay": later("nay"), "": later("no position (counts as aye)")}
VETO = {True: later("yes, if you may then"), False: later("no")}


class Brief(VerticalScroll):
    """The column beside a page on a wide terminal: the tracks with bands and those that moved, and the newest stories."""

    DEFAULT_CSS = """
    Brief { padding: 0 1; scrollbar-size-vertical: 0; }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, can_focus=False)

    def compose(self) -> ComposeResult:
        """One text."""
        yield Note(id="brief-text")

    def draw(self, look: Look, tracks: bool = True) -> None:
        """Draws it; the tracks unless the page itself shows them."""
        page = Page()
        if tracks:
            page.heading(phrase("Situation"))
            for reading in look.readings("track"):
                if reading.known and (reading.slot.get("bands") or look.change(int(reading.slot["index"]))):
                    words = f" {reading.exact:>4} " if reading.exact is not None else f" {fit(reading.band, 9).strip()} "
                    page.line(
                        fit(str(reading.slot["label"]), 25 - len(words)),
                        (words, "bold"),
                        change(look.change(int(reading.slot["index"]))),
                    )
        page.heading(phrase("News"))
        for story in list(look.data.get("feed", ()))[::-1][:NEWEST]:
            if story.get("kind") == "phase":
                continue
            page.line(
                (f"{story.get('turn', '')} ", "$quiet"),
                headline(look, story),
            )
        self.query_one("#brief-text", Note).show(page.content)


def order_line(look: Look, order: Body) -> tuple[str, str]:
    """An order as label and targets."""
    targets = ", ".join(look.name(target) for target in order.get("targets") or ())
    return look.name(order.get("action")), f" ({targets})" if targets else ""


def draft_page(look: Look) -> Page:
    """What the viewer has entered in this phase."""
    page = Page()
    kind = look.phase.get("kind")
    if look.status == "setup":
        draft = look.data.get("setup") or {}
        for choice, option in (draft.get("choices") or {}).items():
            page.line("• ", (look.name(choice), "bold"), f": {look.option(choice, option)}")
        for placement, areas in (draft.get("placements") or {}).items():
            page.line("• ", (look.name(placement), "bold"), ": " + ", ".join(look.name(area) for area in areas))
    elif kind == "cards":
        for number, card in look.data.get("cards", {}).items():
            if card.get("options"):
                page.line(
                    "• ",
                    (str(card["title"]), "bold"),
                    ": ",
                    answer_words(look, number) or phrase("not answered: the default counts"),
                )
    elif kind == "orders":
        for order in look.data.get("orders", ()):
            label, targets = order_line(look, order)
            page.line("• ", (label, "bold"), targets)
        most = look.orders_allowed
        if most is not None and len(look.data.get("orders", ())) < most:
            page.line(
                (
                    phrase("You have entered {count} of {most} orders.", count=len(look.data.get("orders", ())), most=most),
                    "$warning",
                )
            )
    elif kind == "floor":
        draft, offer = look.data.get("floor") or {}, look.offer("floor") or {}
        if offer.get("position"):
            page.line("• ", phrase("Your votes: "), (phrase(POSITIONS[str(draft.get("position") or "")]), "bold"))
        if any(offer.get("lobby") or ()):
            page.line("• ", phrase("Lobbying: "), (f"{draft.get('lobby') or 0:+}", "bold"))
        if offer.get("veto"):
            page.line("• ", phrase("Veto: "), (phrase(VETO[bool(draft.get("veto"))]), "bold"))
    if not len(page):
        page.line((phrase("You have entered nothing."), "$warning"))
    return page


def answer_words(look: Look, number: str) -> str:
    """The label of the option drafted for a card, or empty."""
    response = look.data.get("responses", {}).get(number)
    if not response:
        return ""
    options = look.data.get("cards", {}).get(number, {}).get("options") or ()
    return next(
        (str(option["label"]) for option in options if option["id"] == response.get("option")), str(response.get("option"))
    )


def briefing_page(look: Look, score: Body) -> Page:
    """The seat's briefing, what it is after, and how it stands."""
    page = Page()
    if look.plays:
        page.line(phrase("You are "), owner(look, look.you), ".")
        for agenda in agendas(look):
            page.heading(phrase("Secret objective")).line((str(agenda["label"]), "bold")).line(str(agenda.get("text", "")))
        if score.get("parts"):
            low, high = score.get("total") or (0, 0)  # parts without a most are deductions, or have none
            page.heading(phrase("Your score, as far as you can know it"))
            page.line(
                (f"{_range(low, high)}", "bold"),
                phrase(" of 100; the mandate is met at {mandate}.", mandate=score.get("mandate", "?")),
            )
            for part in score["parts"]:
                lo, hi = part.get("value") or (0, 0)
                of = phrase(" of {max:g}", max=part["max"]) if part.get("max") else ""
                words = f" {glyphs().dash} {part['words']}" if part.get("words") else ""
                page.line((f"{_range(lo, hi):>6}{of:<7} ", "bold"), str(part["label"]), (words, "$quiet"))
        elif "error" in score:
            page.gap().line((str(score["error"]), "$warning"))
    briefing = str(look.catalog.get("briefing") or "")
    scenario = look.catalog.get("scenario", {})
    page.heading(phrase("Briefing"))
    for heading, words in paragraphs(briefing or str(scenario.get("summary", ""))):
        page.gap().line((words, "bold") if heading else words)
    if scenario.get("content_note"):
        page.heading(phrase("Content note")).line(str(scenario["content_note"]))
    return page


def paragraphs(text: str) -> list[tuple[bool, str]]:
    """A Markdown text as (is a heading, words): lines of a paragraph joined, list items kept apart."""
    found: list[tuple[bool, str]] = []
    open_ = False
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            open_ = False
        elif line.startswith("#"):
            found.append((True, line.lstrip("# ")))
            open_ = False
        elif open_ and not line.startswith(("- ", "* ")):
            found[-1] = (False, f"{found[-1][1]} {line}")
        else:
            found.append((False, line))
            open_ = True
    return [(heading, EMPHASIS.sub(r"\2", words)) for heading, words in found]


def agendas(look: Look) -> list[Body]:
    """The viewer's own agenda: the one of its deck that its slot names."""
    deck = list(look.catalog.get("agendas", ()))
    for reading in look.readings("agenda", owner=look.you):
        if reading.exact is not None and 0 <= reading.exact < len(deck):
            return [deck[reading.exact]]
    return []


def _range(low: float, high: float) -> str:
    return f"{low:.0f}" if round(low) == round(high) else f"{low:.0f}{phrase(' to ') if low < 0 else '-'}{high:.0f}"
