"""A ticket as others read it."""

import json
from dataclasses import fields, replace

from pagerd.core.ticket import Ticket, TicketStatus
from pagerd.core.ticket_written import written
from tests.builders import NOON, minutes

TICKET = Ticket(
    id="t-1",
    team="payments",
    group_key="payments|x",
    rule=None,
    severity="sev2",
    title="Disk",
    summary="It fills",
    service="payments-api",
    reasons=("a ticket by rule",),
    violations=("urgent",),
    opened_at=NOON,
    page_at=NOON + minutes(30),
    firing=1,
)
# What is ours alone, what others know by another name, and what only the tracker has to say.
NOT_WRITTEN = {"group_key", "rank", "closes_at", "gaps", "ref", "ref_url", "version", "head"}


def test_all_of_it_is_written_as_json_says_it() -> None:
    """Each field that is not kept back stands there under its own name, instants with their zone."""
    said = written(TICKET)

    assert set(said) == {one.name for one in fields(Ticket)} - NOT_WRITTEN
    assert json.loads(json.dumps(said)) == said
    assert (said["opened_at"], said["page_at"]) == ("2026-01-06T11:00:00+00:00", "2026-01-06T11:30:00+00:00")


def test_a_clock_that_pages_nobody_is_not_written() -> None:
    """While nothing fires the clock is kept, and no instant is promised."""
    quiet = written(replace(TICKET, status=TicketStatus.TAKEN, taken_by="ana", firing=0))

    assert (quiet["status"], quiet["taken_by"], quiet["page_at"]) == ("taken", "ana", None)
