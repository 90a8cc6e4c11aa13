"""Translations beside a scenario: `translations/<language>/` holds its files again, with only their texts in that language.

`translations/es/injects/week1.yaml` has the texts of `injects/week1.yaml`, each under the same keys, and
`translations/es/briefings/north.md` is that briefing. A file becomes a tree in which every text is a map of languages, as if
it had been written so in the file itself: whatever comes later knows nothing of translations.

The original stands as a comment above its translation (`# en: …`), so that a translator sees it and a check notices when it
has changed since. A line `# was: …` says that the text below is still the translation of an older original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from attrs import define, field, frozen

from wargame.scenario.files import Folder
from wargame.scenario.node import Map, Mark, Node, Scalar
from wargame.scenario.problem import Report, suggest
from wargame.scenario.scalars import as_text, described, is_empty, shown, width
from wargame.scenario.text import placeholders
from wargame.scenario.texts import Found, Path, replaced, texts_of

FOLDER = "translations"
WAS = "was"  # in a comment: the older original that a text translates
SUFFIXES = (".yaml", ".md")

_BEGUN = re.compile(r"\s*# ([a-z]{2,3}(?:-[A-Za-z0-9]+)*): (.*)")
_CONTINUED = re.compile(r"\s*#  +(.*)")

Tree: TypeAlias = "dict[str, Tree | Found]"


def place_of(language: str, file: str) -> str:
    """Where the translation of a file of the scenario stands, by its path in the scenario's folder."""
    return f"{FOLDER}/{language}/{file}"


@frozen
class Sidecar:
    """A file of translations as read: its text, and its tree, None where there is none to trust (which has been reported)."""

    text: str
    root: Map | None


@frozen
class Comment:
    """What the comment lines directly above a translation say: the original, the older one it translates, and notes."""

    original: str = ""
    was: str = ""
    notes: tuple[str, ...] = field(factory=tuple)


@define
class Translations:
    """The translations beside a scenario or rulebook, its files taken in one after the other.

    `main` is its main file, `prefix` stands before its paths as shown, `languages` are its own (the first is the one it is
    written in), `wanted` those that the scenario speaks. `read` gives a file by its path in the folder.
    """

    folder: Folder
    prefix: str
    main: str
    languages: Sequence[str]
    wanted: Sequence[str]
    report: Report
    read: Callable[[str], Sidecar]
    files: Sequence[str] = field(init=False)  # below `translations`
    into: tuple[str, ...] = field(init=False)  # languages that there are files of, and that are wanted
    used: set[str] = field(factory=set, init=False)

    def __attrs_post_init__(self) -> None:
        self.files = tuple(name for name in self.folder.names(FOLDER) if name.endswith(SUFFIXES))
        there = {name.split("/")[1] for name in self.files}
        self.into = tuple(each for each in self.languages[1:] if each in self.wanted and each in there)

    def taken(self, root: Map, name: str) -> Map:
        """The tree of a file with its translations in it; what is wrong with them is reported."""
        if not self.into:
            return root
        texts = texts_of(root, self.main)
        tree = tree_of([one for one in texts if not one.prose])
        given: dict[str, Mapping[Path, Scalar]] = {}
        for language in self.into:
            place = place_of(language, name)
            self.used.add(place)
            if place in self.files:
                side = self.read(place)
                comparison = _Comparison(name, self.languages[0], language, side.text.split("\n"), self.report)
                if side.root is not None:
                    comparison.compare(tree, side.root, (), Mark(self.prefix + place, 1, 1))
                given[language] = comparison.given
            elif number := _count(tree):
                message = f"{_texts(number)} of this file {'lacks' if number == 1 else 'lack'} a translation into `{language}`."
                hint = f"they belong in {shown(place)}; `wargame texts` with `--language {language}` begins the file"
                self.report.error(Mark(self.prefix + name, 1, 1), "missing_translation", message, hint)

        def put(one: Found) -> Node:
            if one.prose:
                return self._briefing(one)
            return self._joined(one.node, {language: each[one.path] for language, each in given.items() if one.path in each})

        return replaced(root, self.main, put)

    def report_unread(self, languages: Scalar) -> None:
        """Warns of files of translations that nothing asks for. `languages` is the key where the languages are declared."""
        for language in dict.fromkeys(name.split("/")[1] for name in self.files):
            place = f"{FOLDER}/{language}"
            if language in self.into:
                continue
            message = f"{shown(place)} is not read: {shown(language)} is not among the `languages` behind the first."
            hint = suggest(language, self.languages[1:]) or f"when it is complete, add `{language}` to the `languages`"
            self.report.warning(languages.mark, "unread_translation", message, hint, width(languages))
        for name in self.files:
            if name.split("/")[1] in self.into and name not in self.used:
                message = f"{shown(name)} is not read: the scenario has no such file."
                self.report.warning(Mark(self.prefix + name, 1, 1), "unread_translation", message, suggest(name, self.used))

    def _joined(self, node: Node, given: Mapping[str, Scalar]) -> Node:
        if not given:
            return node
        own = node.entries if isinstance(node, Map) else ((Scalar(self.languages[0], node.mark), node),)
        return Map((*own, *((Scalar(each, words.mark), words) for each, words in given.items())), node.mark)

    def _briefing(self, one: Found) -> Node:
        """A briefing's path with the paths of its translations beside it."""
        if not isinstance(one.node, Scalar):
            return one.node
        given = {}
        for language in self.into:
            place = place_of(language, one.node.text)
            self.used.add(place)
            if place in self.files:
                given[language] = Scalar(place, one.node.mark, quoted=True, inline=False)
            else:
                message = f"{_path(one.path)} has no translation into `{language}`."
                self.report.error(one.node.mark, "missing_translation", message, f"write it to {shown(place)}", width(one.node))
        return self._joined(one.node, given)


