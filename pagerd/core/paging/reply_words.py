"""The words of `reply.py`: one place to see what each may mean, and to see that no carrier keyword is a verb."""

import re

OPT_OUT = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
OPT_IN = frozenset({"start", "yes", "unstop"})
CARRIER_HELP = frozenset({"help", "info"})
CARRIER = OPT_OUT | CARRIER_HELP | frozenset({"start", "unstop"})
"""Carrier keywords that make a longer text unclear. `yes` beside a verb or a code adds nothing and takes nothing."""

VERBS = {
    **dict.fromkeys(("ack", "acks", "acked", "acknowledge", "acknowledged", "acknowledging", "a", "aye"), "ack"),
    **dict.fromkeys(("roger", "wilco", "copy", "confirm", "confirmed", "mine", "onit", "thumbsup"), "ack"),
    **dict.fromkeys(("👍", "👌", "✅", "✔", "☑", "🆗", "🫡"), "ack"),
    **dict.fromkeys(("r", "res", "resolve", "resolved", "fixed", "close", "closed"), "resolve"),
    **dict.fromkeys(("e", "esc", "escalate", "escalated", "escalating"), "escalate"),
    **dict.fromkeys(("snz", "snooze", "snoozed", "snoozing"), "snooze"),
    **dict.fromkeys(("list", "ls", "pages"), "list"),
    **dict.fromkeys(("undo", "unack", "unacknowledge"), "undo"),
}

STRONG = frozenset({"ack", "acked", "acknowledge", "acknowledged", "acknowledging"})
"""After one of these and a code a person may go on in words of their own."""

POLITE = frozenset({"ok", "okay", "okey", "oki", "k", "kk", "sure", "yep", "yup", "yeah", "ya", "alright", "+1"})
"""An acknowledgement when nothing else is said, and nothing beside another verb: `ok, escalate 47`."""

FILLERS = frozenset(
    {
        *("please", "pls", "plz", "thanks", "thx", "thnx", "thnks", "tnx", "ty", "thank", "you", "cheers"),
        *("hi", "hey", "hello", "pagerd", "the", "page", "code", "number", "nr", "num", "for", "in", "it"),
        *("its", "it's", "i", "i'm", "im", "am", "me", "my", "now", "on", "to", "this", "that", "one"),
        *("and", "with", "reply", "yes", "looking", "checking", "here", "awake", "laptop", "computer", "way"),
        *("omw", "all", "🙏", "🙂", "😀", "💪"),
    }
)
"""Words that change nothing. Some are spelled from the signs of a code; as a word they are likelier than as a code."""

NEGATIONS = frozenset(
    {
        *("no", "not", "nope", "nah", "never", "non", "nein", "nicht", "não", "nao", "pas", "none", "nothing"),
        *("nobody", "dont", "doesnt", "didnt", "cant", "cannot", "couldnt", "wont", "wouldnt", "shouldnt"),
        *("isnt", "aint", "arent", "havent", "hasnt", "wasnt", "neither", "nor", "without", "unable", "nack"),
        *("nak", "refuse", "refused", "decline", "declined", "deny", "denied", "reject", "rejected", "wrong"),
        *("ignore", "abort", "disregard", "👎", "❌", "✋", "🚫", "✖", "⛔", "🙅"),
    }
)
"""With any of these, and with any word in n't, nothing is done."""

DOUBTS = frozenset(
    {
        *("if", "when", "later", "maybe", "perhaps", "might", "may", "should", "would", "could", "can"),
        *("unless", "until", "who", "what", "why", "where", "which", "how", "someone", "somebody", "anyone"),
        *("anybody", "else", "or", "but", "failed", "fails", "failing", "tried", "trying", "try", "wait"),
        *("before", "after", "instead", "almost", "soon", "think", "thought", "guess", "unsure", "tomorrow"),
        *("tmrw", "hmm", "hmmm", "disliked", "questioned", "removed"),
    }
)
"""Words that leave it open whether something is meant now, by this person, or at all."""

_PHRASE_WORDS = (
    (r"(?:i(?:'ve| have)? )?got (?:it|this|that|you)", " 👍 "),
    (r"(?:i'm|im|i am)? ?on (?:it|this|that)(?! is)", " 👍 "),
    (r"(?:i'll|ill|i will|i can) (?:take|handle|do|look at|look into|check) (?:it|this|that)", " 👍 "),
    (r"(?:taking|handling|looking at|looking into|working on|checking) (?:it|this|that)", " 👍 "),
    (r"(?:i'll|ill|i will) (?:take|handle)(?= #?[0-9])", " 👍 "),
    (r"i have (?:it|this)", " 👍 "),
    (r"(?:i(?:'ve| have)? )?got(?= #?[0-9])", " 👍 "),
    (r"(?:it's|its|it is|this is|this one is|is) mine", " 👍 "),
    (r"thumbs up", " 👍 "),
    (r"thumbs down", " 👎 "),
    (r"10-4", " 👍 "),
    (r"(?:for )?half an hour", " 30m "),
    (r"(?:for )?an hour", " 60m "),
    (r"(?:list |show )?(?:my |the )?open pages", " list "),
)

PHRASES = tuple((re.compile(rf"(?<![\w'-]){phrase}(?![\w'-])"), word) for phrase, word in _PHRASE_WORDS)
"""Phrases that are one word. The sign that stands for them is one of VERBS, or of NEGATIONS."""

AUTOMATIC = re.compile(
    r"(?<!\w)(?:"
    r"(?:i'm|im|i am|currently|am) driving|while driving|driving mode|driving focus|do not disturb|"
    r"auto(?:matic|mated|matically)?[- ]?(?:reply|response|respond|generated|message|text)|"
    r"(?:this is an )?automated|out of (?:the )?office|out-of-office|ooo|"
    r"on (?:vacation|holiday|holidays|annual leave|parental leave|sick leave|leave|pto)|"
    r"away from my (?:phone|desk|computer)|in a meeting|at the movies|in a movie|"
    r"(?:can't|cant|cannot|can not|unable to) (?:talk|answer|respond|reply)|"
    r"(?:i'll|ill|i will|will) (?:call|text|get back|reply|respond|see your message|be back)|"
    r"can i (?:call|text) you later|call you (?:back|later)|"
    r"not receiving notifications|notifications silenced|"
    r"(?:is|are) (?:not|no longer) (?:monitored|in service|available)|not monitored|unattended|"
    r"(?:message|number) (?:blocked|blocking|not delivered|you have (?:texted|dialed|called))|free msg|freemsg|"
    r"sent from my|"
    r"abwesenheit|automatische antwort|bin im urlaub|ich fahre|"
    r"respuesta automática|estoy conduciendo|fuera de la oficina|"
    r"resposta automática|estou a conduzir|réponse automatique|je conduis|absent du bureau"
    r")(?!\w)"
)
"""What phones and mailboxes write by themselves."""

STRAIGHT = str.maketrans(dict.fromkeys("’‘ʼ´`", "'") | dict.fromkeys("“”„«»", '"'))
"""Phones write curly quotes; `can’t` must not be read as two words."""
