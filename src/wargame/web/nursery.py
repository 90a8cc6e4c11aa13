"""Where the processes of players come from: one process that has everything imported and forks itself for each of them.

A fork is there in a quarter of a second and has 30 MB of its own; a process started anew needs three times as long, and
45 MB. The nursery is started with an environment of its own, so that no player's process inherits anything of this machine's.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Mapping
from typing import Any

from attrs import define, field

CONTROL = 3  # the descriptor of the socket on which forks are asked for
LONGEST = 8_192
PATIENCE = 20.0  # seconds for a fork, the first imports included
PASSED_ON = ("PYTHONPATH", "WARGAME_ASCII")  # of our environment; everything else is none of a player's business


class NoForkError(Exception):
    """There is no process for a player; the text is for people."""


@define(eq=False)
class Nursery:
    """The nursery seen from the server. Starts it when it is first needed, and anew should it have died."""

    _process: Process | None = None
    _control: socket.socket | None = None
    _lock: asyncio.Lock = field(factory=asyncio.Lock)

    async def fork(self, plan: Mapping[str, Any], folder: str) -> tuple[socket.socket, int]:
        """A new process that plays as planned (see `wargame.web.seat`): its socket, and its number. Raises NoForkError."""
        ours, theirs = socket.socketpair()
        try:
            async with self._lock, asyncio.timeout(PATIENCE):
                control = await self._started()
                answer = await asyncio.to_thread(_ask, control, json.dumps([plan, folder]).encode(), theirs)
        except (OSError, TimeoutError) as fault:
            ours.close()
            self._end()
            raise NoForkError("The game could not be started on this machine. Tell your teacher.") from fault
        finally:
            theirs.close()
        return ours, answer

    @staticmethod
    def check() -> None:
        """Raises NoForkError where this machine cannot do it."""
        if not hasattr(os, "fork"):
            raise NoForkError("The page can be served from Linux and macOS; on Windows, run wargame in WSL.")

    async def stop(self) -> None:
        """Ends it; what it forked goes on until its own end."""
        self._end()
        if self._process is not None:
            await self._process.wait()

    async def _started(self) -> socket.socket:
        if self._control is not None:
            return self._control
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                "wargame.web.nursery",
                str(theirs.fileno()),
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=_environment(),
                start_new_session=True,
            )
        ours.settimeout(PATIENCE)
        self._control = ours
        return ours

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()  # it leaves when nobody can ask it any more
            self._control = None


def _ask(control: socket.socket, words: bytes, line: socket.socket) -> int:
    """Has the nursery fork, with one end of a socket; the number of the process. Raises OSError."""
    socket.send_fds(control, [words], [line.fileno()])
    answer = control.recv(8)
    if len(answer) != 8:
        raise ConnectionError("The nursery has ended.")
    return int.from_bytes(answer, "big")


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        **kept,
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        "TEXTUAL_DRIVER": "wargame.web.driver:PageDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_FPS": "30",
    }


# -- in the nursery ----------------------------------------------------------------------------------------------------


def main(control: socket.socket) -> None:
    """Forks for everybody who asks, until nobody can ask any more."""
    _import_everything()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a fork ended: its socket says so
    gc.collect()
    gc.freeze()  # what is shared stays shared
    while True:
        words, lines, _, _ = socket.recv_fds(control, LONGEST, 1)
        if not words or not lines:
            return
        plan, folder = json.loads(words)
        number = os.fork()
        if number == 0:
            control.close()
            _become(plan, folder, lines[0])
        os.close(lines[0])
        control.sendall(number.to_bytes(8, "big"))


def _become(plan: Mapping[str, Any], folder: str, line: int) -> None:
    """A player's process from here on; does not return."""
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for each in (sys.__stdin__, sys.__stdout__):
            assert each is not None
            os.dup2(line, each.fileno())
        os.close(line)
        from wargame.web.seat import play

        status = play(plan, folder)
    finally:
        os._exit(status)


def _import_everything() -> None:
    """What every player's process needs sooner or later."""

    import wargame.client.session
    import wargame.client.tui.app
    import wargame.client.tui.screens.game
    import wargame.client.tui.screens.lobby
    import wargame.web.driver
    import wargame.web.seat  # noqa: F401


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
