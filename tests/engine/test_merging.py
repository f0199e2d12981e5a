"""What one message for several pages says of each of them."""

from dataclasses import replace

from pagerd.core.paging.message import Mail
from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.lab.world import World
from tests.builders import NOON, a_person, a_plan, a_received_alert, some_annotations


async def test_a_mail_about_pages_of_one_alert_tells_them_apart():
    """Two hosts with the same trouble have one title and one place: what differs is the summary."""
    by_mail = {Urgency.HIGH: (NotificationRule(Medium.EMAIL),)}
    plan = a_plan()
    world = World(replace(plan, people={**plan.people, "ana": a_person(notify=by_mail)}), NOON)
    alerts = (
        a_received_alert(fingerprint=host, cluster=host, annotations=some_annotations(summary=f"{host} loses writes"))
        for host in ("db-1", "db-2")
    )
    await world.receive("alertmanager", *alerts)
    await world.settle()

    (body,) = (one.outgoing.body for one in world.sent)
    assert isinstance(body, Mail)
    assert " ".join(body.text.split()).count("loses writes") == 2
