"""How something is done at this client: a key on the screens, a word in the line mode. One client a process has one way."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from wargame.client.keyboard import key_name, keys_of
from wargame.client.speech import later, phrase

PRESS, PAGE = later("press {key}"), later("page {key}")


@frozen
class Hint:
    """A command, its usual key, and the words around the key."""

    command: str
    usual: str
    words: str = PRESS


KEYS: Mapping[str, Hint] = MappingProxyType(
    {
        "cards": Hint("tab.cards", "3"),
        "orders": Hint("tab.orders", "4"),
        "deals": Hint("tab.deals", "6"),
        "floor": Hint("tab.floor", "7", later("press {key}, {done} when done")),
        "done": Hint("seal", "e"),
        "reopen": Hint("seal", "e", later("{key} reopens")),
        "result": Hint("tab.end", "0"),
        "ending": Hint("tab.end", "g"),  # at the console, where 0 is the record
        "door": Hint("tab.desk", "1"),
        "start": Hint("hand.advance", "a"),
        "resume": Hint("hand.pause", "p"),
        "codes": Hint("hand.codes", "z"),
        "retry": Hint("retry", "r"),
        "leave": Hint("leave-table", "q"),
        "tables": Hint("tab.tables", "2", PAGE),
        "people": Hint("tab.people", "3", PAGE),
        "timeline": Hint("tab.plan", "4", PAGE),
        "shelf": Hint("tab.shelf", "5", PAGE),
        "write": Hint("tab.write", "6", PAGE),
        "record": Hint("tab.record", "0", PAGE),
        "talk": Hint("tab.talk", "5", PAGE),
        "news": Hint("tab.news", "8", PAGE),
        "original": Hint("cards.original", "z", "{key}"),
        "missed": Hint("missed", "M"),
        "content": Hint("content", "C"),
        "team": Hint("tab.team", "9"),
        "rulings": Hint("tab.proposals", "A"),
        "lessons": Hint("tab.lessons", "L"),
    }
)
TYPE = later("type {command}")
LINES: Mapping[str, str] = MappingProxyType(
    {
        "reopen": later("reopen opens it again"),
        "leave": later("type quit"),
        "door": later("type desk"),
        "ending": later("type result"),
    }
)


class _Kit:
    """Whether words are typed, instead of keys pressed."""

    lines = False


def use_lines(on: bool) -> None:
    """Chooses the words of the line mode instead of keys."""
    _Kit.lines = on


def how(what: str) -> str:
    """How something is done here: `press e`, `type done`. Raises KeyError for what has no hint."""
    hint = KEYS[what]
    if _Kit.lines:
        return phrase(LINES[what]) if what in LINES else phrase(TYPE, command=what)
    done = KEYS["done"]
    return phrase(hint.words, key=_key(hint), done=_key(done))


def _key(hint: Hint) -> str:
    return key_name(keys_of(hint.command, (hint.usual,))[0])
