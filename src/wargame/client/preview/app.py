"""The preview: the client on a game of its own, with a designer's hand on it, that follows every save of the scenario."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from wargame.analysis.workshop.workshop import Unable, Workshop
from wargame.client.preview.bar import Bar, Trouble, painted
from wargame.client.preview.commands import DESIGNER
from wargame.client.preview.door import PreviewDoor
from wargame.client.preview.files import Files, Opened
from wargame.client.tui.app import ClientApp
from wargame.client.tui.command import bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, say
from wargame.client.tui.widgets.picker import Row
from wargame.rules.program import Program

LOOK_EVERY = 0.1  # seconds between two looks at the files
MOST_NOTED = 3  # notes of a reload that come up by themselves
FOUND = ""  # the row that leaves a name of a card to the card

EXPRESSION = "An expression as in the scenario; `me` is the seat whose eyes these are. Example: escalation + me.capital"
EFFECTS = (
    "Effects as in the scenario, several divided by `;`, or a map: {roll: 50, success: [...]}. `me` is the seat you look as."
)


class PreviewApp(ClientApp):
    """The client on a workshop. `files`: where the scenario comes from; `opened`: as it was read at the start."""

    TITLE = "wargame preview"
    BINDINGS: ClassVar[list[BindingType]] = bindings(DESIGNER)

    def __init__(
        self,
        workshop: Workshop,
        you: str,
        files: Files,
        opened: Opened,
        *,
        theme: str = "dark",
        ascii_only: bool = False,
        folder: Path | None = None,
    ) -> None:
        self.preview_door = PreviewDoor(workshop, you)
        super().__init__(self.preview_door, theme=theme, ascii_only=ascii_only, folder=folder)
        self.files, self.opened, self.notes = files, opened, list[str]()
        self.saved = time.strftime("%H:%M:%S")
        self.reading = False
        self.stale = False  # whether the game's screen is still that of another seat or an older scenario

    @property
    def workshop(self) -> Workshop:
        """The game."""
        return self.preview_door.workshop

    # -- screens ------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Looks at the files from now on. Textual calls the handler of the class above by itself, which opens the game."""
        self.set_interval(LOOK_EVERY, self.look_at_files)

    def _open_drafts(self) -> None:
        super()._open_drafts()
        self.keep("briefing.read", "yes")  # a designer knows it; `b` shows it

    def _screen(self, base: str) -> Screen[Any]:
        from wargame.client.preview.screens import PreviewConsole, PreviewGame, PreviewWatch

        if base == "watch":
            return PreviewWatch()
        if base != "game":
            return super()._screen(base)
        return PreviewConsole(self._page) if self.look.controls else PreviewGame(self._page)

    def rebuild(self) -> None:
        """Makes the screen anew, on the same page: of another seat, or of a scenario that has changed."""
        self.stale = True
        self.preview_door.tell()

    def _route(self) -> None:
        if len(self.screen_stack) > 2:
            return  # once nothing lies over the game's screen any more
        if self.stale:
            self.stale = False
            self._page = getattr(self.screen, "active", "") or self._page
            self._base = ""
        super()._route()

    def came_back(self) -> None:
        """The game's screen is up again."""
        if self.stale:
            self.call_later(self.preview_door.tell)

    def draw_bars(self) -> None:
        """The designer's lines on every screen."""
        for screen in self.screen_stack:
            for bar in screen.query(Bar):
                bar.draw(len(self.opened.errors), self.saved, self.preview_door.busy, screen.size.width)
            for trouble in screen.query(Trouble):
                trouble.draw(self.opened.errors)

    # -- files --------------------------------------------------------------------------------------------------------

    def look_at_files(self) -> None:
        """Reads the scenario again when something was saved."""
        if not self.reading and self.files.changed():
            self.reading = True
            self.run_worker(self.guarded(self.reload()), group="files", exit_on_error=False)

    async def reload(self) -> None:
        """Reads the scenario and carries the game over to it; with errors the game stays, and the problems are shown."""
        try:
            opened = await asyncio.to_thread(self.files.read)
            self.opened, self.saved = opened, time.strftime("%H:%M:%S")
            program = opened.program
            if program is not None and program.digest != self.workshop.program.digest:
                self.notes = await self.preview_door.at_work("loading", lambda: self._carried(program))
                for note in self.notes[:MOST_NOTED]:
                    self.notify(say(note).plain, markup=False, timeout=8)
                if len(self.notes) > MOST_NOTED:
                    self.notify(f"{len(self.notes) - MOST_NOTED} changes more; P shows all.", markup=False, timeout=8)
        finally:
            self.reading = False
            self.draw_bars()

    def _carried(self, program: Program) -> list[str]:
        notes = self.workshop.reload(program)
        self.stale = True
        return notes

    def action_problems(self) -> None:
        """Everything that was found in the files."""
        page = Page()
        if self.opened.errors:
            page.line("The game goes on as it was last good.").gap()
        for problem in (*self.opened.errors, *self.opened.warnings):
            page.line(painted(problem)).gap()
        if self.notes:
            page.heading("What the last save changed in the game")
            for note in self.notes:
                page.line(note)
        if not len(page):
            page.line(f"Nothing is wrong, as saved {self.saved}.")
        self.push_screen(Notice("Problems of the files", page.content))

    # -- doing things -------------------------------------------------------------------------------------------------

    def begin(self, task: Coroutine[Any, Any, object]) -> None:
        """Starts something the designer asked for; what goes wrong becomes a panel."""
        self.run_worker(self.guarded(self._told(task)), group="designer", exit_on_error=False)

    async def _told(self, task: Coroutine[Any, Any, object]) -> None:
        try:
            await task
        except Unable as unable:
            self.push_screen(Notice("Not done", say((str(unable), "bold"))))

    async def work(self, words: str, work: Callable[[], object], done: str = "") -> None:
        """Does something to the game. Raises `Unable`."""
        was = self.preview_door.you
        await self.preview_door.at_work(words, work)
        if self.preview_door.you != was:
            self.rebuild()
        if done:
            self.notify(say(done).plain, markup=False, timeout=3)

    def _mine(self) -> str:
        return self.preview_door.you if self.preview_door.you in self.workshop.program.seats else ""

    def action_bots(self) -> None:
        """Bots do the rest of the phase."""
        self.begin(self.work("bots play", partial(self.workshop.bots, self._mine())))

    def action_next_phase(self) -> None:
        """The next phase."""
        self.begin(self.work("bots play", partial(self.workshop.next_phase, self._mine())))

    def action_next_turn(self) -> None:
        """The next turn."""
        self.begin(self.work("bots play", self.workshop.next_turn))

    def action_undo(self) -> None:
        """Takes the last step back."""
        self.begin(self._undo())

    async def _undo(self) -> None:
        did = await self.preview_door.at_work("going back", self.workshop.undo)
        self.notify(say(f"Taken back: {did}").plain, markup=False, timeout=3)

    def action_restart(self) -> None:
        """A new game."""
        self.begin(self._restart())

    async def _restart(self) -> None:
        text = say("The game begins again, with the same luck. Z takes it back.")
        if await self.push_screen_wait(Confirm("Start again?", text, "start again")) is not None:
            await self.work("starting", self.workshop.restart)

    def action_seat(self) -> None:
        """Other eyes."""
        self.begin(self._seat())

    async def _seat(self) -> None:
        look = self.look
        listed = [Row(each, say(look.title(each), (f"  {each}", "$quiet"))) for each in self.preview_door.places]
        picked = await self.push_screen_wait(Choose("Whose eyes?", listed, search=True, verb="look"))
        if picked is not None and picked != self.preview_door.you:
            self.preview_door.you = picked
            self.rebuild()

    # -- the designer's hand ------------------------------------------------------------------------------------------

    def action_why(self) -> None:
        """The reasons."""
        from wargame.client.preview.why import WhyScreen

        if not any(isinstance(screen, WhyScreen) for screen in self.screen_stack):
            self.push_screen(WhyScreen())

    def action_deal(self) -> None:
        """Deals a card."""
        self.begin(self._deal())

    async def _deal(self) -> None:
        from wargame.client.preview.why import account_page, rows

        accounts = await asyncio.to_thread(self.workshop.accounts, self.preview_door.viewer)
        cards = {f"card {each.id}": each for each in accounts if each.kind == "card"}

        async def about(row: str) -> Content:
            return account_page(cards[row])

        picked = await self.push_screen_wait(
            Choose("Deal a card now", rows(list(cards.values()), 68), about=about, search=True, verb="deal it")
        )
        if picked is not None:
            await self.deal_card(cards[picked].id)

    async def deal_card(self, card: str) -> None:
        """Deals a card, after asking what its names are bound to. Raises `Unable`."""
        program = self.workshop.program
        entry = program.cards[program.card_index[card]]
        bound: dict[str, str] = {}
        for variable, bind in zip(entry.variables, entry.binds, strict=True):
            found = "as the card finds it" if bind is not None else "nobody"
            listed = [Row(FOUND, say((found, "$quiet")))]
            listed += [
                Row(each, say(self.look.name(each), (f"  {each}", "$quiet"))) for each in self.workshop.members(variable)
            ]
            picked = await self.push_screen_wait(Choose(f"{entry.model.title}: {variable.name}", listed, search=True))
            if picked is None:
                return
            if picked != FOUND:
                bound[variable.name] = picked
        await self.work("dealing", lambda: self.workshop.deal(card, bound), f"Dealt: {entry.model.title}")

    def action_value(self) -> None:
        """Sets a value."""
        self.begin(self._value())

    async def _value(self) -> None:
        shop = self.workshop
        slots = {slot.name: slot for slot in shop.settable()}
        listed = [
            Row(name, say(name, (f"  {shop.value_of(slot)}", "bold"), (f"  {slot.label}", "$quiet")))
            for name, slot in slots.items()
        ]
        picked = await self.push_screen_wait(Choose("Which value?", listed, search=True))
        if picked is None:
            return
        slot, options = slots[picked], shop.options(slots[picked])
        if options:
            value = await self.push_screen_wait(
                Choose(f"{picked} is {shop.value_of(slot)}", [Row(each, say(each)) for each in options])
            )
        else:
            intro = say((f"{picked}", "bold"), f" is {shop.value_of(slot)}. New value, {slot.lo} to {slot.hi}:")
            wrong = partial(refusal, lambda text: shop.read_value(slot, text))
            value = await self.push_screen_wait(Write("Set a value", intro, yes="set it", wrong=wrong, most=12))
        if value is not None:
            await self.work("setting", lambda: shop.set_value(picked, value), f"{picked} = {value.strip()}")

    def action_jump(self) -> None:
        """Jumps to a turn and phase."""
        self.begin(self._jump())

    async def _jump(self) -> None:
        program, now = self.workshop.program, self.workshop.moment
        listed = []
        for turn in range(1, program.scenario.turns.count + 1):
            listed.append(Row(f"heading {turn}", say((f"Turn {turn}", "bold $accent")), heading=True))
            for phase in program.phases:
                here = (turn, phase.index) == now
                words = say(f"{phase.model.label}", (f"  turn {turn}, {phase.id}", "$quiet"), ("  now" if here else "", "bold"))
                listed.append(Row(f"{turn} {phase.index}", words))
        intro = say("Forward bots play all seats. Back goes to where this game was.")
        picked = await self.push_screen_wait(Choose("Jump to", listed, intro=intro, search=True, verb="jump"))
        if picked is not None:
            to = [int(each) for each in picked.split()]
            await self.work("bots play", partial(self.workshop.jump, *to))

    def action_evaluate(self) -> None:
        """Evaluates expressions."""
        from wargame.client.preview.line import TryLine

        async def take(text: str) -> Content | None:
            return None if refusal(self._evaluated, text) else say((text.strip(), "bold"), " = ", self._evaluated(text))

        self._try(partial(TryLine, "Evaluate", EXPRESSION, self._shown(self._evaluated), take, verb="keep it"), "evaluate")

    def _evaluated(self, text: str) -> Content:
        reading = self.workshop.evaluate(text, self.preview_door.viewer)
        page = Page().line((reading.value, "bold $success"))
        for name in reading.names:
            page.line(("  ", ""), (name, "$quiet"))
        return page.content

    def action_effects(self) -> None:
        """Carries effects out."""
        from wargame.client.preview.line import TryLine

        async def take(text: str) -> Content | None:
            lines = list[list[Any]]()
            try:
                await self.work(
                    "carrying out", lambda: lines.extend(self.workshop.apply_effects(text, self.preview_door.viewer))
                )
            except Unable:
                return None
            return Page().line((text.strip(), "bold")).lines(lines, 1).content

        self._try(partial(TryLine, "Effects", EFFECTS, self._shown(self._foreseen), take, verb="carry out"), "effects")

    def _foreseen(self, text: str) -> Content:
        return Page().lines(self.workshop.try_effects(text, self.preview_door.viewer)).content

    @staticmethod
    def _shown(look: Callable[[str], Content]) -> Callable[[str], Content]:
        """The same, with what is wrong instead of an error."""

        def shown(text: str) -> Content:
            try:
                return look(text)
            except Unable as unable:
                return painted(str(unable))

        return shown

    def _try(self, make: Callable[..., Screen[None]], key: str) -> None:
        draft = f"preview.{key}"
        self.push_screen(make(draft=self.draft(draft), kept=lambda text: self.keep(draft, text)))


def refusal(read: Callable[[str], object], text: str) -> str:
    """Why a text cannot be read; empty if it can."""
    try:
        read(text)
    except Unable as unable:
        return str(unable)
    return ""
