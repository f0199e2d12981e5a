"""Who is not told of what, and until when: silences mute notification, never state."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.alerts.alert import AT_SOURCE, Alert
from pagerd.core.alerts.matching import Matcher, all_match
from pagerd.core.plan import Silence


def is_in_force(silence: Silence, at: datetime) -> bool:
    """Does the silence mute at this instant? Its start belongs to it, its end does not."""
    return silence.start <= at < silence.end


def silence_for(
    silences: Iterable[Silence], labels: Mapping[str, str], at: datetime, team: str | None = None
) -> Silence | None:
    """Return the silence that mutes these labels at an instant: the one that lasts longest, of equals the first.

    `team` owns the alert: a silence that stands in a team's file never mutes another team's.
    """
    found: Silence | None = None
    for silence in silences:
        lasts_longer = found is None or silence.end > found.end
        if lasts_longer and next(hindrances(silence, labels, at, team), None) is None:
            found = silence
    return found


@dataclass(frozen=True, slots=True)
class Mute:
    """What mutes an alert: a silence by its id, or AT_SOURCE. Without `until` its end is not known."""

    id: str
    by: str
    why: str
    until: datetime | None


def mute_of(silences: Iterable[Silence], alert: Alert, at: datetime, team: str | None) -> Mute | None:
    """Return what mutes this alert of a team at an instant: a silence of ours, else what its source says."""
    silence = silence_for(silences, alert.labels, at, team=team)
    if silence is not None:
        return Mute(silence.id, silence.by, silence.why, silence.end)
    said = alert.suppression
    return Mute(AT_SOURCE, said.by, said.why, said.ends_at) if said is not None else None


Hindrance = str | Matcher
"""Why a silence does not mute: the matcher that does not hold, or OTHER_TEAM, NOT_YET, OVER."""

OTHER_TEAM, NOT_YET, OVER = "other team", "not yet", "over"


def hindrances(silence: Silence, labels: Mapping[str, str], at: datetime, team: str | None) -> Iterator[Hindrance]:
    """Give all that keeps a silence from muting these labels of a team's alert at an instant: nothing, and it mutes."""
    if silence.team is not None and silence.team != team:
        yield OTHER_TEAM
    if not is_in_force(silence, at):
        yield NOT_YET if at < silence.start else OVER
    for matcher in silence.matchers:
        if not matcher.matches(labels):
            yield matcher


def next_boundary(silences: Iterable[Silence], after: datetime) -> datetime | None:
    """Return the first instant after this one at which a silence starts or ends: what is muted may change then."""
    bounds = (bound for silence in silences if silence.start < silence.end for bound in (silence.start, silence.end))
    return min((bound for bound in bounds if bound > after), default=None)


def affected(silence: Silence, alerts: Iterable[Alert]) -> list[Alert]:
    """Return the open alerts that the silence covers by its matchers, for the preview; its times are not looked at."""
    return [alert for alert in alerts if alert.is_open and _covers(silence, alert)]


def _covers(silence: Silence, alert: Alert) -> bool:
    return silence.team in (None, alert.team) and all_match(silence.matchers, alert.labels)
