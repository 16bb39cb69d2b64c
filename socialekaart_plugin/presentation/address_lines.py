"""Where a place is, as lines of an address."""

from socialekaart_plugin.publication.rules import Payload


def address_lines(place: Payload) -> list[str]:
    """Return the street with number, then the postcode and the town; what is not known is left out.

    Args:
        place: one of the `places` of a record.
    """
    town = " ".join(part for part in (place["postcode"], place["city"]) if part)
    return [line for line in (place["street_address"], town) if line]
