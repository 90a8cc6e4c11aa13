"""Numbers of sweeps as the page of balance takes them: judged, and with hostile texts."""

from __future__ import annotations

from typing import Any

from tests.support.sweeps import numbers_of
from wargame.analysis.simulate import judged
from wargame.analysis.sweep.targets import Balance

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=alert(1)>\x1b[31m\u202e &amp; "
TEXTS = ("title", "label", "name", "group", "words", "band", "assumed", "bots", "level")


def judged_numbers(name: str, games: int = 8, people: int | None = None) -> dict[str, Any]:
    """What `wargame simulate --check --json` prints for a scenario, to be changed at will."""
    return judged(numbers_of(name, games, people), Balance())


def hostile(value: Any, key: str = "") -> Any:
    """The same numbers with markup and control characters before every text that a designer writes."""
    if isinstance(value, dict):
        return {name: hostile(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each, key) for each in value]
    return HOSTILE + value if isinstance(value, str) and key in TEXTS else value
