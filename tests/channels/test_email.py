import asyncio
from dataclasses import replace

import pytest

from pagerd.channels.base import AccountFault, Declined, DeliveryStatus, Receipt
from pagerd.channels.email import Smtp
from pagerd.core.errors import InvalidPlan, Refused, Unavailable, Unconfirmed, Withheld
from pagerd.core.people import Medium
from tests.channels.conformance import DEADLINE_SECONDS, ProviderPromises
from tests.channels.fake_smtp import Certificate, FakeSmtp, Mode
from tests.channels.raw_server import RawServer, says
from tests.channels.samples import a_mail, an_outgoing, clock


def an_account(port, **changes):
    """Return a channel for a server on loopback."""
    given = {"host": "127.0.0.1", "port": port, "tls": "none", "sender": "pagerd@example.com", "clock": clock}
    return Smtp(**{**given, **changes})


@pytest.fixture
def outgoing():
    """Return one attempt at a mail."""
    return an_outgoing(Medium.EMAIL)


@pytest.fixture
async def server():
    """Run a server that takes mail."""
    async with FakeSmtp() as fake:
        yield fake


@pytest.fixture
async def smtp(server):
    """Open a channel to it."""
    provider = an_account(server.port)
    yield provider
    await provider.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Make one certificate for all tests here."""
    return Certificate(tmp_path_factory.mktemp("certificate"))


class TestSmtpPromises(ProviderPromises):
    @pytest.fixture
    def make(self):
        return an_account


class TestSmtpPromisesWithStartTls(ProviderPromises):
    @pytest.fixture
    def make(self):
        return lambda port: an_account(port, tls="starttls")


class TestSmtpPromisesWithTls(ProviderPromises):
    @pytest.fixture
    def make(self):
        return lambda port: an_account(port, tls="tls")


async def test_a_mail_is_handed_over(server, smtp, outgoing):
    """The server has the mail, its sender and its recipient; the receipt names its Message-ID."""
    receipt = await smtp.send(outgoing, 5)

    mail = await server.next_mail()
    assert receipt == Receipt("smtp", "<page-7Kq2@example.com>", DeliveryStatus.ACCEPTED, "OK queued as 1")
    assert (mail.sender, mail.recipients) == ("pagerd@example.com", ("ana@example.com",))
    assert mail.parsed["Message-ID"] == "<page-7Kq2@example.com>"
    assert mail.parsed["Subject"] == "[P1] payments/checkout: HighErrorRate"
    assert mail.parsed.get_body(("plain",)).get_content().splitlines() == [
        "5xx 7.2 % > 5 % since 02:00.",
        "",
        "Reply with the code 47.",
    ]


async def test_dots_at_the_beginning_of_lines(server, smtp, outgoing):
    """A line with a dot in front does not end the mail, and keeps its dot."""
    text = "before\n.\n.hidden\n..\nafter\n"
    await smtp.send(replace(outgoing, body=a_mail(text=text)), 5)

    assert server.mails[0].parsed.get_body(("plain",)).get_content().replace("\r\n", "\n") == text


async def test_connections_are_kept(server, smtp, outgoing):
    """One mail after the other goes over one connection; several at once over several, up to the limit."""
    for _ in range(5):
        await smtp.send(outgoing, 5)
    assert server.connections == 1

    await asyncio.gather(*(smtp.send(outgoing, 5) for _ in range(30)))
    assert len(server.mails) == 35
    assert server.connections <= 8

    await smtp.close()
    await server.all_gone()


async def test_the_limit_of_connections_counts_as_waiting(server, outgoing):
    """Who gets no connection before the deadline has surely not sent."""
    server.mode = Mode.HANG_IN_DATA
    smtp = an_account(server.port, connections_max=1)
    async with asyncio.TaskGroup() as tasks:
        hanging = tasks.create_task(smtp.send(outgoing, 30))
        await server.reached_data()
        with pytest.raises(Unavailable, match="busy"):
            await smtp.send(outgoing, 0.1)
        hanging.cancel()

    await server.all_gone()
    assert len(server.mails) == 1


async def test_a_mail_that_waited_until_it_may_be_anothers_is_withheld(server, outgoing):
    """A node that was frozen while it waited for a connection sends nothing that its store may have given away."""
    server.mode = Mode.WAIT_IN_DATA
    smtp, may_leave = an_account(server.port, connections_max=1), [True]
    mails = [outgoing, replace(outgoing, id="n-2", may_leave=lambda: may_leave[0]), replace(outgoing, id="n-3")]
    sending = asyncio.gather(*(smtp.send(mail, 30) for mail in mails), return_exceptions=True)
    await server.reached_data()
    may_leave[0] = False
    server.go_on.set()
    outcomes = [type(outcome) for outcome in await sending]

    assert outcomes == [Receipt, Withheld, Receipt]
    await smtp.close()
    assert len(server.mails) == 2


@pytest.mark.parametrize("end", [FakeSmtp.drop_all, FakeSmtp.say_goodbye_to_all])
async def test_a_stale_connection_is_replaced_once(server, smtp, outgoing, end):
    """A server that dropped our idle connection is asked again at once: nothing was sent."""
    await smtp.send(outgoing, 5)
    end(server)

    await smtp.send(outgoing, 5)

    assert len(server.mails) == 2
    assert server.connections == 2


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        (Mode.GREYLIST, Declined),
        (Mode.NO_SUCH_USER, Refused),
        (Mode.NO_SUCH_USER_PLAIN, Refused),
        (Mode.RELAY_DENIED, AccountFault),
        (Mode.RELAY_DENIED_PLAIN, AccountFault),
        (Mode.MAILBOX_FULL, AccountFault),
        (Mode.SENDER_REFUSED, AccountFault),
        (Mode.CONTENT_REFUSED, AccountFault),
        (Mode.TRY_LATER, Unavailable),
        (Mode.NONSENSE, Unconfirmed),
        (Mode.HANG_AT_RCPT, Unavailable),
        (Mode.HANG_IN_DATA, Unconfirmed),
        (Mode.DROP_AT_RCPT, Unavailable),
        (Mode.DROP_AFTER_DATA, Unconfirmed),
    ],
)
@pytest.mark.parametrize("kept", [False, True], ids=["fresh", "kept"])
async def test_what_can_go_wrong(server, smtp, outgoing, mode, kind, kept):
    """Each failure is named by what the server may have, is made once, and leaves no connection."""
    if kept:
        await smtp.send(outgoing, 5)
    server.mode = mode
    before = server.transactions

    with pytest.raises((Refused, Unavailable, Unconfirmed)) as raised:
        await smtp.send(outgoing, DEADLINE_SECONDS if "HANG" in mode.name else 5)

    assert type(raised.value) is kind
    # What is said of one recipient, or of one mail, is no word about the next.
    assert getattr(raised.value, "for_everybody", False) == (mode is Mode.SENDER_REFUSED)
    assert "ana@example.com" not in str(raised.value)
    assert server.transactions == before + 1
    await server.all_gone()


async def test_greylisted_then_taken(server, smtp, outgoing):
    """A greylisted mail is taken when it is tried again, under the same Message-ID."""
    server.mode = Mode.GREYLIST
    with pytest.raises(Unavailable, match="450"):
        await smtp.send(outgoing, 5)
    server.mode = Mode.OK
    await smtp.send(replace(outgoing, attempt=2), 5)

    assert [mail.parsed["Message-ID"] for mail in server.mails] == ["<page-7Kq2@example.com>"]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_tls(certificate, outgoing, tls):
    """Mail goes over TLS to a server whose certificate is trusted, and the connection is kept."""
    async with FakeSmtp(tls=tls, certificate=certificate) as server:
        smtp = an_account(server.port, host="localhost", tls=tls, ca_file=str(certificate.file))
        await smtp.send(outgoing, 5)
        await smtp.send(outgoing, 5)
        await smtp.close()

        assert len(server.mails) == 2
        assert server.connections == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.parametrize("trusted", [None, "elsewhere.example.com"])
async def test_an_untrusted_certificate(certificate, tmp_path, outgoing, tls, trusted):
    """A certificate that is not trusted, or is for another name, gets no mail: it is an account's fault."""
    served = certificate if trusted is None else Certificate(tmp_path, trusted)
    ca_file = None if trusted is None else str(served.file)
    async with FakeSmtp(tls=tls, certificate=served) as server:
        smtp = an_account(server.port, host="localhost", tls=tls, ca_file=ca_file)
        with pytest.raises(AccountFault, match=r"(?i)certificate"):
            await smtp.send(outgoing, 5)
        await smtp.close()

        assert server.mails == []
        assert server.transactions == 0


