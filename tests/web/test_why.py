import html
from dataclasses import replace

from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.core.people import Medium
from tests.builders import NOON, a_plan, minutes
from tests.web.front import a_front


def with_book(**fields):
    """Return the plan with other fields of the book."""
    plan = a_plan()
    return replace(plan, book=replace(plan.book, **fields))


async def shown(front):
    """Return what the reader of the last text sees."""
    answer = await front.ask("GET", f"/p/{front.link(Medium.SMS)}")
    assert answer.status == 200
    return html.unescape(answer.text)


async def test_the_reader_sees_why_it_is_them(front):
    """Role, schedule, layer and until when; what each message became; the reasons one by one."""
    await front.page()
    text = await shown(front)

    assert "<dt>As</dt><dd>primary, schedule payments-primary, layer 1, until Mon 09:00</dd>" in text
    assert "<dt>By</dt><dd>sms at 12:00: claimed</dd>" in text
    assert "<dt>By</dt><dd>voice at 12:02: pending</dd>" in text
    for reason in ('owner 1: label team="payments" is of team payments', "owned: by team payments"):
        assert f"<li>{reason}</li>" in text


async def test_an_override_is_named(tmp_path):
    """Whoever stands in sees for how long and by whose word."""
    override = Override(
        id="o-1",
        schedule="payments-primary",
        kind=OverrideKind.REPLACE,
        start=NOON,
        end=NOON + minutes(60),
        people=("cho",),
        instead_of="ana",
        by="dora",
    )
    async with a_front(tmp_path, plan=with_book(overrides=(override,))) as front:
        await front.page()

        assert "primary, schedule payments-primary, override o-1 of dora, until 13:00" in await shown(front)


async def test_where_the_plan_says_otherwise_by_now_no_layer_is_claimed(front):
    """The road that was taken is kept; the layer is of a plan that is gone."""
    await front.page()
    people = {name: one for name, one in a_plan().people.items() if name != "dora"}
    front.engine.plan = a_plan(people=people, teams={}, book=with_book(schedules={}).book)
    text = await shown(front)

    assert "<dt>As</dt><dd>primary, schedule payments-primary</dd>" in text
