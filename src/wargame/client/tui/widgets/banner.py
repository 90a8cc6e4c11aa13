"""Letters and digits several lines high, for the back row of a room."""

from __future__ import annotations

from textual.content import Content

from wargame.client.tui.paint import glyphs, plain, say

ROWS = 5
# Each sign as five rows of points. What stands here is all that clocks, join codes and short words need.
FONT = {
    "0": "###/# #/# #/# #/###",
    "1": " # /## / # / # /###",
    "2": "###/  #/###/#  /###",
    "3": "###/  #/###/  #/###",
    "4": "# #/# #/###/  #/  #",
    "5": "###/#  /###/  #/###",
    "6": "###/#  /###/# #/###",
    "7": "###/  #/  #/ # / # ",
    "8": "###/# #/###/# #/###",
    "9": "###/# #/###/  #/###",
    "A": " # /# #/###/# #/# #",
    "B": "## /# #/## /# #/## ",
    "C": "###/#  /#  /#  /###",
    "D": "## /# #/# #/# #/## ",
    "E": "###/#  /## /#  /###",
    "F": "###/#  /## /#  /#  ",
    "G": "###/#  /# #/# #/###",
    "H": "# #/# #/###/# #/# #",
    "I": "###/ # / # / # /###",
    "J": "  #/  #/  #/# #/###",
    "K": "# #/# #/## /# #/# #",
    "L": "#  /#  /#  /#  /###",
    "M": "# #/###/###/# #/# #",
    "N": "## /# #/# #/# #/# #",
    "O": "###/# #/# #/# #/###",
    "P": "###/# #/###/#  /#  ",
    "Q": "###/# #/# #/###/  #",
    "R": "## /# #/## /# #/# #",
    "S": "###/#  /###/  #/###",
    "T": "###/ # / # / # / # ",
    "U": "# #/# #/# #/# #/###",
    "V": "# #/# #/# #/# #/ # ",
    "W": "# #/# #/###/###/# #",
    "X": "# #/# #/ # /# #/# #",
    "Y": "# #/# #/ # / # / # ",
    "Z": "###/  #/ # /#  /###",
    "-": "   /   /###/   /   ",
    ":": " /#/ /#/ ",
}
GAP = "/".join(["   "] * ROWS)


def big(words: str, *, wide: int = 2, high: int = 2, style: str = "bold") -> Content:
    """The words in points that are `wide` cells and `high` half lines large; signs without a picture become gaps."""
    halves = [""] * (ROWS * high)
    for sign in plain(words).upper():
        for row, points in enumerate(FONT.get(sign, GAP).split("/")):
            drawn = "".join(point * wide for point in points) + " " * wide
            for half in range(row * high, (row + 1) * high):
                halves[half] += drawn
    halves += [" " * len(halves[0])] * (len(halves) % 2)
    signs = {("#", "#"): glyphs().full, ("#", " "): glyphs().upper, (" ", "#"): glyphs().lower}
    lines = [
        "".join(signs.get(pair, " ") for pair in zip(*two, strict=True)) for two in zip(halves[::2], halves[1::2], strict=True)
    ]
    return say(("\n".join(line[: len(line) - wide] for line in lines), style))


def size(words: str, wide: int, high: int) -> tuple[int, int]:
    """Columns and lines that the words take."""
    points = sum(FONT.get(sign, GAP).index("/") + 1 for sign in words.upper()) - 1
    return max(0, points * wide), -(-ROWS * high // 2)
