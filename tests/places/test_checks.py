import pytest
from django.core.checks import run_checks


def found():
    return [m.id for m in run_checks() if str(m.id).startswith("socialekaart.")]


@pytest.mark.parametrize("value", ["noord", "midden", "zuid", ""])
def test_a_region_of_the_ministry_is_fine(settings, value):
    settings.SOCIALEKAART_SCHOOL_REGION = value
    assert found() == []


def test_another_region_is_an_error(settings):
    settings.SOCIALEKAART_SCHOOL_REGION = "Midden"
    assert found() == ["socialekaart.E007"]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nergens",
        "nergens.Geocoder",
        "socialekaart_plugin.places.geocoding.Candidate",
        "socialekaart_plugin.places.geocoding.get_geocoder",
    ],
)
def test_a_geocoder_that_is_none_is_an_error(settings, value):
    settings.SOCIALEKAART_GEOCODER = value
    assert found() == ["socialekaart.E008"]


@pytest.mark.parametrize(
    "content",
    [None, "{", "[]", '{"type": "Point", "coordinates": [4, 52]}', b"\xff\xfe"],
)
def test_an_outline_that_cannot_be_used_is_an_error(settings, tmp_path, content):
    path = tmp_path / "land.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    settings.SOCIALEKAART_LAND_OUTLINE = str(path)
    assert found() == ["socialekaart.E009"]
