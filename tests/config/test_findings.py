import json

import pytest

from pagerd.config.findings import (
    CATALOGUE,
    LINE_SHOWN_MAX,
    Finding,
    Span,
    by_severity,
    errors,
    in_order,
    masked,
    render,
)

FILES = {"rotations/payments.yaml": "team: payments\nzone: Europe/Berlni\n"}
FINDING = Finding(
    "E015",
    Span("rotations/payments.yaml", 2, 7, 13),
    "'Europe/Berlni' is not a time zone",
    "an IANA time zone",
    "did you mean Europe/Berlin?",
)


def test_a_finding_is_written_as_a_compiler_writes_it():
    """The place, the line, the words underlined, what was expected, a hint."""
    assert render([FINDING], FILES) == (
        "error[E015]: 'Europe/Berlni' is not a time zone\n"
        " --> rotations/payments.yaml:2:7\n"
        "  |\n"
        "2 | zone: Europe/Berlni\n"
        "  |       ^^^^^^^^^^^^^\n"
        "  = expected: an IANA time zone\n"
        "  = help: did you mean Europe/Berlin?"
    )


def test_a_finding_about_no_line_has_none():
    """A file that is missing cannot be quoted."""
    assert render([Finding("E017", Span("pagerd.yaml"), "there is none", "one")], {}) == (
        "error[E017]: there is none\n --> pagerd.yaml:1:1\n  = expected: one"
    )


def test_findings_go_to_json():
    """The keys are a promise to other programs."""
    assert json.loads(json.dumps(FINDING.as_json())) == {
        "id": "E015",
        "severity": "error",
        "file": "rotations/payments.yaml",
        "line": 2,
        "col": 7,
        "message": "'Europe/Berlni' is not a time zone",
        "expected": "an IANA time zone",
        "hint": "did you mean Europe/Berlin?",
    }


def test_the_letter_of_an_id_is_its_weight():
    """E keeps the files from being used, W does not, and N is for whoever reviews."""
    warning = Finding("W104", Span("rules/payments.yaml"), "a cause")
    note = Finding("N224", Span("rotations/payments.yaml"), "uneven")

    assert [one.severity.value for one in (FINDING, warning, note)] == ["error", "warning", "note"]
    assert errors([FINDING, warning, note]) == (FINDING,)
    assert all(one[0] in "EWN" and len(one) == 4 and one[1:].isdigit() for one in CATALOGUE)


def test_findings_stand_in_the_order_of_the_files_and_once():
    """Two checks may find the same thing."""
    earlier = Finding("E006", Span("a.yaml", 9, 1), "x")
    later = Finding("E006", Span("b.yaml", 1, 1), "x")

    assert in_order([later, earlier, later]) == (earlier, later)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("    token: s3cr3t", "    token: ***"),
        ("  - {kind: smtp, password: s3cr3t, colour: red}", "  - {kind: smtp, password: ***"),
        ('  "api_key": s3cr3t', '  "api_key": ***'),
        ("    url: https://ana:s3cr3t@example.com/x", "    url: https://***@example.com/x"),
        ("store: postgres://ana:s3cr3t@db/pagerd", "store: postgres://***@db/pagerd"),
        ("store: postgres://db/pagerd?password=s3cr3t&tls=no", "store: postgres://db/pagerd?password=***&tls=no"),
        ("    token_files: [prod.token]", "    token_files: [prod.token]"),
        ("    password_file: smtp.password", "    password_file: smtp.password"),
    ],
)
def test_what_looks_like_a_secret_is_never_quoted(line, shown):
    """A CI log is read by more people than the file."""
    assert masked(line) == shown
    assert "s3cr3t" not in render([Finding("E006", Span("f", 1, 3), "x")], {"f": line})


def test_a_long_line_is_cut_and_a_terminal_left_alone():
    """What is quoted from a hostile file cannot fill or steer the screen."""
    text = render([Finding("E005", Span("f", 1, 1), "x")], {"f": "\x1b[2J" + "a" * 10_000})

    assert "\x1b" not in text
    assert len(max(text.splitlines(), key=len)) <= LINE_SHOWN_MAX + 10


def test_an_id_outside_the_catalogue_is_our_own_mistake():
    """Every id is documented before it is used."""
    with pytest.raises(AssertionError):
        Finding("E999", Span("f"), "x")


def test_findings_are_counted_by_severity():
    """A severity without any is there too; notes are no concern of the daemon that counts."""
    found = [Finding("E006", Span("f"), "x"), Finding("E007", Span("f"), "x"), Finding("N224", Span("f"), "x")]

    assert by_severity(found) == {"error": 2, "warning": 0}
    assert by_severity([]) == {"error": 0, "warning": 0}


@pytest.mark.parametrize("line", ["x" * 500_000, "a:" * 250_000, "?token=&" * 60_000, "secret" + " " * 500_000])
def test_a_megabyte_in_one_line_is_read_once(line):
    """From each of its places it would take hours, in which nobody is paged: a reload quotes lines."""
    found = [Finding("E006", Span("f", 1, column), "x") for column in range(1, 200)]

    assert len(render(found, {"f": line})) < 200 * 400
