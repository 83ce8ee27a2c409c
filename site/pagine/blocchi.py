"""Blocks of the editorial pages."""

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.lingue import minuscolo
from monitoraggio.models import Indicatore
from monitoraggio.queries import riga_indicatore
from pagine.guida import DOMANDE, Profilo


def risposte_della_guida() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every answer of the guide under its question, as "question:answer"."""
    return [(str(d.testo), [(f"{d.chiave}:{r}", str(t)) for r, t in d.risposte.items()]) for d in DOMANDE]


class ProfiloValue(blocks.StructValue):
    @property
    def profilo(self) -> Profilo:
        return Profilo(frozenset(tuple(r.split(":", 1)) for r in self["risposte"]), self["perche"])


class ProfiloBlock(blocks.StructBlock):
    """Who a measure is for, as the guide «Quali misure chiedere» reads it."""

    risposte = blocks.MultipleChoiceBlock(
        choices=risposte_della_guida,
        label=_("Risposte"),
        help_text=_("Più risposte alla stessa domanda: ne basta una. Domande diverse: devono valere tutte."),
    )
    perche = blocks.CharBlock(
        label=_("Perché chiederne"),
        max_length=200,
        help_text=_("Una frase che chi ha risposto così capisce, senza promettere: «GOL aiuta chi…»."),
    )

    class Meta:
        icon = "user"
        label = _("Profilo")
        value_class = ProfiloValue


class NumeroValue(blocks.StructValue):
    """A figure that the editor wrote: `numero`, `che_cosa`, `fonte`, `url`."""

    @property
    def numero(self) -> str:
        return self["numero"]

    @property
    def fonte(self) -> str:
        return self["fonte"]

    @property
    def url(self) -> str:
        return self["url"]


class NumeroBlock(blocks.StructBlock):
    """One result: a figure, or a word such as «Realizzato», what it counts, where it can be checked."""

    numero = blocks.CharBlock(label=_("Numero"), max_length=20, help_text=_("Anche una parola: «Realizzato»."))
    che_cosa = blocks.TextBlock(label=_("Che cosa"), rows=2)
    fonte = blocks.CharBlock(label=_("Fonte"), max_length=200, help_text=_("Dove si può controllare."))
    url = blocks.URLBlock(label=_("Indirizzo della fonte"), required=False)

    class Meta:
        icon = "order"
        label = _("Numero")
        value_class = NumeroValue


def indicatori_peg() -> list[tuple[str, str]]:
    """The indicators of the objective sheets, as "objective|indicator"."""
    indicatori = Indicatore.objects.select_related("obiettivo").order_by("-obiettivo__anno", "obiettivo", "ordine")
    return [(f"{i.obiettivo.codice}|{i.codice}", f"{i.obiettivo.anno} {i}") for i in indicatori]


class NumeroPegValue(blocks.StructValue):
    """A figure that the objective sheet counts on its day: as NumeroValue, computed when the page is shown."""

    @cached_property
    def indicatore(self) -> Indicatore | None:
        obiettivo, _barra, codice = self["indicatore"].partition("|")
        cercati = Indicatore.objects.filter(obiettivo__codice=obiettivo, codice=codice)
        return cercati.select_related("obiettivo").prefetch_related("fasi", "valori").first()

    @cached_property
    def numero(self) -> str:
        if not self.indicatore:
            return "n.d."
        riga = riga_indicatore(self.indicatore, self["al"])
        return riga.raggiunto_testo + (self.indicatore.unita if riga.valore is not None else "")

    @property
    def fonte(self) -> str:
        if not self.indicatore:
            return ""
        dati = {"codice": self.indicatore.codice, "anno": self.indicatore.obiettivo.anno}
        dati["giorno"] = minuscolo(date_format(self["al"], "j F Y"))
        return _t("Scheda obiettivi %(anno)s, indicatore %(codice)s, al %(giorno)s") % dati

    url = ""


class NumeroPegBlock(blocks.StructBlock):
    """A result that the platform counts by itself: the page can't say another figure than the sheet."""

    indicatore = blocks.ChoiceBlock(choices=indicatori_peg, label=_("Indicatore"))
    al = blocks.DateBlock(label=_("Contato al"))
    che_cosa = blocks.TextBlock(label=_("Che cosa"), rows=2)

    class Meta:
        icon = "table"
        label = _("Numero della scheda obiettivi")
        value_class = NumeroPegValue
