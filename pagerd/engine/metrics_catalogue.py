"""What is counted, by the name that the engine counts it under: its name outside, its words, labels and bounds.

No label ever holds an alert's name, a page's id, a phone number or a path as it was asked for. Labels are chosen for a
company of 200 teams: it must stay below 3,000 series, so a team has no histogram of its own. The values of a label that
can be known beforehand stand here too, because `metrics` shows them at 0 from the start.
"""

from typing import NamedTuple

INGEST_RESULTS = ("accepted", "invalid", "too_large", "unauthorized", "error")
ACK_CHANNELS = ("sms", "voice", "link", "email", "cli", "api", "web")
ALARM_KINDS = (
    "auditor",
    "clock_set_back",
    "config_reload_failed",
    "contact_refused",
    "database_salvaged",
    "digest_refused",
    "last_resort_unreachable",
    "nobody_on_call",
    "node_lost",
    "nodes_differ",
    "person_unreachable",
    "provider_failing",
    "public_page_not_written",
    "public_refused",
    "replies_not_fetched",
    "secret_missing",
    "sign_in_failures",
    "source_not_answering",
    "source_unauthorized",
    "message_failing",
    "message_template",
    "tracker_failing",
)
TIMER_KINDS = (
    *("page", "ticket", "alert", "source", "ask", "muting", "sweep", "tidy"),
    *("report", "inbox", "anchor", "keep", "digest", "export", "night", "signin", "incident"),
    *("checks", "message", "action", "repeats", "drill", "shift", "shifts", "contacts", "swap"),
)
AUDITOR_KINDS = (
    *("timer_missing", "timer_late", "no_due_time", "nobody_told", "unreadable"),
    *("claim_endless", "timer_overdue", "notification_overdue"),
)
FAILURES = ("refused", "unavailable", "unconfirmed", "account", "busy")
REPLIES = {
    "sms": (
        *("acted", "too_late", "not_understood", "listed", "declined"),
        *("repeated", "ignored", "stranger", "locked", "muted"),
    ),
    "voice": ("acted", "too_late", "not_understood", "repeated", "unknown"),
    "link": ("acted", "too_late"),
    "email": ("acted", "too_late", "unauthorized"),
    "provider": ("unauthorized",),
}


class Kind(NamedTuple):
    """One family of series."""

    name: str
    text: str
    labels: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()
    """The upper bounds of a histogram's buckets."""


