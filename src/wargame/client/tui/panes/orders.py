"""The menu of orders, and the draft."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList

from wargame.client.door import Body
from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.team import Team
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page, glyphs, say, stance
from wargame.client.tui.panes.base import LEAVE, Pane, answered_lines
from wargame.client.tui.widgets.brief import order_line
from wargame.client.tui.widgets.note import Note, Reader
from wargame.client.tui.widgets.picker import Picker, Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host


class OrdersPane(Pane):
    """The menu on the left, what an order does on the right, the draft beneath."""

    DEFAULT_CSS = """
    OrdersPane #menu { width: 38; }
    .-wide OrdersPane #menu { width: 46; }
    OrdersPane #about { width: 1fr; }
    OrdersPane #drafted { height: auto; border-top: solid $panel; }
    OrdersPane #draft { height: auto; max-height: 4; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(
            "orders.add", ("a",), "add", "Add the order under the cursor (asks for a target, then for the second yes)", "add"
        ),
        Command("orders.remove", ("x", "delete"), "remove", "Take an order out of the draft", "remove"),
        Command("orders.odds", ("p",), "odds", "What the order would do against each target, with odds", "odds"),
        LEAVE,
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "Your menu: stance, price and name of each order. What has a ✗ is not possible now; move there to read why. "
        "What an order does, as far as you can know, stands beside it: ⚄ is a roll with its chance. Orders stay a draft "
        "until the phase ends: add and remove freely, and press e when you are done. All orders are carried out together."
    )
    MAIN = "#menu"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._previews: dict[tuple[int, str, tuple[str, ...]], Body] = {}

    def compose(self) -> ComposeResult:
        """Menu, text, draft."""
        with Horizontal():
            yield Picker(id="menu", classes="left")
            yield Reader(id="about")
        with Vertical(id="drafted"):
            yield Note(id="budget", classes="title")
            yield Picker(id="draft")

    def draw(self, look: Look) -> None:
        """Draws menu, text and draft."""
        self.query_one("#menu", Picker).fill(menu_rows(look))
        orders = look.data.get("orders", ())
        rows = []
        for index, order in enumerate(orders):
            label, targets = order_line(look, order)
            action = entry_of(look, str(order["action"]))
            cost = look.cost_words(action.get("cost")) if action else ""
            rows.append(
                Row(
                    f"draft:{index}",
                    say(
                        f"{index + 1}. ",
                        stance(action.get("stance") if action else "", word=False),
                        " ",
                        (label, "bold"),
                        targets,
                        (f"  {cost}", "$quiet"),
                    ),
                )
            )
        team = Team.of(look)
        for each in team.about("orders"):
            who = phrase("You suggest") if team.is_mine(each) else phrase("{by} suggests", by=each.get("by"))
            words = say((f"{glyphs().ring} {who} ({team.count(each)}): ", "$warning"), str(each.get("words")))
            rows.append(Row(f"suggested:{each['number']}", words))
        picker = self.query_one("#draft", Picker)
        picker.display = bool(rows)
        if not rows and picker.has_focus:
            self.query_one("#menu").focus()
        picker.fill(rows)
        self.tell("#budget", budget_line(look))
        self._draw_about(look)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another order is under the cursor."""
        event.stop()
        if event.option_list.id == "menu" and self.look is not None:
            self._draw_about(self.look)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter adds from the menu, and removes from the draft."""
        event.stop()
        if event.option_list.id == "menu":
            self.action_add()
        elif (event.option_id or "").startswith("suggested:"):
            self.notify(phrase("It lies on your team's table: {how}.", how=how("team")), markup=False, timeout=4)
        else:
            self.action_remove()

    def _draw_about(self, look: Look) -> None:
        which = self.query_one("#menu", Picker).chosen or ""
        action = entry_of(look, which)
        page = Page()
        if action is None:
            page.line(
                (
                    phrase("Orders are given in the order phase; your menu shows here then.")
                    if look.plays
                    else phrase("You give no orders."),
                    "$quiet",
                )
            )
            self.query_one("#about", Reader).show(page.content)
            return
        entry: Body = next((each for each in look.catalog.get("actions", ()) if each["id"] == which), {})
        page.line((str(action["label"]), "bold $accent"))
        page.line(stance(action.get("stance")), (phrase("   costs "), "$quiet"), (look.cost_words(action.get("cost")), "bold"))
        if action.get("ok") is False:
            page.gap().line(
                (phrase("Not now: ") + str(action.get("why") or phrase("it is not possible in this phase.")), "bold $warning")
            )
        elif "ok" not in action:
            why = (
                phrase("You have sealed; {how}.", how=how("reopen"))
                if look.sealed
                else phrase("Orders are given in the order phase.")
            )
            page.gap().line((why, "bold $warning"))
        page.gap().line(str(action.get("text") or entry.get("text") or ""))
        choices = action.get("choices") or []
        if action.get("targets"):
            names = [str(target.get("label") or target["name"]) for target in action["targets"]]
            page.gap().line(
                (phrase("Needs: "), "$quiet"),
                ", ".join(names),
                (phrase("  ({count} open now; p shows the odds)", count=len(choices)), "$quiet"),
            )
        targets = [str(each) for each in choices[0]] if choices else []
        if action.get("do") == "order" and (choices or not action.get("targets")):
            key = (look.turn, which, tuple(targets))
            if key not in self._previews:
                self._previews[key] = {}
                self.work(self._ask(which, targets), group="preview")
            heading = phrase("What it does") + (
                phrase(", against {names}", names=", ".join(look.name(target) for target in targets)) if targets else ""
            )
            page.heading(heading)
            answer = self._previews[key]
            page.line(answered_lines(answer, phrase("lines")) if answer else say((phrase("Asking …"), "$quiet")))
        if entry.get("cite"):
            page.gap().line((phrase("Source: paragraph {cite}", cite=entry["cite"]), "$quiet"))
        self.query_one("#about", Reader).show(page.content)

    async def _ask(self, which: str, targets: list[str]) -> Body:
        turn = self.look.turn if self.look is not None else 0
        try:
            answer = await self.preview(action=which, targets=targets)
        finally:
            if not self._previews.get((turn, which, tuple(targets))):
                self._previews.pop((turn, which, tuple(targets)), None)
        self._previews[turn, which, tuple(targets)] = answer
        if self.look is not None and self.query_one("#menu", Picker).chosen == which:
            self._draw_about(self.look)
        return answer

    async def _lines(self, which: str, targets: list[str]) -> Content:
        turn = self.look.turn if self.look is not None else 0
        known = self._previews.get((turn, which, tuple(targets)))
        return answered_lines(known or await self._ask(which, targets), "lines")

    # -- giving orders ------------------------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Adds the order under the cursor."""
        if self.look is not None:
            self.work(add(self.client, self.look, self.query_one("#menu", Picker).chosen or "", self._lines))

    def action_odds(self) -> None:
        """Shows what the order does against each target."""
        if self.look is None:
            return
        action = entry_of(self.look, self.query_one("#menu", Picker).chosen or "")
        if action is not None and not action.get("targets"):
            self.notify(phrase("This order has no target: what it does stands beside it."), markup=False, timeout=3)
            self.query_one("#about").focus()
        else:
            self.work(choose_targets(self.client, self.look, action, self._lines, "close"))

    def action_remove(self) -> None:
        """Takes an order out."""
        if self.look is not None and draft_of(self.look):
            picker, orders = self.query_one("#draft", Picker), draft_of(self.look)
            chosen = picker.chosen or ""
            listed = picker.has_focus and chosen.startswith("draft:") and orders == list(self.look.data.get("orders", ()))
            self.work(remove(self.client, self.look, int(chosen.partition(":")[2]) if listed else None))


