"""What Twilio tells us: signatures, delivery reports, texts and keys. Plain functions over what the web received.

Nothing here trusts a field before `verify` said yes. Reports come late, twice and out of order; what they mean stands
in two tables, and DeliveryReport.rank orders them.
"""

import base64
import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha1, sha256
from urllib.parse import parse_qs, urlsplit

from pagerd.channels.base import DeliveryReport, DeliveryStatus, InboundText, KeyPress, OptOut
from pagerd.channels.plain import one_line
from pagerd.channels.twilio_codes import Class, class_of, words_of
from pagerd.core.errors import Unreadable

Form = Mapping[str, str]

MESSAGE_STATUS: Mapping[str, tuple[DeliveryStatus, str]] = {
    "accepted": (DeliveryStatus.ACCEPTED, "accepted by Twilio"),
    "scheduled": (DeliveryStatus.ACCEPTED, "scheduled by Twilio"),
    "queued": (DeliveryStatus.ACCEPTED, "queued by Twilio"),
    "sending": (DeliveryStatus.ACCEPTED, "on its way to the carrier"),
    # The carrier has it. Many never say more, so this may be its last word; it is not a delivery.
    "sent": (DeliveryStatus.SENT, "taken by the carrier"),
    "delivered": (DeliveryStatus.DELIVERED, "delivered to the phone"),
    "partially_delivered": (DeliveryStatus.DELIVERED, "partly delivered to the phone"),
    "read": (DeliveryStatus.DELIVERED, "shown on the phone"),
    "undelivered": (DeliveryStatus.NOT_REACHED, "not delivered"),
    "failed": (DeliveryStatus.NOT_REACHED, "failed"),
    "canceled": (DeliveryStatus.NOT_REACHED, "cancelled before it was sent"),
}

CALL_STATUS: Mapping[str, tuple[DeliveryStatus, str]] = {
    "queued": (DeliveryStatus.ACCEPTED, "queued by Twilio"),
    "initiated": (DeliveryStatus.SENT, "dialling"),
    "ringing": (DeliveryStatus.RINGING, "ringing"),
    "in-progress": (DeliveryStatus.ANSWERED, "answered"),
    "answered": (DeliveryStatus.ANSWERED, "answered"),
    # Only a key proves a human, and the key comes by another road: a call that merely ended has reached nobody.
    "completed": (DeliveryStatus.NOT_REACHED, "the call ended"),
    "busy": (DeliveryStatus.NOT_REACHED, "busy"),
    "no-answer": (DeliveryStatus.NOT_REACHED, "no answer"),
    "failed": (DeliveryStatus.NOT_REACHED, "the call failed"),
    "canceled": (DeliveryStatus.NOT_REACHED, "cancelled before it was answered"),
}

CALL_PASSED: Mapping[str, DeliveryStatus] = {
    "completed": DeliveryStatus.ANSWERED,
    "no-answer": DeliveryStatus.RINGING,
}
"""What a call went through before its last status. Busy and failed may never have rung."""

REQUEST_ID_MAX = 100
"""Characters of a request's idempotency token that are looked at; Twilio's are UUIDs."""

OPT_OUT_WORDS: Mapping[str, OptOut] = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"), OptOut.STOP),
    **dict.fromkeys(("START", "YES", "UNSTOP"), OptOut.START),
    **dict.fromkeys(("HELP", "INFO"), OptOut.HELP),
}
"""Carriers' keywords: a text that is one of them, in any case, changes what that number may be sent."""


def verify(url: str, params: Iterable[tuple[str, str]] | bytes, signature: str | None, tokens: Sequence[str]) -> bool:
    """Did the holder of one of these tokens sign this request? False whenever anything is missing.

    `url` is the configured public URL with the raw path and query of the request, never its Host header. `params` are
    all fields of a form as received, blanks and repetitions included, or the raw body of anything else, whose SHA-256
    must then stand in the URL. All comparisons are made, each in constant time.
    """
    usable = [token for token in tokens if token]
    if not signature or not usable:
        return False
    fields: Iterable[tuple[str, str]] = ()
    body_fits = True
    if isinstance(params, bytes):
        told = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0]
        body_fits = hmac.compare_digest(_octets(told.lower()), sha256(params).hexdigest().encode())
    else:
        fields = sorted(set(params))
    # Twilio is not of one mind about default ports, so a signature over any of the ways to write the URL is good.
    signed = [_octets(form + "".join(name + value for name, value in fields)) for form in _forms_of(url)]
    given = _octets(signature.strip())
    fits = False
    for token in usable:
        for message in signed:
            expected = base64.b64encode(hmac.new(_octets(token), message, sha1).digest())
            fits |= hmac.compare_digest(expected, given)
    return fits and body_fits


def parse_status(form: Form) -> DeliveryReport:
    """Read a status callback of a text or a call, or the verdict of machine detection."""
    if "CallSid" in form:
        return _report_of_call(form)
    sid = _field(form, "MessageSid", "SmsSid")
    return report_of_message(sid, _field(form, "MessageStatus", "SmsStatus"), form.get("ErrorCode", ""))


