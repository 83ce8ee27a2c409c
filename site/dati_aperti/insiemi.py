"""The datasets of this installation: what each is, its files, how often it changes. Page and catalogue say these."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.models import Avviso
from accordi.queries.pubblicazione import semestri
from core.models import RigaRegistro
from core.orologio import oggi
from dati_aperti.formati import FORMATI
from punti_informativi.models import PuntoInformativo
from reti.esportazione import FORMATI as FORMATI_RETE
from reti.models import Rete

CONTINUO, SEMESTRALE = "UPDATE_CONT", "ANNUAL_2"
# Codes in the EU's list of file types, where the end of the file's name isn't one.
VOCABOLARIO = {"csv": "CSV", "json": "JSON", "graphml": "XML", "gexf": "XML"}


@dataclass(frozen=True)
class File:
    """One distribution: `scarica` false when the address is a page that leads to the files."""

    nome: str
    formato: str
    tipo: str
    percorso: str
    scarica: bool = True


@dataclass(frozen=True)
class Insieme:
    """One dataset. `temi` and `frequenza` are codes of the EU's vocabularies; `numero` makes its identifier."""

    numero: int
    chiave: str
    titolo: str
    descrizione: str
    pagina: str
    temi: tuple[str, ...]
    parole: tuple[str, ...]
    frequenza: str
    aggiornato_il: date
    file: tuple[File, ...]

    @property
    def ogni_quanto(self) -> str:
        return _("Ogni semestre") if self.frequenza == SEMESTRALE else _("Sempre aggiornati")


def insiemi() -> list[Insieme]:
    """All, in the order of the page, in the language in use."""
    return [_punti(), _avvisi(), _accordi(), _elenchi(), _soggetti(), _rete(), _tavoli()]


def aggiornati_il(*modelli: str, pubblicati: type | None = None) -> date:
    """The day of the last change that the audit trail or the editor's publishing knows; today when none is."""
    righe = RigaRegistro.objects.filter(oggetto_tipo__in=modelli).order_by("-numero")
    ultime = [righe.values_list("quando", flat=True).first()]
    if pubblicati:
        ultime += pubblicati.objects.filter(live=True).aggregate(Max("last_published_at")).values()
    note = [timezone.localdate(q) for q in ultime if q]
    return max(note, default=oggi())


def punti_aggiornati_il() -> date:
    modelli = ("punti_informativi.puntoinformativo", "reti.soggetto", "reti.sede")
    return aggiornati_il(*modelli, pubblicati=PuntoInformativo)


def _dall_api(rotta: str) -> File:
    """Not a download: an answer of the API is a page of the whole."""
    return File(
        _("API (JSON, a pagine)"), "JSON", "application/json", reverse(f"dati_aperti:api:{rotta}"), scarica=False
    )


def _punti() -> Insieme:
    return Insieme(
        1,
        "punti-informativi",
        _("Punti informativi"),
        _(
            "I luoghi dove i cittadini trovano aiuto sul lavoro: dove sono, che cosa offrono, a chi, in quali lingue, "
            "con quali orari. Un punto che non vuole stare nell'elenco, o i cui dati nessuno conferma, non c'è."
        ),
        reverse("punti:elenco"),
        ("SOCI", "GOVE"),
        ("lavoro", "punti informativi", "servizi per il lavoro", "sportelli"),
        CONTINUO,
        punti_aggiornati_il(),
        (
            *(
                File(NOMI[f.nome], f.vocabolario, f.tipo.partition(";")[0], reverse("dati_aperti:punti", args=[f.nome]))
                for f in FORMATI.values()
            ),
            _dall_api("punti"),
            File(_("iCalendar, uno per punto"), "ICS", "text/calendar", reverse("punti:elenco"), scarica=False),
        ),
    )


NOMI = {"csv": "CSV", "json": "JSON", "geojson": "GeoJSON", "hsds.json": "HSDS 3 (Open Referral)"}


