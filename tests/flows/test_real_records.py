"""Real records of another town (../shared/data/us-ohana-sample) pass the doors and are found."""

import csv

import pytest
from django.core.exceptions import ValidationError

from socialekaart_plugin.directory.requirements import PublicationRefused
from socialekaart_plugin.discovery.search import SearchRequest, search
from socialekaart_plugin.foundation.audiences import Audience
from socialekaart_plugin.models import (
    Activity,
    ActivityContactFact,
    Organisation,
    OrganisationContactFact,
    Place,
    PublishedRecord,
    Session,
    Theme,
)
from socialekaart_plugin.places.rules import format_point
from tests.factories import publish

pytestmark = pytest.mark.django_db


def facts(model, source, phones):
    """Contact facts of a row that can be right, and how many could not."""
    wanted = [("mail", source["email"]), ("website", source["website"])]
    wanted += [("phone", phone["number"]) for phone in phones]
    kept, refused = [], []
    for kind, value in wanted:
        if not value:
            continue
        fact = model(kind=kind, value=value, audience=Audience.PUBLIC)
        try:
            fact.clean()
        except ValidationError:
            refused.append(value)
        else:
            kept.append(fact)
    return kept, refused


@pytest.fixture
def sample(settings, shared_data):
    """The sample, entered as drafts through the ordinary doors; what cannot be right left out."""
    settings.SOCIALEKAART_PHONE_REGION = "US"

    def rows(name):
        path = shared_data / "us-ohana-sample" / "data" / "sample-csv" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    theme = Theme.objects.create(name="Human services")
    phones = rows("phones")
    addresses = {row["location_id"]: row for row in rows("addresses")}
    organisations, places, services, refused = {}, {}, [], []
    for row in rows("organizations"):
        own = [phone for phone in phones if phone["organization_id"] == row["id"]]
        kept, wrong = facts(OrganisationContactFact, row, own)
        refused += wrong
        organisation = Organisation(name=row["name"], summary=row["description"][:300])
        organisation.themes = [theme]
        organisation.contact_facts = kept
        organisation.full_clean()
        organisation.save()
        organisation.save_revision()
        organisations[row["id"]] = organisation
    for row in rows("locations"):
        address = addresses.get(row["id"], {})
        point = (
            format_point(float(row["latitude"]), float(row["longitude"]))
            if (row["latitude"])
            else ""
        )
        place = Place(
            name=row["name"],
            street_address=address.get("address_1", ""),
            postcode=address.get("postal_code", ""),
            city=address.get("city", ""),
            location=point,
            audience=Audience.PUBLIC,
        )
        place.full_clean()
        place.save()
        places[row["id"]] = (place, row["organization_id"])
    for row in rows("services"):
        place, organisation_id = places[row["location_id"]]
        kept, wrong = facts(ActivityContactFact, row, [])
        refused += wrong
        activity = Activity(
            name=row["name"] or row["alternate_name"],
            summary=row["description"][:300],
            organisation=organisations[organisation_id],
        )
        activity.themes = [theme]
        activity.contact_facts = kept
        activity.sessions = [Session(place=place)]
        activity.tags.set([tag.strip() for tag in row["keywords"].split(",") if tag.strip()])
        activity.full_clean()
        activity.save()
        activity.save_revision()
        services.append(activity)
    return {
        "organisations": list(organisations.values()),
        "services": services,
        "refused": refused,
    }


def test_all_of_it_can_be_entered_and_what_is_incomplete_is_refused_in_words(sample):
    assert (len(sample["organisations"]), len(sample["services"])) == (8, 23)
    published, refused = [], []
    for record in [*sample["organisations"], *sample["services"]]:
        try:
            published.append(publish(record))
        except PublicationRefused as refusal:
            refused.append((record, {r.field for r in refusal.missing}))
    assert published
    # The source has organisations without any phone, mail or site: nobody could reach them.
    assert all(fields <= {"contact_facts", "organisation", "summary"} for _r, fields in refused)
    assert PublishedRecord.objects.public().filter(kind="organisation").count() == len(
        [record for record in published if isinstance(record, Organisation)]
    )


def test_once_completed_the_whole_sample_is_public_found_and_read(sample, client, directory_page):
    for organisation in sample["organisations"]:
        if not organisation.contact_facts.exists():
            organisation.contact_facts.add(
                OrganisationContactFact(
                    kind="phone", value="(650) 555-0100", audience=Audience.PUBLIC
                )
            )
            organisation.save_revision()
        publish(organisation)
    for activity in sample["services"]:
        if not activity.summary:
            activity.summary = "Not described by the source."
            activity.save_revision()
        publish(activity)
    assert search(SearchRequest()).total == 31
    assert search(SearchRequest(text="job training")).total >= 1
    listed = client.get("/api/v2/activities/?limit=20&fields=*").json()
    assert listed["meta"]["total_count"] == 23
    assert any(item["places"][0]["latitude"] for item in listed["items"])
    for item in listed["items"]:
        page = client.get(f"/k/{item['meta']['short_id']}", follow=True)
        assert page.status_code == 200
    first = client.get("/sociale-kaart/?page=2").content.decode()
    assert "31" in first
