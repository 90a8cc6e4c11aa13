"""What runs in the background is open inside the block and closed after it, and its errors reach whoever opened it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import current_thread

import pytest

from wargame.cli.background import Background


def test_it_is_open_inside_in_another_thread_and_closed_after() -> None:
    log = []

    @asynccontextmanager
    async def opened() -> AsyncIterator[str]:
        log.append("open")
        yield current_thread().name
        log.append("closed")

    with Background(opened) as name:
        assert name != current_thread().name
        assert log == ["open"]
    assert log == ["open", "closed"]


def test_what_goes_wrong_while_opening_is_raised_on_entering() -> None:
    @asynccontextmanager
    async def broken() -> AsyncIterator[None]:
        raise OSError("no port")
        yield

    with pytest.raises(OSError, match="no port"), Background(broken):
        pass


def test_what_goes_wrong_later_is_raised_on_leaving() -> None:
    @asynccontextmanager
    async def leaking() -> AsyncIterator[None]:
        yield
        await asyncio.sleep(0)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), Background(leaking):
        pass


def test_an_error_of_the_block_itself_comes_first() -> None:
    @asynccontextmanager
    async def leaking() -> AsyncIterator[None]:
        yield
        raise OSError("disk full")

    with pytest.raises(KeyError), Background(leaking):
        raise KeyError("mine")
