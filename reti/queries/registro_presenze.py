"""The rows behind the register to sign: seats of every board that meets, guests, quorum."""

from datetime import time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import Installazione
from core.orologio import adesso
from reti.deleghe import FRASI, Attesa
from reti.models import Adesione, Incontro, Ospite, Presenza
from reti.queries.appello import Aula, attese, frase_quorum
from reti.registro_presenze import Registro, RigaRegistro, Sezione


def registro_di(incontro: Incontro) -> Registro:
    """What the register of `incontro` prints: what the roll has, else empty rows to fill by pen."""
    aula, per_seggio = Aula.di(incontro), attese(incontro)
    presenze = {p.adesione_id: p for p in aula.presenze}
    sezioni = [
        Sezione(
            q.rete.nome,
            [_riga(s, presenze.get(s.pk), per_seggio[s.pk]) for s in aula.seggi if s.rete_id == q.rete.pk],
            frase_quorum(q) if presenze else "",
        )
        for q in aula.quorum()
    ]
    inizio, fine = timezone.localtime(incontro.inizio), timezone.localtime(incontro.fine)
    ente = Installazione.corrente()
    return Registro(
        ente=ente.ente,
        struttura=ente.struttura,
        titolo=incontro.titolo,
        quando=f"{date_format(inizio, 'l j F Y').lower()}, {inizio:%H:%M}–{fine:%H:%M}",
        luogo=incontro.luogo or incontro.get_modalita_display(),
        codice=incontro.codice,
        punti=[punto.titolo for punto in incontro.punti.all()],
        sezioni=sezioni,
        ospiti=[_ospite(o) for o in incontro.ospiti.all()],
        compilato=bool(presenze),
        stampato=_stampato(compilato=bool(presenze)),
    )


def _stampato(*, compilato: bool) -> str:
    ora = timezone.localtime(adesso())
    quando = f"{date_format(ora, 'j F Y').lower()}, {ora:%H:%M}"
    if compilato:
        return _("Presenze come risultano dall'appello: %s.") % quando
    return _("Registro da compilare a penna, stampato il %s.") % quando


def _ora(ora: time | None) -> str:
    return f"{ora:%H:%M}" if ora else ""


def _riga(seggio: Adesione, presenza: Presenza | None, attesa: Attesa) -> RigaRegistro:
    ruolo = ", ".join(filter(None, [seggio.get_ruolo_display(), seggio.get_qualifica_display()]))
    ente = seggio.soggetto.denominazione
    if presenza is None:
        return RigaRegistro(ente, ruolo, attesa.persona)
    if presenza.esito != Presenza.Esito.PRESENTE:
        return RigaRegistro(ente, ruolo, firma=presenza.get_esito_display().lower())
    titolo = str(FRASI[attesa.posizione(presenza.persona, delega_vista=presenza.delega_verificata)])
    persona = f"{presenza.persona} ({titolo})" if titolo and presenza.persona else presenza.persona
    firma = _("da remoto") if presenza.da_remoto else ""
    return RigaRegistro(ente, ruolo, persona, _ora(presenza.arrivo), _ora(presenza.uscita), firma)


def _ospite(ospite: Ospite) -> RigaRegistro:
    firma = _("da remoto") if ospite.da_remoto else ""
    return RigaRegistro(ospite.ente, "", ospite.nome, _ora(ospite.arrivo), _ora(ospite.uscita), firma)
