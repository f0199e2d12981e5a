"""An Alertmanager that can be asked, invented: it knows what it was told that it knows."""

from collections.abc import Sequence

from pagerd.core.alerts.alert import Suppression
from pagerd.core.alerts.known import MemberAnswer


class InventedMembers:
    """The members of one source. Each `knows` alerts by fingerprint; one in `silent` does not answer."""

    def __init__(self, *names: str) -> None:
        self.knows: dict[str, dict[str, Suppression | None]] = {name: {} for name in names}
        self.silent: set[str] = set()

    async def ask(self) -> Sequence[MemberAnswer]:
        """Answer for every member."""
        nothing = "no answer within 10 s"
        return [
            MemberAnswer(name, None, nothing) if name in self.silent else MemberAnswer(name, dict(known))
            for name, known in self.knows.items()
        ]
