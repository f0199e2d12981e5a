"""From settings to those who are told of incidents. Mail goes by the providers of mail, and needs nobody here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from pagerd.channels import mattermost, slack, teams
from pagerd.channels.base import MessageReceiver
from pagerd.channels.chat import Chat
from pagerd.channels.relay import Relay
from pagerd.config.receivers import ChatReceiver, HookReceiver, MailReceiver, ReceiverKind, ReceiverSettings
from pagerd.config.settings import Settings
from pagerd.core.errors import InvalidPlan
from pagerd.daemon.adapters import credentials_directory
from pagerd.daemon.missing import Missing


def receivers_of(
    settings: Settings, directory: Path, clock: Callable[[], datetime], missing: Missing
) -> Mapping[str, MessageReceiver]:
    """Make each receiver that is no mail, by name. Raises InvalidPlan for one that cannot be made."""
    made = {
        name: missing.or_none(f"receiver {name}", partial(_receiver, name, one, directory, clock))
        for name, one in settings.receivers.items()
        if not isinstance(one, MailReceiver)
    }
    return {name: one for name, one in made.items() if one is not None}


def urls_of(settings: Settings, directory: Path) -> list[str]:
    """Return every URL that is posted to; one in a secret that cannot be read is said by another check."""
    found = []
    for one in settings.receivers.values():
        match one:
            case ChatReceiver():
                try:
                    found.append(one.url_file.read(directory, credentials_directory()).reveal())
                except InvalidPlan:
                    continue
            case HookReceiver():
                found.append(one.url)
            case MailReceiver():
                pass
    return found


def _receiver(name: str, one: ReceiverSettings, directory: Path, clock: Callable[[], datetime]) -> MessageReceiver:
    credentials = credentials_directory()
    match one:
        case ChatReceiver():
            url = one.url_file.read(directory, credentials)
            match one.kind:
                case ReceiverKind.SLACK:
                    write = (slack.write, slack.write_plainly)
                case ReceiverKind.TEAMS:
                    write = (teams.write, teams.write_plainly)
                case _:
                    write = (mattermost.write, mattermost.write_plainly)
            # Workflows of Teams answer 202 with nothing.
            says_ok = one.kind is not ReceiverKind.TEAMS
            return Chat(name=name, url=url, write=write[0], write_plainly=write[1], says_ok=says_ok)
        case HookReceiver():
            secret = one.secret_file.read(directory, credentials).reveal()
            return Relay(name=name, url=one.url, secret=secret, clock=clock)
        case MailReceiver():
            raise AssertionError("mail goes by the providers of mail")
