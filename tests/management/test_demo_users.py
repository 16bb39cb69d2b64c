from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from socialekaart_plugin.management.commands import load_demo_directory
from socialekaart_plugin.management.demo_users import USERS, create_demo_users


@pytest.fixture(autouse=True)
def no_directory(team, monkeypatch):
    """Only the users: the directory takes long."""
    monkeypatch.setattr(load_demo_directory, "load_demo_directory", lambda **_given: {})


def load(*words):
    printed = StringIO()
    call_command("load_demo_directory", "--with-users", *words, stdout=printed)
    return printed.getvalue()


def users():
    return get_user_model().objects.filter(username__in=USERS)


def test_without_a_file_each_gets_a_password_that_is_printed_once(db):
    first = load()
    assert all(name in first for name in USERS)
    assert "wachtwoord" not in load()
    assert not users().first().check_password("")


def test_with_a_file_all_have_its_password_and_it_is_not_printed(tmp_path):
    create_demo_users()
    file = tmp_path / "password"
    file.write_text("van-de-demonstratie\n")
    assert "van-de-demonstratie" not in load("--password-file", str(file))
    assert len(users()) == 3
    assert all(user.check_password("van-de-demonstratie") for user in users())


def test_a_user_of_the_site_with_such_a_name_keeps_its_password(tmp_path):
    own = get_user_model().objects.create_user("beheer", "beheer@zoetermeer.example", "eigen")
    file = tmp_path / "password"
    file.write_text("van-de-demonstratie")
    load("--password-file", str(file))
    own.refresh_from_db()
    assert own.check_password("eigen")


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_a_file_without_a_password_is_an_error_in_words(tmp_path, content):
    file = tmp_path / "password"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CommandError, match="password"):
        load("--password-file", str(file))
    assert not users().exists()
