"""Your team: who is here, what is suggested, who is for it, and what it still wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.team import Team
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import needed
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, glyphs, say, stance
from wargame.client.tui.panes.base import Pane, answered_lines, preview
from wargame.client.tui.widgets.brief import order_line
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker, Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

LONGEST_OBJECTION = 200


class TeamPane(Pane):
    """Suggestions and members on the left, the one under the cursor in full on the right."""

    DEFAULT_CSS = """
    TeamPane #table { width: 38; }
    .-wide TeamPane #table { width: 52; }
    TeamPane #suggestion { width: 1fr; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("team.endorse", ("a",), "endorse", "Be for the suggestion under the cursor (asks first)", "endorse"),
        Command("team.object", ("x",), "object", "Object to it, with your reason", "object"),
        Command("team.withdraw", ("z", "delete"), "take back", "Take your own suggestion back (asks first)", "withdraw"),
    )  # fmt: skip
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Several people have this seat, and nobody binds it alone: what you do on the other pages is put to your team, and "
        "done once the team has agreed. Two who do the same are for one suggestion. At the end of the phase the "
        "suggestion that most are for stands, unless the seat is sealed."
    )
    MAIN = "#table"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._effects: dict[str, Content] = {}  # by number of a suggestion, what it does

    def compose(self) -> ComposeResult:
        """The list, and one in full."""
        with Horizontal():
            yield Picker(id="table", classes="left")
            yield Reader(id="suggestion")

    def draw(self, look: Look) -> None:
        """Draws both."""
        team = Team.of(look)
        start = next((f"suggestion:{each['number']}" for each in team.wanting), None)
        self.query_one("#table", Picker).fill(table_rows(team), start)
        self._draw_one()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another one is under the cursor."""
        event.stop()
        self._draw_one()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter endorses."""
        event.stop()
        self.action_endorse()

    def _chosen(self) -> tuple[Team, Body | None]:
        team = Team.of(self.client.look)
        kind, _, number = (self.query_one("#table", Picker).chosen or "").partition(":")
        return team, team.suggestion(number) if kind == "suggestion" else None

    def _draw_one(self) -> None:
        look = self.look
        if look is None:
            return
        team, chosen = self._chosen()
        if chosen is None:
            self.query_one("#suggestion", Reader).show(members_page(team).content)
            return
        number = str(chosen["number"])
        if number not in self._effects:
            self._effects[number] = say((phrase("Asking what it would do …"), "$quiet"))
            self.work(self._ask(look, chosen))
        page = suggestion_page(look, team, chosen)
        page.heading(phrase("What it does")).line(self._effects[number])
        self.query_one("#suggestion", Reader).show(page.content)

    async def _ask(self, look: Look, chosen: Body) -> None:
        self._effects[str(chosen["number"])] = await effects_of(self.client, look, chosen["body"])
        self._draw_one()

    # -- having a say -------------------------------------------------------------------------------------------------

    def action_endorse(self) -> None:
        """Is for it, after a second yes."""
        team, chosen = self._chosen()
        if self.look is not None and chosen is not None:
            self.work(endorse(self.client, self.look, team, chosen))

    def action_object(self) -> None:
        """Objects, with a reason."""
        team, chosen = self._chosen()
        if self.look is not None and chosen is not None:
            self.work(object_to(self.client, self.look, team, chosen))

    def action_withdraw(self) -> None:
        """Takes the own one back."""
        team, chosen = self._chosen()
        if self.look is None or chosen is None:
            return
        if not team.may("withdraw", chosen):
            self.notify(phrase("Only whoever suggested it can take it back."), markup=False, timeout=4)
            return
        self.work(withdraw(self.client, self.look, chosen))


