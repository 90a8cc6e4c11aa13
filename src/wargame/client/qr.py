"""A link as a QR code, in characters."""

from __future__ import annotations


def drawn(link: str) -> list[str]:
    """A link as a QR code in half blocks: full ones are light, so it wants a light colour on a dark one."""
    from io import StringIO

    import segno

    drawing = StringIO()
    segno.make(link, micro=False).terminal(drawing, compact=True, border=2)
    return drawing.getvalue().splitlines()
