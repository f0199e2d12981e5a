"""The OpenAPI document against a running daemon, with Schemathesis as the client that believes it."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.e2e import installation
from tests.e2e.processes import running, said_by
from tests.figures import note
from tests.ports import free_port
from tests.share import in_share

pytestmark = pytest.mark.timeout(in_share(ci=240, proof=7_200))

EXAMPLES = in_share(ci=5, proof=150)
"""Requests that are drawn for each operation, beside those that the shapes of its parameters ask for."""

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "ignored_auth",
    "unsupported_method",
    "allow_header_conformance",
)

REVOKES = "delete_tokens_token"
"""It finds the id of the token that it is called with, and nobody would let it in after that."""


class Client:
    """Asks the daemon as its administrator, to make what there is to be asked about."""

    def __init__(self, pager: installation.Installation, token: str, session: aiohttp.ClientSession) -> None:
        self._pager, self._token, self._session = pager, token, session

    async def ask(self, method: str, path: str, body: object = None, *, token: str = "") -> Any:
        """Return the answer, which is a success."""
        headers = {"Authorization": f"Bearer {token or self._token}"}
        async with self._session.request(
            method, f"{self._pager.url}/api/v1/{path}", json=body, headers=headers
        ) as answer:
            assert answer.status in (200, 201), await answer.text()
            return await answer.json()

    async def things(self) -> dict[str, list[str]]:
        """Make one of each thing that a path can name; return their names by that of the parameter."""
        for cluster in ("a", "b", "c"):
            labels = {"alertname": "PaymentsErrors", "service": "payments-api", "cluster": cluster}
            alert = {"labels": labels, "annotations": {"summary": "Checkout fails"}}
            await self.ask("POST", "alerts/tools", alert, token=self._pager.token)
        unworthy = {"labels": {"alertname": "Slow", "service": "payments-api", "severity": "warning"}}
        await self.ask("POST", "alerts/tools", unworthy, token=self._pager.token)
        silence = await self.ask("POST", "silences", {"match": ['service="x"'], "for": "1h", "why": "test"})
        return {
            "page": [page["id"] for page in (await self.ask("GET", "pages"))["pages"]],
            "ticket": [ticket["id"] for ticket in (await self.ask("GET", "tickets"))["tickets"]],
            "silence": [silence["silence"]["id"]],
            "source": ["prod", "tools"],
            "name": ["payments", "ana"],
        }


def naming(document: dict[str, Any], things: dict[str, list[str]]) -> dict[str, Any]:
    """Return the document with names in its paths that there are: random ones alone reach nothing but 404.

    Any other name is none that breaks the document: the beginning of an id is one of the thing as well.
    """
    for path in document["paths"].values():
        for operation in path.values():
            for parameter in operation["parameters"]:
                if parameter["in"] == "path" and parameter["name"] in things:
                    known = {"enum": things[parameter["name"]]}
                    parameter["schema"] = {"anyOf": [known, parameter["schema"]]}
    return document


async def test_the_daemon_does_what_the_document_says(tmp_path: Path) -> None:
    """What it answers has the declared status and shape, what breaks the document is refused, nothing fails."""
    pager = installation.write(tmp_path, port=free_port(), twilio_url=None, smtp_port=free_port(), public_url=None)
    pagerd = (sys.executable, "-m", "pagerd", "-c", str(tmp_path))
    log, believed = tmp_path / "pagerd.log", tmp_path / "openapi.json"
    async with running((*pagerd, "run"), log, f"{pager.url}/-/ready"), aiohttp.ClientSession() as session:
        _, said = await said_by(*pagerd, "--as", "dora", "token", "create", "dora", "test", "--scope", "admin")
        token = said.split()[0]
        client = Client(pager, token, session)
        document = await client.ask("GET", "openapi.json")
        believed.write_text(json.dumps(naming(document, await client.things())))
        believer = (str(Path(sys.executable).parent / "schemathesis"), "run", str(believed), "--url", pager.url)
        how = ("-H", f"Authorization: Bearer {token}", "--checks", ",".join(CHECKS), "--max-examples", str(EXAMPLES))
        how += ("--phases", "coverage,fuzzing", "--continue-on-failure", "--no-color")
        code, said = await said_by(*believer, *how, "--exclude-operation-id", REVOKES, cwd=tmp_path)
        revoking_code, revoking = await said_by(*believer, *how, "--include-operation-id", REVOKES, cwd=tmp_path)

    failed = said.count("Server error")
    sent = sum(int(count) for count in re.findall(r"(\d+) generated", said + revoking))
    note("requests made from the OpenAPI document: 5xx", failed, n=sent, at_most=0)
    note("requests made from the OpenAPI document", sent, n=1, at_least=in_share(ci=None, proof=20_000))
    assert code == 0, said
    assert revoking_code == 0, revoking
    assert f"Tested: {sum(len(path) for path in document['paths'].values()) - 1}\n" in said
    assert "web.failed" not in log.read_text()