def comment_above(lines: Sequence[str], line: int, own: str) -> Comment:
    """What the comment above a line says; lines are numbered from 1. `own`: the language of the original."""
    first = line - 1
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    said: dict[str, list[str]] = {}
    notes: list[str] = []
    current: list[str] | None = None
    for text in lines[first : line - 1]:
        begun, more = _BEGUN.match(text), _CONTINUED.match(text)
        if begun is not None and begun.group(1) in {own, WAS}:
            current = said.setdefault(begun.group(1), [])
            current.append(begun.group(2))
        elif more is not None and current is not None:
            current.append(more.group(1))
        else:
            current = None
            notes.append(text.strip())
    return Comment(" ".join(said.get(own, ())), " ".join(said.get(WAS, ())), tuple(notes))


def same_words(first: str, second: str) -> bool:
    """Whether two texts are the same but for their line breaks."""
    return first.split() == second.split()


def words_of(node: Node, language: str) -> str | None:
    """What a text says in its original language; None where it is no text."""
    own = node.get(language) if isinstance(node, Map) else node
    return as_text(own) if isinstance(own, Scalar) else None


def tree_of(found: Sequence[Found]) -> Tree:
    """Texts by the keys of their paths, one in the other."""
    top: Tree = {}
    for one in found:
        part = top
        for step in one.path[:-1]:
            inner = part.setdefault(step, {})
            assert isinstance(inner, dict), "a text holds no texts"
            part = inner
        part[one.path[-1]] = one
    return top


def _count(part: Tree | Found) -> int:
    """How many texts within want a translation: a map of languages does not."""
    if isinstance(part, dict):
        return sum(_count(each) for each in part.values())
    return 0 if isinstance(part.node, Map) else 1


@frozen
class _Comparison:
    """The texts of a file beside their translations into a language; `given` are those that can be used."""

    name: str
    own: str  # the language of the originals
    language: str
    lines: Sequence[str]  # of the translations
    report: Report
    given: dict[Path, Scalar] = field(factory=dict)

    def compare(self, wanted: Tree, written: Map, path: Path, above: Mark) -> None:
        """Takes over what is translated, and reports what is missing, too much or unlike its original."""
        for key, value in written:
            where = (*path, key.text)
            part = wanted.get(key.text)
            if part is None:
                message = f"{_path(where)} is no text of {self.name}."
                self.report.error(key.mark, "unknown_text", message, suggest(key.text, wanted), width(key))
            elif isinstance(part, Found):
                self.leaf(part, key, value)
            elif isinstance(value, Map):
                self.compare(part, value, where, key.mark)
            elif is_empty(value):
                self.missing(part, key.mark, where, width(key))
            else:
                message = f"{_path(where)} holds {_texts(_count(part))}, not {described(value)}."
                self.report.error(value.mark, "unknown_text", message, f"its keys are: {', '.join(part)}", width(value))
        for name, part in wanted.items():
            if written.get(name) is None:
                self.missing(part, above, (*path, name), 1)

    def missing(self, part: Tree | Found, mark: Mark, path: Path, columns: int) -> None:
        number = _count(part)
        if number:
            said = f" ({_texts(number)})" if isinstance(part, dict) else ""
            message = f"{_path(path)}{said} has no translation into `{self.language}`."
            hint = f"`wargame texts` with `--language {self.language}` writes what is missing into the file"
            self.report.error(mark, "missing_translation", message, hint, columns)

    def leaf(self, one: Found, key: Scalar, value: Node) -> None:
        name = _path(one.path)
        if isinstance(one.node, Map) and one.node.get(self.language) is not None:
            message = f"{name} is given in `{self.language}` where it stands, and here again."
            self.report.error(key.mark, "translated_twice", message, f"the other is in {one.node.mark}", width(key))
            return
        words = as_text(value) if isinstance(value, Scalar) else None
        if is_empty(value) or (words is not None and not words.strip()):
            self.missing(one, key.mark, one.path, width(key))
        elif not isinstance(value, Scalar) or words is None:
            message = f"{name} needs text, not {described(value)}."
            self.report.error(value.mark, "wrong_type", message, "put it in quotes", width(value))
        else:
            self.given[one.path] = value
            source = words_of(one.node, self.own)
            if source is not None:
                self.beside(name, source, words, key, value)

    def beside(self, name: str, source: str, words: str, key: Scalar, value: Scalar) -> None:
        """Reports how a translation differs from its original where it must not."""
        here, there = placeholders(words), placeholders(source)
        odd = [f"{each} is missing" for each in sorted(there - here)] + [f"{each} is too much" for each in sorted(here - there)]
        if odd:
            message = f"{name} has other placeholders than its original: {', '.join(odd)}."
            hint = "what stands in braces is filled in and is not translated"
            self.report.error(value.mark, "placeholders", message, hint, width(value))
        comment = comment_above(self.lines, key.mark.line, self.own)
        if comment.was or (comment.original and not same_words(comment.original, source)):
            message = f"The original of {name} has changed since it was translated."
            settle = f"the line `# {WAS}:`" if comment.was else "the comment with the original"
            hint = f"it says now {shown(source)}; when the translation is right again, delete {settle}"
            self.report.warning(value.mark, "stale_translation", message, hint, width(value))


def _path(path: Path) -> str:
    return shown(".".join(path))


def _texts(number: int) -> str:
    return f"{number} {'text' if number == 1 else 'texts'}"
