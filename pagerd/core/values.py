"""A quick copy of a frozen value with some fields replaced.

`dataclasses.replace` looks at each field's definition at every call; a page has thirty fields, and is copied a dozen
times for one alert. This does the same from what is looked up once per class.
"""

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import TypeVar

T = TypeVar("T")

_Shape = tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]
_shapes: dict[type, _Shape] = {}


def changed(value: T, **replaced: object) -> T:
    """Return a copy of a dataclass instance with these fields replaced; an unknown field is a TypeError."""
    kind = type(value)
    shape = _shapes.get(kind)
    if shape is None:
        shape = _shapes[kind] = _shape(kind)
    names, values_of = shape
    return kind(**(dict(zip(names, values_of(value), strict=True)) | replaced))


def _shape(kind: type) -> _Shape:
    names = tuple(field.name for field in fields(kind))
    assert len(names) > 1, "attrgetter returns a tuple only for several names"
    return names, attrgetter(*names)
