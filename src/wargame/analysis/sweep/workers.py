"""Worker processes, each handed one task at a time. One that dies costs its task only: another is started and does it again.

The standard pool dies whole with a worker, and with it all that was under way; so these few lines instead. Workers ignore
ctrl+C, which reaches the whole terminal group: the one who started them stops them.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from attrs import define, field

MOST_DEATHS = 3  # of workers over the same task

# Fresh processes, the same on every system: a fork would copy the locks of whatever threads run here.
_CONTEXT = multiprocessing.get_context("spawn")


class WorkerDiedError(RuntimeError):
    """Workers die over the same task again and again. The argument is a sentence."""


class TaskFailedError(RuntimeError):
    """A task raised an error. The argument is its text."""


@define
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Any = None


@define
class Workers:
    """`jobs` processes that each call `prepare(argument)` once and then the function it gave, task by task.

    What is sent must be picklable and `prepare` a function of a module. Leaving it as a context
    manager ends the processes.
    """

    jobs: int
    prepare: Callable[[Any], Callable[[Any], bytes]]
    argument: Any
    _crew: list[_Worker] = field(factory=list, init=False)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._crew:
            worker.process.terminate()
        for worker in self._crew:
            worker.process.join()
            worker.pipe.close()
        self._crew.clear()

    @property
    def pids(self) -> list[int]:
        """The processes there are now."""
        return [worker.process.pid for worker in self._crew if worker.process.pid is not None]

    def run(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, bytes]]:
        """Each task with its result, as they get done. Only as many tasks are taken as there are workers.

        Raises TaskFailedError with the words of a task's error, WorkerDiedError.
        """
        coming = iter(tasks)
        again: deque[Any] = deque()
        deaths: dict[Any, int] = {}

        def following() -> Any:
            return again.popleft() if again else next(coming, None)

        while len(self._crew) < self.jobs:
            task = following()
            if task is None:
                break
            self._hire(task)
        while any(worker.task is not None for worker in self._crew):
            ready = wait([worker.pipe for worker in self._crew if worker.task is not None])
            for worker in [worker for worker in self._crew if worker.pipe in ready]:
                task = worker.task
                try:
                    done, result = worker.pipe.recv()
                except (EOFError, OSError):
                    self._bury(worker)
                    deaths[task] = deaths.get(task, 0) + 1
                    if deaths[task] >= MOST_DEATHS:
                        raise WorkerDiedError(f"{MOST_DEATHS} processes in a row died over the same games.") from None
                    self._hire(task)
                    continue
                worker.task = None
                if not done:
                    raise TaskFailedError(result)
                self._give(worker, following())
                yield task, result

    def _hire(self, task: Any) -> None:
        here, there = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_work, args=(there, self.prepare, self.argument), daemon=True)
        with _deaf():
            process.start()
        there.close()
        worker = _Worker(process, here)
        self._crew.append(worker)
        self._give(worker, task)

    def _give(self, worker: _Worker, task: Any) -> None:
        if task is not None:
            worker.task = task
            with suppress(OSError):  # it died while idle: the end of its pipe tells so at once
                worker.pipe.send(task)

    def _bury(self, worker: _Worker) -> None:
        self._crew.remove(worker)
        worker.process.join()
        worker.pipe.close()


class _deaf:  # noqa: N801 - used as a function
    """While it lasts ctrl+C is ignored, which a process started meanwhile inherits. Only the main thread can say so."""

    def __enter__(self) -> None:
        self._main = threading.current_thread() is threading.main_thread()
        if self._main:
            self._before = signal.signal(signal.SIGINT, signal.SIG_IGN)

    def __exit__(self, *_: object) -> None:
        if self._main:
            signal.signal(signal.SIGINT, self._before)


def _work(pipe: Connection, prepare: Callable[[Any], Callable[[Any], bytes]], argument: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    act = prepare(argument)
    # The pipe closes when the one who started us is gone.
    with suppress(EOFError, OSError):
        while True:
            task = pipe.recv()
            answer: tuple[bool, bytes | str]
            try:
                answer = (True, act(task))
            except Exception as error:
                answer = (False, str(error) or type(error).__name__)
            pipe.send(answer)
