"""Lines come one at a time, when they are asked for; a pipe that ends or breaks ends the sitting and nothing else."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from wargame.client.plain.lines import LONGEST, Terminal, broken


async def test_a_line_is_read_only_when_it_is_asked_for() -> None:
    source = io.StringIO("one\ntwo\nthree\n")
    terminal = Terminal(source, io.StringIO())
    terminal.start()
    assert await terminal.read() == "one"
    assert await terminal.read() == "two"
    assert source.read() == "three\n"


async def test_after_the_last_line_there_is_none() -> None:
    terminal = Terminal(io.StringIO("last"), io.StringIO())
    terminal.start()
    assert await terminal.read() == "last"
    assert await terminal.read() is None
    assert await terminal.read() is None


async def test_a_line_without_end_comes_in_pieces() -> None:
    terminal = Terminal(io.StringIO("x" * (LONGEST + 5) + "\n"), io.StringIO())
    terminal.start()
    assert len(await terminal.read() or "") == LONGEST
    assert await terminal.read() == "xxxxx"


async def test_a_reader_that_is_gone_ends_it() -> None:
    target = io.StringIO()
    terminal = Terminal(io.StringIO("never read\n"), target)
    terminal.start()
    target.close()
    terminal.write("Hello.")
    assert await terminal.read() is None


def test_a_pipe_is_not_prompted() -> None:
    target = io.StringIO()
    Terminal(io.StringIO(), target, interactive=False).prompt("> ")
    assert target.getvalue() == ""


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])), st.integers(20, 200))
def test_a_long_line_is_broken_between_words_and_loses_none(line: str, width: int) -> None:
    parts = broken(line, width)
    assert " ".join(parts).split() == line.split()
    assert all(len(part) < width or len(part.split()) == 1 for part in parts)
