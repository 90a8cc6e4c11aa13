"""Strict YAML 1.2: bytes in, one tree of nodes with exact marks out, or problems.

The C parser delivers events; every guard (size, depth, number of nodes, no tags, anchors, aliases or further documents)
stands between the events and the tree, so nothing a file holds can exhaust memory or the stack. The C composer is never
used: it crashes on deeply nested brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml
import yaml.cyaml
from attrs import define, field, frozen

from wargame.scenario.node import Map, Mark, Node, Scalar, Seq
from wargame.scenario.problem import Report

_CParser: Any = yaml.cyaml.CParser  # type: ignore[attr-defined]

MOST_BYTES = 2 * 1024 * 1024
MOST_DEPTH = 40
MOST_NODES = 100_000
MOST_PROBLEMS = 20  # of one kind in one file; more would say the same again
SMALL = 32 * 1024  # characters up to which the slow parser may be asked for a better message

# What is neither text nor layout: C0 and C1 controls, other line ends, bidirectional overrides, a stray byte order mark.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")

_COLUMN = "the entries of one list or map start in the same column"
_SECOND_COLON = "A second `: ` stands on this line."
_BLOCK = "A `|` or `>` begins block text, which starts on the next line."

# What the parsers say, what it means, what to do; the first that fits.
_SYNTAX = (
    ("mapping values are not allowed", _SECOND_COLON, "put a text that contains `: ` in quotes"),
    ("or ']'", "This list is not closed, or a comma is missing in it.", "a list is written [a, b, c]"),
    ("or '}'", "This map is not closed, or a comma is missing in it.", "a map is written {key: value, key: value}"),
    ("expected ':'", "This line is not `key: value`.", "write a colon and a space behind the key, or indent continued text"),
    ("cannot start any token", "This character cannot begin a text.", "put the text in quotes"),
    ("unexpected end of stream", "This quoted text is not closed.", "close it with the same quote; a quote inside is doubled"),
    ("unexpected document separator", "This quoted text is not closed.", "close it with the same quote"),
    (
        "block end",
        "This line does not fit the indentation of the lines above.",
        _COLUMN,
    ),
    (
        "expected key",
        "This line does not fit the indentation of the lines above.",
        _COLUMN,
    ),
    (
        "expected '-'",
        "This line does not fit the indentation of the lines above.",
        _COLUMN,
    ),
    ("unknown escape", "This backslash begins no known escape.", "use single quotes: in them a backslash is only a backslash"),
    (
        "document start",
        "Text stands behind the end of the file's only value.",
        "everything belongs to one map at the left margin",
    ),
    ("node content", "A value is missing here.", "two commas in a row, or a bracket that is not closed"),
    (
        "chomping",
        _BLOCK,
        "put a text that begins with `|` or `>` in quotes",
    ),
    ("comment or a line break", _BLOCK, "put the text in quotes"),
)


@frozen
class Decoded:
    """The text of a file, and whether it is free of control characters."""

    text: str
    clean: bool


@frozen
class Parsed:
    """A file: its text as read (UTF-8, lines ended by a newline) and its tree, None where that could not be built."""

    text: str
    root: Node | None
    nodes: int = 0


@define
class _Frame:
    """A list or map that is being filled."""

    mark: Mark
    is_map: bool
    items: list[Node] = field(factory=list)
    entries: list[tuple[Scalar, Node]] = field(factory=list)
    keys: dict[str, Mark] = field(factory=dict)
    key: Scalar | None = None  # waits for its value
    skip: bool = False  # the value that comes belongs to a key that was refused

    def build(self) -> Node:
        return Map(tuple(self.entries), self.mark) if self.is_map else Seq(tuple(self.items), self.mark)


class _RefusedError(Exception):
    """The file is given up; the problem has been reported."""


def decode(data: bytes, file: str, report: Report, most: int = MOST_BYTES) -> Decoded | None:
    """The text of a file: UTF-8 without byte order mark, line ends made one newline, no control characters.

    None (and a problem `too_large` or `encoding`) where it is not text; not `clean` after a problem `control`. Tabs pass.
    """
    if len(data) > most:
        report.error(
            Mark(file, 1, 1), "too_large", f"The file is larger than {most // 1024} KiB.", "divide it and use `include`"
        )
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        report.error(Mark(file, line, column), "encoding", "The file is not UTF-8 text.", "save it with the encoding UTF-8")
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    clean = True
    for mark, character in _places(UNWANTED, text, file):
        clean = False
        name = f"U+{ord(character):04X}"
        report.error(
            mark, "control", f"The control character {name} is not allowed.", "delete it; it may be invisible in your editor"
        )
    return Decoded(text, clean)


def parse(data: bytes, file: str, report: Report, most_nodes: int = MOST_NODES) -> Parsed | None:
    """The tree of a YAML file, None where it is not even text. Problems go to the report; `root` is None after any that
    leaves no tree to trust. An empty file is an error too."""
    decoded = decode(data, file, report)
    if decoded is None:
        return None
    text, tabbed = decoded.text, False
    if not decoded.clean:
        return Parsed(text, None)
    for mark, _ in _places(re.compile("\t"), text, file):
        tabbed = True
        report.error(mark, "tab", "A tab stands here.", "use spaces; most editors can do that for every tab at once")
    if tabbed:
        return Parsed(text, None)
    composer = _Composer(file, report, most_nodes)
    try:
        root = composer.compose(text)
    except _RefusedError:
        root = None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        mark = Mark(file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        report.error(mark, "control", "A character that YAML does not allow stands here.", "delete it; it may be invisible")
        root = None
    except yaml.MarkedYAMLError as error:
        _explain(error, text, file, report)
        root = None
    return Parsed(text, root, composer.nodes)


@define
class Memory:
    """The trees of the files of one folder as they were last read without a problem: who reads it again parses only what has
    changed. Trees are never changed, so they are handed out again as they are."""

    kept: dict[str, tuple[bytes, Parsed]] = field(factory=dict)  # by file

    def parse(self, data: bytes, file: str, report: Report, most_nodes: int = MOST_NODES) -> Parsed | None:
        """The same as the function `parse`."""
        held, parsed = self.kept.get(file, (None, None))
        if parsed is not None and held == data and parsed.nodes <= most_nodes:
            return parsed
        before = len(report.problems)
        found = parse(data, file, report, most_nodes)
        if found is not None and len(report.problems) == before:
            self.kept[file] = data, found
        return found


def _places(pattern: re.Pattern[str], text: str, file: str) -> Iterator[tuple[Mark, str]]:
    """Where the pattern occurs: the first place of a line, in at most `MOST_PROBLEMS` lines."""
    last = 0
    line = 1
    lines: set[int] = set()
    for match in pattern.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        if line in lines:
            continue
        lines.add(line)
        yield Mark(file, line, last - text.rfind("\n", 0, last)), match.group()
        if len(lines) == MOST_PROBLEMS:
            return


@define
class _Composer:
    """Builds the tree from events, with its own stack."""

    file: str
    report: Report
    most_nodes: int
    nodes: int = 0
    duplicates: int = 0
    root: Node | None = None
    stack: list[_Frame] = field(factory=list)

    def compose(self, text: str) -> Node | None:
        next_event = _CParser(text).get_event
        documents = 0
        while (event := next_event()) is not None:
            kind = event.__class__
            if kind is yaml.ScalarEvent:  # as most are
                self.scalar(event)
            elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
                self.open(event)
            elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                self.add(self.stack.pop().build())
            elif kind is yaml.AliasEvent:
                self.refuse(
                    event,
                    "alias",
                    "An alias (`*`) is not allowed.",
                    "write the value out, or put text that begins with `*` in quotes",
                )
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.refuse(event, "documents", "A second document begins here.", "a file holds one; delete the line `---`")
                if event.version or event.tags:
                    self.refuse(event, "directive", "A directive (`%`) is not allowed.", "delete the line")
        if self.root is None:
            self.report.error(Mark(self.file, 1, 1), "empty_file", "The file is empty.", "a scenario begins with `format: 1`")
        return self.root

    def place(self, event: Any) -> Mark:
        return Mark(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def refuse(self, event: Any, code: str, message: str, hint: str) -> NoReturn:
        self.report.error(self.place(event), code, message, hint)
        raise _RefusedError

    def count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > self.most_nodes:
            self.refuse(
                event, "too_many", f"The file holds more than {self.most_nodes} values.", "leave out what is not needed"
            )
        if event.anchor is not None:
            self.refuse(
                event, "anchor", "An anchor (`&`) is not allowed.", "delete it, or put text that begins with `&` in quotes"
            )
        if event.tag is not None:
            self.refuse(event, "tag", "A tag (`!`) is not allowed.", "delete it, or put text that begins with `!` in quotes")

    def scalar(self, event: Any) -> None:
        self.count(event)
        start, end, text = event.start_mark, event.end_mark, event.value
        line, column = start.line, start.column
        if event.implicit[0]:
            inline = line == end.line and end.column - column == len(text)
            self.add(Scalar(text, Mark(self.file, line + 1, column + 1), False, inline))
            return
        # Escapes of quoted text can bring in what the file itself may not hold.
        found = UNWANTED.search(text) or ("\t" in text and re.search("\t", text))
        if found:
            self.refuse(
                event, "control", f"The control character U+{ord(found.group()):04X} is not allowed.", "delete the escape"
            )
        if event.style in {"|", ">"}:
            self.add(Scalar(text, Mark(self.file, line + 1, column + 1), True, False))
        else:
            inline = line == end.line and end.column - column - 2 == len(text)
            self.add(Scalar(text, Mark(self.file, line + 1, column + 2), True, inline))

    def open(self, event: Any) -> None:
        self.count(event)
        if len(self.stack) >= MOST_DEPTH:
            self.refuse(
                event, "too_deep", f"Lists and maps stand more than {MOST_DEPTH} deep in each other.", "write it flatter"
            )
        self.stack.append(_Frame(self.place(event), isinstance(event, yaml.MappingStartEvent)))

    def add(self, node: Node) -> None:
        """Puts a finished node where it belongs: as a key, as the value of the key that waits, or into a list."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        if not frame.is_map:
            frame.items.append(node)
        elif frame.skip:
            frame.skip = False
        elif frame.key is None:
            self.key(frame, node)
        else:
            frame.entries.append((frame.key, node))
            frame.key = None

    def key(self, frame: _Frame, node: Node) -> None:
        if not isinstance(node, Scalar):
            self.report.error(
                node.mark, "bad_key", "A list or map stands where a key belongs.", "keys are words; quote text with brackets"
            )
            raise _RefusedError
        if node.text == "<<" and not node.quoted:
            self.report.error(node.mark, "merge_key", "The merge key `<<` is not allowed.", "write the keys out", 2)
            frame.skip = True
        elif node.text in frame.keys:
            frame.skip = True
            self.duplicates += 1
            if self.duplicates <= MOST_PROBLEMS:
                line = frame.keys[node.text].line
                name = node.text if len(node.text) <= 60 else node.text[:59] + "…"
                self.report.error(
                    node.mark,
                    "duplicate",
                    f"`{name}` stands twice in one map.",
                    f"the first is in line {line}",
                    max(1, len(node.text)),
                )
        else:
            frame.keys[node.text] = node.mark
            frame.key = node


