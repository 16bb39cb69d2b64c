import pytest
from django.utils.translation import override

from socialekaart_plugin.presentation.distances import distance_text


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "50 m"),
        (830, "850 m"),
        (974, "950 m"),
        (980, "1 km"),
        (1234, "1.2 km"),
        (25_000, "25 km"),
    ],
)
def test_a_distance_is_told_as_one_says_it(metres, text):
    with override("en"):
        assert distance_text(metres) == text
