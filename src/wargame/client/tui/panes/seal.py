"""Being done with a phase: what counts then is told first, and asks for a second yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import phrase
from wargame.client.team import Team
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.paint import Page
from wargame.client.tui.widgets.brief import draft_page

if TYPE_CHECKING:
    from wargame.client.tui.host import Host


async def seal(client: Host, look: Look) -> None:
    """Is done with the phase, or suggests it to the team."""
    team = Team.of(look)
    if team.together:
        await _suggest(client, look, team)
        return
    page = draft_page(look)
    what = phrase("the set-up") if look.status == "setup" else phrase("this phase")
    page.gap().line(
        phrase("You are then done with {what}. Until it ends you can change your mind: {how}.", what=what, how=how("reopen"))
    )
    if (
        await client.push_screen_wait(Confirm(phrase("Seal what you have entered?"), page.content, phrase("seal it")))
        is not None
    ):
        await client.send({"do": "seal"}, look.seen, phrase("Sealed."))


async def _suggest(client: Host, look: Look, team: Team) -> None:
    page = Page().line((phrase("Agreed on so far"), "bold $accent")).line(draft_page(look).content)
    open_ = [each for each in team.suggestions if each.get("about") != "done"]
    if open_:
        page.heading(phrase("Only suggested, and not done if you seal"))
        for each in open_:
            page.line(f"{team.count(each)}  ", str(each.get("words")))
    page.gap().line(phrase("Your team has to agree that the seat is done; then what is only suggested waits until it reopens."))
    if (
        await client.push_screen_wait(Confirm(phrase("Suggest that your seat is done?"), page.content, team.verb("")))
        is not None
    ):
        await client.send({"do": "seal"}, look.seen)
