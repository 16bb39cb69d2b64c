"""Choices for places: kinds of area, accessibility facts, and visitors who depend on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """The levels of the Dutch division into areas (CBS: gemeente, wijk, buurt)."""

    MUNICIPALITY = "municipality", _("municipality")
    DISTRICT = "district", _("district")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")


#: A point belongs to the narrowest area that contains it.
WIDE_TO_NARROW = (AreaKind.MUNICIPALITY, AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD)


class VisitorProfile(models.TextChoices):
    """A group of visitors with the same accessibility needs."""

    WHEELS = "wheels", _("with a wheelchair, walker or pram")
    SIGHT = "sight", _("who sees badly or not at all")
    HEARING = "hearing", _("who hears badly or not at all")
    STIMULI = "stimuli", _("who is soon overwhelmed or confused")


class AccessibilityFact(models.TextChoices):
    """An accessibility fact of a building or activity: yes, no or unknown."""

    STEP_FREE_ENTRANCE = "step_free_entrance", _("entrance without steps")
    WIDE_DOORS = "wide_doors", _("doors of at least 85 cm")
    LIFT_OR_GROUND_FLOOR = "lift_or_ground_floor", _("on the ground floor, or a lift")
    ACCESSIBLE_TOILET = "accessible_toilet", _("toilet for wheelchair users")
    DISABLED_PARKING = "disabled_parking", _("parking for disabled people nearby")
    ASSISTANCE_DOGS = "assistance_dogs", _("assistance dogs are welcome")
    GUIDE_LINES = "guide_lines", _("guide lines or clear contrasts")
    INDUCTION_LOOP = "induction_loop", _("induction loop for hearing aids")
    SIGN_INTERPRETER = "sign_interpreter", _("a sign language interpreter is possible")
    QUIET_ROOM = "quiet_room", _("a quiet room to withdraw to")
    COMPANION_WELCOME = "companion_welcome", _("someone may come along to help")


#: The facts each profile requires; all others are only nice to have.
ESSENTIAL_FOR: dict[VisitorProfile, tuple[AccessibilityFact, ...]] = {
    VisitorProfile.WHEELS: (
        AccessibilityFact.STEP_FREE_ENTRANCE,
        AccessibilityFact.WIDE_DOORS,
        AccessibilityFact.LIFT_OR_GROUND_FLOOR,
        AccessibilityFact.ACCESSIBLE_TOILET,
    ),
    VisitorProfile.SIGHT: (AccessibilityFact.ASSISTANCE_DOGS, AccessibilityFact.GUIDE_LINES),
    VisitorProfile.HEARING: (AccessibilityFact.INDUCTION_LOOP,),
    VisitorProfile.STIMULI: (AccessibilityFact.QUIET_ROOM, AccessibilityFact.COMPANION_WELCOME),
}
