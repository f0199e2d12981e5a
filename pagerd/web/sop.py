"""How incidents are run, on one page that can be printed: what the config in force says, and nothing else."""

from aiohttp import web

from pagerd.core.incidents import sop
from pagerd.web.answers import text_answer
from pagerd.web.call import Call
from pagerd.web.pages import HTML
from pagerd.web.screens import draw
from pagerd.web.signed_in import NO_REFERRER_BUT_US, to_root


async def show(call: Call) -> web.Response:
    """Show the page."""
    plan = call.services.engine.plan
    html = draw("sop.html", title=sop.TITLE, sections=sop.sections(plan), revision=plan.revision, root=to_root(call))
    return text_answer(html, HTML, 200, NO_REFERRER_BUT_US)
