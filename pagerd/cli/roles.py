"""Roles of an incident: who commands, who leads the fix, who speaks."""

import click

from pagerd.cli.arguments import words_argument
from pagerd.cli.incident_words import act, given, key_option, number_argument
from pagerd.cli.out import Context, api, output_option
from pagerd.core.incidents.roles import Role


@click.group("role")
def role_command() -> None:
    """Roles of an incident: take, request, hand over, release one.

    The roles are ic (incident commander), tl (technical lead) and comms (comms lead).
    """


_ROLE = click.argument("role", type=click.Choice([one.value for one in Role]))


@role_command.command("take")
@_ROLE
@number_argument
@key_option
@output_option
@click.pass_obj
def take_command(ctx: Context, role: str, number: int, key: str | None, output: str) -> None:
    """Take ROLE in incident NUMBER."""
    _act(ctx, number, role, "take", key, output)


@role_command.command("request")
@_ROLE
@number_argument
@click.option("--person", help="Who is asked first.")
@key_option
@output_option
@click.pass_obj
def request_command(ctx: Context, role: str, number: int, person: str | None, key: str | None, output: str) -> None:
    """Page for ROLE in incident NUMBER, until somebody takes it."""
    _act(ctx, number, role, "request", key, output, person=person)


@role_command.command("handoff")
@_ROLE
@number_argument
@click.argument("person")
@key_option
@output_option
@click.pass_obj
def handoff_command(ctx: Context, role: str, number: int, person: str, key: str | None, output: str) -> None:
    """Offer ROLE in incident NUMBER to PERSON; whoever holds it goes on until they have taken it."""
    _act(ctx, number, role, "handoff", key, output, to=person)


@role_command.command("release")
@_ROLE
@number_argument
@words_argument("why", required=False)
@key_option
@output_option
@click.pass_obj
def release_command(ctx: Context, role: str, number: int, why: str, key: str | None, output: str) -> None:
    """Lay ROLE in incident NUMBER down, or stop asking for it. One that the severity wants is asked for again."""
    _act(ctx, number, role, "release", key, output, why=why)


def _act(ctx: Context, number: int, role: str, what: str, key: str | None, output: str, **options: str | None) -> None:
    act(ctx, api("incidents", str(number), "roles", role, what), given(**options), key, output)
