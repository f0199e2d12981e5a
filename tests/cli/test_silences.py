import click
import pytest

from pagerd.cli.silences import matcher_typed

SILENCE = {
    "id": "s-1",
    "match": ['service="checkout"'],
    "from": "2026-01-06T11:00:00+00:00",
    "to": "2026-01-06T13:00:00+00:00",
    "by": "dora",
    "why": "a deploy",
    "stored": True,
}

ALERT = {"labels": {"alertname": "CheckoutErrors"}, "annotations": {"summary": "It fails"}}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('service="checkout"', 'service="checkout"'),
        ("service=checkout", 'service="checkout"'),
        ("service = checkout", 'service=" checkout"'),
        ("service=", 'service=""'),
        ("service!=a=b", 'service!="a=b"'),
        (r"pod=~api-\d+", 'pod=~"api-\\\\d+"'),
        (r'pod=~"api-\d+"', 'pod=~"api-\\\\d+"'),
        ('name=say "hi"', 'name="say \\"hi\\""'),
        ("a!~x|y", 'a!~"x|y"'),
    ],
)
def test_a_matcher_needs_no_quotes_at_a_prompt(typed, meant):
    """A shell has taken them away; what travels is the form of the files."""
    assert matcher_typed(typed) == meant


@pytest.mark.parametrize("typed", ["service", "service==checkout", "=x", "a=~(", 'a="b', ""])
def test_what_is_no_matcher_is_told_how_to_write_one(typed):
    """Before the daemon is asked."""
    with pytest.raises(click.BadParameter, match="service=checkout"):
        matcher_typed(typed)


@pytest.mark.parametrize(
    ("options", "span"),
    [
        (("--for", "2h"), {"for": "2h"}),
        (("--until", "2026-12-24"), {"to": "2026-12-24T23:00:00+00:00"}),
        (
            ("--from", "2026-12-24T22:00", "--for", "1h30m"),
            {"from": "2026-12-24T21:00:00+00:00", "for": "1h30m"},
        ),
    ],
)
def test_a_silence_is_previewed_and_then_made(options, span, daemon, command):
    """The preview is talk; the silence with its end is the data."""
    daemon.answers_to("POST /api/v1/silences/preview", {"count": 3, "examples": [ALERT]})
    daemon.answers_to("POST /api/v1/silences", {"sentence": "s-1 mutes", "silence": SILENCE}, 201)
    said = command("silence", "add", "service=checkout", "a!=b", *options, "--why", "a deploy")

    first, second = daemon.asked
    matchers = ['service="checkout"', 'a!="b"']
    assert first.body == {"match": matchers}
    assert second.body == {"match": matchers, "why": "a deploy", **span}
    assert said.out == 's-1 mutes service="checkout" until Tue 2026-01-06 14:00 CET.\n'
    assert "CheckoutErrors" in said.err
    assert "... and 2 more.\n3 alerts that fire now match.\n" in said.err


@pytest.mark.parametrize("options", [(), ("--for", "2h", "--until", "2026-12-24"), ("--for", "2")])
def test_a_silence_needs_one_end(options, daemon, command):
    """None or two is wrong usage, and nothing is asked."""
    assert command("silence", "add", "a=b", "--why", "x", *options).code == 2
    assert daemon.asked == []


def test_a_silence_needs_a_reason(daemon, command):
    """Whoever wonders at night why it is quiet reads it."""
    assert command("silence", "add", "a=b", "--for", "2h").code == 2
    assert daemon.asked == []


def test_a_preview_changes_nothing(daemon, command):
    """Its table is data; how many there are is talk."""
    daemon.answers_to("POST /api/v1/silences/preview", {"count": 1, "examples": [ALERT]})
    said = command("silence", "preview", "service=checkout")

    assert said.out.splitlines()[1].split() == ["CheckoutErrors", "-", "It", "fails"]
    assert said.err == "1 alert that fires now matches.\n"
    assert len(daemon.asked) == 1


def test_a_preview_of_nothing_says_so(daemon, command):
    """A matcher with a slip in it is seen before the silence is made."""
    daemon.answers_to("POST /api/v1/silences/preview", {"count": 0, "examples": []})
    said = command("silence", "preview", "service=chekout")

    assert (said.out, said.err) == ("", "Nothing that fires now matches.\n")


def test_silences_are_listed_with_author_reason_and_end(daemon, command):
    """In the zone of the machine, with where it stands."""
    daemon.answers_to("GET /api/v1/silences", {"silences": [SILENCE, {**SILENCE, "stored": False}]})
    said = command("silence", "list", "--ended")

    _, stored, in_files = said.out.splitlines()
    assert all(word in stored for word in ('service="checkout"', "Tue 2026-01-06 14:00 CET", "dora", "a deploy"))
    assert (stored.endswith("by command"), in_files.endswith("in the files")) == (True, True)
    assert daemon.asked[0].path == "/api/v1/silences?ended=true"
