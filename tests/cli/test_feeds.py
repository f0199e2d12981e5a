import json

ROW = {
    "id": "f-Abc234",
    "name": "payments",
    "by": "ana",
    "created_at": "2026-01-06T11:00:00+00:00",
    "fetched_at": None,
}
URL = "https://pager.example.com/feeds/pgf_x.ics"


def test_the_address_alone_is_on_stdout(daemon, command):
    """So that it can be piped; what to do with it is on stderr."""
    daemon.answers_to("POST /api/v1/feeds", {**ROW, "url": URL}, 201)
    said = command("feed", "add", "payments")

    assert (said.code, said.out) == (0, f"{URL}\n")
    assert "pagerd feed remove f-Abc234" in said.err
    assert daemon.asked[0].body == {"name": "payments"}


def test_without_a_name_it_is_everybody(daemon, command):
    """As JSON the whole answer."""
    daemon.answers_to("POST /api/v1/feeds", {**ROW, "name": None, "url": URL}, 201)
    said = command("feed", "add", "-o", "json")

    assert json.loads(said.out) == {**ROW, "name": None, "url": URL}
    assert daemon.asked[0].body == {}


def test_a_list_shows_whose_and_when_it_was_fetched(daemon, command):
    """What nobody ever fetched can go."""
    fetched = {**ROW, "id": "f-Xyz789", "name": None, "fetched_at": "2026-01-06T12:00:00+00:00"}
    daemon.answers_to("GET /api/v1/feeds", {"feeds": [ROW, fetched]})
    first, second = (line.split() for line in command("feed", "list").out.splitlines()[1:])

    assert (first[:3], first[-1]) == (["f-Abc234", "payments", "ana"], "never")
    assert (second[:3], second[-2:]) == (["f-Xyz789", "everybody", "ana"], ["13:00", "CET"])


def test_one_is_removed_by_its_id(daemon, command):
    """The sentence of the daemon is the answer."""
    daemon.answers_to("DELETE /api/v1/feeds/f-Abc234", {"sentence": "It opens nothing any more."})

    assert command("feed", "remove", "f-Abc234").out == "It opens nothing any more.\n"
