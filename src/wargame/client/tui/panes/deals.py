"""Agreements: in force, on the table, possible; and transfers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList

from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.team import Team
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, glyphs, owner, say
from wargame.client.tui.panes.base import Pane, suggested
from wargame.client.tui.widgets.note import Reader
from wargame.client.tui.widgets.picker import Picker, Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host


class DealsPane(Pane):
    """A list under headings, and the terms of the one under the cursor."""

    DEFAULT_CSS = """
    DealsPane #deals { width: 36; }
    .-wide DealsPane #deals { width: 46; }
    DealsPane #terms { width: 1fr; }
    """
    COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command("deals.act", ("a",), "sign/propose", "Propose, sign, or give what is under the cursor (asks first)", "act"),
        Command("deals.against", ("x",), "decline/leave", "Decline a proposal, or leave an agreement (asks first)", "against"),
    )
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "An agreement comes into force when all its parties have signed in the same phase. Side terms are words "
        "that you add; nothing enforces "
        "them but the other parties' memory and the debrief. Leaving has a price: it is shown before you do."
    )
    MAIN = "#deals"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._previews: dict[tuple[int, str], Body] = {}

    def compose(self) -> ComposeResult:
        """List and terms."""
        with Horizontal():
            yield Picker(id="deals", classes="left")
            yield Reader(id="terms")

    def draw(self, look: Look) -> None:
        """Draws both."""
        self.query_one("#deals", Picker).fill(deal_rows(look))
        self._draw_terms()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another one is under the cursor."""
        event.stop()
        self._draw_terms()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter does what is nearest: signs, proposes, gives; never leaves."""
        event.stop()
        self.action_act()

    def _chosen(self) -> tuple[str, str]:
        kind, _, which = (self.query_one("#deals", Picker).chosen or "").partition(":")
        return kind, which

    def _draw_terms(self) -> None:
        look = self.look
        if look is None:
            return
        kind, which = self._chosen()
        if kind == "give":
            offer = look.offer("transfer") or {}
            purse = look.purse()
            page = Page().line((phrase("Give to {title}", title=look.title(which)), "bold $accent"))
            page.line(
                phrase(
                    "Up to {most_given} {purse_words} this turn. It cannot be taken back.",
                    most_given=most_given(offer, which),
                    purse_words=look.purse_words(look.you),
                )
            )
            if purse is not None:
                page.gap().line((phrase("You have "), "$quiet"), (purse.words, "bold"), f" {look.purse_words(look.you)}.")
        elif kind in ("force", "table", "new"):
            key = (look.turn, which)
            if key not in self._previews and look.plays:
                self._previews[key] = {}
                self.work(self._ask(key), group="preview")
            page = suggested(Team.of(look), f"agreement {which}", Page())
            page.line(terms_page(look, kind, which, self._previews.get(key, {})).content)
        else:
            page = Page().line((phrase("There is nothing to agree on in this game, as far as you know."), "$quiet"))
        self.query_one("#terms", Reader).show(page.content)

    async def _ask(self, key: tuple[int, str]) -> None:
        try:
            answer = await self.preview(agreement=key[1])
        finally:
            self._previews.pop(key, None)
        self._previews[key] = answer
        self._draw_terms()

    def action_act(self) -> None:
        """Signs, proposes or gives."""
        look, (kind, which) = self.look, self._chosen()
        if look is None:
            return
        if kind == "table":
            self.work(simple(self.client, look, "sign", which, self._preview(look, which)))
        elif kind == "new":
            self.work(propose(self.client, look, which, self._preview(look, which)))
        elif kind == "give":
            self.work(give(self.client, look, which))
        elif kind == "force":
            self.notify(phrase("It is in force. Press x to leave it."), markup=False, timeout=3)

    def action_against(self) -> None:
        """Declines or leaves."""
        look, (kind, which) = self.look, self._chosen()
        if look is None:
            return
        if kind == "table":
            self.work(simple(self.client, look, "decline", which, self._preview(look, which)))
        elif kind == "force":
            self.work(simple(self.client, look, "leave", which, self._preview(look, which)))

    def _preview(self, look: Look, which: str) -> Body:
        return self._previews.get((look.turn, which), {})


SIMPLE = {
    "sign": (later("Sign"), later("sign it"), later("Signed.")),
    "decline": (later("Decline"), later("decline it"), later("Declined.")),
    "leave": (later("Leave"), later("leave it for good"), later("You have left it.")),
}


def offered(client: Host, look: Look, do: str, which: str) -> Body | None:
    """The offer for an agreement; None, and why, where it cannot be taken up now."""
    offer = next((each for each in look.offers(do) if each.get("agreement") == which), None)
    if offer is None or not offer.get("ok", True):
        why = (offer or {}).get("why") or phrase("That is not possible now.")
        client.notify(str(why), markup=False, severity="warning", timeout=4)
        return None
    return offer


async def simple(client: Host, look: Look, do: str, which: str, preview: Body) -> None:
    """Signs, declines or leaves an agreement, after a yes. `preview`: what it does, as asked of the server."""
    if offered(client, look, do, which) is None:
        return
    kind = "force" if do == "leave" else "table"
    title, yes, done = (phrase(each) for each in SIMPLE[do])
    page = terms_page(look, kind, which, preview)
    if (
        await client.push_screen_wait(Confirm(f"{title} “{look.name(which)}”?", page.content, Team.of(look).verb(yes)))
        is not None
    ):
        await client.send({"do": do, "agreement": which}, look.seen, done)


async def propose(client: Host, look: Look, which: str, preview: Body) -> None:
    """Proposes an agreement, with side terms in one's own words."""
    if offered(client, look, "propose", which) is None:
        return
    key = f"terms.{look.turn}.{which}"
    page = terms_page(look, "new", which, preview)
    dialog = Confirm(
        phrase("Propose “{name}”?", name=look.name(which)),
        page.content,
        Team.of(look).verb(phrase("propose it")),
        why=phrase("Side terms, in your own words (may stay empty)"),
        draft=client.draft(key),
        kept=lambda text: client.keep(key, text),
    )
    words = await client.push_screen_wait(dialog)
    if words is not None and await client.send(
        {"do": "propose", "agreement": which, "side_terms": words.strip()}, look.seen, phrase("Proposed.")
    ):
        client.done(key)


