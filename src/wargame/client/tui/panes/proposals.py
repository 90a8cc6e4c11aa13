"""What the seat proposes beyond the rules, and how the facilitator ruled on it and on what others proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import OptionList

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.petitions import MOST_REASON, MOST_WHAT, known, may_dissent, numbered, ruled, why_not
from wargame.client.speech import later, phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import Field, Form, needed, within
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, glyphs, owner, say
from wargame.client.tui.panes.base import Pane
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker, Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

STATUS = {
    "waiting": later("waits for the facilitator"),
    "held": later("taken upstairs: it waits while the rest goes on"),
    "turned_down": later("turned down"),
}
FORM = (
    ("what", later("We do this"), MOST_WHAT, 3),
    ("because1", later("It succeeds because …"), MOST_REASON, 1),
    ("because2", later("… and because"), MOST_REASON, 1),
    ("because3", later("… and because"), MOST_REASON, 1),
    ("against", later("What speaks against it"), MOST_REASON, 1),
)


class ProposalsPane(Pane):
    """Proposals on the left, the one under the cursor in full on the right."""

    DEFAULT_CSS = """
    ProposalsPane #list { width: 38; text-wrap: nowrap; text-overflow: ellipsis; }
    .-wide ProposalsPane #list { width: 52; }
    ProposalsPane #text { width: 1fr; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("proposals.propose", ("a",), "propose", "Propose something that no order stands for", "propose"),
        Command("proposals.dissent", ("x",), "dissent", "Put one line against the ruling under the cursor", "dissent"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "What no order stands for you can propose to the facilitator: we do this, because of that, and against it speaks "
        "that. The facilitator sets the odds, the engine rolls, and you read the ruling here. One line of dissent to a ruling "
        "is kept for the review; it changes nothing."
    )
    MAIN = "#list"

    def compose(self) -> ComposeResult:
        """List and text."""
        with Horizontal():
            yield Picker(id="list", classes="left")
            yield Reader(id="text")

    def draw(self, look: Look) -> None:
        """Draws both."""
        self.query_one("#list", Picker).fill(petition_rows(look))
        self._draw_text()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another one."""
        event.stop()
        self._draw_text()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on the first row proposes; on another it is read."""
        event.stop()
        if event.option_id == "new":
            self.action_propose()
        else:
            self.query_one("#text").focus()

    def _chosen(self) -> Body | None:
        return numbered(self.client.look, (self.query_one("#list", Picker).chosen or "").partition(":")[2])

    def _draw_text(self) -> None:
        look, chosen = self.look, self._chosen()
        if look is None:
            return
        if chosen is not None:
            page = petition_page(look, chosen, self._author(chosen))
            if may_dissent(look, chosen):
                page.gap().line(("x", "bold $accent"), (phrase(" puts one line against this ruling."), "$quiet"))
        else:
            page = Page().line((phrase("Beyond the rules"), "bold $accent")).line(self.ABOUT)
            block = why_not(look)
            page.gap().line(
                (phrase("Not now: {block}", block=block), "$warning")
                if block
                else (phrase("a or Enter: propose something."), "bold")
            )
        self.query_one("#text", Reader).show(page.content)

    def _author(self, petition: Body) -> str:
        people = self.client.look.glance.room.people
        return next((str(each.get("name")) for each in people if each.get("person") == petition.get("person")), "")

    def action_propose(self) -> None:
        """Writes a proposal."""
        if self.look is not None:
            self.work(propose(self.client, self.look))

    def action_dissent(self) -> None:
        """Puts a line against a ruling."""
        chosen = self._chosen()
        if self.look is not None and chosen is not None:
            self.work(dissent(self.client, self.look, chosen))


async def propose(client: Host, look: Look) -> None:
    """Writes a proposal to the facilitator, after a second yes."""
    block = why_not(look)
    if block:
        client.notify(block, markup=False, severity="warning", timeout=5)
        return
    fields = [
        Field(each, label, client.draft(f"petition.{each}"), lines, most, within(most, each in ("what", "because1")))
        for each, label, most, lines in FORM
    ]
    form = Form(
        phrase("Propose something to the facilitator"),
        fields,
        yes=phrase("go on"),
        kept=lambda field, text: client.keep(f"petition.{field}", text),
    )
    written = await client.push_screen_wait(form)
    if written is None:
        return
    because = [written[key].strip() for key in ("because1", "because2", "because3") if written[key].strip()]
    body = {
        "do": "petition",
        "what": written["what"].strip(),
        "because": because,
        "against": written["against"].strip(),
    }
    page = Page().line((str(body["what"]), "bold"))
    for words in because:
        page.line((phrase("because "), "$quiet"), words)
    page.line((phrase("against it: "), "$quiet"), str(body["against"] or phrase("nothing is said")))
    page.gap().line(
        phrase("The facilitator reads it; the other seats only if it is ruled on in public. It cannot be taken back.")
    )
    if await client.push_screen_wait(
        Confirm(phrase("Propose this?"), page.content, phrase("propose it"))
    ) is not None and await client.send(body, look.seen, phrase("The facilitator has it.")):
        client.sent(*(f"petition.{each}" for each, *_ in FORM))


