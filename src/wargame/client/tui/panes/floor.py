"""The floor: the motion, who leans where, your position."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page, fit, glyphs, owner
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.widgets.note import Note, Reader

POSITIONS = {"aye": "Aye", "nay": "Nay", "": "no position"}


class FloorPane(Pane):
    """The motion of this turn above, your draft beneath."""

    DEFAULT_CSS = """
    FloorPane #motion { height: 1fr; }
    FloorPane #position { height: auto; border-top: solid $panel; padding: 0 1; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("floor.aye", ("y",), "aye", "Your position: aye", "take('aye')"),
        Command("floor.nay", ("x",), "nay", "Your position: nay", "take('nay')"),
        Command("floor.more", ("plus", "equals_sign"), "lobby", "Spend one more on lobbying", "lobby(1)"),
        Command(
            "floor.less",
            ("minus",),
            "less",
            "Spend one less on lobbying (below 0: against the motion)",
            "lobby(-1)",
            footer=False,
        ),
        Command("floor.veto", ("v",), "veto", "Threaten a veto, or not", "veto"),
        Command("floor.send", ("a", "enter"), "enter it", "Enter your position (asks first)", "enter"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Each bloc votes by its lean, a chance in 100 that it says aye, shown as far as you can know it; lobbying "
        "moves the leans. "
        "A bloc that belongs to a seat votes as that seat says."
    )
    MAIN = "#motion"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._motion: tuple[int, str] = (0, "")
        self._changed: dict[str, object] = {}
        self._preview: Body = {}

    def compose(self) -> ComposeResult:
        """Motion and position."""
        with Vertical():
            yield Reader(id="motion")
            yield Note(id="position")

    def draw(self, look: Look) -> None:
        """Draws both."""
        motion = look.data.get("motion")
        now = (look.turn, str(motion["id"])) if motion else (look.turn, "")
        if now != self._motion:
            self._motion, self._changed, self._preview = now, {}, {}
            if motion:
                self.work(self._ask(str(motion["id"])))
        self.query_one("#motion", Reader).show(motion_page(look, motion, self._preview).content)
        self.tell("#position", self._position(look).content)

    async def _ask(self, motion: str) -> None:
        self._preview = await self.preview(motion=motion)
        if self.look is not None:
            self.draw(self.look)

    def _draft(self, look: Look) -> dict[str, object]:
        entered = look.data.get("floor") or {}
        draft = {"lobby": entered.get("lobby") or 0, "position": entered.get("position"), "veto": bool(entered.get("veto"))}
        return {**draft, **self._changed}

    def _position(self, look: Look, final: bool = False) -> Page:
        page = Page()
        offer = look.offer("floor")
        if offer is None:
            return page.line(("You have no say on a motion now.", "$quiet"))
        if not offer.get("ok", True):
            return page.line((str(offer.get("why") or "Not now."), "$warning"))
        draft = self._draft(look)
        entered = bool(look.data.get("floor"))
        parts: list[tuple[str, str]] = []
        if offer.get("position"):
            parts += [("Position: ", "$quiet"), (POSITIONS[str(draft["position"] or "")] + "   ", "bold")]
        low, high = offer.get("lobby") or (0, 0)
        if high or low:
            parts += [("Lobbying: ", "$quiet"), (f"{draft['lobby']:+} ", "bold"), (f"({low} to {high})   ", "$quiet")]
        if offer.get("veto"):
            parts += [("Veto: ", "$quiet"), ("threatened   " if draft["veto"] else "no   ", "bold")]
        page.line(*parts)
        if final:
            return page
        if self._changed or not entered:
            return page.line((f"{glyphs().arrow} not entered yet: press a", "bold $warning"))
        return page.line((f"{glyphs().check} entered", "bold $success"))

    def _alter(self, key: str, value: object) -> None:
        if self.look is not None and self.look.may("floor"):
            self._changed[key] = value
            self.draw(self.look)

    def action_take(self, position: str) -> None:
        """Takes a position; once more takes none."""
        offer = self.look.offer("floor") if self.look is not None else None
        if self.look is not None and offer is not None and offer.get("position"):
            self._alter("position", None if self._draft(self.look)["position"] == position else position)

    def action_lobby(self, by: int) -> None:
        """Spends more or less."""
        offer = self.look.offer("floor") if self.look is not None else None
        if self.look is not None and offer is not None:
            low, high = offer.get("lobby") or (0, 0)
            now = self._draft(self.look)["lobby"]
            self._alter("lobby", max(low, min(high, (now if isinstance(now, int) else 0) + by)))

    def action_veto(self) -> None:
        """Threatens a veto, or not."""
        offer = self.look.offer("floor") if self.look is not None else None
        if self.look is not None and offer is not None and offer.get("veto"):
            self._alter("veto", not self._draft(self.look)["veto"])

    def action_enter(self) -> None:
        """Asks for the second yes, then enters it."""
        if self.look is not None and self.look.may("floor"):
            self.work(self._enter(self.look))

    async def _enter(self, look: Look) -> None:
        draft = self._draft(look)
        motion = look.data.get("motion") or {}
        page = self._position(look, final=True)
        page.gap().line("Lobbying is paid when the vote is taken.")
        if (
            await self.app.push_screen_wait(Confirm(f"Your say on “{motion.get('label', '')}”", page.content, "enter it"))
            is None
        ):
            return
        body = {"do": "floor", "lobby": draft["lobby"], "position": draft["position"], "veto": draft["veto"]}
        if await self.send(body, look.seen, "Entered. You can change it until the vote."):
            self._changed = {}
            if self.look is not None:
                self.draw(self.look)


def motion_page(look: Look, motion: Body | None, preview: Body) -> Page:
    """The motion, the blocs, what passing and failing do."""
    page = Page()
    if not motion:
        return page.line(("Nothing is on the floor this turn.", "$quiet"))
    page.line((str(motion["label"]), "bold $accent"))
    if motion.get("by"):
        page.line(("Brought by ", "$quiet"), owner(look, motion["by"]))
    page.gap().line(str(motion.get("text", "")))
    blocs = motion.get("blocs") or ()
    total = sum(int(bloc.get("votes", 0)) for bloc in blocs)
    page.heading(f"Votes: {motion.get('ayes')} of {total} needed")
    veto = motion.get("veto")
    if veto:
        page.line(
            ("Against a veto of ", "$quiet"), owner(look, veto.get("by"), look.short(veto.get("by"))), f": {veto.get('ayes')}"
        )
    for bloc in blocs:
        lean = (preview.get("leans") or {}).get(bloc.get("id"))
        if lean is None:
            words = "lean not known" if not bloc.get("seat") else ""
        else:
            low, high = lean
            words = f"aye {low}%" if low == high else f"aye {low}-{high}%"
        seat = owner(look, bloc["seat"], f"votes as {look.short(bloc['seat'])} says ") if bloc.get("seat") else ""
        page.line(
            fit(str(bloc["label"]), 24),
            (f" {bloc.get('votes')} ", "bold"),
            (glyphs().full * int(bloc.get("votes", 0)), "$primary"),
            "  ",
            seat,
            words,
        )
    for key, title in (("passes", "If it passes"), ("fails", "If it fails")):
        if preview.get(key):
            page.heading(title).lines(preview[key])
    if "error" in preview:
        page.gap().line((str(preview["error"]), "$warning"))
    return page
