import os

import pytest

from pagerd.core.errors import Unreadable
from pagerd.importers import exports
from pagerd.importers.base import ExportFile
from pagerd.importers.exports import parse, plain, read_export


def test_a_directory_is_read_in_order(tmp_path):
    """Files below it count, those of another kind, hidden ones and links do not."""
    for name in ("b.json", "a/z.json", "a/.hidden.json", "notes.txt", ".git/x.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    (tmp_path / "link.json").symlink_to(tmp_path / "b.json")

    assert [one.name for one in read_export([str(tmp_path)], [".json"])] == ["b.json", "a/z.json"]


def test_a_file_is_read_once(tmp_path):
    """Named twice, or named beside its directory, it is one file."""
    path = tmp_path / "b.json"
    path.write_text("\ufeff{}")

    assert [one.text for one in read_export([str(path), str(tmp_path), str(path)], [".json"])] == ["{}"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda _path: None, "no file that ends in .json"),
        (lambda path: (path / "a.json").write_bytes(b"\xff"), "byte 0 is no UTF-8"),
        (lambda path: os.mkfifo(path / "a.json"), "it is not a regular file"),
        (lambda path: (path / "a.json").write_text("x" * 101), "more than 100 bytes"),
        (lambda path: [(path / f"{n}.json").write_text("x" * 60) for n in range(3)], "it has more than 150 bytes"),
        (lambda path: [(path / f"{n}.json").write_text("x") for n in range(5)], "more than 4 files"),
    ],
)
def test_what_cannot_be_an_export_is_refused(tmp_path, monkeypatch, make, message):
    """Nothing is waited for, and nothing without a bound is read."""
    monkeypatch.setattr(exports, "FILE_BYTES_MAX", 100)
    monkeypatch.setattr(exports, "ALL_BYTES_MAX", 150)
    monkeypatch.setattr(exports, "FILES_MAX", 4)
    make(tmp_path)

    with pytest.raises(Unreadable) as refused:
        read_export([str(tmp_path)], [".json"])

    assert message in str(refused.value)


def test_a_path_that_is_not_there_is_named(tmp_path):
    """A slip of the pen is no empty export."""
    with pytest.raises(Unreadable, match="No such file"):
        read_export([str(tmp_path / "missing.json")], [".json"])


@pytest.mark.parametrize("text", ["", "{", '{"a": NaN}', "[" * 100_000, '{"a": 1' + "0" * 5000 + "}"])
def test_what_is_no_json_is_refused(text):
    """Neither a file that is cut off nor one that is made to hurt is anything but unreadable."""
    with pytest.raises(Unreadable, match=r"reading x\.json: it is not JSON"):
        parse(ExportFile("x.json", text))


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda json: json.field("b"), "reading x.json: there is no b"),
        (lambda json: json.field("a").items()[1].field("c"), "reading x.json: a[1]: there is no c"),
        (lambda json: json.field("a").object(), "reading x.json: a: expected an object, but there is a list"),
        (lambda json: json.items(), "reading x.json: expected a list, but there is an object"),
        (lambda json: json.field("t").instant(), "t: expected a time with its offset, such as 2026-01-05T09:00:00Z"),
        (lambda json: json.field("o").instant(), "o: expected a time after 2000 and before 2099"),
        (lambda json: json.field("n").boolean(), "n: expected true or false, but there is 1.5"),
        (lambda json: json.field("n").integer(), "n: expected a whole number, but there is 1.5"),
        (lambda json: json.field("y").integer(), "y: expected a whole number, but there is true"),
        (lambda json: json.field("l").text(), "l: expected at most 2,000 characters"),
    ],
)
def test_a_message_names_the_path(read, message):
    """Whoever reads it finds the place in a file of ten thousand lines."""
    long = "x" * 2001
    json = parse(
        ExportFile("x.json", f'{{"a": [1, {{}}], "t": "2026-01-05T09:00", "o": "0001-01-01T00:00:00Z", "n": 1.5, '
                             f'"y": true, "l": "{long}"}}')
    )  # fmt: skip

    with pytest.raises(Unreadable) as refused:
        read(json)

    assert message in str(refused.value)


def test_a_text_of_the_source_is_one_line():
    """What somebody called a team elsewhere neither begins a line here nor moves a cursor."""
    assert plain("a\n- b\x1b[2J\u202e") == "a - b?[2J?"
    assert len(plain("x" * 5000)) == 200
