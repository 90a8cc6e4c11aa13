"""Pages of the screens as lines to be read out: no columns, no signs, no empty lines."""

from __future__ import annotations

import re

from textual.content import Content

from wargame.client.tui.paint import plain, to_ascii

OF = re.compile(r"\b(Turn \d+)/(?=\d)")  # read out, 1/3 is a third
DOTS = re.compile(r"\s+·\s+")
GAP = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")  # columns of a page
STOPS = ".,:;!?("


def spoken(text: Content | str, *, ascii_only: bool = False) -> list[str]:
    """The lines of a page. Indents stay (two blanks a step); what stood in columns is divided by commas."""
    lines = []
    for raw in (text.plain if isinstance(text, Content) else plain(text)).splitlines():
        body = raw.strip().removeprefix("•").strip()
        body = OF.sub(r"\1 of ", GAP.sub(_stop, DOTS.sub("; ", body)))
        body = body.replace(" , ", ", ").replace("→", "to").lstrip(",; ")
        if body:
            indent = 0 if body[0].isdecimal() else (len(raw) - len(raw.lstrip())) // 2 * 2  # numbers stand in a column
            lines.append(" " * indent + (to_ascii(body) if ascii_only else body))
    return lines


def _stop(gap: re.Match[str]) -> str:
    return " " if gap.string[gap.start() - 1] in STOPS else ", "


def time_words(seconds: int) -> str:
    """`2 minutes 5 seconds`, as it is said."""
    minutes, rest = divmod(seconds, 60)
    parts = [f"{count} {unit}{'s' if count != 1 else ''}" for count, unit in ((minutes, "minute"), (rest, "second")) if count]
    return " ".join(parts) or "0 seconds"
