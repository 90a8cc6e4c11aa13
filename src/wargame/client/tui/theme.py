"""Colours: dark, light, high-contrast and colour-blind-safe. Colour never says anything that a glyph or word does not."""

from __future__ import annotations

from textual.theme import Theme

# Okabe and Ito's palette: its eight colours stay apart for all common kinds of colour vision.
_SAFE = ("#56b4e9", "#009e73", "#e69f00", "#d55e00", "#cc79a7", "#f0e442", "#8da0cb", "#b0b0b0", "#7fc97f", "#c0a080")
_DARK = ("#5ca7ff", "#4fc68d", "#e0b84c", "#ff7d6b", "#d78bff", "#4fd3d8", "#ff9e57", "#a8b3bd", "#9fd356", "#d0a98f")
_LIGHT = ("#1457b8", "#0b7a45", "#8a5a00", "#b3261e", "#7b2cbf", "#00707a", "#a84300", "#555f69", "#4d7a00", "#7a4b2a")
_STARK = ("#66b3ff", "#33ff99", "#ffff00", "#ff6666", "#ff99ff", "#00ffff", "#ffb366", "#ffffff", "#b3ff66", "#ffcc99")


def _variables(escalate: str, hold: str, ease: str, quiet: str, seats: tuple[str, ...]) -> dict[str, str]:
    variables = {"stance-escalate": escalate, "stance-hold": hold, "stance-deescalate": ease, "quiet": quiet}
    variables.update({f"seat-{number}": color for number, color in enumerate(seats)})
    variables["block-cursor-text-style"] = "bold"
    return variables


THEMES: dict[str, Theme] = {
    "dark": Theme(
        name="wargame-dark",
        primary="#4c8fd6",
        secondary="#7aa7d9",
        accent="#e0b84c",
        warning="#e0a33c",
        error="#f0705f",
        success="#4fc68d",
        foreground="#dde3ea",
        background="#10151c",
        surface="#161d26",
        panel="#1f2935",
        boost="#243040",
        dark=True,
        variables=_variables("#f0b429", "#a9b4bf", "#62a8ff", "#8e9aa7", _DARK),
    ),
    "light": Theme(
        name="wargame-light",
        primary="#1457b8",
        secondary="#3b6ea8",
        accent="#8a5a00",
        warning="#8a5a00",
        error="#b3261e",
        success="#0b6b3c",
        foreground="#1b222b",
        background="#f7f8fa",
        surface="#eef1f5",
        panel="#dfe5ec",
        boost="#d3dbe4",
        dark=False,
        variables=_variables("#8a5200", "#505a64", "#0a4fa8", "#5a6570", _LIGHT),
    ),
    "high-contrast": Theme(
        name="wargame-high-contrast",
        primary="#00a2ff",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffd000",
        error="#ff5c5c",
        success="#33ff99",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        boost="#2a2a2a",
        dark=True,
        variables=_variables("#ffd000", "#ffffff", "#66c2ff", "#d0d0d0", _STARK),
    ),
    "colour-blind": Theme(
        name="wargame-colour-blind",
        primary="#0072b2",
        secondary="#56b4e9",
        accent="#f0e442",
        warning="#e69f00",
        error="#d55e00",
        success="#56b4e9",
        foreground="#e6e6e6",
        background="#121416",
        surface="#191c20",
        panel="#23272d",
        boost="#2a2f36",
        dark=True,
        variables=_variables("#e69f00", "#b0b0b0", "#56b4e9", "#9a9a9a", _SAFE),
    ),
}