def _explain(error: yaml.MarkedYAMLError, text: str, file: str, report: Report) -> None:
    """Reports a syntax error in words for people."""
    if len(text) <= SMALL:
        second = _second_opinion(text)
        if second is not None and _of_one_mistake(second, error):
            error = second
    said = f"{error.context or ''} {error.problem or ''}"
    sentence, hint = f"This is not well-formed YAML: {error.problem or 'unknown error'}.", ""
    for fragment, words, advice in _SYNTAX:
        if fragment in said:
            sentence, hint = words, advice
            break
    if sentence == _SECOND_COLON and error.problem_mark is not None:
        colon = error.problem_mark
        lines = text.split("\n")
        line_so_far = lines[colon.line][: colon.column] if colon.line < len(lines) else ""
        if ": " not in line_so_far:
            sentence, hint = "A text without a key stands above this line.", "every line of a map is `key: value`"
            if _too_deep(lines, colon.line):
                sentence, hint = "This line is indented deeper than the line above, which is complete.", _COLUMN
    # What was never closed is best shown where it was opened.
    opened = "not closed" in sentence and error.context_mark is not None
    place = error.context_mark if opened else error.problem_mark or error.context_mark
    line, column = (place.line + 1, place.column + 1) if place is not None else (1, 1)
    if hint == _COLUMN and error.problem_mark is not None:
        left_open = _left_open(text.split("\n"), error.problem_mark.line, error.problem_mark.column)
        if left_open is not None:
            sentence, hint = "This quoted text is not closed.", "close it with the same quote; a quote inside is doubled"
            line, column = left_open
    report.error(Mark(file, line, column), "syntax", sentence, hint)


