"""What customers are told of an incident: draft, approve, reject, show it; and how components are."""

from typing import Any

import click

from pagerd.cli.arguments import number_typed, words_argument
from pagerd.cli.incident_words import examples, given, key_option, number_argument, one_of
from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import length_typed, shown
from pagerd.core.incidents.public import ComponentState, PublicKind


@click.group("public")
def public_command() -> None:
    """What customers are told: draft a text, approve it, see what they read.

    Nothing is public without the approval of a person who may: `approvers` in pagerd.yaml.
    """


def _component(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    states = [one.value for one in ComponentState]
    found = {}
    for value in values:
        name, _, state = value.partition("=")
        if state not in states:
            raise click.BadParameter(f"{value!r} is not NAME=STATE; states are {', '.join(states)}")
        found[name] = state
    return found


@public_command.command(
    "draft",
    epilog=examples(
        "pagerd public draft 7",
        "pagerd public draft 7 --symptom 'card payments fail' --component checkout=partial_outage",
        "pagerd public draft 7 We are investigating why some payments fail.",
    ),
)
@number_argument
@words_argument("text", required=False)
@click.option("--kind", type=one_of(PublicKind), help="How it stands; without it, as the incident does.")
@click.option("--title", default="", help="What stands above all texts of this incident.")
@click.option("--symptom", default="", help="What is wrong, in customers' words; for a text that is proposed.")
@click.option("--impact", default="", help="Who feels it and how, in customers' words; for a text that is proposed.")
@click.option("--component", "components", multiple=True, callback=_component, metavar="NAME=STATE")
@click.option("--next-in", type=length_typed, metavar="LENGTH", help="When the next one comes, such as 30m.")
@key_option
@output_option
@click.pass_obj
def draft_command(
    ctx: Context,
    /,
    number: int,
    text: str,
    key: str | None,
    output: str,
    **options: Any,  # noqa: ANN401  # those that the API takes by the same names
) -> None:
    """Write TEXT for customers of incident NUMBER, or let pagerd propose one. It waits for an approval."""
    body = given(**options, text=text)
    answer = ctx.daemon.post(api("incidents", str(number), "public"), body, key=key)
    if output != "json" and answer["pending"] is not None:
        _preview(ctx, _draft_of(_story(ctx, number), answer["pending"]))
    say(ctx, answer, output)


@public_command.command("approve", epilog=examples("pagerd public approve 7 2"))
@number_argument
@click.argument("draft", type=number_typed)
@click.option("--override", default="", metavar="REASON", help="Why it may promise something; it is recorded.")
@key_option
@output_option
@click.pass_obj
def approve_command(ctx: Context, number: int, draft: int, override: str, key: str | None, output: str) -> None:
    """Put DRAFT of incident NUMBER before customers, under your name. Read it first: pagerd public preview."""
    say(ctx, ctx.daemon.post(_path(number, draft, "approve"), given(override=override), key=key), output)


@public_command.command("reject")
@number_argument
@click.argument("draft", type=number_typed)
@words_argument("why", required=False)
@key_option
@output_option
@click.pass_obj
def reject_command(ctx: Context, number: int, draft: int, why: str, key: str | None, output: str) -> None:
    """Say that DRAFT of incident NUMBER is not to be published, and WHY."""
    say(ctx, ctx.daemon.post(_path(number, draft, "reject"), given(why=why), key=key), output)


@public_command.command("preview")
@number_argument
@click.argument("draft", type=number_typed, required=False)
@output_option
@click.pass_obj
def preview_command(ctx: Context, number: int, draft: int | None, output: str) -> None:
    """Show DRAFT of incident NUMBER as customers would read it; without one, the newest. Nothing is sent."""
    found = _draft_of(_story(ctx, number), draft)
    if output == "json":
        ctx.out.json(found)
        return
    _preview(ctx, found)


@public_command.command("show")
@number_argument
@output_option
@click.pass_obj
def show_command(ctx: Context, number: int, output: str) -> None:
    """Show what customers were told of incident NUMBER, what waits, and what did not arrive."""
    story = _story(ctx, number)
    if output == "json":
        ctx.out.json(story)
        return
    ctx.out.line(f"Incident {number}  {story['kind'] or 'not public'}  {story['title']}".rstrip())
    for name, value in (("customers read", story["address"]), ("status page", story["page_trouble"])):
        if value:
            ctx.out.line(f"  {name}: {value}")
    if story["due_at"]:
        late = ", OVERDUE" if story["is_overdue"] else ""
        ctx.out.line(f"  next one by: {shown(story['due_at'])}{late}")
    ctx.out.line("")
    in_time = {True: "yes", False: "LATE", None: ""}
    rows = [
        (
            str(one["number"]),
            one["kind"],
            one["status"],
            one["by"] or "pagerd",
            one["ended_by"],
            shown(one["ended_at"] or one["at"]),
            in_time[one["met"]],
            one["text"],
        )
        for one in story["drafts"]
    ]
    columns = ("DRAFT", "KIND", "STATUS", "BY", "APPROVED BY", "AT", "IN TIME", "TEXT")
    ctx.out.table(columns, rows, empty="No draft yet.")
    if story["mails"]:
        ctx.out.line("")
        mails = [(one["to"], one["status"], one["trouble"]) for one in story["mails"]]
        ctx.out.table(("MAIL", "STATUS", "TROUBLE"), mails, empty="")


@public_command.command("list")
@output_option
@click.pass_obj
def list_command(ctx: Context, output: str) -> None:
    """List what customers read of and wait to hear of, and how each component is."""
    answer = ctx.daemon.get(api("public"))
    if output == "json":
        ctx.out.json(answer)
        return
    ctx.out.line(answer["headline"])
    if answer["page_trouble"]:
        ctx.out.line(f"The status page is old: {answer['page_trouble']}")
    rows = [
        (
            str(one["number"]),
            one["kind"] or "not public",
            one["title"],
            str(one["pending"]) if one["pending"] else None,
            (shown(one["due_at"]) + (" OVERDUE" if one["is_overdue"] else "")) if one["due_at"] else None,
        )
        for one in answer["incidents"]
    ]
    ctx.out.line("")
    ctx.out.table(("INCIDENT", "KIND", "TITLE", "DRAFT", "DUE"), rows, empty="Customers wait for nothing.")
    if answer["components"]:
        ctx.out.line("")
        _components(ctx, answer["components"])


@public_command.command(
    "component", epilog=examples("pagerd public component", "pagerd public component checkout maintenance")
)
@click.argument("component", required=False)
@click.argument("state", type=one_of(ComponentState), required=False)
@output_option
@click.pass_obj
def component_command(ctx: Context, component: str | None, state: str | None, output: str) -> None:
    """Say that COMPONENT is in STATE, apart from any incident; without a state, show how they are."""
    if component is not None and state is not None:
        say(ctx, ctx.daemon.post(api("public", "components", component), {"state": state}), output)
        return
    found = [one for one in ctx.daemon.get(api("public"))["components"] if component in (None, one["component"])]
    if output == "json":
        ctx.out.json({"components": found})
        return
    _components(ctx, found)


def _components(ctx: Context, components: list[dict[str, Any]]) -> None:
    rows = [
        (
            one["component"],
            one["name"],
            one["state"],
            shown(one["since"]) if one["since"] else None,
            " ".join(one["services"]),
        )
        for one in components
    ]
    columns = ("COMPONENT", "NAME", "STATE", "SINCE", "SERVICES")
    ctx.out.table(columns, rows, empty="No such component: `public` of rules/incidents.yaml lists them.")


def _path(number: int, draft: int, act: str) -> str:
    return api("incidents", str(number), "public", str(draft), act)


def _story(ctx: Context, number: int) -> dict[str, Any]:
    story: dict[str, Any] = ctx.daemon.get(api("incidents", str(number), "public"))
    return story


def _draft_of(story: dict[str, Any], wanted: int | None) -> dict[str, Any]:
    found = [one for one in story["drafts"] if wanted in (None, one["number"])]
    if not found:
        what = f"no draft {wanted}" if wanted is not None else "no draft yet"
        raise click.ClickException(f"incident {story['number']} has {what}: pagerd public draft {story['number']}")
    newest: dict[str, Any] = found[-1]
    return newest


def _preview(ctx: Context, one: dict[str, Any]) -> None:
    ctx.out.line(f"Draft {one['number']}, {one['status']}")
    ctx.out.line("")
    ctx.out.line(f"  {one['subject']}")
    ctx.out.line("")
    for line in one["mail"].splitlines():
        ctx.out.line(f"  {line}".rstrip())
    if one["promises"] and one["status"] == "pending":
        ctx.out.line("")
        ctx.out.line(f"It promises something: {', '.join(one['promises'])}. To approve it needs --override REASON.")
