"""Tokens beside the documents, generations, a log of changes; text tables of the database that runs."""

from django.db import migrations, models

SQLITE = """
CREATE VIRTUAL TABLE search_text_{slot} USING fts5(
    name, concepts, text, exact,
    content='search_indexeddocument', content_rowid='id',
    detail=column, columnsize=0, tokenize='unicode61 remove_diacritics 0'
)
"""
# A letter before each token says where it stands: "w" anywhere in name, concepts or text. Weights would need
# positions, which tokens have none.
POSTGRESQL = (
    """
ALTER TABLE search_indexeddocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    array_to_tsvector(
        string_to_array('w' || replace((name || ' ' || concepts || ' ' || text), ' ', ' w'), ' ')
        || string_to_array('n' || replace(name, ' ', ' n'), ' ')
        || string_to_array('c' || replace(concepts, ' ', ' c'), ' ')
        || string_to_array('e' || replace(exact, ' ', ' e'), ' ')
    )
) STORED
""",
    "CREATE INDEX search_document_vector ON search_indexeddocument USING gin (vector)",
)


def make_text_index(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        for slot in (0, 1):
            schema_editor.execute(SQLITE.format(slot=slot))
    elif vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


def drop_text_index(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        for slot in (0, 1):
            schema_editor.execute(f"DROP TABLE search_text_{slot}")
    elif vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_indexeddocument DROP COLUMN vector")


def forget_documents(apps, schema_editor):
    """The old rows have no tokens: the next rebuild writes them anew."""
    apps.get_model("search", "IndexedDocument").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(forget_documents, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel("IndexVersion"),
        migrations.RemoveConstraint("indexeddocument", "search_document_kind_key"),
        migrations.AddField("indexeddocument", "generation", models.BigIntegerField(default=0)),
        migrations.AddField("indexeddocument", "static_key", models.CharField(blank=True, max_length=200)),
        migrations.AddField("indexeddocument", "name", models.TextField(blank=True)),
        migrations.AddField("indexeddocument", "concepts", models.TextField(blank=True)),
        migrations.AddField("indexeddocument", "text", models.TextField(blank=True)),
        migrations.AddField("indexeddocument", "exact", models.TextField(blank=True)),
        migrations.AddConstraint(
            "indexeddocument",
            models.UniqueConstraint("kind", "key", "generation", name="search_document_kind_key"),
        ),
        migrations.CreateModel(
            "IndexGeneration",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("generation", models.BigIntegerField(default=0)),
                ("last_document", models.BigIntegerField(default=0)),
                ("analysis_version", models.CharField(blank=True, max_length=80)),
                ("built_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            "IndexSnapshot",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, unique=True)),
                ("generation", models.BigIntegerField()),
                ("change", models.BigIntegerField()),
                ("bits", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            "IndexChange",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("mark", models.BigIntegerField()),
                ("keys", models.JSONField(default=list)),
                ("gone", models.JSONField(default=list)),
            ],
            options={"indexes": [models.Index("kind", "id", name="search_change_kind")]},
        ),
        migrations.CreateModel(
            "IndexWord",
            [
                ("word", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("uses", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            "PendingRefresh",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint("kind", "key", name="search_pending_kind_key")],
            },
        ),
        migrations.RunPython(make_text_index, drop_text_index),
    ]
