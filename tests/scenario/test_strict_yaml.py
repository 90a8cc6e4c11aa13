"""Any bytes are read into nodes with exact marks or into problems: never a crash, a hang or a mountain of memory."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.scenario.node import Map, Mark, Node, Scalar, Seq
from wargame.scenario.problem import Report
from wargame.scenario.strict_yaml import MOST_BYTES, MOST_DEPTH, MOST_NODES, Memory, parse

MOST_MEMORY = 64 * 1024 * 1024

BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (b, b, b", ".join([b"*%c" % (b - 1)] * 9)) for b in range(ord("b"), ord("z"))
)

HOSTILE = {
    "brackets": (b"[" * 100_000, "too_deep"),
    "braces": (b"{" * 100_000, "too_deep"),
    "dashes": (b"- " * 100_000, "too_deep"),
    "questions": (b"? " * 100_000, "too_deep"),
    "steps": ("\n".join(" " * i + "k:" for i in range(1000)).encode(), "too_deep"),
    "ten megabytes": (b"key: value\n" * 1_000_000, "too_large"),
    "ten megabytes of brackets": (b"[" * 10_000_000, "too_large"),
    "alias bomb": (BOMB, "anchor"),
    "alias alone": (b"a: *b\n", "alias"),
    "a list of everything": (b"[" + b"a," * 900_000 + b"a]", "too_many"),
    "many keys": (b"".join(b"k%d: v\n" % i for i in range(120_000)), "too_many"),
    "one key again and again": (b"k: v\n" * 49_000, "duplicate"),
    "open quote": (b'"' + b"a\\n" * 600_000, "syntax"),
    "colons": (b"a: " * 600_000, "syntax"),
    "zeros": (b"\0" * 1_000_000, "control"),
    "tabs": (b"\t" * 1_000_000, "tab"),
    "lines of tabs": (b"\t\n" * 900_000, "tab"),
    "not UTF-8": (b"\xff" * 1_000_000, "encoding"),
    "UTF-16": ("format: 1".encode("utf-16"), "encoding"),
    "nothing": (b"", "empty_file"),
    "a comment": (b"#" * 2_000_000, "empty_file"),
    "an escaped escape": (b'a: "\\e[2J"', "control"),
    "a surrogate": (b'a: "\\ud800"', "syntax"),
    "an early end": (b"a: [1, 2", "syntax"),
}


def read(text: str) -> Node:
    report = Report()
    parsed = parse(text.encode(), "f", report)
    assert report.problems == []
    assert parsed is not None
    assert parsed.root is not None
    return parsed.root


def codes(data: bytes) -> set[str]:
    report = Report()
    parse(data, "f", report)
    return {problem.code for problem in report.problems}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_little_memory(name: str) -> None:
    """What would crash, hang or fill a careless reader is a problem with a code, and at most 64 MiB pass through memory."""
    data, code = HOSTILE[name]
    report = Report()
    tracemalloc.start()
    try:
        parse(data, "f", report)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert code in {problem.code for problem in report.problems}
    assert len(report.problems) <= 20
    assert peak < MOST_MEMORY


def test_limits_are_where_they_are_said_to_be() -> None:
    """The largest allowed file, depth and count pass; one more does not."""
    assert codes(b"a: " + b"b" * (MOST_BYTES - 3)) == set()
    assert codes(b"a: " + b"b" * (MOST_BYTES - 2)) == {"too_large"}
    assert codes(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH) == set()
    assert codes(b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1)) == {"too_deep"}
    assert codes(b"- a\n" * (MOST_NODES - 1)) == set()
    assert codes(b"- a\n" * MOST_NODES) == {"too_many"}


def test_marks_are_exact() -> None:
    """A node's mark is where its text starts, behind an opening quote, counted in characters from 1."""
    root = read("a: [1, 'two']\né😀: \"x\"\nb:\n  - c: d\n")
    assert isinstance(root, Map)
    assert root.mark == Mark("f", 1, 1)
    first = root.get("a")
    assert isinstance(first, Seq)
    assert first.mark == Mark("f", 1, 4)
    assert [item.mark for item in first.items] == [Mark("f", 1, 5), Mark("f", 1, 9)]
    emoji = root.get("é😀")
    assert emoji is not None
    assert emoji.mark == Mark("f", 2, 6)
    listed = root.get("b")
    assert isinstance(listed, Seq)
    assert listed.items[0].mark == Mark("f", 4, 5)