async def dissent(client: Host, look: Look, chosen: Body) -> None:
    """Puts one line against a ruling on record."""
    if not may_dissent(look, chosen):
        words = (
            phrase("There is no ruling on it yet.")
            if chosen not in ruled(look)
            else phrase("Your seat has put its dissent to it.")
        )
        client.notify(words, markup=False, timeout=4)
        return
    key = f"dissent.{chosen['number']}"
    dialog = Write(
        phrase("Dissent from this ruling?"),
        say(
            (str(chosen.get("ruling")), "bold"),
            phrase("\nOne line, read by everybody who reads the ruling, and kept for the review."),
        ),
        yes=phrase("put it on record"),
        draft=client.draft(key),
        kept=lambda text: client.keep(key, text),
        wrong=needed,
        most=MOST_REASON,
    )
    text = await client.push_screen_wait(dialog)
    if text is not None and await client.send(
        {"do": "dissent", "number": chosen["number"], "text": text.strip()}, look.seen, phrase("Your dissent is on record.")
    ):
        client.sent(key)


def petition_rows(look: Look) -> list[Row]:
    """The own ones, then those of others that were ruled on."""
    rows = [Row("new", say((f"{glyphs().bullet} ", "$quiet"), phrase("Propose something")))]
    own = [each for each in known(look) if each.get("seat") == look.you]
    others = [each for each in known(look) if each.get("seat") != look.you]
    for heading, found in ((phrase("Your seat"), own), (phrase("Ruled on in public"), others)):
        if found:
            rows.append(Row(f"head:{heading}", say((heading, "bold $accent")), heading=True))
        for each in found:
            whose = () if each.get("seat") == look.you else (owner(look, each["seat"], look.short(each["seat"])), " ")
            rows.append(Row(f"petition:{each['number']}", say(petition_mark(each), *whose, str(each["what"]))))
    return rows


def petition_mark(each: Body) -> tuple[str, str]:
    """The sign of where a proposal stands."""
    match each.get("status"):
        case "waiting":
            return f"{glyphs().ring} ", "bold $warning"
        case "held":
            return f"{glyphs().hold} ", "$warning"
        case "turned_down":
            return f"{glyphs().cross} ", "$quiet"
    return (f"{glyphs().check} ", "$success") if each.get("success") else (f"{glyphs().cross} ", "$error")


def petition_page(look: Look, each: Body, name: str = "") -> Page:
    """A proposal: what, why, what speaks against it, and how it was ruled on. `name`: of the person who made it."""
    page = Page().line(
        owner(look, each["seat"]), f"  {name}" if name else "", (phrase("   turn {turn}", turn=each.get("turn")), "$quiet")
    )
    page.gap().line((str(each["what"]), "bold"))
    for words in each.get("because") or ():
        page.line((phrase("because "), "$quiet"), str(words))
    page.line((phrase("against it: "), "$quiet"), str(each.get("against") or phrase("nothing is said")))
    if each.get("status") in STATUS:
        page.gap().line((f"{phrase(STATUS[str(each['status'])]).capitalize()}.", "$warning"))
    if each.get("held") and each.get("status") == "held":
        page.line((phrase("Why: "), "$quiet"), str(each["held"]))
    if each.get("status") == "ruled":
        words = phrase("it succeeds") if each.get("success") else phrase("it fails")
        page.heading(phrase("Ruling"))
        page.line(
            (f"{glyphs().dice} ", "$quiet"),
            phrase("odds {odds} in 100, rolled {roll}: ", odds=each.get("odds"), roll=each.get("roll")),
            (words, "bold"),
        )
    if each.get("ruling"):
        page.line(str(each["ruling"]))
    for dissent in each.get("dissents") or ():
        page.gap().line(owner(look, dissent["seat"]), (phrase(" dissents: "), "$quiet"), str(dissent["text"]))
    return page
