"""Every act on a postmortem over a real front, for whoever compares what is answered."""

from dataclasses import replace
from typing import Any

from pagerd.stores.records import actions
from pagerd.web.auth import AS_HEADER
from tests.postmortems import an_item, filled


async def carry_a_postmortem(front: Any, asked: list[tuple[str, Any]]) -> None:
    """Do each act on a postmortem once: of two incidents, because one is accepted and the other waived."""

    async def ask(command: str, who: str, path: str, body: dict[str, Any] | None = None) -> Any:
        method, sent = ("GET", {}) if body is None else ("POST", {"json": body})
        answer = await front.ask(method, f"/api/v1/{path}", headers={AS_HEADER: who}, **sent)
        assert answer.status < 300, (command, answer.text)
        asked.append((command, answer.json))
        return answer.json

    async def over(severity: str) -> int:
        said = {"title": "x", "team": "payments", "severity": severity}
        number = (await front.ask("POST", "/api/v1/incidents", headers={AS_HEADER: "ben"}, json=said)).json["incident"][
            "number"
        ]
        await front.ask(
            "POST", f"/api/v1/incidents/{number}/resolve", headers={AS_HEADER: "ben"}, json={"override": "x"}
        )
        return int(number)

    first, second, third = await over("sev1"), await over("sev3"), await over("sev3")
    one = f"incidents/{first}/postmortem"
    shown = await ask("postmortem show", "ben", one)
    asked.append(("postmortem check", {"findings": shown["findings"]}))
    item = replace(an_item(first * 100), incident=first)
    await front.services.engine.transact(lambda work: actions.insert(work.c, item))
    await ask("postmortem read", "ben", one, {"text": filled(shown["text"])})
    await ask("postmortem refresh", "ben", f"{one}/refresh", {})
    await ask("postmortem list", "ben", "postmortems")
    await ask("postmortem submit", "ben", f"{one}/submit", {})
    await ask("postmortem return", "dora", f"{one}/return", {"why": "x"})
    await ask("postmortem submit", "ben", f"{one}/submit", {})
    await ask("postmortem accept", "dora", f"{one}/accept", {})
    await ask("postmortem draft", "ben", f"incidents/{second}/postmortem/draft", {})
    await ask("postmortem waive", "dora", f"incidents/{second}/postmortem/waive", {"why": "x"})
    await ask("incident close", "ben", f"incidents/{third}/close", {})