async def effects_of(client: Host, look: Look, body: Body) -> Content:
    """What a suggested command would do, as far as the seat can know."""
    match body.get("do"):
        case "respond":
            answer = await preview(client, card=str(body["card"]))
            return answered_lines(answer if "error" in answer else answer.get("options", {}), str(body["option"]))
        case "orders" | "order":
            page = Page()
            for order in orders_of(body):
                answer = await preview(client, action=order["action"], targets=list(order.get("targets") or ()))
                page.line(("".join(order_line(look, order)), "bold")).line(answered_lines(answer, "lines"))
            return page.content if len(page) else say((phrase("It takes every order out of the draft."), "$quiet"))
        case "propose" | "sign" | "leave":
            answer = await preview(client, agreement=body["agreement"])
            return answered_lines(answer, "leave" if body["do"] == "leave" else "sign")
        case "seal":
            return say(phrase("Your seat is done with this phase. What is only suggested by then is not done."))
    return say((phrase("Nothing on the board at once."), "$quiet"))


async def endorse(client: Host, look: Look, team: Team, chosen: Body) -> None:
    """Is for a suggestion, after a yes that tells what it does."""
    if not team.may("endorse", chosen):
        words = (
            phrase("You are for it already; you can object to it, or take your own back.")
            if team.backs(chosen)
            else phrase("Not now.")
        )
        client.notify(words, markup=False, timeout=4)
        return
    page = suggestion_page(look, team, chosen)
    page.gap().line(await effects_of(client, look, chosen["body"])).gap()
    page.line(
        (phrase("With you it is agreed, and done at once."), "bold $warning")
        if team.enough(chosen)
        else (
            phrase(
                "With you it is {count} of {count2}.", count=len(chosen.get("endorsed") or ()) + 1, count2=len(team.present)
            ),
            "bold",
        )
    )
    if await client.push_screen_wait(Confirm(phrase("Endorse this?"), page.content, phrase("endorse it"))) is not None:
        await client.send({"do": "endorse", "number": chosen["number"]}, look.seen, phrase("You are for it."))


async def object_to(client: Host, look: Look, team: Team, chosen: Body) -> None:
    """Objects to a suggestion, with a reason."""
    if not team.may("object", chosen):
        words = (
            phrase("It is your own: take it back instead.") if team.is_mine(chosen) else phrase("You have objected already.")
        )
        client.notify(words, markup=False, timeout=4)
        return
    key = f"object.{chosen['number']}"
    dialog = Write(
        phrase("Object to this?"),
        say((str(chosen.get("words")), "bold"), phrase("\nYour team reads your reason.")),
        yes=phrase("object"),
        draft=client.draft(key),
        kept=lambda text: client.keep(key, text),
        wrong=needed,
        most=LONGEST_OBJECTION,
    )
    why = await client.push_screen_wait(dialog)
    if why is not None and await client.send(
        {"do": "object", "number": chosen["number"], "why": why.strip()}, look.seen, phrase("You object.")
    ):
        client.sent(key)


async def withdraw(client: Host, look: Look, chosen: Body) -> None:
    """Takes one's own suggestion back, after a yes."""
    text = say((str(chosen.get("words")), "bold"), phrase("\nNobody can endorse it then. What you wrote is kept on its page."))
    if await client.push_screen_wait(Confirm(phrase("Take it back?"), text, phrase("take it back"))) is not None:
        await client.send({"do": "withdraw", "number": chosen["number"]}, look.seen, phrase("Taken back."))


def orders_of(body: Body) -> list[Body]:
    """The orders in a suggested command."""
    return list(body.get("orders") or ()) if body.get("do") == "orders" else [body]