async def give(client: Host, look: Look, seat: str) -> None:
    """Gives from one's own means to another seat, after a second yes."""
    offer = next((each for each in look.offers("transfer") if seat in (each.get("to") or ())), None)
    if offer is None or not offer.get("ok", True):
        client.notify(
            str((offer or {}).get("why") or phrase("You cannot give anything now.")),
            markup=False,
            severity="warning",
            timeout=4,
        )
        return
    most = most_given(offer, seat)

    def wrong(text: str) -> str:
        good = text.strip().isdecimal() and 1 <= int(text) <= most
        return "" if good else phrase("Write a whole number from 1 to {most}.", most=most)

    what = look.purse_words(look.you)
    amount = await client.push_screen_wait(
        Write(
            phrase("Give {what} to {title}", what=what, title=look.title(seat)),
            say(phrase("How much? 1 to {most}.", most=most)),
            wrong=wrong,
            most=4,
        )
    )
    if amount is None:
        return
    text = say(
        phrase("{amount} {what} go from you to ", amount=int(amount), what=what),
        owner(look, seat),
        phrase(". This cannot be taken back."),
    )
    if await client.push_screen_wait(Confirm(phrase("Give it?"), text, Team.of(look).verb(phrase("give it")))) is not None:
        await client.send({"do": "transfer", "to": seat, "amount": int(amount)}, look.seen, phrase("Given."))


