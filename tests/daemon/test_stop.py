import asyncio

from pagerd.daemon.stop import Stop


async def forever(cancelled: list[str], name: str) -> None:
    """Wait for what never comes; note the end."""
    try:
        await asyncio.Event().wait()
    finally:
        cancelled.append(name)


async def test_what_ends_by_itself_is_waited_for():
    """Told once, the work in hand is finished."""
    stop, ended = Stop(), asyncio.Event()
    done = []

    async def work():
        await ended.wait()
        done.append("sent")

    stop.ask()
    asyncio.get_running_loop().call_soon(ended.set)
    await stop.finish("a mail", work())

    assert stop.wanted.is_set()
    assert done == ["sent"]


async def test_the_limit_ends_what_does_not_end():
    """All that is finished shares one limit, which runs from the first signal."""
    stop, cancelled = Stop(within_seconds=0.01), []

    stop.ask()
    await stop.finish("a mail", forever(cancelled, "mail"))
    await stop.finish("a door", forever(cancelled, "door"))

    assert cancelled == ["mail", "door"]


async def test_asking_twice_ends_it_now():
    """The second signal cuts short what is being waited for, and all that would have come after."""
    stop, cancelled = Stop(within_seconds=3600), []

    stop.ask()
    asyncio.get_running_loop().call_soon(stop.ask)
    await stop.finish("a mail", forever(cancelled, "mail"))
    await stop.finish("a door", forever(cancelled, "door"))

    assert cancelled == ["mail", "door"]


async def test_a_task_of_a_group_is_cut_short_without_a_trace():
    """A sender that is cancelled takes nothing with it: the group ends as if it had finished."""
    stop, cancelled = Stop(within_seconds=0.01), []

    async with asyncio.TaskGroup() as group:
        sender = group.create_task(forever(cancelled, "sender"))
        await asyncio.sleep(0)
        stop.ask()
        await stop.finish("a mail", sender)

    assert sender.cancelled()
