"""Proposals of hosts, in words: differences word by word, conflicts, what the Province has to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from core.models import RigaRegistro
from core.orologio import adesso
from core.scrivania import Voce, piu_urgenti
from punti_informativi.models import Eccezione, Proposta, PuntoInformativo
from punti_informativi.orari import Deroga, Intervallo
from punti_informativi.services.proposte import etichetta
from punti_informativi.stati import StatoProposta
from punti_informativi.valori import AMMESSI, LISTE, deroga_da_json, fascia_da_json, valori_di
from reti.differenze import Pezzo, parola_per_parola, riga_per_riga

A_PAROLE = ("descrizione", "cosa_portare", "come_arrivare")


@dataclass(frozen=True)
class Differenza:
    """One field of a proposal; `pagina` and `bozza` are other values that stand there now, "" when none differs."""

    campo: str
    nome: str
    pezzi: list[Pezzo]
    pagina: str = ""
    bozza: str = ""

    @property
    def in_conflitto(self) -> bool:
        return bool(self.pagina or self.bozza)


def differenze(proposta: Proposta, punto: PuntoInformativo | None = None) -> list[Differenza]:
    """Field by field; with `punto`, also what changed on its page or in the Province's draft since it was proposed."""
    pagina = valori_di(punto) if punto else {}
    con_bozza = punto is not None and punto.has_unpublished_changes
    bozza = valori_di(punto.get_latest_revision_as_object()) if con_bozza else {}
    righe = []
    for campo, dopo in proposta.dopo.items():
        prima = proposta.prima[campo]
        testo = in_parole(campo, prima)
        altro = [
            (in_parole(campo, v[campo]) or _("(vuoto)")) if campo in v and v[campo] not in (prima, dopo) else ""
            for v in (pagina, bozza)
        ]
        confronta = parola_per_parola if campo in A_PAROLE else riga_per_riga
        pezzi = confronta(testo, in_parole(campo, dopo))
        righe.append(Differenza(campo, str(etichetta(campo)), pezzi, *altro))
    return righe


def in_parole(campo: str, valore: Any) -> str:
    """A value as people read it; lists and hours one on each line."""
    if campo == "orari":
        return _righe(_fascia(r) for r in valore)
    if campo == "eccezioni":
        return _righe(deroga_in_parole(deroga_da_json(r)) for r in valore)
    if campo in LISTE:
        modello, chiave = LISTE[campo]
        nomi = dict(modello.objects.filter(**{f"{chiave}__in": valore}).values_list(chiave, "nome"))
        return _righe(nomi.get(v, v) for v in valore)
    if isinstance(valore, bool):
        return _("sì") if valore else _("no")
    scelte = dict(PuntoInformativo._meta.get_field(campo).choices or [])
    return str(scelte.get(valore, valore))


def _righe(voci: Iterable[str]) -> str:
    return "".join(f"{voce}\n" for voce in voci)


def _fascia(riga: dict[str, Any]) -> str:
    fascia = fascia_da_json(riga)
    testo = f"{str(WEEKDAYS[fascia.giorno]).lower()} {Intervallo(fascia.dalle, fascia.alle)}"
    return _("%s (su appuntamento)") % testo if fascia.su_appuntamento else testo


def deroga_in_parole(deroga: Deroga) -> str:
    """«chiuso il 14/08/2023 (ferie)», «aperto 9–12 dal … al …»."""
    come = _("chiuso") if deroga.chiuso else _("aperto %s") % Intervallo(deroga.dalle, deroga.alle)
    dal, al = (f"{g:%d/%m/%Y}" for g in (deroga.dal, deroga.al))
    quando = _("il %s") % dal if dal == al else _("dal %(dal)s al %(al)s") % {"dal": dal, "al": al}
    return f"{come} {quando} ({deroga.motivo})" if deroga.motivo else f"{come} {quando}"


def campi_in_parole(dati: dict[str, Any]) -> str:
    """The fields that an audit line names, or the dates of the exception that it holds."""
    if "dal" in dati and "chiuso" in dati:
        return deroga_in_parole(deroga_da_json(dati))
    noti = {c for c in dati.get("campi", []) if c in AMMESSI}
    return ", ".join(sorted(str(etichetta(c)) for c in noti))


def ultima_proposta(punto: PuntoInformativo) -> Proposta | None:
    """The open one, else the last decided."""
    return punto.proposte.select_related("proposta_da").exclude(stato=StatoProposta.RITIRATA).first()


def voci_proposte() -> list[Voce]:
    """Proposals that the Province has to decide."""
    voci = [_voce(p) for p in Proposta.objects.in_attesa().select_related("punto__soggetto", "soggetto")]
    return piu_urgenti(voci, _("Altre %d proposte da leggere"), reverse("punti_proposte"))


def _voce(proposta: Proposta) -> Voce:
    ospite, gruppo = proposta.ospite.denominazione, _("Punti informativi")
    if proposta.punto_id is None:
        url = reverse("punti_orari_proposti", args=[proposta.pk])
        return Voce(_("Leggi gli orari proposti per tutti i punti"), url, 1, ospite, gruppo=gruppo)
    campi = ", ".join(str(etichetta(c)) for c in proposta.dopo)
    return Voce(
        _("Leggi le modifiche proposte a «%s»") % proposta.punto.nome,
        reverse("punti_proposta", args=[proposta.pk]),
        1,
        _("%(ospite)s: %(campi)s") % {"ospite": ospite, "campi": campi},
        gruppo=gruppo,
    )


def voci_chiusure() -> list[Voce]:
    """Closures and openings that hosts made public in the last days, still on the page."""
    dal = adesso() - timedelta(days=settings.PUNTI_GIORNI_NOTIZIA_ECCEZIONI)
    dei_punti = RigaRegistro.objects.filter(oggetto_tipo=PuntoInformativo._meta.label_lower, quando__gte=dal)
    righe = list(dei_punti.filter(azione="eccezione_segnata").select_related("utente").order_by("numero"))
    punti = PuntoInformativo.objects.in_bulk([int(r.oggetto_id) for r in righe])
    presenti = {(e.punto_id, e.deroga) for e in Eccezione.objects.filter(punto__in=punti)}
    voci = []
    for riga in righe:
        dati = {c: riga.dati[c] for c in ("dal", "al", "chiuso", "dalle", "alle", "motivo")}
        deroga, pk = deroga_da_json(dati), int(riga.oggetto_id)
        if (pk, deroga) in presenti:
            titolo = f"{punti[pk].nome}: {deroga_in_parole(deroga)}"
            dettaglio = _("Già sulla pagina pubblica, segnato da %s.") % riga.utente
            voci.append(Voce(titolo, reverse("punti_scheda", args=[pk]), 2, dettaglio, gruppo=_("Punti informativi")))
    return piu_urgenti(voci, _("Altre %d chiusure o aperture segnate"), reverse("wagtailadmin_home"))
