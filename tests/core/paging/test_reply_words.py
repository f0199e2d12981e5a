from pagerd.core.paging import reply_words as words
from pagerd.core.paging.reply import CODE_ALPHABET, CODE_LENGTH, Verb

CARRIER = words.OPT_OUT | words.OPT_IN | words.CARRIER_HELP


def test_no_carrier_keyword_is_a_verb():
    """The carrier takes its own words away before we see them, or blocks the number."""
    assert set("stop start yes help cancel end quit info unsubscribe stopall revoke optout unstop".split()) <= CARRIER  # noqa: SIM905  # as listed by the carriers
    assert not CARRIER & (words.VERBS.keys() | words.POLITE | words.STRONG)


def test_each_word_means_one_thing():
    """No word stands in two of the lists that decide."""
    lists = [set(words.VERBS), set(words.POLITE), set(words.NEGATIONS), set(words.DOUBTS), set(words.FILLERS)]

    assert sum(len(one) for one in lists) == len(set().union(*lists))
    assert {"yes"} == words.FILLERS & CARRIER


def test_every_verb_of_the_list_exists():
    """The words name verbs by their value."""
    assert {Verb(verb) for verb in words.VERBS.values()} <= set(Verb)
    assert set(words.VERBS) >= words.STRONG


def test_no_word_that_decides_could_be_a_code():
    """No code that is drawn reads as a verb, a negation or a doubt but for the few spelled without vowels."""
    deciding = words.VERBS.keys() | words.POLITE | words.NEGATIONS | words.DOUBTS | CARRIER
    could_be = {word for word in deciding if len(word) == CODE_LENGTH and set(word.upper()) <= set(CODE_ALPHABET)}

    assert could_be == {"tmrw", "hmmm"}


def test_straight_quotes_are_what_phones_mean():
    """A curly apostrophe must not tear a negation apart."""
    assert "can’t".translate(words.STRAIGHT) == "can't"
    assert "“47 ack”".translate(words.STRAIGHT) == '"47 ack"'
