import io
import subprocess
import sys

import pytest

from pagerd.channels.base import DeliveryReport, DeliveryStatus
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings, WebhookProvider
from pagerd.core.errors import InvalidPlan
from pagerd.core.people import Medium
from pagerd.daemon.adapters import build, tracker_of
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


async def test_a_tracker_is_made_of_the_settings(tmp_path):
    """With the secret as it stands in its file; without one pagerd does not start as if there were a tracker."""
    one = WebhookProvider(url="https://tracker.example.com/", secret_file=SecretFile("tracker.secret"))
    with pytest.raises(InvalidPlan):
        tracker_of(Settings(tracker=one), tmp_path, clock)
    (tmp_path / "tracker.secret").write_text("s3cret\n")
    tracker = tracker_of(Settings(tracker=one), tmp_path, clock)

    assert tracker is not None
    assert tracker_of(Settings(), tmp_path, clock) is None
    await tracker.close()


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
