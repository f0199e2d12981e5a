from base64 import b64encode

import pytest
from aiohttp import web

from pagerd.config.secrets import SecretFile
from pagerd.config.settings import Settings, Source, SourceApi, SourceKind
from pagerd.core.errors import InvalidPlan
from pagerd.daemon.members import members_of
from pagerd.daemon.missing import Missing
from tests.channels.fake_smtp import Certificate


@pytest.fixture
async def member(tmp_path):
    """A member behind TLS that shows what it was sent; its certificate is in cert.pem."""
    certificate = Certificate(tmp_path)
    (tmp_path / "cert.pem").write_bytes(certificate.file.read_bytes())
    seen = []

    async def answer(request):
        seen.append(request.headers.get("Authorization"))
        return web.json_response([])

    app = web.Application()
    app.router.add_get("/am/api/v2/alerts", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate.context()).start()
    answer.url = f"https://127.0.0.1:{runner.addresses[0][1]}/am"
    answer.seen = seen
    yield answer
    await runner.cleanup()


async def asked(tmp_path, url, **api):
    """Ask the member as these settings say."""
    (tmp_path / "secret").write_text("s3cret\n")
    source = Source(id="prod", kind=SourceKind.ALERTMANAGER, api=SourceApi(urls=(url,), **api))
    other = Source(id="other", kind=SourceKind.ALERTMANAGER)
    members = members_of(Settings(sources={"prod": source, "other": other}), tmp_path, Missing(goes_on=False))
    assert list(members) == ["prod"]
    try:
        [answer] = await members["prod"].ask()
    finally:
        await members["prod"].close()
    return answer


@pytest.mark.parametrize(
    ("api", "header"),
    [
        ({}, None),
        ({"secret_file": SecretFile("secret")}, "Bearer s3cret"),
        ({"secret_file": SecretFile("secret"), "user": "pagerd"}, f"Basic {b64encode(b'pagerd:s3cret').decode()}"),
    ],
)
async def test_a_member_is_asked_with_what_the_settings_name(tmp_path, member, api, header):
    """Over TLS by its own certificate, with a token, a password or nothing."""
    answer = await asked(tmp_path, member.url, ca_file="cert.pem", **api)

    assert answer.known == {}
    assert member.seen == [header]


async def test_a_certificate_that_nobody_signed_is_no_answer(tmp_path, member):
    """Without api_ca_file the system's authorities decide, and nothing is sent."""
    answer = await asked(tmp_path, member.url, secret_file=SecretFile("secret"))

    assert answer.known is None
    assert member.seen == []


@pytest.mark.parametrize("api", [{"secret_file": SecretFile("missing")}, {"ca_file": "missing"}, {"ca_file": "secret"}])
async def test_what_cannot_be_read_is_refused_at_once(tmp_path, api):
    """A reload then keeps what is in force, and says why."""
    with pytest.raises(InvalidPlan, match="Reading"):
        await asked(tmp_path, "https://127.0.0.1:1", **api)
