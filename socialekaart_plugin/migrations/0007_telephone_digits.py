"""The digits of every telephone number that can be called, to find it by and to see which cannot."""

from django.db import migrations, models

from socialekaart_plugin.foundation.conf import conf
from socialekaart_plugin.foundation.telephone import NoTelephoneNumber, read_telephone

_MODELS = ("OrganisationContactFact", "ActivityContactFact")
_BATCH = 500


def fill_digits(apps, schema_editor):
    for name in _MODELS:
        model = apps.get_model("socialekaart_plugin", name)
        rows = model.objects.using(schema_editor.connection.alias).filter(kind="phone")
        read = []
        for fact in rows.only("pk", "value").iterator(chunk_size=_BATCH):
            try:
                fact.digits = read_telephone(fact.value, conf.PHONE_REGION).digits
            except NoTelephoneNumber:
                continue
            read.append(fact)
        rows.bulk_update(read, ["digits"], batch_size=_BATCH)


class Migration(migrations.Migration):
    dependencies = [("socialekaart_plugin", "0006_unsent_mail")]

    operations = [
        *(
            migrations.AddField(
                model_name=name.lower(),
                name="digits",
                field=models.CharField(
                    blank=True,
                    default="",
                    editable=False,
                    help_text="Of a telephone number that can be called, as it is printed; else empty.",
                    max_length=40,
                    verbose_name="digits",
                ),
                preserve_default=False,
            )
            for name in _MODELS
        ),
        migrations.RunPython(fill_digits, migrations.RunPython.noop),
    ]
