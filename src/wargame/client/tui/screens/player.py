"""A player's screen: the pages of the game, those of the team, of rulings and of lessons, and what is asked on coming in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from wargame.client.content import offered
from wargame.client.door import Body, Stage
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.petitions import ruled
from wargame.client.speech import later, phrase
from wargame.client.team import Team
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.dialogs.spare import Spare
from wargame.client.tui.paint import say
from wargame.client.tui.screens.game import GENERAL, SHEETS, GameScreen, Sheet
from wargame.client.tui.widgets.missed import missed_page, worth_telling
from wargame.client.tui.widgets.strip import PausedBar, TeamStrip

MUTED = later("You are muted: you can do everything but write messages. Only you and the facilitator know.")
UNMUTED = later("You can write messages again.")
TOLD = {"team": later("Your team"), "ruling": later("Beyond the rules"), "card": later("The facilitator")}
OWN = (
    Sheet("team", "team:TeamPane", "Team", ("9", "w", "f9"), "Team: who shares your seat, what is suggested"),
    Sheet("proposals", "proposals:ProposalsPane", "Rulings", ("A",), "Rulings: what you propose beyond the rules", quiet=True),
    Sheet("lessons", "lessons:LessonsPane", "Lessons", ("L",), "Lessons: the board for the review, and votes"),
)
PLAYER = (
    Command("missed", ("M",), "missed", "What you missed while you were away", "missed", footer=False),
    Command("content", ("C",), "content", "What the game touches on, what you would rather be spared", "content", footer=False),
    Command("stop", ("exclamation_mark",), "stop", "Stop the game for everybody, privately (asks first)", "stop", footer=False),
)  # fmt: skip
STOP = later(
    "The game is paused for everybody, at once. Nobody learns that it was you: not the others, not the facilitator, and it "
    "is not written down. You need no reason, and nothing is lost.\n\nYour facilitator sees that somebody asked to stop, and "
    "lets the game go on when everybody is ready. You can leave the table too, and come back to your seat."
)


class PlayerScreen(GameScreen):
    """One game as somebody with a seat has it."""

    SHEETS: ClassVar[tuple[Sheet, ...]] = (*SHEETS, *OWN)
    GENERAL: ClassVar[tuple[Command, ...]] = (*GENERAL, *PLAYER)
    WHOLE: ClassVar[frozenset[str]] = GameScreen.WHOLE | {"team", "proposals", "lessons"}
    BINDINGS: ClassVar[list[BindingType]] = bindings((*(sheet.command() for sheet in OWN), *PLAYER))

    def __init__(self, start: str = "") -> None:
        super().__init__(start)
        self._muted = False  # what this person was told of
        self._newest: Body = {}  # the newest story that was told
        self._greeting = False  # something that comes up by itself is up
        self._came = False  # what was missed before this screen was told
        self._lost = False  # the connection was lost, and what came meanwhile is not told yet

    def on_mount(self) -> None:
        """What has been told before this screen came up is not told again."""
        self._newest = next(reversed(self.client.look.data.get("feed") or ()), {})

    def notices(self) -> Iterable[Widget]:
        """That the game is paused; what the team has before it."""
        yield PausedBar(id="paused")
        yield TeamStrip(id="strip")

    def sheets(self) -> list[Sheet]:
        """The team where somebody shares the seat, lessons where there is a board."""
        look = self.client.look
        board = look.data.get("board") or {}
        gone = set() if Team.of(look).members else {"team"}
        gone |= set() if board.get("open") or board.get("notes") else {"lessons"}
        return [sheet for sheet in super().sheets() if sheet.id not in gone]

    def _counts(self) -> dict[str, int]:
        look, counts = self.client.look, super()._counts()
        counts["team"] = len(Team.of(look).wanting)
        for sheet, total in self._totals(look).items():
            counts[sheet] = max(0, total - self._read.get(sheet, total))
        return counts

    @staticmethod
    def _totals(look: Look) -> dict[str, int]:
        """How many there are of what counts as new until its page was up."""
        return {"proposals": len(ruled(look)), "lessons": len((look.data.get("board") or {}).get("notes") or ())}

    def _mark_read(self) -> None:
        super()._mark_read()
        for sheet, total in self._totals(self.client.look).items():
            if self.active == sheet or sheet not in self._read:
                self._read[sheet] = total

    def know(self, look: Look, names: frozenset[str]) -> None:
        """Draws what is up; tells what was missed once the connection is back."""
        super().know(look, names)
        self._tell_stories(look)
        if self._muted != look.glance.room.muted:
            self._muted = look.glance.room.muted
            self.notify(phrase(MUTED if self._muted else UNMUTED), title=phrase("The facilitator"), markup=False, timeout=10)
        stage = look.glance.connection.stage
        self._lost = self._lost or stage is Stage.LOST
        if self._lost and stage is Stage.LIVE and "welcome" in names:
            self._lost = False
            self.run_worker(self.client.guarded(self._back()), group="back", exclusive=True, exit_on_error=False)

    def _tell_stories(self, look: Look) -> None:
        """What concerns the own team, a ruling, or a card that is not what it was, comes up wherever one is."""
        feed = list(look.data.get("feed", ()))
        for story in fresh(feed, self._newest):
            if story.get("kind") in ("team", "ruling") or (story.get("kind") == "card" and was_changed(look, story)):
                self.notify(say(str(story.get("head", ""))).plain, title=phrase(TOLD[story["kind"]]), markup=False, timeout=8)
        self._newest = feed[-1] if feed else {}

    def draw_head(self) -> None:
        """The lines above the page change with the clock."""
        super().draw_head()
        if self.client.door is not None and self.is_mounted:
            self.query_one(PausedBar).draw(self.client.look)
            self.query_one(TeamStrip).draw(self.client.look, self.client.door.now())

    # -- coming in ----------------------------------------------------------------------------------------------------

    def _welcome(self, look: Look) -> None:
        """What the game touches on, once for each scenario; then the briefing, or what was missed."""
        if look.plays and not self._greeting:
            self._greeting = True
            self.run_worker(self.client.guarded(self._greet()), group="greet", exit_on_error=False)

    async def _greet(self) -> None:
        try:
            if offered(self.client.look) and not self.client.spared.asked(scenario_of(self.client.look)):
                await self._spare()
            look, came, self._came = self.client.look, self._came, True
            if look.status in ("setup", "running") and look.turn <= 1 and not self.client.draft("briefing.read"):
                self.client.keep("briefing.read", "yes")
                if look.status == "running":
                    self.action_briefing()
            elif look.status in ("running", "over") and not came:
                answer = await self.client.ask({"what": "missed"})
                if worth_telling(answer):
                    self._show_missed(answer)
        finally:
            self._greeting = False

    async def _back(self) -> None:
        """After a lost connection; whoever is writing, or reading a question, is only told the key."""
        answer = await self.client.ask({"what": "missed"})
        if not worth_telling(answer):
            return
        if isinstance(self.app.focused, Input | TextArea) or isinstance(self.app.screen, ModalScreen):
            self.notify(phrase("You are back. What you missed: {how}.", how=how("missed")), markup=False, timeout=8)
        else:
            self._show_missed(answer)

    def _show_missed(self, answer: Body) -> None:
        self.app.push_screen(Notice(phrase("What you missed"), missed_page(self.client.look, answer).content))

    def action_missed(self) -> None:
        """What was missed, again."""
        self.run_worker(self.client.guarded(self._missed()), group="missed", exclusive=True, exit_on_error=False)

    async def _missed(self) -> None:
        self._show_missed(await self.client.ask({"what": "missed"}))

    # -- being spared, stopping ---------------------------------------------------------------------------------------

    def action_content(self) -> None:
        """What the game touches on."""
        self.run_worker(self.client.guarded(self._spare()), group="content", exclusive=True, exit_on_error=False)

    async def _spare(self) -> None:
        client, look = self.client, self.client.look
        tags = await self.app.push_screen_wait(Spare(look, client.spared.tags))
        client.spared.choose(
            scenario_of(look), client.spared.tags if tags is None else tags, [str(each["id"]) for each in offered(look)]
        )
        self.know(client.look, frozenset({"mirror"}))

    def action_stop(self) -> None:
        """The stop signal, after a second yes."""
        self.run_worker(self.client.guarded(self._stop()), group="stop", exclusive=True, exit_on_error=False)

    async def _stop(self) -> None:
        look = self.client.look
        if await self.app.push_screen_wait(Confirm(phrase("Stop the game?"), say(phrase(STOP)), phrase("stop it"))) is not None:
            await self.client.send({"do": "stop"}, look.seen)


def scenario_of(look: Look) -> str:
    """The scenario, as choices about its content are kept for it."""
    return str(look.catalog.get("scenario", {}).get("id", ""))


def fresh(feed: list[Body], newest: Body) -> list[Body]:
    """The stories that came after one; none where it is not there any more, as after a game was set back."""
    at = next((number for number in range(len(feed), 0, -1) if feed[number - 1] == newest), len(feed) if newest else 0)
    return feed[at:]


def was_changed(look: Look, story: Body) -> bool:
    """Whether the story of a card tells that it was taken back or corrected, not that it came."""
    here = [card for card in look.data.get("cards", {}).values() if card.get("id") == story.get("card")]
    return not here or any(card.get("corrected") and story.get("head") != card.get("title") for card in here)
