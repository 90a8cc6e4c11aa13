"""Something asynchronous kept open in a thread of its own, so that the client can have the terminal and its own loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, suppress
from threading import Thread
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Background(Generic[T]):
    """A context manager around an asynchronous one: what that gives is there inside, while its loop runs in a thread.

    What goes wrong while it opens is raised on entering, what goes wrong later on leaving.
    """

    def __init__(self, make: Callable[[], AbstractAsyncContextManager[T]]) -> None:
        self._make = make
        self._ready: Future[T] = Future()
        self._over: Future[None] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = Thread(target=self._run, name="background", daemon=True)

    def __enter__(self) -> T:
        self._thread.start()
        return self._ready.result()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._loop is not None and self._stop is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        if error is None:
            self._over.result()

    def _run(self) -> None:
        try:
            asyncio.run(self._keep())
        except BaseException as error:
            (self._over if self._ready.done() else self._ready).set_exception(error)
        else:
            self._over.set_result(None)

    async def _keep(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with self._make() as opened:
            self._ready.set_result(opened)
            await self._stop.wait()
