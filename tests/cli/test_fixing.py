"""`check --fix` mends what is safe, tells what it did, never makes more problems, and leaves nothing for a second time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wargame.cli import fixing
from wargame.cli.check import check
from wargame.cli.checking import check_path
from wargame.cli.fixing import mend, save
from wargame.scenario.problem import Severity

BASE = Path(__file__).parent.parent / "fixtures" / "broken" / "_base"
GOOD = (BASE / "scenario.yaml").read_text(encoding="utf-8")

# What can be wrong in the base scenario and be mended: written, and what it should be.
MISTAKES = [
    ("tension +1", "tensoin +1"),
    ("stance: escalate", "stance: escalat"),
    ("turns: {count: 3", "turns: {count: '3'"),
    ("format: 1\n", ""),
    ("clan: {label", "clan: {labell"),
    ("kind: cards", "kind: card"),
]


def folder_with(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "scenario"
    copytree(BASE, folder, ignore=lambda *_: ["expected.txt"], dirs_exist_ok=True)
    (folder / "scenario.yaml").write_bytes(text.encode())
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


@pytest.mark.parametrize(("good", "bad"), MISTAKES)
def test_a_mistake_is_mended_to_the_letter(good: str, bad: str, tmp_path: Path) -> None:
    """The file is again what it was before the mistake, comments and all."""
    assert good in GOOD
    folder = folder_with(tmp_path, GOOD.replace(good, bad, 1))
    result = run("--fix", folder)
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == GOOD
    assert "mended: " in result.output
    assert result.exit_code == 0


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """One command mends them all, also those that others hide."""
    text = GOOD
    for good, bad in MISTAKES:
        text = text.replace(good, bad, 1)
    folder = folder_with(tmp_path, text.replace("\n", "\r\n"))
    assert run("--fix", folder).exit_code == 0
    assert (folder / "scenario.yaml").read_bytes().decode() == GOOD.replace("\n", "\r\n")


def test_a_diff_changes_nothing(tmp_path: Path) -> None:
    """`--diff` shows the lines, and the status is that of the files as they are."""
    text = GOOD.replace("tension +1", "tensoin +1", 1)
    folder = folder_with(tmp_path, text)
    result = run("--diff", folder)
    assert result.exit_code == 1
    changed = [line for line in result.output.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert [line[0] for line in changed] == ["-", "+"]
    assert "tensoin" in changed[0]
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == text


def test_what_would_make_another_problem_is_left(tmp_path: Path) -> None:
    """The name nearest to the one written cannot stand there: the file stays, and the problem is told."""
    text = GOOD.replace("flags:\n", "flags:\n  tensiom: {label: A name nearly the same, start: true}\n", 1)
    text = text.replace("tension >= 10", "tensiome >= 10", 1)
    folder = folder_with(tmp_path, text)
    result = run("--fix", folder)
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == text
    assert result.exit_code == 1
    assert "tensiome" in result.output


def test_a_file_changed_meanwhile_is_left(tmp_path: Path) -> None:
    """Nobody's work is written over."""
    folder = folder_with(tmp_path, GOOD.replace("tension +1", "tensoin +1", 1))
    mended = mend(folder)
    (folder / "scenario.yaml").write_text("# saved just now\n")
    assert save(mended) == ["scenario.yaml"]
    assert (folder / "scenario.yaml").read_text() == "# saved just now\n"
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []


def test_rulebooks_are_not_touched(tmp_path: Path) -> None:
    """A mistake in a rulebook that the scenario builds on is told and left."""
    folder = folder_with(tmp_path, GOOD.replace("title:", "rulebooks: [book]\ntitle:", 1))
    rulebook = tmp_path / "scenario" / "rulebooks" / "book" / "rulebook.yaml"
    rulebook.parent.mkdir(parents=True)
    wrong = "format: 1\nid: book\ntitle: Book\ntracks:\n  fear: {label: Fear, range: [0, '9']}\n"
    rulebook.write_text(wrong)
    run("--fix", folder)
    assert rulebook.read_text() == wrong


def test_the_program_itself_is_not_touched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What came with the program is to be copied first."""
    monkeypatch.setattr(fixing, "PACKAGE", tmp_path)
    result = run("--fix", folder_with(tmp_path, GOOD))
    assert result.exit_code == 2
    assert "Copy it" in result.output


@pytest.mark.parametrize("arguments", [["--fix", "--diff"], ["--watch", "--fix"], ["--diff", "--format", "json"]])
def test_what_does_not_go_together(arguments: list[str]) -> None:
    """Is said, with status 2."""
    assert run(*arguments, BASE).exit_code == 2


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(MISTAKES), max_size=3),
    st.lists(
        st.tuples(st.integers(0, len(GOOD) - 1), st.sampled_from(["", "x", "=", "\t", ": ", "yes", '"', ", "])), max_size=2
    ),
)
def test_mending_never_makes_more_problems(
    tmp_path_factory: pytest.TempPathFactory, mistakes: list[tuple[str, str]], strokes: list[tuple[int, str]]
) -> None:
    """Over any mistakes: no error comes but where something was out of sight before; and mending again changes nothing."""
    text = GOOD
    for good, bad in mistakes:
        text = text.replace(good, bad, 1)
    for place, stroke in strokes:
        text = text[:place] + stroke + text[place + 1 :]
    folder = folder_with(tmp_path_factory.mktemp("mend"), text)
    before = check_path(folder)
    first = mend(folder)
    assert save(first) == []
    after = check_path(folder)
    errors = [
        Counter(problem.code for problem in one.report.sorted() if problem.severity is Severity.ERROR)
        for one in (before, after)
    ]
    if before.complete:
        assert not first.fixes or errors[1].total() < errors[0].total() + len(first.fixes)
    assert after.complete or not before.complete
    assert mend(folder).after == {}
