"""The desk of a site that people call or mail."""

import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("socialekaart_plugin", "0007_telephone_digits"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="directorypage",
            name="whom_to_call",
            field=wagtail.fields.RichTextField(
                blank=True,
                help_text="Shown to who finds little or nothing, below the desk of Settings › Help desk; its name, number, email address and hours stand there.",
                verbose_name="what else to tell of the desk",
            ),
        ),
        migrations.CreateModel(
            name="HelpDesk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="As people know it: Wijkwinkel De Kern.",
                        max_length=80,
                        verbose_name="name",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="Everyone sees it. For example 079 123 45 67.",
                        max_length=40,
                        verbose_name="telephone number",
                    ),
                ),
                (
                    "mail",
                    models.EmailField(
                        blank=True,
                        help_text="Everyone sees it. For example loket@voorbeeld.nl.",
                        max_length=254,
                        verbose_name="email address",
                    ),
                ),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        help_text="In words: maandag tot en met vrijdag van 9.00 tot 17.00 uur.",
                        max_length=160,
                        verbose_name="when people are there",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="wagtailcore.site",
                    ),
                ),
            ],
            options={
                "verbose_name": "help desk",
                "verbose_name_plural": "help desks",
            },
        ),
    ]
