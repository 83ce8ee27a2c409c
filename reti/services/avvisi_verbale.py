"""Mails about minutes: the text to observe, the answer to who observed. Once each, through the outbox."""

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.models import Installazione
from core.posta import accoda
from reti.models import Osservazione, Presenza, Verbale
from reti.queries.minuta import in_parole


def collegamento(verbale: Verbale) -> str:
    """The page of the private area: it asks to sign in, so the mail carries nothing that may be stolen."""
    return settings.INDIRIZZO_PUBBLICO + reverse("tavoli:verbale", args=[verbale.incontro.codice])


def _scrivi(modello: str, verbale: Verbale, **contesto: object) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        comune = {
            "verbale": verbale,
            "incontro": verbale.incontro,
            "collegamento": collegamento(verbale),
            "installazione": Installazione.corrente(),
        }
        return render_to_string(f"reti/email/{modello}.txt", comune | contesto).strip() + "\n"


def avvisa_i_presenti(verbale: Verbale) -> int:
    """One mail for each seat that was present and has an address; returns how many."""
    incontro = verbale.incontro
    prefetch_related_objects([incontro], "altre_reti")
    presenti = incontro.presenze.filter(esito=Presenza.Esito.PRESENTE)
    inviti = incontro.convocazioni.filter(adesione__in=presenti.values("adesione")).select_related("adesione__soggetto")
    scritte = 0
    for invito in inviti:
        email = invito.email or invito.adesione.indirizzo_email
        if email:
            accoda(
                chiave=f"verbale-{verbale.pk}-{verbale.inviato_il:%Y%m%d%H%M%S%f}-{invito.adesione_id}",
                destinatario=email,
                oggetto=f"Verbale da leggere entro il {in_parole(verbale.osservazioni_fino_al)}: {incontro.titolo}",
                testo=_scrivi("verbale", verbale, seggio=invito.adesione),
                riferimento=f"verbale-{incontro.codice}",
            )
            scritte += 1
    return scritte


def avvisa_l_autore(osservazione: Osservazione) -> None:
    """Tell who observed what became of it."""
    autore = osservazione.autore
    if autore and autore.email:
        accoda(
            chiave=f"osservazione-{osservazione.pk}-{osservazione.esito}",
            destinatario=autore.email,
            oggetto=f"La tua osservazione al verbale: {osservazione.verbale.incontro.titolo}",
            testo=_scrivi("osservazione", osservazione.verbale, osservazione=osservazione),
            riferimento=f"verbale-{osservazione.verbale.incontro.codice}",
        )
