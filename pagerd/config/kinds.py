"""The kinds of single values that the files use, each with the name that the reference gives it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.config import matchers, times, values, words
from pagerd.config.reader import list_of, scalar
from pagerd.core.alerts.matching import Matcher, Operator
from pagerd.core.oncall.schedule import Turn, Unit, Window
from pagerd.core.paging.standing import Rate
from pagerd.core.people import Medium, Night, NotificationRule
from pagerd.core.plan import BusinessHours, OnViolation

TEXT = scalar("text", "", values.text)
NAME = scalar("name", "", values.name)
NAMES = list_of(NAME, least=1, most=100)
SERVICE = scalar("service name", "", values.service)
LABEL = scalar("label name", "", values.label)
LABEL_VALUE = scalar("label value", "", values.text)
BOOLEAN = scalar("true or false", False, values.boolean, {"enum": [True, False]})  # the blank of the kind, not a flag
INTEGER = scalar("whole number", 0, values.integer, {"type": "integer", "minimum": 0})
DURATION = scalar("duration", timedelta(minutes=1), times.duration)
KEPT = scalar("days or forever", None, times.kept)
CLOCK = scalar("time of day", time(12), times.clock)
CLOCK_OR_NEVER = scalar("time of day or never", None, times.clock_or_never)
TURN = scalar("length of a turn", Turn(1, Unit.WEEKS), times.turn)
WALL_TIME = scalar("wall time", datetime(2000, 1, 1), times.wall_time)  # noqa: DTZ001  # naive on purpose: wall clock of a zone
MOMENT = scalar("wall time or date", times.Moment(datetime(2000, 1, 1), is_day=True), times.moment)  # noqa: DTZ001  # as above
WINDOW = scalar("window", Window(frozenset(range(7))), times.window)
NIGHT = scalar("hours of the day", Night(), times.night)
BUSINESS_HOURS = scalar(
    "weekdays and hours", BusinessHours(frozenset(range(5)), time(9), time(17)), times.business_hours
)
DAILY_HOUR = scalar("time of day or none", values.DailyHour(time(9)), times.daily_hour)
ZONE = scalar("time zone", ZoneInfo("UTC"), times.zone)
PHONE = scalar("phone number", "", values.phone)
EMAIL = scalar("mail address", "", values.email)
MATCHER = scalar("matcher", Matcher("", Operator.EQUAL, ""), matchers.matcher)
ON_VIOLATION = scalar("page | page after DURATION | ticket", OnViolation(page=True), words.on_violation)
NOTIFICATION_RULE = scalar("medium, or delay and medium", NotificationRule(Medium.SMS), words.notification_rule)
RATE = scalar("rate", Rate(1, timedelta(seconds=1)), values.rate)
URL = scalar("URL", "", values.url)
ADDRESS = scalar("host:port", values.Address("", 0), values.address)
SECRET_FILE = scalar("path or credential:NAME", "", values.secret_file)
PATH = scalar("path", "", values.path)
