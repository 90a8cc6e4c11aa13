"""What the server tells whoever runs it: what happened to tables and connections, never what is in them.

Secrets, codes, tokens, names, texts and values of the game are not logged; hostile input is logged at most so often.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from attrs import define, field

from wargame_server.access import Bucket
from wargame_server.clock import Clock

NAME = "wargame_server"


def quiet_log() -> Any:
    """A logger into the standard logging tree under `wargame_server`, silent unless somebody listens there."""
    logger = logging.getLogger(NAME)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    processors: list[Any] = [
        structlog.stdlib.filter_by_level,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        _where_it_failed,
        structlog.processors.JSONRenderer(sort_keys=True),
    ]
    return structlog.wrap_logger(logger, processors=processors, wrapper_class=structlog.stdlib.BoundLogger)


def _where_it_failed(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What kind of exception and where; its words may hold what nobody may read, so they stay out."""
    if event.pop("exc_info", None):
        kind, _error, trace = sys.exc_info()
        event["fault"] = kind.__name__ if kind is not None else ""
        event["where"] = [f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in traceback.extract_tb(trace)]
    return event


@define
class Complaints:
    """Notes about hostile or broken input: ten at once, then one a second, with the number left out."""

    log: Any
    clock: Clock
    _bucket: Bucket = field(init=False)
    _left_out: int = field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        self._bucket = Bucket(self.clock, 10, 1_000)

    def note(self, event: str, **facts: Any) -> None:
        """Logs it, or counts it when there is too much."""
        if not self._bucket.take():
            self._left_out += 1
            return
        if self._left_out:
            facts["left_out"] = self._left_out
            self._left_out = 0
        self.log.warning(event, **facts)
