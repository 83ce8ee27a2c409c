"""The roll taken by taps (R22): each tap once, in the order of the hands; two people take it together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.deleghe import Attesa
from reti.models import Adesione, Incontro, Presenza, Tocco
from reti.queries.appello import attese, etichetta, storia_dei_tocchi
from reti.services.incontri import blocca, esigi_gestione
from reti.services.presenze import apertura_sala, motivo_rifiuto_appello
from reti.tocchi import ADESSO, CAMPI, DELEGA, ESITI, ESITO, PERSONA, PRESENTI, REMOTO, Fatto, superato_da, ultimo

APPLICATO, RIPETUTO, SUPERATO, RIFIUTATO = "applicato", "ripetuto", "superato", "rifiutato"


@dataclass(frozen=True)
class Gesto:
    """A tap. `valore`: an outcome ("" takes the mark away), a name, «HH:MM», «adesso», or "si" for a delegation seen.

    `chiave` is made where the hand is, once; `con_ora`: who is marked as there arrived at that instant.
    """

    chiave: str
    seggio: int
    campo: str
    valore: str
    fatto_il: datetime
    con_ora: bool = True


@dataclass(frozen=True)
class Ricevuta:
    """What became of a tap: applied, repeated, overtaken by a later one, refused; with a sentence for the last two."""

    chiave: str
    esito: str
    frase: str = ""


@dataclass
class _Foglio:
    """The roll of a locked meeting while taps are written on it."""

    utente: Any
    incontro: Incontro
    cambiate: list[str] = field(default_factory=list)

    @cached_property
    def seggi(self) -> Mapping[int, Adesione]:
        return {c.adesione_id: c.adesione for c in self.incontro.convocazioni.select_related("adesione__soggetto")}

    @cached_property
    def attese(self) -> Mapping[int, Attesa]:
        return attese(self.incontro)

    @cached_property
    def presenze(self) -> dict[int, Presenza]:
        return {p.adesione_id: p for p in self.incontro.presenze.all()}

    @cached_property
    def storia(self) -> dict[int, list[Fatto]]:
        return storia_dei_tocchi(self.incontro)

    def applica(self, gesto: Gesto) -> Ricevuta:
        """Write one tap; nothing is left of it when it is refused."""
        if Tocco.objects.filter(chiave=gesto.chiave).exists():
            return Ricevuta(gesto.chiave, RIPETUTO)
        try:
            self._controlla(gesto)
            return self._registra(gesto)
        except ValidationError as errore:
            return Ricevuta(gesto.chiave, RIFIUTATO, " ".join(errore.messages))

    def _controlla(self, gesto: Gesto) -> None:
        if motivo := motivo_rifiuto_appello(self.incontro):
            raise Rifiuto(motivo)
        if gesto.seggio not in self.seggi:
            raise Rifiuto(_("Questo seggio non è fra gli invitati all'incontro: ricarica la pagina."))
        if not gesto.chiave or gesto.campo not in CAMPI or (gesto.campo == ESITO and gesto.valore not in ESITI):
            raise Rifiuto(_("Questo segno non si riconosce: ricarica la pagina e segna di nuovo."))
        if self.incontro.rete.di_altri:
            raise Rifiuto(_("A un incontro convocato da altri la presenza si registra con la sua prova."))

    def _registra(self, gesto: Gesto) -> Ricevuta:
        quando = min(gesto.fatto_il, adesso())  # a tablet that runs ahead must not shut out the taps to come
        storia = self.storia.setdefault(gesto.seggio, [])
        vincente = superato_da(gesto.campo, quando, storia)
        tocco = Tocco(
            chiave=gesto.chiave,
            incontro=self.incontro,
            adesione=self.seggi[gesto.seggio],
            utente=self.utente,
            gesto={"campo": gesto.campo, "valore": gesto.valore},
            fatto_il=quando,
        )
        tocco.full_clean()
        if vincente is None:
            self._scrivi(gesto, quando)
        tocco.save()
        storia.append(Fatto(gesto.campo, gesto.valore, quando, self.utente.get_full_name(), self.utente.pk))
        if vincente is None:
            return Ricevuta(gesto.chiave, APPLICATO)
        return Ricevuta(gesto.chiave, SUPERATO, self._frase_superato(gesto, vincente))

    def _frase_superato(self, gesto: Gesto, vincente: Fatto) -> str:
        if (gesto.campo, gesto.valore) == (vincente.campo, vincente.valore):
            return ""
        return _("%(ente)s: vale il segno più recente, «%(segno)s» di %(chi)s alle %(ora)s.") % {
            "ente": self.seggi[gesto.seggio].soggetto,
            "segno": etichetta(vincente),
            "chi": vincente.chi,
            "ora": f"{timezone.localtime(vincente.fatto_il):%H:%M}",
        }

    def _scrivi(self, gesto: Gesto, quando: datetime) -> None:
        presenza = self.presenze.get(gesto.seggio)
        if gesto.campo != ESITO and (presenza is None or presenza.esito != Presenza.Esito.PRESENTE):
            raise Rifiuto(_("%s: segna prima che è presente.") % self.seggi[gesto.seggio].soggetto)
        if gesto.campo == ESITO and not gesto.valore:
            if presenza:
                presenza.delete()
                del self.presenze[gesto.seggio]
        else:
            nuova = presenza or Presenza(incontro=self.incontro, adesione=self.seggi[gesto.seggio])
            prima = {f.attname: getattr(nuova, f.attname) for f in Presenza._meta.concrete_fields}
            try:
                self._cambia(nuova, gesto, quando)
            except ValidationError:
                for campo, valore in prima.items():
                    setattr(nuova, campo, valore)
                raise
            self.presenze[gesto.seggio] = nuova
        self.cambiate.append(f"{self.seggi[gesto.seggio].soggetto.slug}: {gesto.campo} {gesto.valore}".strip())

    def _cambia(self, presenza: Presenza, gesto: Gesto, quando: datetime) -> None:
        if gesto.campo == ESITO:
            self._segna_esito(presenza, gesto, quando)
        elif gesto.campo == PERSONA:
            presenza.persona = gesto.valore.strip()
            presenza.delega_verificata = False  # what was seen was of another person
        elif gesto.campo == DELEGA:
            presenza.delega_verificata = bool(gesto.valore)
        else:
            setattr(presenza, gesto.campo, _ora(gesto.valore, quando))
        if presenza.arrivo and presenza.uscita and presenza.uscita < presenza.arrivo:
            raise Rifiuto(_("%s: l'uscita è prima dell'arrivo.") % presenza.adesione.soggetto)
        presenza.registrata_il = adesso()
        presenza.full_clean()
        presenza.save()

    def _segna_esito(self, presenza: Presenza, gesto: Gesto, quando: datetime) -> None:
        c_e = gesto.valore in PRESENTI
        presenza.esito = Presenza.Esito.PRESENTE if c_e else gesto.valore
        presenza.da_remoto = gesto.valore == REMOTO
        if not c_e:
            presenza.arrivo = presenza.uscita = None
            presenza.persona, presenza.delega_verificata = "", False
            return
        if not presenza.persona:
            scritto = ultimo(PERSONA, self.storia.get(gesto.seggio, []))
            presenza.persona = scritto.valore if scritto else self.attese[gesto.seggio].persona
        if gesto.con_ora and presenza.arrivo is None and self._durante(quando):
            presenza.arrivo = _minuto(quando)

    def _durante(self, quando: datetime) -> bool:
        """The tap was made while the meeting was on: its instant says when the person came."""
        return apertura_sala(self.incontro) <= quando <= self.incontro.fine


def _minuto(quando: datetime) -> time:
    return timezone.localtime(quando).time().replace(second=0, microsecond=0)


def _ora(valore: str, quando: datetime) -> time | None:
    if valore == ADESSO:
        return _minuto(quando)
    try:
        ora = parse_time(valore) if valore else None
    except ValueError:
        ora = None
    if valore and ora is None:
        raise Rifiuto(_("«%s» non è un orario: scrivi ore e minuti, per esempio 10:05.") % valore)
    return ora.replace(second=0, microsecond=0) if ora else None


@transaction.atomic
def registra_tocchi(*, utente: Any, incontro: Incontro, gesti: Iterable[Gesto]) -> list[Ricevuta]:
    """Write taps in the order given, each at most once by its key; a later tap is never undone by an older one.

    A tap refused (roll closed, seat not invited, times reversed) leaves the others. Raises PermissionDenied.
    """
    esigi_gestione(utente)
    foglio = _Foglio(utente, blocca(incontro))
    ricevute = [foglio.applica(gesto) for gesto in gesti]
    if foglio.cambiate:
        annota(utente, "incontro.presenze", foglio.incontro, righe=foglio.cambiate)
    return ricevute


@transaction.atomic
def registra_appello(*, utente: Any, incontro: Incontro, gesti: Iterable[Gesto]) -> None:
    """The same from a form sent whole: nothing is written when one row is refused. Raises PermissionDenied, Rifiuto."""
    ricevute = registra_tocchi(utente=utente, incontro=incontro, gesti=gesti)
    if motivo := motivo_rifiuto_appello(incontro):
        raise Rifiuto(motivo)
    if frasi := [r.frase for r in ricevute if r.esito == RIFIUTATO]:
        raise Rifiuto(list(dict.fromkeys(frasi)))
