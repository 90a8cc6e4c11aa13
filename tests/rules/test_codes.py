"""Every code that the rules report has a fixture in tests/fixtures/broken whose expected text a person has read."""

from __future__ import annotations

import pytest

from tests.support.codes import BROKEN, of_rules


def test_there_are_codes() -> None:
    """The search finds the calls that report."""
    assert {"peeks", "unknown_name", "unset_flag", "unknown_attribute"} <= set(of_rules())


@pytest.mark.parametrize("code", sorted(of_rules()))
def test_code_has_a_fixture(code: str) -> None:
    """A folder named by the code shows what it looks like."""
    cases = [folder.name for folder in BROKEN.iterdir() if folder.name == code or folder.name.startswith(f"{code}_")]
    assert any(f"[{code}]" in (BROKEN / case / "expected.txt").read_text(encoding="utf-8") for case in cases)
