"""What is wrong with a frame."""

from __future__ import annotations


class WireError(ValueError):
    """A frame that is not a message, or a message that is not a frame.

    `code` is one of `malformed` (not msgpack, or not the shape the protocol gives), `too_long` (frame, text or list) and
    `too_deep`; `reason` is for people and quotes nothing that was received.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
