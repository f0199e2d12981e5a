"""Reads `heartbeat` of `pagerd.yaml`: the second system that watches pagerd from outside."""

from datetime import timedelta

from pagerd.config import kinds
from pagerd.config.reader import Fields, Path, Reader, Shape, defaulted, optional, shaped
from pagerd.config.secrets import SecretFile
from pagerd.config.settings import OwnHeartbeat
from pagerd.config.times import duration_text

URL = optional("url", kinds.URL, "where it is told, by POST; whoever knows it can pretend, so it is a secret mostly")
URL_FILE = optional("url_file", kinds.SECRET_FILE, "a file with that URL, in place of `url`")
EVERY = defaulted(
    "every", kinds.DURATION, OwnHeartbeat().every, duration_text(OwnHeartbeat().every), "how often; 15s to 1h"
)
RANGE = (timedelta(seconds=15), timedelta(hours=1))
SHAPE = Shape(
    "heartbeat",
    "`heartbeat`",
    "A second system that tells somebody when it hears nothing. It is told that pagerd goes on, while it does.",
    (URL, URL_FILE, EVERY),
)


def _make(reader: Reader, found: Fields, path: Path) -> OwnHeartbeat:
    del path
    url, file, every = found[URL], found[URL_FILE], found[EVERY]
    if (url is None) == (file is None):
        reader.report("E613", found.span, "it must be said once where the heartbeat goes", "either url or url_file")
    if not RANGE[0] <= every <= RANGE[1]:
        message = "a watcher would be told too often, or would notice too late"
        reader.report("E010", found.span_of(EVERY), message, "15s to 1h")
    return OwnHeartbeat(url=url, url_file=SecretFile(file) if file is not None else None, every=every)


KEY = optional("heartbeat", shaped(SHAPE, OwnHeartbeat(), _make), "a second system that watches pagerd: see heartbeat")
