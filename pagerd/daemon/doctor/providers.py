"""What the doctor finds at the providers. It logs in and asks; nothing is sent to anybody."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pagerd.channels.email import Smtp
from pagerd.channels.twilio import API_URL, TwilioAccount
from pagerd.config.settings import Settings, SmtpProvider, TwilioProvider
from pagerd.core.errors import PagerdError
from pagerd.core.people import Medium
from pagerd.daemon.adapters import build, credentials_directory
from pagerd.daemon.doctor.check import Check, Verdict
from pagerd.engine.clock import Clock

ASK_SECONDS = 8.0

SMS_PATH = "/api/v1/provider/sms"


def examinations(
    settings: Settings, directory: Path, clock: Clock
) -> Iterator[tuple[str, Callable[[], Awaitable[Sequence[Check]]]]]:
    """Yield an examination of each account: one that carries texts and calls is asked once."""
    accounts: dict[tuple[str, str], tuple[TwilioProvider, list[Medium]]] = {}
    for medium, some in settings.channels.items():
        for one in some:
            match one:
                case TwilioProvider():
                    accounts.setdefault((one.account, one.sender), (one, []))[1].append(medium)
                case SmtpProvider():
                    yield f"smtp {one.host}", partial(smtp, one, directory, clock)
                case _:
                    pass
    for one, media in accounts.values():
        yield f"twilio {one.sender}", partial(twilio, one, media, directory, settings.public_url)


async def smtp(one: SmtpProvider, directory: Path, clock: Clock) -> Sequence[Check]:
    """Connect, speak TLS, log in, and go."""
    name = f"smtp {one.host}:{one.port}"
    given: dict[str, object] = {"host": one.host, "port": one.port, "tls": one.tls.value, "sender": one.sender}
    if one.user is not None and one.password_file is not None:
        password = one.password_file.read(directory, credentials_directory())
        given |= {"user": one.user, "password": password.reveal()}
    server = build(Medium.EMAIL, "smtp", clock=clock.now, **given)
    assert isinstance(server, Smtp), "that is what smtp is"
    try:
        await server.greet(ASK_SECONDS)
    except PagerdError as error:
        hint = "compare host, port, tls, user and password_file with what the mail server wants"
        return [Check(name, Verdict.FAIL, str(error), hint)]
    finally:
        await server.close()
    secured = {"starttls": "STARTTLS", "tls": "TLS", "none": "no TLS"}[one.tls.value]
    login = f"logged in as {one.user}" if one.user is not None else "no login"
    return [Check(name, Verdict.OK, f"{secured}, {login}; no mail was sent")]


async def twilio(
    one: TwilioProvider, media: Sequence[Medium], directory: Path, public_url: str | None
) -> Sequence[Check]:
    """Ask after the account, and after the number that messages come from."""
    name = f"twilio {one.sender}"
    tokens = [file.read(directory, credentials_directory()).reveal() for file in one.token_files]
    second = tokens[1] if len(tokens) > 1 and tokens[1] != tokens[0] else None
    account = TwilioAccount(one.account, tokens[0], second_token=second, api_url=one.api_url or API_URL)
    try:
        standing = await account.standing(one.sender, ASK_SECONDS)
    except PagerdError as error:
        hint = "compare account and token_files with Twilio's console; its status page says the rest"
        return [Check(name, Verdict.FAIL, str(error), hint)]
    finally:
        await account.close()
    if standing.status != "active":
        hint = "nothing is sent before it is active again: see its balance in Twilio's console"
        return [Check(name, Verdict.FAIL, f"the account is {standing.status}", hint)]
    if not standing.has_number:
        hint = "`from` must be a number of this account, in international form"
        return [Check(name, Verdict.FAIL, "the account does not have this number", hint)]
    missing = [medium.value for medium in media if medium.value not in standing.can]
    if missing:
        hint = "take another number, or another provider for it"
        return [Check(name, Verdict.FAIL, f"this number carries no {' and no '.join(missing)}", hint)]
    said = f"active, the number carries {' and '.join(medium.value for medium in media)}"
    wanted = f"{public_url}{SMS_PATH}" if public_url is not None else None
    if wanted is not None and Medium.SMS in media and standing.sms_url != wanted:
        shown = standing.sms_url or "nothing"
        hint = f"set the number's `A message comes in` to {wanted}, POST; until then replies are fetched"
        return [Check(name, Verdict.WARN, f"{said}; its texts go to {shown}", hint)]
    return [Check(name, Verdict.OK, said)]
