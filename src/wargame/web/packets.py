"""What passes between the server of the page and the process of a player: Textual's packets over a pipe.

A packet is one byte for its kind (`D`: what is typed or drawn; `M`: a JSON map), four bytes for its length, the rest.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

DATA, META = b"D", b"M"
PRELUDE = b"__GANGLION__\n"  # the first thing that Textual's driver for browsers writes
LONGEST = 4 * 1024 * 1024


class PacketError(ValueError):
    """What came over the pipe is no packet."""


def packet(kind: bytes, payload: bytes) -> bytes:
    """A packet as bytes."""
    return kind + len(payload).to_bytes(4, "big") + payload


def meta(kind: str, **more: object) -> bytes:
    """A packet that says something beside what is typed or drawn."""
    return packet(META, json.dumps({"type": kind, **more}).encode())


async def read_packet(stream: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next packet, its kind and content. Raises IncompleteReadError at the end, PacketError."""
    head = await stream.readexactly(5)
    length = int.from_bytes(head[1:], "big")
    if length > LONGEST:
        raise PacketError(f"A packet of {length} bytes is too long.")
    return head[:1], await stream.readexactly(length)


def told(payload: bytes) -> Mapping[str, Any]:
    """What a packet of kind `M` says. Raises PacketError."""
    try:
        said = json.loads(payload)
    except ValueError as fault:
        raise PacketError("A packet is no JSON.") from fault
    if not isinstance(said, dict):
        raise PacketError("A packet is no map.")
    return said
