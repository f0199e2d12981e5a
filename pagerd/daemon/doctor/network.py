"""What the doctor finds on the network: names, the time that others have, the way back to us, the watcher."""

import asyncio
import ipaddress
import ssl
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from pagerd.channels.twilio import API_URL
from pagerd.clients.http import HttpClient
from pagerd.config.settings import Settings, SmtpProvider, TwilioProvider, WebhookProvider
from pagerd.core.errors import InvalidPlan, PagerdError
from pagerd.daemon import receivers
from pagerd.daemon.doctor.check import Check, Verdict
from pagerd.daemon.wiring import watcher_of
from pagerd.engine.clock import Clock

ASK_SECONDS = 8.0
"""Of one request, within the deadline of the whole examination."""

SKEW_WARN_SECONDS, SKEW_FAIL_SECONDS = 5.0, 60.0
"""A Date header has whole seconds. A minute off, and texts say the wrong time and Twilio's signatures of dates fail."""

INSTANCE = "X-Pagerd-Instance"


def urls_of(settings: Settings, directory: Path) -> list[str]:
    """Return every URL that pagerd asks, each once; one in a secret that cannot be read is said by another check."""
    found: list[str] = []
    for some in settings.channels.values():
        for one in some:
            match one:
                case TwilioProvider():
                    found.append(one.api_url or API_URL)
                case WebhookProvider():
                    found.append(one.url)
                case _:
                    pass
    if settings.tracker is not None:
        found.append(settings.tracker.url)
    found += receivers.urls_of(settings, directory)
    try:
        watcher = watcher_of(settings, directory)
    except InvalidPlan:
        watcher = None
    if watcher is not None:
        found.append(watcher.url.reveal())
    return list(dict.fromkeys(found))


def hosts_of(settings: Settings, directory: Path) -> list[str]:
    """Return every host that the config names, each once; addresses need no resolver."""
    named = [urlsplit(url).hostname or "" for url in urls_of(settings, directory)]
    named += [one.host for some in settings.channels.values() for one in some if isinstance(one, SmtpProvider)]
    if settings.public_url is not None:
        named.append(urlsplit(settings.public_url).hostname or "")
    return [name for name in dict.fromkeys(named) if name and not _is_address(name)]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def dns(name: str) -> Sequence[Check]:
    """Resolve one name."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None)
    except OSError as error:
        hint = f"compare with `getent hosts {name}` and /etc/resolv.conf; is the name in pagerd.yaml right?"
        return [Check(f"dns {name}", Verdict.FAIL, f"cannot be resolved: {error.strerror or error}", hint)]
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    more = f" and {len(addresses) - 3} more" if len(addresses) > 3 else ""
    return [Check(f"dns {name}", Verdict.OK, ", ".join(addresses[:3]) + more)]


async def clock(settings: Settings, directory: Path, own: Clock) -> Sequence[Check]:
    """Compare our time with what the first host says that answers: its Date header, from its front page."""
    http = HttpClient(connections_max=2)
    try:
        for url in urls_of(settings, directory):
            parts = urlsplit(url)
            began = own.now()
            try:
                answer = await http.get(f"{parts.scheme}://{parts.netloc}/", deadline_seconds=ASK_SECONDS)
            except PagerdError:
                continue
            middle = began + (own.now() - began) / 2
            theirs = _date(answer.headers.get("Date", ""))
            if theirs is not None:
                return [_skew((middle - theirs).total_seconds(), parts.hostname or "")]
    finally:
        await http.close()
    hint = "see that `timedatectl` says synchronized: yes"
    return [Check("clock", Verdict.WARN, "there is nobody in the config whose time could be compared", hint)]


def _date(header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _skew(seconds: float, host: str) -> Check:
    # Their header has whole seconds: half a second of what is seen is theirs.
    seconds -= 0.5
    said = f"{abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} {host}"
    hint = "let chrony or systemd-timesyncd keep the clock: steps and nights follow it"
    if abs(seconds) >= SKEW_FAIL_SECONDS:
        return Check("clock", Verdict.FAIL, said, hint)
    if abs(seconds) >= SKEW_WARN_SECONDS:
        return Check("clock", Verdict.WARN, said, hint)
    return Check("clock", Verdict.OK, f"agrees with {host}")


async def public_url(settings: Settings, instance: str | None, others: Collection[str] = ()) -> Sequence[Check]:
    """Come back to ourselves by the public URL, as a provider would."""
    if settings.public_url is None:
        said = "none: messages carry no links, calls no keys, and replies are fetched"
        return [Check("public URL", Verdict.WARN, said, "set public_url, if providers can reach this host")]
    name, url = f"public URL {settings.public_url}", f"{settings.public_url}/-/healthy"
    http = HttpClient(connections_max=1)
    hint = "look at the proxy in front of pagerd, its certificate, and the firewall"
    try:
        answer = await http.get(url, deadline_seconds=ASK_SECONDS)
    except PagerdError as error:
        return [Check(name, Verdict.FAIL, str(error), hint)]
    finally:
        await http.close()
    met = answer.headers.get(INSTANCE)
    if instance is None:
        return [Check(name, Verdict.WARN, f"answered {answer.status}", "start pagerd, and ask again")]
    if answer.status != 200 or met is None:
        return [Check(name, Verdict.FAIL, f"answered {answer.status}, and it was no pagerd", hint)]
    if met in others:
        return [Check(name, Verdict.OK, "reaches another node of this pagerd")]
    if met != instance:
        return [Check(name, Verdict.FAIL, "reaches another pagerd than this one", hint)]
    return [Check(name, Verdict.OK, "reaches this pagerd")]


async def heartbeat(settings: Settings, directory: Path) -> Sequence[Check]:
    """Connect to the watcher, and say nothing: any request there would be taken for a sign of life."""
    watcher = watcher_of(settings, directory)
    if watcher is None:
        hint = "set heartbeat: somebody must notice when pagerd itself is gone"
        return [Check("heartbeat", Verdict.WARN, "nobody watches pagerd from outside", hint)]
    parts = urlsplit(watcher.url.reveal())
    tls = ssl.create_default_context() if parts.scheme == "https" else None
    try:
        _, writer = await asyncio.open_connection(watcher.host, parts.port or (443 if tls is not None else 80), ssl=tls)
    except OSError as error:
        hint = "is the watcher up, and may this host reach it?"
        return [Check(f"heartbeat {watcher.host}", Verdict.FAIL, f"cannot connect: {error.strerror or error}", hint)]
    writer.close()
    return [Check(f"heartbeat {watcher.host}", Verdict.OK, "connects; nothing was told")]
