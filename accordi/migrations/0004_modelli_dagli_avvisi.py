"""Each call's own text becomes a template; bodies of presented applications count as confirmed."""

from typing import Any

from django.db import migrations


def avanti(apps: Any, schema_editor: Any) -> None:
    modelli = apps.get_model("accordi", "ModelloAccordo")
    for avviso in apps.get_model("accordi", "Avviso").objects.exclude(modello_accordo=""):
        nome = avviso.titolo[:140]
        if modelli.objects.filter(nome=nome).exists():
            nome = f"{nome} ({avviso.pk})"
        avviso.modello = modelli.objects.create(nome=nome, tipo=avviso.tipo, testo=avviso.modello_accordo, live=True)
        avviso.save(update_fields=["modello"])
    partecipanti = apps.get_model("accordi", "PartecipanteIstanza")
    partecipanti.objects.exclude(istanza__stato="bozza").update(conferma="confermata")


class Migration(migrations.Migration):
    dependencies = [("accordi", "0003_avvisi_firme_e_vita")]
    operations = [migrations.RunPython(avanti, migrations.RunPython.noop)]
