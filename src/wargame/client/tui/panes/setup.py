"""Before turn 1: secret choices and placements."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList

from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look, to_place
from wargame.client.speech import phrase
from wargame.client.team import Team
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page, glyphs, say
from wargame.client.tui.panes.base import Pane, suggested
from wargame.client.tui.panes.map import area_page
from wargame.client.tui.widgets.brief import briefing_page
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker, Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host


class SetupPane(Pane):
    """Decisions on the left, what each means on the right."""

    DEFAULT_CSS = """
    SetupPane #decisions { width: 36; }
    .-wide SetupPane #decisions { width: 48; }
    SetupPane #meaning { width: 1fr; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("setup.choose", ("a",), "choose", "Choose the option, or mark the area, under the cursor", "choose"),
        Command("setup.clear", ("x",), "clear areas", "Take back the areas marked", "clear"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Secret decisions before turn 1. Nobody else sees them. Choose an option, mark the areas for your placements "
        "(they are entered as you mark them), and seal with e. "
        "What you leave open is decided by chance or by the default."
    )
    MAIN = "#decisions"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._marked: dict[str, list[str]] = {}  # marked, and not yet acknowledged
        self._sending: set[str] = set()

    def compose(self) -> ComposeResult:
        """Decisions and meaning."""
        with Horizontal():
            yield Picker(id="decisions", classes="left")
            yield Reader(id="meaning")

    def draw(self, look: Look) -> None:
        """Draws both."""
        draft, team = look.data.get("setup") or {}, Team.of(look)
        rows: list[Row] = [Row("read", say((f"{glyphs().bullet} ", "$quiet"), phrase("Read your briefing")))]
        for offer in look.offers("choose"):
            rows.append(Row(f"head:{offer['choice']}", say((str(offer["label"]), "bold $accent")), heading=True))
            taken = (draft.get("choices") or {}).get(offer["choice"])
            for option in offer.get("options", ()):
                on = option["id"] == taken
                open_ = [each for each in team.about(f"choice {offer['choice']}") if each["body"].get("option") == option["id"]]
                more = phrase("  {ring} suggested: {count}", ring=glyphs().ring, count=team.count(open_[0])) if open_ else ""
                rows.append(
                    Row(
                        f"choose:{offer['choice']}:{option['id']}",
                        say(
                            (f"{glyphs().dot if on else glyphs().ring} ", "$success"),
                            (str(option["label"]), "bold" if on else ""),
                            (more, "$warning"),
                        ),
                    )
                )
        for offer in look.offers("place"):
            which = str(offer["placement"])
            placed = self._placed(look, which)
            title = phrase("{label}: {count} of {to_place} ", label=offer["label"], count=len(placed), to_place=to_place(offer))
            title += phrase("suggested") if team.own(f"placement {which}") is not None else phrase("marked")
            rows.append(Row(f"head:place:{which}", say((title, "bold $accent")), heading=True))
            for area in offer.get("areas", ()):
                number = placed.count(str(area))
                rows.append(
                    Row(
                        f"place:{which}:{area}",
                        say(
                            (f"{glyphs().check if number else ' '}{number if number > 1 else ' '} ", "$success"),
                            look.name(area),
                        ),
                    )
                )
        if look.paused:
            words = phrase("The clock is stopped. Your decisions are kept and come back with it.")
            rows.append(Row("paused", say((words, "$warning")), heading=True))
        self.query_one("#decisions", Picker).fill(rows)
        self._draw_meaning()

    def _placed(self, look: Look, which: str) -> list[str]:
        own = Team.of(look).own(f"placement {which}")
        entered = ((look.data.get("setup") or {}).get("placements") or {}).get(which) or []
        entered = own["body"].get("areas") or [] if own is not None else entered
        return list(self._marked.get(which, [str(area) for area in entered]))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another decision."""
        event.stop()
        self._draw_meaning()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter chooses."""
        event.stop()
        self.action_choose()

    def _draw_meaning(self) -> None:
        look = self.look
        if look is None:
            return
        kind, _, rest = (self.query_one("#decisions", Picker).chosen or "").partition(":")
        which, _, option = rest.partition(":")
        page = Page()
        if kind == "choose":
            offer = next((each for each in look.offers("choose") if each["choice"] == which), {})
            entry: Body = next((each for each in offer.get("options", ()) if each["id"] == option), {})
            page.line((str(entry.get("label", "")), "bold $accent")).line(str(entry.get("text", "")))
            page.gap().line((str(offer.get("text", "")), "$quiet"))
            suggested(Team.of(look), f"choice {which}", page.gap())
        elif kind == "place":
            page = area_page(look, option)
            suggested(Team.of(look), f"placement {which}", page.gap())
        else:
            page = briefing_page(look, {})
        self.query_one("#meaning", Reader).show(page.content)

    def action_choose(self) -> None:
        """Chooses or marks what is under the cursor."""
        look = self.look
        kind, _, rest = (self.query_one("#decisions", Picker).chosen or "").partition(":")
        which, _, option = rest.partition(":")
        if look is None:
            return
        if kind == "read":
            self.query_one("#meaning").focus()
        elif look.sealed:
            self.notify(phrase("You have sealed your decisions; {how}.", how=how("reopen")), markup=False, timeout=4)
        elif kind == "choose":
            self.work(choose(self.client, look, which, option))
        elif kind == "place":
            self._mark(look, which, option)

    def action_clear(self) -> None:
        """Takes back what is marked."""
        look = self.look
        for offer in look.offers("place") if look is not None and not look.sealed else ():
            if look is not None and self._placed(look, str(offer["placement"])):
                self._take(look, str(offer["placement"]), [])

    def _mark(self, look: Look, which: str, area: str) -> None:
        offer = next((each for each in look.offers("place") if str(each["placement"]) == which), None)
        if offer is None:
            return
        placed, count = self._placed(look, which), to_place(offer)
        if area in placed:
            placed.remove(area)
        elif len(placed) >= count:
            self.notify(
                phrase("{count} are placed already. Take one back first: choose its area again.", count=count),
                markup=False,
                timeout=4,
            )
            return
        else:
            placed.append(area)
        self._take(look, which, placed)

    def _take(self, look: Look, which: str, placed: list[str]) -> None:
        self._marked[which] = placed
        self.draw(look)
        if which not in self._sending:
            self.work(self._place(look, which))

    async def _place(self, look: Look, which: str) -> None:
        """Enters the marks as a draft; what is marked meanwhile follows. Sealing is the second yes."""
        self._sending.add(which)
        try:
            while which in self._marked:
                areas = list(self._marked[which])
                done = await self.send({"do": "place", "placement": which, "areas": areas}, look.seen)
                if not done or self._marked.get(which) == areas:
                    self._marked.pop(which, None)
        finally:
            self._sending.discard(which)
            if self.look is not None:
                self.draw(self.look)


async def choose(client: Host, look: Look, which: str, option: str) -> None:
    """Takes an option of a secret choice, after a yes."""
    offer = next((each for each in look.offers("choose") if each["choice"] == which), None)
    if offer is None or not offer.get("ok", True):
        client.notify(
            str((offer or {}).get("why") or phrase("That cannot be chosen now.")), markup=False, severity="warning", timeout=4
        )
        return
    entry: Body = next(each for each in offer["options"] if each["id"] == option)
    text = (
        Page()
        .line((str(entry["label"]), "bold"))
        .line(str(entry.get("text", "")))
        .gap()
        .line(phrase("Only your seat and the facilitator know. You can change it until turn 1."))
    )
    if (
        await client.push_screen_wait(Confirm(f"{offer['label']}?", text.content, Team.of(look).verb(phrase("choose this"))))
        is not None
    ):
        await client.send({"do": "choose", "choice": which, "option": option}, look.seen, phrase("Chosen."))