def draft_of(look: Look) -> list[Body]:
    """The orders that a further one joins: what the viewer suggests to the team, else what the seat has agreed on."""
    own = Team.of(look).own("orders")
    return list(own["body"].get("orders") or ()) if own is not None else list(look.data.get("orders", ()))


def entry_of(look: Look, which: str) -> Body | None:
    """The offer of an order; the catalog's entry where it is not offered now."""
    offer = next((offer for offer in look.offers("order") if offer["action"] == which), None)
    return offer or next((action for action in look.catalog.get("actions", ()) if action["id"] == which), None)


Told = Callable[[str, list[str]], Awaitable[Content]]  # what an order does against targets, as far as its seat can know


async def choose_targets(client: Host, look: Look, action: Body | None, told: Told, verb: str) -> list[str] | None:
    """Asks against whom an order goes, with what it does to each; None for going back."""
    if action is None or not action.get("targets"):
        return [] if action is not None else None
    choices = [[str(each) for each in choice] for choice in action.get("choices") or ()]
    rows = [Row("|".join(choice), say(", ".join(look.name(each) for each in choice))) for choice in choices]
    barred: dict[str, str] = {}
    for choice, why in action.get("blocked") or ():
        row = "|".join(str(each) for each in choice)
        if row not in barred and all(row != each.id for each in rows):
            barred[row] = str(why)
            rows.append(Row(row, say((", ".join(look.name(each) for each in choice), "dim"), (phrase("  not now"), "$quiet"))))
    if not rows:
        client.notify(
            str(action.get("why") or phrase("There is no target for it now.")), markup=False, severity="warning", timeout=4
        )
        return None
    which = str(action["action"])

    async def about(row: str) -> Content:
        return await told(which, row.split("|"))

    label = ", ".join(str(target.get("label") or target["name"]) for target in action["targets"])
    picked = await client.push_screen_wait(Choose(f"{action['label']}: {label}", rows, about=about, barred=barred, verb=verb))
    return picked.split("|") if picked is not None else None


