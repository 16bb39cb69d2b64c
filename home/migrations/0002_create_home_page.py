from django.db import migrations

INTRO = (
    "<p>Zoekt u hulp, iets leuks om te doen, of wilt u zelf iets voor een ander betekenen? "
    "Hier vindt u organisaties en activiteiten in de stad: waar, wanneer en voor wie.</p>"
)


def create_home_page(apps, schema_editor):
    """Replace Wagtail's first page by our front page, and name the site."""
    content_type_model = apps.get_model("contenttypes.ContentType")
    page_model = apps.get_model("wagtailcore.Page")
    site_model = apps.get_model("wagtailcore.Site")
    home_page_model = apps.get_model("home.HomePage")

    page_model.objects.filter(
        content_type=content_type_model.objects.get(model="page", app_label="wagtailcore"),
        slug="home",
        depth=2,
    ).delete()
    content_type, _ = content_type_model.objects.get_or_create(model="homepage", app_label="home")
    home_page = home_page_model.objects.create(
        title="Wie doet wat in Zoetermeer?",
        draft_title="Wie doet wat in Zoetermeer?",
        slug="home",
        content_type=content_type,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/home/",
        intro=INTRO,
    )
    site_model.objects.create(
        hostname="localhost",
        site_name="ZoetermeerVoorElkaar",
        root_page=home_page,
        is_default_site=True,
    )


def remove_home_page(apps, schema_editor):
    """Remove our front page and the site."""
    apps.get_model("home.HomePage").objects.filter(slug="home", depth=2).delete()
    apps.get_model("contenttypes.ContentType").objects.filter(
        model="homepage", app_label="home"
    ).delete()


class Migration(migrations.Migration):
    # Wagtail then gives every existing page the language of the site.
    run_before = [
        ("wagtailcore", "0053_locale_model"),
    ]

    dependencies = [
        ("home", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(create_home_page, remove_home_page),
    ]
