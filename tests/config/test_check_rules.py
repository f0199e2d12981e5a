import pytest

from tests.config.files import COMPANY, PAYMENTS, RULES, changed, finding_after, found_after, loaded, places

RUNBOOK = "runbooks/payments-5xx.md"


def test_a_critical_service_needs_a_whole_runbook():
    """The finding names the questions that are left open."""
    files = changed(RUNBOOK, "## Logs\nx\n## Dependencies\nx\n", "## Logs\n")
    found = loaded(files).findings

    assert places(found) == ["E101 rotations/payments.yaml:8:43", "E102 rules/payments.yaml:8:14"]
    assert "logs, dependencies" in found[0].message


def test_a_critical_service_without_any_runbook():
    """At the service's name."""
    assert found_after(PAYMENTS, "{critical: true, runbook: payments-5xx}", "{critical: true}") == ["E101 8:3"]


def test_an_action_makes_a_rule_actionable():
    """With it, a page says what to do although the runbook is not whole."""
    files = changed(RUNBOOK, "## Logs\nx\n", "")
    with_action = {**files, RULES: files[RULES].replace("    runbook:", "    action: Restart it.\n    runbook:")}

    assert "E102 rules/payments.yaml:8:14" in places(loaded(files).findings)
    assert "E102" not in str(places(loaded(with_action).findings))


def test_a_paging_rule_without_runbook_and_action_is_noted():
    """Unless each service of the team brings its own."""
    without = COMPANY[RULES].replace("    runbook: payments-5xx\n", "")
    services = COMPANY[PAYMENTS].replace("{critical: true, runbook: payments-5xx}", "{}")

    assert places(loaded({**COMPANY, RULES: without}).findings) == []
    assert places(loaded({**COMPANY, RULES: without, PAYMENTS: services}).findings) == ["W103 rules/payments.yaml:3:11"]


@pytest.mark.parametrize(
    ("matcher", "cause"),
    [
        ('alertname="HighCPUUsage"', "CPU"),
        ('alertname=~"NodeMemoryLow|Oom.*"', "memory"),
        ('alertname="HighLoad"', "load"),
        ('alertname="DiskFull"', "disk space"),
        ('alertname="PodCrashLooping"', "restarts"),
        ('alertname="KubePodRestarts"', "restarts"),
        ('job=~"node|api"', "machines"),
        ('alertname="DownloadErrors"', None),
        ('alertname="CheckoutLatencyHigh"', None),
        ('alertname!="HighCPUUsage"', None),
        ('summary="CPU is high"', None),
    ],
)
def test_pages_on_causes_are_noted(matcher, cause):
    """High CPU may be normal; high customer errors are not."""
    files = changed(RULES, "['alertname=~\"Payments(Errors|Down)\"', 'env=\"prod\"']", f"['{matcher}']")
    found = loaded(files).findings

    assert places(found) == (["W104 rules/payments.yaml:4:13"] if cause else [])
    assert all(f"({cause})" in one.message for one in found)


def test_a_ticket_may_be_about_a_cause():
    """It wakes nobody."""
    files = changed(RULES, '"SettlementLag"', '"HighCPUUsage"')

    assert places(loaded(files).findings) == []


@pytest.mark.parametrize(
    ("match", "is_shadowed"),
    [
        ("""['env="prod"', 'alertname=~"Payments(Errors|Down)"']""", True),
        ("""['env="prod"', 'alertname=~"Payments(Errors|Down)"', 'zone="a"']""", True),
        ("""['env="prod"']""", False),
    ],
)
def test_a_rule_that_an_earlier_one_takes_everything_from(match, is_shadowed):
    """It has all the conditions of the earlier rule, and perhaps more."""
    files = changed(RULES, "['alertname=\"SettlementLag\"']", match)

    assert places(loaded(files).findings) == (["W701 rules/payments.yaml:10:12"] if is_shadowed else [])


def test_a_rule_for_everything_shadows_all_after_it():
    """No condition at all holds for everything."""
    finding = finding_after(RULES, "['alertname=~\"Payments(Errors|Down)\"', 'env=\"prod\"']", "[]")

    assert (finding.id, finding.span.line) == ("W701", 10)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (PAYMENTS, "from: 2026-12-24 09:00, to: 2026-12-26", "from: 2025-12-24 09:00, to: 2025-12-26", ["W702 17:5"]),
        (PAYMENTS, "from: 2026-12-28, to: 2027-01-03", "from: 2026-11-01, to: 2026-11-22", ["W705 19:5"]),
        (PAYMENTS, "from: 2026-12-28, to: 2027-01-03", "from: 2026-11-01, to: 2026-11-23", []),
        (RULES, "from: 2026-12-01 22:00, to: 2026-12-02 02:00", "from: 2026-11-01, to: 2026-11-02", ["W703 13:5"]),
    ],
)
def test_what_is_over_is_noted(file, old, new, expected):
    """Files are read by people who look for what is to come."""
    assert found_after(file, old, new) == expected


def test_a_team_pages_sooner_than_the_severities_or_not_otherwise():
    """Its own on_violation cannot make an urgent alert wait."""
    old = "escalation: standard"

    assert found_after(PAYMENTS, old, f"{old}\non_violation: ticket") == ["E106 4:15"]
    assert found_after(PAYMENTS, old, f"{old}\non_violation: page after 2m") == []


def test_a_matcher_that_cannot_be_read_shadows_nothing():
    """Its rule seems to match everything only because a condition is missing."""
    assert found_after(RULES, "'alertname=~\"Payments(Errors|Down)\"', 'env=\"prod\"'", "env = prod") == ["E016 4:13"]


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ("""['service=~".*"']""", ["W706 13:13"]),
        ("""['env!="prod"']""", ["W706 13:13"]),
        ("""['service=~".*"', 'env="test"']""", []),
        ("""['service=~".+"']""", []),
    ],
)
def test_a_silence_for_what_lacks_a_label_is_noted(match, expected):
    """Who writes it thinks of the alerts that have the label."""
    assert found_after(RULES, """['service="reports"']""", match) == expected