async def add(client: Host, look: Look, which: str, told: Told) -> None:
    """Puts an order into the draft, or gives it at once where seats move in turn: target, price, effects, reasons, the yes."""
    offer = next((each for each in look.offers("order") if each["action"] == which), None)
    if offer is None or not offer.get("ok", True):
        why = (offer or {}).get("why") or (
            phrase("You have sealed; {how}.", how=how("reopen")) if look.sealed else phrase("Orders are not being taken now.")
        )
        client.notify(str(why), markup=False, severity="warning", timeout=4)
        return
    targets = await choose_targets(client, look, offer, told, phrase("take this target"))
    if targets is None:
        return
    page = Page().line(
        stance(offer.get("stance")),
        "  ",
        (str(offer["label"]), "bold"),
        ": " + ", ".join(look.name(each) for each in targets) if targets else "",
    )
    page.line((phrase("Costs "), "$quiet"), (look.cost_words(offer.get("cost")), "bold"), (";  " + _left(look), "$quiet")).gap()
    page.line(await told(which, targets))
    key = f"order.{look.turn}.{which}.rationale"
    at_once = look.phase.get("kind") == "turns"
    dialog = Confirm(
        phrase("Give this order now?") if at_once else phrase("Add this order to your draft?"),
        page.content,
        Team.of(look).verb(phrase("give the order") if at_once else phrase("add it")),
        why=phrase("Your reasons (they count in the debrief)"),
        draft=client.draft(key),
        kept=lambda text: client.keep(key, text),
    )
    rationale = await client.push_screen_wait(dialog)
    if rationale is None:
        return
    order = {"action": which, "targets": targets, "rationale": rationale.strip()}
    if at_once:
        body: Body = {"do": "order", **order}
    else:
        draft = draft_of(client.look)
        body = {"do": "orders", "orders": [*(_sent(each) for each in draft), order]}
    if await client.send(
        body, look.seen, phrase("Given.") if at_once else phrase("In your draft. When you are done, {how}.", how=how("done"))
    ):
        client.done(key)


async def remove(client: Host, look: Look, at: int | None = None) -> None:
    """Takes an order out of the draft; asks which where `at` does not say it."""
    orders = draft_of(look)
    if at is None and len(orders) == 1:
        at = 0
    if at is None:
        rows = [Row(str(index), say("".join(order_line(look, order)))) for index, order in enumerate(orders)]
        picked = await client.push_screen_wait(
            Choose(phrase("Which order comes out of the draft?"), rows, verb=phrase("remove"))
        )
        if picked is None:
            return
        at = int(picked)
    if at < len(orders):
        removed = orders.pop(at)
        if await client.send(
            {"do": "orders", "orders": [_sent(each) for each in orders]}, look.seen, phrase("Removed; its reasons are kept.")
        ):
            client.keep(f"order.{look.turn}.{removed['action']}.rationale", str(removed.get("rationale") or ""))


