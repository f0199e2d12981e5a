import pytest

from pagerd.core.paging.message import Body, CallScript, Mail, Text, in_words

MAIL = Mail(
    subject="[sev1] DiskFull",
    text="It is full.\n",
    html="<p>It is full.</p>",
    thread="p-1",
    first_of_thread=True,
    list_id="payments.page",
    urgent=True,
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (Text("sev1 DiskFull"), "sev1 DiskFull"),
        (
            CallScript("This is pagerd. ", "Press 4.", "Goodbye.", keys=(("4", "ack"),)),
            "This is pagerd.\nPress 4.\nGoodbye.",
        ),
        (CallScript("This is a test.", "", "  "), "This is a test."),
        (MAIL, "[sev1] DiskFull\n\nIt is full.\n"),
    ],
    ids=["a text", "a call", "a call that asks nothing", "a mail"],
)
def test_what_would_have_been_said_can_be_read(body: Body, words: str) -> None:
    """Whoever only observes reads every medium as lines, without the parts that are silent and without markup."""
    assert in_words(body) == words
