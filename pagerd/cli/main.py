"""The `pagerd` command: its options, its exit codes, and where each command lives.

Exit codes are a promise: 0 fine, 1 findings, 2 wrong usage or unreadable input, 3 the daemon or a provider cannot be
reached, 4 not allowed, 5 not found, 130 interrupted.
"""

import difflib
import os
import re
import sys
from importlib import import_module  # noqa: TID251  # one command, one module

import click

from pagerd import __version__
from pagerd.cli.out import Context, Output, ReaderGone, printable
from pagerd.core.errors import Conflict, InvalidPlan, NotAllowed, NotFound, PagerdError, Unavailable
from pagerd.core.suggestions import unknown

COMMANDS = {
    "init": ("pagerd.cli.init", "Write a config directory that works, from six questions."),
    "import": ("pagerd.cli.importing", "Make config files of another pager's export, and compare its shifts."),
    "run": ("pagerd.cli.run", "Run the daemon."),
    "check": ("pagerd.cli.config", "Say everything that is wrong with the config files."),
    "schema": ("pagerd.cli.schema", "JSON Schema of the config files, for editors."),
    "snippet": ("pagerd.cli.snippet", "What to paste into Alertmanager, Prometheus or Grafana."),
    "config": ("pagerd.cli.config", "Show what is in force, and where each value comes from."),
    "oncall": ("pagerd.cli.oncall", "Say who is on call."),
    "shifts": ("pagerd.cli.shifts", "Say who is on call from when until when, gaps included."),
    "explain": ("pagerd.cli.explain", "Say why an alert pages or not, and what would change it."),
    "simulate": ("pagerd.cli.simulate", "What would happen: who is called when, if these alerts fire."),
    "replay": ("pagerd.cli.replay", "Play past alerts under changed rules, and say what would differ."),
    "diff": ("pagerd.cli.diff", "What a change of rotations does: new gaps, other shifts, whose nights."),
    "override": ("pagerd.cli.oncall", "Put somebody else on call for a while."),
    "handoff": ("pagerd.cli.handoffs", "Notes for whoever has a schedule next, and what goes over to them."),
    "swap": ("pagerd.cli.swap", "Swap shifts with somebody: ask, accept, refuse."),
    "pages": ("pagerd.cli.pages", "List pages, or tell the story of one."),
    "page": ("pagerd.cli.pages", "Page a team with your own words."),
    "ack": ("pagerd.cli.pages", "Take a page."),
    "resolve": ("pagerd.cli.pages", "Close a page."),
    "snooze": ("pagerd.cli.pages", "Take a page and be reminded later."),
    "undo": ("pagerd.cli.pages", "Take your acknowledgement back."),
    "escalate": ("pagerd.cli.pages", "Page the next step now."),
    "reassign": ("pagerd.cli.pages", "Hand a page to somebody."),
    "add": ("pagerd.cli.pages", "Ask somebody for help with a page."),
    "note": ("pagerd.cli.pages", "Write something on a page's timeline."),
    "incident": ("pagerd.cli.incidents", "Declare, show and carry an incident to its end."),
    "update": ("pagerd.cli.updates", "Numbered updates of an incident: post one, list them."),
    "public": ("pagerd.cli.public", "What customers are told: draft a text, approve it, see what they read."),
    "drill": ("pagerd.cli.drills", "Drills: start one, and see what it showed."),
    "ladder": ("pagerd.cli.ladder", "On which level each team is, and what would bring it to the next."),
    "message": ("pagerd.cli.messages", "Messages about incidents: who hears them, how they read, a test."),
    "role": ("pagerd.cli.roles", "Roles of an incident: take, request, hand over, release one."),
    "action": ("pagerd.cli.actions", "What is to change after incidents, until it is verified."),
    "sop": ("pagerd.cli.sop", "How incidents are run here, on one page."),
    "checklist": ("pagerd.cli.checklists", "The first minutes of an incident: steps to tick, questions to answer."),
    "change": ("pagerd.cli.changes", "What was changed: tell of a deploy or a flag, list them."),
    "postmortem": ("pagerd.cli.postmortems", "Postmortems: read one, check it, carry it through its review."),
    "tickets": ("pagerd.cli.tickets", "Tickets: list them, take, note, close and reopen one; the digest."),
    "silence": ("pagerd.cli.silences", "Mute what matches, until an instant, with a reason."),
    "quarantine": ("pagerd.cli.quarantine", "Show what could not be read of the sources."),
    "report": (
        "pagerd.cli.reports",
        "What on-call costs people, how incidents were run, and what an observing pagerd saw.",
    ),
    "nights": ("pagerd.cli.nights", "Nights that were worked in: what counts, and what you say."),
    "rest": ("pagerd.cli.rest", "Rest for work by night: list it, approve or decline it."),
    "sessions": ("pagerd.cli.sessions", "Who is signed in on the web, and signing out."),
    "token": ("pagerd.cli.tokens", "Personal tokens for the API."),
    "feed": ("pagerd.cli.feeds", "Calendars to subscribe to: make one, list them, take one back."),
    "test-page": ("pagerd.cli.testpage", "Send a person something to answer, and watch how far it comes."),
    "confirm": ("pagerd.cli.testpage", "Answer a test page, or the question whether a contact reaches you."),
    "reload": ("pagerd.cli.status", "Put the config files into force."),
    "audit": ("pagerd.cli.audit", "Does the chain over everything that happened still hold?"),
    "backup": ("pagerd.cli.keeping", "Copy the database while the daemon runs."),
    "restore": ("pagerd.cli.keeping", "Put a backup in the place of the database."),
    "db": ("pagerd.cli.db", "Move a SQLite database to PostgreSQL."),
    "erase": ("pagerd.cli.keeping", "Replace somebody who left by a pseudonym."),
    "status": ("pagerd.cli.status", "How the daemon is."),
    "doctor": ("pagerd.cli.doctor", "Examine what pagerd depends on, and say what to do."),
    "health": ("pagerd.cli.status", "Whether the daemon takes alerts and pages, for probes."),
}

