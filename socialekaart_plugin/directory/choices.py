"""The fixed lists a record chooses from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    VOLUNTEER = "volunteer", _("volunteer organisation")
    INITIATIVE = "initiative", _("neighbourhood initiative")
    CLUB = "club", _("club or society")
    PROFESSIONAL = "professional", _("professional organisation")
    MUNICIPALITY = "municipality", _("municipality")
    OTHER = "other", _("something else")


class ContactKind(models.TextChoices):
    """What sort of contact fact it is."""

    PHONE = "phone", _("telephone")
    MAIL = "mail", _("email")
    WEBSITE = "website", _("website")
    SOCIAL = "social", _("social medium")
    PERSON = "person", _("contact person")


class VerificationChannel(models.TextChoices):
    """How it was found that a record is right."""

    SELF = "self", _("the organisation itself")
    PHONE = "phone", _("telephone")
    MAIL = "mail", _("email")
    VISIT = "visit", _("visit")


class ActivityForm(models.TextChoices):
    """How one takes part in an activity."""

    PLACE = "place", _("at a place")
    HOME = "home", _("at people's homes")
    PHONE = "phone", _("by telephone")
    ONLINE = "online", _("online")


class WithoutTimes(models.TextChoices):
    """What is known of when an activity is, where no times are given."""

    NOT_KNOWN = "", _("not known")
    BY_APPOINTMENT = "by_appointment", _("by appointment")
    ALWAYS = "always", _("always, day and night")


class Cost(models.TextChoices):
    """What it costs to take part."""

    FREE = "free", _("free")
    FIXED = "fixed", _("a fixed price")
    BY_INCOME = "by_income", _("by income")
    OTHER = "other", _("otherwise, see the note")


class Registration(models.TextChoices):
    """How one registers."""

    NOT_NEEDED = "not_needed", _("not needed, just come")
    PHONE = "phone", _("by telephone")
    MAIL = "mail", _("by email")
    LINK = "link", _("on a web page")


class Referral(models.TextChoices):
    """Whether someone must be sent by a professional."""

    NOT_NEEDED = "not_needed", _("not needed")
    NEEDED = "needed", _("needed")


class Capacity(models.TextChoices):
    """Whether there is room."""

    OPEN = "open", _("there is room")
    WAITING_LIST = "waiting_list", _("there is a waiting list")
    FULL = "full", _("full")


class NoticeKind(models.TextChoices):
    """What a temporary notice tells."""

    CLOSED = "closed", _("temporarily closed")
    CHANGED = "changed", _("temporarily different")


class TranslationState(models.TextChoices):
    """How far a translation can be trusted."""

    MACHINE = "machine", _("made by a machine")
    CHECKED = "checked", _("checked by a person")


class Language(models.TextChoices):
    """Languages people speak in a Dutch town (ISO 639-1, or -3 where there is no shorter code)."""

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
    """How far a record is on its way to the public."""

    DRAFT = "draft", _("draft")
    IN_MODERATION = "in_moderation", _("waiting for approval")
    SENT_BACK = "sent_back", _("sent back")
    LIVE = "live", _("public")
    PENDING = "pending", _("public, with a change to come")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Freshness(models.TextChoices):
    """How sure it is that a record is still right."""

    FRESH = "fresh", _("recently verified")
    DUE = "due", _("to be verified again")
    MARKED = "marked", _("marked as not recently verified")
    NEVER = "never", _("never verified")


class Gap(models.TextChoices):
    """What a record may miss; the queries are in `querysets.RecordQuerySet`."""

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
    """What someone should do next with a record, the most urgent first."""

    MEND = "mend", _("Mend and submit again")
    VERIFY = "verify", _("Ask whether it is still right")
    FINISH = "finish", _("Finish and submit")
    COMPLETE = "complete", _("Complete")
    WAIT = "wait", _("Wait for approval")
    NOTHING = "nothing", _("Nothing to do")
