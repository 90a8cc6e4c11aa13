"""Everything that this seat has learned, newest first."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.paint import Page, glyphs, owner, say, stance, told
from wargame.client.tui.panes.base import LEAVE, Pane
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row

KINDS: dict[str, tuple[str, frozenset[str]]] = {
    "all": (later("everything"), frozenset()),
    "acts": (later("what seats did"), frozenset({"response", "order", "agreement", "vote", "transfer", "team"})),
    "cards": (later("cards"), frozenset({"card", "response"})),
    "events": (later("events"), frozenset({"news", "upkeep", "card", "override", "reveal", "end"})),
}


class NewsPane(Pane):
    """Headlines on the left, the story on the right."""

    DEFAULT_CSS = """
    NewsPane #news-side { width: 44; }
    .-wide NewsPane #news-side { width: 64; }
    NewsPane #story { width: 1fr; }
    NewsPane Input { height: 1; border: none; padding: 0 1; background: $panel; display: none; }
    NewsPane Input.-on { display: block; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("news.search", ("slash",), "search", "Search headlines and lines", "search"),
        Command("news.kind", ("l", "right"), "filter", "Show everything, what seats did, cards, or events", "kind"),
        Command("news.clear", ("x",), "show all", "Show everything again", "clear"),
        LEAVE,
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Stories as you learned them: what happened, why, what was rolled, and what it changed as far as you can see. "
        "Each turn begins with itself in short: every number that moved in it, and the headlines."
    )
    MAIN = "#stories"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.kind, self.words = "all", ""
        self._stories: dict[str, Body] = {}
        self._newest = ""

    def compose(self) -> ComposeResult:
        """Search line, headlines, story."""
        with Horizontal():
            with Vertical(id="news-side", classes="left"):
                yield Note(id="showing", classes="title")
                yield Input(
                    id="search", placeholder=phrase("search, Enter to go to the list"), max_length=80, select_on_focus=False
                )
                yield Picker(id="stories")
            yield Reader(id="story")

    def draw(self, look: Look) -> None:
        """Draws headlines and story."""
        self._stories = keyed(look.data.get("feed", ()))
        wanted = KINDS[self.kind][1]
        words = self.words.casefold().split()
        rows: list[Row] = []
        turn = None
        for key, story in reversed(self._stories.items()):
            if wanted and story.get("kind") not in wanted:
                continue
            if not wanted and story.get("kind") == "phase" and not story.get("lines"):
                continue
            text = " ".join([str(story.get("head", "")), *(str(line[-1]) for line in story.get("lines") or ())]).casefold()
            if not all(word in text for word in words):
                continue
            if story.get("turn") != turn:
                turn = story.get("turn")
                title = phrase("Turn {turn} in short", turn=turn) if turn else phrase("Before turn 1")
                rows.append(Row(f"turn:{turn}", say((title, "bold $accent")), heading=not turn))
            rows.append(Row(key, headline(look, story)))
        if not rows:
            rows = [
                Row(
                    "none",
                    say((phrase("Nothing here.") if self.words or wanted else phrase("Nothing has happened yet."), "$quiet")),
                )
            ]
        self.query_one("#stories", Picker).fill(rows)
        found = f", “{self.words}”" if self.words else ""
        self.tell("#showing", say(phrase("Showing {kind}{found}", kind=phrase(KINDS[self.kind][0]), found=found)))
        self._draw_story()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another story."""
        event.stop()
        self._draw_story()
        self.query_one("#story", Reader).scroll_home(animate=False)

    def _draw_story(self) -> None:
        chosen, look = self.query_one("#stories", Picker).chosen or "", self.look
        if look is None:
            return
        kind, _, turn = chosen.partition(":")
        story = self._stories.get(chosen)
        if kind == "turn" and turn.isdigit():
            page = turn_page(look, int(turn), list(self._stories.values()))
        else:
            page = story_page(look, story) if story else Page()
        self.query_one("#story", Reader).show(page.content)

    def aim(self) -> None:
        """To the newest story, when there is one that was not there before."""
        super().aim()
        newest = next(reversed(self._stories), "")
        picker = self.query_one("#stories", Picker)
        if newest != self._newest:
            self._newest = newest
            first = next((row.id for row in picker.rows if not row.heading), None)
            if first is not None:
                picker.go(first)
                picker.scroll_home(animate=False)

    def action_search(self) -> None:
        """To the search line."""
        line = self.query_one("#search", Input)
        line.add_class("-on")
        line.focus()

    def action_kind(self) -> None:
        """The next filter."""
        kinds = list(KINDS)
        self.kind = kinds[(kinds.index(self.kind) + 1) % len(kinds)]
        if self.look is not None:
            self.draw(self.look)

    def action_clear(self) -> None:
        """Everything."""
        self.kind, self.words = "all", ""
        line = self.query_one("#search", Input)
        line.value = ""
        line.remove_class("-on")
        self.aim()
        if self.look is not None:
            self.draw(self.look)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Searches as it is typed."""
        event.stop()
        self.words = event.value
        if self.look is not None:
            self.draw(self.look)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the list."""
        event.stop()
        self.aim()


def keyed(feed: object) -> dict[str, Body]:
    """Stories with a key each that stays when older ones drop out."""
    stories: dict[str, Body] = {}
    for story in feed if isinstance(feed, list | tuple) else ():
        base = f"{story.get('turn')}:{story.get('phase')}:{story.get('kind')}:{story.get('actor')}:{story.get('head')}"
        key, number = base, 1
        while key in stories:
            number += 1
            key = f"{base}#{number}"
        stories[key] = story
    return stories


def headline(look: Look, story: Body) -> Content:
    """A story on one line."""
    actor = story.get("actor")
    who = (owner(look, actor, look.short(actor)), " ") if actor and not names(look, story, actor) else ()
    return say(stance(story.get("stance"), word=False), " " if story.get("stance") else "", *who, str(story.get("head", "")))


def names(look: Look, story: Body, actor: object) -> bool:
    """Whether a headline names its actor itself."""
    head = str(story.get("head", ""))
    return look.title(actor) in head or look.short(actor) in head


def story_page(look: Look, story: Body) -> Page:
    """A story in full."""
    page = Page().line((str(story.get("head", "")), "bold $accent"))
    phases = {phase["id"]: phase["label"] for phase in look.catalog.get("phases", ())}
    when = phrase("Turn {turn}, {get}", turn=story.get("turn"), get=phases.get(story.get("phase"), story.get("phase") or ""))
    page.line(
        (when, "$quiet"),
        (phrase("  by "), "$quiet") if story.get("actor") else "",
        owner(look, story["actor"]) if story.get("actor") else "",
    )
    if story.get("stance"):
        page.line(stance(story["stance"]))
    if story.get("rationale"):
        page.gap().line((phrase("Reasons: "), "$quiet"), (str(story["rationale"]), "italic"))
    if story.get("lines"):
        page.gap()
        for line in story["lines"]:
            page.line(told(str(line[-2]), str(line[-1]), int(line[0]) if len(line) > 2 else 0))
    if story.get("slots"):
        page.heading(phrase("What changed"))
        for index, old, new in story["slots"]:
            page.line(slot_change(look, int(index), old, new))
    return page


def turn_page(look: Look, turn: int, stories: list[Body]) -> Page:
    """A turn in short: the numbers that moved in it, as far as they are known, and the headlines."""
    page = Page().line((phrase("Turn {turn} in short", turn=turn), "bold $accent"))
    moved: list[tuple[int, Content]] = []
    for reading in look.readings("track", "resource"):
        index = int(reading.slot["index"])
        before, after = look.at(index, turn), look.at(index, turn + 1)
        if turn >= look.turn:
            after = reading.value if not reading.stale else None
        if before is not None and after is not None and before != after and reading.known:
            whose = f" ({look.short(reading.slot['owner'])})" if reading.slot.get("owner") else ""
            old, new = (reading.told(before), reading.told(after))
            words = say(f"{reading.slot['label']}{whose}: {old} {glyphs().becomes} ", (new, "bold"))
            moved.append((reading.slot.get("owner") != look.you, words))
    page.heading(phrase("What moved") + (phrase(" so far") if turn >= look.turn and look.status != "over" else ""))
    for _, words in sorted(moved, key=lambda each: each[0]):
        page.line(words)
    if not moved:
        page.line((phrase("nothing that you can see"), "$quiet"))
    page.heading(phrase("What happened"))
    for story in stories:
        if story.get("turn") == turn and story.get("kind") not in ("phase", "upkeep"):
            page.line(headline(look, story))
    return page


def slot_change(look: Look, index: int, old: object, new: object) -> str:
    """A change of a number in words."""
    slot = look.slots.get(index, {"label": f"#{index}"})
    place = slot.get("area") or slot.get("owner")
    where = " (" + ", ".join(look.name(each) for each in (slot.get("area"), slot.get("owner")) if each) + ")" if place else ""
    sign = glyphs().becomes
    if slot.get("family") in ("flag", "agreement"):
        return f"{slot['label']}{where}: {phrase('in force') if new else phrase('no longer in force')}"
    return f"{slot['label']}{where}: {old if old is not None else '?'} {sign} {new}"