_NO_COMMAND = re.compile(r"No such command '(.*?)'\..*")
"""What click says of a noun's verb that it does not know."""

FINDINGS, USAGE, UNREACHABLE, NOT_ALLOWED, NOT_FOUND, INTERRUPTED = 1, 2, 3, 4, 5, 130


class _Commands(click.Group):
    """Imports a command's module when the command is asked for, so that each starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command, or say which one was perhaps meant."""
        if cmd_name not in COMMANDS:
            near = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"there is no command {cmd_name!r}.{hint} `pagerd --help` lists them.")
        module = import_module(COMMANDS[cmd_name][0])
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list without importing a single command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_module, text) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="pagerd %(version)s")
@click.option(
    "-c", "--config", "directory", envvar="PAGERD_CONFIG", default=".", show_default=True, help="The config directory."
)
@click.option("--as", "acts_as", metavar="PERSON", help="Act as this person; the daemon's own user and root may.")
@click.pass_context
def pagerd(ctx: click.Context, directory: str, acts_as: str | None) -> None:
    """A pager for teams that run Prometheus."""
    ctx.obj = Context(directory=directory, acts_as=acts_as, out=Output())


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = pagerd.main(prog_name="pagerd", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(USAGE)
    except click.UsageError as error:
        _complain(f"{_words_of(error)}{_where_help_is(error)}")
        sys.exit(USAGE)
    except click.ClickException as error:
        _complain(error.format_message())
        sys.exit(error.exit_code)
    except PagerdError as error:
        _complain(str(error))
        sys.exit(exit_code_of(error))
    except ReaderGone:
        # What is still buffered has nowhere to go, and the interpreter must not complain of it as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


def exit_code_of(error: PagerdError) -> int:
    """Return the exit code of an error."""
    match error:
        case Unavailable():
            return UNREACHABLE
        case NotAllowed():
            return NOT_ALLOWED
        case NotFound():
            return NOT_FOUND
        case Conflict() | InvalidPlan():
            return FINDINGS
        case _:
            return USAGE


def _words_of(error: click.UsageError) -> str:
    """Say what was wrong on one line: where a choice is missing, click names each on its own, behind a tab."""
    words = " ".join(error.format_message().split())
    found = _NO_COMMAND.fullmatch(words)
    if found is None or error.ctx is None or not isinstance(error.ctx.command, click.Group):
        return words
    return unknown("command", found[1], error.ctx.command.list_commands(error.ctx))


def _where_help_is(error: click.UsageError) -> str:
    """Name the help of the command that was used wrongly, where the message does not name one yet."""
    if error.ctx is None or "--help" in error.format_message():
        return ""
    return f"\n`{error.ctx.command_path} --help` says how it is used."


def _complain(words: str) -> None:
    click.echo(printable(f"pagerd: {words}"), err=True)


if __name__ == "__main__":
    main()
