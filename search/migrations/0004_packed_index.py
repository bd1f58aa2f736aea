"""Rows packed into one value, words of a generation as bitmaps; the text tables hold only what came later."""

from importlib import import_module

from django.db import migrations, models

earlier = import_module("search.migrations.0002_text_index")
SQLITE = """
CREATE VIRTUAL TABLE search_text_{slot} USING fts5(
    name, concepts, text, exact,
    content='', detail=column, columnsize=0, tokenize='unicode61 remove_diacritics 0'
)
"""
POSTGRESQL = (
    "CREATE TABLE search_text (id bigint PRIMARY KEY, generation bigint NOT NULL, vector tsvector NOT NULL)",
    "CREATE INDEX search_text_vector ON search_text USING gin (vector)",
)


def drop_old(apps, schema_editor):
    earlier.drop_text_index(apps, schema_editor)


def make_old(apps, schema_editor):
    earlier.make_text_index(apps, schema_editor)


def make_new(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        for slot in (0, 1):
            schema_editor.execute(SQLITE.format(slot=slot))
    elif vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


def drop_new(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        for slot in (0, 1):
            schema_editor.execute(f"DROP TABLE search_text_{slot}")
    elif vendor == "postgresql":
        schema_editor.execute("DROP TABLE search_text")


def forget(apps, schema_editor):
    """Nothing of the index is kept: the next rebuild writes it anew, and until then its health says so."""
    for name in ("IndexedDocument", "IndexGeneration", "IndexSnapshot", "IndexChange"):
        apps.get_model("search", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_lexicon")]

    operations = [
        migrations.RunPython(forget, forget, elidable=True),
        migrations.RunPython(drop_old, make_old),
        migrations.RemoveField("indexeddocument", "content"),
        migrations.RemoveField("indexeddocument", "static_key"),
        migrations.RemoveField("indexeddocument", "name"),
        migrations.RemoveField("indexeddocument", "concepts"),
        migrations.RemoveField("indexeddocument", "text"),
        migrations.RemoveField("indexeddocument", "exact"),
        migrations.AddField("indexeddocument", "packed", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField("indexsnapshot", "names", models.BinaryField(default=b""), preserve_default=False),
        migrations.CreateModel(
            "IndexPosting",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("generation", models.BigIntegerField()),
                ("term", models.TextField()),
                ("places", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint("generation", "term", name="search_posting_term")],
            },
        ),
        migrations.RunPython(make_new, drop_new),
    ]
