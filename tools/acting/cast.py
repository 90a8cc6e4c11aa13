"""Who is in the class: names as they come, where each belongs, who is late, who goes away and comes back."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from random import Random

from attrs import define, field, frozen

FIRST = (
    "Ana Lucía", "José", "Zoë", "Nguyễn Thị Minh", "O'Brien, Pat", "李雷", "محمد", "Siobhán", "Søren", "Łukasz", "Ingrid",
    "Kwame", "Priya", "Mateo", "Noor", "Yuki", "Amara", "Dmitri", "Fatima", "Gael", "Hana", "Ibrahim", "Jana", "Kofi",
    "Leila", "Marek", "Nadia", "Oskar", "Paula", "Quentin", "Rosa", "Stefan", "Teresa", "Umar", "Vera", "Wanda", "Xenia",
    "Yusuf", "Zainab", "Émile",
)  # fmt: skip
# Names that somebody tries: the facilitator's, one with markup, one that looks like a formula, one taken already.
TRIED = ("Facilitator", "[bold]Max[/bold]", "=SUM(A1:A9)", "Ana Lucía")


@frozen
class Part:
    """What one student plays: `late`: not there before the class has reached that turn; `away`: leaves for a while in that
    turn (0: never). `listed`: on the roster; the others wait in the lobby for the facilitator."""

    number: int
    name: str
    table: int
    seat: str
    listed: bool
    captain: bool = False
    late: int = 0
    away: int = 0
    stops: bool = False  # gives the stop signal
    first: bool = False  # of the table


@define(eq=False)
class World:
    """What all who act share: how fast they are, how far the class is, and what became of all they did."""

    speed: float
    seed: str
    turn: int = 0
    tally: Counter[tuple[str, str]] = field(factory=Counter)  # (what was sent, "done" or the code of its refusal) -> how often
    done: Counter[str] = field(factory=Counter)  # person's id -> commands that were acknowledged
    unsure: Counter[str] = field(factory=Counter)  # person's id -> commands on their way when they were given another place
    reasons: dict[tuple[str, str], str] = field(factory=dict)  # an example of the words of each refusal
    told: list[str] = field(factory=list)

    def count(self, who: str, do: str, code: str, reason: str) -> None:
        """Notes what became of something sent; `who` is empty for what is not kept with a name."""
        self.tally[do, code or "done"] += 1
        if code:
            self.reasons.setdefault((do, code), reason)
        else:
            self.done[who] += 1

    def say(self, words: str) -> None:
        """Tells whoever looks on."""
        self.told.append(words)
        print(words, flush=True)


def cast(seats: Sequence[str], tables: int, students: int, turns: int, seed: str) -> list[Part]:
    """Everybody: tables of one size, whose people share from two seats up to all of them, other seats left to computers."""
    luck = Random(f"{seed}|cast")
    names = [FIRST[number % len(FIRST)] for number in range(students)]
    for number in range(len(FIRST), students):
        names[number] += f" {number // len(FIRST) + 1}"
    for place, name in zip(range(students - 2, 0, -5), TRIED, strict=False):
        names[place] = name
    parts = []
    for number in range(students):
        table, place = number * tables // students, number - -(-(number * tables // students) * students // tables)
        played = seats[: max(1, min(len(seats), 2 + table))]
        listed = table < (tables + 1) // 2 and names[number] not in TRIED
        late = luck.choice((1, 2)) if turns > 2 and number % 9 == 7 and number != students - 1 else 0
        away = luck.randint(1, max(1, turns - 1)) if number % 6 == 5 else 0
        seat = played[place % len(played)]
        stops = number == students - 1
        captain, first = place < len(played), place == 0
        parts.append(Part(number, names[number], table, seat, listed, captain, late, away, stops, first))
    return parts


def roster(parts: Sequence[Part]) -> bytes:
    """The list of those who are expected, as a teacher's sheet."""
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(["name", "seat", "table", "captain"])
    rows.writerows([part.name, part.seat, part.table + 1, "yes" if part.captain else ""] for part in parts if part.listed)
    return sheet.getvalue().encode()
