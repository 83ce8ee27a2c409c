"""A joint meeting: which boards may sit with the one that convenes (R25)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.errori import Rifiuto
from reti.models import Incontro, Rete
from reti.stati import StatoIncontro


def pretendi_unibili(rete: Rete, altre: Iterable[Rete]) -> None:
    """Raise Rifiuto unless the Province convenes `rete` and each of `altre`, which are other boards."""
    altre = list(altre)
    if rete in altre:
        raise Rifiuto(_("«%s» convoca già l'incontro: toglilo dai tavoli congiunti.") % rete)
    di_altri = [r.nome for r in (rete, *altre) if r.di_altri] if altre else []
    if di_altri:
        raise Rifiuto(
            _("Un incontro congiunto si fa fra tavoli convocati dalla Provincia: togli %s.") % ", ".join(di_altri)
        )


def pretendi_costituite(reti: Iterable[Rete]) -> None:
    """Raise Rifiuto while a technical committee among `reti` has no constituting act (R27)."""
    if any(rete.tipo == Rete.Tipo.COMITATO_TECNICO and not rete.atto for rete in reti):
        raise Rifiuto(_("Il comitato tecnico non è ancora costituito: registra prima l'atto costitutivo."))


def unisci_reti(incontro: Incontro, altre: Iterable[Rete]) -> bool:
    """Make `altre` the boards joined to a meeting whose row is locked, or just created; True when they changed.

    Once somebody was invited a board may join but not leave: its seats hold the invitation.
    """
    volute, attuali = set(altre), set(incontro.altre_reti.all())
    if volute == attuali:
        return False
    pretendi_unibili(incontro.rete, volute)
    if incontro.stato != StatoIncontro.BOZZA and (uscite := attuali - volute):
        frase = _("%s ha già ricevuto la convocazione: per toglierlo annulla l'incontro e creane un altro.")
        raise Rifiuto(frase % ", ".join(sorted(r.nome for r in uscite)))
    incontro.altre_reti.set(volute)
    return True
