"""Reads the keys of a source that is a heartbeat: how often it must report, and what its alert says when it is late."""

from datetime import timedelta

from pagerd.config import kinds
from pagerd.config.reader import Fields, Key, Reader, defaulted, list_of, optional
from pagerd.config.times import duration_text
from pagerd.core.alerts.heartbeat import Heartbeat

GRACE = timedelta(minutes=5)
EVERY_MIN = timedelta(seconds=10)
"""A sign of life is stored every ten seconds at most."""

EVERY = optional("every", kinds.DURATION, "heartbeat: how often it must report")
GRACE_KEY = defaulted("grace", kinds.DURATION, GRACE, duration_text(GRACE), "heartbeat: how late it may be")
TEAM = optional("team", kinds.NAME, "heartbeat: whose alert it is when it is late")
SERVICE = optional("service", kinds.SERVICE, "heartbeat: the service of that alert")
SEVERITY = optional("severity", kinds.LABEL_VALUE, "heartbeat: the severity label of that alert")
SUMMARY = optional("summary", kinds.TEXT, "heartbeat: what that alert says; since when is added", "NAME is late")
ACTION = optional("action", kinds.TEXT, "heartbeat: the first thing to do")
RUNBOOK = optional("runbook", kinds.NAME, "heartbeat: a runbook of `runbooks/`")
EXPECT_FROM_START = defaulted(
    "expect_from_start", kinds.BOOLEAN, False, "false", "heartbeat: late also when it was never heard of"
)
FROM = optional("from", kinds.NAME, "heartbeat: the source whose alert is the beat, in place of a token")
MATCH = defaulted("match", list_of(kinds.MATCHER, least=1), (), "none", "heartbeat: which alert of that source it is")

KEYS: tuple[Key[object], ...] = (
    *(EVERY, GRACE_KEY, TEAM, SERVICE, SEVERITY, SUMMARY, ACTION, RUNBOOK),
    *(EXPECT_FROM_START, FROM, MATCH),
)


def heartbeat_of(reader: Reader, found: Fields, name: str, *, is_one: bool) -> Heartbeat | None:
    """Return what is expected of a source, or None where it is no heartbeat; then its keys have no place there."""
    if not is_one:
        for key in KEYS:
            if key in found:
                reader.report("E620", found.span_of(key), f"only a heartbeat has {key.name}", "kind: heartbeat")
        return None
    every = found[EVERY]
    if every is None:
        reader.report("E620", found.span, "how often must it report?", "every: DURATION")
        return None
    if every < EVERY_MIN:
        reader.report("E010", found.span_of(EVERY), "so often nothing reports", f"at least {duration_text(EVERY_MIN)}")
    if (FROM in found) != (MATCH in found):
        expected = "from: SOURCE and match: [MATCHER, ...]"
        reader.report("E620", found.span, "a heartbeat that is an alert of another source needs both", expected)
    labels = {"team": found[TEAM], "service": found[SERVICE], "severity": found[SEVERITY]}
    annotations = {"summary": found[SUMMARY], "action": found[ACTION], "runbook": found[RUNBOOK]}
    return Heartbeat(
        name=name,
        every=every,
        grace=found[GRACE_KEY],
        labels={key: value for key, value in labels.items() if value},
        annotations={key: value for key, value in annotations.items() if value},
        is_expected=found[EXPECT_FROM_START],
        fed_by=found[FROM],
        matchers=found[MATCH],
    )
