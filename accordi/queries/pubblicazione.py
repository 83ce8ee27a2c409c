"""What anyone may read of the agreements: the public register and the half-yearly list (D.Lgs. 33/2013 art. 23; R15).

Bodies, never persons: no signatory, no fiscal code of a sole trader, not the document. The list holds every
agreement signed by all, as the law wants; one that the office keeps out of the register has no page there, and
its row neither address nor code of verification.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.models import Accordo, Parte
from accordi.queries.accreditamento import come_oggi
from core.giorni import nei_giorni
from core.orologio import oggi
from reti.models import Soggetto

# Columns of the list, the same in HTML, CSV and JSON.
COLONNE = (
    "codice_verifica",
    "oggetto",
    "tipo",
    "parti",
    "atto",
    "sottoscritto_il",
    "protocollo",
    "protocollo_il",
    "efficace_dal",
    "scade_il",
    "stato",
    "indirizzo",
)


@dataclass(frozen=True)
class RicercaAccordi:
    """Filters of the register; empty ones filter nothing. `in_vigore`: on that day."""

    q: str = ""
    tipo: str = ""
    ente: Soggetto | None = None
    anno: str = ""
    in_vigore: date | None = None


@dataclass(frozen=True)
class Semestre:
    """Half a calendar year, in local days, both ends included."""

    anno: int
    numero: int

    @property
    def dal(self) -> date:
        return date(self.anno, 1 if self.numero == 1 else 7, 1)

    @property
    def al(self) -> date:
        return date(self.anno, 6, 30) if self.numero == 1 else date(self.anno, 12, 31)

    @property
    def concluso(self) -> bool:
        return self.al < oggi()

    def __str__(self) -> str:
        return _("%(n)d° semestre %(anno)d") % {"n": self.numero, "anno": self.anno}


@dataclass(frozen=True)
class VocePubblica:
    """One agreement as the register shows it. `parti`: with the day until which each is bound, when it left."""

    accordo: Accordo
    parti: Sequence[tuple[Soggetto, date | None]] = field(default_factory=tuple)


def registro_pubblico(ricerca: RicercaAccordi) -> QuerySet[Accordo]:
    """Public agreements that answer the filters, last signed first; every word of `q` in the object or in a party."""
    accordi = _con_le_parti(Accordo.objects.pubblici())
    for parola in ricerca.q.split():
        per_nome = Parte.objects.filter(soggetto__denominazione__icontains=parola)
        accordi = accordi.filter(Q(titolo__icontains=parola) | Q(pk__in=per_nome.values("accordo")))
    if ricerca.tipo:
        accordi = accordi.filter(tipo=ricerca.tipo)
    if ricerca.ente:
        accordi = accordi.filter(pk__in=Parte.objects.filter(soggetto=ricerca.ente).values("accordo"))
    if ricerca.anno:
        anno = int(ricerca.anno)
        accordi = accordi.filter(nei_giorni("sottoscritto_il", date(anno, 1, 1), date(anno, 12, 31)))
    if ricerca.in_vigore:
        accordi = accordi.in_vigore(ricerca.in_vigore)
    return accordi.order_by("-sottoscritto_il", "-pk")


def accordo_pubblico(codice: str) -> Accordo | None:
    """One agreement of the register by its opaque code; None when there is none, or it isn't public."""
    accordi = _con_le_parti(Accordo.objects.pubblici()).select_related("padre", "istanza__avviso")
    return accordi.filter(codice=codice).first()


def voce(accordo: Accordo) -> VocePubblica:
    """What the register says of `accordo`, loaded by one of the functions above."""
    parti = [(p.soggetto, _fino_al(p)) for p in accordo.parti.all()]
    return VocePubblica(accordo, parti)


def collegati(accordo: Accordo) -> dict[str, Any]:
    """What `accordo` renews or amends, and what renews or amends it, as far as they are public."""
    padre = accordo.padre if accordo.padre and Accordo.objects.pubblici().filter(pk=accordo.padre_id).exists() else None
    return {"padre": padre, "seguiti": list(Accordo.objects.pubblici().filter(padre=accordo).order_by("pk"))}


def enti_del_registro() -> QuerySet[Soggetto]:
    """Bodies that are party to some public agreement, by name; the Province, which is in all, stays out."""
    parti = Parte.objects.filter(accordo__in=Accordo.objects.pubblici())
    return Soggetto.objects.filter(pk__in=parti.values("soggetto"), titolare_piattaforma=False)


def anni_del_registro() -> list[int]:
    """Local years in which some public agreement was signed, last first."""
    return [i.year for i in Accordo.objects.pubblici().datetimes("sottoscritto_il", "year", order="DESC")]


def semestri() -> list[Semestre]:
    """Halves from the first agreement signed by all to today, last first."""
    primo = Accordo.objects.firmati().order_by("sottoscritto_il").values_list("sottoscritto_il", flat=True).first()
    if primo is None:
        return []
    giorno, inizio = oggi(), timezone.localdate(primo)
    tutti = [Semestre(anno, n) for anno in range(inizio.year, giorno.year + 1) for n in (1, 2)]
    return [s for s in reversed(tutti) if s.al >= inizio and s.dal <= giorno]


def elenco(semestre: Semestre) -> list[dict[str, Any]]:
    """Rows of the half-yearly list: what was signed by all within the half, in order of signature; dates in ISO."""
    nel_semestre = nei_giorni("sottoscritto_il", semestre.dal, semestre.al)
    accordi = _con_le_parti(Accordo.objects.firmati().filter(nel_semestre)).order_by("sottoscritto_il", "pk")
    return [dict(zip(COLONNE, _riga(a), strict=True)) for a in accordi]


def _riga(accordo: Accordo) -> Iterable[Any]:
    pagina = reverse("accordi:registro_accordo", args=[accordo.codice])
    return (
        accordo.codice_verifica if accordo.pubblico else "",
        accordo.titolo,
        str(accordo.get_tipo_display()),
        [_parte(p.soggetto) for p in accordo.parti.all()],
        atto(accordo),
        timezone.localdate(accordo.sottoscritto_il).isoformat(),
        f"{accordo.protocollo.numero}/{accordo.protocollo.anno}" if accordo.protocollo else "",
        _iso(accordo.protocollo.data if accordo.protocollo else None),
        _iso(accordo.efficace_dal),
        _iso(accordo.scade_il),
        str(accordo.stato_attuale.label),
        settings.INDIRIZZO_PUBBLICO + pagina if accordo.pubblico else "",
    )


def atto(accordo: Accordo) -> str:
    """The determination in one line; empty when none was due."""
    if not accordo.determina_numero:
        return ""
    data = f" del {accordo.determina_data:%d/%m/%Y}" if accordo.determina_data else ""
    return f"Determinazione n. {accordo.determina_numero}{data}"


def _parte(soggetto: Soggetto) -> str:
    codice = soggetto.codice_fiscale_pubblico
    return f"{soggetto} (C.F. {codice})" if codice else str(soggetto)


def _iso(giorno: date | None) -> str:
    return giorno.isoformat() if giorno else ""


def _fino_al(parte: Parte) -> date | None:
    recesso = getattr(parte, "recesso", None)
    return recesso.efficace_dal - timedelta(days=1) if recesso else None


def _con_le_parti(accordi: QuerySet[Accordo]) -> QuerySet[Accordo]:
    parti = Parte.objects.select_related("soggetto", "recesso")
    return come_oggi(accordi).select_related("protocollo").prefetch_related(Prefetch("parti", parti)).defer("testo")
