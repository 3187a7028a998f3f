"""The annotations in posts' slots. There were none before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("published", "0009_media"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedpost",
            name="annotations",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="publishedpost",
            name="annotated_seq",
            field=models.BigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("blog", models.BigIntegerField()),
                ("post", models.CharField(max_length=64)),
                ("subject", models.CharField(max_length=81)),
                ("seq", models.BigIntegerField()),
            ],
            options={
                "db_table": "published_annotation",
                "constraints": (
                    models.UniqueConstraint(fields=("blog", "post", "subject"), name="published_annotation_once"),
                    models.UniqueConstraint(
                        fields=("blog", "subject", "post"), name="published_annotation_of_a_subject"
                    ),
                ),
            },
        ),
    ]