def _of_one_mistake(second: yaml.MarkedYAMLError, first: yaml.MarkedYAMLError) -> bool:
    """Whether two parsers stopped at the same place; the pure Python one alone refuses `{a: Why?, b: 1}`."""
    marks = [mark.line for mark in (first.context_mark, first.problem_mark) if mark is not None]
    return second.problem_mark is None or not marks or min(marks) <= second.problem_mark.line <= max(marks)


def _too_deep(lines: list[str], number: int) -> bool:
    """Whether a line is indented deeper than the one above it, and that one is a whole `key: value`."""
    above = next((line for line in reversed(lines[:number]) if line.strip() and not line.lstrip().startswith("#")), "")
    entry = re.match(r" *(?:- +)?[^\s:#]+: +[^\s|>#]", above)
    return entry is not None and _indent(lines[number]) > _indent(above)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _left_open(lines: list[str], number: int, column: int) -> tuple[int, int] | None:
    """Where a quote was opened that the quote just before this place closes by mistake; None if it is not so."""
    if number >= len(lines) or not 0 < column <= len(lines[number]) or lines[number][column - 1] not in "\"'":
        return None
    quote = lines[number][column - 1]
    for above in range(number - 1, max(-1, number - 40), -1):
        found = re.search(rf"(?:: +|- +|[\[{{,] *)({quote})[^{quote}]*$", lines[above])
        if found is not None:
            return above + 1, found.start(1) + 1
        if quote in lines[above]:
            return None
    return None


def _second_opinion(text: str) -> yaml.MarkedYAMLError | None:
    """What the pure Python parser, which says more, finds wrong; None if it is content or cannot tell."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MOST_DEPTH:
                return None
    except yaml.MarkedYAMLError as error:
        return error
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return None
