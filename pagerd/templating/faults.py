"""What is wrong with a template, in words that need no engine of templates."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, and in which of its lines. `name` is set where it names no field."""

    line: int
    message: str
    name: str = ""


class TemplateBroken(Exception):  # it is data: whoever writes a message says it otherwise
    """A template cannot be rendered."""
