"""Who stands in for those that send, ask, tell and beat, until the daemon has them."""

from datetime import datetime

from pagerd.engine.attempts import Asked
from pagerd.engine.work import Claimed, Question
from pagerd.stores.records.exports import Export
from pagerd.stores.records.messages import Message


def nobody_sends(claimed: Claimed) -> None:
    """A message that nobody can send must not be claimed."""
    raise AssertionError(f"notification {claimed.notification.id} was claimed before anybody could send it")


def nobody_asks(_question: Question | str) -> None:
    """Until there is somebody who asks, nothing is asked: the question's timer comes again."""


def nobody_exports(_event: Export) -> None:
    """Until there is somebody who tells the tracker, its claim ends and it comes again."""


def nobody_reads(_incident: int) -> None:
    """Until there is somebody who reads the checks of incidents, their clock comes again."""


def nobody_looks(_action: int) -> None:
    """Until there is somebody who looks at action items, their time comes again."""


def nobody_tells(_message: Message) -> None:
    """Until there is somebody who tells it, its claim ends and it comes again."""


def nobody_publishes() -> None:
    """Until somebody writes the status page, what is published waits in the store, where whoever does will find it."""


def nobody_wakes(_at: datetime) -> None:
    """Until there is a heartbeat, what waits is found by its first round."""


def nobody_counts(_asked: Asked) -> None:
    """Leave a request to a provider uncounted."""


async def nobody_knows_better(_claimed: Claimed) -> bool:
    """Take a message for wanted: nobody is there who could have cancelled it."""
    return True
