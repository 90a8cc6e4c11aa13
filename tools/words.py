"""Finds every sentence that the program says, and what its catalogues lack: `python -m tools.words [es]`.

Read out of the source, without running it: what is given to `phrase`, `counted` and `later`, the names and help of commands and
pages, the reasons of refusals.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from attrs import frozen

ROOT = Path(__file__).parents[1]
SAID = {
    "phrase": (0,),
    "counted": (0, 1),
    "later": (0,),
    "Command": (2, 3),
    "Sheet": (2, 4),
    "Verb": (1, 3),
    "Refused": (1,),
    "fail": (1,),
}
KEYWORDS = {"label", "help"}  # of commands and pages
CLASS_TEXTS = {"ABOUT"}
LOOKED_UP = ("src/wargame/client", "src/wargame/engine", "server/wargame_server")
ENGLISH_ONLY = ("src/wargame/client/preview",)  # a designer's tool, like the check whose problems it shows
REPORTS = ("src/wargame/client/keymap.py", "src/wargame/client/tui/keys.py")  # problems in files, like those of scenarios
SAID_BY_CLIENT = ("src/wargame/client",)
UNSAID_CALLS = {"Binding"}  # its description is shown nowhere
STYLE = re.compile(r"(bold|italic|reverse|dim|on|not|\$[\w-]+|#\w+|\d+%|\s)*")
TYPED = re.compile(r"wargame |# Seats:")  # commands to type, and a card to begin with
TWO_WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? +[A-Za-z]{2,}")


@frozen
class Said:
    """A sentence in the source."""

    words: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words!r}"


def sources(folders: tuple[str, ...] = LOOKED_UP) -> Iterator[tuple[str, ast.Module]]:
    """The files looked at, each parsed."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(ENGLISH_ONLY):
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def said(name: str, tree: ast.Module) -> Iterator[Said]:
    """Every sentence of a file that is looked up."""
    for node in ast.walk(tree):
        for each in _texts_of(node):
            for constant in _constants(each):
                if words := key_of(str(constant.value)):
                    yield Said(words, name, constant.lineno)


def unwrapped(name: str, tree: ast.Module) -> Iterator[Said]:
    """Literals of two words and more that nobody looks up: they would stay English."""
    for node, words in _loose(tree, inside=False) if name not in REPORTS else ():
        if TWO_WORDS.search(words):
            yield Said(words, name, node.lineno)


def all_said() -> dict[str, Said]:
    """Every sentence by its English, with the first place where it is said."""
    found: dict[str, Said] = {}
    for name, tree in sources():
        for each in said(name, tree):
            found.setdefault(each.words, each)
    return found


def names_in(words: str) -> set[str]:
    """The `{names}` in a sentence."""
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def key_of(words: str) -> str:
    """What a sentence is looked up by; empty for one without letters."""
    core = words.strip()
    return core if re.search(r"[A-Za-z]", re.sub(r"\{[^}]*\}", "", core)) else ""


def _texts_of(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        name = _called(node)
        for place in SAID.get(name, ()):
            if place < len(node.args):
                yield node.args[place]
        if name in ("Command", "Sheet"):
            yield from (each.value for each in node.keywords if each.arg in KEYWORDS)
    elif isinstance(node, ast.AnnAssign | ast.Assign):
        targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
        if node.value is not None and any(isinstance(each, ast.Name) and each.id in CLASS_TEXTS for each in targets):
            yield node.value


def _constants(node: ast.expr) -> Iterator[ast.Constant]:
    """The literals that an expression can come to."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.IfExp():
            yield from _constants(node.body)
            yield from _constants(node.orelse)
        case ast.BoolOp():
            for each in node.values:
                yield from _constants(each)


def _loose(node: ast.AST, inside: bool) -> Iterator[tuple[ast.expr, str]]:
    """Literals outside of what is looked up, with their words; docstrings, styles and messages of raised errors aside."""
    if isinstance(node, ast.Constant | ast.JoinedStr) and not inside:
        parts = [node] if isinstance(node, ast.Constant) else [each for each in node.values if isinstance(each, ast.Constant)]
        words = "\0".join(str(each.value) for each in parts if isinstance(each.value, str))
        if not STYLE.fullmatch(words) and not TYPED.match(words):
            yield node, words
    if isinstance(node, ast.Raise | ast.Assert) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        return
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        inside = inside or any(isinstance(each, ast.Name) and re.fullmatch(r".*CSS|ABOUT|__\w+__", each.id) for each in targets)
    if isinstance(node, ast.Call) and _called(node) in {*SAID, *UNSAID_CALLS}:
        inside = True
    if isinstance(node, ast.JoinedStr):
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _loose(part.value, inside)
        return
    keys = node.keys if isinstance(node, ast.Dict) else ()
    for child in ast.iter_child_nodes(node):
        if child not in keys:  # what data is found by, not what is shown
            yield from _loose(child, inside)


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def main(language: str) -> int:
    """Prints what a catalogue lacks, as YAML to fill in, and what it has too much; 1 if anything."""
    import yaml

    from wargame.words import words_of

    known = words_of(language).sentences
    wanted = all_said()
    missing = {words: place for words, place in wanted.items() if words not in known}
    for words, place in missing.items():
        print(f"# {place.file}:{place.line}")
        print(yaml.safe_dump({words: ""}, allow_unicode=True, width=10**6).rstrip())
    for words in known:
        if words not in wanted:
            print(f"# nobody says: {words!r}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "es"))