def test_inline_is_told_from_folded_text() -> None:
    """A scalar is inline exactly where a column of its text is a column of the file."""
    root = read("a: plain\nb: 'quoted'\nc: 'it''s'\nd: |\n  block\ne: two\n  lines\nf: \"a\\nb\"\n")
    assert isinstance(root, Map)
    inline = {key.text: value.inline for key, value in root if isinstance(value, Scalar)}
    assert inline == {"a": True, "b": True, "c": False, "d": False, "e": False, "f": False}


def test_texts_stay_as_written() -> None:
    """Nothing is converted: dates, times, octals, truth values and numbers are the text that stands there."""
    for text in ("no", "12:30", "2025-02-01", "0o17", "1_000", "~", "1.50", "Yes"):
        root = read(f"a: {text}\n")
        assert isinstance(root, Map)
        assert root.get("a") == Scalar(text)


def test_byte_order_mark_and_line_ends() -> None:
    """A leading byte order mark is dropped and Windows line ends are read as newlines."""
    report = Report()
    parsed = parse(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "f", report)
    assert report.problems == []
    assert parsed is not None
    assert parsed.text == "a: 1\nb: 2\n"
    assert isinstance(parsed.root, Map)
    assert [key.mark for key, _ in parsed.root] == [Mark("f", 1, 1), Mark("f", 2, 1)]
    assert codes(b"a: 1\rb: 2") == {"control"}


def test_all_duplicates_are_reported() -> None:
    """Reading goes on after a duplicate key; the first value stays."""
    report = Report()
    parsed = parse(b"a: 1\na: 2\nb: {c: 1, c: [2, {d: 3}]}\na: 4\n", "f", report)
    assert [(problem.mark.line, problem.code) for problem in report.problems] == [
        (2, "duplicate"),
        (3, "duplicate"),
        (4, "duplicate"),
    ]
    assert parsed is not None
    assert isinstance(parsed.root, Map)
    assert parsed.root.get("a") == Scalar("1")


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Whatever comes, the outcome is a tree or a problem."""
    report = Report()
    parsed = parse(data, "f", report)
    assert report.problems or (parsed is not None and parsed.root is not None)


@given(st.text(alphabet="abx:-?,[]{}&*!|>'\"%@`#~ \n\t\\0", max_size=80))
def test_any_punctuation(text: str) -> None:
    """Whatever a slip of the hand makes of YAML, the outcome is a tree or a problem in a place of the file."""
    report = Report()
    parsed = parse(text.encode(), "f", report)
    assert report.problems or (parsed is not None and parsed.root is not None)
    for problem in report.problems:
        assert 1 <= problem.mark.line <= text.count("\n") + 2
        assert problem.mark.column >= 1


def test_a_file_that_stayed_the_same_is_not_parsed_again() -> None:
    memory, report = Memory(), Report()
    first = memory.parse(b"a: 1\n", "a.yaml", report)
    assert memory.parse(b"a: 1\n", "a.yaml", report) is first
    changed = memory.parse(b"a: 2\n", "a.yaml", report)
    assert changed is not None
    assert changed.text == "a: 2\n"
    other = memory.parse(b"a: 2\n", "b.yaml", report)
    assert other is not None
    assert other.root is not None
    assert other.root.mark.file == "b.yaml"
    assert not report.problems


@pytest.mark.parametrize(
    ("data", "most", "code"), [(b"a: 1\na: 2\n", MOST_NODES, "duplicate"), (b"a: [1, 2]\n", 3, "too_many")]
)
def test_what_is_wrong_with_a_file_is_told_each_time(data: bytes, most: int, code: str) -> None:
    memory = Memory()
    memory.parse(b"a: [1, 2]\n", "a.yaml", Report())
    for _ in range(2):
        report = Report()
        memory.parse(data, "a.yaml", report, most)
        assert [problem.code for problem in report.problems] == [code]


@pytest.mark.parametrize("text", ['first: {a: Why?, b: 1}\nlast: "\\uD800"\n', 'last: "\\uD800"\nfirst: {a: Why?, b: 1}\n'])
def test_a_mistake_is_shown_where_it_stands(text: str) -> None:
    """Also where the parser that says more refuses another line, which is right."""
    report = Report()
    parse(text.encode(), "a.yaml", report)
    (problem,) = report.problems
    assert text.split("\n")[problem.mark.line - 1].startswith("last")
