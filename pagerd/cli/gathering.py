"""Who comes together about an incident, and who looks on."""

import click

from pagerd.cli.arguments import number_typed, words_argument
from pagerd.cli.incident_words import act, examples, given, key_option, number_argument
from pagerd.cli.out import Context, api, output_option


@click.command("room", epilog=examples("pagerd incident room 7 https://meet.example.com/db-team"))
@number_argument
@words_argument("place")
@key_option
@output_option
@click.pass_obj
def room_command(ctx: Context, number: int, place: str, key: str | None, output: str) -> None:
    """Say that its people meet at PLACE instead."""
    _act(ctx, number, "room", key, output, place=place)


@click.command("all-hands", epilog=examples("pagerd incident all-hands 7", "pagerd incident all-hands 7 --yes"))
@number_argument
@click.option("--yes", is_flag=True, help="Page them; without it, only see who that is.")
@key_option
@output_option
@click.pass_obj
def all_hands_command(ctx: Context, number: int, yes: bool, key: str | None, output: str) -> None:
    """Page everybody whom `all_hands` names; without --yes, say who that is."""
    _act(ctx, number, "all-hands", key, output, confirmed=yes)


_PERSON = click.option("--person", help="Somebody else.")


@click.command("follow")
@number_argument
@_PERSON
@key_option
@output_option
@click.pass_obj
def follow_command(ctx: Context, number: int, person: str | None, key: str | None, output: str) -> None:
    """Be told of updates by what wakes nobody, and never be paged."""
    _act(ctx, number, "follow", key, output, person=person)


@click.command("unfollow")
@number_argument
@_PERSON
@key_option
@output_option
@click.pass_obj
def unfollow_command(ctx: Context, number: int, person: str | None, key: str | None, output: str) -> None:
    """Be told no more."""
    _act(ctx, number, "unfollow", key, output, person=person)


@click.command("ask", epilog=examples("pagerd incident ask 7 Are customers in Japan hit, too?"))
@number_argument
@words_argument("text")
@key_option
@output_option
@click.pass_obj
def ask_command(ctx: Context, number: int, text: str, key: str | None, output: str) -> None:
    """Ask TEXT of whoever speaks for it, so that those who work are left alone."""
    _act(ctx, number, "questions", key, output, text=text)


@click.command("reply")
@number_argument
@click.argument("which", type=number_typed)
@words_argument("text")
@key_option
@output_option
@click.pass_obj
def reply_command(ctx: Context, number: int, which: int, text: str, key: str | None, output: str) -> None:
    """Answer question WHICH with TEXT."""
    _act(ctx, number, f"questions/{which}", key, output, text=text)


COMMANDS = (room_command, all_hands_command, follow_command, unfollow_command, ask_command, reply_command)


def _act(ctx: Context, number: int, path: str, key: str | None, output: str, **options: object) -> None:
    act(ctx, api("incidents", str(number), *path.split("/")), given(**options), key, output)
