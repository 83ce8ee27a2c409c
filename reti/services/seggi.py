"""Seats: who sits for a body, since when, until when, in whose place (L. 68/1999 art. 8 c. 1-bis, R27)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from reti.composizione import elenca_mancanti
from reti.models import Adesione, Rete, Sostituto
from reti.queries.collegio import mancanti_in
from utenti.permissions import motivo_rifiuto_coordina

CAMPI_SEGGIO = (
    "soggetto", "ruolo", "qualifica", "titolare", "titolare_nome", "titolare_email", "peso", "nomina", "dal", "al",
)  # fmt: skip
CAMPI_SOSTITUTO = ("nome", "email", "nomina", "dal", "al")


def pretendi_la_composizione(rete: Rete, al: date) -> None:
    """Raise Rifiuto when a required member holds no seat on that day."""
    if mancano := mancanti_in(rete, al):
        raise Rifiuto(
            _("«%(nome)s» non può essere costituito: mancano %(chi)s. Aggiungi i seggi e riprova.")
            % {"nome": rete.nome, "chi": elenca_mancanti(mancano)}
        )


@contextmanager
def composizione_conservata(rete: Rete) -> Iterator[None]:
    """What happens inside may not take from a constituted technical committee one of its three kinds of member.

    Looked at on the day of the act and today. Who was missing already, because a mandate
    ended by itself, stops nothing: seats may be added one at a time.
    """
    giorni = {rete.atto_data} if rete.atto and rete.atto_data else set()
    if giorni and (rete.al is None or rete.al >= oggi()):
        giorni.add(oggi())
    prima = {giorno: Counter(mancanti_in(rete, giorno)) for giorno in giorni}
    yield
    if rete.tipo != Rete.Tipo.COMITATO_TECNICO:
        return
    for giorno in sorted(giorni):
        if persi := Counter(mancanti_in(rete, giorno)) - prima[giorno]:
            raise Rifiuto(
                _("«%(nome)s» è costituito e non può restare senza: il %(giorno)s mancano %(chi)s. Aggiungi prima"
                  " il seggio di chi subentra.")
                % {
                    "nome": rete.nome,
                    "giorno": date_format(giorno, "j F Y").lower(),
                    "chi": elenca_mancanti(persi.elements()),
                }
            )  # fmt: skip


def _pretendi_le_date(dal: date, al: date | None, di_chi: str) -> None:
    if al is not None and al < dal:
        raise Rifiuto(_("%s: la fine viene prima dell'inizio. Correggi le date.") % di_chi)


def _pretendi_un_seggio_solo(seggio: Adesione) -> None:
    """One seat at a time for a body and a qualification: two would count twice for the quorum."""
    altri = Adesione.objects.filter(rete=seggio.rete, soggetto=seggio.soggetto, qualifica=seggio.qualifica)
    altri = altri.exclude(pk=seggio.pk).filter(Q(al__isnull=True) | Q(al__gte=seggio.dal))
    altro = (altri.filter(dal__lte=seggio.al) if seggio.al else altri).first()
    if altro:
        raise Rifiuto(
            _("%(chi)s ha già un seggio come questo dal %(dal)s: modifica quello, oppure chiudilo prima.")
            % {"chi": seggio.soggetto, "dal": date_format(altro.dal, "j F Y").lower()}
        )


def scrivi_seggio(rete: Rete, dati: Mapping[str, Any], seggio: Adesione | None = None) -> list[str]:
    """Add or change one seat, and what it represents; names of the fields that changed. Asks no permission."""
    seggio = seggio or Adesione(rete=rete, dal=rete.dal)
    nuovi = {c: dati[c] for c in CAMPI_SEGGIO if c in dati}
    cambiati = [c for c, v in nuovi.items() if not seggio.pk or getattr(seggio, c) != v]
    if seggio.pk and "soggetto" in cambiati:
        raise Rifiuto(_("Un seggio resta dello stesso ente: chiudilo e aggiungine un altro."))
    if cambiati:
        for campo in cambiati:
            setattr(seggio, campo, nuovi[campo])
        _pretendi_le_date(seggio.dal, seggio.al, str(seggio.soggetto))
        _pretendi_un_seggio_solo(seggio)
        seggio.full_clean()
        seggio.save()
    if "rappresenta" in dati and set(dati["rappresenta"]) != set(seggio.rappresenta.all()):
        if seggio.soggetto in dati["rappresenta"]:
            raise Rifiuto(_("Un ente rappresenta sempre sé stesso: toglilo da «rappresenta anche»."))
        seggio.rappresenta.set(dati["rappresenta"])
        cambiati.append("rappresenta")
    return cambiati


def _scrivi_sostituto(seggio: Adesione, dati: Mapping[str, Any], sostituto: Sostituto | None) -> bool:
    """Add or change one substitute; True when something changed. An empty start means today."""
    sostituto = sostituto or Sostituto(adesione=seggio)
    nuovi = {c: dati[c] for c in CAMPI_SOSTITUTO if c in dati}
    nuovi["dal"] = nuovi.get("dal") or sostituto.dal or max(seggio.dal, oggi())
    if sostituto.pk and all(getattr(sostituto, c) == v for c, v in nuovi.items()):
        return False
    for campo, valore in nuovi.items():
        setattr(sostituto, campo, valore)
    _pretendi_le_date(sostituto.dal, sostituto.al, sostituto.nome)
    sostituto.full_clean()
    sostituto.save()
    return True


@transaction.atomic
def salva_seggio(
    *,
    utente: Any,
    rete: Rete,
    dati: Mapping[str, Any],
    seggio: Adesione | None = None,
    sostituti: Iterable[Mapping[str, Any]] = (),
) -> Adesione:
    """Add a seat to a board, or change one, with its substitutes; nobody is told.

    `dati`: CAMPI_SEGGIO and `rappresenta` (bodies). A substitute with `id` (Sostituto) is changed,
    one without is added; none is deleted. A seat isn't deleted either: it ends (`al`, its last day);
    what was convened stays so. Raises PermissionDenied; Rifiuto on dates, on a second
    seat of the same kind, on a committee that would lose a member of law.
    """
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)
    rete = Rete.objects.select_for_update().get(pk=rete.pk)
    if nuovo := seggio is None:
        seggio = Adesione(rete=rete, dal=rete.dal)
    else:
        seggio = rete.adesioni.select_for_update(of=("self",)).select_related("soggetto").get(pk=seggio.pk)
    with composizione_conservata(rete):
        cambiati = scrivi_seggio(rete, dati, seggio)
    propri = {s.pk: s for s in seggio.sostituti.all()}
    toccati = sum(_scrivi_sostituto(seggio, s, propri[s["id"].pk] if s.get("id") else None) for s in sostituti)
    if nuovo or cambiati or toccati:
        azione = "seggio.aggiunto" if nuovo else "seggio.modificato"
        al = seggio.al.isoformat() if seggio.al else None
        annota(utente, azione, seggio, campi=cambiati, dal=seggio.dal.isoformat(), al=al, sostituti=toccati)
    return seggio
