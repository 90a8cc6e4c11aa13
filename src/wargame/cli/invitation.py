"""What a host reads out: addresses, the join code and a picture of the link, large enough to project."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.client.address import DEFAULT_PORT

MARGIN = "  "


def invitation(addresses: Sequence[str], port: int, code: str) -> list[str]:
    """What to tell players: how to join at each address of this machine, the code by itself, and the link as a QR code."""
    links = [f"{code}@{_written(address)}{'' if port == DEFAULT_PORT else f':{port}'}" for address in addresses]
    return [
        "Players join with",
        *(f"{MARGIN}wargame join {link}" for link in links),
        "A projector watches with",
        f"{MARGIN}wargame watch {links[0]}",
        "",
        f"{MARGIN}CODE      {' '.join(code)}",
        *(f"{MARGIN}ADDRESS   {_written(address)}   port {port}" for address in addresses),
        "",
        *_qr(f"wargame://{_written(addresses[0])}:{port}/{code}"),
    ]


def _written(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _qr(link: str) -> list[str]:
    from io import StringIO

    import segno

    drawing = StringIO()
    segno.make(link, micro=False).terminal(drawing, compact=True)
    return drawing.getvalue().splitlines()


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
