"""`wargame check --fix`: mends what can be mended without asking, and keeps only what really helped.

A fix stays if after it the problem is gone and no new one has come, but for those that the problem had hidden. All are tried at
once; if that is not clean, halves of them.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path

import click
from attrs import define, field, frozen

from wargame.cli.checking import check_path, checked, examined, without_collecting
from wargame.scenario.files import RULEBOOKS, DiskFolder, UnreadableError
from wargame.scenario.fixes import Edit, Fix, apply, propose
from wargame.scenario.load import Loaded
from wargame.scenario.problem import Problem, Severity
from wargame.scenario.render import Checked
from wargame.scenario.scalars import printable
from wargame.scenario.strict_yaml import MOST_BYTES

MOST_CHECKS = 60  # of one scenario; halving needs few, unless much is hopeless
BOM = "\ufeff"
PACKAGE = Path(__file__).resolve().parent.parent


@frozen
class Mended:
    """What was mended in one scenario. `before` and `after`: by path within its folder, what its changed files hold."""

    folder: Path
    fixes: tuple[Fix, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    checked: Checked

    def shown(self, name: str) -> str:
        """A file as the designer knows it."""
        return printable(self.checked.paths.get(name, name))


def fix(paths: Sequence[Path], *, quiet: bool = False) -> list[Checked]:
    """Mends the scenarios and rulebooks at these paths and says what it did; what is still wrong with each.

    Raises `click.UsageError` for a path that comes with the program, `click.ClickException` where a file cannot be written.
    """
    checked = []
    for path in paths:
        mended = mend(_own(path))
        try:
            refused = save(mended)
        except OSError as error:
            raise click.ClickException(f"{path} cannot be mended: {error.strerror or 'a file cannot be written'}.") from None
        for name in refused:
            click.echo(f"{mended.shown(name)} was changed while it was being mended, and is left as it is.", err=True)
        if not quiet:
            for one in mended.fixes:
                if one.problem.mark.file not in refused:
                    click.echo(f"{mended.shown(one.problem.mark.file)}:{one.problem.mark.line}: mended: {one.said}")
        checked.append(check_path(path) if refused else mended.checked)
    return checked


def show(paths: Sequence[Path]) -> int:
    """Prints what `fix` would change; the exit status of a check as the files are now."""
    failed = False
    for path in paths:
        mended = mend(_own(path))
        click.echo(diff(mended), nl=False)
        if not mended.after:
            click.echo("Nothing here can be mended for certain; without --diff, `check` lists every problem.", err=True)
        failed = failed or mended.checked.report.failed or any(one.problem.severity is Severity.ERROR for one in mended.fixes)
    return 1 if failed else 0


def _own(path: Path) -> Path:
    """The path, unless it is part of the installed program."""
    if path.resolve().is_relative_to(PACKAGE):
        raise click.UsageError(f"{path} is part of the program. Copy it and mend the copy.")
    return path


def mend(path: Path) -> Mended:
    """Tries to mend the scenario or rulebook at a path. Nothing is written yet."""
    mender = _Mender(path)
    with without_collecting():
        mender.run()
    after = {name: _encoded(text, mender.raw[name]) for name, text in mender.texts.items()}
    changed = {name: content for name, content in after.items() if content != mender.raw[name]}
    return Mended(mender.folder.path, tuple(mender.done), mender.raw, changed, checked(mender.loaded))


def save(mended: Mended) -> list[str]:
    """Writes the changed files, each whole or not at all; returns those that somebody else changed meanwhile, which stay."""
    refused = []
    for name, content in mended.after.items():
        place = (mended.folder / name).resolve()
        if place.read_bytes() != mended.before[name]:
            refused.append(name)
            continue
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, place.stat().st_mode & 0o7777)
            os.replace(temporary, place)
        except OSError:
            os.unlink(temporary)
            raise
    return refused


def diff(mended: Mended) -> str:
    """What `save` would change, as a unified diff."""
    lines: list[str] = []
    for name, content in mended.after.items():
        shown = mended.shown(name)
        old, new = (part.decode("utf-8").splitlines(keepends=True) for part in (mended.before[name], content))
        for line in unified_diff(old, new, f"{shown} (now)", f"{shown} (mended)"):
            lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(lines)


@define
class _Mender:
    path: Path
    raw: dict[str, bytes] = field(factory=dict)  # by path in the folder, of files with a fix: what is on disk
    texts: dict[str, str] = field(factory=dict)  # the same files with the fixes so far
    done: list[Fix] = field(factory=list)
    checks: int = 0
    folder: DiskFolder = field(init=False)
    loaded: Loaded = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.folder = DiskFolder(self.path if self.path.is_dir() else self.path.parent)

    def run(self) -> None:
        """Mends round after round: one fix can bring to light what another can mend."""
        self.loaded = self.examine(self.texts)
        while True:
            fixes = list(self.proposed())
            rounds = _Round(self, dict(self.texts))
            rounds.keep(fixes)
            if not rounds.kept:
                return
            self.done += rounds.kept

    def examine(self, texts: Mapping[str, str]) -> Loaded:
        self.checks += 1
        return examined(self.path, {name: _encoded(text, self.raw[name]) for name, text in texts.items()})

    def proposed(self) -> Iterator[Fix]:
        """A fix for each problem that has one and stands in the scenario's own folder."""
        taken: set[tuple[str, int, int]] = set()
        lines: dict[str, list[str]] = {}
        for problem in self.loaded.report.sorted():
            file = problem.mark.file
            place = (file, 0, 0) if problem.code == "tab" else (file, problem.mark.line, problem.mark.column)
            if file.startswith(f"{RULEBOOKS}/") or place in taken or not self.take(file):
                continue
            if file not in lines:
                lines[file] = self.texts[file].split("\n")
            fix = propose(problem, lines[file])
            if fix is not None:
                taken.add(place)
                yield fix

    def take(self, file: str) -> bool:
        """Whether the file can be read and mended."""
        if file not in self.texts:
            try:
                self.raw[file] = self.folder.read(file, MOST_BYTES)
                self.texts[file] = self.raw[file].decode("utf-8").removeprefix(BOM)
            except (UnreadableError, UnicodeDecodeError):
                return False
        return True


