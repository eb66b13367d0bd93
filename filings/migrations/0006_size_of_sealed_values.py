from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("filings", "0005_register")]
    operations = [
        migrations.AddField(
            model_name="sealedvalue",
            name="size",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
