from aiohttp import web

from pagerd.web.answers import SECURITY_HEADERS, Failure, failure_answer, secure, unavailable


def test_an_error_says_what_went_wrong_and_what_would_be_right():
    """The body is JSON; without a hint there is none."""
    assert failure_answer(Failure(404, "no page", "list them")).body == b'{"error":"no page","hint":"list them"}'
    assert failure_answer(Failure(404, "no page")).body == b'{"error":"no page"}'


def test_trouble_of_ours_is_503_with_a_time():
    """Alertmanager tries 503 again, and would take 429 for an end."""
    answer = failure_answer(unavailable("full"))

    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) >= 1


def test_every_header_is_put_on_and_an_answers_own_stays():
    """A style sheet may be kept by the browser, nothing else."""
    answer = web.Response(headers={"Cache-Control": "public"})
    secure(answer, hsts=True)

    assert answer.headers["Cache-Control"] == "public"
    assert set(answer.headers) >= {*SECURITY_HEADERS, "Strict-Transport-Security"}
