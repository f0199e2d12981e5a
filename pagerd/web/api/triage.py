"""The first minutes of an incident: its checklists, the questions of triage, hypotheses."""

from pagerd.core.incidents.checklist import StepStatus
from pagerd.engine.doors import Connection
from pagerd.engine.incidents import findings, investigating, queries
from pagerd.engine.incidents.findings import FirstMinutes
from pagerd.engine.incidents.investigating import StepWords
from pagerd.web.api import triage_types as types
from pagerd.web.api.described import api
from pagerd.web.api.incident_types import IncidentAct
from pagerd.web.api.incidents import at_of, do, number_in
from pagerd.web.api.triage_shapes import first_minutes_json
from pagerd.web.call import Call


@api()
async def show_checklists(call: Call) -> types.FirstMinutes:
    """Show how the checklists of an incident stand, what was found out, and which clock runs until when."""
    number, engine = number_in(call, "incident"), call.services.engine

    async def find(c: Connection) -> FirstMinutes:
        story = await queries.story(c, engine.plan, number, engine.now(c))
        return await findings.first_minutes(c, engine.plan, story)

    return first_minutes_json(await engine.read(find))


@api(has_key=True)
async def mark_step(call: Call, body: types.StepSaid) -> IncidentAct:
    """Say that a step is done, what the answer to its question is, or why it is skipped."""
    step = call.parts["step"]
    since = at_of(body.since, "since")
    said = StepWords(status=StepStatus(body.status.value), text=body.text, owner=body.owner, since=since)
    return await do(call, f"step {step}", investigating.mark_step, step, said)


@api(has_key=True)
async def state_hypothesis(call: Call, body: types.NewHypothesis) -> IncidentAct:
    """Say what may be the cause."""
    return await do(call, "hypothesis", investigating.state_hypothesis, body.text)


@api(has_key=True)
async def judge_hypothesis(call: Call, body: types.Judgement) -> IncidentAct:
    """Say what supports or refutes a hypothesis."""
    which = number_in(call, "hypothesis")
    return await do(call, f"judge {which}", investigating.judge_hypothesis, which, body.verdict.value, body.why)
