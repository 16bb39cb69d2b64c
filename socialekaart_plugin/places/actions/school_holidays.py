"""Import the school holidays of regions from a list, and log the changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from socialekaart_plugin.places.holiday_files import HolidayFileError
from socialekaart_plugin.places.models import Place, SchoolHoliday
from socialekaart_plugin.timetable.calendars import Calendar, Period
from socialekaart_plugin.timetable.public_holidays import Region


@dataclass
class HolidayChanges:
    """The changes to the school holidays of one region."""

    region: Region
    added: list[Period] = field(default_factory=list)
    removed: list[Period] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def load_school_holidays(
    *, calendars: Mapping[Region, Calendar], user: AbstractBaseUser | None = None
) -> list[HolidayChanges]:
    """Replace the school holidays of each region, from the first date of its list.

    Earlier holidays are kept. Regions that are not in the list are not changed. Idempotent.

    Args:
        calendars: result of `holiday_files.read_holiday_file`.
        user: the user who imports; None for a management command.

    Returns:
        The changes per region.

    Raises:
        HolidayFileError: a holiday is invalid, for example because its name is too long.
    """
    # Take the lock: two imports at once would keep each other's old rows.
    Place.wait_for_turn()
    return [_load_region(region, calendar, user) for region, calendar in calendars.items()]


def _load_region(
    region: Region, calendar: Calendar, user: AbstractBaseUser | None
) -> HolidayChanges:
    changes = HolidayChanges(region)
    wanted = set(calendar.periods)
    first = calendar.periods[0].first
    rows = SchoolHoliday.objects.filter(region=region, ends_on__gte=first)
    for row in rows:
        if row.period in wanted:
            wanted.remove(row.period)
            changes.unchanged += 1
        else:
            changes.removed.append(row.period)
            row.delete()
    for period in sorted(wanted):
        _add(region, period)
        changes.added.append(period)
    if changes.added or changes.removed:
        log(
            instance=SchoolHoliday.objects.filter(region=region, starts_on__gte=first).first(),
            action="socialekaart.load_school_holidays",
            user=user,
            data={
                "region": region.value,
                "from": first.isoformat(),
                "added": len(changes.added),
                "removed": len(changes.removed),
            },
        )
    return changes


def _add(region: Region, period: Period) -> None:
    row = SchoolHoliday(
        region=region.value, name=period.name, starts_on=period.first, ends_on=period.last
    )
    try:
        row.full_clean()
    except ValidationError as error:
        raise HolidayFileError(f"{period.name}: {' '.join(error.messages)}") from error
    row.save()
