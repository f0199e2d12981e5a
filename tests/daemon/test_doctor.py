"""What the doctor says of a whole installation: of one that is well, and of each thing that may be wrong with it."""

import os
import shutil
from collections import namedtuple
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from pagerd.config.reading import read_config
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import SmtpProvider, Tls
from pagerd.daemon import doctor
from pagerd.daemon.doctor import Case, examine, examine_here, host, network, providers
from pagerd.daemon.doctor.check import Verdict
from pagerd.engine.clock import SystemClock
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio, Hang, Refuse
from tests.daemon.fake_watcher import SECRET, FakeWatcher
from tests.e2e import installation
from tests.ports import free_port

SMS_URL = "/api/v1/provider/sms"


class Front:
    """What answers behind the public URL: a pagerd, another one, or somebody else."""

    def __init__(self):
        self.instance = "this-very-one"

    async def __aenter__(self):
        app = web.Application()
        app.router.add_get("/-/healthy", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def _answer(self, _request):
        return web.Response(headers={"X-Pagerd-Instance": self.instance} if self.instance else {})


class Patient:
    """An installation with all its surroundings, in order until a test breaks something."""

    def __init__(self, folder, twilio, smtp, watcher, front):
        self.folder, self.twilio, self.smtp, self.watcher, self.front = folder, twilio, smtp, watcher, front
        self.clock = SystemClock()
        installation.write(folder, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url=front.url)
        twilio.inbound_url = front.url + SMS_URL
        self.secret("watcher.url", watcher.url)
        for name in ("source.token", "twilio.token"):
            (folder / name).chmod(0o600)
        settings = folder / "pagerd.yaml"
        settings.write_text(settings.read_text() + "heartbeat: {url_file: watcher.url}\n")
        (folder / ".pagerd").mkdir()
        self.secret(".pagerd/pagerd.db", "")

    def secret(self, name, text):
        """Write a file that nobody else may read."""
        (self.folder / name).write_text(text)
        (self.folder / name).chmod(0o600)

    async def examined(self, **changes):
        """Examine it; return the checks by their first word, or first two of a secret or a name."""
        settings = read_config(self.folder, self.clock.now())[1].settings
        case = Case(directory=self.folder, settings=settings, clock=self.clock, instance="this-very-one")
        return {one.name: one for one in await examine(replace(case, **changes))}

    async def only(self, begins, **changes):
        """Examine it and return the one check whose name begins so; everything else must be as it was."""
        checks = await self.examined(**changes)
        [found] = [one for name, one in checks.items() if name.startswith(begins)]
        return found


def has_room(monkeypatch, free):
    """Let every disk have 100 GiB, so much of it free."""
    usage = namedtuple("usage", "total used free")  # noqa: PYI024  # as the library's own
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(100 << 30, (100 << 30) - free, free))


@pytest.fixture
async def patient(tmp_path, monkeypatch):
    """A whole installation, on a disk that has room whatever else is on it."""
    has_room(monkeypatch, 50 << 30)
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, FakeWatcher() as watcher, Front() as front:
        yield Patient(tmp_path, twilio, smtp, watcher, front)


async def test_what_is_well_is_ok_and_nobody_hears_of_it(patient):
    """Everything was asked; no mail, no text, no call and no heartbeat left."""
    checks = await patient.examined()

    assert [one for one in checks.values() if one.verdict is not Verdict.OK or one.hint] == []
    assert {name.split()[0] for name in checks} == {
        *("versions", "config", "secret", "disk", "database", "clock", "smtp", "twilio", "public", "heartbeat"),
    }
    assert len([name for name in checks if name.startswith("twilio")]) == 1  # texts and calls are one account
    assert patient.smtp.connections == 1
    assert (patient.smtp.transactions, patient.twilio.messages, patient.twilio.calls) == (0, [], [])
    assert patient.watcher.heard == []
    assert SECRET not in str(checks)


