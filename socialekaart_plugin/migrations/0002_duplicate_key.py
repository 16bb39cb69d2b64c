from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("socialekaart_plugin", "0001_initial"),
    ]

    operations = [
        migrations.RenameModel(old_name="LikenessKey", new_name="DuplicateKey"),
        migrations.RenameIndex(
            model_name="duplicatekey",
            old_name="socialekaar_content_1128a1_idx",
            new_name="socialekaar_content_bdb591_idx",
        ),
        migrations.RenameIndex(
            model_name="duplicatekey",
            old_name="socialekaar_content_93b0cc_idx",
            new_name="socialekaar_content_ca6cbd_idx",
        ),
    ]
