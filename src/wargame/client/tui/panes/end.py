"""The result: scores in words, what was secret, the ledger, the seed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList

from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command
from wargame.client.tui.paint import Page, glyphs, owner, say
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker, Row


class EndPane(Pane):
    """Seats by score on the left, the one under the cursor in full on the right."""

    DEFAULT_CSS = """
    EndPane #ranking { width: 32; }
    EndPane #result { width: 1fr; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (Command("end.seat", ("up", "down"), "seat", "Look at another seat", ""),)
    ABOUT = (
        "How each seat did by its own aims. Scores of different seats measure different things: meeting your "
        "mandate counts, not beating others. "
        "The seed is open now, so that everyone can check every roll."
    )
    MAIN = "#ranking"

    def compose(self) -> ComposeResult:
        """Ranking and detail."""
        with Horizontal():
            yield Picker(id="ranking", classes="left")
            yield Reader(id="result")

    def draw(self, look: Look) -> None:
        """Draws both."""
        result = look.data.get("result") or {}
        seats = sorted((result.get("seats") or {}).items(), key=lambda item: -item[1].get("score", 0))
        rows = [Row("whole", say((phrase("How it ended"), "bold")))]
        for seat, entry in seats:
            met = (f"{glyphs().check} ", "$success") if entry.get("met") else (f"{glyphs().cross} ", "$quiet")
            rows.append(Row(f"seat:{seat}", say(met, (f"{entry.get('score', 0):3.0f} ", "bold"), owner(look, seat))))
        self.query_one("#ranking", Picker).fill(rows)
        self._draw_result()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another seat."""
        event.stop()
        self._draw_result()

    def _draw_result(self) -> None:
        look = self.look
        if look is None:
            return
        result = look.data.get("result") or {}
        kind, _, seat = (self.query_one("#ranking", Picker).chosen or "").partition(":")
        page = seat_page(look, seat, result) if kind == "seat" else ending_page(look, result)
        self.query_one("#result", Reader).show(page.content)


def ending_page(look: Look, result: Body) -> Page:
    """How it ended, the ledger, the seed."""
    page = Page()
    ending = result.get("ending")
    if ending:
        page.line((str(ending.get("title")), "bold $error" if ending.get("catastrophe") else "bold $accent")).line(
            str(ending.get("text", ""))
        )
    else:
        page.line((phrase("The last turn is over."), "bold $accent"))
    if look.may("note"):
        page.gap().line((phrase("What have you learned? Write it on the board: {how}.", how=how("lessons")), "bold $accent"))
    top = [look.title(seat) for seat in result.get("top") or ()]
    if top:
        page.gap().line((phrase("Closest to its aims: "), "$quiet"), (", ".join(top), "bold"))
    if result.get("ledger"):
        page.heading(phrase("Beside the scores"))
        for label, value in result["ledger"]:
            page.line((f"{number(value):>6}  ", "bold"), str(label))
    page.heading(phrase("For checking the dice"))
    page.line((phrase("Promised at the start: "), "$quiet"), str(look.data.get("commitment", "")))
    page.line((phrase("The seed: "), "$quiet"), str(result.get("seed", "")))
    return page


def seat_page(look: Look, seat: str, result: Body) -> Page:
    """A seat's score, part by part, and what it kept secret."""
    entry: Body = (result.get("seats") or {}).get(seat) or {}
    page = Page().line(owner(look, seat))
    met = (phrase("mandate met"), "bold $success") if entry.get("met") else (phrase("mandate not met"), "bold $warning")
    page.line((phrase("{score:.0f} of 100   ", score=entry.get("score", 0)), "bold"), met)
    page.gap()
    for part in entry.get("parts") or ():
        most = part.get("max")
        of = phrase(" of {number}", number=number(most)) if most else ""
        page.line((f"{number(part.get('value', 0)):>5}{of:<7} ", "bold"), str(part.get("label")), (_dash(part), "$quiet"))
    agenda = entry.get("agenda")
    if agenda:
        words = agenda.get("label") if isinstance(agenda, dict) else agenda
        page.heading(phrase("Its secret objective")).line(str(words))
        if isinstance(agenda, dict) and agenda.get("text"):
            page.line((str(agenda["text"]), "$quiet"))
    choices = entry.get("choices")
    if choices:
        page.heading(phrase("Its secret choices"))
        for choice, option in choices.items() if isinstance(choices, dict) else choices:
            page.line(f"{look.name(choice)}: ", (look.option(choice, option), "bold"))
    return page


def number(value: object) -> str:
    """A number with at most one decimal, none where it is whole."""
    return (f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)).replace(
        "-0", "0", 1 if value == 0 else 0
    )


def _dash(part: Body) -> str:
    return f" {glyphs().dash} {part['words']}" if part.get("words") else ""
