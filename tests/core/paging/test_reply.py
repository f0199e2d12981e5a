from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.paging import reply_words as words
from pagerd.core.paging.reply import BODY_MAX, CODE_ALPHABET, Reply, Verb, normalize_code, read_reply

ACTS = {Verb.ACK, Verb.RESOLVE, Verb.ESCALATE, Verb.SNOOZE, Verb.UNDO}
OURS = "sev1 HighErrorRate\npayments/checkout prod since 03:14\nDo: Restart the canary.\nReply 47 ack, 47e = escalate"


def snooze(minutes, code="47"):
    """Build a snooze of so many minutes."""
    return Reply(Verb.SNOOZE, code, timedelta(minutes=minutes))


ACKNOWLEDGES_47 = [
    "47",
    "47a",
    "47A",
    "a47",
    "47 a",
    "ack 47",
    "Ack 47",
    "ACK 47",
    "ack47",
    "47ack",
    "47 ack",
    "47 Ack.",
    "ack: 47",
    "ack #47",
    "#47",
    "(47)",
    "47!",
    "47.",
    " 47 \n",
    "47-ack",
    "47=ack",
    "47/ack",
    "ack, 47!!!",
    "ack\n47",
    "ack 47 ack",
    "47 47",
    "acknowledge 47",
    "Acknowledged 47",
    "acked 47",
    "47 acknowledged, thanks",
    "please ack 47",
    "reply 47 ack",
    "Reply 47 ack",
    "code 47",
    "page 47 ack",
    "ok 47",
    "47 ok",
    "OK, 47.",
    "k 47",
    "47 thx",
    "yes 47",
    "yes, ack 47",
    "got it 47",
    "47 got it",
    "got 47, on it",
    "47 - on it",
    "I'm on it 47",
    "I’m on it, 47",
    "47 I'll take it",
    "I'll take 47",
    "47 is mine",
    "47 mine",
    "looking at it 47",
    "47 looking",
    "47 omw",
    "roger 47",
    "copy 47",
    "47 👍",
    "👍 47",
    "👍🏽47",
    "47👍🏿👍🏿",
    "✅ 47",
    "✔️ 47",
    "47 🙏",
    "+1 47",
    "10-4 47",
    "thumbs up 47",
    "４７",
    "ａｃｋ ４７",
    "ack 47 looking at the database now",
    "47 ack restarting the canary",
    "ack47: checked, restarting",
    '"47 ack"',
    "“47 ack”",
    "'47 ack'",
    "47 ack\nSent from my iPhone",
    "47 ack\n\n-- \nSent from my Galaxy",
    "a\u200b47",
    f"Liked “{OURS}”",
    f"👍 to “{OURS}”",
    f"Reacted 👍 to “{OURS}”",
    f"👍\u200a to “{OURS}”",
    "\n".join(f"> {line}" for line in OURS.splitlines()) + "\nack",
    "ack\n\nOn Sat, 12 Dec 2026 at 03:15, +15550100 wrote:\n> sev1 X\n> Reply 47 ack",
    f"ok “{OURS}”",
    f"47 “{OURS}”",
]

BARE = [
    "ack",
    "Ack!",
    "ACK",
    "a",
    "A.",
    "acked",
    "acknowledged",
    "ok",
    "Ok",
    "okay",
    "OK!",
    "k",
    "sure",
    "yep",
    "yeah",
    "ok thanks",
    "got it",
    "Got it, thanks!",
    "on it",
    "I'm on it",
    "im on it now",
    "looking at it",
    "taking it",
    "mine",
    "roger",
    "👍",
    "👍👍",
    "👍🏼",
    "👌",
    "✅",
    "🆗",
    "+1",
    "thumbs up",
    "ack thnx",
    "ack all",
    "yes, got it",
]

CARRIER_WORDS = [
    *(
        (word, Verb.OPT_OUT)
        for word in ("STOP", "stop", "Stop.", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "quit!")
    ),
    *((word, Verb.OPT_OUT) for word in ("REVOKE", "OPTOUT", " end ", "cancel")),
    *((word, Verb.OPT_IN) for word in ("START", "Start", "YES", "yes", "Yes!", "UNSTOP")),
    *((word, Verb.CARRIER) for word in ("HELP", "help", "INFO", "info.")),
]

