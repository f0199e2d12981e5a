"""The table of faults of a provider: each kind, in each medium, and in each place among the providers of the medium.

Whatever a provider does, its person is paged in time by something else, the next one's turn comes when it is due, what
may have been sent is not sent again without need, and an answer ends it all.
"""

from dataclasses import dataclass
from itertools import product

import pytest

from pagerd.channels.base import AccountFault, Busy, ContentFault, Declined, DeliveryStatus, Outgoing, Receipt
from pagerd.core.errors import Refused, Unavailable, Unconfirmed
from pagerd.core.paging.message import Text
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.lab.phones import PLAIN_MAX
from tests import figures
from tests.storms.scene import NEXT_SECONDS, OTHER, STEP_SECONDS, Phone, Scene, Way, passes, play, works

ITSELF, BACKUP, NEXT = "itself", "a second provider", "the next medium"


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail, and what carries the page all the same where there is that."""

    way: Way
    carried_by: str
    tells_operators: bool = False


def raises(problem: Exception, *, after: float = 0.05, arrives: bool = False, times: int | None = None) -> Way:
    """Return the way of one that answers with trouble: always, or so many times for each message, then it works."""

    async def way(phone: Phone, outgoing: Outgoing, seconds: float) -> Receipt:
        if times is not None and phone.asked[outgoing.id] > times:
            return await works(phone, outgoing, seconds)
        await passes(min(after, seconds))
        if isinstance(problem, Unconfirmed):
            phone.scene.doubts[outgoing.id] += 1
        if arrives:
            phone.reaches(outgoing)
        raise problem

    return way


def takes(*told: tuple[float, DeliveryStatus], arrives_after: float | None = 1.0, tells: bool = True) -> Way:
    """Return the way of one that takes each message, and then says this of it, in so many seconds each."""

    async def way(phone: Phone, outgoing: Outgoing, _seconds: float) -> Receipt:
        phone.tells = tells
        if arrives_after is not None:
            phone.reaches(outgoing, arrives_after)
        for after, status in told:
            phone.tells_of(outgoing, status, after)
        return phone.receipt(outgoing)

    return way


def slow(takes_seconds: float) -> Way:
    """Return the way of one that works, and takes its time to say so."""

    async def way(phone: Phone, outgoing: Outgoing, seconds: float) -> Receipt:
        if takes_seconds < seconds:
            await passes(takes_seconds)
            return await works(phone, outgoing, seconds)
        await passes(seconds)
        phone.scene.doubts[outgoing.id] += 1
        phone.reaches(outgoing, takes_seconds - seconds)
        raise Unconfirmed("it did not answer in time")

    return way


async def never_returns(phone: Phone, outgoing: Outgoing, _seconds: float) -> Receipt:
    """Break the promise that every adapter gives."""
    phone.scene.doubts[outgoing.id] += 1
    await passes(100_000)
    raise AssertionError("nobody waits for so long")


async def wants_plain_words(phone: Phone, outgoing: Outgoing, seconds: float) -> Receipt:
    """Take nothing but the plainest text: a carrier that thinks the rest is spam."""
    is_plain = isinstance(outgoing.body, Text) and len(outgoing.body.body) <= PLAIN_MAX
    if not is_plain and phone.asked[outgoing.id] == 1:
        raise ContentFault("it takes this for spam")
    return await works(phone, outgoing, seconds)


async def says_so_at_once(phone: Phone, outgoing: Outgoing, _seconds: float) -> Receipt:
    """Take it, and know already that it reaches nobody."""
    return phone.receipt(outgoing, DeliveryStatus.NOT_REACHED)


async def refuses_the_contact_at_once(phone: Phone, outgoing: Outgoing, _seconds: float) -> Receipt:
    """Take it, and know already that this contact will never have it."""
    return phone.receipt(outgoing, DeliveryStatus.REFUSED)


async def is_refused_by_the_carrier(phone: Phone, outgoing: Outgoing, _seconds: float) -> Receipt:
    """Take it, and hear later that the carrier refuses our account."""
    phone.tells_of(outgoing, DeliveryStatus.NOT_REACHED, 3, account_fault=True)
    return phone.receipt(outgoing)


async def delivers_twice(phone: Phone, outgoing: Outgoing, seconds: float) -> Receipt:
    """Carry each message twice by itself."""
    phone.scene.doubts[outgoing.id] += 1
    phone.reaches(outgoing, 2)
    return await works(phone, outgoing, seconds)


SENT, DELIVERED, RINGING = DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.RINGING
NOT_REACHED, REFUSED = DeliveryStatus.NOT_REACHED, DeliveryStatus.REFUSED

FAULTS = {
    "answers 503": Fault(raises(Unavailable("503")), BACKUP),
    "answers 503 after 7 s": Fault(raises(Unavailable("503"), after=7), BACKUP),
    "answers 503 after 19 s": Fault(raises(Unavailable("503"), after=19), BACKUP),
    "answers 503 once": Fault(raises(Unavailable("503"), times=1), ITSELF),
    "answers 503 twice": Fault(raises(Unavailable("503"), times=2), BACKUP),
    "hangs": Fault(raises(Unconfirmed("it hangs"), after=100), BACKUP),
    "hangs, and has it": Fault(raises(Unconfirmed("it hangs"), after=100, arrives=True), ITSELF),
    "hangs once": Fault(raises(Unconfirmed("it hangs"), after=100, times=1), ITSELF),
    "breaks off": Fault(raises(Unconfirmed("it breaks off")), BACKUP),
    "breaks off once": Fault(raises(Unconfirmed("it breaks off"), times=1), ITSELF),
    "its answer is lost": Fault(raises(Unconfirmed("the answer is lost"), arrives=True), ITSELF),
    "its answer is lost once": Fault(raises(Unconfirmed("the answer is lost"), arrives=True, times=1), ITSELF),
    "answers after 3 s": Fault(slow(3), ITSELF),
    "answers after 10 s": Fault(slow(10), ITSELF),
    "answers after 30 s": Fault(slow(30), ITSELF),
    "never returns": Fault(never_returns, BACKUP),
    "wants fewer": Fault(raises(Busy("429")), BACKUP),
    "wants fewer for 1 s": Fault(raises(Busy("429", retry_after_seconds=1)), BACKUP),
    "wants fewer for 20 s": Fault(raises(Busy("429", retry_after_seconds=20)), BACKUP),
    "wants fewer for an hour": Fault(raises(Busy("429", retry_after_seconds=3600)), BACKUP),
    "wants fewer once": Fault(raises(Busy("429", retry_after_seconds=5), times=1), ITSELF),
    "refuses our account": Fault(raises(AccountFault("suspended")), BACKUP, tells_operators=True),
    "refuses our number there": Fault(raises(AccountFault("21408", for_everybody=False)), BACKUP, tells_operators=True),
    "wants plain words": Fault(wants_plain_words, ITSELF),
    "takes no words of ours": Fault(raises(ContentFault("spam")), BACKUP),
    "declines": Fault(raises(Declined("greylisted")), BACKUP),
    "declines once": Fault(raises(Declined("greylisted"), times=1), ITSELF),
    "refuses the contact": Fault(raises(Refused("no such number")), NEXT),
    "raises what it must not": Fault(raises(RuntimeError("a fault of its own")), BACKUP),
    "raises what it must not, once": Fault(raises(RuntimeError("a fault of its own"), times=1), ITSELF),
    "takes it and delivers nothing": Fault(takes(arrives_after=None), NEXT),
    "takes it, delivers nothing, cannot be asked": Fault(takes(arrives_after=None, tells=False), NEXT),
    "delivers, and never says so": Fault(takes(tells=False), ITSELF),
    "delivers after four minutes": Fault(takes((241, DELIVERED), arrives_after=240), NEXT),
    "delivers twice": Fault(delivers_twice, ITSELF),
    "says at once that it reached nobody": Fault(says_so_at_once, NEXT),
    "says at once that the contact is dead": Fault(refuses_the_contact_at_once, NEXT),
    "says later that it reached nobody": Fault(takes((1, SENT), (20, NOT_REACHED), arrives_after=None), NEXT),
    "says later that the contact is dead": Fault(takes((3, REFUSED), arrives_after=None), NEXT),
    "says later that our account is refused": Fault(is_refused_by_the_carrier, NEXT, tells_operators=True),
    "reports ten minutes late": Fault(takes((600, DELIVERED)), ITSELF),
    "reports twice": Fault(takes((2, DELIVERED), (2, DELIVERED)), ITSELF),
    "reports out of order": Fault(takes((2, DELIVERED), (3, SENT), (4, RINGING)), ITSELF),
    "says it failed, after it said that it arrived": Fault(takes((2, DELIVERED), (5, NOT_REACHED)), ITSELF),
}

PLACES = {"alone": (True,), "first of two": (True, False), "both": (True, True)}

ITSELF_SECONDS, BACKUP_SECONDS, NEXT_LATE_SECONDS = 40, 40, 10
IN_THE_AIR_SECONDS = 5


def broken(scene: Scene, medium: Medium, fault: Fault, place: str) -> list[str]:
    """Say what did not hold."""
    carried_by = fault.carried_by
    if carried_by == BACKUP and place != "first of two":
        carried_by = NEXT
    limit = {ITSELF: ITSELF_SECONDS, BACKUP: BACKUP_SECONDS, NEXT: NEXT_SECONDS + NEXT_LATE_SECONDS}[carried_by]
    found = []
    for person, due in (("ana", 0), ("ben", STEP_SECONDS), ("eva", 2 * STEP_SECONDS)):
        first = scene.first(person)
        if first is None or not due <= first.at <= due + limit:
            found.append(f"{person} was to hear between {due} and {due + limit} s, and heard {first}")
        elif (first.medium is medium) is not (carried_by != NEXT):
            found.append(f"{person} was to hear by {carried_by}, and heard {first}")
    arrived = {one.id: [other.at for other in scene.heard if other.id == one.id] for one in scene.heard}
    found += [
        f"{name} arrived at {times}, and {scene.doubts[name]} attempts were in doubt"
        for name, times in arrived.items()
        if len(times) > 1 + scene.doubts[name]
    ]
    found += [
        f"after the answer: {one}"
        for one in scene.heard
        if one.purpose is Purpose.PAGE and one.asked > scene.answered_at + IN_THE_AIR_SECONDS
    ]
    if fault.tells_operators and not any(one.purpose is Purpose.ALARM for one in scene.heard):
        found.append("no operator was told")
    if scene.left_in_flight or scene.left_claimed:
        found.append(f"{scene.left_in_flight} in flight and {scene.left_claimed} claimed for ever")
    if scene.findings.first is not None:
        found.append(str(scene.findings.first))
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_a_provider_does_its_person_is_paged_all_the_same(name):
    """In each medium; where the provider is the only one, the first of two, or one of two that fail alike."""
    fault, wrong = FAULTS[name], []
    for medium, place in product(Medium, PLACES):
        scene = play(medium, fault.way, PLACES[place])
        wrong += [f"{medium.value}, {place}: {words}" for words in broken(scene, medium, fault, place)]
    figures.note("faults of a provider, by medium and place: promises broken", len(wrong), n=9, at_most=0)

    assert not wrong, "\n".join(wrong)


def test_the_scene_finds_who_is_not_paged():
    """A provider that fails where it is said to work is found, and so is one that works where nothing should come."""
    failing = play(Medium.SMS, FAULTS["answers 503"].way, PLACES["alone"])
    working = play(Medium.SMS, works, PLACES["alone"])

    assert any("was to hear" in one for one in broken(failing, Medium.SMS, Fault(works, ITSELF), "alone"))
    assert not broken(working, Medium.SMS, Fault(works, ITSELF), "alone")
    assert OTHER[Medium.SMS] in {one.medium for one in failing.heard}
