"""How notifications go out: one module per medium, and `build`, which makes a provider from its settings."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from pagerd.channels.base import Provider
from pagerd.core.errors import InvalidPlan
from pagerd.core.people import Medium


def build(medium: Medium, kind: str, *, clock: Callable[[], datetime], **settings: object) -> Provider:
    """Make one provider; it connects when it first sends. The settings are the keyword arguments of its class.

    An unknown kind is InvalidPlan, and so is a setting that cannot be right. `clock` is for dates on messages.
    """
    # Imported here: whoever needs only the contract in base.py must not load an HTTP client and Twilio's SDK.
    from pagerd.channels import console, email, sms, voice, webhook  # noqa: PLC0415

    makers: dict[tuple[Medium, str], Callable[..., Provider]] = {
        (Medium.SMS, "twilio"): sms.TwilioSms,
        (Medium.VOICE, "twilio"): voice.TwilioVoice,
        (Medium.EMAIL, "smtp"): partial(email.Smtp, clock=clock),
        **{(each, "webhook"): partial(webhook.Webhook, medium=each, clock=clock) for each in Medium},
        **{(each, "console"): partial(console.Console, medium=each) for each in Medium},
    }
    maker = makers.get((medium, kind))
    if maker is None:
        known = sorted(kind for reached, kind in makers if reached is medium)
        raise InvalidPlan(f"opening a channel for {medium.value}: no kind {kind!r}, expected one of {', '.join(known)}")
    return maker(**settings)
