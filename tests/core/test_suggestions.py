from pagerd.core.suggestions import listed, nearest, unknown


def test_the_nearest_name_is_suggested():
    """A slip of the fingers, or of the shift key."""
    assert nearest("enviroment", ["environment", "service"]) == "did you mean environment?"
    assert nearest("ANA", ["ana", "ben"]) == "did you mean ana?"


def test_a_name_that_is_far_from_all_brings_no_suggestion():
    """A wrong guess costs more than none."""
    assert nearest("zzz", ["ana", "ben"]) == ""


def test_a_very_long_word_is_no_misspelling():
    """Comparing is quadratic, and nobody misspells a kilobyte."""
    assert nearest("a" * 100_000, ["a" * 100_000]) == ""


def test_a_long_list_is_cut():
    """A finding is a line, not an inventory."""
    assert listed(["b", "a"]) == "a, b"
    assert listed(str(n) for n in range(20)).endswith("and 8 more")


def test_what_is_not_there_is_said_with_what_is_near_or_there():
    """Whoever mistyped a name reads the right one; whoever guessed reads the choice."""
    assert unknown("person", "bne", ["ana", "ben"]) == "there is no person 'bne'; did you mean ben?"
    assert unknown("person", "zoe", {"ben": 1, "ana": 2}) == "there is no person 'zoe'; there are ana, ben"
    assert unknown("schedule", "x", ()) == "there is no schedule 'x'; there is none at all"
