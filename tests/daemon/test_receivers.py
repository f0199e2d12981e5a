import pytest

from pagerd.channels.chat import Chat
from pagerd.channels.relay import Relay
from pagerd.config.receivers import ChatReceiver, HookReceiver, MailReceiver, ReceiverKind
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings
from pagerd.core.errors import InvalidPlan
from pagerd.daemon.missing import Missing
from pagerd.daemon.receivers import receivers_of, urls_of
from tests.channels.samples import clock


def settings(**receivers):
    """Return settings with these."""
    return Settings(receivers=receivers)


SETTINGS = settings(
    **{
        kind.value: ChatReceiver(kind=kind, url_file=SecretFile("hook"))
        for kind in (ReceiverKind.SLACK, ReceiverKind.TEAMS, ReceiverKind.MATTERMOST)
    },
    leads=MailReceiver(to=("leads@example.com",)),
    hub=HookReceiver(url="https://hub.example.com/x", secret_file=SecretFile("secret")),
)


@pytest.fixture
def directory(tmp_path):
    """A directory with the secrets."""
    (tmp_path / "hook").write_text("https://hooks.example.com/services/T0/B0/s3cret\n")
    (tmp_path / "secret").write_text("s3cret\n")
    return tmp_path


def test_each_kind_is_made(directory):
    """But mail, which goes by the providers of mail."""
    made = receivers_of(SETTINGS, directory, clock, Missing(goes_on=False))

    assert {name: type(one) for name, one in made.items()} == {
        "slack": Chat,
        "teams": Chat,
        "mattermost": Chat,
        "hub": Relay,
    }
    assert made["slack"].host == "hooks.example.com"


def test_one_that_is_missing_keeps_nobody_else_from_hearing(directory):
    """A file that is gone after a reboot is said, and the rest goes on."""
    (directory / "hook").unlink()
    missing = Missing(goes_on=True)
    made = receivers_of(SETTINGS, directory, clock, missing)

    assert [*made] == ["hub"]
    assert len(missing.words) == 3
    assert "pagerd runs without receiver slack" in missing.words[0]
    with pytest.raises(InvalidPlan):
        receivers_of(SETTINGS, directory, clock, Missing(goes_on=False))


def test_the_doctor_looks_at_their_hosts(directory):
    """As far as their files can be read."""
    hook = "https://hooks.example.com/services/T0/B0/s3cret"

    assert urls_of(SETTINGS, directory) == [hook, hook, hook, "https://hub.example.com/x"]
    (directory / "hook").unlink()
    assert urls_of(SETTINGS, directory) == ["https://hub.example.com/x"]
