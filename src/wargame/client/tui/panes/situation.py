"""The situation: tracks with band and trend, own means, clocks, facts, agreements in force."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from wargame.client.look import EXACT, Look, Reading
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.paint import Page, Part, bar, change, fit, glyphs, owner, say, spark
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.panes.news import headline
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row


class SituationPane(Pane):
    """Tracks on the left with a note on the one under the cursor; everything else on the right."""

    DEFAULT_CSS = """
    SituationPane #tracks-side { width: 55; }
    SituationPane #own { width: 1fr; }
    SituationPane #track-note { height: auto; max-height: 4; padding: 0 1; border-top: solid $panel; color: $foreground; }
    .-wide SituationPane #tracks-side { width: 64; }
    .-tall SituationPane #track-note { max-height: 8; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("situation.look", ("up", "down"), "track", "Move over the tracks; the note below explains each", ""),
        Command(
            "situation.explain",
            ("a",),
            "explain",
            "Everything about the track: meaning, bands, turns, what moved it",
            "explain",
        ),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Every number you may see, with its bar, the name of the band it is in, and its curve over the last turns. "
        "▲ and ▼ at the end tell how it changed since the last turn began. ~ is a number of which you know only the band, "
        "? one that you do not know, and “as of” marks what you last knew. Enter tells everything about a track."
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
            rows.append(Row("none", say((phrase("There are no tracks that you can see."), "$quiet"))))
        self.query_one("#tracks", Picker).fill(rows)
        self._draw_note()
        self.query_one("#own", Reader).show(self._own(look).content)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tells about the track."""
        event.stop()
        self._draw_note()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter explains the track."""
        event.stop()
        self.action_explain()

    def action_explain(self) -> None:
        """All that is known of the track under the cursor."""
        chosen = self.query_one("#tracks", Picker).chosen
        if self.look is not None and chosen is not None and chosen.isdigit():
            reading = self.look.reading(int(chosen))
            self.app.push_screen(Notice(str(reading.slot["label"]), track_page(self.look, reading).content))

    def _draw_note(self) -> None:
        chosen = self.query_one("#tracks", Picker).chosen
        if self.look is None or chosen is None or not chosen.isdigit():
            return
        reading = self.look.reading(int(chosen))
        state = "" if reading.level == EXACT and not reading.stale else f", {as_known(reading)}"
        page = Page().line(
            (str(reading.slot["label"]), "bold"),
            "  ",
            (phrase("{words}{state}. Enter: more", words=reading.words, state=state), "$quiet"),
        )
        if reading.slot.get("help"):
            page.line(str(reading.slot["help"]))
        bands = band_words(reading)
        if bands:
            page.line((bands, "$quiet"))
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
            page.heading(phrase("Clocks running"))
            for reading in clocks:
                page.line(
                    (f"{reading.words} {reading.slot.get('unit') or ''}".rstrip() + " ", "bold"),
                    str(reading.slot["label"]),
                    aged(reading),
                )
        flags = [reading for reading in look.readings("flag") if reading.value]
        page.heading(phrase("In force"))
        if not flags:
            page.line((phrase("nothing special"), "$quiet"))
        for reading in flags:
            page.line((f"{glyphs().bullet} ", "$quiet"), str(reading.slot["label"]), aged(reading))
        page.heading(phrase("Agreements"))
        agreements = look.data.get("agreements", {})
        if not agreements:
            page.line((phrase("none that you know of"), "$quiet"))
        for agreement, terms in agreements.items():
            page.line(
                (f"{glyphs().check} ", "$success"),
                look.name(agreement),
                (phrase(" since turn {since}", since=terms.get("since")), "$quiet"),
            )
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
        f"{reading.slot['label']}".ljust(15),
        (f" {reading.words}", "bold"),
        " ",
        _moved(look, reading),
        aged(reading),
    )


def _moved(look: Look, reading: Reading) -> Content | str:
    amount = look.change(int(reading.slot["index"]))
    return change(amount) if amount else ""


def track_row(look: Look, reading: Reading, wide: bool) -> Content:
    """A track on one line: name, bar, number, band, curve, change."""
    label, width, turns = (24, 8, 6) if wide else (21, 4, 4)
    index = int(reading.slot["index"])
    value = str(reading.value) if reading.level == EXACT else ("~" if reading.known else "?")
    band = fit(reading.band or ("unknown" if not reading.known else ""), 12)
    curve = spark(look.trend(index, turns), int(reading.slot["lo"]), int(reading.slot["hi"]))
    parts: list[Part] = [fit(str(reading.slot["label"]), label), " ", bar(reading, width), (f"{value:>4} ", "bold"), band]
    return say(*parts, " ", (fit(curve if len(curve) > 1 else "", turns), "$secondary"), " ", change(look.change(index)))


def band_words(reading: Reading) -> str:
    """The bands of a number: `0-1 Calm; 2-3 Pressure`."""
    bands = reading.slot.get("bands") or ()
    return "; ".join(f"{lo}-{hi} {name}" if lo != hi else f"{lo} {name}" for lo, hi, name in bands)


def track_page(look: Look, reading: Reading) -> Page:
    """A track in full: what it means, its bands, its value as each turn began, what is known to have moved it."""
    index = int(reading.slot["index"])
    page = Page().line(
        (reading.words, "bold"),
        phrase(", {as_known}; from {lo} to {hi}.", as_known=as_known(reading), lo=reading.slot["lo"], hi=reading.slot["hi"]),
    )
    if reading.slot.get("help"):
        page.gap().line(str(reading.slot["help"]))
    if reading.slot.get("bands"):
        page.heading(phrase("Bands")).line(band_words(reading))
    turns = [(turn, look.at(index, turn)) for turn in range(1, look.turn + 1)]
    told = [phrase("turn {turn}: {value}", turn=turn, value=value) for turn, value in turns if value is not None]
    if told and reading.level == EXACT:
        page.heading(phrase("As each turn began")).line(", ".join(told) + phrase("; now {value}", value=reading.value))
    moved = [
        (story, [old, new])
        for story in look.data.get("feed", ())
        for slot, old, new in story.get("slots") or ()
        if slot == index
    ]
    if moved:
        page.heading(phrase("What moved it, newest first"))
        for story, (old, new) in moved[::-1][:12]:
            by = f"{new - old:+} " if isinstance(old, int) and reading.level == EXACT else ""
            page.line((phrase("turn {turn}  ", turn=story.get("turn")), "$quiet"), (by, "bold"), headline(look, story))
    return page


def as_known(reading: Reading) -> str:
    """How well it is known."""
    if not reading.known:
        return phrase("not known to you")
    if reading.stale:
        return phrase("last known in turn {turn}", turn=reading.turn)
    return phrase("known exactly") if reading.level == EXACT else phrase("known as a band")


def aged(reading: Reading) -> tuple[str, str]:
    """` as of turn 2` for what was seen last then."""
    return (phrase(" as of turn {turn}", turn=reading.turn) if reading.stale else "", "italic $quiet")
