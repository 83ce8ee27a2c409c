from django.db import migrations, models

from reti.omissis import sembra_persona


def _persone(incontro):
    """As the records are today: what was fixed before can't be known."""
    nomi = {*incontro.presenze.values_list("persona", flat=True), *incontro.ospiti.values_list("nome", flat=True)}
    for invito in incontro.convocazioni.select_related("adesione__titolare"):
        seggio = invito.adesione
        nomi |= {invito.delegato, seggio.titolare_nome, *seggio.sostituti.values_list("nome", flat=True)}
        if seggio.titolare:
            nomi.add(f"{seggio.titolare.first_name} {seggio.titolare.last_name}".strip())
    incaricati = incontro.decisioni.values_list("incaricato", flat=True)
    return sorted((nomi | {nome for nome in incaricati if sembra_persona(nome)}) - {""})


def fissa_i_verbali_inviati(apps, schema_editor):
    """Names to take out of all minutes already sent; those approved of boards public today stay public."""
    inviati = apps.get_model("reti", "Verbale").objects.exclude(stato="bozza")
    for verbale in inviati.select_related("incontro__rete__convocante"):
        incontro = verbale.incontro
        rete = incontro.rete
        enti = {*incontro.convocazioni.values_list("adesione__soggetto__denominazione", flat=True), rete.nome}
        enti.add(rete.convocante.denominazione)
        verbale.omissis = {"nomi": _persone(incontro), "enti": sorted(enti)}
        pubblico = rete.pubblica and not incontro.altre_reti.filter(pubblica=False).exists()
        verbale.pubblicabile = verbale.stato == "approvato" and pubblico
        verbale.save(update_fields=["omissis", "pubblicabile"])


class Migration(migrations.Migration):

    dependencies = [
        ("reti", "0009_codice_fiscale_di_chi_firma"),
    ]

    operations = [
        migrations.AddField(
            model_name="verbale",
            name="omissis",
            field=models.JSONField(blank=True, default=dict, editable=False, help_text="Riservato: persone (nomi) ed enti da lasciare (enti) della versione pubblica, dall'invio.", verbose_name="nomi da togliere"),
        ),
        migrations.AddField(
            model_name="verbale",
            name="pubblicabile",
            field=models.BooleanField(default=False, editable=False, help_text="Chi l'ha inviato ha visto la versione pubblica. Fissato all'invio.", verbose_name="inviato come verbale pubblico"),
        ),
        migrations.RunPython(fissa_i_verbali_inviati, migrations.RunPython.noop),
    ]
