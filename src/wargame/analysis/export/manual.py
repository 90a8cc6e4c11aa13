"""The page `docs/export.md`: what `wargame export` and `wargame import-msel` write and read, with every column."""

from __future__ import annotations

from wargame.analysis.export.graded import APART
from wargame.analysis.export.grades import LEVELS, MOST_POINTS, NEVER, SHEET
from wargame.analysis.export.shapes import SHAPES
from wargame.analysis.export.tables import described
from wargame.analysis.msel.columns import COLUMNS

_TABLES = """# Export: tables, grades, events lists

This page is made from the sources by `python tools/reference.py`.

```
wargame export FILE [-o FOLDER] [--format csv|json] [--class NUMBER] [--table ID] [--anonymous]
```

FILE is the journal that `wargame host` names when it starts, or the name of a scenario whose usual journal is meant. Each
table of the list below becomes a file in the folder; with `--format json` they stand in one `game.json`, an object of
lists. Where the journal holds several tables of a class, their rows stand in the same files, told apart by `game` and
`table`. A game that broke off is exported as far as it came.

Files are UTF-8. `row` is the number of the row in the game's journal, the same number that the report shows as `§12`.
Empty means: does not apply, or is not known. Texts of people stand as they were typed, without control characters. A text
that a spreadsheet might run as a formula has an apostrophe before it in CSV, never in JSON; take it off when you count
words.

Only `events` holds what was taken back by going back to an earlier phase (`counts` is `false` there); all other tables
tell the game that counts.
"""

_GRADES = """
## Grades

```
wargame export FILE --grades plain -o grades.csv
wargame export FILE --grades canvas --graded ana.csv --graded ben.csv -o canvas.csv
```

The first writes a sheet and, beside it, a guide for graders (`grades-guide.md`, not for students) with what everybody
wrote. Each grader fills in a copy: three fields, each 0 to {most}. The second averages the copies, tells where graders
are {apart} or more points apart, and writes a gradebook; `canvas-log.csv` beside it keeps every point that is new or was
changed, with the time. {never}

Canvas knows students by `ID`, `SIS User ID` or `SIS Login ID`, and Moodle by `ID number` or `Email address`. A game knows
names only: fill one of these columns in before you import.

{sheet}
{levels}
"""

_MSEL = """
## Events lists (MSEL)

```
wargame export SCENARIO --msel plan.xlsx
wargame export FILE --msel played.csv
wargame import-msel SHEET -o my_crisis
```

A list has the 18 columns of HSEEP. Those of planning go round: a list that is written, read and written again is the
same. The others are filled from a game. `import-msel` finds columns by their headings, also by other usual ones and in
any order, and reads CSV in UTF-8, UTF-16 or Windows-1252 (with commas, semicolons or tabs) and XLSX (merged cells count
for all they cover). Everything wrong is told with row and column, and then nothing is written.

- *Scheduled time*: `Turn 3`, `Turns 3-7`, `Turns 3-7 by chance`, `Turns 3-7 if needed`, `When it follows`, `When drawn`,
  `On call`. Clock times, dates and offsets (`09:30`, `T+1h30`) are dealt out over turns in their order and kept as the
  scenario time.
- *To*: seats by title, with the id in brackets: `The Harbour Master [harbour]`, several with `;` between them. `{target}`
  is whoever the card binds. `All` is every seat.
- *Objective*: `path: Title > Title of the part`; other words become an objective of their own.
- *Expected action*: `SEAT: order|agreement|option ID within TURNS`, one a line; *Contingency* names the event for each,
  `-` for none. Other words are kept among the evaluator's instructions.

| column | filled from | also read as |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    levels = "\n".join(
        f"- **{field}**: " + " ".join(f"{points}: {words}" for points, words in enumerate(those))
        for field, those in LEVELS.items()
    )
    grades = _GRADES.format(most=MOST_POINTS, apart=APART, never=NEVER, sheet=described([SHEET]), levels=levels)
    rows = [
        f"| {column.heading} | {'the scenario' if column.planning else 'a game'} | {', '.join(column.others[:6])} |"
        for column in COLUMNS
    ]
    return "\n".join([_TABLES, "## Tables", "", described(SHAPES)]) + grades + _MSEL + "\n".join(rows) + "\n"
