"""Rulings: what players propose beyond the rules, the odds, what follows, and the words they read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content

from wargame.client.classroom import Hall, average
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.tui.command import Command, bindings
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.form import Field, Form, needed, whole
from wargame.client.tui.dialogs.write import Write
from wargame.client.tui.paint import Page, glyphs, owner, say
from wargame.client.tui.panes.console.base import Deed, ListPage, deeds, head, reason
from wargame.client.tui.panes.console.gate import petitions
from wargame.client.tui.panes.console.hand import effects_page
from wargame.client.tui.panes.proposals import petition_page as proposal_page
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.tui.host import Host

SETTLED = ("ruled", "turned_down")


class RulingsPane(ListPage):
    """Those that wait, those held back, those settled."""

    COMMANDS: ClassVar[tuple[Command, ...]] = (ListPage.ACT,)
    BINDINGS: ClassVar = bindings(COMMANDS)
    ABOUT = (
        "A player proposes something that no order stands for: we do X, because A and B; against it speaks C. Enter: set "
        "odds and what follows, the engine rolls, and the players read your ruling; or hold it back while the rest goes on, "
        "turn it down, or say how likely you think it is. The mean of all estimates stands in the odds at first."
    )

    def rows(self, look: Look) -> list[Row]:
        """Open ones first."""
        rows: list[Row] = []
        for heading, status in (
            (phrase("Waiting"), ("waiting",)),
            (phrase("Taken upstairs"), ("held",)),
            (phrase("Settled"), SETTLED),
        ):
            found = petitions(look, *status)
            if found:
                rows += [head(heading), *(self._row(look, each) for each in found)]
        return rows or [Row("none", say((phrase("Nothing has been proposed."), "$quiet")))]

    @staticmethod
    def _row(look: Look, each: Body) -> Row:
        mark = {
            "waiting": (glyphs().arrow, "bold $warning"),
            "held": (glyphs().hold, "$warning"),
            "turned_down": (glyphs().cross, "$quiet"),
        }
        done = (glyphs().check, "$success") if each.get("success") else (glyphs().cross, "$error")
        glyph, style = mark.get(str(each["status"]), done)
        return Row(
            f"petition:{each['number']}",
            say((f"{glyph} ", style), owner(look, each["seat"], look.short(each["seat"])), f"  {each['what']}"),
        )

    def _petition(self, chosen: str) -> Body | None:
        which = chosen.partition(":")[2]
        return next((each for each in self.client.look.data.get("petitions") or () if str(each["number"]) == which), None)

    def text(self, look: Look, chosen: str) -> Page:
        """The proposal and what has been said of it."""
        found = self._petition(chosen)
        return petition_page(look, self.hall, found) if found is not None else Page()

    async def act(self, look: Look, chosen: str) -> None:
        """Rules, holds back, turns down, estimates."""
        found = self._petition(chosen)
        if found is not None:
            await petition_deeds(self.client, look, found)


def petition_page(look: Look, hall: Hall, each: Body) -> Page:
    """A proposal as its seat has it, and what those who watch think of it."""
    page = proposal_page(look, each, str(hall.person(each.get("person")).get("name") or ""))
    estimates = each.get("estimates") or ()
    if estimates:
        page.heading(phrase("How likely, by those who watch"))
        for estimate in estimates:
            who = hall.person(estimate.get("person")).get("name") or phrase("somebody")
            page.line(phrase("{bullet} {who}: {percent} in 100", bullet=glyphs().bullet, who=who, percent=estimate["percent"]))
        page.line((phrase("Mean: "), "$quiet"), (phrase("{average} in 100", average=average(estimates)), "bold"))
    return page


async def petition_deeds(client: Host, look: Look, each: Body) -> None:
    """What can be done with a proposal."""
    hall = Hall.of(look.glance)
    if each["status"] not in ("waiting", "held"):
        client.notify(phrase("It has been settled."), markup=False, timeout=3)
        return
    found = [
        Deed(
            phrase("Rule on it"),
            "rule",
            partial(_rule, client, look, each),
            phrase("Odds, what follows, and the words the players read."),
        ),
        Deed(
            phrase("Say how likely it is"),
            "estimate",
            partial(_estimate, client, look, each),
            phrase("One number of yours; only facilitators see it."),
        ),
        Deed(
            phrase("Turn it down"),
            "turn_down",
            partial(_turn_down, client, look, each),
            phrase("It does not happen, without a roll."),
        ),
    ]
    if each["status"] == "waiting":
        found.insert(
            2,
            Deed(
                phrase("Take it upstairs"),
                "defer",
                partial(_defer, client, look, each),
                phrase("It is held back; the rest goes on."),
            ),
        )
    await deeds(client, phrase("A proposal"), found, petition_page(look, hall, each).content)


async def _rule(client: Host, look: Look, each: Body) -> None:
    key = f"rule.{each['number']}"
    mean = average(each.get("estimates") or ())

    def first(field: str, usual: str = "") -> str:
        return client.draft(f"{key}.{field}") or usual

    odds = (
        phrase("Odds in 100 (mean of {count} estimates: {mean})", count=len(each["estimates"]), mean=mean)
        if mean is not None
        else phrase("Odds in 100")
    )
    fields = [
        Field("odds", odds, first("odds", str(mean if mean is not None else 50)), wrong=whole(0, 100), most=3),
        Field(
            "success",
            phrase("If it succeeds: effects as in the scenario, e.g. escalation -1; empty for none"),
            first("success"),
            lines=2,
        ),
        Field("failure", phrase("If it fails: effects"), first("failure"), lines=2),
        Field("ruling", phrase("What the players read if it succeeds"), first("ruling"), lines=2, wrong=needed),
        Field("ruling_fails", phrase("What they read if it fails (empty: only that it failed)"), first("ruling_fails")),
    ]

    async def live(written: Mapping[str, str]) -> Content:
        page = Page()
        for field, words in (("success", phrase("If it succeeds")), ("failure", phrase("If it fails"))):
            if written[field].strip():
                answer = await client.ask({"what": "check_effects", "effects": written[field], "seat": each["seat"]})
                page.line((f"{words}:", "$quiet")).line(effects_page(answer, written[field]))
        return page.content

    intro = say(owner(look, each["seat"]), ": ", (str(each["what"]), "bold"))
    form = Form(
        phrase("Rule on a proposal"),
        fields,
        intro=intro,
        yes=phrase("go on"),
        kept=lambda field, text: client.keep(f"{key}.{field}", text),
        live=live,
    )
    written = await client.push_screen_wait(form)
    if written is None:
        return
    page = (
        Page()
        .line(intro)
        .gap()
        .line(
            (phrase("Odds: "), "$quiet"),
            (phrase("{odds} in 100", odds=int(written["odds"])), "bold"),
            phrase(". The engine rolls; anyone can check it after the game."),
        )
    )
    page.gap().line(await live(written)).gap()
    page.line((phrase("They read: "), "$quiet"), written["ruling"].strip())
    if written["ruling_fails"].strip():
        page.line((phrase("or: "), "$quiet"), written["ruling_fails"].strip())
    if await client.push_screen_wait(Confirm(phrase("Roll and rule?"), page.content, phrase("roll"))) is None:
        return
    body: dict[str, Any] = {"do": "rule", "number": each["number"], "odds": int(written["odds"])}
    body |= {field: written[field].strip() for field in ("success", "failure", "ruling", "ruling_fails")}
    if await client.send(body, look.seen, phrase("Ruled.")):
        client.sent(*(f"{key}.{field.id}" for field in fields))


async def _estimate(client: Host, look: Look, each: Body) -> None:
    dialog = Write(
        phrase("How likely is it, in 100?"), say((str(each["what"]), "bold")), yes=phrase("say so"), wrong=whole(0, 100), most=3
    )
    percent = await client.push_screen_wait(dialog)
    if percent is not None:
        await client.send({"do": "estimate", "number": each["number"], "percent": int(percent)}, look.seen, phrase("Noted."))


async def _defer(client: Host, look: Look, each: Body) -> None:
    why = await reason(
        client,
        phrase("Take it upstairs"),
        say((str(each["what"]), "bold"), phrase("\nIt waits; the seat is told. Why?")),
        phrase("hold it back"),
        f"defer.{each['number']}",
    )
    if why is not None and await client.send(
        {"do": "defer", "number": each["number"], "reason": why}, look.seen, phrase("Held back.")
    ):
        client.sent(f"defer.{each['number']}")


async def _turn_down(client: Host, look: Look, each: Body) -> None:
    key = f"turn_down.{each['number']}"
    words = await reason(
        client,
        phrase("Turn it down"),
        say((str(each["what"]), "bold"), phrase("\nWhat does the seat read?")),
        phrase("turn it down"),
        key,
    )
    if words is not None and await client.send(
        {"do": "turn_down", "number": each["number"], "ruling": words}, look.seen, phrase("Turned down.")
    ):
        client.sent(key)
