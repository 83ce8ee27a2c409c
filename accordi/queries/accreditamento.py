"""Accreditations that agreements rest on: which registers, which have lapsed on a day, with no job having run (R16)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.models import Accordo, Parte
from accordi.stati import StatoAccordo
from core.orologio import oggi
from reti.models import Accreditamento, Soggetto
from reti.stati import StatoAccreditamento


def registri_chiesti(accordo: Accordo) -> frozenset[str]:
    """Registers that the call's rule asks for, of a renewal or an amendment those of its origin; empty: none."""
    origine = accordo
    while origine.istanza_id is None and origine.padre_id:
        origine = origine.padre
    ruoli = origine.istanza.avviso.regola_composizione.get("ruoli", []) if origine.istanza_id else []
    return frozenset(r["accreditamento"] for r in ruoli if r.get("accreditamento"))


def poggia_su(accordo: Accordo, registro: str) -> bool:
    """An agreement whose rule asks for no register rests on whatever its parties had."""
    registri = registri_chiesti(accordo)
    return not registri or registro in registri


def accreditamenti_mancanti(accordi: Iterable[Accordo], al: date | None = None) -> dict[int, list[Accreditamento]]:
    """By agreement, the lapsed accreditations of its parties on that day; two queries whatever the number.

    Counted are those that expired after the signature and, where the agreement is already suspended for this,
    those suspended or revoked; not where another valid entry stands in the same register, nor of who withdrew.
    """
    giorno = al or oggi()
    tutti = {a.pk: a for a in accordi}
    parti = Parte.objects.vincolate(giorno).filter(accordo__in=tutti).values_list("accordo", "soggetto")
    coppie = list(parti.order_by("ordine"))
    iscrizioni: dict[int, list[Accreditamento]] = defaultdict(list)
    righe = Accreditamento.objects.filter(soggetto__in={s for _a, s in coppie}).select_related("soggetto")
    for riga in righe.order_by("registro", "dal", "pk"):
        iscrizioni[riga.soggetto_id].append(riga)
    mancanti: dict[int, list[Accreditamento]] = defaultdict(list)
    for pk, soggetto in coppie:
        mancanti[pk] += _caduti(tutti[pk], iscrizioni[soggetto], giorno)
    return {pk: caduti for pk, caduti in mancanti.items() if caduti}


def _caduti(accordo: Accordo, iscrizioni: list[Accreditamento], giorno: date) -> list[Accreditamento]:
    """The last lapsed entry in each register without a valid one."""
    validi = {i.registro for i in iscrizioni if _vale(i, giorno)}
    ultimi = {i.registro: i for i in iscrizioni if i.registro not in validi and _reggeva(accordo, i, giorno)}
    return [i for registro, i in ultimi.items() if poggia_su(accordo, registro)]


def _vale(iscrizione: Accreditamento, giorno: date) -> bool:
    finito = iscrizione.al is not None and iscrizione.al < giorno
    return iscrizione.stato == StatoAccreditamento.VIGENTE and iscrizione.dal <= giorno and not finito


def _reggeva(accordo: Accordo, iscrizione: Accreditamento, giorno: date) -> bool:
    if iscrizione.stato != StatoAccreditamento.VIGENTE:
        return accordo.sospeso_per == Accordo.Causa.ACCREDITAMENTO
    firma = timezone.localdate(accordo.sottoscritto_il) if accordo.sottoscritto_il else giorno
    return iscrizione.al is not None and firma <= iscrizione.al < giorno


def sospesi_per_data() -> set[int]:
    """Agreements still written as active that the dates of an accreditation have suspended today (R16).

    One query where no entry of a party has expired, a few otherwise, whatever the number.
    """
    giorno = oggi()
    scadute = Accreditamento.objects.filter(
        soggetto=OuterRef("soggetto"), stato=StatoAccreditamento.VIGENTE, al__lt=giorno
    )
    parti = Parte.objects.vincolate(giorno).filter(Exists(scadute), accordo__stato=StatoAccordo.ATTIVO)
    accordi = Accordo.objects.filter(pk__in=parti.values("accordo"))
    vivi = [a for a in accordi.select_related("istanza__avviso", "padre__istanza__avviso") if a.in_vita]
    return set(accreditamenti_mancanti(vivi, giorno))


def istanze_sospese() -> set[int]:
    """The applications of those agreements: what rests on them stops today, before anything is written."""
    if not (caduti := sospesi_per_data()):
        return set()
    return set(Accordo.objects.filter(pk__in=caduti, istanza__isnull=False).values_list("istanza", flat=True))


def come_oggi(accordi: QuerySet[Accordo]) -> QuerySet[Accordo]:
    """The same agreements, whose `stato_attuale` knows of a suspension that the dates alone have brought."""
    caduti = Case(When(pk__in=sospesi_per_data(), then=Value(True)), default=Value(False), output_field=BooleanField())
    return accordi.annotate(senza_accreditamento=caduti)


def motivo_caduta(accreditamenti: Iterable[Accreditamento]) -> str:
    """Why an agreement is suspended, in a sentence for each lapsed entry."""
    frasi = []
    for a in accreditamenti:
        dati = {"soggetto": a.soggetto, "registro": a.get_registro_display(), "al": f"{a.al:%d/%m/%Y}" if a.al else ""}
        if a.stato == StatoAccreditamento.VIGENTE and a.al:
            frasi.append(_("Accreditamento di %(soggetto)s scaduto il %(al)s (%(registro)s).") % dati)
        else:
            frasi.append(_("Accreditamento di %(soggetto)s non più in vigore (%(registro)s).") % dati)
    return " ".join(frasi)


def registro_perduto(parte: Parte) -> str:
    """Name of a register that the rule asks for and that this party had and has no more today; "" when none."""
    registri = registri_chiesti(parte.accordo)
    if not registri:
        return ""
    avuti = Accreditamento.objects.filter(soggetto=parte.soggetto_id, registro__in=registri).values_list("registro")
    for (registro,) in avuti.distinct().order_by("registro"):
        if not Soggetto.objects.accreditati(registro).filter(pk=parte.soggetto_id).exists():
            return str(Accreditamento.Registro(registro).label)
    return ""
