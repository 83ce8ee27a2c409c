"""Who receives what about a meeting: an address that holds several seats is one person and gets one invitation."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from reti.models import Convocazione, Incontro, Sostituto


@dataclass(frozen=True)
class Invito:
    """What one address is invited to (or sits for, as a delegate): its seats, the oldest convocation first."""

    email: str
    nome: str
    convocazioni: tuple[Convocazione, ...]
    anche_invitato: bool = False  # of a delegate: already invited with a seat of their own

    @property
    def prima(self) -> Convocazione:
        """The convocation whose link and mail address stand in the invitation."""
        return self.convocazioni[0]

    @property
    def seggi(self) -> str:
        """The bodies, with the board of each when there are several."""
        sedie = [c.adesione for c in self.convocazioni]
        piu_tavoli = len({a.rete_id for a in sedie}) > 1
        nomi = list(dict.fromkeys(f"{a.soggetto} ({a.rete})" if piu_tavoli else str(a.soggetto) for a in sedie))
        return " e ".join([", ".join(nomi[:-1]), nomi[-1]] if len(nomi) > 1 else nomi)

    @property
    def segno(self) -> str:
        """Changes whenever the address, the seats or the secret addresses of this invitation do."""
        return "|".join([self.email, *(f"{c.pk}:{c.recapito}" for c in self.convocazioni)])

    @property
    def segno_delega(self) -> str:
        """The same, of a delegate: also when the answer that names them is given again."""
        return "|".join([self.segno, *(str(c.risposta_il) for c in self.convocazioni)])


def _per_indirizzo(convocazioni: Iterable[Convocazione], campo: str) -> dict[str, list[Convocazione]]:
    gruppi: dict[str, list[Convocazione]] = {}
    for convocazione in convocazioni:
        gruppi.setdefault(getattr(convocazione, campo).lower(), []).append(convocazione)
    return gruppi


def _righe(incontro: Incontro) -> QuerySet[Convocazione]:
    return incontro.convocazioni.select_related("adesione__soggetto", "adesione__rete").order_by("pk")


def _nome(convocazione: Convocazione) -> str:
    return convocazione.adesione.titolare_nome or str(convocazione.adesione.soggetto)


def inviti_di(incontro: Incontro) -> list[Invito]:
    """One per invited address."""
    gruppi = _per_indirizzo(_righe(incontro).exclude(email=""), "email")
    return [Invito(righe[0].email, _nome(righe[0]), tuple(righe)) for righe in gruppi.values()]


def deleghe_di(incontro: Incontro) -> dict[str, Invito]:
    """Delegates with an address, by address in lower case."""
    righe = _righe(incontro).filter(risposta=Convocazione.Risposta.DELEGA).exclude(delegato_email="")
    gruppi = _per_indirizzo(righe, "delegato_email")
    # At a board of others no seat has had an invitation of ours.
    propri = incontro.convocazioni.all() if gruppi and not incontro.rete.di_altri else ()
    invitati = {c.email.lower() for c in propri}
    return {
        chi: Invito(righe[0].delegato_email, righe[0].delegato, tuple(righe), anche_invitato=chi in invitati)
        for chi, righe in gruppi.items()
    }


def stesso_invito(convocazione: Convocazione) -> QuerySet[Convocazione]:
    """The convocations that one answer covers: those of the same meeting sent to the same address.

    This is the only place that says so: link, calendar and private area all ask here.
    """
    del_incontro = Convocazione.objects.filter(incontro=convocazione.incontro_id)
    if not convocazione.email:
        return del_incontro.filter(pk=convocazione.pk)
    return del_incontro.filter(email__iexact=convocazione.email)


def sostituti_per(convocazione: Convocazione) -> QuerySet[Sostituto]:
    """Who may sit in the holder's place on the meeting's day, by name."""
    giorno = timezone.localdate(convocazione.incontro.inizio)
    return Sostituto.objects.filter(adesione=convocazione.adesione_id).vigenti(giorno).order_by("nome", "pk")


def seggi_dell_invito(convocazione: Convocazione) -> str:
    """The bodies that one answer covers, in words."""
    righe = stesso_invito(convocazione).select_related("adesione__soggetto", "adesione__rete").order_by("pk")
    return Invito(convocazione.email, "", tuple(righe)).seggi
