"""What a player does with others: the team, proposals to the facilitator, lessons; and what one is spared, and stopping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.client.content import offered
from wargame.client.door import Body
from wargame.client.look import Look
from wargame.client.petitions import known, may_dissent
from wargame.client.plain import words
from wargame.client.plain.verbs import PLAYER, Verb, pick
from wargame.client.speech import later, phrase
from wargame.client.team import Team
from wargame.client.tui.dialogs.confirm import Confirm
from wargame.client.tui.dialogs.spare import Spare
from wargame.client.tui.paint import say
from wargame.client.tui.panes.lessons import write_note
from wargame.client.tui.panes.proposals import dissent, petition_page
from wargame.client.tui.panes.proposals import propose as put_petition
from wargame.client.tui.panes.team import effects_of, endorse, members_page, object_to, suggestion_page, withdraw
from wargame.client.tui.screens.player import STOP, scenario_of

if TYPE_CHECKING:
    from wargame.client.plain.client import PlainClient


async def team(client: PlainClient, typed: str) -> None:
    """Who shares the seat, and what is suggested; one suggestion in full by its number."""
    look, mine = client.look, Team.of(client.look)
    if not mine.members:
        client.tell(words.NO_TEAM)
        return
    if typed:
        chosen = await _suggestion(client, typed, mine.suggestions)
        if chosen is not None:
            client.say(suggestion_page(look, mine, chosen).content)
            client.say(await effects_of(client, look, chosen["body"]))
        return
    client.say(members_page(mine).content)
    away = [str(member["name"]) for member in mine.members if not member.get("present")]
    for name in away:
        client.tell(words.MEMBER_AWAY, name=name)
    if mine.suggestions:
        client.numbered(suggestion_lines(client, mine), phrase(words.SUGGESTIONS))
    else:
        client.tell(words.NO_SUGGESTION)


def suggestion_lines(client: PlainClient, mine: Team) -> list[str]:
    """What lies on the team's table."""
    return [
        f"{phrase('You') if mine.is_mine(each) else each.get('by')}: {each.get('words')} ({mine.state(each, client.now)})"
        for each in mine.suggestions
    ]


async def _suggestion(client: PlainClient, typed: str, among: object) -> Body | None:
    mine = Team.of(client.look)
    lines = dict(zip((str(each["number"]) for each in mine.suggestions), suggestion_lines(client, mine), strict=True))
    found = [str(each["number"]) for each in among]  # type: ignore[attr-defined]
    if not found:
        client.tell(words.NO_SUGGESTION)
        return None
    return mine.suggestion(
        await pick(client, phrase("Which suggestion?"), [(number, lines[number]) for number in found], typed)
    )


async def _on_suggestion(client: PlainClient, typed: str, do: str) -> None:
    look, mine = client.look, Team.of(client.look)
    if not mine.members:
        client.tell(words.NO_TEAM)
        return
    number, _, rest = typed.partition(" ")
    chosen = await _suggestion(client, number, [each for each in mine.suggestions if mine.may(do, each)])
    client.ahead = []
    if chosen is None:
        return
    if do == "endorse":
        await endorse(client, look, mine, chosen)
    elif do == "object":
        if rest:
            client.keep(f"object.{chosen['number']}", rest)
        await object_to(client, look, mine, chosen)
    else:
        await withdraw(client, look, chosen)


async def endorse_one(client: PlainClient, typed: str) -> None:
    """Is for a suggestion."""
    await _on_suggestion(client, typed, "endorse")


async def object_one(client: PlainClient, typed: str) -> None:
    """Objects to a suggestion."""
    await _on_suggestion(client, typed, "object")


async def withdraw_one(client: PlainClient, typed: str) -> None:
    """Takes one's own back."""
    await _on_suggestion(client, typed, "withdraw")


# -- rulings, content, stopping ---------------------------------------------------------------------------------------


async def petition(client: PlainClient, typed: str) -> None:
    """Proposes something beyond the rules to the facilitator."""
    if typed:
        client.keep("petition.what", typed)
    await put_petition(client, client.look)


def ruling_rows(look: Look) -> list[tuple[str, str]]:
    """Proposals to the facilitator that this seat knows of."""
    return [
        (str(each["number"]), f"{look.title(each['seat'])}: {each['what']} ({str(each.get('status')).replace('_', ' ')})")
        for each in known(look)
    ]


async def rulings(client: PlainClient, typed: str) -> None:
    """What was proposed and ruled on; one in full by its number."""
    rows = ruling_rows(client.look)
    if not rows:
        client.tell(words.NO_RULINGS)
    elif typed or len(rows) == 1:
        number = await pick(client, phrase("Which?"), rows, typed)
        found = next((each for each in known(client.look) if str(each["number"]) == number), None)
        if found is not None:
            client.say(petition_page(client.look, found).content)
    else:
        client.numbered([line for _, line in rows])


async def dissent_from(client: PlainClient, typed: str) -> None:
    """One line against a ruling."""
    look = client.look
    open_ = [each for each in known(look) if may_dissent(look, each)]
    rows = [(str(each["number"]), f"{look.title(each['seat'])}: {each['what']}") for each in open_]
    number = await pick(client, phrase("Dissent from which ruling?"), rows, typed)
    found = next((each for each in open_ if str(each["number"]) == number), None)
    if found is not None:
        await dissent(client, look, found)


async def note(client: PlainClient, typed: str) -> None:
    """A note for the board."""
    if typed:
        client.keep("note.fact", typed)
    await write_note(client, client.look)


async def content(client: PlainClient, typed: str) -> None:
    """What the game touches on, and what one would rather be spared."""
    look = client.look
    tags = await client.push_screen_wait(Spare(look, client.spared.tags))
    if tags is not None:
        client.spared.choose(scenario_of(look), tags, [str(each["id"]) for each in offered(look)])


async def stop(client: PlainClient, typed: str) -> None:
    """The stop signal."""
    look = client.look
    if await client.push_screen_wait(Confirm(phrase("Stop the game?"), say(phrase(STOP)), phrase("stop it"))) is not None:
        await client.send({"do": "stop"}, look.seen, phrase(words.STOP_SENT))


VERBS = (
    Verb(
        "team",
        later("Who shares your seat, and what is suggested; with a number that suggestion in full."),
        team,
        "[NUMBER]",
        PLAYER,
    ),
    Verb("endorse", later("Be for a suggestion in your team."), endorse_one, "[NUMBER]", PLAYER),
    Verb("object", later("Object to a suggestion in your team, with a reason."), object_one, "[NUMBER] [REASON]", PLAYER),
    Verb("withdraw", later("Take your own suggestion back."), withdraw_one, "[NUMBER]", PLAYER),
    Verb(
        "petition",
        later("Propose something that no order stands for; the facilitator rules on it."),
        petition,
        "[WHAT]",
        PLAYER,
    ),
    Verb("rulings", later("What was proposed to the facilitator, and the rulings."), rulings, "[NUMBER]", PLAYER),
    Verb("dissent", later("Put one line against a ruling on record."), dissent_from, "[NUMBER]", PLAYER),
    Verb("note", later("Write a note for the board of lessons."), note, "[FACT]", PLAYER),
    Verb("content", later("What the game touches on, and what you would rather be spared."), content, "", PLAYER),
    Verb("stop", later("Stop the game for everybody, privately."), stop, "", PLAYER),
)