@pytest.mark.parametrize(
    ("breaks", "begins", "verdict", "seen"),
    [
        (lambda one: setattr(one.twilio, "status", "suspended"), "twilio", "fail", "the account is suspended"),
        (lambda one: one.twilio.behave_when_asked(Refuse(20003, 401), times=2), "twilio", "fail", "answered 401"),
        (lambda one: setattr(one.twilio, "number", "+15005550000"), "twilio", "fail", "does not have this number"),
        (
            lambda one: setattr(one.twilio, "capabilities", {"sms": True, "voice": False}),
            *("twilio", "fail", "carries no voice"),
        ),
        (lambda one: setattr(one.twilio, "inbound_url", None), "twilio", "warn", "its texts go to nothing"),
        (lambda one: setattr(one.front, "instance", "another"), "public", "fail", "reaches another pagerd"),
        (lambda one: setattr(one.front, "instance", None), "public", "fail", "it was no pagerd"),
        (lambda one: (one.folder / "twilio.token").chmod(0o644), "secret twilio", "warn", "mode 0644"),
        (lambda one: (one.folder / "source.token").unlink(), "secret source", "fail", "No such file"),
        (lambda one: (one.folder / ".pagerd/pagerd.db").chmod(0o640), "database", "warn", "mode 0640"),
        (lambda one: (one.folder / ".pagerd/pagerd.db").unlink(), "database", "warn", "is not there yet"),
        (lambda one: one.secret("watcher.url", "http://127.0.0.1:1/x"), "heartbeat", "fail", "cannot connect"),
        (lambda one: one.secret("watcher.url", "nonsense"), "heartbeat", "fail", "its URL is not one"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_wrong_is_said_with_what_to_do(patient, breaks, begins, verdict, seen):
    """One thing is broken at a time, and that very line tells of it."""
    breaks(patient)
    found = await patient.only(begins)

    assert found.verdict.value == verdict
    assert seen in found.seen
    assert found.hint


async def test_a_prometheus_is_asked_for_a_number(patient):
    """One that answers is ok; one that is gone, or is something else, costs no page, but what it reads is unknown."""
    body = ['{"data": {"resultType": "vector", "result": [{"metric": {}, "value": [0, "1"]}]}}']

    async def answer(_request):
        return web.Response(text=body[0])

    app = web.Application()
    app.router.add_post("/api/v1/query", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settings = patient.folder / "pagerd.yaml"
    settings.write_text(
        settings.read_text() + f"prometheus: {{main: {{url: http://127.0.0.1:{runner.addresses[0][1]}}}}}\n"
    )
    found = [await patient.only("prometheus main")]
    body[0] = body[0].replace('"1"', '"2"')
    found.append(await patient.only("prometheus main"))
    await runner.cleanup()
    found.append(await patient.only("prometheus main"))

    assert [one.verdict for one in found] == [Verdict.OK, Verdict.WARN, Verdict.WARN]
    assert "could not connect" in found[2].seen
    assert all(one.hint for one in found[1:])


async def test_a_token_that_the_first_start_makes_is_no_failure(patient):
    """Before it, nothing is there yet; a token of anybody else's making is missed."""
    settings = patient.folder / "pagerd.yaml"
    settings.write_text(settings.read_text().replace("token_files: [source.token]", "token_files: [.pagerd/a.token]"))

    found = await patient.only("secret .pagerd/a.token")
    assert (found.verdict, found.hint) == (Verdict.WARN, "pagerd run makes it at its first start")


async def test_a_mail_server_that_wants_another_login_is_named(patient):
    """The words are the server's, the hint is ours; nothing of the password is in either."""
    patient.smtp.login = ("pagerd", "s3cret")
    account = SmtpProvider(
        host="127.0.0.1",
        port=patient.smtp.port,
        tls=Tls.NONE,
        sender="pagerd@example.com",
        user="pagerd",
        password_file=SecretFile("smtp.password"),
    )
    patient.secret("smtp.password", "wrong-password")
    [found] = await providers.smtp(account, patient.folder, patient.clock)
    patient.secret("smtp.password", "s3cret")
    [mended] = await providers.smtp(account, patient.folder, patient.clock)

    assert found.verdict is Verdict.FAIL
    assert "535" in found.seen
    assert "wrong-password" not in found.seen + found.hint
    assert (mended.verdict, mended.seen) == (Verdict.OK, "no TLS, logged in as pagerd; no mail was sent")
    assert patient.smtp.transactions == 0


async def test_a_mail_server_without_the_tls_that_is_wanted_fails(patient):
    """Nothing is said in the clear to a server that offers no STARTTLS."""
    settings = patient.folder / "pagerd.yaml"
    settings.write_text(settings.read_text().replace("tls: none", "tls: starttls"))

    assert (await patient.only("smtp")).verdict is Verdict.FAIL


async def test_a_provider_that_hangs_keeps_nobody_waiting(patient, monkeypatch):
    """Each examination has a deadline of its own; the others say what they found."""
    monkeypatch.setattr(doctor, "DEADLINE_SECONDS", 0.3)
    patient.twilio.behave_when_asked(Hang(), times=10)
    checks = await patient.examined()

    [twilio] = [one for name, one in checks.items() if name.startswith("twilio")]
    assert (twilio.verdict, twilio.seen) == (Verdict.FAIL, "no answer within 0 s")
    assert checks["disk"].verdict is Verdict.OK


async def test_a_name_that_is_none_cannot_be_resolved():
    """`.invalid` never is."""
    [found] = await network.dns("mail.pagerd.invalid")
    [well] = await network.dns("localhost")

    assert found.verdict is Verdict.FAIL
    assert "cannot be resolved" in found.seen
    assert well.verdict is Verdict.OK


async def test_what_a_source_is_asked_with_is_examined(patient):
    """Without it nobody asks what the source knows, and a token of it is made by no start."""
    settings = patient.folder / "pagerd.yaml"
    api = "api_url: http://127.0.0.1:9, api_user: pagerd, api_password_file: .pagerd/am.password"
    text = settings.read_text()
    settings.write_text(text.replace("{kind: alertmanager,", f"{{kind: alertmanager, {api},", 1))
    missing = (await patient.examined())["secret .pagerd/am.password"]
    patient.secret(".pagerd/am.password", "s3cret")
    there = (await patient.examined())["secret .pagerd/am.password"]

    assert text != settings.read_text()
    assert (missing.verdict, there.verdict) == (Verdict.FAIL, Verdict.OK)
    assert "asking source prod does not work without it" in missing.hint


async def test_a_tracker_is_examined_like_a_provider(patient):
    """Its secret, and its name."""
    settings = patient.folder / "pagerd.yaml"
    webhook = "{url: https://tracker.pagerd.invalid/in, secret_file: tracker.secret}"
    settings.write_text(settings.read_text() + f"tickets: {{webhook: {webhook}}}\n")
    checks = await patient.examined()

    assert checks["secret tracker.secret"].verdict is Verdict.FAIL
    assert checks["dns tracker.pagerd.invalid"].verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("off", "verdict", "said"), [(0, "ok", "agrees with"), (20, "warn", "ahead of"), (-3600, "fail", "behind")]
)
async def test_a_clock_that_is_off_is_told(patient, off, verdict, said):
    """Compared with the Date header of whoever answers first."""

    class Off:
        def now(self):
            return SystemClock().now() + timedelta(seconds=off)

    patient.clock = Off()
    found = await patient.only("clock")

    assert found.verdict.value == verdict
    assert said in found.seen


@pytest.mark.parametrize(("free", "verdict"), [(100 << 20, "fail"), (5 << 30, "warn"), (50 << 30, "ok")])
async def test_a_disk_that_fills_up_is_told(patient, monkeypatch, free, verdict):
    """Of 100 GiB."""
    has_room(monkeypatch, free)

    assert (await patient.only("disk")).verdict.value == verdict


async def test_without_a_daemon_the_way_back_is_not_proven(patient):
    """Somebody answers there, and nobody knows who."""
    assert (await patient.only("public", instance=None)).verdict is Verdict.WARN


async def test_a_sqlite_that_loses_data_fails(monkeypatch):
    """The distribution's own, for example."""
    monkeypatch.setattr(host, "library_version", lambda: "3.45.1")

    [found] = await host.versions()
    assert found.verdict is Verdict.FAIL
    assert "update apsw" in found.hint


def test_a_folder_without_files_is_examined_all_the_same(tmp_path):
    """Broken or missing files fail alone; versions and disk are known without them."""
    checks = {one.name: one.verdict for one in examine_here(tmp_path)}

    assert checks["config"] is Verdict.FAIL
    assert checks["versions"] is Verdict.OK
    assert os.listdir(tmp_path) == []  # noqa: PTH208  # nothing was made
