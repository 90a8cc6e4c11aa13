"""The floor: the motion, who leans where, your position."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.team import Team
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page, fit, glyphs, owner
from wargame.client.tui.panes.base import Pane, suggested
from wargame.client.tui.widgets.brief import POSITIONS, VETO
from wargame.client.tui.widgets.note import Note, Reader

LEAST_LEAN, MOST_LEAN = 2, 97  # the rules keep every free vote open


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
        "Each free vote of a bloc is cast by its lean, a chance in 100 of an aye, shown as far as you can know it; lobbying "
        "moves every lean and is paid from your main resource when the vote is taken. A bloc that belongs to a seat votes as "
        "that seat says, aye if it says nothing. Enter your position with a, then press e when you are done."
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
        self.query_one("#motion", Reader).show(motion_page(look, motion, self._preview, self._draft(look)).content)
        self.tell("#position", self._position(look).content)

    async def _ask(self, motion: str) -> None:
        self._preview = await self.preview(motion=motion)
        if self.look is not None:
            self.draw(self.look)

    def commands(self) -> tuple[Command, ...]:
        """Nothing without a motion on which this seat has a say; then what it has a say in."""
        offer = self.look.offer("floor") if self.look is not None else None
        if offer is None or not offer.get("ok", True):
            return ()
        gone = set() if offer.get("position") else {"floor.aye", "floor.nay"}
        gone |= set() if offer.get("veto") else {"floor.veto"}
        gone |= set() if any(offer.get("lobby") or ()) else {"floor.more", "floor.less"}
        return tuple(command for command in self.COMMANDS if command.id not in gone)

    def _draft(self, look: Look) -> dict[str, object]:
        own = Team.of(look).own("floor")
        entered = own["body"] if own is not None else look.data.get("floor") or {}
        draft = {"lobby": entered.get("lobby") or 0, "position": entered.get("position"), "veto": bool(entered.get("veto"))}
        return {**draft, **self._changed}

    def _position(self, look: Look, final: bool = False) -> Page:
        page = Page()
        offer = look.offer("floor")
        if offer is None:
            return page.line((phrase("You have no say on a motion now."), "$quiet"))
        if not offer.get("ok", True):
            return page.line((str(offer.get("why") or phrase("Not now.")), "$warning"))
        draft = self._draft(look)
        if offer.get("position"):
            page.line(
                (phrase("Your votes: "), "$quiet"),
                (phrase(POSITIONS[str(draft["position"] or "")]), "bold"),
                (phrase("  y aye, x nay"), "$quiet"),
            )
        low, high = offer.get("lobby") or (0, 0)
        if high or low:
            shift = self._preview.get("per_point")
            points, purse = draft["lobby"] if isinstance(draft["lobby"], int) else 0, look.purse_words(look.you)
            words = phrase(" (costs {points} {purse}", points=abs(points), purse=purse) + (
                phrase(", moves every lean by {points:+}%)", points=points * shift) if shift else ")"
            )
            more = (
                phrase("  + - from {low} to {high}, each moves the leans by {shift}%", low=low, high=high, shift=shift)
                if shift
                else phrase("  + - from {low} to {high}", low=low, high=high)
            )
            page.line(
                (phrase("Lobbying: "), "$quiet"),
                (f"{points:+}", "bold"),
                words if points else "",
                ("" if final or points else more, "$quiet"),
            )
        if offer.get("veto"):
            page.line(
                (phrase("Veto: "), "$quiet"),
                (phrase(VETO[bool(draft["veto"])]), "bold"),
                ("" if final else phrase("  v changes it"), "$quiet"),
            )
        if final:
            return page
        entered = look.data.get("floor") or {}
        suggested(Team.of(look), "floor", page)
        if self._changed:
            return page.line((phrase("{arrow} not entered yet: press a", arrow=glyphs().arrow), "bold $warning"))
        if entered.get("lobby") or entered.get("position"):
            return page.line((phrase("{check} entered; press e when you are done", check=glyphs().check), "bold $success"))
        return page.line((phrase("You have changed nothing: this stands unless you do. Press e when you are done."), "$quiet"))

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
        if any((look.offer("floor") or {}).get("lobby") or ()):
            page.gap().line(phrase("Lobbying is paid when the vote is taken."))
        yes = Team.of(look).verb(phrase("enter it"))
        if (
            await self.app.push_screen_wait(
                Confirm(phrase("Your say on “{label}”", label=motion.get("label", "")), page.content, yes)
            )
            is None
        ):
            return
        body = {"do": "floor", "lobby": draft["lobby"], "position": draft["position"], "veto": draft["veto"]}
        if await self.send(body, look.seen, phrase("Entered. You can change it until the vote.")):
            self._changed = {}
            if self.look is not None:
                self.draw(self.look)


def motion_page(look: Look, motion: Body | None, preview: Body, draft: dict[str, object] | None = None) -> Page:
    """The motion, the blocs, the chance that it passes with the viewer's draft, what passing and failing do."""
    page = Page()
    if not motion:
        page.line((phrase("Nothing is on the floor this turn."), "bold"))
        page.line(
            (
                phrase("A motion comes to the floor when an order or a card calls a vote; the vote is taken after the orders."),
                "$quiet",
            )
        )
        known = look.catalog.get("motions") or ()
        if known:
            page.heading(phrase("Motions there may be"))
            for entry in known:
                page.gap().line((str(entry["label"]), "bold")).line(str(entry.get("text") or ""))
        return page
    page.line((str(motion["label"]), "bold $accent"))
    if motion.get("by"):
        page.line((phrase("Brought by "), "$quiet"), owner(look, motion["by"]))
    page.gap().line(str(motion.get("text", "")))
    blocs = motion.get("blocs") or ()
    total = sum(int(bloc.get("votes", 0)) for bloc in blocs)
    page.heading(phrase("Votes: {ayes} of {total} needed", ayes=motion.get("ayes"), total=total))
    veto = motion.get("veto")
    if veto:
        page.line(
            (phrase("Against a veto of "), "$quiet"),
            owner(look, veto.get("by"), look.short(veto.get("by"))),
            f": {veto.get('ayes')}",
        )
    for bloc in blocs:
        low, high = bloc_lean(look, bloc, preview, draft or {})
        words = phrase("aye {low}%", low=low) if low == high else phrase("aye {low}-{high}%", low=low, high=high)
        if bloc.get("seat"):
            words = "" if bloc["seat"] != look.you else phrase(POSITIONS[str((draft or {}).get("position") or "")])
        elif bloc.get("id") not in (preview.get("leans") or {}):
            words = phrase("lean not known")
        says = (
            phrase("votes as you say: ")
            if bloc.get("seat") == look.you
            else phrase("votes as {short} says", short=look.short(bloc.get("seat")))
        )
        seat = owner(look, bloc["seat"], says) if bloc.get("seat") else ""
        page.line(
            fit(str(bloc["label"]), 28),
            (f" {bloc.get('votes')} ", "bold"),
            (glyphs().full * int(bloc.get("votes", 0)), "$primary"),
            "  ",
            seat,
            words,
        )
    if preview.get("leans") is not None:
        for words, needed in (("passes", motion.get("ayes")), (phrase("passes against a veto"), (veto or {}).get("ayes"))):
            if needed is not None:
                leans = [(int(bloc.get("votes", 0)), *bloc_lean(look, bloc, preview, draft or {})) for bloc in blocs]
                low = chance_of([(votes, lean) for votes, lean, _ in leans], int(needed))
                high = chance_of([(votes, lean) for votes, _, lean in leans], int(needed))
                told = f"{low}%" if low == high else f"{low}-{high}%"
                page.line(
                    (phrase("Chance that it {words}: ", words=words), "$quiet"),
                    (told, "bold"),
                    (phrase(", as far as you can know"), "$quiet"),
                )
    for key, title in (("passes", phrase("If it passes")), ("fails", phrase("If it fails"))):
        if preview.get(key):
            page.heading(title).lines(preview[key])
    if "error" in preview:
        page.gap().line((str(preview["error"]), "$warning"))
    return page