@define
class _Round:
    """Fixes whose places are those of the same texts."""

    mender: _Mender
    base: Mapping[str, str]
    kept: list[Fix] = field(factory=list)

    def keep(self, fixes: Sequence[Fix]) -> None:
        """Keeps as many of the fixes as help: all of them, or what is left of either half."""
        if not fixes or self.mender.checks >= MOST_CHECKS or self.helps(fixes):
            return
        if len(fixes) > 1:
            half = len(fixes) // 2
            self.keep(fixes[:half])
            self.keep(fixes[half:])

    def helps(self, fixes: Sequence[Fix]) -> bool:
        """Tries fixes on top of those kept; they are kept too if their problems are gone and no others have come."""
        texts = {**self.mender.texts, **self.base}
        edits: dict[str, list[Edit]] = {}
        for fix in [*self.kept, *fixes]:
            edits.setdefault(fix.problem.mark.file, []).extend(fix.edits)
        texts.update({file: apply(texts[file], some) for file, some in edits.items()})
        after = self.mender.examine(texts)
        if not _better(self.mender.loaded, after, fixes):
            return False
        self.kept += fixes
        self.mender.texts.update(texts)
        self.mender.loaded = after
        return True


def _better(before: Loaded, after: Loaded, fixes: Sequence[Fix]) -> bool:
    old, new = _counted(before), _counted(after)
    gone = Counter(_key(fix.problem) for fix in fixes)
    if any(new[key] > old[key] - count for key, count in gone.items()):
        return False
    if before.scenario is None:
        return True  # nothing behind what could not be read was looked at: it only comes to light
    # The same holds of entries known to be broken, and of warnings, which wait until there is no error.
    fresh = new - old
    return all(
        _key(problem) not in fresh
        or before.covers(problem.mark)
        or (problem.severity is Severity.WARNING and before.report.failed)
        for problem in after.report.problems
    )


def _counted(loaded: Loaded) -> Counter[tuple[Severity, str, str, str]]:
    return Counter(map(_key, loaded.report.sorted()))


def _key(problem: Problem) -> tuple[Severity, str, str, str]:
    """A problem without its place, which moves as its file is edited."""
    return problem.severity, problem.code, problem.mark.file, problem.message


def _encoded(text: str, before: bytes) -> bytes:
    """The text as bytes, with a byte order mark if there was one."""
    return ((BOM if before.startswith(BOM.encode()) else "") + text).encode("utf-8")
