"""Form validation of telephone numbers: normalises them, or explains what is wrong."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .conf import conf
from .telephone import Fault, NoTelephoneNumber, read_telephone


def clean_telephone(value: str) -> str:
    """Return the formatted telephone number, with every digit that was typed.

    Raises:
        ValidationError: it is invalid; the message explains what to do.
    """
    try:
        return read_telephone(value, conf.PHONE_REGION).text
    except NoTelephoneNumber as error:
        raise ValidationError(fault_in_words(error.fault), code=error.fault) from error


def fault_in_words(fault: Fault) -> str:
    """Return the error message for a reason, with what to do."""
    match fault:
        case "words":
            return _(
                "This is no telephone number. Write it like 079 123 45 67, or 079 123 45 67 tst. "
                "12. Other words go in the note."
            )
        case "two":
            return _("These are two telephone numbers. Give each a line of its own.")
        case "start":
            return _(
                "The beginning of this telephone number is missing. Write it with the area code, "
                "like 079 123 45 67, or with + and the code of the country."
            )
        case "short":
            return _(
                "This telephone number has too few digits. Look it up, and write it like "
                "079 123 45 67."
            )
        case "long":
            return _(
                "This telephone number has too many digits. Look it up, and write it like "
                "079 123 45 67."
            )
        case "unknown":
            return _("There are no telephone numbers like this. Look whether a digit is wrong.")
