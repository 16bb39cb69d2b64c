"""Models: `Place` (a building or spot), `Area` (a part of the town) and `SchoolHoliday`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry
from wagtail.search import index

from socialekaart_plugin.foundation.announced_model import AnnouncedModel
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.foundation.identity import IdentifiedModel
from socialekaart_plugin.timetable.calendars import Period
from socialekaart_plugin.timetable.public_holidays import Region

from . import rules, signals
from .choices import WIDE_TO_NARROW, AreaKind
from .fields import AccessibilityField, OpeningHoursField
from .land import is_on_land
from .querysets import AreaQuerySet, PlaceQuerySet

_OUTLINE_ERRORS = {
    "kind": _("The outline must be a polygon or several polygons (GeoJSON)."),
    "projection": _(
        "The outline is not in degrees. Convert the file to WGS84 (EPSG:4326) first; Dutch files "
        "are often in RD (EPSG:28992)."
    ),
    "broken": _("The outline is broken: it crosses itself, is not closed, or has too few points."),
}


def outline_error(reason: str) -> str:
    """Return the error message for a reason from `rules.read_outline`."""
    return str(_OUTLINE_ERRORS[reason])


_POINT_ERRORS = {
    "not a point": _("This is no point on the map. Choose one on the map."),
    "outside the globe": _(
        "There is no such point on earth. Write latitude and longitude in degrees, for example "
        "52.0575,4.4931."
    ),
    "in the sea": _(
        "This point lies in the sea. Drag the pin to the right spot. Did you type the numbers? "
        "Then check their order: first latitude, then longitude, for example 52.0575,4.4931."
    ),
}


def point_error(reason: str) -> str:
    """Return the error message for an invalid point."""
    return str(_POINT_ERRORS[reason])


class Area(index.Indexed, AnnouncedModel, IdentifiedModel):
    """A municipality, a district (wijk) or a neighbourhood (buurt), with its outline."""

    save_started = signals.place_save_started
    saved = signals.place_saved
    delete_started = signals.place_delete_started
    deleted = signals.place_deleted

    kind = models.CharField(_("kind"), max_length=20, choices=AreaKind)
    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        help_text=_("The code of Statistics Netherlands (CBS), for example WK063700."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    outline = models.JSONField(
        _("outline"), help_text=_("Polygon or MultiPolygon (GeoJSON), in degrees (WGS84).")
    )
    west = models.FloatField(editable=False)
    south = models.FloatField(editable=False)
    east = models.FloatField(editable=False)
    north = models.FloatField(editable=False)

    objects = AreaQuerySet.as_manager()

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"

    @cached_property
    def polygon(self) -> BaseGeometry:
        """The outline as a shapely geometry (longitude, latitude in degrees)."""
        return rules.read_outline(self.outline)

    @property
    def rank(self) -> int:
        """The level of the area: 0 for a municipality, higher for narrower areas."""
        return WIDE_TO_NARROW.index(AreaKind(self.kind))

    def ancestors_and_self(self) -> list["Area"]:
        """Return the parents, widest first, then the area itself (one query per level)."""
        chain: list[Area] = []
        area: Area | None = self
        while area is not None and area not in chain:
            chain.insert(0, area)
            area = area.parent
        return chain

    def clean(self) -> None:
        """Reject an outline that is no polygon in degrees, and an area inside itself."""
        super().clean()
        try:
            rules.read_outline(self.outline)
        except ValueError as error:
            raise ValidationError({"outline": outline_error(str(error))}) from error
        if self.parent is not None and self in self.parent.ancestors_and_self():
            raise ValidationError({"parent": _("An area cannot be part of itself.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and compute the bounding box from the outline."""
        self.__dict__.pop("polygon", None)
        self.west, self.south, self.east, self.north = self.polygon.bounds
        super().save(*args, **kwargs)


class Place(index.Indexed, AnnouncedModel, IdentifiedModel):
    """A building or spot that many records can share."""

    save_started = signals.place_save_started
    saved = signals.place_saved
    delete_started = signals.place_delete_started
    deleted = signals.place_deleted

    street_address = models.CharField(
        _("street and number"), max_length=120, blank=True, help_text=_("Dorpsstraat 12")
    )
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    audience = models.CharField(
        _("who may see it"),
        max_length=10,
        choices=Audience,
        default=Audience.INTERNAL,
        help_text=_(
            "Choose “everyone” for a public building. Leave someone's home on “colleagues only”."
        ),
    )
    opening_hours = OpeningHoursField(
        _("opening hours"),
        help_text=_("When the building is open to walk in; not when something is held there."),
    )
    accessibility = AccessibilityField(_("accessibility"))
    accessibility_note = models.CharField(
        _("note on accessibility"),
        max_length=300,
        blank=True,
        help_text=_("For example: the entrance without steps is at the back."),
    )
    location = models.CharField(
        _("point on the map"),
        max_length=250,
        blank=True,
        help_text=_("Drag the pin to the entrance. The district follows from the point."),
    )
    latitude = models.FloatField(null=True, editable=False)
    longitude = models.FloatField(null=True, editable=False)
    area = models.ForeignKey(
        Area,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="places",
        verbose_name=_("area"),
    )

    objects = PlaceQuerySet.as_manager()

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("street_address"),
        index.SearchField("postcode"),
        index.AutocompleteField("name"),
        index.AutocompleteField("street_address"),
        index.FilterField("area"),
    ]

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]

    @property
    def address(self) -> str:
        """The address on one line, as on an envelope."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.street_address, town) if part)

    @property
    def district(self) -> str:
        """The name of the district (wijk), or of the wider area if there is no district."""
        area = self.area
        if area is not None and area.kind == AreaKind.NEIGHBOURHOOD and area.parent is not None:
            area = area.parent
        return area.name if area else ""

    def clean(self) -> None:
        """Normalise the postcode; reject an invalid point, or a point in the sea."""
        super().clean()
        self.postcode = rules.normalise_postcode(self.postcode)
        try:
            point = rules.parse_point(self.location)
        except ValueError as error:
            raise ValidationError({"location": point_error(str(error))}) from error
        if point is not None and not is_on_land(*point):
            raise ValidationError({"location": point_error("in the sea")})

    def take_area(self) -> bool:
        """Set latitude, longitude and area from the point; return whether the area changed."""
        point = rules.parse_point(self.location)
        self.latitude, self.longitude = point or (None, None)
        before = self.area_id
        self.area = Area.objects.narrowest_at(*point) if point else None
        return self.area_id != before

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the lock, then find the area of the point and save: areas can change too."""
        with transaction.atomic(using=kwargs.get("using")):
            self.wait_for_turn()
            self.take_area()
            super().save(*args, **kwargs)


class SchoolHoliday(models.Model):
    """A school holiday of one region, imported from a list."""

    region = models.CharField(
        _("region"), max_length=10, choices=[(region.value, region.value) for region in Region]
    )
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("up to and including"))

    class Meta:
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        ordering = ["region", "starts_on"]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on.year} ({self.region})"

    @property
    def period(self) -> Period:
        """Its first to last day, both inclusive."""
        return Period(self.starts_on, self.ends_on, self.name)
