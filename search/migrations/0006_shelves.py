"""Words of a generation on shelves, many a row. What was written before is not kept: health asks for a rebuild."""

from django.db import migrations, models


def ask_for_a_rebuild(apps, schema_editor):
    apps.get_model("search", "IndexGeneration").objects.update(analysis_version="")


class Migration(migrations.Migration):
    dependencies = [("search", "0005_desk_labels")]

    operations = [
        migrations.RunPython(ask_for_a_rebuild, ask_for_a_rebuild, elidable=True),
        migrations.DeleteModel("IndexPosting"),
        migrations.CreateModel(
            "IndexPosting",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("generation", models.BigIntegerField()),
                ("shelf", models.IntegerField()),
                ("words", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint("generation", "shelf", name="search_posting_shelf")],
            },
        ),
    ]