def _avvisi() -> Insieme:
    return Insieme(
        2,
        "avvisi",
        _("Avvisi"),
        _("Gli avvisi pubblicati: tipo di accordo, atto, quando aprono e quando chiudono, a chi si rivolgono."),
        reverse("accordi:avvisi"),
        ("SOCI", "GOVE"),
        ("avvisi", "bandi", "lavoro"),
        CONTINUO,
        aggiornati_il("accordi.avviso", pubblicati=Avviso),
        (_dall_api("avvisi"),),
    )


def _accordi() -> Insieme:
    return Insieme(
        3,
        "accordi",
        _("Registro degli accordi"),
        _("Gli accordi firmati da tutte le parti: oggetto, tipo, parti, atto, date, stato di oggi. Enti, mai persone."),
        reverse("accordi:registro"),
        ("GOVE", "SOCI"),
        ("accordi", "convenzioni", "amministrazione trasparente"),
        CONTINUO,
        aggiornati_il("accordi.accordo"),
        (_dall_api("accordi"),),
    )


def _elenchi() -> Insieme:
    return Insieme(
        4,
        "elenchi-accordi",
        _("Elenchi semestrali degli accordi"),
        _("Gli accordi stipulati in ogni semestre con privati e con altre amministrazioni (D.Lgs. 33/2013, art. 23)."),
        reverse("accordi:elenchi"),
        ("GOVE",),
        ("accordi", "amministrazione trasparente", "d.lgs. 33/2013"),
        SEMESTRALE,
        aggiornati_il("accordi.accordo"),
        tuple(
            File(f"{nome.upper()}, {s}", nome.upper(), tipo, reverse(f"accordi:elenco_{nome}", args=[s.anno, s.numero]))
            for s in semestri()
            for nome, tipo in (("csv", "text/csv"), ("json", "application/json"))
        )
        or (File(_("Pagina degli elenchi"), "HTML", "text/html", reverse("accordi:elenchi"), scarica=False),),
    )


def _soggetti() -> Insieme:
    return Insieme(
        5,
        "soggetti",
        _("Soggetti della rete"),
        _("Gli enti che fanno parte della rete: natura, tipo, sedi, accreditamenti. I codici di persone non ci sono."),
        reverse("grafo:soggetti"),
        ("GOVE", "SOCI"),
        ("soggetti", "operatori accreditati", "terzo settore"),
        CONTINUO,
        aggiornati_il("reti.soggetto", "reti.accreditamento", "reti.sede"),
        (File("CSV", "CSV", "text/csv", reverse("grafo:soggetti_csv")),),
    )


def _rete() -> Insieme:
    return Insieme(
        6,
        "rete",
        _("La rete"),
        _("Chi lavora con chi: legami tra enti, con il tipo, le date e la pagina che li prova."),
        reverse("grafo:rete"),
        ("GOVE", "SOCI"),
        ("rete", "grafo", "collaborazioni"),
        CONTINUO,
        aggiornati_il("reti.rete", "reti.adesione", "reti.incontro", "accordi.accordo"),
        tuple(
            File(
                str(f.titolo),
                VOCABOLARIO[f.ending.rpartition(".")[2]],
                f.tipo.partition(";")[0],
                reverse("grafo:esporta", args=[nome]),
            )
            for nome, f in FORMATI_RETE.items()
        ),
    )


def _tavoli() -> Insieme:
    return Insieme(
        7,
        "tavoli",
        _("Calendari dei tavoli"),
        _("Gli incontri dei tavoli pubblici: quando e dove. I nomi delle persone non ci sono."),
        reverse("tavoli:elenco"),
        ("GOVE",),
        ("tavoli", "incontri", "calendario"),
        CONTINUO,
        aggiornati_il("reti.incontro", "reti.rete"),
        (
            _dall_api("tavoli"),
            *(
                File(f"iCalendar: {nome}", "ICS", "text/calendar", reverse("tavoli:calendario_pubblico", args=[slug]))
                for slug, nome in Rete.objects.filter(pubblica=True).order_by("nome").values_list("slug", "nome")
            ),
        ),
    )
