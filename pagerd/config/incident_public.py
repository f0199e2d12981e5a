"""Reads `public` of `rules/incidents.yaml`: what customers see, and who is mailed."""

import re

from pagerd.config import kinds
from pagerd.config.reader import (
    Fields,
    Path,
    Reader,
    Shape,
    defaulted,
    list_of,
    mapping_of,
    one_or_more,
    optional,
    required,
    scalar,
    shaped,
)
from pagerd.config.values import Mismatch, shown
from pagerd.core.incidents.public import Component, PublicRules

_DEFAULTS = PublicRules()

MAILTO = re.compile(r"mailto:[^\s<>@]+@[^\s<>@]+", re.ASCII)


def _unsubscribe(raw: str) -> str:
    if raw.startswith("https://") or MAILTO.fullmatch(raw):
        return raw
    raise Mismatch(f"{shown(raw)} is no way out of a list", "https://... or mailto:...")


COMPONENT_NAME = required("name", kinds.TEXT, "as customers know it")
COMPONENT_ABOUT = optional("description", kinds.TEXT, "one line for customers")
COMPONENT_SERVICES = defaulted(
    "services", one_or_more(kinds.SERVICE), (), "none", "our services behind it: an incident of one is about it"
)
COMPONENT = Shape(
    "a component",
    "an entry of `components` in `public`",
    "Something that customers use.",
    (COMPONENT_NAME, COMPONENT_ABOUT, COMPONENT_SERVICES),
)


def _component(reader: Reader, found: Fields, path: Path) -> Component:
    del reader
    return Component(
        id=path[-1],
        name=found[COMPONENT_NAME],
        description=found[COMPONENT_ABOUT] or "",
        services=found[COMPONENT_SERVICES],
    )


_COMPONENT = shaped(COMPONENT, Component(id="", name=""), _component)
TITLE = defaulted("title", kinds.TEXT, _DEFAULTS.title, _DEFAULTS.title, "what stands above the status page")
ZONE = defaulted("zone", kinds.ZONE, _DEFAULTS.zone, "UTC", "the zone of all times that customers read")
URL = optional("url", kinds.URL, "where customers read the status page; stands in mails and feeds")
TWO_PEOPLE = defaulted(
    "two_people", kinds.BOOLEAN, _DEFAULTS.two_people, "false", "nobody approves what they drafted themselves"
)
COMPONENTS = defaulted(
    "components",
    mapping_of(kinds.NAME, _COMPONENT),
    {},
    "none",
    "what customers use, by a name of your own; in the order of the page",
    structure=True,
)
MAIL = defaulted(
    "mail", list_of(kinds.EMAIL, most=20), (), "none", "addresses or mailing lists that get each public text"
)
UNSUBSCRIBE = optional(
    "unsubscribe", scalar("https:// or mailto:", "", _unsubscribe), "where a list lets go of its readers"
)
PUBLIC = Shape(
    "public",
    "`public` in `rules/incidents.yaml`",
    "What customers are told. With a component or an address here, a first notice is due as the severity says.",
    (TITLE, ZONE, URL, TWO_PEOPLE, COMPONENTS, MAIL, UNSUBSCRIBE),
)


def _make(reader: Reader, found: Fields, path: Path) -> PublicRules:
    del reader, path
    return PublicRules(
        title=found[TITLE],
        zone=found[ZONE],
        url=(found[URL] or "").rstrip("/"),
        two_people=found[TWO_PEOPLE],
        components=tuple(found[COMPONENTS].values()),
        mail=found[MAIL],
        unsubscribe=found[UNSUBSCRIBE] or "",
    )


KEY = defaulted(
    "public", shaped(PUBLIC, _DEFAULTS, _make), _DEFAULTS, "below", "what customers are told", structure=True
)
SHAPES = (PUBLIC, COMPONENT)