def deal_rows(look: Look) -> list[Row]:
    """Everything there is to agree on, under headings."""
    rows: list[Row] = []
    team = Team.of(look)

    def open_(agreement: object) -> tuple[str, str]:
        found = team.about(f"agreement {agreement}")
        return (f"  {glyphs().ring} {team.count(found[0])}" if found else "", "$warning")

    force, table = look.data.get("agreements", {}), look.data.get("proposals", {})
    if table:
        rows.append(Row("head:table", say((phrase("On the table"), "bold $accent")), heading=True))
        for agreement, proposal in table.items():
            mine = look.you in (proposal.get("signed") or ())
            mark = (f"{glyphs().check} ", "$success") if mine else (f"{glyphs().arrow} ", "bold $warning")
            rows.append(Row(f"table:{agreement}", say(mark, (look.name(agreement), "bold"), open_(agreement))))
    if force:
        rows.append(Row("head:force", say((phrase("In force"), "bold $accent")), heading=True))
        rows += [
            Row(f"force:{agreement}", say((f"{glyphs().check} ", "$success"), look.name(agreement), open_(agreement)))
            for agreement in force
        ]
    offers = {str(offer["agreement"]): offer for offer in look.offers("propose")}
    possible = [entry for entry in look.catalog.get("agreements", ()) if entry["id"] not in force and entry["id"] not in table]
    if possible:
        rows.append(Row("head:new", say((phrase("Possible"), "bold $accent")), heading=True))
        for entry in possible:
            free = offers.get(str(entry["id"]), {}).get("ok", False)
            mark = ("  " if free else f"{glyphs().cross} ", "dim")
            words = say(mark, (str(entry["label"]), "" if free else "dim"), open_(entry["id"]))
            rows.append(Row(f"new:{entry['id']}", words))
    givable = [seat for offer in look.offers("transfer") for seat in offer.get("to") or ()]
    if givable:
        rows.append(Row("head:give", say((phrase("Give"), "bold $accent")), heading=True))
        rows += [Row(f"give:{seat}", say(phrase("  to "), owner(look, seat))) for seat in dict.fromkeys(givable)]
    return rows or [Row("none", say((phrase("nothing here"), "$quiet")))]


def price(cost: object) -> str:
    """A price in points: a number, or a map of slots to numbers."""
    return str(sum(cost.values()) if isinstance(cost, Mapping) else cost)


def most_given(offer: Body, seat: str) -> int:
    """How much may still be given to a seat."""
    limits = offer.get("limits")
    return int((limits.get(seat) if isinstance(limits, Mapping) else offer.get("limit")) or 0)


def _purse(look: Look) -> str:
    purse = look.purse()
    return purse.words if purse is not None else "?"


def terms_page(look: Look, kind: str, which: str, preview: Body) -> Page:
    """The terms of an agreement, its price, what it does."""
    page = Page()
    entry: Body = next((each for each in look.catalog.get("agreements", ()) if each["id"] == which), {"label": which})
    page.line((str(entry["label"]), "bold $accent"))
    parties: list[Content | str] = []
    for party in entry.get("parties") or ():
        parties += [", ", owner(look, party, look.short(party))] if parties else [owner(look, party, look.short(party))]
    if parties:
        page.line((phrase("Between "), "$quiet"), *parties)
    cost = entry.get("cost") or {}
    if cost:
        told = [
            f"{phrase('you') if seat == look.you else look.short(seat)} {price(amount)} {look.purse_words(str(seat))}"
            for seat, amount in sorted(cost.items(), key=lambda item: item[0] != look.you)
        ]
        page.line(
            (phrase("Costs "), "$quiet"),
            ", ".join(told),
            (phrase(" (you have {purse})", purse=_purse(look)) if look.you in cost else "", "$quiet"),
        )
    offer = next(
        (
            each
            for do in ("propose", "sign")
            for each in look.offers(do)
            if each.get("agreement") == which and not each.get("ok", True)
        ),
        None,
    )
    if offer is not None and kind != "force":
        page.gap().line((phrase("Not now: ") + str(offer.get("why")), "bold $warning"))
    if entry.get("terms"):
        page.gap().line(str(entry["terms"]))
    state: Body = (look.data.get("agreements", {}) if kind == "force" else look.data.get("proposals", {})).get(which) or {}
    if state.get("by"):
        page.line(
            (phrase("Proposed by "), "$quiet"),
            owner(look, state["by"]),
            (phrase(", since turn {since}", since=state["since"]) if state.get("since") else "", "$quiet"),
        )
    if state.get("signed"):
        page.line((phrase("Signed by "), "$quiet"), ", ".join(look.short(seat) for seat in state["signed"]))
    if state.get("side_terms"):
        page.line((phrase("Side terms: "), "$quiet"), (str(state["side_terms"]), "italic"))
    parts = [("sign", phrase("When signed")), ("each_turn", phrase("Each turn")), ("leave", phrase("When left"))]
    for key, title in reversed(parts) if kind == "force" else parts:
        lines = preview.get(key) or entry.get(key)
        if lines:
            page.heading(title).lines(lines)
    if "error" in preview:
        page.gap().line((str(preview["error"]), "$warning"))
    return page
