"""What the office does on the screens of meetings convened by others."""

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
NUOVO = "gestione_inviti:nuovo"


def file(contenuto, nome="invito.ics"):
    return SimpleUploadedFile(nome, contenuto if isinstance(contenuto, bytes) else contenuto.encode())


def carica(ufficio, contenuto, **dati):
    return ufficio.post(reverse(NUOVO), {"file": file(contenuto), "leggi": "1"} | dati)


def registra(ufficio, pagina, **dati):
    """Send the form as it was proposed, completed with `dati`."""
    iniziali = pagina.context["form"].initial
    inviati = {c: str(v) for c, v in iniziali.items() if v not in (None, "")} | {"modalita": "presenza"} | dati
    return ufficio.post(reverse(NUOVO), inviati)


def scheda(incontro):
    return reverse("gestione_inviti:scheda", args=[incontro.pk])


def delega(ufficio, incontro, **dati):
    prefisso = f"d{incontro.convocazioni.get().pk}"
    campi = {f"{prefisso}-{c}": v for c, v in dati.items()}
    return ufficio.post(scheda(incontro), campi | {"azione": "delegato", f"{prefisso}-invia": "1"})


def presenza(ufficio, incontro, **dati):
    prefisso = f"p{incontro.convocazioni.get().pk}"
    campi = {f"{prefisso}-{c}": v for c, v in dati.items()}
    return ufficio.post(scheda(incontro), campi | {"azione": "partecipazione"})