def _sent(order: Body) -> Body:
    return {
        "action": order["action"],
        "targets": list(order.get("targets") or ()),
        "rationale": str(order.get("rationale") or ""),
    }


def menu_rows(look: Look) -> list[Row]:
    """The menu under its headings; what is not possible is dimmed."""
    offers: list[Body] = look.offers("order") or list(look.catalog.get("actions", ()))
    rows: list[Row] = []
    groups: dict[str, list[Body]] = {}
    for offer in offers:
        groups.setdefault(str(offer.get("menu") or ""), []).append(offer)
    for menu, entries in groups.items():
        if menu and (len(entries) > 1 or menu != str(entries[0]["label"])):
            rows.append(Row(f"menu:{menu}", say((menu, "bold $accent")), heading=True))
        for offer in entries:
            possible = offer.get("ok", False)
            cost = offer.get("cost")
            amount = sum(cost.values()) if isinstance(cost, dict) else cost or 0
            label = (str(offer["label"]), "bold" if possible else "dim")
            sign = stance(offer.get("stance"), word=False)
            mark = (" " if possible else glyphs().cross, "dim")
            rows.append(
                Row(
                    str(offer.get("action") or offer["id"]),
                    say(mark, sign, (f" {amount} ", "bold" if possible else "dim"), label),
                )
            )
    return rows


def _left(look: Look) -> str:
    purse = look.purse()
    if purse is None or purse.exact is None:
        return ""
    return phrase(
        "you have {exact} {lower}, {spent} of it pledged",
        exact=purse.exact,
        lower=str(purse.slot["label"]).lower(),
        spent=spent(look),
    )


def spent(look: Look) -> int:
    """What the draft and the viewer's keys on open proposals cost of the main resource."""
    purse = look.purse()
    if purse is None:
        return 0
    names = {
        str(purse.slot["name"]),
        str(purse.slot["index"]),
        str(purse.slot.get("part")),
        str(purse.slot["name"]).rpartition(".")[2],
    }
    costs = {
        str(each.get("action") or each.get("id")): each.get("cost")
        for each in [*look.catalog.get("actions", ()), *look.offers("order")]
    }
    total = 0
    agreements = {str(entry["id"]): entry.get("cost") or {} for entry in look.catalog.get("agreements", ())}
    for agreement, proposal in look.data.get("proposals", {}).items():
        if look.you in (proposal.get("signed") or ()):
            mine = agreements.get(str(agreement), {}).get(look.you) or 0
            total += sum(int(n) for slot, n in mine.items() if str(slot) in names) if isinstance(mine, dict) else int(mine)
    for order in look.data.get("orders", ()):
        cost = costs.get(str(order["action"]))
        if isinstance(cost, dict):
            total += sum(int(amount) for slot, amount in cost.items() if str(slot) in names)
    return total


def budget_line(look: Look) -> Content:
    """How many orders are in the draft, what is left, whether it is sealed."""
    count, most = len(look.data.get("orders", ())), look.orders_allowed
    of = phrase(" of {most}", most=most) if most is not None else ""
    purse = look.purse()
    money = (
        phrase(
            "   {label}: {exact} of {exact2} left",
            label=purse.slot["label"],
            exact=purse.exact - spent(look),
            exact2=purse.exact,
        )
        if purse is not None and purse.exact is not None
        else ""
    )
    if look.phase.get("kind") not in ("orders", "turns"):
        state = (phrase("   not the order phase"), "$quiet")
    elif look.sealed:
        state = (phrase("   {check} sealed", check=glyphs().check), "bold $success")
    else:
        state = (phrase("   not sealed (e)"), "bold $warning")
    team = Team.of(look)
    head = (
        phrase("Agreed on: {count}{of}", count=count, of=of)
        if team.together
        else phrase("Draft: {count}{of}", count=count, of=of)
    )
    return say(head, state, (money, "$foreground"))
