"""The database itself refuses an address for anything confidential (safety R20, R21), on both engines."""

from django.db import migrations

# Each guard: its name, the table, when it looks, the condition under which the write is refused, and why.
GUARDS = [
    (
        "service_at_location",
        "directory_serviceatlocation",
        "INSERT OR UPDATE",
        "EXISTS (SELECT 1 FROM directory_service s WHERE s.id = NEW.service_id AND s.is_confidential)",
        "a confidential service cannot be linked to an address",
    ),
    (
        "location_owner",
        "directory_location",
        "INSERT OR UPDATE",
        "EXISTS (SELECT 1 FROM directory_organization o WHERE o.id = NEW.organization_id AND o.is_confidential)",
        "a confidential organization cannot have an address",
    ),
    (
        "contact_office",
        "directory_contact",
        "INSERT OR UPDATE",
        "NEW.kind = 'public_office' AND EXISTS (SELECT 1 FROM directory_organization o"
        " WHERE o.id = NEW.organization_id AND o.is_confidential)",
        "a confidential organization cannot have a public office",
    ),
    (
        "service_turned",
        "directory_service",
        "UPDATE",
        "NEW.is_confidential AND EXISTS"
        " (SELECT 1 FROM directory_serviceatlocation l WHERE l.service_id = NEW.id)",
        "remove the service's addresses before making it confidential",
    ),
    (
        "organization_turned",
        "directory_organization",
        "UPDATE",
        "NEW.is_confidential AND (EXISTS"
        " (SELECT 1 FROM directory_location l WHERE l.organization_id = NEW.id) OR EXISTS"
        " (SELECT 1 FROM directory_contact c WHERE c.organization_id = NEW.id AND c.kind = 'public_office'))",
        "remove the organization's addresses before making it confidential",
    ),
    (
        "accommodation_open",
        "directory_service",
        "INSERT OR UPDATE",
        "NOT NEW.is_confidential AND EXISTS (SELECT 1 FROM directory_taxonomyterm t"
        " WHERE t.id = NEW.service_type_id AND t.is_accommodation)",
        "accommodation stays confidential until two people may open it",
    ),
    (
        "term_turned",
        "directory_taxonomyterm",
        "UPDATE",
        "NEW.is_accommodation AND EXISTS (SELECT 1 FROM directory_service s"
        " WHERE s.service_type_id = NEW.id AND NOT s.is_confidential)",
        "make its services confidential before marking a type as accommodation",
    ),
]


def sqlite_statements():
    for name, table, events, condition, message in GUARDS:
        for event in events.split(" OR "):
            yield (
                f"CREATE TRIGGER guard_{name}_{event.lower()} BEFORE {event} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message.replace(chr(39), chr(39) * 2)}'); END"
            )


def postgresql_statements():
    for name, table, events, condition, message in GUARDS:
        text = message.replace("'", "''")
        yield (
            f"CREATE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{text}' USING ERRCODE = 'check_violation'; END IF; "
            f"RETURN NEW; END $$"
        )
        yield (
            f"CREATE TRIGGER guard_{name} BEFORE {events} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION guard_{name}()"
        )


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    statements = {"sqlite": sqlite_statements, "postgresql": postgresql_statements}[vendor]
    for statement in statements():
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name, _table, events, _condition, _message in GUARDS:
            for event in events.split(" OR "):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS guard_{name}_{event.lower()}")
        return
    for name, table, *_rest in GUARDS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS guard_{name} ON {table}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS guard_{name}()")


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
