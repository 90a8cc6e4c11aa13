"""The situation: tracks with band and trend, own means, clocks, facts, agreements in force."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from wargame.client.look import EXACT, Look, Reading
from wargame.client.tui.command import Command
from wargame.client.tui.paint import Page, Part, bar, change, fit, glyphs, owner, say, spark
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row


class SituationPane(Pane):
    """Tracks on the left with a note on the one under the cursor; everything else on the right."""

    DEFAULT_CSS = """
    SituationPane #tracks-side { width: 49; }
    SituationPane #own { width: 1fr; }
    SituationPane #track-note { height: auto; max-height: 6; padding: 0 1; border-top: solid $panel; color: $foreground; }
    .-wide SituationPane #tracks-side { width: 59; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("situation.look", ("up", "down"), "track", "Move over the tracks; the note below explains each", ""),
    )
    ABOUT = (
        "Every number you may see, with the name of the band it is in, its bar, and its curve over the last turns. "
        "▲ and ▼ tell how it changed in this turn. ? is what you do not know; a number with “as of” is what you last knew."
    )
    MAIN = "#tracks"

    def compose(self) -> ComposeResult:
        """Tracks, note, the rest."""
        with Horizontal():
            with Vertical(id="tracks-side", classes="left"):
                yield Picker(id="tracks")
                yield Note(id="track-note")
            yield Reader(id="own")

    def draw(self, look: Look) -> None:
        """Draws all of it."""
        wide = self.screen.has_class("-wide")
        rows: list[Row] = []
        groups: dict[str, list[Reading]] = {}
        for reading in (reading for reading in look.readings("track") if reading.known):
            groups.setdefault(str(reading.slot.get("group") or ""), []).append(reading)
        for group, readings in groups.items():
            if group:
                rows.append(Row(f"group:{group}", say((group.replace("_", " ").capitalize(), "bold $accent")), heading=True))
            rows += [Row(str(reading.slot["index"]), track_row(look, reading, wide)) for reading in readings]
        if not rows:
            rows.append(Row("none", say(("There are no tracks that you can see.", "$quiet"))))
        self.query_one("#tracks", Picker).fill(rows)
        self._draw_note()
        self.query_one("#own", Reader).show(self._own(look).content)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tells about the track."""
        event.stop()
        self._draw_note()

    def _draw_note(self) -> None:
        chosen = self.query_one("#tracks", Picker).chosen
        if self.look is None or chosen is None or not chosen.isdigit():
            return
        reading = self.look.reading(int(chosen))
        page = Page().line((str(reading.slot["label"]), "bold"), "  ", (as_known(reading), "$quiet"))
        if reading.slot.get("help"):
            page.line(str(reading.slot["help"]))
        bands = [f"{lo}-{hi} {name}" if lo != hi else f"{lo} {name}" for lo, hi, name in reading.slot.get("bands") or ()]
        if bands:
            page.line(("; ".join(bands), "$quiet"))
        self.query_one("#track-note", Note).show(page.content)

    @staticmethod
    def _own(look: Look) -> Page:
        page = Page()
        for seat in [look.you] if look.plays else [str(seat["id"]) for seat in look.seats]:
            means = [reading for reading in look.readings("resource", owner=seat) if reading.known]
            if means:
                page.gap().line(owner(look, seat))
                for reading in means:
                    _means(page, look, reading)
        clocks = [reading for reading in look.readings("clock") if reading.known and reading.value]
        if clocks:
            page.heading("Clocks running")
            for reading in clocks:
                page.line(
                    (f"{reading.words:>4} {reading.slot.get('unit') or ''} ".rstrip() + " ", "bold"),
                    str(reading.slot["label"]),
                    aged(reading),
                )
        flags = [reading for reading in look.readings("flag") if reading.value]
        page.heading("In force")
        if not flags:
            page.line(("nothing special", "$quiet"))
        for reading in flags:
            page.line((f"{glyphs().bullet} ", "$quiet"), str(reading.slot["label"]), aged(reading))
        page.heading("Agreements")
        agreements = look.data.get("agreements", {})
        if not agreements:
            page.line(("none that you know of", "$quiet"))
        for agreement, terms in agreements.items():
            page.line((f"{glyphs().check} ", "$success"), look.name(agreement), (f" since turn {terms.get('since')}", "$quiet"))
        others = [
            reading
            for reading in look.readings("resource")
            if reading.known and look.plays and reading.slot.get("owner") not in (look.you, None)
        ]
        last = None
        for reading in others:
            if reading.slot.get("owner") != last:
                last = reading.slot.get("owner")
                page.gap().line(owner(look, last))
            _means(page, look, reading)
        return page


def _means(page: Page, look: Look, reading: Reading) -> None:
    page.line(
        fit(str(reading.slot["label"]), 17),
        (f" {reading.words}", "bold"),
        " ",
        _moved(look, reading),
        aged(reading),
    )


def _moved(look: Look, reading: Reading) -> Content | str:
    amount = look.change(int(reading.slot["index"]))
    return change(amount) if amount else ""


def track_row(look: Look, reading: Reading, wide: bool) -> Content:
    """A track on one line."""
    label, width = (20, 8) if wide else (19, 6)
    index = int(reading.slot["index"])
    value = str(reading.value) if reading.level == EXACT else ("~" if reading.known else "?")
    band = fit(reading.band or ("unknown" if not reading.known else ""), 12 if wide else 11)
    parts: list[Part] = [fit(str(reading.slot["label"]), label), " ", bar(reading, width), (f"{value:>4} ", "bold"), band]
    if wide and reading.level == EXACT:
        curve = spark(look.trend(index, 6), int(reading.slot["lo"]), int(reading.slot["hi"]))
        parts += [" ", (fit(curve, 0) if len(curve) < 2 else curve, "$secondary")]
    return say(*parts, " ", change(look.change(index)))


def as_known(reading: Reading) -> str:
    """How well it is known."""
    if not reading.known:
        return "not known to you"
    if reading.stale:
        return f"last known in turn {reading.turn}"
    return "known exactly" if reading.level == EXACT else "known as a band"


def aged(reading: Reading) -> tuple[str, str]:
    """` as of turn 2` for what was seen last then."""
    return (f" as of turn {reading.turn}" if reading.stale else "", "italic $quiet")
