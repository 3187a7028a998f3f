from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("published", "0002_frames_by_seq_alone")]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.CharField(max_length=300)),
            ],
            options={"db_table": "published_agreement"},
        ),
    ]
