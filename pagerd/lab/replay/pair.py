"""Plays a recording twice, under two plans, each in a process of its own where there is a core for it."""

import asyncio
import contextlib
import logging
import multiprocessing
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized

import structlog

from pagerd.core.errors import PagerdError
from pagerd.core.replaying.account import Account
from pagerd.lab.people import Answers
from pagerd.lab.replay.plans import Line
from pagerd.lab.replay.player import Player, Progress
from pagerd.lab.replay.recording import Recording

LOOK_EVERY_SECONDS = 0.2
"""How often the other process is looked after while it is slower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the recording came to under both."""

    before: Account
    after: Account


def play_pair(recording: Recording, before: Line, after: Line, answers: Answers, progress: Progress) -> Played:
    """Play it under both plans. Where there is one core alone, or no fork, one after the other."""
    total = 2 * len(recording.items)
    with _quiet():
        if len(os.sched_getaffinity(0)) < 2 or "fork" not in multiprocessing.get_all_start_methods():
            first = _play(recording, before, answers, lambda done, _of: progress(done, total))
            half = len(recording.items)
            second = _play(recording, after, answers, lambda done, _of: progress(half + done, total))
            return Played(before=first, after=second)
        with _other(recording, after, answers) as (done_there, outcome):
            first = _play(recording, before, answers, lambda done, _of: progress(done + done_there.value, total))
            while not outcome.poll(LOOK_EVERY_SECONDS):
                progress(len(recording.items) + done_there.value, total)
            second = _received(outcome)
    return Played(before=first, after=second)


def play_alone(recording: Recording, line: Line, answers: Answers, progress: Progress) -> Account:
    """Play it under one plan, in this process."""
    with _quiet():
        return _play(recording, line, answers, progress)


def _play(recording: Recording, line: Line, answers: Answers, progress: Progress) -> Account:
    return asyncio.run(Player(recording, line, answers, progress).play())


@contextlib.contextmanager
def _other(
    recording: Recording, line: Line, answers: Answers
) -> Iterator[tuple["Synchronized[int]", "Connection[None, Account | Exception]"]]:
    """Play in a process of its own: yield how many items it has played, and where its account will come."""
    context = multiprocessing.get_context("fork")
    done: Synchronized[int] = context.Value("q", 0)
    ours, theirs = context.Pipe(duplex=False)

    def run() -> None:
        def told(count: int, _of: int) -> None:
            done.value = count

        try:
            theirs.send(_play(recording, line, answers, told))
        except Exception as error:  # noqa: BLE001  # whoever waits there raises it
            theirs.send(error)

    process = context.Process(target=run, daemon=True)
    process.start()
    theirs.close()
    try:
        yield done, ours
        process.join()
    finally:
        process.kill()
        process.join()


def _received(outcome: "Connection[None, Account | Exception]") -> Account:
    try:
        found = outcome.recv()
    except EOFError:
        raise PagerdError(
            "replaying the second plan: its process was killed; the machine may be out of memory"
        ) from None
    if isinstance(found, Exception):
        raise found
    return found


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the engine logs of each message from the terminal: here nothing is sent. Errors go to stderr."""
    before = structlog.get_config()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        yield
    finally:
        structlog.configure(**before)
