"""The patterns of time expressions in Dutch and English, and the parser of each."""

import re
from datetime import date

from . import time_parser as reading
from .plan import When
from .time_parser import DAYS, MONTH_NUMBERS, PARTS, Reader

_LONG_DAY = "|".join(day for day in DAYS if len(day) > 2)
_SHORT_DAY = "|".join(day for day in DAYS if len(day) == 2)
_PART = "|".join(PARTS)
_MONTH = "|".join(MONTH_NUMBERS)
_A_DAY = rf"(?:{_LONG_DAY})(?:s|en)?"
_A_PART = rf"(?:{_PART})(?:s|en)?"
_ATTACHED = rf"(?P<attached>{_PART})?"
_THEN_PART = rf"(?:[ -](?:in de |s )?(?P<part>{_A_PART}))?"
_WEEKDAY = rf"(?P<weekday>{_LONG_DAY}){_ATTACHED}(?:en|s)?{_THEN_PART}"
_NUMBERS = r"(?P<day>\d{1,2})[-/](?P<month>\d{1,2})"
_NO_AGE = r"(?! (?:jaar|jr|jarigen?|uur|maanden|weken|personen))"
_COMING = "komende|komend|aanstaande|eerstvolgende|as|a.s|coming|deze|this|volgende|next"
_OPEN = "(?:open|geopend)"
_ASKING = "(?:(?:wie|wat|is|zijn|er|het) )*"
#: Excludes names of special days, and days in the past.
_NO_NAME = "".join(
    f"(?<!{word} )"
    for word in [
        "goede",
        "witte",
        "blauwe",
        "blue",
        "black",
        "good",
        "giving",
        "afgelopen",
        "vorige",
        "last",
    ]
)


def _unless_range(match: re.Match[str], today: date) -> When | None:
    """Parse "23-11"; "4-12" and "8-10" are more likely ages than dates."""
    is_falling = int(match["day"]) > int(match["month"])
    return reading.named_date(match, today) if is_falling else None


#: In order of precedence: later patterns do not see earlier matches.
_WRITTEN: tuple[tuple[Reader, str], ...] = (
    (reading.named_date, r"(?:op )?(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    (reading.named_date, rf"(?:op )?{_NUMBERS}[-/](?P<year>\d{{4}}|\d{{2}})"),
    (reading.named_date, rf"(?:(?:op )?{_A_DAY}|op) {_NUMBERS}{_NO_AGE}"),
    # "24/7" means always.
    (_unless_range, rf"(?!24[-/]7(?!\S)){_NUMBERS}{_NO_AGE}"),
    (
        reading.named_date,
        rf"(?:op )?(?:{_A_DAY} )?(?P<day>\d{{1,2}})(?:e|de|ste|st|nd|rd|th)? (?:of )?"
        rf"(?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?{_THEN_PART}",
    ),
    (
        reading.named_date,
        rf"(?:on )?(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: (?P<year>\d{{4}}))?",
    ),
    (
        reading.week,
        rf"(?:op )?(?P<weekday>{_LONG_DAY}){_ATTACHED} (?P<which>deze|volgende|this|next) we+k",
    ),
    (
        reading.week,
        rf"(?:in de )?(?P<which>deze|volgende|this|next) we+k(?: (?:op )?{_WEEKDAY})?",
    ),
    (reading.coming_week, r"(?:de )?(?:komende|coming) we+k"),
    (
        reading.week,
        r"(?:in )?(?:het )?(?P<which>dit|komende?|aanstaande?|volgende?|this|next|coming) "
        r"(?P<weekend>weekend|weekeinde)",
    ),
    (reading.coming_day, rf"(?:op )?(?P<which>{_COMING}) {_WEEKDAY}"),
    (reading.days_ahead, rf"(?P<day>vandaag|today){_THEN_PART}"),
    (reading.days_ahead, r"(?P<day>van)(?P<part>ochtend|morgen|middag|avond)"),
    (reading.days_ahead, r"(?P<day>van) (?P<part>ochtend|middag|avond)"),
    (reading.days_ahead, r"(?P<day>to)(?P<part>night)"),
    (reading.days_ahead, r"(?P<day>this) (?P<part>morning|afternoon|evening)"),
    (
        reading.days_ahead,
        r"(?<!goede )(?<!goeie )(?<!de )(?<!s )"
        rf"(?P<day>overmorgen|morgen|tomorrow){_ATTACHED}{_THEN_PART}",
    ),
    (
        reading.day_range,
        rf"(?:van )?(?P<first>{_LONG_DAY}|{_SHORT_DAY}) ?(?:t/m|tm|tot en met|tot|-) ?"
        rf"(?P<last>{_LONG_DAY}|{_SHORT_DAY})",
    ),
    (reading.weekday, rf"{_NO_NAME}(?:(?:op|elke|iedere|alle|on|every|s) )*(?:de )?{_WEEKDAY}"),
    # Two letters are a day only where a part of the day follows.
    (reading.weekday, rf"(?:op )?(?P<weekday>{_SHORT_DAY})[ -]?(?P<part>ochtend|middag|avond)"),
    (reading.weekend, r"(?:in )?(?:het |de |the )?(?:weekend|weekenden|weekends|weekeinden?)"),
    (
        reading.working_days,
        r"doordeweeks|doordeweekse(?: dag(?:en)?)?|door de week(?:se)?|"
        r"(?:op )?(?:werkdagen|weekdagen|weekdays)",
    ),
    (reading.daytime, r"overdag|(?:during|in) the day(?:time)?"),
    (reading.part_of_day, rf"s (?P<part>(?:{_PART})s)"),
    (reading.part_of_day, rf"(?:in|on) (?:de|the) (?P<part>{_PART})(?:uren)?"),
    (reading.part_of_day, r"(?P<part>(?:ochtend|middag|avond|morning|afternoon|evening)s)"),
    # Alone only at the end of the text: "avond" is part of many names.
    (
        reading.part_of_day,
        r"(?<!een )(?<!de )(?<!the )(?<!a )(?P<part>ochtend|middag|avond|evening|afternoon)$",
    ),
    (
        reading.now,
        rf"{_ASKING}nu (?:(?:is|zijn|er|iets|nog|ook|al) )*{_OPEN}|{_ASKING}{_OPEN} (?:is )?nu|"
        r"(?:is |zijn )?open now|now open",
    ),
    # Within a sentence "nu" does not mean "open now".
    (reading.now, r"^(?:nu|now)$|(?<!wat )(?<!en )(?<=\S )nu$"),
)

PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"(?<!\S)(?:{written})(?!\S)"), reader) for reader, written in _WRITTEN
)
