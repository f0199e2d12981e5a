"""What every channel promises, whatever the other side does. A new promise goes here, not into one channel's test.

A channel's test class derives from ProviderPromises (or HttpPromises) and gives two fixtures: `make`, which makes the
provider for a port on loopback, and `outgoing`, a message it can carry.
"""

import asyncio
from dataclasses import replace

import pytest

from pagerd.channels.base import AccountFault, Busy
from pagerd.core.errors import PagerdError, Unavailable, Unconfirmed, Withheld
from tests.channels.raw_server import (
    RawServer,
    answers,
    hang,
    leave,
    reset,
    reset_after_request,
    says,
    trickles,
)
from tests.ports import free_port

DEADLINE_SECONDS = 0.3
SLACK_SECONDS = 2.0
"""What a busy machine may add; far less than the deadlines of libraries, which is what must not be waited for."""

NONSENSE = [b"\x16\x03\x01\x00\xa5\x01", b"\xff" * 4000, b"HTTP/1.1 999999\r\n\r\n", b"\r\n" * 200, b"250 250 250\r\n"]


class ProviderPromises:
    async def outcome(self, provider, outgoing, deadline_seconds=DEADLINE_SECONDS):
        """Send, hold the provider to its deadline, and return what it raised; a receipt here would be a lie."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        with pytest.raises(PagerdError) as raised:
            await provider.send(outgoing, deadline_seconds)
        assert loop.time() - started < deadline_seconds + SLACK_SECONDS
        await provider.close()
        return raised.value

    async def test_nobody_listens(self, make, outgoing):
        """A connection that was refused is Unavailable: surely not sent."""
        problem = await self.outcome(make(free_port()), outgoing, 5)

        assert type(problem) is Unavailable

    async def test_hangs(self, make, outgoing):
        """A provider that never answers is given up at the deadline, after one attempt, and left."""
        async with RawServer(hang) as server:
            problem = await self.outcome(make(server.port), outgoing)

            await server.all_gone()
            assert type(problem) in {Unavailable, Unconfirmed}
            assert server.connections == 1

    @pytest.mark.parametrize("octets", [b"HTTP/1.1 200 OK\r\nX: " + b"a" * 500, b"220-" + b"a" * 500])
    async def test_trickles(self, make, outgoing, octets):
        """The deadline is for the whole, not for each read."""
        async with RawServer(trickles(octets)) as server:
            problem = await self.outcome(make(server.port), outgoing)

            assert isinstance(problem, (Unavailable, Unconfirmed))
            assert server.connections == 1

    @pytest.mark.parametrize("behaviour", [reset, reset_after_request, leave])
    async def test_goes_away(self, make, outgoing, behaviour):
        """A connection that breaks is one failed attempt, and is not tried again inside."""
        async with RawServer(behaviour) as server:
            problem = await self.outcome(make(server.port), outgoing)

            assert type(problem) in {Unavailable, Unconfirmed}
            assert server.connections == 1

    @pytest.mark.parametrize("octets", NONSENSE)
    async def test_talks_nonsense(self, make, outgoing, octets):
        """Bytes that are no answer are never a receipt, and never another kind of error."""
        async with RawServer(says(octets)) as server:
            problem = await self.outcome(make(server.port), outgoing)

            assert isinstance(problem, (Unavailable, Unconfirmed))

    async def test_cancelled(self, make, outgoing):
        """Cancelling a send leaves no connection behind."""
        async with RawServer(hang) as server:
            provider = make(server.port)
            async with asyncio.TaskGroup() as tasks:
                sending = tasks.create_task(provider.send(outgoing, 30))
                await server.somebody_came()
                sending.cancel()

            await server.all_gone()
            assert sending.cancelled()
            await provider.close()

    async def test_closed_twice(self, make):
        """Closing again, or closing what never sent, is harmless."""
        provider = make(free_port())

        await provider.close()
        await provider.close()

    async def test_wrong_kind_of_message(self, make, outgoing):
        """A body that the medium cannot carry is not sent, and says so."""
        problem = await self.outcome(make(free_port()), replace(outgoing, body=None))

        assert type(problem) is Unavailable


class HttpPromises(ProviderPromises):
    @pytest.mark.parametrize("status", [500, 502, 504])
    async def test_fails_somewhere_behind(self, make, outgoing, status):
        """A failing gateway may have passed the request on: perhaps sent."""
        async with RawServer(answers(status)) as server:
            problem = await self.outcome(make(server.port), outgoing, 5)

            assert type(problem) is Unconfirmed
            assert server.connections == 1

    @pytest.mark.parametrize("status", [429, 503])
    async def test_is_told_to_wait(self, make, outgoing, status):
        """Too busy is surely not sent, and Retry-After reaches the caller."""
        async with RawServer(answers(status, headers={"Retry-After": "7"})) as server:
            problem = await self.outcome(make(server.port), outgoing, 5)

            assert type(problem) is (Busy if status == 429 else Unavailable)
            assert problem.retry_after_seconds == 7

    async def test_redirects(self, make, outgoing):
        """A redirect is a fault of the settings, and nobody follows it: it could lead anywhere."""
        async with RawServer(hang) as elsewhere:
            location = f"http://127.0.0.1:{elsewhere.port}/"
            async with RawServer(answers(307, headers={"Location": location})) as server:
                problem = await self.outcome(make(server.port), outgoing, 5)

            assert type(problem) is AccountFault
            assert elsewhere.connections == 0

    @pytest.mark.parametrize("status", [401, 403, 404])
    async def test_does_not_know_us(self, make, outgoing, status):
        """Wrong credentials or a wrong address are ours to mend, and break nobody's contact."""
        async with RawServer(answers(status)) as server:
            problem = await self.outcome(make(server.port), outgoing, 5)

            assert type(problem) is AccountFault

    async def test_answers_without_end(self, make, outgoing):
        """An answer that is too long is not read to its end."""
        async with RawServer(answers(200, b"a" * 10_000_000)) as server:
            problem = await self.outcome(make(server.port), outgoing, 5)

            assert type(problem) is Unconfirmed

    async def test_what_may_not_leave_any_more_is_withheld(self, make, outgoing):
        """A node that was frozen while it connected sends nothing that its store may have given to another."""
        async with RawServer(hang) as server:
            problem = await self.outcome(make(server.port), replace(outgoing, may_leave=lambda: False), 5)

            await server.all_gone()
            assert type(problem) is Withheld
            assert server.received == b""
