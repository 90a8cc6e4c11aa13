"""What is shown when the terminal is too small."""

from __future__ import annotations

from textual.widgets import Static

from wargame.client.speech import phrase

LEAST = (60, 18)


class TooSmall(Static):
    """Covers the screen until there is room; everything beneath stays as it is."""

    DEFAULT_CSS = """
    TooSmall { layer: cover; dock: top; width: 100%; height: 100%; display: none; content-align: center middle;
               text-align: center;               background: $background; color: $foreground; }
    .-too-small TooSmall { display: block; }
    """
    SCOPED_CSS = False

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def fit(self, width: int, height: int) -> bool:
        """Whether there is room; says how much is missing if not."""
        if width >= LEAST[0] and height >= LEAST[1]:
            return True
        self.update(
            phrase(
                "This window has {width} x {height}.\nPlease make it at least {LEAST} x {LEAST2}.\nNothing is lost meanwhile.",
                width=width,
                height=height,
                LEAST=LEAST[0],
                LEAST2=LEAST[1],
            )
        )
        return False
