"""What is in force, value by value, and where each came from."""

import re
from collections.abc import Mapping
from typing import TypedDict

from pagerd.core.plain import masked
from pagerd.web.api import types
from pagerd.web.api.described import TEXT, api
from pagerd.web.api.shapes import iso
from pagerd.web.auth import Scope
from pagerd.web.call import Call

_ADDRESSES = frozenset({"phone", "sms", "voice", "email"})

_URL = re.compile(r"(https?://(?:\[[^\]]*\]|[^\s/?:,\[\]]+))(?::\d+)?/*[/?][^\s/?,\]][^\s,\]]*")
"""A URL with a path or a query, by scheme and host."""


class InForce(TypedDict):
    """Every value in force; `plan_ok` is false when the files are broken and this is the last good plan."""

    revision: str
    plan_ok: bool
    loaded_at: types.Instant
    values: list[types.Value]


@api(query={"team": TEXT})
async def show(call: Call, asked: Mapping[str, str]) -> InForce:
    """Say what is in force; with `team` what decides about its alerts. Addresses are whole for `admin` alone."""
    found = await call.services.in_force(asked.get("team"))
    is_whole = call.caller is not None and Scope.ADMIN.value in call.caller.scopes
    return {
        "revision": found.revision,
        "plan_ok": found.plan_ok,
        "loaded_at": iso(found.loaded_at),
        "values": [
            {"name": name, "value": value if is_whole else _guarded(name, value), "origin": origin}
            for name, value, origin in found.values
        ],
    }


def _guarded(name: str, value: str) -> str:
    """Mask where a person is reached, and the path of a URL: some services take whoever knows it for us."""
    first, _, last = name.partition(".")[0], *name.rpartition(".")[1:]
    if first == "people" and last in _ADDRESSES:
        return masked(value)
    if last == "url" or last.endswith("_url"):
        return _URL.sub(r"\1/…", value)  # one, or a list of them
    return value
