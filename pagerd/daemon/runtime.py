"""What the daemon asks of the interpreter: its event loop, its signals, how often garbage is looked for."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Coroutine, Iterator, Mapping

try:
    import uvloop
except ImportError:  # it is optional: the extra `speed`
    _new_loop: Callable[[], asyncio.AbstractEventLoop] | None = None
else:
    _new_loop = uvloop.new_event_loop


def run(main: Coroutine[object, object, None]) -> None:
    """Run to the end on a loop of its own: uvloop's where it is installed, else the standard library's."""
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        runner.run(main)


def spare_the_collector() -> None:
    """Leave what lives as long as the daemon out of garbage collection, and look at the rest less often.

    Nothing of the ingest path makes cycles; with the interpreter's own thresholds a twentieth of a storm's time goes
    into looking for them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@contextlib.contextmanager
def listening_to(signals: Mapping[signal.Signals, Callable[[], None]]) -> Iterator[None]:
    """Call these for signals meanwhile; before and after, a signal ends the process at once."""
    loop = asyncio.get_running_loop()
    for number, act in signals.items():
        loop.add_signal_handler(number, act)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