COUNTERS = {
    "ingest_requests": Kind("ingest_requests_total", "Messages of sources.", ("source", "result")),
    "ingest_alerts": Kind("ingest_alerts_total", "Alerts taken in, each time they were sent.", ("source", "status")),
    "ingest_truncated_alerts": Kind(
        "ingest_truncated_alerts_total", "Alerts that a source left out of its messages.", ("source",)
    ),
    "ingest_quarantined_alerts": Kind(
        "ingest_quarantined_alerts_total", "Alerts and messages that could not be read.", ("source",)
    ),
    "decisions": Kind("rule_decisions_total", "Verdicts on alerts.", ("decision",)),
    "criteria_failures": Kind("rule_criteria_failures_total", "Tests that alerts failed.", ("criterion",)),
    "pages": Kind("pages_total", "Pages opened.", ("team", "severity")),
    "tickets": Kind("tickets_total", "Tickets opened.", ("severity",)),
    "incident_messages": Kind("incident_messages_total", "Attempts to tell somebody of an incident.", ("result",)),
    "ticket_exports": Kind(
        "ticket_exports_total", "Attempts to tell the tracker what happened to tickets.", ("result",)
    ),
    "incidents_declared": Kind("incidents_declared_total", "Incidents that were declared.", ("severity",)),
    "incidents_resolved": Kind("incidents_resolved_total", "Times that an incident was resolved.", ("severity",)),
    "page_acks": Kind("page_acks_total", "Pages that somebody took.", ("channel",)),
    "escalations": Kind("escalations_total", "Why pages went on to somebody else.", ("reason",)),
    "exhausted": Kind("escalations_exhausted_total", "Policies that ended without an answer."),
    "notifications_queued": Kind(
        "notifications_queued_total", "Notifications put into the outbox.", ("channel", "purpose")
    ),
    "notifications": Kind(
        "notifications_total", "Notifications by how far they came.", ("channel", "provider", "status")
    ),
    "notifications_failed": Kind(
        "notifications_failed_total", "Attempts that failed.", ("channel", "provider", "reason")
    ),
    "sms_segments": Kind("sms_segments_total", "Parts of the texts that a provider took.", ("provider",)),
    "source_questions": Kind(
        "source_questions_total", "Questions to members of sources about their alerts.", ("source", "result")
    ),
    "provider_questions": Kind(
        "provider_questions_total", "Questions to providers: about messages, and for texts.", ("about", "result")
    ),
    "claims_lost": Kind("claims_lost_total", "Claimed messages that another node had taken up by then.", ("channel",)),
    "reports_unknown": Kind("reports_unknown_total", "Delivery reports about nothing that we sent."),
    "replies": Kind("replies_total", "Answers of people.", ("channel", "result")),
    "night_pages": Kind("night_pages_total", "People disturbed in their night, once per page.", ("team",)),
    "sign_ins": Kind("sign_ins_total", "People who signed in on the web."),
    "sign_in_failures": Kind("sign_in_failures_total", "Codes to sign in that were wrong or came too late."),
    "alarms": Kind("alarms_total", "Troubles with pagerd itself.", ("kind",)),
    "checks_unread": Kind("incident_checks_unread_total", "Readings of criteria that came to nothing."),
    "timer_failures": Kind("timer_failures_total", "Timers whose decision raised.", ("kind",)),
    "auditor_findings": Kind(
        "auditor_findings_total", "Differences between what should have been sent and what the rows say.", ("kind",)
    ),
    "event_loop_stalls": Kind("event_loop_stalls_total", "Times that the event loop stood still for a second or more."),
    "outbound_heartbeats": Kind(
        "outbound_heartbeats_total", "Heartbeats to the system that watches pagerd from outside.", ("result",)
    ),
    "store_errors": Kind("store_errors_total", "Reads and writes that the store refused.", ("operation",)),
}
HISTOGRAMS = {
    "page_ack_duration_seconds": Kind(
        "page_ack_duration_seconds",
        "From a page's opening to its first acknowledgement.",
        ("severity",),
        (15, 30, 60, 120, 300, 600, 900, 1800, 3600),
    ),
    "page_dispatch_seconds": Kind(
        "page_dispatch_duration_seconds",
        "From a page's opening to when the first provider had a message about it.",
        ("severity",),
        (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120),
    ),
    "dispatch_seconds": Kind(
        "notification_dispatch_seconds",
        "From when a notification was due to when a provider had it.",
        ("channel",),
        (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120),
    ),
    "request_duration_seconds": Kind(
        "notification_request_duration_seconds",
        "How long a provider took to answer, or to fail.",
        ("channel", "provider"),
        (0.03, 0.1, 0.3, 1, 3, 10, 20),
    ),
    "delivery_duration_seconds": Kind(
        "notification_delivery_duration_seconds",
        "From when a provider had a message to its receipt, or of a call to when it was answered.",
        ("channel", "provider"),
        (1, 3, 10, 30, 60, 120, 300),
    ),
    "timer_lag_seconds": Kind(
        "timer_lag_seconds", "How late due rows were carried out.", (), (0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30, 300)
    ),
    "event_loop_lag_seconds": Kind(
        "event_loop_lag_seconds",
        "How much later than asked for the event loop woke a sleeper.",
        (),
        (0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 1, 5),
    ),
}
GAUGES = {
    "auditor_looked_at": Kind("auditor_last_round_timestamp_seconds", "When the auditor last went through a round."),
    "auditor_round_seconds": Kind("auditor_round_seconds", "How long the auditor's last round took."),
    "clock_lead_seconds": Kind("clock_lead_seconds", "How far pagerd is ahead of a wall clock that was set back."),
    "outbound_heartbeat_at": Kind(
        "outbound_heartbeat_last_success_timestamp_seconds",
        "When the system that watches pagerd last took a heartbeat.",
    ),
    "provider_up": Kind("provider_up", "Did the last request to the provider work?", ("channel", "provider")),
}
