"""What the doctor finds of those that the checks of incidents ask: each is asked for a number, and nothing else."""

from collections.abc import Sequence
from pathlib import Path

from pagerd.config.settings import PrometheusApi
from pagerd.core.errors import PagerdError
from pagerd.daemon.doctor.check import Check, Verdict
from pagerd.daemon.instruments import prometheus_of

ASK_SECONDS = 8.0


async def prometheus(name: str, api: PrometheusApi, directory: Path) -> Sequence[Check]:
    """Ask one Prometheus what one is."""
    named = f"prometheus {name}"
    server = prometheus_of(api, directory)
    try:
        values = await server.now("vector(1)", deadline_seconds=ASK_SECONDS)
    except PagerdError as error:
        hint = "compare url, user, password_file and token_file with it: until it answers, what it reads is unknown"
        return [Check(named, Verdict.WARN, str(error), hint)]
    finally:
        await server.close()
    if [one.value for one in values] != [1.0]:
        return [
            Check(named, Verdict.WARN, "does not know that one is one", "is it a Prometheus, or what speaks as one?")
        ]
    return [Check(named, Verdict.OK, "answers")]
