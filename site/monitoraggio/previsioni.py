"""Forecasts: which indicator will end badly, how long is left, and the page where that is mended (R54).

Nothing is stored: a warning exists because of the figures and the day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accordi.models import Accordo
from accordi.stati import ACCORDI_FIRMATI, StatoAccordo
from monitoraggio.semafori import Semaforo, raggiunge
from reti.models import Rete
from reti.queries import incontri as lettura_incontri
from reti.stati import INCONTRI_TENUTI, StatoIncontro

if TYPE_CHECKING:
    from monitoraggio.schede import RigaIndicatore


@dataclass(frozen=True)
class Previsione:
    """A warning on one indicator. `giorni` left to `entro`, negative when passed."""

    riga: "RigaIndicatore"
    testo: str
    entro: date
    giorni: int
    url: str
    azione: str
    dettaglio: str


def previsione(riga: "RigaIndicatore") -> Previsione | None:
    """The warning of one row before the year is over, or None when it is well or already provided for."""
    if not _in_pericolo(riga):
        return None
    spiega = SPIEGAZIONI.get(riga.indicatore.misura, _a_mano)
    spiegata = spiega(riga)
    if spiegata is None:
        return None
    manca, url, azione = spiegata
    p = riga.periodo
    testo = _("%(codice)s: %(raggiunto)s di %(previsto)s, %(tempo)s, %(manca)s") % {
        "codice": riga.indicatore.codice,
        "raggiunto": riga.raggiunto_testo,
        "previsto": riga.previsto_testo,
        "tempo": _tempo(p.giorni_mancanti),
        "manca": manca,
    }
    return Previsione(riga, testo, p.fine, p.giorni_mancanti, url, azione, riga.indicatore.descrizione)


def _in_pericolo(riga: "RigaIndicatore") -> bool:
    if riga.luce.colore in {Semaforo.GIALLO, Semaforo.ROSSO}:
        return True
    if riga.indicatore.misura == "atto_entro":
        return riga.record == 0 and riga.periodo.iniziato
    vicino = riga.periodo.giorni_mancanti <= settings.GIORNI_ALLARME_INDICATORI
    return riga.valore is None and riga.periodo.iniziato and vicino


def _tempo(giorni: int) -> str:
    if giorni < 0:
        return ngettext("termine passato da %d giorno", "termine passato da %d giorni", -giorni) % -giorni
    if giorni == 0:
        return _("ultimo giorno")
    return ngettext("manca %d giorno", "mancano %d giorni", giorni) % giorni


Spiegata = tuple[str, str, str] | None


def _incontri(riga: "RigaIndicatore") -> Spiegata:
    criteri = {n: v for n, v in riga.indicatore.parametri.items() if n in {"tipo", "tema"} and v}
    reti = lettura_incontri.reti_contate(**criteri)
    # States are known as they are now: a later meeting held since was on its way then too.
    successivi = lettura_incontri.incontri_contati(**criteri).nei_giorni(
        riga.periodo.al + timedelta(days=1), riga.indicatore.obiettivo.fine
    )
    convocati = successivi.filter(stato__in=[StatoIncontro.CONVOCATO, *INCONTRI_TENUTI]).count()
    if raggiunge((riga.valore or 0) + convocati, riga.indicatore.previsto, basso=False):
        return None
    if convocati:
        manca = ngettext("solo %d incontro convocato", "solo %d incontri convocati", convocati) % convocati
    else:
        manca = _("nessun incontro convocato")
    if criteri.get("tema") == Rete.Tema.PUNTI_INFORMATIVI:
        return manca, reverse("punti_convoca"), _("Convoca i punti informativi")
    rete = reti.order_by("pk").first()
    if rete is None:
        return manca, reverse("gestione_tavoli:add"), _("Crea il tavolo")
    return manca, f"{reverse('gestione_incontri:add')}?rete={rete.pk}", _("Convoca un incontro")


def _partecipazione(riga: "RigaIndicatore") -> Spiegata:
    if riga.valore is None:
        manca = _("nessun incontro di altri registrato")
    else:
        manca = _("troppe assenze agli incontri convocati da altri")
    return manca, reverse("gestione_tavoli:index"), _("Registra gli incontri di altri")


def _ritardi(riga: "RigaIndicatore") -> Spiegata:
    return _("accordi oltre il termine"), reverse("accordi_gestione:index"), _("Apri gli accordi")


def _accordi(riga: "RigaIndicatore") -> Spiegata:
    tipo, al = riga.indicatore.parametri["tipo"], riga.periodo.al
    scelti = Accordo.objects.filter(tipo=tipo, creato_il__date__lte=al)
    in_firma = (
        scelti.filter(stato=StatoAccordo.IN_FIRMA)
        | scelti.filter(stato__in=ACCORDI_FIRMATI, sottoscritto_il__date__gt=al)
    ).count()
    if in_firma:
        manca = ngettext("%d accordo in firma", "%d accordi in firma", in_firma) % in_firma
    else:
        manca = _("nessun accordo in firma")
    return manca, reverse("accordi_gestione:index"), _("Apri gli accordi")


def _atto(riga: "RigaIndicatore") -> Spiegata:
    rete = Rete.objects.della_provincia().filter(tipo=riga.indicatore.parametri["tipo"]).order_by("pk").first()
    if rete is None:
        return _("il tavolo non esiste ancora"), reverse("gestione_tavoli:add"), _("Crea il tavolo")
    if riga.record:
        return _("atto adottato in ritardo"), reverse("gestione_tavoli:scheda", args=[rete.pk]), _("Apri il tavolo")
    return (
        _("manca l'atto di costituzione"),
        reverse("gestione_tavoli:costituzione", args=[rete.pk]),
        _("Registra l'atto"),
    )


def _categorie(riga: "RigaIndicatore") -> Spiegata:
    return _("nessuna campagna in corso raggiunge altre categorie"), reverse("punti_campagne"), _("Apri le campagne")


def _a_mano(riga: "RigaIndicatore") -> Spiegata:
    manca = _("nessun valore inserito") if riga.valore is None else _("valore da aggiornare")
    i = riga.indicatore
    return manca, reverse("peg:valore", args=[i.obiettivo.codice, i.codice]), _("Inserisci il valore")


SPIEGAZIONI = {
    "incontri_tenuti": _incontri,
    "tasso_partecipazione_altri": _partecipazione,
    "casi_in_ritardo": _ritardi,
    "accordi_sottoscritti": _accordi,
    "atto_entro": _atto,
    "categorie_raggiunte": _categorie,
}