OTHER = [
    # Resolve, escalate, snooze, list, undo
    ("47r", Reply(Verb.RESOLVE, "47")),
    ("47 r", Reply(Verb.RESOLVE, "47")),
    ("r47", Reply(Verb.RESOLVE, "47")),
    ("res 47", Reply(Verb.RESOLVE, "47")),
    ("47res", Reply(Verb.RESOLVE, "47")),
    ("resolve 47", Reply(Verb.RESOLVE, "47")),
    ("47 resolved, thanks", Reply(Verb.RESOLVE, "47")),
    ("ok resolve 47", Reply(Verb.RESOLVE, "47")),
    ("fixed 47", Reply(Verb.RESOLVE, "47")),
    ("close 47", Reply(Verb.RESOLVE, "47")),
    ("resolved", Reply(Verb.RESOLVE)),
    ("47e", Reply(Verb.ESCALATE, "47")),
    ("47 E", Reply(Verb.ESCALATE, "47")),
    ("47esc", Reply(Verb.ESCALATE, "47")),
    ("esc 47", Reply(Verb.ESCALATE, "47")),
    ("escalate 47 please", Reply(Verb.ESCALATE, "47")),
    ("ok, escalate 47", Reply(Verb.ESCALATE, "47")),
    ("47 = escalate", Reply(Verb.ESCALATE, "47")),
    ("escalate", Reply(Verb.ESCALATE)),
    ("47 20m", snooze(20)),
    ("47 20 m", snooze(20)),
    ("20m 47", snooze(20)),
    ("47 20min", snooze(20)),
    ("47 for 20 minutes", snooze(20)),
    ("ack 47 20m", snooze(20)),
    ("47a 20m", snooze(20)),
    ("snooze 47 20m", snooze(20)),
    ("snz 47 2h", snooze(120)),
    ("47 2 hours", snooze(120)),
    ("47 1h30m", snooze(90)),
    ("47 1h30", snooze(90)),
    ("47 1 hour and 30 minutes", snooze(90)),
    ("snooze 47 for an hour", snooze(60)),
    ("snooze 47 half an hour", snooze(30)),
    ("47 1d", snooze(24 * 60)),
    ("47 345m", snooze(345)),
    ("snooze 20m", snooze(20, None)),
    ("ok 20m", snooze(20, None)),
    ("snooze 345m", snooze(345, None)),
    ("snooze 47", Reply(Verb.SNOOZE, "47")),
    ("?", Reply(Verb.LIST)),
    ("??", Reply(Verb.LIST)),
    ("list", Reply(Verb.LIST)),
    ("List?", Reply(Verb.LIST)),
    ("pages", Reply(Verb.LIST)),
    ("show open pages", Reply(Verb.LIST)),
    ("undo", Reply(Verb.UNDO)),
    ("undo 47", Reply(Verb.UNDO, "47")),
    ("unack 47", Reply(Verb.UNDO, "47")),
    # Codes of four signs
    ("K7QX", Reply(Verb.ACK, "K7QX")),
    ("k7qx", Reply(Verb.ACK, "K7QX")),
    ("ack k7qx", Reply(Verb.ACK, "K7QX")),
    ("K7QXa", Reply(Verb.ACK, "K7QX")),
    ("K7QXe", Reply(Verb.ESCALATE, "K7QX")),
    ("k7qx esc", Reply(Verb.ESCALATE, "K7QX")),
    ("k7qx r", Reply(Verb.RESOLVE, "K7QX")),
    ("K7QXres", Reply(Verb.RESOLVE, "K7QX")),
    ("K7QXr", Reply(Verb.RESOLVE, "K7QX")),
    ("eK7QX", Reply(Verb.UNKNOWN)),
    ("k7qx 20m", snooze(20, "K7QX")),
    ("345M", Reply(Verb.ACK, "345M")),
    ("345M ack", Reply(Verb.ACK, "345M")),
    ("2345", Reply(Verb.ACK, "2345")),
    # No
    ("no", Reply(Verb.DECLINED)),
    ("No!", Reply(Verb.DECLINED)),
    ("not ack", Reply(Verb.DECLINED)),
    ("no ack", Reply(Verb.DECLINED)),
    ("don't ack 47", Reply(Verb.DECLINED, "47")),
    ("don’t ack 47", Reply(Verb.DECLINED, "47")),
    ("dont ack 47", Reply(Verb.DECLINED, "47")),
    ("do not ack 47", Reply(Verb.DECLINED, "47")),
    ("47 no", Reply(Verb.DECLINED, "47")),
    ("47 not mine", Reply(Verb.DECLINED, "47")),
    ("can't", Reply(Verb.DECLINED)),
    ("I cant 47", Reply(Verb.DECLINED, "47")),
    ("cannot take 47", Reply(Verb.DECLINED, "47")),
    ("won't do", Reply(Verb.DECLINED)),
    ("ok but not me", Reply(Verb.DECLINED)),
    ("never mind", Reply(Verb.DECLINED)),
    ("nope", Reply(Verb.DECLINED)),
    ("nack 47", Reply(Verb.DECLINED, "47")),
    ("47 👎", Reply(Verb.DECLINED, "47")),
    ("👎🏽", Reply(Verb.DECLINED)),
    ("❌", Reply(Verb.DECLINED)),
    ("thumbs down 47", Reply(Verb.DECLINED, "47")),
    ("nein 47", Reply(Verb.DECLINED, "47")),
    ("não 47", Reply(Verb.DECLINED, "47")),
    ("ack 47, not sure what it is", Reply(Verb.DECLINED, "47")),
    ("wrong person 47", Reply(Verb.DECLINED, "47")),
    # Unclear
    ("47 52", Reply(Verb.UNKNOWN)),
    ("ack 47 52", Reply(Verb.UNKNOWN)),
    ("ack 47, ack 52", Reply(Verb.UNKNOWN)),
    ("47a 52e", Reply(Verb.UNKNOWN)),
    ("47 K7QX", Reply(Verb.UNKNOWN)),
    ("ack resolve 47", Reply(Verb.UNKNOWN)),
    ("47a 47r", Reply(Verb.UNKNOWN)),
    ("47 ack escalate", Reply(Verb.UNKNOWN)),
    ("on it, escalate 47", Reply(Verb.UNKNOWN)),
    ("ack 47 20m 30m", Reply(Verb.UNKNOWN)),
    ("47e 20m", Reply(Verb.UNKNOWN, "47")),
    ("47 0m", Reply(Verb.UNKNOWN, "47")),
    ("47 3d", Reply(Verb.UNKNOWN, "47")),
    ("47 9999h", Reply(Verb.UNKNOWN, "47")),
    ("20m", Reply(Verb.UNKNOWN)),
    ("47?", Reply(Verb.UNKNOWN, "47")),
    ("ack 47?", Reply(Verb.UNKNOWN, "47")),
    ("ack?", Reply(Verb.UNKNOWN)),
    ("can someone ack 47", Reply(Verb.UNKNOWN, "47")),
    ("who has 47", Reply(Verb.UNKNOWN, "47")),
    ("should I ack 47", Reply(Verb.UNKNOWN, "47")),
    ("ack 47 later", Reply(Verb.UNKNOWN, "47")),
    ("ack 47 failed", Reply(Verb.UNKNOWN, "47")),
    ("tried to ack 47", Reply(Verb.UNKNOWN, "47")),
    ("ben ack 47", Reply(Verb.UNKNOWN, "47")),
    ("47 is up again", Reply(Verb.UNKNOWN, "47")),
    ("off 47", Reply(Verb.UNKNOWN, "47")),
    ("ok what is this", Reply(Verb.UNKNOWN)),
    ("ok ben", Reply(Verb.UNKNOWN)),
    ("hello", Reply(Verb.UNKNOWN)),
    ("thanks", Reply(Verb.UNKNOWN)),
    ("hmm 47", Reply(Verb.UNKNOWN, "47")),
    ("4", Reply(Verb.UNKNOWN)),
    ("4 7", Reply(Verb.UNKNOWN)),
    ("470", Reply(Verb.UNKNOWN)),
    ("1200", Reply(Verb.UNKNOWN)),
    ("ack 03:47", Reply(Verb.UNKNOWN)),
    ("help 47", Reply(Verb.UNKNOWN, "47")),
    ("help me ack 47", Reply(Verb.UNKNOWN, "47")),
    ("stop 47", Reply(Verb.UNKNOWN, "47")),
    ("cancel ack 47", Reply(Verb.UNKNOWN, "47")),
    ("start 47", Reply(Verb.UNKNOWN, "47")),
    ("end ack", Reply(Verb.UNKNOWN)),
    ("не могу 47", Reply(Verb.UNKNOWN, "47")),
    ("٤٧", Reply(Verb.UNKNOWN)),
    (OURS, Reply(Verb.UNKNOWN)),
    (f"Disliked “{OURS}”", Reply(Verb.UNKNOWN, "47")),
    (f"Questioned “{OURS}”", Reply(Verb.UNKNOWN, "47")),
    (f"Removed a like from “{OURS}”", Reply(Verb.UNKNOWN, "47")),
    ("Liked “sev1 HighErrorRate pay…”", Reply(Verb.UNKNOWN)),
    ("Liked “Reply 47 ack Reply 52 ack”", Reply(Verb.UNKNOWN)),
    (f"52 “{OURS}”", Reply(Verb.UNKNOWN)),
    ("ack 47 will call back", Reply(Verb.UNKNOWN, "47")),
    ("47 " * 1000, Reply(Verb.UNKNOWN)),
    # Written by a machine
    ("", Reply(Verb.NONE)),
    (" \n ", Reply(Verb.NONE)),
    ("\u200b", Reply(Verb.NONE)),
    ("> Reply 47 ack", Reply(Verb.NONE)),
    ("Sent from my iPhone", Reply(Verb.NONE)),
    ("ok\nSent from my car", Reply(Verb.NONE)),
    ("ack sent from my watch", Reply(Verb.NONE)),
    ("I am driving", Reply(Verb.NONE)),
    ("I'm driving, ok", Reply(Verb.NONE)),
    (
        "I’m driving with Driving Focus turned on. I’ll see your message when I get where I’m going.",
        Reply(Verb.NONE),
    ),
    ("(I’m not receiving notifications. If this is urgent, reply “urgent”.)", Reply(Verb.NONE)),
    ("Sorry, I can't talk right now.", Reply(Verb.NONE)),
    ("Can I call you later?", Reply(Verb.NONE)),
    ("I'm in a meeting", Reply(Verb.NONE)),
    ("Auto reply: I am away", Reply(Verb.NONE)),
    ("Automatic reply: ack", Reply(Verb.NONE)),
    ("auto-response 47", Reply(Verb.NONE)),
    ("Out of office until the 24th, ok", Reply(Verb.NONE)),
    ("OOO until 24", Reply(Verb.NONE)),
    ("I am on vacation", Reply(Verb.NONE)),
    ("Do Not Disturb is on", Reply(Verb.NONE)),
    ("This number is not monitored", Reply(Verb.NONE)),
    ("FreeMsg: the number you have texted", Reply(Verb.NONE)),
    ("Abwesenheitsnotiz: Abwesenheit bis 24", Reply(Verb.NONE)),
    ("Respuesta automática: ok", Reply(Verb.NONE)),
]


