"""Chats that take messages by incoming webhooks: what they are sent, and what is made of what they answer."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pagerd.channels import mattermost, slack, teams
from pagerd.channels.base import AccountFault, Busy, Told
from pagerd.channels.chat import Chat
from pagerd.core.errors import InvalidPlan, Refused, Unavailable, Unconfirmed
from pagerd.core.secret import Secret
from tests.channels.raw_server import RawServer, answers, hang, leave, reset_after_request, says
from tests.channels.test_webhook import Receiver

TOLD = Told(
    id="i-12/7/0 ops-chat",
    kind="update",
    incident=12,
    is_drill=False,
    severity="sev1",
    at=datetime(2026, 1, 7, 2, 10, tzinfo=UTC),
    heading="sev1 incident 12, update 3: mitigating",
    lines=("Known at 03:10 CET: the pool is exhausted", "Then: no ETA yet, next update at 03:40 CET"),
    link="https://pager.example.com/incidents/12",
)
HOSTILE = (
    "<!channel> <!here> <@U012AB3CD> <#C1|x> <https://evil.example.com|Open it in pagerd> &lt;!everyone&gt;",
    "@channel @all @here @ana [Open it](https://evil.example.com) ![x](https://evil.example.com/x.png)",
    "> quoted # heading | a | table | `code` *bold* <at>Ana</at> <script>alert(1)</script>",
    "# a heading",
)
WRITERS = {"slack": slack, "teams": teams, "mattermost": mattermost}


def chat(url, which=slack, *, says_ok=True):
    """Return a chat behind a URL."""
    return Chat(name="ops-chat", url=Secret(url), write=which.write, write_plainly=which.write_plainly, says_ok=says_ok)


async def told(url, message=TOLD, deadline_seconds=5.0, **changes):
    """Tell a chat one message."""
    one = chat(url, **changes)
    try:
        await one.tell(message, deadline_seconds)
    finally:
        await one.close()


def strings(value):
    """Yield every text of a payload."""
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from strings(one)
        case dict():
            for one in value.values():
                yield from strings(one)


def test_slack_gets_blocks_of_plain_text():
    """A heading, the lines, and a link of ours; a notification shows the heading."""
    assert slack.write(TOLD) == {
        "text": "sev1 incident 12, update 3: mitigating",
        "blocks": [
            {
                "type": "header",
                "text": {"type": "plain_text", "text": "sev1 incident 12, update 3: mitigating", "emoji": False},
            },
            {"type": "section", "text": {"type": "plain_text", "text": "\n".join(TOLD.lines), "emoji": False}},
            {
                "type": "context",
                "elements": [{"type": "mrkdwn", "text": f"<{TOLD.link}|Open it in pagerd>"}],
            },
        ],
    }


def test_nothing_is_a_mention_or_a_link_in_slack():
    """What Slack would read as one is only where it reads nothing, or is escaped."""
    payload = slack.write(replace(TOLD, heading=HOSTILE[0], lines=HOSTILE, link=""))

    assert all(block["text"]["type"] == "plain_text" for block in payload["blocks"])
    assert "<" not in payload["text"]
    assert "<" not in slack.write_plainly(replace(TOLD, lines=HOSTILE))["text"]
    assert "&amp;lt;!everyone&amp;gt;" in payload["text"]


def test_nothing_is_a_mention_or_a_masked_link_in_mattermost():
    """Mattermost finds mentions wherever they stand, so no @ is followed by a name."""
    text = mattermost.write(replace(TOLD, heading=HOSTILE[1], lines=HOSTILE, link=""))["text"]

    assert "@\u200bchannel @\u200ball @\u200bhere @\u200bana" in text
    assert not any(f"@{name}" in text for name in ("channel", "all", "here", "ana"))
    assert "\\[Open it\\](https://evil.example.com)" in text
    assert "![" not in text
    assert "  \n\\# a heading" in text
    assert "\\`code\\`" in text


def test_a_line_of_mattermost_stays_a_line():
    """And its address stays one that can be opened."""
    said = mattermost.write(replace(TOLD, lines=("one", "see https://graphs.example.com/d/a_b-c#x_y")))["text"]

    assert said.split("  \n") == [
        "**sev1 incident 12, update 3: mitigating**",
        "one",
        "see https://graphs.example.com/d/a_b-c#x_y",
        f"[Open it in pagerd]({TOLD.link})",
    ]


def test_teams_gets_a_card_of_text_without_format():
    """A TextRun reads neither Markdown nor mentions, which would need an entity; so nothing has to be escaped."""
    payload = teams.write(replace(TOLD, lines=HOSTILE))
    [attachment] = payload["attachments"]
    card = attachment["content"]

    assert (payload["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert [run["type"] for block in card["body"] for run in block["inlines"]] == ["TextRun"] * 5
    assert card["body"][1]["inlines"][0]["text"] == HOSTILE[0]
    assert "entities" not in json.dumps(card["msteams"])
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Open it in pagerd", "url": TOLD.link}]


@pytest.mark.parametrize("which", WRITERS)
def test_the_longest_message_fits(which):
    """Whatever stands in it, no chat refuses it for its length."""
    long = replace(TOLD, heading="h" * 150, lines=("\U0001f525" * 1000, "[" * 1000, "x" * 4000))
    body = json.dumps(WRITERS[which].write(long))

    assert len(body) < 28_000
    for block in slack.write(long)["blocks"]:
        assert block["type"] == "context" or len(block["text"]["text"]) <= 3000
    assert len(mattermost.write(long)["text"]) <= 16_383


async def test_a_message_is_posted_as_json():
    """Nothing of us is said but that it is us."""
    async with Receiver(200, b"ok") as receiver:
        await told(receiver.url)

    [(headers, body)] = receiver.requests
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == slack.write(TOLD)


async def test_what_is_not_wanted_goes_once_more_as_nothing_but_text():
    """A chat that likes no blocks still says what happened."""
    async with Receiver(400, b"invalid_blocks") as receiver:
        with pytest.raises(Refused, match="answered 400: invalid_blocks"):
            await told(receiver.url)

    assert [json.loads(body) for _, body in receiver.requests] == [slack.write(TOLD), slack.write_plainly(TOLD)]


@pytest.mark.parametrize(
    ("status", "answer", "error", "words"),
    [
        (400, b"no_text", Refused, "400: no_text"),
        (413, b"", Refused, "413"),
        (401, b"", AccountFault, "401"),
        (403, b"action_prohibited", AccountFault, "403: action_prohibited"),
        (404, b"no_service", AccountFault, "404: no_service"),
        (410, b"channel_is_archived", AccountFault, "410: channel_is_archived"),
        (302, b"", AccountFault, "302"),
        (503, b"", Unavailable, "503"),
        (500, b"rollup_error", Unconfirmed, "500: rollup_error"),
        (200, b"<html>Please log in</html>", Unconfirmed, "which is not what the chat says"),
        (200, b"", Unconfirmed, "which is not what the chat says"),
        (404, b"\x1b[2Jno\r\nX: y" + b"z" * 5000, AccountFault, "404: "),
    ],
)
async def test_what_a_chat_may_answer_instead(status, answer, error, words):
    """Only what the message is to blame for is given up; a webhook that is gone may be put back."""
    async with Receiver(status, answer) as receiver:
        with pytest.raises(error) as raised:
            await told(receiver.url)

    assert words in str(raised.value)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 200
    assert "/send" not in str(raised.value)


async def test_teams_answers_with_nothing():
    """Its workflows take a message with 202 and no words."""
    async with Receiver(202, b"") as receiver:
        await told(receiver.url, which=teams, says_ok=False)

    assert len(receiver.requests) == 1


async def test_a_chat_says_how_long_to_wait():
    """And that long nothing goes there."""
    async with RawServer(answers(429, b"rate_limited", {"Retry-After": "30"})) as server:
        with pytest.raises(Busy) as raised:
            await told(f"http://127.0.0.1:{server.port}/hook")

    assert raised.value.retry_after_seconds == 30


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (hang, Unconfirmed),
        (leave, Unconfirmed),
        (reset_after_request, Unconfirmed),
        (says(b"\x00\xff nonsense \r\n\r\n"), Unconfirmed),
    ],
)
async def test_a_chat_that_behaves_badly_is_told_again(behaviour, error):
    """It may have the message; whoever does not answer is not waited for."""
    async with RawServer(behaviour) as server:
        with pytest.raises(error):
            await told(f"http://127.0.0.1:{server.port}/hook?token=s3cret", deadline_seconds=0.4)


async def test_nobody_there_is_surely_not_told():
    """And the error names the host, never the secret behind it."""
    async with RawServer(hang) as server:
        port = server.port
    with pytest.raises(Unavailable) as raised:
        await told(f"http://127.0.0.1:{port}/services/T0/B0/s3cret")

    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize("url", ["ftp://x/s3cret", "no url s3cret", "https://user:s3cret@hooks.example.com/"])
def test_what_is_no_url_is_refused_without_being_said(url):
    """The file holds a secret, whatever is wrong with it."""
    with pytest.raises(InvalidPlan) as raised:
        chat(url)

    assert "s3cret" not in str(raised.value)
    assert "ops-chat" in str(raised.value)
