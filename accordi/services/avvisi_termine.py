"""Warnings on the term to sign, to the person responsible: once for each threshold, from dates only (R01)."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Istanza
from accordi.queries.scadenze import Scadenza, scadenze
from core.models import Messaggio
from core.posta import accoda
from utenti.models import Ruolo, Utente


def avvisa_termini() -> int:
    """Queue a mail for each term that reached a threshold, or passed; returns how many are new. Periodic.

    Whoever runs late tells only the nearest threshold. The key holds the term's
    day: a suspension that moved it warns anew, one that is open says nothing.
    With no person responsible, or one who left, all coordinators hear.
    """
    coordinatori = list(Utente.objects.filter(ruolo=Ruolo.COORDINATORE, is_active=True).values_list("email", flat=True))
    da_dire = {
        f"termine-{r.istanza.codice}-{r.clock.termine.isoformat()}-{soglia}-{indirizzo}"[:120]: (r, indirizzo)
        for r in scadenze(Istanza.objects.all())
        if (soglia := _soglia(r))
        for indirizzo in _destinatari(r.istanza, coordinatori)
    }
    dette = set(Messaggio.objects.filter(chiave__in=da_dire).values_list("chiave", flat=True))
    nuove = {chiave: voce for chiave, voce in da_dire.items() if chiave not in dette}
    for chiave, (riga, indirizzo) in nuove.items():
        _scrivi(riga, chiave, indirizzo)
    return len(nuove)


def _soglia(riga: Scadenza) -> str:
    """The threshold that the term has reached: days left, "oltre" when it has passed, empty when none."""
    if riga.clock.in_ritardo:
        return "oltre"
    if riga.sospesa and riga.clock.conta_netto:
        return ""
    raggiunte = [n for n in settings.GIORNI_AVVISI_TERMINE if riga.clock.mancano <= n]
    return str(min(raggiunte)) if raggiunte else ""


def _destinatari(istanza: Istanza, coordinatori: list[str]) -> list[str]:
    responsabile = istanza.responsabile
    return [responsabile.email] if responsabile and responsabile.is_active else coordinatori


@transaction.atomic
def _scrivi(riga: Scadenza, chiave: str, destinatario: str) -> None:
    istanza = riga.istanza
    indirizzo = settings.INDIRIZZO_PUBBLICO + reverse("accordi_istanze:istruttoria", args=[istanza.pk])
    accoda(
        chiave=chiave,
        destinatario=destinatario,
        oggetto=_("Termine per firmare, %(frase)s: %(capofila)s") % {"frase": riga.frase, "capofila": istanza.capofila},
        testo=render_to_string("accordi/email/termine.txt", {"riga": riga, "istanza": istanza, "indirizzo": indirizzo}),
        riferimento=f"istanza:{istanza.codice}",
    )
