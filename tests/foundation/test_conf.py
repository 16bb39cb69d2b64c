import pytest

from socialekaart_plugin.foundation.conf import SETTINGS, conf


@pytest.fixture
def site_without_settings(settings):
    """A site that says nothing."""
    for setting in SETTINGS:
        if hasattr(settings, setting.full_name):
            delattr(settings, setting.full_name)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_has_its_default_when_the_site_says_nothing(site_without_settings, setting):
    assert getattr(conf, setting.name) == setting.default


def test_a_site_overrides_a_setting_by_its_full_name(settings):
    settings.SOCIALEKAART_PAGE_SIZE = 5
    assert conf.PAGE_SIZE == 5


def test_a_name_that_is_no_setting_is_an_error_that_names_it(settings):
    settings.SOCIALEKAART_COLOUR = "green"
    with pytest.raises(AttributeError, match="COLOUR"):
        _ = conf.COLOUR


def test_every_setting_has_one_name_and_a_meaning():
    names = [setting.name for setting in SETTINGS]
    assert len(set(names)) == len(names)
    assert all(str(setting.meaning).endswith(".") for setting in SETTINGS)
