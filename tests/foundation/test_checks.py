import pytest
from django.core.checks import run_checks

from socialekaart_plugin.foundation import checks
from socialekaart_plugin.foundation.conf import SETTINGS


def found():
    """The ids of what our checks report, run as `manage.py check` runs them."""
    return [m.id for m in run_checks() if str(m.id).startswith("socialekaart.")]


def test_the_checks_are_silent_when_all_is_right():
    assert found() == []


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_default_passes_the_checks_of_its_own_setting(settings, setting):
    setattr(settings, setting.full_name, setting.default)
    assert found() == []


@pytest.mark.parametrize("options", [{}, {"transaction_mode": "DEFERRED"}])
def test_sqlite_that_does_not_begin_transactions_as_a_writer_is_reported(settings, options):
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}}
    assert [message.id for message in checks.check_sqlite_transactions(None)] == [
        "socialekaart.W023"
    ]


@pytest.mark.parametrize(
    "database",
    [
        {
            "ENGINE": "django.db.backends.sqlite3",
            "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        },
        {"ENGINE": "django.db.backends.postgresql"},
    ],
)
def test_another_database_is_no_reason_for_a_warning(settings, database):
    settings.DATABASES = {"default": database}
    assert checks.check_sqlite_transactions(None) == []


def test_a_setting_that_is_misspelt_is_reported_with_the_known_names(settings):
    settings.SOCIALEKAART_PAGESIZE = 10
    (message,) = checks.check_setting_names(None)
    assert message.id == "socialekaart.W001"
    assert "SOCIALEKAART_PAGESIZE" in message.msg
    assert "SOCIALEKAART_PAGE_SIZE" in message.hint


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAGE_SIZE", "20"),
        ("PAGE_SIZE", True),
        ("PAGE_SIZE", 20.0),
        ("PAGE_SIZE", None),
        ("PUBLIC_URL", 5),
        ("PUBLIC_URL", None),
        ("PUBLIC_RECORD_PATH", None),
        ("BASE_TEMPLATE", 5),
        ("BASE_TEMPLATE", None),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_that_names_the_setting(settings, name, value):
    setattr(settings, f"SOCIALEKAART_{name}", value)
    assert found() == ["socialekaart.E001"]


@pytest.mark.parametrize("value", [0, -1])
def test_a_number_below_one_is_an_error(settings, value):
    settings.SOCIALEKAART_PAGE_SIZE = value
    assert found() == ["socialekaart.E002"]


@pytest.mark.parametrize("value", ["example.nl", "//example.nl", "ftp://example.nl"])
def test_a_public_address_without_scheme_of_the_web_is_an_error(settings, value):
    settings.SOCIALEKAART_PUBLIC_URL = value
    assert found() == ["socialekaart.E003"]


def test_a_public_address_with_a_final_slash_is_an_error(settings):
    settings.SOCIALEKAART_PUBLIC_URL = "https://example.nl/"
    assert found() == ["socialekaart.E003"]


@pytest.mark.parametrize("value", ["https://example.nl", "http://localhost:3000", ""])
def test_a_good_public_address_is_no_error(settings, value):
    settings.SOCIALEKAART_PUBLIC_URL = value
    assert found() == []


@pytest.mark.parametrize(
    "value", ["/{name}/", "/{0}/", "/{}/", "/{slug", "/{slug.x}/", "/{slug[x]}/"]
)
def test_a_path_with_something_else_to_fill_in_is_an_error(settings, value):
    settings.SOCIALEKAART_PUBLIC_RECORD_PATH = value
    assert found() == ["socialekaart.E004"]


def test_an_app_that_is_not_installed_is_an_error_that_names_it(monkeypatch):
    monkeypatch.setattr(checks, "REQUIRED_APPS", ("taggit", "django.contrib.flatpages"))
    (message,) = checks.check_required_apps(None)
    assert message.id == "socialekaart.E005"
    assert "django.contrib.flatpages" in message.msg


def test_a_base_template_that_does_not_exist_is_an_error_that_names_it(settings):
    settings.SOCIALEKAART_BASE_TEMPLATE = "nergens.html"
    (message,) = checks.check_base_template(None)
    assert message.id == "socialekaart.E006"
    assert "nergens.html" in message.msg


CAREFUL = {
    "socialekaart.W030": {
        "WAGTAILSEARCH_BACKENDS": {"default": {"BACKEND": "wagtail.search.backends.database"}}
    },
    "socialekaart.W031": {"WAGTAILADMIN_RICH_TEXT_EDITORS": {}},
    "socialekaart.W032": {"WAGTAILIMAGES_IMAGE_FORM_BASE": ""},
}


@pytest.mark.parametrize("number", CAREFUL)
def test_what_makes_odd_input_an_error_is_reported(settings, number):
    assert checks.check_careful_settings(None) == []
    for name, value in CAREFUL[number].items():
        setattr(settings, name, value)
    assert [message.id for message in checks.check_careful_settings(None)] == [number]
