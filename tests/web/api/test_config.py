from pagerd.core.errors import NotFound
from pagerd.web.services import InForce
from tests.builders import NOON
from tests.web.front import a_front

VALUES = (
    ("people.ana.phone", "+351912000001", "rotations/people.yaml:7"),
    ("people.ana.email", "ana@example.com", "rotations/people.yaml:8"),
    ("people.ana.zone", "Europe/Lisbon", "rotations/people.yaml:6"),
    ("settings.channels.sms.1.url", "https://sms.example.net:8443/hook/only-we-know-this", "pagerd.yaml:9"),
    ("settings.public_url", "https://pager.example.com", "pagerd.yaml:3"),
    ("settings.sources.prod.api_url", "[http://am-1:9093, https://am-2/we/know, http://[::1]:9/x]", "pagerd.yaml:20"),
    ("settings.tickets.webhook.url", "https://tracker.example.net?token=only-we-know-this", "pagerd.yaml:30"),
)


async def in_force(team):
    """Say what is in force, as the daemon does."""
    if team == "nobody":
        raise NotFound("Showing the config of team nobody: there is no such team")
    values = tuple(one for one in VALUES if team is None or one[0].startswith("people"))
    return InForce(revision="test-1", plan_ok=False, loaded_at=NOON, values=values)


async def test_what_is_in_force_is_said_with_where_it_comes_from(tmp_path):
    """Also while the files are broken, and that they are."""
    async with a_front(tmp_path, in_force=in_force) as front:
        answer = await front.ask("GET", "/api/v1/config", token=await front.token("dora", "admin"))
        of_team = await front.ask("GET", "/api/v1/config?team=payments", token=await front.token("dora", "admin"))

    assert (answer.json["revision"], answer.json["plan_ok"]) == ("test-1", False)
    assert answer.json["loaded_at"] == NOON.isoformat()
    assert [tuple(one.values()) for one in answer.json["values"]] == list(VALUES)
    assert len(of_team.json["values"]) == 3


async def test_whoever_may_only_read_sees_no_address(tmp_path):
    """Neither where a person is reached nor the path of a URL, which may be all that a service asks for."""
    async with a_front(tmp_path, in_force=in_force) as front:
        answer = await front.ask("GET", "/api/v1/config", token=await front.token("ana", "read"))

    assert [one["value"] for one in answer.json["values"]] == [
        "+35…001",
        "a…@example.com",
        "Europe/Lisbon",
        "https://sms.example.net/…",
        "https://pager.example.com",
        "[http://am-1:9093, https://am-2/…, http://[::1]/…]",
        "https://tracker.example.net/…",
    ]


async def test_a_team_that_is_not_there_is_404(tmp_path):
    """With its name."""
    async with a_front(tmp_path, in_force=in_force) as front:
        answer = await front.ask("GET", "/api/v1/config?team=nobody", token=await front.token("ana", "read"))

    assert answer.status == 404
    assert "nobody" in answer.json["error"]
