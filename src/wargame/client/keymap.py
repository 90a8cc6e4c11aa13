"""Keys of a person's own: a small YAML file that gives commands other keys, checked against the commands there are.

seal: E
orders.add: [a, insert]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import frozen

from wargame.client.keyboard import SIGNS, Keys
from wargame.scenario.node import Node, Scalar, Seq
from wargame.scenario.problem import Report, suggest
from wargame.scenario.scalars import described, shown, width
from wargame.scenario.side_file import SideFile
from wargame.scenario.strict_yaml import parse

FILE = "keys.yaml"
MOST_KEYS = 5  # of one command

MOVING = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown"})
NAMED = MOVING | {"enter", "space", "backspace", "delete", "insert", *(f"f{number}" for number in range(1, 13))}
ELSEWHERE = {
    "ctrl+c": "it always leaves the client",
    "ctrl+q": "it always leaves the client",
    "ctrl+i": "a terminal sends Tab for it",
    "ctrl+m": "a terminal sends Enter for it",
    "ctrl+j": "many terminals send Enter for it",
    "ctrl+h": "many terminals send Backspace for it",
    "escape": "it always goes back",
    "tab": "it always moves between the parts of a page",
    "shift+tab": "it always moves between the parts of a page",
}
CTRL = re.compile(r"ctrl\+[a-z]")


@frozen
class Page:
    """Commands that listen at the same time, with the keys they have by themselves."""

    title: str
    keys: Keys


def key_called(text: str) -> str:
    """What the screens' toolkit calls a key: a letter, a digit or a sign as it is typed, or the name of a key in any case."""
    if len(text) == 1:
        return "space" if text == " " else SIGNS.get(text, text)
    name = text.lower().replace(" ", "")
    name = re.sub(r"^(\^|c-|control\+|ctrl-)(?=.)", "ctrl+", name)
    return {"esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup", "pgdn": "pagedown"}.get(
        name, name
    )


def unsent(key: str) -> str:
    """Why a key (as `key_called` gives it) cannot be one of a command, as the end of a sentence; empty if it can."""
    if key in ELSEWHERE:
        return ELSEWHERE[key]
    if key in NAMED or key in SIGNS.values() or CTRL.fullmatch(key) or (len(key) == 1 and key.isprintable()):
        return ""
    return "terminals do not send it, or there is no such key"


def read_keys(data: bytes, file: str, pages: Sequence[Page], report: Report) -> Keys:
    """The keys of a file by command. Problems go to the report, each in its place; what is wrong is left out."""
    parsed = parse(data, file, report)
    if parsed is None or parsed.root is None:
        return {}
    known = dict.fromkeys(command for page in pages for command in page.keys)
    reader = _Reader(report)
    found: dict[str, tuple[Scalar, tuple[Scalar, ...]]] = {}
    for name, value in reader.map(parsed.root):
        if name.text not in known:
            hint = suggest(name.text, known) or "`wargame keys` lists all commands"
            report.error(name.mark, "unknown_command", f"There is no command {shown(name.text)}.", hint, width(name))
            continue
        if keys := reader.keys(value):
            found[name.text] = (name, keys)
    chosen = {command: tuple(dict.fromkeys(key_called(key.text) for key in keys)) for command, (_, keys) in found.items()}
    told: set[tuple[str, str]] = set()
    for page in pages:
        _doubled(page, found, chosen, report, told)
    return chosen


def _doubled(
    page: Page,
    found: Mapping[str, tuple[Scalar, tuple[Scalar, ...]]],
    chosen: Keys,
    report: Report,
    told: set[tuple[str, str]],
) -> None:
    """Reports keys of the file that another command of the page has, too. What usually is so may stay so: a page's own
    command goes before that of the screen around it, and of two tabs with one key only one is there."""
    taken: dict[str, list[str]] = {}
    for command, usual in page.keys.items():
        for key in chosen.get(command, usual):
            taken.setdefault(key, []).append(command)
    for command, (_, written) in found.items():
        for each in written if command in page.keys else ():
            key = key_called(each.text)
            others = [
                other
                for other in taken[key]
                if other != command and not (key in page.keys[command] and key in page.keys[other])
            ]
            if not others or (command, key) in told:
                continue
            told.add((command, key))
            message = f"{shown(each.text)} is the key of `{others[0]}`, too ({page.title})."
            report.error(
                each.mark, "doubled_key", message, f"give `{others[0]}` another key, or take another here", width(each)
            )


class _Reader(SideFile):
    """Reads what stands behind a command."""

    def keys(self, node: Node) -> tuple[Scalar, ...]:
        """One key, or a list of some."""
        items = node.items if isinstance(node, Seq) else (node,)
        if not 0 < len(items) <= MOST_KEYS:
            self.report.error(node.mark, "wrong_number", f"A command has 1 to {MOST_KEYS} keys; here stand {len(items)}.")
            return ()
        good = []
        for item in items:
            if not isinstance(item, Scalar) or not item.text:
                self.unfit(item, "a key, such as `e`, `?`, `f5` or `ctrl+e`")
                continue
            why = unsent(key_called(item.text))
            if why:
                hint = suggest(key_called(item.text), sorted(NAMED)) or "take a letter, a sign, f1 to f12, or ctrl+ a letter"
                message = f"{described(item)[:1].upper()}{described(item)[1:]} cannot be a key here: {why}."
                self.report.error(item.mark, "unsent_key", message, hint, width(item))
                continue
            good.append(item)
        return tuple(good)


def keys_file(pages: Sequence[Page], chosen: Keys, words: Mapping[str, str]) -> str:
    """A file with every command and its keys, to begin with. `words`: what each does."""
    lines: list[str] = []
    done: set[str] = set()
    for page in pages:
        rows = [(command, usual) for command, usual in page.keys.items() if command not in done]
        if not rows:
            continue
        lines += ["", f"# {page.title}"]
        for command, usual in rows:
            done.add(command)
            keys = ", ".join(_written(key) for key in chosen.get(command, usual))
            lines.append(f"{f'{command}: [{keys}]':<40}  # {words.get(command, '')}".rstrip())
    return "\n".join(lines).strip() + "\n"


def _written(key: str) -> str:
    sign = next((sign for sign, name in SIGNS.items() if name == key), key)
    if sign == "'":
        return '"\'"'
    return sign if sign.replace("+", "").isalnum() and sign != "+" else f"'{sign}'"
