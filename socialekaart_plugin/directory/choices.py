"""All fixed choices of a record, such as kinds, languages, statuses and gaps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """The kind of organisation."""

    VOLUNTEER = "volunteer", _("volunteer organisation")
    INITIATIVE = "initiative", _("neighbourhood initiative")
    CLUB = "club", _("club or society")
    PROFESSIONAL = "professional", _("professional organisation")
    MUNICIPALITY = "municipality", _("municipality")
    OTHER = "other", _("something else")


class ContactKind(models.TextChoices):
    """The kind of contact fact."""

    PHONE = "phone", _("telephone")
    MAIL = "mail", _("email")
    WEBSITE = "website", _("website")
    SOCIAL = "social", _("social medium")
    PERSON = "person", _("contact person")


class VerificationChannel(models.TextChoices):
    """How a record was verified."""

    SELF = "self", _("the organisation itself")
    PHONE = "phone", _("telephone")
    MAIL = "mail", _("email")
    VISIT = "visit", _("visit")


class ActivityForm(models.TextChoices):
    """How people take part in an activity."""

    PLACE = "place", _("at a place")
    HOME = "home", _("at people's homes")
    PHONE = "phone", _("by telephone")
    ONLINE = "online", _("online")


class WithoutTimes(models.TextChoices):
    """What is known about the times of an activity without a schedule."""

    NOT_KNOWN = "", _("not known")
    BY_APPOINTMENT = "by_appointment", _("by appointment")
    ALWAYS = "always", _("always, day and night")


class Cost(models.TextChoices):
    """What taking part costs."""

    FREE = "free", _("free")
    FIXED = "fixed", _("a fixed price")
    BY_INCOME = "by_income", _("by income")
    OTHER = "other", _("otherwise, see the note")


class Registration(models.TextChoices):
    """How people register."""

    NOT_NEEDED = "not_needed", _("not needed, just come")
    PHONE = "phone", _("by telephone")
    MAIL = "mail", _("by email")
    LINK = "link", _("on a web page")


class Referral(models.TextChoices):
    """Whether people need a referral from a professional."""

    NOT_NEEDED = "not_needed", _("not needed")
    NEEDED = "needed", _("needed")


class Capacity(models.TextChoices):
    """Whether there are free places."""

    OPEN = "open", _("there is room")
    WAITING_LIST = "waiting_list", _("there is a waiting list")
    FULL = "full", _("full")


class NoticeKind(models.TextChoices):
    """The kind of temporary notice."""

    CLOSED = "closed", _("temporarily closed")
    CHANGED = "changed", _("temporarily different")


class TranslationState(models.TextChoices):
    """How reliable a translation is."""

    MACHINE = "machine", _("made by a machine")
    CHECKED = "checked", _("checked by a person")


class Language(models.TextChoices):
    """Languages spoken in Dutch towns (ISO 639-1, or -3 where there is no two-letter code)."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    TURKISH = "tr", _("Turkish")
    POLISH = "pl", _("Polish")
    UKRAINIAN = "uk", _("Ukrainian")
    RUSSIAN = "ru", _("Russian")
    BULGARIAN = "bg", _("Bulgarian")
    ROMANIAN = "ro", _("Romanian")
    TIGRINYA = "ti", _("Tigrinya")
    SOMALI = "so", _("Somali")
    FARSI = "fa", _("Farsi")
    DARI = "prs", _("Dari")
    PASHTO = "ps", _("Pashto")
    KURDISH = "ku", _("Kurdish")
    BERBER = "ber", _("Berber")
    HINDI = "hi", _("Hindi")
    URDU = "ur", _("Urdu")
    CHINESE = "zh", _("Chinese")
    VIETNAMESE = "vi", _("Vietnamese")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    SPANISH = "es", _("Spanish")
    PORTUGUESE = "pt", _("Portuguese")
    ITALIAN = "it", _("Italian")
    PAPIAMENTO = "pap", _("Papiamento")
    SRANAN = "srn", _("Sranan Tongo")
    DUTCH_SIGN_LANGUAGE = "dse", _("Dutch Sign Language")


class RecordState(models.TextChoices):
    """The publication state of a record."""

    DRAFT = "draft", _("draft")
    IN_MODERATION = "in_moderation", _("waiting for approval")
    SENT_BACK = "sent_back", _("sent back")
    LIVE = "live", _("public")
    PENDING = "pending", _("public, with a change to come")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Freshness(models.TextChoices):
    """How recently a record was verified."""

    FRESH = "fresh", _("recently verified")
    DUE = "due", _("to be verified again")
    MARKED = "marked", _("marked as not recently verified")
    NEVER = "never", _("never verified")


class Gap(models.TextChoices):
    """Something that a record may lack; the queries are in `querysets.RecordQuerySet`."""

    SUMMARY = "summary", _("summary")
    THEME = "theme", _("theme")
    CONTACT = "contact", _("contact detail for everyone")
    PHONE = "phone", _("telephone number that can be called")
    PLACE = "place", _("place")
    TIMES = "times", _("times")
    TARGET_GROUP = "target_group", _("target group")
    VERIFICATION = "verification", _("verification")
    STEWARD = "steward", _("steward")


class NextStep(models.TextChoices):
    """The next step for a colleague on a record, most urgent first."""

    MEND = "mend", _("Mend and submit again")
    VERIFY = "verify", _("Ask whether it is still right")
    FINISH = "finish", _("Finish and submit")
    COMPLETE = "complete", _("Complete")
    WAIT = "wait", _("Wait for approval")
    NOTHING = "nothing", _("Nothing to do")
