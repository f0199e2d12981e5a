"""A quick copy of a frozen value with some fields replaced.

`dataclasses.replace` looks at each field's definition at every call and runs the constructor, which sets each field
through the frozen class's own guard; a page has thirty fields, and is copied several times for one alert. Here the
fields are put into an instance of a twin of the class, which has the same slots and no guard, by code that is written
once per class, as dataclasses writes a constructor; then the twin becomes one of the class. That is a quarter
of the time. So this is for dataclasses with slots whose constructor does nothing but set its fields.
"""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class _Shape(NamedTuple):
    copied: Callable[[object], object]
    """Makes a twin of a value, not yet frozen."""
    names: frozenset[str]


_shapes: dict[type, _Shape] = {}


def changed(value: T, **replaced: object) -> T:
    """Return a copy of a dataclass instance with these fields replaced; an unknown field is a TypeError."""
    kind = type(value)
    copied, names = _shapes.get(kind) or _learn(kind)
    copy: Any = copied(value)
    for name, one in replaced.items():
        if name not in names:
            raise TypeError(f"{kind.__name__} has no field {name!r}")
        setattr(copy, name, one)
    copy.__class__ = kind
    return copy  # type: ignore[no-any-return]  # its class is the value's from the line before


def _learn(kind: type[Any]) -> _Shape:
    names = [field.name for field in fields(kind)]
    assert not hasattr(kind, "__post_init__"), f"{kind.__name__} does more than set its fields"
    twin = type(kind.__name__, (), {"__slots__": kind.__slots__})
    lines = "".join(f"    copy.{name} = value.{name}\n" for name in names)
    made: dict[str, Any] = {"new": object.__new__, "twin": twin}
    exec(f"def copied(value):\n    copy = new(twin)\n{lines}    return copy\n", made)  # noqa: S102  # names of fields
    shape = _shapes[kind] = _Shape(made["copied"], frozenset(names))
    return shape
