"""Questions that the daemon answers, or the config files where it is not asked or does not answer."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pagerd.cli.out import Context
from pagerd.core.errors import Unavailable
from pagerd.core.plan import Plan

T = TypeVar("T")


def either(ctx: Context, ask: Callable[[], T], compute: Callable[[], T], *, without: str) -> T:
    """Answer from the daemon, else from the files, and say which; `without` is what the files lack."""
    if ctx.names_directory:
        ctx.out.talk(f"From the files in {ctx.directory}{without}")
        return compute()
    try:
        return ask()
    except Unavailable as error:
        if not (Path(ctx.directory) / "pagerd.yaml").is_file():
            raise
        ctx.out.talk(f"{error}")
        ctx.out.talk(f"So this is from the files alone{without}")
        return compute()


def asked_or_planned(ctx: Context, ask: Callable[[], T], compute: Callable[[Plan], T]) -> T:
    """Answer from the daemon, else from the plan of the files, and say which."""

    def from_files() -> T:
        from pagerd.cli import files

        return compute(files.plan_of(ctx.directory))

    return either(ctx, ask, from_files, without="; what people stored by command is not in them.")
