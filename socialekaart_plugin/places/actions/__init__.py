"""Operations that change the database: create places, load areas and load school holidays."""

from .areas import AreaChange, LoadReport, find_areas_anew, load_areas
from .places import create_place
from .school_holidays import HolidayChanges, load_school_holidays

__all__ = [
    "AreaChange",
    "HolidayChanges",
    "LoadReport",
    "create_place",
    "find_areas_anew",
    "load_areas",
    "load_school_holidays",
]
