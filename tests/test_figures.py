"""Figures go into the table as they were measured."""

import pytest

from tests import figures
from tests.figures import Figure, note


def test_a_figure_is_kept(tmp_path, monkeypatch, capsys):
    """In the file that the environment names, line by line."""
    file = tmp_path / "figures"
    monkeypatch.setenv("PAGERD_FIGURES", str(file))

    said = [note("lost", 0, n=20, at_most=0), note("resumed", 1.84, n=20, at_most=3, unit="s")]

    assert figures.read(file) == said
    assert capsys.readouterr().out == ""


def test_what_was_tried_several_times_is_one_figure(tmp_path, monkeypatch):
    """Counts add up, with what is allowed of them; of measurements the worst stands for all."""
    monkeypatch.setenv("PAGERD_FIGURES", str(tmp_path / "figures"))
    for twice, late, rate in [(1, 1.5, 70), (0, 4.25, 90), (2, 2.0, 80)]:
        note("sent twice", twice, n=10, at_most=3)
        note("late", late, n=10, at_most=10, unit="s")
        note("rate", rate, n=10, at_least=60, unit="/s")

    assert figures.read(tmp_path / "figures") == [
        Figure(what="sent twice", result=3, n=30, at_most=9),
        Figure(what="late", result=4.25, n=30, at_most=10, unit="s"),
        Figure(what="rate", result=70, n=30, at_least=60, unit="/s"),
    ]


def test_without_a_file_it_is_only_printed(monkeypatch, capsys):
    """A test that runs alone leaves nothing behind."""
    monkeypatch.delenv("PAGERD_FIGURES", raising=False)
    note("lost", 0, n=1)

    assert '"what": "lost"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("figure", "said", "goal", "is_met"),
    [
        (Figure(what="", result=0, n=1, at_most=0), "0", "at most 0", True),
        (Figure(what="", result=1, n=1, at_most=0), "1", "at most 0", False),
        (Figure(what="", result=3.14159, n=1, at_most=3, unit="s"), "3.14 s", "at most 3 s", False),
        (Figure(what="", result=1_250_000, n=1, at_least=1e6), "1,250,000", "at least 1,000,000", True),
        (Figure(what="", result=0.45, n=1, at_least=0.5), "0.45", "at least 0.5", False),
        (Figure(what="", result=7, n=1), "7", "", None),
    ],
)
def test_a_figure_in_words(figure, said, goal, is_met):
    """Numbers are short, and a goal is met at its bound."""
    assert (figure.said, figure.goal, figure.is_met) == (said, goal, is_met)
