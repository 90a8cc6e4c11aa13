"""What a host reads out: addresses, the join code and a picture of the link, large enough to project."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.client.address import DEFAULT_PORT
from wargame.client.qr import drawn

MARGIN = "  "


def invitation(addresses: Sequence[str], port: int, code: str, page: int | None = None, *, plain: bool = False) -> list[str]:
    """What to tell players: how to join at each address of this machine, then the code in large letters beside a QR code.

    `page`: the port of the page for players in a browser, where there is one; the QR code leads to it then.
    `plain`: nothing is drawn.
    """
    links = [f"{code}@{_written(address)}{'' if port == DEFAULT_PORT else f':{port}'}" for address in addresses]
    pages = [] if page is None else page_links(addresses, page, code)
    beside = ["", *letters(code), "", f"CODE      {' '.join(code)}"]
    beside += [f"ADDRESS   {_written(address)}   port {port}" for address in addresses]
    told = [
        "Players join with",
        *(f"{MARGIN}wargame join {link}" for link in links),
        *(["In a browser they open"] if pages else []),
        *(f"{MARGIN}{each}" for each in pages),
        "A projector watches with",
        f"{MARGIN}wargame watch {links[0]}{f' --page {pages[0]}' if pages else ''}",
    ]
    return (
        told
        if plain
        else [*told, "", *picture(pages[0] if pages else f"wargame://{_written(addresses[0])}:{port}/{code}", beside)]
    )


def page_links(addresses: Sequence[str], port: int, code: str) -> list[str]:
    """The page for players in a browser, at each address of this machine."""
    return [f"http://{_written(address)}:{port}/{code}" for address in addresses]


def picture(link: str, beside: Sequence[str] = ()) -> list[str]:
    """A link as a QR code with its colours, so that cameras read it in light terminals too, and lines of text at its side."""
    import click

    code = [click.style(line, fg="bright_white", bg="black") for line in drawn(link)]
    texts = [*beside, *[""] * (len(code) - len(beside))]
    return [f"{line}{MARGIN}{text}".rstrip() for line, text in zip(code, texts, strict=False)]


def letters(code: str) -> list[str]:
    """A join code in letters five lines high."""
    from wargame.client.tui.widgets.banner import big

    return big(code, wide=1).plain.splitlines()


def _written(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def addresses_of(host: str) -> list[str]:
    """Where others reach a server on this machine that listens on `host`; the loopback where the machine is on no network."""
    if host not in ("0.0.0.0", "::"):
        return [host]
    import socket

    wanted = [(socket.AF_INET, "192.0.2.1")] + ([(socket.AF_INET6, "2001:db8::1")] if host == "::" else [])
    found: list[str] = []
    for family, elsewhere in wanted:
        # Nothing is sent: connecting a datagram socket only asks which address would be used.
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((elsewhere, 9))
                found.append(probe.getsockname()[0])
            except OSError:
                continue
    return found or ["127.0.0.1"]
