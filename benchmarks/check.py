"""A check of a 10,000-line scenario, files to warnings, beside PyYAML's C parser composing the same files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml

import large
from measure import rates, table
from wargame.cli.checking import check_path, without_collecting
from wargame.rules.syntax import remembered
from wargame.scenario.strict_yaml import Memory

AIM = 6.0


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = large.write(folder)
        report = check_path(folder).report
        assert not report.failed, report.sorted()[0]
        texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.yaml"))]

        def compose(_: int) -> None:
            for text in texts:
                yaml.compose(text, Loader=yaml.CSafeLoader)

        def first(_: int) -> None:
            remembered.cache_clear()
            with without_collecting():  # as the command does
                check_path(folder)

        memory = Memory()
        cards = folder / "cards_0.yaml"
        written = cards.read_text(encoding="utf-8")

        def again(number: int) -> None:
            cards.write_text(f"{written}# saved {number}\n", encoding="utf-8")
            with without_collecting():
                check_path(folder, memory=memory)

        bare, fresh, warm = rates([compose, first, again], count=1)
    rows = [
        [what, f"{1000 / rate:.0f}", f"{bare / rate:.1f}"]
        for what, rate in (
            ("PyYAML's C composer", bare),
            ("check, the first", fresh),
            ("check again after a save, as --watch", warm),
        )
    ]
    print(table([f"{lines:,} lines (medians)", "ms", "times"], rows))
    print(f"Aim: the first check within {AIM:.0f} times.")


if __name__ == "__main__":
    main()
