"""Where providers report, and where people's texts and keys come in. The signature is looked at before anything else.

The signed URL is made of the configured public URL, never of the Host header. Without a public URL or a secret to
verify with, everything is refused with 503: failing open would let anybody acknowledge.
"""

import structlog
from aiohttp import web

from pagerd.engine import keys, outcomes, replies
from pagerd.engine.boundaries import Boundary
from pagerd.engine.doors import Incoming, ProviderDesk
from pagerd.engine.keys import SpokenAnswer
from pagerd.engine.work import Work
from pagerd.web.answers import Failure, text_answer, unavailable
from pagerd.web.call import Call

log = structlog.get_logger()

XML = "text/xml; charset=utf-8"


async def admit(call: Call) -> None:
    """Let in a request that one of our providers signed."""
    services = call.services
    if services.engine.observing:
        raise unavailable("this pagerd only observes: it takes no reports and no replies")
    desk = services.provider
    if desk is None or services.public_url is None or not desk.is_ready():
        log.error("provider.cannot_verify", public_url=services.public_url, has_desk=desk is not None)
        raise unavailable("no signature can be verified here: public_url and the provider's token are needed")
    await call.read_form(services.limits.form_bytes_max)
    if not desk.verify(_incoming(call)):
        log.warning("provider.signature_refused", path=call.request.rel_url.raw_path)
        services.engine.metrics.count("replies", ("provider", "unauthorized"), 1)
        raise Failure(403, "this request is not signed by our provider", "is public_url what the provider calls?")


async def status(call: Call) -> web.Response:
    """Take a delivery report. One that means nothing to us is counted, and not asked for again."""
    notification = call.parts["notification"]
    boundaries = call.services.engine.boundaries
    boundaries.before(Boundary.REPORT_READ)
    report = _desk(call).parse_status(_incoming(call))
    boundaries.after(Boundary.REPORT_READ)

    async def act(work: Work) -> None:
        await outcomes.reported(work, notification, report)

    await call.act(act)
    return web.Response(status=204)


async def key(call: Call) -> web.Response:
    """Take the keys that were pressed in a call, and say what became of them."""
    notification = call.parts["notification"]
    desk, boundaries = _desk(call), call.services.engine.boundaries
    boundaries.before(Boundary.REPLY_READ)
    pressed = desk.parse_key(_incoming(call))
    boundaries.after(Boundary.REPLY_READ)

    async def act(work: Work) -> SpokenAnswer:
        return await keys.press_key(
            work, notification, pressed.provider_id, pressed.digits, request_id=pressed.request_id
        )

    answer = await call.act(act)
    key_url = f"{(call.services.public_url or '').rstrip('/')}/api/v1/provider/{notification}/key"
    return text_answer(desk.spoken(answer, key_url), XML)


async def inbound(call: Call) -> web.Response:
    """Take a text that somebody sent to one of our numbers; the reply, if there is one, goes back in the answer."""
    desk, boundaries = _desk(call), call.services.engine.boundaries
    boundaries.before(Boundary.REPLY_READ)
    received = desk.parse_inbound(_incoming(call))
    boundaries.after(Boundary.REPLY_READ)
    opt_out = received.opt_out.value if received.opt_out is not None else None

    async def act(work: Work) -> str | None:
        return await replies.read_text(work, received.provider_id, received.sender, received.body, opt_out)

    return text_answer(desk.texted(await call.act(act)), XML)


def _desk(call: Call) -> ProviderDesk:
    desk = call.services.provider
    assert desk is not None, "admit lets nobody in without a desk"
    return desk


def _incoming(call: Call) -> Incoming:
    base = (call.services.public_url or "").rstrip("/")
    return Incoming(
        # The bytes that were signed: decoded and written again they may differ.
        url=f"{base}{call.request.raw_path}",
        fields=call.fields,
        body=call.raw,
        headers=call.request.headers,
        is_form=call.is_form,
    )
