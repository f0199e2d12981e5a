from pagerd.core.oncall.spans import Spans
from tests.core.oncall.books import NEW_YORK, at

SPANS = (
    (at("2026-01-05"), at("2026-01-08"), "a"),
    (at("2026-01-06"), at("2026-01-07"), "b"),
    (at("2026-01-08"), at("2026-01-09"), "c"),
    (at("2026-01-20"), at("2026-01-20"), "empty"),
    (at("2026-01-21"), at("2026-01-20"), "backwards"),
)


def test_spans_hold_from_their_start_until_before_their_end():
    """At each instant the spans that hold are known, and so is the next instant at which that changes."""
    spans = Spans(SPANS, "".join)

    assert spans.at(at("2026-01-04")) == ("", at("2026-01-05"))
    assert spans.at(at("2026-01-05")) == ("a", at("2026-01-06"))
    assert spans.at(at("2026-01-06 12:00")) == ("ab", at("2026-01-07"))
    assert spans.at(at("2026-01-07")) == ("a", at("2026-01-08"))
    assert spans.at(at("2026-01-08")) == ("c", at("2026-01-09"))
    assert spans.at(at("2026-01-09")) == ("", None)


def test_a_span_that_does_not_end_after_it_begins_never_holds():
    """A span of no length, or one written backwards, is as if it were not there."""
    spans = Spans(SPANS[3:], "".join)

    assert spans.at(at("2026-01-20")) == ("", None)


def test_spans_keep_the_order_in_which_they_were_given():
    """What was given first stands first, whichever began first."""
    spans = Spans([(at("2026-01-02"), at("2026-01-09"), "b"), (at("2026-01-01"), at("2026-01-09"), "a")], "".join)

    assert spans.at(at("2026-01-05"))[0] == "ba"


def test_a_span_may_be_written_in_any_zone():
    """Instants are compared, not the clocks they were written by: 01:30 and 01:30 in New York are an hour apart."""
    start, end = at("2026-11-01 05:30").astimezone(NEW_YORK), at("2026-11-01 06:30").astimezone(NEW_YORK)
    spans = Spans([(start, end, "a")], "".join)

    assert spans.at(at("2026-11-01 05:29")) == ("", at("2026-11-01 05:30"))
    assert spans.at(at("2026-11-01 06:29")) == ("a", at("2026-11-01 06:30"))