def test_the_tables_are_large_enough_to_trust():
    """A grammar for tired people is known by its cases."""
    rows = len(ACKNOWLEDGES_47) + len(BARE) + len(CARRIER_WORDS) + len(OTHER)

    assert rows >= 250
    assert len({body for body, _reply in OTHER}) == len(OTHER)


@pytest.mark.parametrize("body", ACKNOWLEDGES_47)
def test_these_acknowledge_47(body):
    """Case, punctuation, word order and thumbs do not matter when the code is there."""
    assert read_reply(body) == Reply(Verb.ACK, "47")


@pytest.mark.parametrize("body", BARE)
def test_these_acknowledge_the_only_page(body):
    """Without a code the answer is bare: it counts only where exactly one page is open."""
    assert read_reply(body) == Reply(Verb.ACK)


@pytest.mark.parametrize(("body", "verb"), CARRIER_WORDS)
def test_a_single_carrier_word_is_the_carrier_s(body, verb):
    """It opts out or in, or asks the carrier for help; it never acts on a page."""
    assert read_reply(body) == Reply(verb)


@pytest.mark.parametrize(("body", "reply"), OTHER)
def test_these_mean_something_else_or_nothing(body, reply):
    """Each row is an act, a no, something unclear, or a machine."""
    assert read_reply(body) == reply


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("47", "47"),
        (" 07 ", "07"),
        ("#47", "47"),
        ("k7qx", "K7QX"),
        ("K7QX", "K7QX"),
        ("４７", "47"),
        ("4", None),
        ("470", None),
        ("K7QO", None),
        ("K7Q1", None),
        ("stop", None),
        ("", None),
        ("4\n7", None),
        ("x" * 10_000, None),
    ],
)
def test_a_code_is_read_as_it_is_stored(typed, code):
    """Two digits, or four signs of the alphabet in whatever case."""
    assert normalize_code(typed) == code


