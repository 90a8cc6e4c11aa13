"""Every code that the rules report has a fixture in tests/fixtures/broken whose expected text a person has read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import wargame.rules

BROKEN = Path(__file__).parent.parent / "fixtures" / "broken"
RULES = Path(wargame.rules.__file__).parent
REPORTING = ("error", "warning", "wrong", "wrong_attribute")

# Structure, which the loader checks first and in better words; the rules say it only of scenarios made without it.
TOLD_BY_THE_LOADER = {
    "adjacent_to_itself", "cost", "name_taken", "no_seats", "parties", "pool_exceeded", "reserved_name", "role_many",
    "role_unplayed", "signature", "start_outside_range", "unknown_area", "unknown_area_value", "unknown_kind", "unknown_lock",
    "unknown_role", "unknown_language",
}  # fmt: skip


def codes() -> list[str]:
    """All codes that stand as text in a call that reports."""
    found = set()
    for file in sorted(RULES.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in REPORTING:
                code = node.args[1] if len(node.args) > 1 else None
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found.add(code.value)
    return sorted(found - TOLD_BY_THE_LOADER)


def test_there_are_codes() -> None:
    """The search finds the calls that report."""
    assert {"peeks", "unknown_name", "unset_flag", "unknown_attribute"} <= set(codes())


@pytest.mark.parametrize("code", codes())
def test_code_has_a_fixture(code: str) -> None:
    """A folder named by the code shows what it looks like."""
    cases = [folder.name for folder in BROKEN.iterdir() if folder.name == code or folder.name.startswith(f"{code}_")]
    assert any(f"[{code}]" in (BROKEN / case / "expected.txt").read_text() for case in cases)