async def test_starttls_is_not_optional(server, outgoing):
    """A server that does not offer STARTTLS gets nothing in the clear."""
    smtp = an_account(server.port, tls="starttls")

    with pytest.raises(AccountFault, match="STARTTLS"):
        await smtp.send(outgoing, 5)

    assert server.transactions == 0


async def test_login(outgoing):
    """The right password is let in; a wrong one is an account's fault."""
    async with FakeSmtp(user="pagerd", password="s3cret") as server:
        smtp = an_account(server.port, user="pagerd", password="s3cret")
        await smtp.send(outgoing, 5)
        await smtp.close()
        assert len(server.mails) == 1

        wrong = an_account(server.port, user="pagerd", password="wrong")
        with pytest.raises(AccountFault, match="535"):
            await wrong.send(outgoing, 5)
        without = an_account(server.port)
        with pytest.raises(AccountFault, match="530"):
            await without.send(outgoing, 5)


async def test_a_server_that_is_full(outgoing):
    """421 in place of a greeting is a server that is busy."""
    async with RawServer(says(b"421 4.7.0 Too many connections\r\n")) as server:
        smtp = an_account(server.port)
        with pytest.raises(Unavailable, match="421") as raised:
            await smtp.send(outgoing, 5)

    assert type(raised.value) is Unavailable


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@",
        "@example.com",
        "ana@example.com\r\nRCPT TO:<eve@example.com>",
        "ana@example.com> NOTIFY=NEVER",
        "<ana@example.com>",
        "ana@example.com,eve@example.com",
        "änä@example.com",
        "ana@exämple.com",
        "a na@example.com",
    ],
)
async def test_what_is_no_address(server, smtp, outgoing, address):
    """What SMTP cannot carry as an address is refused before anything is said."""
    with pytest.raises(Refused):
        await smtp.send(replace(outgoing, to=address), 5)

    assert server.connections == 0


@pytest.mark.parametrize(
    "settings",
    [
        {"sender": "pagerd"},
        {"sender": "pagerd@example.com\r\n"},
        {"tls": "maybe"},
        {"host": "smtp.example.com", "password": "s3cret"},
    ],
)
def test_settings_that_cannot_be_right(settings):
    """A sender that is no address, an unknown TLS mode and a password in the clear are found before the first page."""
    with pytest.raises(InvalidPlan):
        an_account(25, **settings)


async def test_after_closing(server, outgoing):
    """A mail in the air while the channel closes is finished, and its connection is not kept."""
    smtp = an_account(server.port)
    await smtp.close()
    await smtp.send(outgoing, 5)

    await server.all_gone()
    assert len(server.mails) == 1
