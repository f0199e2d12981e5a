"""A browser of the tests: it holds cookies, says where its forms come from, and follows what it is sent to by hand."""

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urljoin

from pagerd.engine.tick import tick
from tests.web.front import Answered, Front


@dataclass(eq=False)
class Browser:
    """One browser of one person."""

    front: Front
    cookies: dict[str, str] = field(default_factory=dict)
    agent: str = "Firefox on a phone"

    async def get(self, path: str, **headers: str) -> Answered:
        """Look at a page."""
        return await self._ask("GET", path, headers=headers)

    async def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> Answered:
        """Send a form, as a page of ours would."""
        said = {"Sec-Fetch-Site": "same-origin", "Origin": self.front.base} | headers
        return await self._ask("POST", path, headers=said, data=fields or {})

    async def _ask(self, method, path, *, headers, **more):
        sent = {"User-Agent": self.agent} | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = await self.front.ask(method, path, headers=sent, **more)
        for line in answer.headers.getall("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
        return answer

    async def act(self, path: str, **fields: str) -> Answered:
        """Press a button on the page of one's own, with the token of its form."""
        shown = await self.get("/me")
        return await self.post(path, {"form": form_of(shown), **fields})

    async def asks(self, who: str, by: str = "sms") -> str | None:
        """Ask for a code; return the one that was sent for it, if any."""
        before = len(self.front.sent)
        answer = await self.post("/sign-in", {"who": who, "by": by})
        assert answer.status == 303, answer.text
        await tick(self.front.engine)
        new = [one for one in self.front.sent[before:] if one.sign_in_code]
        return new[-1].sign_in_code if new else None

    async def enters(self, code: str) -> Answered:
        """Type a code."""
        return await self.post("/sign-in/code", {"code": code})

    async def signs_in(self, who: str = "ana") -> "Browser":
        """Do both."""
        code = await self.asks(who)
        assert code is not None
        answer = await self.enters(code)
        assert (answer.status, answer.headers["Location"]) == (303, "../me")
        return self


def form_of(answer: Answered) -> str:
    """Return the token of the forms of a page."""
    found = re.findall(r'name="form" value="([0-9a-f]{64})"', answer.text)
    assert len(set(found)) == 1, answer.text
    return found[0]


def sent_to(path: str, answer: Answered) -> str:
    """Return the path that an answer sends a browser to."""
    return urljoin(path, answer.headers["Location"])
