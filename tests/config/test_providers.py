from datetime import timedelta

import pytest

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import SmtpProvider, Tls, TwilioProvider, WebhookProvider, names_of
from pagerd.core.paging.standing import Rate
from pagerd.core.people import Medium
from tests.config.files import COMPANY, SETTINGS, changed, found_after, loaded

HOUR = timedelta(hours=1)
SMS = "  sms: [{kind: console}]"
EMAIL = "  email: [{kind: console}]"
ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TWILIO = f'kind: twilio, account: {ACCOUNT}, token_files: [a, credential:b], from: "+15005550006"'


def provider(medium, old, new):
    """Return the one provider of a medium after a change."""
    found = loaded(changed(SETTINGS, old, new))
    assert found.settings is not None, found.findings
    (one,) = found.settings.channels[medium]
    return one


def test_twilio_has_two_tokens_while_one_is_changed():
    """And another address for a test."""
    assert provider(Medium.SMS, SMS, f"  sms: [{{{TWILIO}, api_url: http://127.0.0.1:9}}]") == TwilioProvider(
        account=ACCOUNT,
        token_files=(SecretFile("a"), SecretFile("credential:b")),
        sender="+15005550006",
        api_url="http://127.0.0.1:9",
    )


def test_a_mail_server_is_spoken_to_encrypted_unless_said_otherwise():
    """On the port for submission."""
    new = "  email: [{kind: smtp, host: smtp.example.com, user: p, password_file: x, from: pagerd@example.com}]"

    assert provider(Medium.EMAIL, EMAIL, new) == SmtpProvider(
        host="smtp.example.com",
        port=587,
        tls=Tls.STARTTLS,
        sender="pagerd@example.com",
        user="p",
        password_file=SecretFile("x"),
    )


def test_a_webhook_signs_with_a_secret():
    """Which stands in a file."""
    new = "  sms: [{kind: webhook, url: https://sms.example.net/send, secret_file: key}]"

    assert provider(Medium.SMS, SMS, new) == WebhookProvider(
        url="https://sms.example.net/send", secret_file=SecretFile("key")
    )


def test_providers_have_names_of_their_own():
    """One that is not named is called by its kind, from the second on with a number that nobody else has."""
    several = (
        "{kind: console}, {kind: console}, {kind: console, name: console-2}, {kind: webhook, url: https://x.example"
    )
    found = loaded(changed(SETTINGS, SMS, f"  sms: [{several}, secret_file: k}}]"))

    assert found.settings is not None, found.findings
    assert names_of(found.settings.channels[Medium.SMS]) == ("console", "console-3", "console-2", "webhook")


@pytest.mark.parametrize(
    ("written", "rate"),
    [("1/s", Rate(1, timedelta(seconds=1))), ("30/m", Rate(30, timedelta(minutes=1))), ("900/h", Rate(900, HOUR))],
)
def test_a_provider_takes_so_many_messages(written, rate):
    """In a second, a minute or an hour, as its contract says."""
    assert provider(Medium.SMS, SMS, f"  sms: [{{kind: console, rate: {written}}}]").rate == rate
    assert str(rate) == written


def test_providers_stand_in_the_order_in_which_they_are_tried():
    """Those that work in this order."""
    found = loaded(changed(SETTINGS, SMS, f"  sms: [{{{TWILIO}}}, {{kind: console}}]"))

    assert found.settings is not None
    assert [one.kind.value for one in found.settings.channels[Medium.SMS]] == ["twilio", "console"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (SMS, "  sms: [{kind: smtp, host: h, from: a@example.com}]", "E604 6:9"),
        (EMAIL, f"  email: [{{{TWILIO}}}]", "E604 8:11"),
        (SMS, "  sms: [{kind: carrier-pigeon}]", "E010 6:16"),
        (SMS, "  sms: [{url: https://x.example}]", "E007 6:9"),
        (SMS, "  sms: [console]", "E008 6:9"),
        (SMS, "  sms: console", "E008 6:8"),
        (SMS, "  sms: [{kind: console, colour: red}]", "E006 6:25"),
        (SMS, "  sms: [{kind: console, rate: 0/s}]", "E010 6:31"),
        (SMS, "  sms: [{kind: console, rate: 1 per second}]", "E010 6:31"),
        (SMS, "  sms: [{kind: console, name: Main}]", "E010 6:31"),
        (SMS, "  sms: [{kind: console, name: a}, {kind: console, name: a}]", "E010 6:57"),
        (SMS, '  sms: [{kind: twilio, account: AC1, token_files: [a], from: "+15005550006"}]', "E010 6:33"),
        (SMS, f"  sms: [{{kind: twilio, account: {ACCOUNT}, token_files: [a, b, c], from: +1500555}}]", "E002 6:82"),
        (SMS, f"  sms: [{{kind: twilio, account: {ACCOUNT}, auth_token: a}}]", "E601 6:69"),
        (EMAIL, "  email: [{kind: smtp, host: smtp.example.com:25, from: a@example.com}]", "E010 8:30"),
        (EMAIL, "  email: [{kind: smtp, host: h, port: 99999, from: a@example.com}]", "E010 8:39"),
        (EMAIL, "  email: [{kind: smtp, host: h, user: p, from: a@example.com}]", "E603 8:11"),
        (
            EMAIL,
            "  email: [{kind: smtp, host: h, tls: none, user: p, password_file: x, from: a@example.com}]",
            "E603 8:38",
        ),
        (SMS, "  sms: [{kind: webhook, url: https://x.example}]", "E007 6:9"),
        (SMS, "  fax: [{kind: console}]", "E006 6:3"),
    ],
)
def test_what_is_wrong_with_a_provider(old, new, expected):
    """At its line and column."""
    assert expected in found_after(SETTINGS, old, new)


def test_no_console_is_assumed():
    """Printing into a log that nobody reads is no channel."""
    assert "channels" in COMPANY[SETTINGS]
    assert found_after(SETTINGS, f"channels:\n{SMS}\n  voice: [{{kind: console}}]\n{EMAIL}\n", "") == ["E608 1:1"]
