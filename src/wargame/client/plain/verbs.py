"""Commands of the line mode: one table, found by the first letters of their names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from attrs import frozen

from wargame.client.look import Look
from wargame.client.plain import words
from wargame.client.speech import phrase
from wargame.client.tui.dialogs.choose import Choose
from wargame.client.tui.paint import say
from wargame.client.tui.widgets.picker import Row

if TYPE_CHECKING:
    from wargame.client.plain.client import PlainClient

Run = Callable[["PlainClient", str], Awaitable[None]]  # the client, and what was typed after the name
ALL, PLAYER, DESK = "all", "player", "desk"


@frozen
class Verb:
    """A command. `usage`: what may follow its name; `who` may use it; `also`: other names, never shortened."""

    name: str
    help: str
    run: Run
    usage: str = ""
    who: str = ALL
    also: tuple[str, ...] = ()

    def allowed(self, look: Look) -> bool:
        """Whether the viewer has it."""
        return self.who == ALL or (look.plays if self.who == PLAYER else look.controls)


def find(verbs: Sequence[Verb], name: str, look: Look) -> Verb | str:
    """The command of a name or its first letters; else why there is none."""
    mine = [verb for verb in verbs if verb.allowed(look)]
    for verb in mine:
        if name == verb.name or name in verb.also:
            return verb
    found = [verb for verb in mine if verb.name.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        return phrase(words.SEVERAL, name=name, names=", ".join(verb.name for verb in found))
    other = next((verb for verb in verbs if verb.name == name), None)
    if other is not None:
        who = phrase(words.PLAYERS if other.who == PLAYER else words.FACILITATORS)
        return phrase(words.NOT_HERE, name=name, who=who)
    close = get_close_matches(name, [verb.name for verb in mine], n=1)
    if close:
        return phrase(words.DID_YOU_MEAN, name=name, other=close[0])
    return phrase(words.UNKNOWN, name=name[:40])


async def pick(
    client: PlainClient, title: str, rows: Sequence[tuple[str, str]], typed: str, *, verb: str = "choose", alone: bool = True
) -> str | None:
    """One of (id, words): by the number or words typed after the command, or asked. `alone`: the only one needs no asking."""
    if not rows:
        client.tell(words.NOTHING_HERE)
        return None
    if not typed and len(rows) == 1 and alone:
        return rows[0][0]
    first, _, rest = typed.strip().partition(" ")
    if first.isdecimal():  # the words after a number are answers to what is asked next
        client.ahead = [first, *rest.split()]
    elif typed.strip():
        client.ahead = [typed.strip()]
    return await client.push_screen_wait(
        Choose(phrase(title), [Row(which, say(label)) for which, label in rows], verb=phrase(verb))
    )
