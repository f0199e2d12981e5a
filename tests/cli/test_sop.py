"""`pagerd sop`: one page, of the daemon where one runs, of the files where none does."""


def test_the_daemon_says_what_is_in_force(daemon, command):
    """As it is: whoever wants it on paper sends it on to another program."""
    daemon.answers_to("GET /api/v1/sop", {"revision": "r1", "markdown": "# How incidents are run\n\n| a | b |\n"})
    said = command("sop")

    assert (said.code, said.out, said.err) == (0, "# How incidents are run\n\n| a | b |\n", "")


def test_the_files_say_what_would_be(command, directory):
    """Without a daemon, and it says so."""
    said = command("sop", "-c", str(directory))

    assert said.code == 0
    assert said.out.startswith("# How incidents are run\n\n## In this order, always\n\n1. Stabilize: ")
    assert "| sev1 (Critical) | 15m to 30m | 5m |" in said.out
    assert "From the files in" in said.err
