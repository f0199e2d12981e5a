from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.config import values
from pagerd.config.values import Mismatch


@pytest.mark.parametrize(
    ("read", "raw", "value"),
    [
        (values.text, "Restart  the\n canary", "Restart the canary"),
        (values.text, "no", "no"),
        (values.name, "payments-primary", "payments-primary"),
        (values.name, "0-day", "0-day"),
        (values.service, "Checkout.API/v2", "Checkout.API/v2"),
        (values.label, "alert_name2", "alert_name2"),
        (values.boolean, "true", True),
        (values.boolean, "false", False),
        (values.integer, "0", 0),
        (values.integer, "10000", 10_000),
        (values.phone, "+351912000001", "+351912000001"),
        (values.email, "ana+night@mail.example.com", "ana+night@mail.example.com"),
        (values.url, "https://pager.example.com/", "https://pager.example.com"),
        (values.url, "http://[::1]:8080/x?y=1", "http://[::1]:8080/x?y=1"),
        (values.address, "127.0.0.1:8911", values.Address("127.0.0.1", 8911)),
        (values.address, "[::1]:8911", values.Address("::1", 8911)),
        (values.secret_file, ".pagerd/prod.token", ".pagerd/prod.token"),
        (values.secret_file, "credential:twilio", "credential:twilio"),
    ],
)
def test_what_is_read(read, raw, value):
    """Each value has one way to be written."""
    assert read(raw) == value


@pytest.mark.parametrize(
    ("read", "raw", "finding_id", "hint"),
    [
        (values.text, "   ", "E009", ""),
        (values.text, "x" * 1001, "E010", ""),
        (values.name, "Payments Primary", "E010", "write payments-primary"),
        (values.name, "none", "E010", ""),
        (values.name, "-x", "E010", "write x"),
        (values.service, "a b", "E010", ""),
        (values.label, "a-b", "E010", ""),
        (values.boolean, "yes", "E010", "write true"),
        (values.boolean, "off", "E010", "write false"),
        (values.boolean, "True", "E010", "write true"),
        (values.boolean, "maybe", "E010", ""),
        (values.integer, "1_000", "E010", ""),
        (values.integer, "007", "E010", ""),
        (values.integer, "-1", "E010", ""),
        (values.integer, "1e3", "E010", ""),
        (values.integer, "٣", "E010", ""),
        (values.integer, "9" * 10, "E010", ""),
        (values.phone, "+1555", "E401", ""),
        (values.phone, "15551234567", "E401", "begin with + and the country code"),
        (values.phone, "0049 151 10000002", "E401", 'write "+4915110000002"'),
        (values.phone, "0151 10000002", "E401", "begin with + and the country code"),
        (values.phone, "+49 151 1000 0002", "E401", 'write "+4915110000002"'),
        (values.phone, "+999123456789", "E401", ""),
        (values.phone, "+49000", "E401", ""),
        (values.email, "Ana <ana@example.com>", "E402", ""),
        (values.email, "ana@@example.com", "E402", ""),
        (values.email, "ana@example.com\nBcc: x@example.com", "E402", ""),
        (values.url, "ftp://example.com", "E602", ""),
        (values.url, "https://ana:secret@example.com", "E602", "credentials go into files"),
        (values.url, "https://example.com:99999", "E602", ""),
        (values.url, "https://[::1", "E602", ""),
        (values.url, "pager.example.com", "E602", ""),
        (values.address, "8911", "E607", ""),
        (values.address, "127.0.0.1:99999", "E607", ""),
        (values.address, "::1:8911", "E607", ""),
        (values.secret_file, "credential:../x", "E601", ""),
        (values.secret_file, "credential:..", "E601", ""),
        (values.path, "a\x00b", "E010", ""),
    ],
)
def test_what_is_refused(read, raw, finding_id, hint):
    """A wrong value says what was expected, and what would be right where that can be guessed."""
    with pytest.raises(Mismatch) as refused:
        read(raw)

    assert (refused.value.id, refused.value.hint) == (finding_id, hint)
    assert refused.value.expected


def test_a_secret_in_a_url_is_not_repeated():
    """The finding is printed in CI."""
    with pytest.raises(Mismatch) as refused:
        values.url("https://ana:s3cr3t@example.com")

    assert "s3cr3t" not in refused.value.message


READERS = (
    values.text, values.name, values.service, values.label, values.boolean, values.integer, values.phone, values.email,
    values.url, values.address, values.secret_file, values.path,
)  # fmt: skip


@given(st.sampled_from(READERS), st.text(max_size=80))
def test_no_text_makes_a_reader_fail(read, raw):
    """It is a value or a Mismatch, and nothing else."""
    with suppress(Mismatch):
        read(raw)
