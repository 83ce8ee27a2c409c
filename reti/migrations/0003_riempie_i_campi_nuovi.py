"""What the old columns said, in the new ones: agenda as items, kinds of member as a rule, minutes as approved."""

import re
import secrets
from typing import Any

from django.db import migrations

NUMERAZIONE = re.compile(r"^\s*(?:\d{1,2}[.)]|[-•*–])\s+")
NOMI = {
    "funzionario": "funzionario del servizio",
    "sociale": "esperto del settore sociale",
    "medico_legale": "esperto del settore medico-legale",
}


def avanti(apps: Any, schema_editor: Any) -> None:
    incontri, punti = apps.get_model("reti", "Incontro"), apps.get_model("reti", "PuntoOdg")
    for incontro in incontri.objects.iterator():
        righe = [NUMERAZIONE.sub("", r).strip()[:300] for r in incontro.ordine_del_giorno.splitlines() if r.strip()]
        punti.objects.bulk_create(
            punti(incontro=incontro, ordine=n, titolo=titolo) for n, titolo in enumerate(righe, 1)
        )
        incontro.gettone_ingresso = secrets.token_urlsafe()
        incontro.save(update_fields=["gettone_ingresso"])
    for convocazione in apps.get_model("reti", "Convocazione").objects.iterator():
        convocazione.recapito = secrets.token_hex(16)
        convocazione.save(update_fields=["recapito"])
    for rete in apps.get_model("reti", "Rete").objects.exclude(qualifiche_richieste=[]):
        rete.composizione = [
            {"nome": NOMI.get(q, q), "minimo": 1, "qualifiche": [q]} for q in rete.qualifiche_richieste
        ]
        rete.save(update_fields=["composizione"])
    # Until now minutes were born locked.
    for verbale in apps.get_model("reti", "Verbale").objects.iterator():
        verbale.stato, verbale.approvato_il = "approvato", verbale.redatto_il.date()
        verbale.save(update_fields=["stato", "approvato_il"])


class Migration(migrations.Migration):
    dependencies = [("reti", "0002_tavoli_e_incontri")]
    operations = [migrations.RunPython(avanti, migrations.RunPython.noop)]
