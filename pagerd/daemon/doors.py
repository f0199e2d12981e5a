"""What the web is handed: how each source's bodies are read who may send them, and what providers' requests mean."""

import contextlib
import os
import pwd
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import structlog

from pagerd.channels.base import DeliveryReport, InboundText, KeyPress
from pagerd.channels.callbacks import parse_inbound_sms, parse_key, parse_status, verify
from pagerd.channels.sms import twiml_reply
from pagerd.channels.voice import twiml_again, twiml_say
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings, Source, TwilioProvider
from pagerd.core.errors import InvalidPlan
from pagerd.daemon.adapters import credentials_directory, traits_of
from pagerd.engine.chance import hash_of
from pagerd.engine.doors import Incoming
from pagerd.engine.keys import SpokenAnswer
from pagerd.sources import AT_ONCE, PARSERS
from pagerd.sources.base import Limits
from pagerd.web.services import SourceAccess

log = structlog.get_logger()


def sources_of(settings: Settings, directory: Path) -> Mapping[str, SourceAccess]:
    """Return how each source is let in."""
    traits = traits_of(settings)
    return {
        source.id: SourceAccess(
            kind=source.kind.value,
            path=source.path,
            parser=PARSERS[source.kind.value],
            at_once=AT_ONCE[source.kind.value],
            traits=traits[source.id],
            token_hashes=_token_hashes(source, directory),
            basic_hash=_basic_hash(source, directory),
            limits=Limits(
                depth_max=source.limits.depth_max,
                alerts_max=source.limits.alerts_max,
                labels_max=source.limits.labels_max,
                text_max=source.limits.text_max,
            ),
            body_max=source.limits.body_bytes_max,
        )
        for source in settings.sources.values()
    }


def _token_hashes(source: Source, directory: Path) -> Callable[[], Sequence[str]]:
    """Read the tokens when they are asked for, and again when a file changed: rotating one needs no reload."""
    paths: dict[SecretFile, str] = {}
    known: dict[SecretFile, tuple[int, str]] = {}

    def hash_in(file: SecretFile) -> str:
        if file not in paths:
            paths[file] = str(file.path(directory, credentials_directory()))
        changed = os.stat(paths[file]).st_mtime_ns  # noqa: PTH116  # for every message of a source: a Path is slow
        if file not in known or known[file][0] != changed:
            known[file] = (changed, hash_of(file.read(directory, credentials_directory()).reveal()))
        return known[file][1]

    def hashes() -> Sequence[str]:
        found = []
        for file in source.token_files:
            try:
                found.append(hash_in(file))
            except (OSError, InvalidPlan) as error:
                log.warning("source.token_unreadable", source=source.id, error=str(error))
        return found

    return hashes


def _basic_hash(source: Source, directory: Path) -> Callable[[], str | None]:
    def basic() -> str | None:
        if source.user is None or source.password_file is None:
            return None
        try:
            password = source.password_file.read(directory, credentials_directory()).reveal()
        except InvalidPlan as error:
            log.warning("source.password_unreadable", source=source.id, error=str(error))
            return None
        return hash_of(f"{source.user}:{password}")

    return basic


class TwilioDesk:
    """Twilio's requests, checked against every token of every Twilio account in the settings."""

    def __init__(self, settings: Settings, directory: Path) -> None:
        self._tokens: list[str] = []
        for some in settings.channels.values():
            for one in some:
                if isinstance(one, TwilioProvider):
                    # Where they cannot be read, there is no such provider either, and that is told of it.
                    with contextlib.suppress(InvalidPlan):
                        self._tokens += _tokens_of(one, directory)

    def is_ready(self) -> bool:
        """Is there a token to verify with?"""
        return bool(self._tokens)

    def verify(self, incoming: Incoming) -> bool:
        """Did the holder of one of our tokens sign this request?"""
        params = incoming.fields if incoming.is_form else incoming.body
        return verify(incoming.url, params, _header(incoming, "x-twilio-signature"), self._tokens)

    def parse_status(self, incoming: Incoming) -> DeliveryReport:
        """Read a delivery report."""
        return parse_status(incoming.form)

    def parse_key(self, incoming: Incoming) -> KeyPress:
        """Read the keys that were pressed in a call."""
        return parse_key(incoming.form, _header(incoming, "i-twilio-idempotency-token") or "")

    def parse_inbound(self, incoming: Incoming) -> InboundText:
        """Read a text that somebody sent to us."""
        return parse_inbound_sms(incoming.form)

    def spoken(self, answer: SpokenAnswer, key_url: str) -> str:
        """Write what the call says next."""
        return twiml_say(answer.sentence) if answer.script is None else twiml_again(answer.script, key_url)

    def texted(self, answer: str | None) -> str:
        """Write the reply to a text; None is silence."""
        return twiml_reply(answer)


def _tokens_of(one: TwilioProvider, directory: Path) -> list[str]:
    credentials = credentials_directory()
    return [file.read(directory, credentials).reveal() for file in one.token_files]


def _header(incoming: Incoming, name: str) -> str | None:
    return next((value for key, value in incoming.headers.items() if key.lower() == name), None)


def login_of(uid: int) -> str | None:
    """Return the login name of a uid of this host, or None."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None
