"""Colours: dark, light, high-contrast and colour-blind-safe. Colour never says anything that a glyph or word does not."""

from __future__ import annotations

from textual.theme import Theme

# Okabe and Ito's palette, whose colours stay apart for all common kinds of colour vision; the darker ones are lighter here, so
# that each stands out from every ground.
_SAFE = ("#56b4e9", "#00bd89", "#e69f00", "#ff8728", "#d693b8", "#f0e442", "#98a9d0", "#b0b0b0", "#7fc97f", "#c2a383")
_DARK = ("#5ca7ff", "#4fc68d", "#e0b84c", "#ff7d6b", "#d78bff", "#4fd3d8", "#ff9e57", "#a8b3bd", "#9fd356", "#d0a98f")
_LIGHT = ("#1455b3", "#09673a", "#7b5000", "#aa241d", "#7b2cbf", "#00626b", "#943b00", "#505a63", "#3d6000", "#7a4b2a")
_STARK = ("#66b3ff", "#33ff99", "#ffff00", "#ff7575", "#ff99ff", "#00ffff", "#ffb366", "#ffffff", "#b3ff66", "#ffcc99")


def _variables(escalate: str, hold: str, ease: str, quiet: str, cursor: str, seats: tuple[str, ...]) -> dict[str, str]:
    """`cursor`: what lies beneath the row under the cursor; every other colour must stand out from it."""
    variables = {"stance-escalate": escalate, "stance-hold": hold, "stance-deescalate": ease, "quiet": quiet}
    variables.update({"cursor": cursor, "scrollbar": quiet, "scrollbar-hover": quiet, "scrollbar-active": quiet})
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
        variables=_variables("#f0b429", "#a9b4bf", "#62a8ff", "#9aa6b2", "#1b2f47", _DARK),
    ),
    "light": Theme(
        name="wargame-light",
        primary="#1457b8",
        secondary="#335f91",
        accent="#805300",
        warning="#805300",
        error="#b3261e",
        success="#0b6b3c",
        foreground="#1b222b",
        background="#f7f8fa",
        surface="#eef1f5",
        panel="#dfe5ec",
        boost="#d3dbe4",
        dark=False,
        variables=_variables("#8a5200", "#505a64", "#0a4fa8", "#525c66", "#d3e2f4", _LIGHT),
    ),
    "high-contrast": Theme(
        name="wargame-high-contrast",
        primary="#00a2ff",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffd000",
        error="#ff6666",
        success="#33ff99",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        boost="#2a2a2a",
        dark=True,
        variables=_variables("#ffd000", "#ffffff", "#66c2ff", "#d0d0d0", "#00305a", _STARK),
    ),
    "colour-blind": Theme(
        name="wargame-colour-blind",
        primary="#007fc6",
        secondary="#56b4e9",
        accent="#f0e442",
        warning="#e69f00",
        error="#f96e00",
        success="#56b4e9",
        foreground="#e6e6e6",
        background="#121416",
        surface="#191c20",
        panel="#23272d",
        boost="#2a2f36",
        dark=True,
        variables=_variables("#e69f00", "#b0b0b0", "#56b4e9", "#a6a6a6", "#1c3040", _SAFE),
    ),
}
