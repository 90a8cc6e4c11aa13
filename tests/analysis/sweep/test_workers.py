"""Every task is done once, whatever becomes of the processes that do them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.support.crew import prepare
from wargame.analysis.sweep.workers import TaskFailedError, WorkerDiedError, Workers


@pytest.fixture(autouse=True)
def _tests_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the workers too: they look for modules where this process does."""
    monkeypatch.syspath_prepend(Path(__file__).resolve().parents[3])


def done(tasks: list[str], folder: Path, jobs: int = 2) -> dict[str, bytes]:
    with Workers(jobs, prepare, str(folder)) as workers:
        results = list(workers.run(tasks))
    assert len(results) == len(tasks)
    return dict(results)


def test_each_task_is_done(tmp_path: Path) -> None:
    tasks = [f"say {number}" for number in range(7)]
    assert done(tasks, tmp_path) == {task: task.encode() for task in tasks}


def test_more_workers_than_tasks_are_not_started(tmp_path: Path) -> None:
    with Workers(5, prepare, str(tmp_path)) as workers:
        for _ in workers.run(["say a"]):
            assert len(workers.pids) == 1


def test_a_worker_that_dies_costs_its_task_only_and_that_is_done_again(tmp_path: Path) -> None:
    tasks = ["say a", "die once", "say b", "say c", "say d"]
    assert done(tasks, tmp_path) == {task: task.encode() for task in tasks}


def test_a_worker_killed_from_outside_is_replaced(tmp_path: Path) -> None:
    tasks = [f"say {number}" for number in range(6)]
    results: list[tuple[str, bytes]] = []
    with Workers(1, prepare, str(tmp_path)) as workers:
        for result in workers.run(tasks):
            if not results:
                os.kill(workers.pids[0], signal.SIGKILL)
            results.append(result)
    assert dict(results) == {task: task.encode() for task in tasks}
    assert len(results) == len(tasks)


def test_a_task_that_always_kills_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(WorkerDiedError, match="3 processes in a row"):
        done(["die always"], tmp_path)


def test_the_words_of_a_failure_come_back(tmp_path: Path) -> None:
    with pytest.raises(TaskFailedError, match="no such thing"):
        done(["say a", "fail"], tmp_path)


def test_leaving_ends_the_processes(tmp_path: Path) -> None:
    with Workers(2, prepare, str(tmp_path)) as workers:
        next(workers.run(["say a", "say b", "wait"]))
        pids = workers.pids
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
