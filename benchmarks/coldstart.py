"""How long a person waits: `wargame --help` beside a bare click program, the client's first paint beside a bare Textual app."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from measure import rates, table

HELP = ["-m", "wargame.cli.main", "--help"]
BARE_HELP = [
    "-c",
    "import click\n@click.group()\ndef main(): 'Help.'\n"
    + "".join(f"@main.command()\ndef command{n}(): 'One line.'\n" for n in range(7))
    + "main(['--help'])",
]
BARE_PAINT = """
from textual.app import App
from textual.widgets import Static
class Once(App):
    def compose(self):
        yield Static("Hello")
    def on_ready(self):
        self.call_after_refresh(self.exit)
Once().run(headless=True)
"""
CLIENT_PAINT = """
from wargame.client.tui.app import ClientApp
class Once(ClientApp):
    def on_ready(self):
        self.call_after_refresh(self.exit)
Once().run(headless=True)
"""


def runner(words: list[str]) -> Callable[[int], None]:
    """A contender that runs a fresh interpreter."""

    def run(_: int) -> None:
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    return run


def main() -> None:
    """Measures and prints."""
    rows = []
    for what, ours, bare in (
        ("--help, beside a bare click group", HELP, BARE_HELP),
        ("first paint, beside a bare Textual app", ["-c", CLIENT_PAINT], ["-c", BARE_PAINT]),
    ):
        mine, theirs = rates([runner(ours), runner(bare)], count=1)
        rows.append([what, f"{1000 / mine:.0f}", f"{1000 / theirs:.0f}", f"{theirs / mine:.2f}"])
    print(table(["cold start (medians, fresh interpreters)", "ours ms", "bare ms", "times"], rows))


if __name__ == "__main__":
    main()
