from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0004_key_events_listed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Revoked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("blog", models.BigIntegerField()),
                ("holder", models.CharField(max_length=64)),
                ("until", models.BigIntegerField()),
            ],
            options={
                "db_table": "published_revoked",
                "constraints": [models.UniqueConstraint(fields=("blog", "holder"), name="published_revoked_once")],
            },
        ),
    ]
