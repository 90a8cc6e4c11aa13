"""The lines above every page of a player: the team, and that the game is paused."""

from __future__ import annotations

from wargame.client.hints import how
from wargame.client.look import Look
from wargame.client.speech import later, phrase
from wargame.client.team import Team
from wargame.client.tui.paint import Part, glyphs, say
from wargame.client.tui.widgets.note import Note

PAUSED = later("The game is paused. Everything is kept, and it goes on when all are ready.")


class PausedBar(Note):
    """Says that the game is paused, and nothing else: not why, not by whom."""

    DEFAULT_CSS = """
    PausedBar { height: 3; padding: 1 2; background: $boost; color: $foreground; display: none; }
    .-low PausedBar { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    PausedBar.-on { display: block; }
    """
    SCOPED_CSS = False

    def draw(self, look: Look) -> None:
        """Shows it while the clock stands."""
        self.set_class(look.paused and look.status in ("setup", "running"), "-on")
        self.show(say((phrase(PAUSED), "bold")))


class TeamStrip(Note):
    """One line: what the team has before it, else who is here. Nothing for who has a seat alone."""

    DEFAULT_CSS = """
    TeamStrip { height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; text-overflow: ellipsis; display: none; }
    TeamStrip.-on { display: block; }
    """

    def draw(self, look: Look, now: int) -> None:
        """Draws it as of now."""
        team = Team.of(look)
        self.set_class(len(team.members) > 1 and look.status in ("setup", "running"), "-on")
        self.show(say(*strip(team, now)))


def strip(team: Team, now: int) -> list[Part]:
    """The line: the suggestion that waits for the viewer, or the newest, or who is here."""
    waiting = team.wanting
    chosen = waiting[0] if waiting else team.suggestions[-1] if team.suggestions else None
    if chosen is None:
        parts: list[Part] = [(phrase("Team  "), "$quiet")]
        for member in team.members:
            sign = glyphs().dot if member.get("present") else glyphs().ring
            parts.append((f"{sign} {member['name']}  ", "" if member.get("present") else "$quiet"))
        return [*parts, (phrase("nothing is suggested ({how})", how=how("team")), "$quiet")]
    others = len(team.suggestions) - 1
    mark = (f"{glyphs().arrow} ", "bold $warning") if waiting else (f"{glyphs().ring} ", "$quiet")
    who = phrase("You suggest") if team.is_mine(chosen) else phrase("{by} suggests", by=chosen.get("by"))
    more: Part = (phrase("  +{others} more", others=others), "$quiet") if others else ""
    key: Part = (f"{how('team')}  ", "bold $accent" if waiting else "$quiet")
    return [
        mark,
        key,
        (f"{team.count(chosen)}  ", "$warning" if waiting else "$quiet"),
        f"{who}: {chosen.get('words')}",
        more,
        (f"  {team.state(chosen, now).partition('; ')[2]}", "$quiet"),
    ]
