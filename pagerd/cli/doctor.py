"""`pagerd doctor`: is everything there that pagerd depends on, and what to do where it is not?"""

from pathlib import Path
from typing import Any

import click

from pagerd import __version__
from pagerd.cli.out import Context, api, directory_option, output_option
from pagerd.cli.times import shown
from pagerd.core.errors import Unavailable

FINDINGS = 1

SIGNS = {"ok": "● ok", "warn": "! warn", "fail": "✗ fail"}


@click.command("doctor")
@click.option("--here", is_flag=True, help="Examine from this very process, whether a daemon runs or not.")
@output_option
@directory_option
@click.pass_obj
def doctor_command(ctx: Context, here: bool, output: str) -> None:
    """Examine host, network and providers, and say what to do: 0 when nothing fails, 1 when something does.

    The running daemon examines, with its own secrets and from where it stands; where none runs, this very process does.
    Nothing is sent to anybody.
    """
    checks = _here(ctx, "was not asked") if here else _of_daemon(ctx)
    if output == "json":
        ctx.out.json({"ok": not _failed(checks), "checks": checks})
    else:
        for one in checks:
            ctx.out.line(f"{SIGNS[one['verdict']]:<7} {one['name']}: {one['seen']}")
            if one["hint"]:
                ctx.out.line(f"          {one['hint']}")
    if _failed(checks):
        click.get_current_context().exit(FINDINGS)


def _failed(checks: list[dict[str, Any]]) -> bool:
    return any(one["verdict"] == "fail" for one in checks)


def _of_daemon(ctx: Context) -> list[dict[str, Any]]:
    try:
        status = ctx.daemon.get(api("status"))
    except Unavailable as error:
        if not (Path(ctx.directory) / "pagerd.yaml").is_file():
            raise
        return _here(ctx, str(error).splitlines()[0])
    checks: list[dict[str, Any]] = list(ctx.daemon.post(api("doctor"))["checks"])
    return [_daemon(status), *checks, *_contacts(status)]


def _contacts(status: dict[str, Any]) -> list[dict[str, Any]]:
    """Say of whose contacts nobody knows whether they reach them; nothing where the store does not answer."""
    return [
        {
            "name": f"contact of {one['person']}",
            "verdict": "warn",
            "seen": f"{method['medium']} is not confirmed: asked {shown(method['unconfirmed_since'])}, no answer",
            "hint": f"ask them, then: pagerd test-page --to {one['person']} --via {method['medium']}",
        }
        for one in status.get("people", ())
        for method in one["methods"]
        if method["unconfirmed_since"]
    ]


def _daemon(status: dict[str, Any]) -> dict[str, str]:
    said = f"pagerd {status['version']} runs"
    if not status["ready"]:
        return _check("fail", f"{said} and is not ready: {'; '.join(status['reasons'])}", "mend what it names first")
    if status["version"] != __version__:
        return _check("warn", f"{said}, this command is {__version__}", "restart pagerd after an upgrade")
    if status["warnings"]:
        return _check("warn", f"{said}: {'; '.join(status['warnings'])}", "see pagerd status")
    return _check("ok", f"{said} and is ready")


def _here(ctx: Context, why: str) -> list[dict[str, Any]]:
    from pagerd.daemon.doctor import examine_here  # half of the house: only where it is needed

    checks = [one.as_json() for one in examine_here(Path(ctx.directory))]
    return [
        _check("warn", why, "start pagerd and ask again: it has secrets that this user may lack"),
        *checks,
    ]


def _check(verdict: str, seen: str, hint: str = "") -> dict[str, str]:
    return {"name": "daemon", "verdict": verdict, "seen": seen, "hint": hint}
