"""Timetable errors, with a code that forms translate into a message."""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Why a rule, schedule or calendar is invalid; see docs/reference/timetable.md."""

    END_NOT_AFTER_START = "end_not_after_start"
    OVERNIGHT_TOO_LONG = "overnight_too_long"
    TIME_NOT_IN_MINUTES = "time_not_in_minutes"
    SLOTS_OVERLAP = "slots_overlap"
    WEEKDAY_MISSING = "weekday_missing"
    WEEK_OF_MONTH_INVALID = "week_of_month_invalid"
    DAY_OF_MONTH_INVALID = "day_of_month_invalid"
    INTERVAL_INVALID = "interval_invalid"
    ANCHOR_MISSING = "anchor_missing"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    UNTIL_BEFORE_FROM = "until_before_from"
    NEVER_HAPPENS = "never_happens"
    NO_RULES = "no_rules"
    PERIOD_ENDS_BEFORE_IT_STARTS = "period_ends_before_it_starts"
    PERIODS_OVERLAP = "periods_overlap"
    UNKNOWN_REGION = "unknown_region"
    MALFORMED = "malformed"
    MISSING = "missing"


class TimetableError(ValueError):
    """An invalid timetable; the message is for developers and logs.

    Attributes:
        code: the error code, which forms translate.
        values: parameters for the translated message, such as the row or part.
    """

    def __init__(self, code: ErrorCode, message: str, **values: object) -> None:
        """Store code, message and values."""
        super().__init__(message)
        self.code = code
        self.values = values
