"""Boards and meetings: public list and page, meeting page and calendar for the invited."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.archivio import consegna_file
from reti.composizione import composizione_in_parole
from reti.forms.risposte import AnnoForm
from reti.models import Convocazione, Incontro, Rete, Verbale
from reti.queries.appello import Aula, frasi_quorum
from reti.queries.collegio import regola_di
from reti.queries.seggi import quorum_detto
from reti.queries.selezione import Per, Selezione
from reti.queries.tassi import partecipazione
from reti.queries.tavoli import (
    anni_con_incontri,
    incontri_pubblicati,
    reti_con_conteggi,
    reti_leggibili,
    seggi_vigenti,
    ultimo_anno_con_incontri,
)
from reti.queries.titoli_pubblici import titoli_pubblici
from reti.queries.verbali import verbali_pubblici
from reti.services.approvazione import matura_verbali
from reti.services.inviti import calendario_pubblico
from reti.services.risposte import motivo_rifiuto_risposta
from reti.stati import INCONTRI_TENUTI, StatoIncontro

VERBALI_IN_PAGINA = 30
TAVOLI_PER_PAGINA = 24


def _anno(request: HttpRequest) -> tuple[AnnoForm, int]:
    """The year asked for in the URL; a wrong one is said and replaced by the latest."""
    anni = anni_con_incontri()
    form = AnnoForm({"anno": request.GET["anno"]} if "anno" in request.GET else None, anni=anni)
    anno = form.scelto(ultimo_anno_con_incontri())
    for errore in form.errors.get("anno", []) if form.is_bound else []:
        messages.warning(request, errore)
    return AnnoForm(initial={"anno": anno}, anni=anni), anno


@require_safe
def elenco(request: HttpRequest) -> HttpResponse:
    """Public boards, with their purpose, member organisations and meetings held in the year."""
    form, anno = _anno(request)
    reti = reti_con_conteggi(Rete.objects.filter(pubblica=True), anno)
    pagina = Paginator(reti, TAVOLI_PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "reti/tavoli.html", {"pagina": pagina, "form": form, "anno": anno})


@require_safe
def rete(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: members, meetings of the year, participation by organisation."""
    leggibili = reti_leggibili(request.user).select_related("convocante").prefetch_related(seggi_vigenti())
    tavolo = get_object_or_404(leggibili, slug=slug)
    form, anno = _anno(request)
    dal, al = date(anno, 1, 1), date(anno, 12, 31)
    incontri = incontri_pubblicati(tavolo, dal, al, request.user)
    apribili = Incontro.objects.visibili_a(request.user).filter(pk__in=[i.pk for i in incontri])
    visibili = set(apribili.values_list("pk", flat=True))
    matura_verbali(Q(incontro__rete=tavolo) | Q(incontro__altre_reti=tavolo))
    verbali = list(verbali_pubblici(tavolo)[:VERBALI_IN_PAGINA])
    titoli = titoli_pubblici({*incontri, *(v.incontro for v in verbali)})
    contesto = {
        "rete": tavolo,
        "quorum": quorum_detto(tavolo, tavolo.seggi)[0],
        "composizione": composizione_in_parole(regola_di(tavolo)),
        "verbali": [(v, titoli[v.incontro_id]) for v in verbali],
        "incontri": [(i, i.titolo if i.pk in visibili else titoli[i.pk]) for i in incontri],
        "visibili": visibili,
        "partecipazione": partecipazione(Per.ENTE, Selezione(rete=tavolo.pk, dal=dal, al=al)),
        "form": form,
        "anno": anno,
    }
    return render(request, "reti/tavolo.html", contesto)


@require_safe
def atto(request: HttpRequest, slug: str) -> HttpResponse:
    """The constituting act's document: of a public board for anyone, else for staff and the seats' representatives."""
    tavolo = get_object_or_404(reti_leggibili(request.user).exclude(atto_documento=""), slug=slug)
    return consegna_file(tavolo.atto_documento, f"atto-{tavolo.slug}.pdf")


@login_required
@require_safe
def incontro(request: HttpRequest, codice: str) -> HttpResponse:
    """A meeting, for the invited bodies and for staff: agenda, answers, attendance, minutes."""
    matura_verbali(incontro__codice=codice)
    visibili = Incontro.objects.visibili_a(request.user).exclude(stato=StatoIncontro.BOZZA)
    riunione = get_object_or_404(visibili.select_related("rete__convocante"), codice=codice)
    proprie = Convocazione.objects.rispondibili_da(request.user).filter(incontro=riunione)
    proprie = list(proprie.select_related("adesione__soggetto", "incontro"))
    contesto = {
        "incontro": riunione,
        "convocazioni": proprie,
        "si_risponde": bool(proprie) and not motivo_rifiuto_risposta(proprie[0]),
        "tenuto": riunione.stato in INCONTRI_TENUTI,
        "presenze": riunione.presenze.select_related("adesione__soggetto"),
        "verbale": Verbale.objects.leggibili_da(request.user).filter(incontro=riunione).first(),
        "frasi_quorum": frasi_quorum(Aula.di(riunione)),
    }
    return render(request, "reti/incontro.html", contesto)


@login_required
@require_safe
def calendario(request: HttpRequest, codice: str) -> HttpResponse:
    """The meeting as an .ics file for one's own calendar (METHOD:PUBLISH, no address of others)."""
    convocati = Incontro.objects.visibili_a(request.user).exclude(stato__in=[StatoIncontro.BOZZA])
    riunione = get_object_or_404(
        convocati.exclude(stato__in=[StatoIncontro.ANNULLATO, StatoIncontro.RINVIATO]).select_related("rete"),
        codice=codice,
    )
    risposta = HttpResponse(calendario_pubblico(riunione), content_type="text/calendar; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="incontro-{riunione.codice}.ics"'
    return risposta
