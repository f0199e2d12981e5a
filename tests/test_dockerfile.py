"""The Dockerfile keeps its rules, and each rule is one that can be broken."""

import re
from pathlib import Path

import pytest

import pagerd
from tests.tools.dockerfile import broken_rules, read

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "Dockerfile").read_text()


def test_no_rule_is_broken():
    """The image is built in stages from checked wheels, holds no build tools, and runs as nobody."""
    assert broken_rules(TEXT) == []


@pytest.mark.parametrize(
    ("there", "instead", "rule"),
    [
        ("ARG BASE=docker.io/library/debian:13-slim", "ARG BASE=debian:latest", "names no release"),
        (" --require-hashes", "", "no hash was checked"),
        (" --only-binary=:all:", "", "may run the build"),
        ("COPY pagerd/ pagerd/", "COPY . .", "everything in the folder"),
        ("COPY pagerd/ pagerd/", "ADD https://example.com/x.tar /", "ADD fetches"),
        ("    && apt-get upgrade --yes", "    && apt-get install python3-pip", "build tools: python3-pip"),
        ("USER 65532:65532\n", "", "runs as root"),
        ("USER 65532:65532", "USER root", "runs as root"),
        ("USER 65532:65532", "USER pagerd", "is a name"),
        ('ENTRYPOINT ["pagerd"]', "ENTRYPOINT pagerd", "ENTRYPOINT runs in a shell"),
        ('CMD ["run", "--log-format", "json"]', "", "has no CMD"),
        ('CMD ["pagerd", "health"]', "CMD pagerd health", "HEALTHCHECK runs in a shell"),
        ('CMD ["pagerd", "health"]', 'CMD ["true"]', "pagerd's own command"),
        ("STOPSIGNAL SIGTERM", "STOPSIGNAL SIGKILL", "STOPSIGNAL"),
        ("VOLUME /var/lib/pagerd", "", "on no volume"),
        ("org.opencontainers.image.licenses", "licenses", "no label org.opencontainers.image.licenses"),
        ("PYTHONFAULTHANDLER=1", "PAGERD_TOKEN=pgr_x", "a secret in the image"),
        ("COPY --from=build /opt/pagerd /opt/pagerd", "", "takes nothing from the stage"),
    ],
)
def test_each_rule_is_told_when_it_is_broken(there, instead, rule):
    """A Dockerfile that breaks one rule is told that one."""
    assert there in TEXT

    assert any(rule in said for said in broken_rules(TEXT.replace(there, instead))), broken_rules(
        TEXT.replace(there, instead)
    )


def test_one_stage_is_refused():
    """What builds an image is not shipped in it."""
    assert broken_rules("FROM debian:13\nRUN true\n") == [
        "the image is built in one stage: what builds it would be shipped"
    ]


def test_the_label_names_this_version():
    """An image says which pagerd is in it."""
    [label] = read(TEXT).stages[-1].all("LABEL")

    assert re.findall(r'image\.version="([^"]+)"', label.value) == [pagerd.__version__]


def test_the_build_sees_only_what_it_copies():
    """Everything is left out but what a COPY of the build names: no token, no database, no history."""
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    copied = {
        word.strip("./")
        for stage in read(TEXT).stages
        for copy in stage.all("COPY")
        if "--from=" not in copy.value
        for word in copy.value.split()[:-1]
    }

    assert lines[0] == "*"
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == copied
    assert all((ROOT / name).exists() for name in copied)