def test_the_alphabet_has_no_look_alikes_and_no_vowels():
    """28 signs to the fourth are 614,656 codes, none of them a word."""
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET) == 28
    assert not set(CODE_ALPHABET) & set("01OILAEU")


codes = st.from_regex(r"\A[0-9]{2}\Z") | st.text(CODE_ALPHABET, min_size=4, max_size=4).filter(
    lambda code: code.casefold() not in words.FILLERS | words.DOUBTS
)


@settings(max_examples=200, deadline=None)
@given(codes, st.sampled_from(["{} ack", "ack {}", "{}", "Ack, {}!", "{} 👍", "ok {}", "ack {} looking at it"]))
def test_every_code_can_be_answered_with(code, form):
    """No code that is drawn is misread as a word or a length of time."""
    assert read_reply(form.format(code.casefold())) == Reply(Verb.ACK, code)


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(sorted(words.FILLERS | words.VERBS.keys() | {"47", "20m", "\n", '"', ">"})), max_size=12
    ).map(" ".join)
)
def test_no_text_raises(body):
    """Whatever a phone sends is read as something; a code that is returned is a code."""
    reply = read_reply(body)

    assert reply.verb in Verb
    assert reply.code is None or normalize_code(reply.code) == reply.code
    assert (reply.duration is None) or reply.verb is Verb.SNOOZE


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([*sorted(words.NEGATIONS | words.DOUBTS | words.CARRIER), "can't", "won’t", "?"]),
    st.lists(st.sampled_from(["ack", "47", "ok", "👍", "please", "got it", "now", "resolve", "k7qx"]), max_size=5),
    st.integers(0, 5),
)
def test_no_text_with_a_no_or_a_doubt_acts(word, others, place):
    """Wherever the word stands, nothing is done."""
    others.insert(min(place, len(others)), word)

    assert read_reply(" ".join(others)).verb not in ACTS


def test_two_codes_or_two_verbs_never_act():
    """Every pair of different codes, and of different verbs, is unclear in any order."""
    verbs = {"ack": "ack", "resolve": "resolve", "escalate": "escalate", "snooze": "snooze", "undo": "undo"}
    for first, second in product(verbs, verbs):
        for text in (f"{first} 47 {second} 52", f"47 {first} 52 {second}"):
            assert read_reply(text).verb is Verb.UNKNOWN, text
        if first != second:
            assert read_reply(f"{first} {second} 47").verb is Verb.UNKNOWN


@pytest.mark.parametrize("sign", ["\n", " ", '"', ">", "ok ", "on " * 2, "--\n", "3h", "ack 47 ", "(", "'"])
def test_the_longest_texts_are_read_at_once(sign):
    """A hostile text of the full length costs no more than any other: reading is linear."""
    assert read_reply((sign * BODY_MAX)[:BODY_MAX]).verb in Verb
