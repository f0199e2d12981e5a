"""The templates that pagerd brings: one for each kind of message, in force where the files write none."""

from collections.abc import Mapping
from typing import Final

from pagerd.core.incidents.messages import MessageKind, MessageRules

_ROLES = """\
IC: {{ ic or "nobody yet" }} | TL: {{ tl or "nobody yet" }} | Comms: {{ comms or "nobody yet" }}
"""

_LINK = """\
{% if link %}
{{ link }}
{% endif %}
"""

_ROOM = """\
{% if room %}
Room: {{ room }}
{% endif %}
"""

_NEXT = """\
{% if next_update %}
Next update at {{ next_update }}
{% endif %}
"""

TEXTS: Final[Mapping[MessageKind, str]] = {
    MessageKind.DECLARED: """\
{{ severity }} declared: {{ symptom }} ({{ name }})
Service: {{ service or "not named" }}, team {{ team }}
Impact: {{ impact or "not known yet" }}
Since: {{ since or "not known yet" }}
Now: {{ status }}
"""
    + _ROLES
    + _ROOM
    + _NEXT
    + _LINK,
    MessageKind.UPDATE: """\
{{ severity }} {{ name }}, update {{ update }}: {{ status }}
Known at {{ at }}: {{ know }}
{% if doing %}
Doing: {{ doing }}
{% endif %}
{% if trend %}
Impact: {{ trend }}{% if impact %} ({{ impact }}){% endif %}

{% endif %}
Then: {{ eta }}
"""
    + _LINK,
    MessageKind.HELP: """\
{{ name }} needs help of {{ area }}
Needed: {{ need }}
Incident: {{ symptom }}{% if impact %}, {{ impact }}{% endif %}

Urgency: {{ urgency }}
Paged: {{ whom }}
Asked by {{ by or "pagerd" }}; IC: {{ ic or "nobody yet" }}
Join: {{ join }}
""",
    MessageKind.RESOLVED: """\
{{ severity }} {{ name }} is resolved: {{ symptom }}
Service: {{ service or "not named" }}, team {{ team }}
Cause so far: {{ cause or "not written down yet" }}
Mended by: {{ fix or "not written down" }}
Impact: {{ window or "its beginning is not known" }}{% if impact %}, {{ impact }}{% endif %}

{% if against %}
Resolved against what was unmet: {{ against }}
{% else %}
Customers: service is restored
{% endif %}
{% if follow_up %}
Next: {{ follow_up }}
{% endif %}
"""
    + _LINK,
    MessageKind.SEVERITY: """\
{{ name }} is {{ severity }} now, {{ direction }} from {{ before }}
{{ symptom }}
{% if impact %}
Impact: {{ impact }}
{% endif %}
{% if why %}
Why: {{ why }}
{% endif %}
"""
    + _NEXT
    + _LINK,
    MessageKind.ROLE: """\
{{ name }}: {{ holder or "nobody" }} is {{ role }}
{% if before %}
Before: {{ before }}
{% endif %}
""",
    MessageKind.MITIGATION: """\
{{ name }}: mitigation {{ mitigation }}{% if outcome %}: {{ outcome }}{% else %} begins{% endif %}

{% if what %}
{{ what }}
{% endif %}
""",
    MessageKind.MONITORING: """\
{{ severity }} {{ name }}: impact ended at {{ ended }}, watching
{{ symptom }}
{% if watch_until %}
Watched until {{ watch_until }} at least; it is not resolved before
{% endif %}
"""
    + _NEXT
    + _LINK,
    MessageKind.WATCH: """\
{{ severity }} {{ name }}: {{ criterion }} is red, the watch period starts anew
{{ symptom }}
{% if watch_until %}
Watched until {{ watch_until }} at least; it is not resolved before
{% endif %}
"""
    + _NEXT
    + _LINK,
    MessageKind.UNSOLVED: """\
{{ severity }} {{ name }} is not over: investigating again
{{ symptom }}
{% if why %}
Why: {{ why }}
{% endif %}
"""
    + _NEXT
    + _LINK,
    MessageKind.REOPENED: """\
{{ severity }} {{ name }} is open again
{{ symptom }}
{% if why %}
Why: {{ why }}
{% endif %}
"""
    + _ROLES
    + _ROOM
    + _NEXT
    + _LINK,
    MessageKind.CANCELLED: """\
{{ name }} was no incident
{{ symptom }}
{% if why %}
Why: {{ why }}
{% endif %}
""",
    MessageKind.MERGED: """\
{{ name }} goes on as {{ into }}
{{ symptom }}
""",
    MessageKind.COUNTERSIGNED: """\
{{ name }}: {{ by or "somebody" }} stands by how it was resolved
{{ symptom }}
{% if overrode %}
Resolved by: {{ overrode }}
{% endif %}
{% if against %}
Unmet then: {{ against }}
{% endif %}
"""
    + _LINK,
    MessageKind.CLOSED: """\
{{ name }} is closed
{{ symptom }}
{% if postmortem %}
Postmortem: {{ postmortem }}
{% endif %}
"""
    + _LINK,
    MessageKind.PUBLIC_INVESTIGATING: """\
{{ area }}: we are looking into a problem
We have reports that {{ symptom }}.
{% if impact %}
Some of you may see this: {{ impact }}.
{% endif %}
{% if next_update %}
We will tell you more {{ next_update }}.
{% endif %}
""",
    MessageKind.PUBLIC_IDENTIFIED: """\
{{ area }}: we know the cause and are working on it
We have found why {{ symptom }}, and are working to end it.
{% if impact %}
Until then you may go on seeing this: {{ impact }}.
{% endif %}
{% if next_update %}
We will tell you more {{ next_update }}.
{% endif %}
""",
    MessageKind.PUBLIC_MONITORING: """\
{{ area }}: it works again, and we are watching it
A change of ours has taken effect, and {{ area }} works as it should.
We keep watching before we call this over.
{% if next_update %}
We will tell you more {{ next_update }}.
{% endif %}
""",
    MessageKind.PUBLIC_RESOLVED: """\
{{ area }}: this is over
{{ area }} works as it should. What happened: {{ symptom }}.
{% if started and ended %}
This was so between {{ started }} and {{ ended }}{% if impact %}: {{ impact }}{% endif %}.
{% elif impact %}
What you may have seen: {{ impact }}.
{% endif %}
We are going through what happened, and will take measures against it happening again.
""",
}
"""A template for each kind."""


def template_of(rules: MessageRules, kind: MessageKind) -> str:
    """Return the template in force for a kind."""
    return rules.templates.get(kind.value) or TEXTS[kind]
