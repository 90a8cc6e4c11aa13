"""Where the scenarios and rulebooks that come with the package are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from wargame.scenario.files import RULEBOOK_FILE, RULEBOOKS, SCENARIO_FILE
from wargame.scenario.problem import guess
from wargame.scenario.scalars import shown

SCENARIOS = "scenarios"


class UnknownScenarioError(LookupError):
    """There is no such scenario. The argument is a sentence for people that lists those shipped."""


@cache
def content() -> Path | None:
    """The folder of `scenarios/` and `rulebooks/`: inside an installed wheel, else the checkout; None if there is none."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent.parent
    if (package / "content").is_dir():
        return package / "content"
    return checkout if (checkout / SCENARIOS).is_dir() or (checkout / RULEBOOKS).is_dir() else None


def shipped_rulebooks() -> tuple[Path, ...]:
    """The folder of the shipped rulebooks, as a tuple of none or one."""
    root = content()
    return () if root is None else (root / RULEBOOKS,)


def shipped_scenarios() -> tuple[str, ...]:
    """The names of the shipped scenarios, in alphabetical order."""
    root = content()
    return () if root is None else tuple(sorted(found.parent.name for found in (root / SCENARIOS).glob(f"*/{SCENARIO_FILE}")))


def find_scenario(name_or_path: str | Path) -> Path:
    """The folder (or main file) of a scenario: a path that exists, else the name of one that is shipped.

    Raises `UnknownScenarioError`, whose text lists the shipped names.
    """
    written = str(name_or_path)
    path = Path(name_or_path)
    root = content()
    # A shipped name means the shipped scenario even where a folder of that name without a scenario lies about.
    try:
        is_there = (path / SCENARIO_FILE).is_file() or (path / RULEBOOK_FILE).is_file() or path.is_file()
        is_folder = path.is_dir()
    except OSError:  # longer than a name can be, or in a folder that is closed
        is_there = is_folder = False
    if is_there:
        return path
    if root is not None and written in shipped_scenarios():
        return root / SCENARIOS / written
    known = shipped_scenarios()
    listed = f"Shipped are: {', '.join(known)}." if known else "None are shipped."
    wrong = f"There is no {SCENARIO_FILE} in {shown(written)}." if is_folder else f"There is no scenario {shown(written)}."
    raise UnknownScenarioError(f"{wrong}{guess(written, known)} {listed}")
