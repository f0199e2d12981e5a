import io
import subprocess
import sys

import pytest

from pagerd.channels.base import DeliveryReport, DeliveryStatus
from pagerd.core.errors import InvalidPlan
from pagerd.core.people import Medium
from pagerd.daemon.adapters import build
from tests.channels.samples import clock

TWILIO = {"account": "AC1", "token": "t", "sender": "+15550000001"}
WEBHOOK = {"url": "https://sms.example.net/send", "secret": "s"}
SMTP = {"host": "smtp.example.com", "sender": "pagerd@example.com"}


@pytest.mark.parametrize(
    ("medium", "kind", "settings"),
    [
        (Medium.SMS, "twilio", TWILIO),
        (Medium.VOICE, "twilio", TWILIO),
        (Medium.EMAIL, "smtp", SMTP),
        *((medium, "webhook", WEBHOOK) for medium in Medium),
        *((medium, "console", {"stream": io.StringIO()}) for medium in Medium),
    ],
)
async def test_every_kind_can_be_made(medium, kind, settings):
    """Each kind is made from plain values, knows its medium, and takes a name of its own."""
    provider = build(medium, kind, clock=clock, **settings)
    named = build(medium, kind, clock=clock, name="second", **settings)

    assert (provider.name, provider.medium, named.name) == (kind, medium, "second")
    await provider.close()
    await named.close()


@pytest.mark.parametrize(("medium", "kind"), [(Medium.EMAIL, "twilio"), (Medium.SMS, "smtp"), (Medium.SMS, "")])
def test_an_unknown_kind(medium, kind):
    """What is no kind of this medium is an error that names those that are."""
    with pytest.raises(InvalidPlan, match=r"console, .*webhook"):
        build(medium, kind, clock=clock)


def test_the_contract_is_light():
    """Whoever only needs the contract loads neither an HTTP client nor an SDK."""
    code = (
        "import sys, pagerd.channels.base\n"
        "heavy = {'aiohttp', 'twilio', 'aiosmtplib'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_ranks_follow_the_statuses():
    """A report's rank is how far its status is along."""
    reports = [DeliveryReport(provider_id="x", status=status, detail="") for status in DeliveryStatus]

    assert [report.rank for report in reports] == sorted(report.rank for report in reports)
    assert len({report.rank for report in reports}) == len(DeliveryStatus)
