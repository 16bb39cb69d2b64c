import pytest

from socialekaart_plugin.foundation.audiences import OUTSIDE, Audience, may_see


@pytest.mark.parametrize(
    ("reader", "fact", "answer"),
    [
        (Audience.PUBLIC, Audience.PUBLIC, True),
        (Audience.PUBLIC, Audience.REFERRER, False),
        (Audience.PUBLIC, Audience.INTERNAL, False),
        (Audience.REFERRER, Audience.PUBLIC, True),
        (Audience.REFERRER, Audience.REFERRER, True),
        (Audience.REFERRER, Audience.INTERNAL, False),
    ],
)
def test_who_may_see_what(reader, fact, answer):
    assert may_see(reader, fact) is answer


@pytest.mark.parametrize("reader", OUTSIDE)
@pytest.mark.parametrize("fact", ["", "everyone", "PUBLIC", "public "])
def test_a_fact_with_an_unknown_audience_is_seen_by_nobody_outside(reader, fact):
    assert not may_see(reader, fact)


def test_nothing_leaves_for_colleagues():
    assert Audience.INTERNAL not in OUTSIDE
    with pytest.raises(KeyError):
        may_see(Audience.INTERNAL, Audience.PUBLIC)
