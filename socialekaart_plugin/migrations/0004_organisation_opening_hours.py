"""Organisations get opening hours of their own; payloads go to format 3."""

from django.db import migrations, models

import socialekaart_plugin.places.fields


class Migration(migrations.Migration):
    dependencies = [
        ("socialekaart_plugin", "0003_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="opening_hours",
            field=socialekaart_plugin.places.fields.OpeningHoursField(
                blank=True,
                help_text="When someone of the organisation is there. Leave empty when that is not known, or only by appointment.",
                null=True,
                verbose_name="opening hours",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="opens_with_building",
            field=models.BooleanField(
                default=False,
                help_text="Its hours are those of the building at the visiting address.",
                verbose_name="open when the building is",
            ),
        ),
        migrations.AlterField(
            model_name="publishedrecord",
            name="format_version",
            field=models.PositiveSmallIntegerField(default=3),
        ),
    ]
