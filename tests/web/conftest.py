"""One running front for each test that asks for it; tests in `api/` have it too."""

import pytest_asyncio

from tests.web.front import a_front


@pytest_asyncio.fixture
async def front(tmp_path):
    """A pagerd behind a loopback port."""
    async with a_front(tmp_path) as one:
        yield one
