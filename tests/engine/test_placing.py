"""Pages that open: what must not be taken for granted."""

from pagerd.engine.chance import Chance
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert


class Repeats(Chance):
    """Draws each page's id twice."""

    def __init__(self) -> None:
        super().__init__(seed=1)
        self._last: str | None = None

    def object_id(self, prefix: str) -> str:
        """Return the last id once more, then a new one."""
        if self._last is not None:
            last, self._last = self._last, None
            return last
        self._last = super().object_id(prefix)
        return self._last


async def test_a_page_whose_id_is_taken_draws_another():
    """Ids are short so that they can be typed; two pages never share one, and neither alert is lost."""
    world = World(a_plan(), NOON)
    world.engine.chance = Repeats()

    await world.receive("alertmanager", a_received_alert(fingerprint="one", alertname="PaymentsErrors"))
    await world.receive("alertmanager", a_received_alert(fingerprint="two", alertname="PaymentsDown"))

    opened = await world.open_pages()
    assert len({page.id for page in opened}) == len(opened) == 2
