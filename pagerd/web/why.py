"""Why the reader of a link was paged, in short: by which road, under which decision, and on what it reached them."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pagerd.core.explaining.road import targets_of
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page
from pagerd.core.plain import clock_time, one_line
from pagerd.core.plan import Plan
from pagerd.engine.queries import LinkedPage


@dataclass(frozen=True, slots=True)
class Why:
    """What `page.html` says of it, empty where nothing is known."""

    road: str = ""
    decided: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()


def why_you(linked: LinkedPage, plan: Plan, zone: ZoneInfo) -> Why:
    """Say why this reader was asked; times in their zone."""
    story, reader = linked.story, linked.link.person
    mine = [one for one in story.notifications if one.person == reader and one.purpose in ASKING]
    opened = next((entry for entry in story.entries if entry.kind == "page.opened"), None)
    first = min(story.alerts, key=lambda one: (one.first_seen_at, one.fingerprint), default=None)
    # The alert has its reasons one by one; the timeline has them in one line, and for good.
    reasons = first.reasons if first is not None and first.first_seen_at <= story.page.opened_at else ()
    said = opened.details.get("reasons", "") if opened is not None else ""
    return Why(
        road=_road(mine[0], story.page, plan, zone) if mine else "",
        decided=tuple(one_line(reason) for reason in (reasons or (said,)) if reason),
        reached=tuple(_reached(one, zone) for one in mine),
    )


def _road(one: Notification, page: Page, plan: Plan, zone: ZoneInfo) -> str:
    """Return by which role, schedule and layer or override; the last two only where the plan still says the same."""
    if not one.why:
        return ""
    words = [one_line(one.why)]
    name = one.why.partition(",")[0].removeprefix("schedule ")
    for target in targets_of(plan, page.subject.team, (name,), one.created_at):
        if one.person in target.people and target.override is not None:
            words.append(f"override {target.override.id}{f' of {target.override.by}' if target.override.by else ''}")
        elif one.person in target.people and target.layer is not None:
            words.append(one_line(target.layer))
        if one.person in target.people and target.until is not None:
            words.append(f"until {clock_time(target.until, zone, one.created_at)}")
    return ", ".join(words)


def _reached(one: Notification, zone: ZoneInfo) -> str:
    status = one.status.value.replace("_", " ")
    return f"{one.medium.value} at {clock_time(one.due_first, zone, one.created_at)}: {status}"
