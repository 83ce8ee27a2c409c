"""How an agreement begins: from an admitted application, or free."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Istanza, ModelloAccordo, Parte
from accordi.queries.segnaposti import valori_di
from accordi.segnaposto import compila
from accordi.services.istanze import bloccata
from accordi.services.passaggi import esigi_gestione
from accordi.stati import StatoIstanza
from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.models import Soggetto
from utenti.models import Utente


@transaction.atomic
def crea_accordo(*, utente: Utente, istanza: Istanza) -> Accordo:
    """Draft the agreement of an admitted application from the model of its call.

    Parties in signing order: the Province, the leading body, its partners by
    name. Called again it returns the one that holds the application; one given up doesn't, and another
    is drafted. Sends nothing. Refuses an application that isn't admitted.
    """
    esigi_gestione(utente)
    istanza = bloccata(istanza)
    if esistente := istanza.accordo:
        return esistente
    if istanza.stato != StatoIstanza.AMMESSA:
        raise Rifiuto(_("L'accordo si prepara dopo l'ammissione dell'istanza: concludi prima l'istruttoria."))
    altri = [
        p.soggetto
        for p in istanza.partecipanti.select_related("soggetto").order_by("soggetto__denominazione")
        if p.soggetto_id != istanza.capofila_id
    ]
    parti = [Soggetto.objects.titolare(), istanza.capofila, *altri]
    accordo = Accordo(
        tipo=istanza.avviso.tipo,
        titolo=f"{istanza.avviso.titolo}: {istanza.capofila}"[:255],
        istanza=istanza,
        livello_firma=istanza.avviso.livello_firma,
        accetta_p7m=istanza.avviso.accetta_p7m,
        preavviso_giorni=istanza.avviso.preavviso_giorni,
    )
    _da_modello(accordo, parti, istanza.avviso.modello)
    return salva_nuovo(utente, accordo, parti)


@transaction.atomic
def crea_accordo_libero(
    *,
    utente: Utente,
    tipo: str,
    titolo: str,
    parti: Sequence[Soggetto],
    testo: str = "",
    modello: ModelloAccordo | None = None,
) -> Accordo:
    """Draft an agreement that no application asks for (collaboration, memorandum), from `testo` or from a template.

    `parti` are the other parties: the Province is always the first. Refuses
    when there is none, or the same one twice. Sends nothing.
    """
    esigi_gestione(utente)
    provincia = Soggetto.objects.titolare()
    altre = [p for p in parti if p != provincia]
    if not altre:
        raise Rifiuto(_("Un accordo ha almeno due parti: aggiungi chi lo firma con la Provincia."))
    if len(set(altre)) != len(altre):
        raise Rifiuto(_("La stessa parte compare due volte: toglila una volta."))
    accordo, tutte = Accordo(tipo=tipo, titolo=titolo, testo=testo), [provincia, *altre]
    _da_modello(accordo, tutte, modello)
    return salva_nuovo(utente, accordo, tutte)


def salva_nuovo(utente: Utente, accordo: Accordo, parti: Sequence[Soggetto]) -> Accordo:
    accordo.creato_il = adesso()
    accordo.full_clean()
    accordo.save()
    # The Province commits last, on a text that the others have accepted: where one refuses or the text is withdrawn,
    # no signature of an office is spent. Staff may change it on the draft (services.giro).
    Parte.objects.bulk_create(
        Parte(accordo=accordo, soggetto=soggetto, ordine=n, stadio=2 if soggetto.titolare_piattaforma else 1)
        for n, soggetto in enumerate(parti, start=1)
    )
    annota(utente, "accordo.creato", accordo, tipo=accordo.tipo, parti=[s.slug for s in parti])
    return accordo


def _da_modello(accordo: Accordo, parti: Sequence[Soggetto], modello: ModelloAccordo | None) -> None:
    """Text and origin from the template as published now; what isn't known yet waits as a placeholder."""
    if modello is not None:
        accordo.modello, accordo.modello_revisione = modello, modello.live_revision
        accordo.testo = compila(modello.testo, valori_di(accordo, parti))
