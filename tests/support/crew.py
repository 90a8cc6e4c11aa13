"""Work for the worker processes of a test: it dies, fails or waits on demand."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path


def prepare(folder: str) -> Callable[[str], bytes]:
    """What a worker does; `folder` remembers over its death."""

    def act(task: str) -> bytes:
        told = Path(folder) / "died"
        if task == "die always" or (task == "die once" and not told.exists()):
            told.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if task == "fail":
            raise ValueError("no such thing")
        if task == "wait":
            signal.pause()
        return task.encode()

    return act
