"""No list that leaves the admin holds a formula, whoever wrote the list."""

import csv
import datetime
import io
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry

from socialekaart_plugin.foundation.spreadsheet import FORMULA_MARKS
from socialekaart_plugin.foundation.wagtail_exports import as_spreadsheet
from socialekaart_plugin.models import Keyword, SynonymGroup
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory

FORMULA = "=HYPERLINK(1)"

#: Lists that are Wagtail's own, or that Wagtail writes for us.
LISTS = {
    "site history": "/admin/reports/site-history/",
    "workflows": "/admin/reports/workflow/",
    "workflow tasks": "/admin/reports/workflow_tasks/",
    "redirects": "/admin/redirects/",
    "publication log": "/admin/socialekaart/publication-events/",
    "places": "/admin/snippets/socialekaart_plugin/place/",
    "organisations": "/admin/snippets/socialekaart_plugin/organisation/",
}


@pytest.fixture
def formulas(team, client):
    """A row that begins as a formula in each of the lists."""
    user = UserFactory(is_superuser=True)
    get_user_model().objects.filter(pk=user.pk).update(first_name=FORMULA, last_name="+1")
    client.force_login(user)
    record = OrganisationFactory(name=FORMULA, public=True)
    record.get_workflow().start(record, user)
    PlaceFactory(name=FORMULA)
    Keyword.objects.create(name=FORMULA, slug="formule")
    SynonymGroup.objects.create(terms=f"{FORMULA}\nthee")
    Redirect.objects.create(old_path=f"/{FORMULA}", redirect_link=FORMULA)
    return client


def content(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_the_csv_of_a_list_of_wagtail_holds_no_formula(formulas, name):
    text = content(formulas.get(LISTS[name], {"export": "csv"})).decode()
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert f"'{FORMULA}" in cells
    assert [cell for cell in cells if cell.startswith(FORMULA_MARKS)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_the_xlsx_of_a_list_of_wagtail_holds_no_formula(formulas, name):
    book = load_workbook(io.BytesIO(content(formulas.get(LISTS[name], {"export": "xlsx"}))))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert FORMULA in [cell.value for cell in cells]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def every_view(view=SpreadsheetExportMixin):
    for found in view.__subclasses__():
        yield found
        yield from every_view(found)


def test_every_list_that_leaves_is_written_by_our_writer():
    found = set(every_view())
    assert len(found) > 10
    for view in found:
        assert view.as_spreadsheet is as_spreadsheet, view
        # Our writer asks for none of these: a list that changes them would lose its change.
        for name in (
            *("write_csv_response", "stream_csv", "write_csv_row"),
            *("write_xlsx_response", "write_xlsx", "generate_xlsx_row"),
        ):
            assert getattr(view, name) is getattr(SpreadsheetExportMixin, name), view


def test_a_list_that_writes_a_field_its_own_way_keeps_it():
    class Report(SpreadsheetExportMixin):
        list_export: ClassVar[list[str]] = ["at"]
        export_headings: ClassVar[dict[str, str]] = {"at": "At"}
        custom_field_preprocess: ClassVar[dict[str, Any]] = {
            "at": {"csv": lambda at: f"in {at.year}"}
        }

    rows = [SimpleNamespace(at=datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC))]
    assert content(Report().as_spreadsheet(rows, "csv")).decode().split() == ["At", "in", "2026"]


@pytest.mark.django_db
def test_a_time_is_that_of_the_site_in_both_formats(formulas):
    with timezone.override("Europe/Amsterdam"):
        event = ModelLogEntry.objects.latest("timestamp")
        at = timezone.make_naive(event.timestamp).replace(microsecond=0)
    history = LISTS["site history"]
    text = content(formulas.get(history, {"export": "csv"})).decode()
    assert str(at) in {cell for line in csv.reader(io.StringIO(text)) for cell in line}
    book = load_workbook(io.BytesIO(content(formulas.get(history, {"export": "xlsx"}))))
    assert at in {cell for row in book.active.iter_rows(values_only=True) for cell in row}
