"""Writing a file of translations: every text with its original above it, and what is translated already in its place.

What a translator has written is never lost: a translation whose original has changed keeps the older original beside the new
one, an item of a list that has moved takes its translation along, and what is no longer wanted ends up as a comment at the end.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Sequence

from attrs import define, field, frozen

from wargame.scenario.node import Map, Node, Scalar
from wargame.scenario.scalars import as_text
from wargame.scenario.texts import Found, Path
from wargame.scenario.translations import WAS, Comment, Sidecar, Tree, comment_above, same_words, tree_of, words_of

COLUMNS = 120
LEFTOVERS = "# Translated once, and no longer a text of this file:"

_PLAIN = re.compile(r"([^\W\d_]|[¿¡])[^:#\n\"{}\\]*\Z")
_WORDS = frozenset({"true", "false", "null", "True", "Null", "TRUE", "NULL", "False", "FALSE"})
_KEY = re.compile(r"[a-z0-9_-]+\Z")


@frozen
class Page:
    """A file of translations as it should be: its text, how many texts it has, and the paths of those without a translation
    and of those whose original has changed since."""

    text: str
    total: int
    missing: tuple[Path, ...]
    stale: tuple[Path, ...]


def page(found: Sequence[Found], name: str, own: str, language: str, present: Sidecar | None) -> Page:
    """The file that translates the file `name`, written in `own`, whose texts were `found`, into `language`; `present` is what
    there is of it."""
    writer = _Writer(name, own, language, _Present.read(present, own))
    wanted = [one for one in found if not one.prose and not (isinstance(one.node, Map) and one.node.get(language) is not None)]
    wanted = [one for one in wanted if words_of(one.node, own) is not None]
    writer.lines += [
        f"# {name} in `{language}`: write each text below its original. `wargame texts` brings this file up to date.",
        "",
    ]
    # Those that stand where they stood come first: what has moved may not take their translations.
    writer.settle(wanted)
    writer.write(tree_of(wanted), (), "")
    writer.lines += writer.present.tail
    left = writer.present.left()
    if left:
        writer.lines += [] if LEFTOVERS in writer.present.tail else [LEFTOVERS]
        writer.lines += [f"#   {'.'.join(path)}: {json.dumps(words, ensure_ascii=False)}" for path, words in left]
    return Page("\n".join(writer.lines).rstrip("\n") + "\n", len(wanted), tuple(writer.missing), tuple(writer.stale))


@define
class _Present:
    """What a file of translations holds now, by path."""

    words: dict[Path, str] = field(factory=dict)
    comments: dict[Path, Comment] = field(factory=dict)
    tail: list[str] = field(factory=list)  # comment lines at the end
    used: set[Path] = field(factory=set)

    @classmethod
    def read(cls, present: Sidecar | None, own: str) -> _Present:
        made = cls()
        if present is None or present.root is None:
            return made
        lines = present.text.rstrip().split("\n")
        for path, key, value in _leaves(present.root, ()):
            made.comments[path] = comment_above(lines, key.mark.line, own)
            words = as_text(value) if isinstance(value, Scalar) else None
            if words is not None and words.strip():
                made.words[path] = words
        while lines and (lines[-1].startswith("#") or not lines[-1].strip()):
            made.tail.insert(0, lines.pop())
        while made.tail and not made.tail[0].strip():
            del made.tail[0]
        return made

    def moved(self, path: Path, source: str) -> Path | None:
        """Where the translation of these words stands that were at another place of the same lists, and is not used."""
        for other in self.words:
            if other not in self.used and _moved(other, path) and same_words(self.comments[other].original, source):
                return other
        return None

    def left(self) -> list[tuple[Path, str]]:
        """What is not used."""
        return [(path, words) for path, words in self.words.items() if path not in self.used]


@define
class _Writer:
    name: str
    own: str
    language: str
    present: _Present
    settled: dict[Path, Path] = field(factory=dict)  # path -> where its translation stands now
    lines: list[str] = field(factory=list)
    missing: list[Path] = field(factory=list)
    stale: list[Path] = field(factory=list)

    def settle(self, wanted: Sequence[Found]) -> None:
        """Finds the present translation of each text: first those unmoved, then those moved, then those changed."""
        sources = {one.path: words_of(one.node, self.own) or "" for one in wanted}

        def take(path: Path, there: Path) -> None:
            self.settled[path] = there
            self.present.used.add(there)

        for path, source in sources.items():
            if path in self.present.words:
                original = self.present.comments[path].original
                if not original or same_words(original, source):
                    take(path, path)
        for path, source in sources.items():
            there = None if path in self.settled else self.present.moved(path, source)
            if there is not None:
                take(path, there)
        for path in sources:
            if path not in self.settled and path in self.present.words and path not in self.present.used:
                take(path, path)

    def write(self, part: Tree, path: Path, indent: str) -> None:
        """The lines of a part of the tree."""
        for name, inner in part.items():
            where = (*path, name)
            key = name if _KEY.match(name) else json.dumps(name, ensure_ascii=False)
            there = self.settled.get(where, where)
            comment = self.present.comments.get(there, Comment())
            self.lines += [f"{indent}{note}" for note in comment.notes]
            if isinstance(inner, Found):
                self.leaf(inner, key, comment, indent)
                continue
            self.lines.append(f"{indent}{key}:")
            self.write(inner, where, f"{indent}  ")
            if not path:
                self.lines.append("")

    def leaf(self, one: Found, key: str, comment: Comment, indent: str) -> None:
        source = words_of(one.node, self.own) or ""
        there = self.settled.get(one.path)
        self.lines += _commented(indent, self.own, source)
        if there is None:
            self.missing.append(one.path)
            self.lines.append(f"{indent}{key}:")
            return
        was = comment.was or ("" if not comment.original or same_words(comment.original, source) else comment.original)
        if was:
            self.stale.append(one.path)
            self.lines += _commented(indent, WAS, was)
        self.lines += written(indent, key, self.present.words[there])


def written(indent: str, key: str, words: str) -> list[str]:
    """A key and its text as lines of YAML, which are read back as they were."""
    plain = _PLAIN.match(words) and words not in _WORDS and words == words.strip()
    line = f"{indent}{key}: {words if plain else json.dumps(words, ensure_ascii=False)}"
    foldable = words == words.strip() and "  " not in words and not re.search(r"\n | \n|[^\S\n ]", words)
    if len(line) <= COLUMNS or not foldable:
        return [line]
    lines = [f"{indent}{key}: >-"]
    for number, part in enumerate(words.split("\n")):
        # In folded text an empty line is what a line break is elsewhere.
        lines += [""] if number else []
        lines += [f"{indent}  {each}" for each in _wrapped(part, COLUMNS - len(indent) - 2)]
    return lines


def _commented(indent: str, label: str, words: str) -> list[str]:
    first = f"{indent}# {label}: "
    lines = _wrapped(" ".join(words.split()), COLUMNS - len(first))
    return (
        [first + lines[0], *(f"{indent}#{' ' * (len(first) - len(indent) - 1)}{line}" for line in lines[1:])]
        if lines
        else [first]
    )


def _wrapped(words: str, columns: int) -> list[str]:
    return textwrap.wrap(words, max(40, columns), break_long_words=False, break_on_hyphens=False)


def _moved(first: Path, second: Path) -> bool:
    """Whether two paths differ in numbers only."""
    return len(first) == len(second) and all(
        one == other or (one.isdigit() and other.isdigit()) for one, other in zip(first, second, strict=True)
    )


def _leaves(node: Map, path: Path) -> Iterator[tuple[Path, Scalar, Node]]:
    """Every key, with what stands there; of a branch too, for the notes above it."""
    for key, value in node:
        where = (*path, key.text)
        yield where, key, value
        if isinstance(value, Map):
            yield from _leaves(value, where)
