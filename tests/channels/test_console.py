import io

import pytest

from pagerd.channels.base import DeliveryStatus
from pagerd.channels.console import Console
from pagerd.core.errors import Unavailable
from pagerd.core.paging.message import Text
from pagerd.core.people import Medium
from tests.channels.samples import an_outgoing


async def printed(medium, body=None, **changes):
    """Print one message and return what stands on the screen."""
    stream = io.StringIO()
    receipt = await Console(medium=medium, stream=stream).send(an_outgoing(medium, body, **changes), 1)
    assert (receipt.provider_id, receipt.status) == ("n-17", DeliveryStatus.DELIVERED)
    return stream.getvalue()


async def test_a_text():
    """A text is printed as it would arrive."""
    assert await printed(Medium.SMS) == (
        "\n── text to +351912000001 ───────────────────────────────────────────────\n"
        "   P1 payments/checkout: HighErrorRate\n"
        "   Reply 47 = ack\n"
        "────────────────────────────────────────────────────────────────────────\n"
    )


async def test_a_call():
    """A call is printed with what each key would do."""
    assert await printed(Medium.VOICE) == (
        "\n── call to +351912000001 ───────────────────────────────────────────────\n"
        "   “Pagerd. Severity one page for Ana.”\n"
        "   “Payments cannot be made. Press 4 to acknowledge. Press 8 to escalate.”\n"
        "   [4] ack\n"
        "   [8] escalate\n"
        "   (no key) “Not acknowledged. Goodbye.”\n"
        "────────────────────────────────────────────────────────────────────────\n"
    )


async def test_a_mail():
    """A mail is printed by subject and plain text."""
    assert await printed(Medium.EMAIL) == (
        "\n── mail to ana@example.com ─────────────────────────────────────────────\n"
        "   Subject: [P1] payments/checkout: HighErrorRate\n"
        "\n"
        "   5xx 7.2 % > 5 % since 02:00.\n"
        "\n"
        "   Reply with the code 47.\n"
        "────────────────────────────────────────────────────────────────────────\n"
    )


async def test_alert_text_cannot_command_the_terminal():
    """Escape sequences and line breaks of an alert stay inside the frame."""
    shown = await printed(Medium.SMS, Text("a\x1b[2J\x07b\n── text to eve"), to="+1\n\x1b[0m")

    assert "\x1b" not in shown
    assert "\n   ── text to eve\n" in shown


async def test_a_terminal_without_unicode():
    """A stream that cannot write all signs gets question marks, not an error."""
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding="ascii", write_through=True)
    await Console(medium=Medium.SMS, stream=stream).send(an_outgoing(Medium.SMS, Text("é 👍")), 1)

    assert b"   ? ?\n" in octets.getvalue()


async def test_a_stream_that_is_gone():
    """What could not be printed was surely not said."""
    stream = io.StringIO()
    stream.close()
    console = Console(medium=Medium.SMS, stream=stream)

    with pytest.raises(Unavailable):
        await console.send(an_outgoing(Medium.SMS), 1)

    await console.close()
    await console.close()


async def test_standard_output(capsys):
    """Without a stream it is standard output, as it is when the message goes."""
    await Console(medium=Medium.SMS).send(an_outgoing(Medium.SMS), 1)

    assert "Reply 47 = ack" in capsys.readouterr().out