def table_rows(team: Team) -> list[Row]:
    """What lies on the table, then who is at it."""
    rows = [Row("head:table", say((phrase("Suggested"), "bold $accent")), heading=True)]
    for each in team.suggestions:
        waits = team.may("endorse", each)
        mark = (f"{glyphs().arrow} ", "bold $warning") if waits else (f"{glyphs().check} ", "$success")
        words = say(mark, (team.count(each), "bold"), f"  {each.get('words')}")
        rows.append(Row(f"suggestion:{each['number']}", words))
    if not team.suggestions:
        rows.append(Row("none", say((phrase("  Nothing lies on the table."), "$quiet"))))
    rows.append(Row("head:members", say((phrase("Members"), "bold $accent")), heading=True))
    for member in team.members:
        sign = (f"{glyphs().dot} ", "$success") if member.get("present") else (f"{glyphs().ring} ", "$quiet")
        you = phrase(" (you)") if member.get("person") == team.me else ""
        lead = phrase("  decides") if team.rule == "captain" and member.get("person") == team.captain else ""
        leaning = (member.get("leaning") or {}).get("label")
        rows.append(
            Row(
                f"member:{member['person']}",
                say(sign, f"{member['name']}{you}", (lead, "bold"), (f"  {leaning}" if leaning else "", "$quiet")),
            )
        )
    return rows


def members_page(team: Team) -> Page:
    """How the team decides, and whom each member stands for."""
    page = Page().line((phrase("How you decide"), "bold $accent")).line(team.rule_words)
    here = ", ".join(str(member["name"]) for member in team.present)
    page.gap().line((phrase("Here now: "), "$quiet"), here or phrase("nobody"))
    if team.rule == "captain":
        page.line((phrase("Decides now: "), "$quiet"), team.name(team.captain))
    if not team.together:
        page.gap().line((phrase("You are alone here now: what you do is done at once."), "bold"))
    leaning = team.mine.get("leaning")
    if leaning:
        page.heading(phrase("Whom you stand for")).line((str(leaning["label"]), "bold")).line(str(leaning.get("text", "")))
    others = [member for member in team.members if member.get("leaning") and member.get("person") != team.me]
    if others:
        page.heading(phrase("Whom the others stand for"))
        for member in others:
            page.line(f"{member['name']}: ", (str(member["leaning"]["label"]), "bold"))
    return page


def suggestion_page(look: Look, team: Team, each: Body) -> Page:
    """A suggestion: what, whose, with which reasons, who is for and against it, and what it wants."""
    page = Page().line((str(each.get("words")), "bold $accent"))
    page.line((phrase("Suggested by "), "$quiet"), phrase("you") if team.is_mine(each) else str(each.get("by")))
    page.line((phrase("For it: "), "$quiet"), (", ".join(str(name) for name in each.get("endorsed") or ()), "bold"))
    for objection in each.get("objected") or ():
        why = f": {objection['why']}" if objection.get("why") else ""
        page.line((phrase("Against it: "), "$quiet"), (str(objection["name"]), "bold"), why)
    page.line((f"{glyphs().arrow} {team.state(each)}", "$warning"))
    for reason in reasons(look, each.get("body") or {}):
        page.line(*reason)
    return page


def reasons(look: Look, body: Body) -> list[tuple[Content | tuple[str, str] | str, ...]]:
    """The stance, reasons, likelihood and side terms that a suggested command brings along."""
    found: list[tuple[Content | tuple[str, str] | str, ...]] = []
    if body.get("do") == "respond":
        options = (look.data.get("cards", {}).get(str(body.get("card"))) or {}).get("options") or ()
        chosen = next((option for option in options if option["id"] == body.get("option")), None)
        if chosen is not None:
            found.append((stance(chosen.get("stance")), "  ", (str(chosen["label"]), "bold")))
    for order in orders_of(body):
        if order.get("rationale"):
            found.append(((phrase("Reasons: "), "$quiet"), str(order["rationale"])))
    if body.get("belief") is not None:
        found.append(
            ((phrase("Likelihood that the other side escalates: "), "$quiet"), phrase("{belief} in 100", belief=body["belief"]))
        )
    if body.get("side_terms"):
        found.append(((phrase("Side terms: "), "$quiet"), str(body["side_terms"])))
    return found
