"""Named measures: each computes an indicator from records and hands over the records themselves.

A measure is a function (parametri, dal, al) -> Esito, over the closed interval
of days from `dal` to `al`; an indicator names it in `misura`. What it counts
comes from the queries of the app that owns the data, so that a figure on the
sheet and the same figure elsewhere can't differ (R51, R53).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accordi.models import Accordo
from accordi.queries import accordi as lettura_accordi
from accordi.queries import termini as lettura_termini
from accordi.stati import StatoAccordo
from punti_informativi.models import Categoria
from punti_informativi.queries import promozione as lettura_promozione
from reti.models import Incontro, Rete
from reti.queries import incontri as lettura_incontri
from reti.queries import provincia
from reti.stati import INCONTRI_TENUTI


@dataclass(frozen=True)
class Gruppo:
    """Records that a measure looked at: `contato`, or left out with the reason in `perche`."""

    etichetta: str | Promise
    record: QuerySet | list[Model]
    contato: bool = True
    perche: str | Promise = ""

    @property
    def numero(self) -> int:
        return len(self.record) if isinstance(self.record, list) else self.record.count()


@dataclass(frozen=True)
class Esito:
    """A value (None: can't be determined) and the records behind it."""

    valore: Decimal | None
    gruppi: tuple[Gruppo, ...] = ()

    @property
    def record(self) -> int:
        """How many records are counted."""
        return sum(g.numero for g in self.gruppi if g.contato)


Misura = Callable[[dict[str, Any], date, date], Esito]


def _fine_anno(al: date) -> date:
    return date(al.year, 12, 31)


def _solo(parametri: dict[str, Any], *nomi: str) -> dict[str, str]:
    return {n: parametri[n] for n in nomi if parametri.get(n)}


def _con_i_tavoli(incontri: QuerySet[Incontro]) -> QuerySet[Incontro]:
    return incontri.select_related("rete").prefetch_related("altre_reti")


def incontri_tenuti(parametri: dict[str, Any], dal: date, al: date) -> Esito:
    """Meetings held, of reti convened by the Province; `tipo` and `tema` choose the reti.

    A joint meeting counts once, for the board that convenes it.
    """
    criteri = _solo(parametri, "tipo", "tema")
    tenuti = lettura_incontri.incontri_tenuti(dal=dal, al=al, **criteri)
    tutti = lettura_incontri.incontri_contati(**criteri)
    return Esito(
        Decimal(tenuti.count()),
        (
            Gruppo(_("Incontri tenuti"), _con_i_tavoli(tenuti)),
            Gruppo(
                _("Incontri non tenuti"),
                _con_i_tavoli(tutti.nei_giorni(dal, al).exclude(stato__in=INCONTRI_TENUTI)),
                contato=False,
                perche=_("Contano solo gli incontri svolti o verbalizzati."),
            ),
            Gruppo(
                _("Incontri successivi"),
                _con_i_tavoli(tutti.nei_giorni(al + timedelta(days=1), _fine_anno(al))),
                contato=False,
                perche=_("Sono dopo la data della scheda."),
            ),
        ),
    )


def tasso_partecipazione_altri(parametri: dict[str, Any], dal: date, al: date) -> Esito:
    """100 × attended ÷ meetings of others held with the Province invited; none held: not determinable (R26)."""
    inviti = provincia.inviti_di_altri(dal, al)
    presenze = provincia.partecipazioni_di_altri(dal, al)
    altri = Incontro.objects.filter(rete__in=Rete.objects.di_altri()).nei_giorni(dal, al)
    return Esito(
        provincia.partecipazione_della_provincia(dal, al).tasso,
        (
            Gruppo(_("Incontri a cui la Provincia ha partecipato"), presenze.select_related("incontro__rete")),
            Gruppo(
                _("Incontri senza partecipazione: restano al denominatore"),
                inviti.exclude(incontro__in=presenze.values("incontro")).select_related("incontro__rete"),
            ),
            Gruppo(
                _("Incontri convocati da altri non tenuti o senza invito"),
                _con_i_tavoli(altri.exclude(pk__in=inviti.values("incontro"))),
                contato=False,
                perche=_("Contano gli incontri tenuti a cui la Provincia era invitata."),
            ),
        ),
    )


def casi_in_ritardo(parametri: dict[str, Any], dal: date, al: date) -> Esito:
    """Applications whose agreement wasn't signed in its term (R01); the expected value is none."""
    criteri = {"tipo": parametri["tipo"], "dal": dal, "al": al}
    ritardi = lettura_termini.casi_in_ritardo(**criteri)
    presentate = lettura_termini.istanze_presentate(**criteri)
    in_tempo = presentate.exclude(pk__in=[i.pk for i in ritardi])
    return Esito(
        Decimal(len(ritardi)),
        (
            Gruppo(_("Casi in ritardo"), list(ritardi)),
            Gruppo(
                _("Casi senza ritardo"),
                in_tempo.select_related("capofila", "avviso", "protocollo").prefetch_related("accordi"),
                contato=False,
                perche=_("Accordo sottoscritto nel termine, o termine non ancora passato."),
            ),
        ),
    )


def accordi_sottoscritti(parametri: dict[str, Any], dal: date, al: date) -> Esito:
    """Agreements of a kind signed by all parties."""
    firmati = lettura_accordi.accordi_sottoscritti(tipo=parametri["tipo"], dal=dal, al=al)
    aperti = Accordo.objects.filter(tipo=parametri["tipo"], creato_il__date__lte=al).filter(
        Q(stato=StatoAccordo.IN_FIRMA) | Q(sottoscritto_il__date__gt=al, sottoscritto_il__date__lte=_fine_anno(al))
    )
    return Esito(
        Decimal(firmati.count()),
        (
            Gruppo(_("Accordi sottoscritti"), firmati),
            Gruppo(
                _("Accordi non ancora sottoscritti"),
                aperti,
                contato=False,
                perche=_("Alla data della scheda mancava la firma di almeno una parte."),
            ),
        ),
    )


def atto_entro(parametri: dict[str, Any], dal: date, al: date) -> Esito:
    """Days late of a constituting act against `entro` ("MM-GG" of the year); 0 when on time.

    The act not yet adopted on `al` counts the days passed since the deadline.
    """
    entro = date.fromisoformat(f"{dal.year}-{parametri['entro']}")
    reti = Rete.objects.della_provincia().filter(tipo=parametri["tipo"]).filter(Q(al__isnull=True) | Q(al__gte=dal))
    con_atto = reti.exclude(atto="").filter(atto_data__lte=al)
    primo = con_atto.order_by("atto_data").first()
    riferimento = primo.atto_data if primo else al
    return Esito(
        Decimal(max((riferimento - entro).days, 0)),
        (
            Gruppo(_("Atto adottato"), [primo] if primo else []),
            Gruppo(
                _("Altri tavoli dello stesso tipo"),
                reti.exclude(pk=primo.pk if primo else None),
                contato=False,
                perche=_("Alla data della scheda l'atto mancava, o è venuto dopo il primo."),
            ),
        ),
    )


def categorie_raggiunte(parametri: dict[str, Any], dal: date, al: date) -> Esito:
    """Distinct categories of recipients that the promotion of the points reached: not how many messages (R36)."""
    raggiunte = lettura_promozione.categorie_raggiunte(dal, al)
    return Esito(
        Decimal(raggiunte.count()),
        (
            Gruppo(_("Categorie raggiunte"), lettura_promozione.primi_invii(dal, al)),
            Gruppo(
                _("Altri contatti delle stesse categorie"),
                lettura_promozione.altri_invii(dal, al),
                contato=False,
                perche=_("Una categoria conta una volta sola: vale il primo contatto."),
            ),
            Gruppo(
                _("Categorie non raggiunte"),
                Categoria.objects.exclude(pk__in=raggiunte),
                contato=False,
                perche=_("Nessun contatto nel periodo, o email non consegnate."),
            ),
        ),
    )


MISURE: dict[str, Misura] = {
    "incontri_tenuti": incontri_tenuti,
    "tasso_partecipazione_altri": tasso_partecipazione_altri,
    "casi_in_ritardo": casi_in_ritardo,
    "accordi_sottoscritti": accordi_sottoscritti,
    "atto_entro": atto_entro,
    "categorie_raggiunte": categorie_raggiunte,
}
# Parameters that a measure can't do without.
PARAMETRI_OBBLIGATORI: dict[str, tuple[str, ...]] = {
    "casi_in_ritardo": ("tipo",),
    "accordi_sottoscritti": ("tipo",),
    "atto_entro": ("tipo", "entro"),
}