def bloc_lean(look: Look, bloc: Body, preview: Body, draft: dict[str, object]) -> tuple[int, int]:
    """The chance of an aye of each vote of a bloc in per cent, lowest and highest, with the viewer's own draft.

    The bloc of another seat, and one whose lean is not known, may go either way.
    """
    if bloc.get("seat"):
        if bloc["seat"] != look.you:
            return 0, 100
        return (0, 0) if draft.get("position") == "nay" else (100, 100)
    lean = (preview.get("leans") or {}).get(bloc.get("id"))
    if lean is None:
        return 0, 100
    points = draft.get("lobby")
    shift = points * int(preview.get("per_point") or 0) if isinstance(points, int) else 0
    low, high = (min(MOST_LEAN, max(LEAST_LEAN, int(each) + shift)) for each in lean)
    return low, high


def chance_of(leans: list[tuple[int, int]], needed: int) -> int:
    """The chance in per cent of at least so many ayes; `leans`: (votes, per cent of an aye for each of them)."""
    odds = [1.0]  # odds[n]: of exactly n ayes so far
    for votes, lean in leans:
        for _ in range(votes):
            aye = lean / 100
            odds = [
                (odds[ayes] * (1 - aye) if ayes < len(odds) else 0.0) + (odds[ayes - 1] * aye if ayes else 0.0)
                for ayes in range(len(odds) + 1)
            ]
    return round(100 * sum(odds[max(0, needed) :]))
