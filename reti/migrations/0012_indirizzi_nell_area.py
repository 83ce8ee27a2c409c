from django.db import migrations, models

import reti.models.incontri


def da_un_codice_a_ciascuno(apps, schema_editor):
    """A default is worked out once for all the rows that are there: each needs its own."""
    for nome in ("Convocazione", "Interpellato"):
        modello = apps.get_model("reti", nome)
        righe = list(modello.objects.only("pk").order_by("pk"))
        for riga in righe:
            riga.codice = reti.models.incontri.codice_opaco()
        modello.objects.bulk_update(righe, ["codice"], batch_size=500)


def campo(**altro):
    return models.CharField(default=reti.models.incontri.codice_opaco, editable=False, max_length=16, **altro)


class Migration(migrations.Migration):
    dependencies = [
        ("reti", "0011_confini"),
    ]

    operations = [
        migrations.AddField(model_name="convocazione", name="codice", field=campo()),
        migrations.AddField(model_name="interpellato", name="codice", field=campo()),
        migrations.RunPython(da_un_codice_a_ciascuno, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(model_name="convocazione", name="codice", field=campo(unique=True)),
        migrations.AlterField(model_name="interpellato", name="codice", field=campo(unique=True)),
    ]
