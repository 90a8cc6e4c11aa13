"""The lines that a preview adds to every screen: the designer's keys, and what is wrong with the files."""

from __future__ import annotations

from textual.content import Content

from wargame.client.preview.commands import DESIGNER
from wargame.client.tui.paint import glyphs, plain, say
from wargame.client.tui.widgets.note import Note


class Bar(Note):
    """How the files are, and the designer's keys as far as they fit."""

    DEFAULT_CSS = """
    Bar { dock: bottom; height: 1; background: $boost; padding: 0 1; text-wrap: nowrap; text-overflow: clip; }
    """

    def draw(self, errors: int, saved: str, busy: str, width: int) -> None:
        """Draws the line. `saved`: when the files were last read; `busy`: what is being done."""
        if busy:
            state = say((f"{busy}…  ", "bold $warning"))
        elif errors:
            state = say((f"{glyphs().cross} {errors} {'problem' if errors == 1 else 'problems'}  ", "bold $error"))
        else:
            state = say((f"{glyphs().check} as saved {saved}  ", "$success"))
        parts = [state]
        room = width - 2 - state.cell_length
        for command in DESIGNER:
            part = say((command.key, "bold $accent"), f" {command.name}  ")
            if part.cell_length - 2 > room:
                continue
            parts.append(part)
            room -= part.cell_length
        self.show(Content("").join(parts))


class Trouble(Note):
    """The first problems of a save that cannot be played, while the last good game goes on."""

    DEFAULT_CSS = """
    Trouble {
        dock: bottom; height: auto; max-height: 8; margin-bottom: 1; background: $surface; color: $foreground; padding: 0 1;
        border-top: tall $error; display: none; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def draw(self, problems: tuple[str, ...]) -> None:
        """Shows the first problem whole and how many there are more; nothing where there is none."""
        self.display = bool(problems)
        if not problems:
            return
        more = f"and {len(problems) - 1} more; P shows all. " if len(problems) > 1 else ""
        last = say((f"{more}The game goes on as it was last good.", "$quiet"))
        place, found, rest = problems[0].partition("]: ")
        first = [say((f"{place}]", "bold $error")), say(rest)] if found else [painted(problems[0])]
        self.show(Content("\n").join([*first, last]))


def painted(problem: str) -> Content:
    """A problem as `check` writes it: its place and sentence stand out."""
    first, _, rest = plain(problem).partition("\n")
    return say((first, "bold $error"), f"\n{rest}" if rest else "")
