"""Generated code is what a person would write: straight lines, known things left away, no loops over few members."""

from __future__ import annotations

import pytest

from tests.support.rules import BASE, acting, compiled


def lines_of(effects: str, *, targets: str = "", extra: str = "", recording: bool = False) -> list[str]:
    """The lines of the function of action `act` that carries these effects out, without its head."""
    listed = f"    targets: {{{targets}}}\n" if targets else ""
    text = BASE + f"actions:\n  act:\n    seat: chapitos\n    label: Act\n{listed}    effects: [{effects}]\n" + extra
    program = compiled(text, recording=recording)
    name = program.actions[0].run.__name__
    rest = program.generated.split(f"def {name}(")[1].split("\ndef ")[0]
    return [line.strip() for line in rest.splitlines()[1:]]


def slot(name: str) -> int:
    """The number of a slot in the programs of this file."""
    return compiled(BASE).slot_of[name]


def test_fixed_amount() -> None:
    """Adding a fixed amount clamps at one end only."""
    number = slot("escalation")
    assert lines_of("escalation +1") == [f"o = b[{number}]", "if o < 10:", "n = o + 1", f"b[{number}] = n"]
    assert lines_of("escalation -3")[1:3] == ["if o > 0:", "n = o - 3 if o >= 3 else 0"]


def test_recording() -> None:
    """With recording on, a write is logged where it happens."""
    number = slot("escalation")
    lines = lines_of("escalation +1", recording=True)
    assert lines[0] == "w = x.writes"
    assert lines[-1] == f"w.append(({number}, o, n))"


def test_no_rounding_of_whole_numbers() -> None:
    """Rounding is skipped where a number is whole for certain, and done where it is not."""
    assert not any("round_" in line for line in lines_of("support +escalation * 2"))
    assert any("round_" in line for line in lines_of("support +escalation / 2"))


def test_clamps_that_cannot_matter_are_left_away() -> None:
    """A sum that only grows is not compared with the lower bound."""
    assert not any("<" in line for line in lines_of("support +escalation"))


def test_loops_over_few_are_written_out() -> None:
    """A loop over a kind has no loop, and a condition on who it is none either."""
    lines = lines_of("{each: o in cartel if o != mayiza, do: [o.heat +1]}")
    assert not any(line.startswith("for ") for line in lines)
    assert lines == [f"o = b[{slot('chapitos.heat')}]", "if o < 10:", "n = o + 1", f"b[{slot('chapitos.heat')}] = n"]


def test_known_conditions_are_decided() -> None:
    """What is known when compiling takes no time when playing."""
    assert lines_of("{when: 'adjacent(baja, sinaloa)', then: [mood +1]}") == ["pass"]
    assert lines_of("{when: chapitos == mayiza or not (mayiza in cartel), then: [mood +1]}") == ["pass"]


@pytest.mark.parametrize("where", ["false", "t == chapitos and t == mayiza", "not true"])
def test_targets_that_can_never_be(where: str) -> None:
    """A target whose condition never holds leaves a function that lists nothing, in and out of loops."""
    for domain in ("cartel", "seats", "neighbours(p)"):
        if domain.startswith("n"):
            aims = f"p: {{of: areas}}, t: {{of: {domain}, where: {'false' if 't ==' in where else where}}}"
        else:
            aims = f"t: {{of: {domain}, where: {where}}}"
        table = acting("mood +1", targets=aims)
        assert table.program.actions[0].targets(table.board, 1) == []


def test_many_combinations_are_loops() -> None:
    """Beyond a size, targets are loops and not lines."""
    areas = "".join(f"  x{number}: {{label: X, at: [{number}, 5]}}\n" for number in range(30))
    text = BASE.replace("pieces:\n", areas + "pieces:\n", 1)
    program = compiled(text + "actions: {act: {seat: cartel, label: Act, targets: {p: {of: areas}, q: {of: areas}}}}\n")
    assert "for r_p in" in program.generated
    assert len(program.actions[0].targets(list(program.start), 1)) == 33 * 33
