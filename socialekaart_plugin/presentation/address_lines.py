"""The address of a place, as lines of text."""

from socialekaart_plugin.publication.rules import Payload


def address_lines(place: Payload) -> list[str]:
    """Return street with number, then postcode with town; unknown parts are left out.

    Args:
        place: one of the `places` of a record.
    """
    town = " ".join(part for part in (place["postcode"], place["city"]) if part)
    return [line for line in (place["street_address"], town) if line]
