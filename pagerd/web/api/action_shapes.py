"""Makes the answers about action items of what the engine knows."""

from zoneinfo import ZoneInfo

from pagerd.core.actions.item import ActionItem
from pagerd.core.actions.written import written
from pagerd.core.plan import Plan
from pagerd.engine.actions.commands import findings
from pagerd.engine.actions.queries import Story
from pagerd.web.api import action_types as types
from pagerd.web.api.shapes import entries_json, iso


def action_json(item: ActionItem, plan: Plan) -> types.Action:
    """Write an action item."""
    return {
        **written(item),
        "remind_at": iso(item.remind_at),
        "ref": item.ref or None,
        "ref_url": item.ref_url or None,
        "lacks": [one.code for one in findings(plan, item)],
    }


def story_json(story: Story, plan: Plan, zone: ZoneInfo) -> types.ActionStory:
    """Write an action item with all that happened to it."""
    return {
        "action": action_json(story.item, plan),
        "findings": [{"code": one.code, "what": one.what} for one in findings(plan, story.item)],
        "zone": str(zone),
        "timeline": entries_json(story.entries, zone),
    }
