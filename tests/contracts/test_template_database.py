"""The copied database of the tests: never one of other code, and as migrating made it."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests import template_database


@pytest.fixture
def code(tmp_path, monkeypatch):
    """Our code, for the template: one migration."""
    migration = tmp_path / "socialekaart_plugin" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("operations = []\n")
    monkeypatch.setattr(template_database, "ROOT", tmp_path)
    return migration


def test_changed_code_never_takes_an_old_template(code):
    before = template_database.fingerprint()
    code.write_text("operations = [1]\n")
    changed = template_database.fingerprint()
    code.write_text("operations = []\n")
    (added := code.with_name("0002_more.py")).write_text("")
    assert len({before, changed, template_database.fingerprint()}) == 3
    added.unlink()
    assert template_database.fingerprint() == before


def test_code_that_changes_while_it_is_made_makes_no_template(code):
    before = template_database.fingerprint()
    template_database.refuse_what_changed(before)
    code.write_text("operations = [1]\n")
    with pytest.raises(RuntimeError, match="changed"):
        template_database.refuse_what_changed(before)


@pytest.mark.django_db
def test_nothing_is_left_to_migrate_in_a_copy():
    call_command("migrate", check_unapplied=True, plan=True, stdout=(said := StringIO()))
    assert "No planned migration operations." in said.getvalue()
