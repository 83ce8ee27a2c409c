"""PostgreSQL refuses changes to evidence tables by trigger, whoever asks (SQLite relies on the model)."""

from typing import Any

from django.db import migrations

FUNZIONE = """
CREATE OR REPLACE FUNCTION raccordo_sola_aggiunta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'tabella % in sola aggiunta', TG_TABLE_NAME;
END $$;
"""


def proteggi(*tabelle: str) -> migrations.RunPython:
    """Migration operation that puts the trigger on `tabelle`; does nothing on other databases."""

    def avanti(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        schema_editor.execute(FUNZIONE, params=None)  # a % in the message, no placeholder
        for tabella in tabelle:
            nome = schema_editor.quote_name(tabella)
            schema_editor.execute(
                f"CREATE TRIGGER sola_aggiunta BEFORE UPDATE OR DELETE ON {nome} "
                "FOR EACH ROW EXECUTE FUNCTION raccordo_sola_aggiunta()"
            )

    def indietro(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for tabella in tabelle:
                schema_editor.execute(f"DROP TRIGGER sola_aggiunta ON {schema_editor.quote_name(tabella)}")

    return migrations.RunPython(avanti, indietro)
