"""Every scenario in tests/fixtures/broken is reported exactly as its expected.txt says, and each code has a fixture.

A case is a folder `<code>` or `<code>_<variant>` with a `scenario.yaml` (or `rulebook.yaml`) that is broken on purpose. To add
one, write the scenario and run `python -m tests.fixtures.regolden`: it writes every expected.txt anew; read the
difference before you keep it. `_base` is a valid scenario to start from.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.codes import BROKEN, of_scenario
from wargame.cli.checking import understand
from wargame.scenario.load import load, load_sources
from wargame.scenario.render import Checked, render_text

CASES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())

# Codes whose inputs are made by a test, because they are large, hostile or not text: test -> codes.
GENERATED = {
    "test_strict_yaml.py": {"too_large", "too_many", "too_deep", "encoding", "control"},
    "test_load.py": {"unreadable"},
    "test_translations.py": {"unread_translation"},
    "test_structure.py": {"too_many_problems"},
    "test_allow.py": {"allow_unused"},
}


@pytest.mark.parametrize("case", CASES)
def test_problems_read_as_expected(case: str) -> None:
    """A broken scenario is reported word for word as its golden says, and without a traceback."""
    loaded = load(BROKEN / case)
    understand(loaded)
    text = render_text([Checked(loaded.report, loaded.sources, {})], 1)
    golden = BROKEN / case / "expected.txt"
    if os.environ.get("WARGAME_REGOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith("_")])
def test_a_case_is_named_by_its_code(case: str) -> None:
    """The folder's name begins with a code that the case brings up, so that the one leads to the other."""
    loaded = load(BROKEN / case)
    understand(loaded)
    codes = {problem.code for problem in loaded.report.problems}
    assert any(case == code or case.startswith(f"{code}_") for code in codes), f"{case} brings up {codes}"


@pytest.mark.parametrize("case", [case for case in CASES if (BROKEN / case / "scenario.yaml").exists()])
def test_texts_alone_give_the_same_problems(case: str) -> None:
    """Loading again from the texts that were read finds the same problems, unless a file could not be read."""
    loaded = load(BROKEN / case)
    again = load_sources(loaded.sources)
    assert again.scenario == loaded.scenario
    if loaded.scenario is None:
        assert again.report.failed
        return
    found = [(problem.mark, problem.code, problem.message) for problem in loaded.report.sorted()]
    assert [(problem.mark, problem.code, problem.message) for problem in again.report.sorted()] == found


def test_the_base_is_valid() -> None:
    """The scenario to start from has no problem."""
    loaded = load(BROKEN / "_base")
    assert loaded.report.problems == []


def test_every_code_has_a_case() -> None:
    """Each code that the scenario package can report is brought up by a fixture, or by the test that `GENERATED` names."""
    raised = set(of_scenario())
    assert len(raised) > 40
    made = {code for codes in GENERATED.values() for code in codes}
    covered = {problem.code for case in CASES for problem in load(BROKEN / case).report.problems}
    assert raised - covered - made == set()


def test_generated_codes_are_in_the_tests_named() -> None:
    """A code without a fixture is at least named by the test that is said to make it."""
    for name, codes in GENERATED.items():
        text = (Path(__file__).parent / name).read_text(encoding="utf-8")
        assert [code for code in codes if f'"{code}"' not in text] == []
