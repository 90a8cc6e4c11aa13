"""The client: owns the session, the drafts and the look, and decides which screen is up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import ModalScreen, Screen

from wargame.client.content import Spared
from wargame.client.door import PUBLIC, Body, Door, Glance, Stage
from wargame.client.drafts import Drafts
from wargame.client.look import Look
from wargame.client.speech import phrase, speak_like
from wargame.client.team import ALONE, Team, told
from wargame.client.trouble import next_step
from wargame.client.tui.ascii import CSS as ASCII_CSS
from wargame.client.tui.ascii import draw_bars
from wargame.client.tui.command import rebind
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.notice import Notice
from wargame.client.tui.paint import plain, say, use_ascii
from wargame.client.tui.theme import THEMES
from wargame.client.watching import Watching

OpenDoor = Callable[[str, str], Door]  # (address as typed, name); raises AddressError


class ClientApp(App[int]):
    """The terminal client. Runs on any `Door`."""

    CSS = (
        """
    BaseScreen { background: $background; color: $foreground; layers: base cover; }
    ToastRack { align-horizontal: right; }
    Input > .input--placeholder, TextArea > .text-area--placeholder { color: $quiet; }
    TextArea > .text-area--gutter, TextArea > .text-area--cursor-gutter { color: $quiet; }
    """
        + ASCII_CSS
    )
    TITLE = "wargame"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "quit", "leave", show=False, priority=True),
        Binding("ctrl+t", "next_theme", "colours", show=False),
    ]

    def __init__(
        self,
        door: Door | Callable[[], Door] | None = None,
        *,
        open_door: OpenDoor | None = None,
        address: str = "",
        name: str = "",
        theme: str = "dark",
        ascii_only: bool = False,
        folder: Path | None = None,
        server: str = "",
        watching: Watching | None = None,
        greeting: str = "",
    ) -> None:
        """`greeting`: something to say once, when it starts."""
        super().__init__()
        rebind(self)
        use_ascii(ascii_only)
        draw_bars(ascii_only)
        self.set_class(ascii_only, "-ascii")
        self.open_door, self.first_address, self.first_name = open_door, address, name
        self.door: Door | None = None
        self.look = Look(Glance())
        self.drafts: Drafts | None = None
        self.spared = Spared(folder)
        self.sending = 0
        self.watching = watching or Watching()
        self._first_door, self._folder, self.server = door, folder, server
        self._greeting = greeting
        self._base, self._page = "", ""  # the kind of screen that is up, and the page it begins with
        self._whose = ("", "")  # table and viewer whose game is on the screen
        self._drafts_of = ("", "")
        self._end: Callable[[], None] | None = None
        self._told_closed = False
        self._moving = self._waited = False  # told of another place, or waiting for one, and not there yet
        self._place = ("", "", "")  # table, person and seat, as told last
        for each in THEMES.values():
            self.register_theme(each)
        self.theme = THEMES.get(theme, THEMES["dark"]).name

    # -- the session --------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Opens the door, or asks where it is."""
        if self._greeting:
            self.notify(self._greeting, severity="warning", markup=False, timeout=15)
        if self._first_door is not None:
            self.enter(self._first_door() if callable(self._first_door) else self._first_door)
        else:
            self._show("join")

    def enter(self, door: Door) -> None:
        """Takes a session and shows it."""
        if self._end is not None:
            self._end()
        self.door, self._told_closed = door, False
        self._end = door.listen(lambda names: self._heard(door, names))
        self.run_worker(self.guarded(door.run()), group="door", exclusive=True, exit_on_error=False)
        self._heard(door, frozenset({"connection", "mirror", "offers", "room", "lobby", "welcome"}))

    def _heard(self, door: Door, names: frozenset[str]) -> None:
        if door is not self.door or not self.is_running:
            return
        self.look = Look(door.glance())
        if self.look.catalog:
            speak_like(str(self.look.catalog.get("scenario", {}).get("language", "")))
        self._open_drafts()
        self._route()
        self._tell_place(names)
        for screen in list(self.screen_stack):
            know = getattr(screen, "know", None)
            if know is not None and screen.is_mounted:
                know(self.look, names)

    def _tell_place(self, names: frozenset[str]) -> None:
        """Whoever was let in, or was given another place, is told where they are, once they are there."""
        glance = self.look.glance
        self._moving = self._moving or "moved" in names
        self._waited = self._waited or glance.connection.stage is Stage.LOBBY
        if "welcome" not in names or not self.look.plays:
            return
        before, self._place = self._place, (glance.table, glance.person, self.look.you)
        words = ""
        if self._moving or (glance.person and before[1] == glance.person and before != self._place):
            words = glance.moved if self._moving and glance.moved else phrase("The facilitator has given you another place.")
        elif self._waited:
            words = phrase("You are in.")
        self._moving = self._waited = False
        if words:
            place = say(phrase("{words} You are now ", words=words), (self.look.title(self.look.you), "bold"), ".")
            self.notify(place.plain, title=phrase("Your place"), markup=False, timeout=12)

    def _open_drafts(self) -> None:
        look = self.look
        if not look.glance.you or not look.glance.data:
            return
        game = f"{self.server}|{look.glance.table}|{look.data.get('commitment', '')}"
        if self._drafts_of != (game, look.you):
            self._drafts_of = (game, look.you)
            self.drafts = Drafts(game, look.you, self._folder)

    def _route(self) -> None:
        glance = self.look.glance
        if glance.data and glance.catalog:
            whose = (glance.table, self.look.you)
            if self._whose != whose and self._base in ("game", "watch") and self._whose != ("", ""):
                # Another table or seat: its pages are made anew, so that nothing of the other is left in a field.
                self._page = getattr(self.screen_stack[1], "active", "") if len(self.screen_stack) > 1 else ""
                self._base = ""
            self._whose = whose
            self._show("watch" if self.look.you == PUBLIC else "game")
        elif self._base != "join" or glance.connection.stage is Stage.LOBBY:
            self._show("lobby")
        if glance.connection.stage is Stage.CLOSED and not self._told_closed:
            self._told_closed = True
            if self._base != "join":
                self.run_worker(self._offer_return(), group="closed", exclusive=True, exit_on_error=False)

    async def _offer_return(self) -> None:
        connection = self.look.glance.connection
        text = say(
            connection.reason or phrase("The connection is closed."),
            "\n\n",
            (phrase("Your drafts are kept on this machine."), "$quiet"),
        )
        yes = phrase("connect again") if connection.again or self.open_door is None else phrase("enter an address or code")
        answer = await self.push_screen_wait(Confirm(phrase("The connection is closed"), text, yes))
        if answer is None or self.door is None:
            return
        if connection.again or self.open_door is None:
            self.enter(self.door)
        else:
            self._show("join")

    def _show(self, base: str) -> None:
        if base == self._base:
            return
        self._base = base
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(self._screen(base))

    def _screen(self, base: str) -> Screen[Any]:
        """Screens are imported when they are first needed, so that the client starts at once."""
        if base == "join":
            from wargame.client.tui.screens.join import JoinScreen

            return JoinScreen(self.first_address, self.first_name)
        if base == "lobby":
            from wargame.client.tui.screens.lobby import LobbyScreen

            return LobbyScreen()
        if base == "watch":
            from wargame.client.tui.screens.watch import WatchScreen

            return WatchScreen()
        if self.look.controls:
            from wargame.client.tui.screens.console import ConsoleScreen

            return ConsoleScreen(self._page)
        from wargame.client.tui.screens.player import PlayerScreen

        return PlayerScreen(self._page)

    # -- for pages ----------------------------------------------------------------------------------------------------

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """Puts a question and waits for the answer; None, as if it was called off, while another question is up.

        Keys that come faster than a question opens still go to the screen below it and would put a second one on top.
        """
        await self._flush_next_callbacks()
        if isinstance(self.screen, ModalScreen):
            return None
        return await asyncio.shield(self.push_screen(screen, wait_for_dismiss=True, mode=mode))

    async def guarded(self, task: Coroutine[Any, Any, object]) -> None:
        """Runs something; an error in it becomes a panel, not the end of the client."""
        try:
            await task
        except Exception as problem:
            words = f"{type(problem).__name__}: {problem}"
            text = say(
                phrase("Something in this client went wrong. Your seat and your drafts are safe.\n\n"), (words, "$warning")
            )
            text = text + say(
                phrase("\n\nTry it again; if it stays so, leave with ctrl+q, join again, and pass these words on.")
            )
            self.push_screen(Notice(phrase("An error in the client"), text))

    async def send(self, body: Body, seen: tuple[int, str], done: str = "") -> bool:
        """Sends a command; a refusal becomes a panel. What went through says `done`, or what a team has to do with it."""
        if self.door is None:
            return False
        before = Team.of(Look(self.door.glance())) if body.get("do") not in ALONE else Team()
        self.sending += 1
        self._redraw()
        try:
            outcome = await self.door.do(body, seen=seen)
        finally:
            self.sending -= 1
            self._redraw()
        if outcome.ok:
            words = told(before, Team.of(Look(self.door.glance())), done) if self.door is not None else done
            if words:
                self.notify(say(words).plain, markup=False, timeout=6 if before.together else 3)
            return True
        step = next_step(outcome.code)
        reason = outcome.reason or phrase("The server did not say why.")
        self.push_screen(Notice(phrase("Not done"), say((reason, "bold"), "\n\n", step)))
        return False

    async def ask(self, body: Body) -> Body:
        """Puts a question."""
        return await self.door.ask(body) if self.door is not None else {"error": phrase("There is no connection.")}

    async def manage(self, body: Body, done: str = "") -> Body:
        """The facilitator's hand; an error becomes a panel."""
        if self.door is None:
            return {"error": phrase("There is no connection.")}
        answer = await self.door.manage(body)
        if "error" in answer:
            self.push_screen(
                Notice(phrase("Not done"), say((str(answer["error"]), "bold"), phrase("\n\nLook at the room and try again.")))
            )
        elif done:
            self.notify(say(done).plain, markup=False, timeout=3)
        return answer

    def draft(self, key: str) -> str:
        """A text begun before."""
        return self.drafts.text(key) if self.drafts is not None else ""

    def keep(self, key: str, text: str) -> None:
        """Keeps a text as it is typed."""
        if self.drafts is None:
            return
        safe = self.drafts.safe
        self.drafts.put(key, text)
        if safe and not self.drafts.safe:
            self.notify(
                phrase("Drafts cannot be written to this disk; they last until you leave."), severity="warning", markup=False
            )

    def sent(self, *keys: str) -> None:
        """Drops drafts that were sent."""
        if self.drafts is not None:
            self.drafts.clear(*keys)

    def done(self, *keys: str) -> None:
        """Drops drafts of what the seat has done. What only lies on a team's table is kept: it may have to be sent again."""
        if not Team.of(self.look).together:
            self.sent(*keys)

    def _redraw(self) -> None:
        for screen in list(self.screen_stack):
            redraw = getattr(screen, "draw_head", None)
            if redraw is not None and screen.is_mounted:
                redraw()

    # -- leaving, colours, palette ------------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Asks; the same key again is the yes."""
        from wargame.client.tui.dialogs.leave import Leave

        if isinstance(self.screen, Leave):
            self.screen.action_yes()
            return
        self.push_screen(Leave(self.look.you == "white_cell"), self._left)

    def _left(self, yes: bool | None) -> None:
        if yes:
            self.run_worker(self._go(), group="leave", exit_on_error=False)

    async def _go(self) -> None:
        door, self.door = self.door, None  # what it says from now on is no news
        if door is not None:
            await door.close()
        self.exit(0)

    def action_next_theme(self) -> None:
        """The next set of colours."""
        names = [theme.name for theme in THEMES.values()]
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]
        self.notify(
            phrase("Colours: {removeprefix}", removeprefix=self.theme.removeprefix("wargame-")), markup=False, timeout=2
        )

    def action_command_palette(self) -> None:
        """All commands, to search."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(id="--command-palette", placeholder=plain(phrase("Search for commands …"))))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: the commands of the screen that is up, and the colours."""
        listed = getattr(screen, "listed", None)
        if listed is not None:
            for node, command in listed():
                yield SystemCommand(
                    f"{command.words} ({command.key})",
                    command.id,
                    lambda node=node, command=command: self.call_later(self._run, node, command.action),
                )
        yield SystemCommand(
            phrase("Next colours (ctrl+t)"), phrase("dark, light, high contrast, colour-blind safe"), self.action_next_theme
        )
        yield SystemCommand(
            phrase("Leave (ctrl+q)"), phrase("asks again; seat and drafts are kept"), lambda: self.call_later(self.action_quit)
        )

    async def _run(self, node: Any, action: str) -> None:
        await self.run_action(action, default_namespace=node)
