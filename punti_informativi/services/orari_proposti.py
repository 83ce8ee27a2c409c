"""Hours for all the points of a host, as its proposal: written, withdrawn, accepted, refused (R34)."""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.posta import accoda
from core.registro import annota
from core.transizioni import transita
from punti_informativi import permissions
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.orari import Fascia
from punti_informativi.services import righe_ospite
from punti_informativi.services.conferme import indirizzi_del_soggetto
from punti_informativi.stati import TRANSIZIONI_PROPOSTA, StatoProposta
from punti_informativi.valori import fascia_da_json, orari_in_json
from reti.models import Soggetto


def proposta_di(soggetto: Soggetto) -> Proposta | None:
    """The open proposal for the hours of all the points of a host."""
    return soggetto.proposte_orari.in_attesa().select_related("proposta_da").first()


def valori_di_tutti(soggetto: Soggetto) -> dict[str, Any]:
    """The present hours of a host and the keys of the points that follow them, as a proposal holds them."""
    seguono = PuntoInformativo.objects.ospitati_da(soggetto).filter(orari_dell_ospite=True)
    return {
        "orari": orari_in_json(r.fascia for r in soggetto.orari_ospite.all()),
        "punti": sorted(seguono.values_list("pk", flat=True)),
    }


def impronta_orari(soggetto: Soggetto) -> str:
    """Fingerprint of what a change, or a decision, rests on: the hours, who follows them, what is proposed."""
    aperta = proposta_di(soggetto)
    proposti = [aperta.dopo, aperta.messaggio] if aperta else []
    testo = json.dumps([valori_di_tutti(soggetto), proposti], sort_keys=True)
    return hashlib.sha256(testo.encode()).hexdigest()


def proponi(
    utente: Any,
    soggetto: Soggetto,
    fasce: Collection[Fascia] | None,
    punti: Collection[PuntoInformativo] | None,
) -> Proposta | None:
    """On a locked host: one open proposal, whole; None when nothing is left to propose, and what waited is withdrawn.

    A part that is None stays as it was proposed already, else as it is.
    """
    ora, aperta = valori_di_tutti(soggetto), proposta_di(soggetto)
    if fasce is None and punti is None:
        return aperta
    dopo = dict(aperta.dopo if aperta else ora)
    if fasce is not None:
        dopo["orari"] = orari_in_json(fasce)
    if punti is not None:
        dopo["punti"] = sorted(p.pk for p in punti)
    suoi = PuntoInformativo.objects.ospitati_da(soggetto).filter(pk__in=dopo["punti"])
    settimana = [fascia_da_json(r) for r in dopo["orari"]] if fasce is None else fasce
    righe_ospite.controlla(soggetto, settimana, suoi if punti is None else punti)
    if dopo == ora:
        if aperta:
            _chiudi(utente, aperta, StatoProposta.RITIRATA, "orari_ritirati")
        return None
    if aperta and dopo == aperta.dopo:
        return aperta
    proposta = aperta or Proposta(soggetto=soggetto)
    proposta.prima, proposta.dopo = ora, dopo
    proposta.proposta_da, proposta.proposta_il = utente, adesso()
    proposta.full_clean()
    proposta.save()
    annota(utente, "orari_proposti", soggetto, proposta=proposta.pk)
    return proposta


@transaction.atomic
def ritira_orari(*, utente: Any, soggetto: Soggetto) -> Proposta:
    """The host takes back the hours that it proposed. Refuses when nothing waits."""
    soggetto = Soggetto.objects.select_for_update().get(pk=soggetto.pk)
    if motivo := permissions.motivo_rifiuto_ritira_orari(utente, soggetto):
        raise PermissionDenied(motivo)
    proposta = proposta_di(soggetto)
    if proposta is None:
        raise Rifiuto(_("Non c'è niente da ritirare: la Provincia ha già deciso."))
    return _chiudi(utente, proposta, StatoProposta.RITIRATA, "orari_ritirati")


@transaction.atomic
def accogli_orari(*, utente: Any, proposta: Proposta, vista: str) -> Proposta:
    """Write the proposed hours, for the points that are still the host's, and tell it by mail.

    `vista`: the fingerprint of what the moderator read. Refuses a proposal already decided,
    one's own, and one that changed, or whose hours changed, meanwhile.
    """
    proposta = _da_decidere(utente, proposta, vista)
    soggetto = proposta.soggetto
    fasce = [fascia_da_json(r) for r in proposta.dopo["orari"]]
    punti = list(PuntoInformativo.objects.ospitati_da(soggetto).filter(pk__in=proposta.dopo["punti"]))
    righe_ospite.controlla(soggetto, fasce, punti)
    righe_ospite.scrivi_settimana(utente, soggetto, fasce)
    righe_ospite.scegli(utente, soggetto, punti)
    _decidi(utente, proposta, StatoProposta.ACCOLTA, "orari_accolti")
    _avvisa(proposta, "orari_accolti", _("Orari accolti: %s"))
    return proposta


@transaction.atomic
def respingi_orari(*, utente: Any, proposta: Proposta, vista: str, motivo: str) -> Proposta:
    """Refuse the hours with a reason, which the host receives; its points stay as they are."""
    proposta = _da_decidere(utente, proposta, vista)
    if not motivo.strip():
        raise Rifiuto(_("Scrivi il motivo: il soggetto ospitante lo riceve per email."))
    proposta.motivo = motivo.strip()
    _decidi(utente, proposta, StatoProposta.RESPINTA, "orari_respinti")
    _avvisa(proposta, "orari_respinti", _("Orari non accolti: %s"))
    return proposta


def _da_decidere(utente: Any, proposta: Proposta, vista: str) -> Proposta:
    soggetto = Soggetto.objects.select_for_update().get(pk=proposta.soggetto_id)
    proposta = Proposta.objects.select_for_update(of=("self",)).get(pk=proposta.pk)
    proposta.soggetto = soggetto
    if motivo := permissions.motivo_rifiuto_decidi(utente, proposta):
        raise PermissionDenied(motivo)
    if proposta.stato != StatoProposta.IN_ATTESA:
        frase = _("La proposta non è più in attesa (%s): non c'è niente da decidere.")
        raise Rifiuto(frase % proposta.get_stato_display().lower())
    if impronta_orari(soggetto) != vista:
        raise Rifiuto(_("Intanto la proposta o gli orari sono cambiati: rileggi le differenze e decidi di nuovo."))
    return proposta


def _decidi(utente: Any, proposta: Proposta, stato: str, azione: str) -> None:
    proposta.decisa_da, proposta.decisa_il = utente, adesso()
    _chiudi(utente, proposta, stato, azione)


def _chiudi(utente: Any, proposta: Proposta, stato: str, azione: str) -> Proposta:
    transita(proposta, stato, tabella=TRANSIZIONI_PROPOSTA, utente=utente, azione=azione)
    annota(utente, azione, proposta.soggetto, proposta=proposta.pk, motivo=proposta.motivo)
    return proposta


def _avvisa(proposta: Proposta, modello: str, oggetto: str) -> None:
    for email in indirizzi_del_soggetto(proposta.soggetto):
        accoda(
            chiave=f"proposta-{proposta.pk}-{email}"[:120],
            destinatario=email,
            oggetto=oggetto % proposta.soggetto.denominazione,
            testo=render_to_string(f"punti_informativi/email/{modello}.txt", {"proposta": proposta}),
            riferimento=f"soggetto-{proposta.soggetto_id}",
        )