def report_of_message(sid: str, status: str, error_code: str) -> DeliveryReport:
    """Say what a status of a text means. Some error codes say that the number will never take one."""
    meaning = MESSAGE_STATUS.get(status)
    if meaning is None:
        raise Unreadable(f"reading a message status: {one_line(status[:40])!r} is none of Twilio's")
    reached, detail = meaning
    code = int(error_code) if error_code.isascii() and error_code.isdigit() and len(error_code) < 8 else 0
    if reached is DeliveryStatus.NOT_REACHED and code:
        detail = f"{detail}: {words_of(code)}"
        if class_of(code) is Class.DESTINATION:
            reached = DeliveryStatus.REFUSED
    # Registration and suspension are mostly told here, after the text was taken.
    account_fault = bool(code) and class_of(code) is Class.ACCOUNT
    return DeliveryReport(provider_id=sid, status=reached, detail=detail, account_fault=account_fault)


def report_of_call(sid: str, status: str, answered_by: str, at: datetime | None = None) -> DeliveryReport:
    """Say what a status of a call means, and who is thought to have answered it."""
    meaning = CALL_STATUS.get(status)
    if meaning is None:
        raise Unreadable(f"reading a call status: {one_line(status[:40])!r} is none of Twilio's")
    reached, detail = meaning
    passed = CALL_PASSED.get(status)
    if _is_machine(answered_by):
        reached, detail, passed = DeliveryStatus.NOT_REACHED, "voicemail answered", DeliveryStatus.ANSWERED
    elif status == "completed" and answered_by == "human":
        detail = "the call ended; a person seems to have answered"
    return DeliveryReport(provider_id=sid, status=reached, detail=detail, at=at, passed=passed)


def parse_inbound_sms(form: Form) -> InboundText:
    """Read a text that was sent to us. Its id may begin with SM or MM; its body may be empty."""
    body = form.get("Body", "")
    told = form.get("OptOutType", "").lower()
    opt_out = OptOut(told) if told in set(OptOut) else OPT_OUT_WORDS.get(body.strip().upper())
    return InboundText(
        provider_id=_field(form, "MessageSid", "SmsSid"),
        sender=_field(form, "From"),
        to=form.get("To", ""),
        body=body,
        opt_out=opt_out,
    )


def parse_key(form: Form, idempotency_token: str = "") -> KeyPress:
    """Read the keys that were pressed in a call; none at all is an empty string."""
    digits = form.get("Digits", "")
    if len(digits) > 32 or not set(digits) <= set("0123456789*#ABCD"):
        raise Unreadable(f"reading the keys of a call: {one_line(digits[:40])!r} are not keys of a phone")
    return KeyPress(_field(form, "CallSid"), digits, idempotency_token[:REQUEST_ID_MAX])


def _report_of_call(form: Form) -> DeliveryReport:
    sid = _field(form, "CallSid")
    answered_by = form.get("AnsweredBy", "")
    at = _instant(form.get("Timestamp", ""))
    status = form.get("CallStatus", "")
    if status:
        report = report_of_call(sid, status, answered_by, at)
        sip = form.get("SipResponseCode", "")
        if status == "failed" and sip.isascii() and sip.isdigit() and len(sip) == 3:
            # 480 is what some carriers say of a phone that is off.
            detail = "no answer (SIP 480)" if sip == "480" else f"{report.detail} (SIP {sip})"
            return DeliveryReport(provider_id=sid, status=report.status, detail=detail, at=at)
        return report
    if not answered_by:
        raise Unreadable("reading a call's callback: it has neither CallStatus nor AnsweredBy")
    return report_of_call(sid, "in-progress", answered_by, at)


def _is_machine(answered_by: str) -> bool:
    return answered_by.startswith("machine") or answered_by == "fax"


def _field(form: Form, *names: str) -> str:
    """Return the first of these fields that is there; without any the request is not what it should be."""
    for name in names:
        if form.get(name):
            return form[name]
    raise Unreadable(f"reading a request of Twilio's: {names[0]} is missing")


def _instant(text: str) -> datetime | None:
    """Read an RFC 2822 time; one that cannot be read is nobody's fault worth losing a report for."""
    try:
        at = parsedate_to_datetime(text)
        return at.astimezone(UTC) if at.tzinfo is not None else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _forms_of(url: str) -> list[str]:
    """Return the URL as it is, without its port, and with the port of its scheme spelled out."""
    forms = [url]
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return forms
    bare = parts.netloc
    if port is not None:
        bare = parts.netloc.rpartition(":")[0]
        forms.append(_with_netloc(url, parts.netloc, bare))
    default = 443 if parts.scheme == "https" else 80
    if port is None or port == default:
        forms.append(_with_netloc(url, parts.netloc, f"{bare}:{default}"))
    return forms


def _with_netloc(url: str, old: str, new: str) -> str:
    """Change only the authority: a URL taken apart and written again may differ in bytes that were signed."""
    return url.replace(f"://{old}", f"://{new}", 1)


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
