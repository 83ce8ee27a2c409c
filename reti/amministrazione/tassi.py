"""Back office: participation as table, drawing and file; every figure opens the invitations that it counts."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from core.fogli import TIPO_CSV, TIPO_XLSX, in_csv, in_xlsx
from core.orologio import oggi
from reti import esportazione_tassi as tabelle
from reti.amministrazione.viste import VistaLettura
from reti.forms.tassi import FiltroTassiForm
from reti.grafico import disegna, percento
from reti.models import Convocazione, Incontro
from reti.partecipazione import Partecipazione, somma
from reti.queries.selezione import Per, Selezione
from reti.queries.tabella import intestazioni
from reti.queries.tassi import CONTATI, andamento, inviti_contati, partecipazione, per_nome
from reti.queries.tavoli import ultimo_anno_con_incontri

PER_PAGINA = 25
ELENCO = (_("Partecipazione"), reverse_lazy("gestione_partecipazione:tabella"))
# Where a row's name leads.
SCHEDE = {
    Per.TAVOLO: "gestione_tavoli:scheda",
    Per.ENTE: "gestione_soggetti:inspect",
    Per.INCONTRO: "gestione_incontri:scheda",
}


class Cella(NamedTuple):
    """A figure and the address of the records that it counts."""

    testo: Any
    url: str = ""


class RigaMostrata(NamedTuple):
    riga: Partecipazione
    url: str
    celle: list[Cella]


def file(contenuto: str | bytes, nome: str) -> HttpResponse:
    """`contenuto` to download; the kind is in the name's ending."""
    tipo = TIPO_XLSX if nome.endswith(".xlsx") else TIPO_CSV
    return HttpResponse(contenuto, content_type=tipo, headers={"Content-Disposition": f'attachment; filename="{nome}"'})


def in_ordine(righe: Iterable[Partecipazione], ordina: str) -> list[Partecipazione]:
    """Sorted by a column («-» in front = descending); equal ones by name, undetermined rates last."""
    campo = ordina.removeprefix("-")
    tutte = sorted(righe, key=per_nome)
    if campo == "nome":
        return sorted(tutte, key=lambda r: (r.nome.casefold(), r.dettaglio.casefold()), reverse=ordina.startswith("-"))
    note = [r for r in tutte if getattr(r, campo) is not None]
    ignote = [r for r in tutte if getattr(r, campo) is None]
    return sorted(note, key=lambda r: getattr(r, campo), reverse=ordina.startswith("-")) + ignote


class VistaPartecipazione(VistaLettura):
    """What the screens of participation share: the filters of the URL and what they choose."""

    header_icon = "list-ul"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    @cached_property
    def form(self) -> FiltroTassiForm:
        return FiltroTassiForm(self.request.GET.dict(), anno=ultimo_anno_con_incontri())

    @property
    def selezione(self) -> Selezione:
        return self.form.selezione

    @property
    def visibili(self) -> Any:
        return Convocazione.objects.visibili_a(self.request.user)

    @cached_property
    def ordina(self) -> str:
        chiesto = self.request.GET.get("ordina", "")
        predefinito = "giorno" if self.form.scelta in (Per.TRIMESTRE, Per.ANNO, Per.INCONTRO) else "nome"
        return chiesto if chiesto.removeprefix("-") in tabelle.titoli(self.form.scelta) else predefinito

    @cached_property
    def righe(self) -> list[Partecipazione]:
        return in_ordine(partecipazione(self.form.scelta, self.selezione, self.visibili), self.ordina)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for frase in self.form.frasi:
            messages.warning(request, frase)
        return super().get(request, *args, **kwargs)


class TabellaPartecipazione(VistaPartecipazione):
    """Table and drawing of the rows chosen, and the trend by quarter of the whole selection."""

    template_name = "reti/gestione/tassi.html"
    page_title = _("Partecipazione")
    genitori = []  # noqa: RUF012  a table that nobody changes

    def _celle(self, riga: Partecipazione, per: str) -> list[Cella]:
        base = reverse("gestione_partecipazione:record")
        voce = {"per": per, "voce": riga.chiave} if riga.chiave else {}
        celle = []
        for cosa in tabelle.CIFRE:
            if cosa == "tasso":
                celle.append(Cella(percento(riga)))
            else:
                indirizzo = f"{base}?{self.form.indirizzo(cosa=cosa, **voce)}"
                celle.append(Cella(getattr(riga, cosa), indirizzo if getattr(riga, cosa) else ""))
        return celle

    def _mostra(self, riga: Partecipazione, per: str) -> RigaMostrata:
        scheda = reverse(SCHEDE[per], args=[riga.chiave]) if per in SCHEDE and riga.chiave else ""
        return RigaMostrata(riga, scheda, self._celle(riga, per))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        per, passi = self.form.scelta, andamento(self.selezione, self.visibili)
        totale = somma(p.riga for p in passi)  # each meeting is in one quarter, so that these add up right
        pagina = Paginator(self.righe, PER_PAGINA).get_page(self.request.GET.get("pagina"))
        titoli = tabelle.titoli(per)
        return super().get_context_data(
            form=self.form,
            per=per,
            pagina=pagina,
            colonne=intestazioni(titoli, self.ordina, testi=("giorno", "nome", "dettaglio")),
            prime=len(titoli) - len(tabelle.CIFRE),
            righe=[self._mostra(r, per) for r in pagina],
            totale=self._mostra(totale, per),
            tasso=percento(totale),
            grafico=disegna("tassi", _("Tasso di partecipazione: una barra per %s") % Per(per).label.lower(), pagina),
            andamento=[(p, self._mostra(p.riga, Per.TRIMESTRE)) for p in passi],
            cifre=tabelle.CIFRE.values(),
            grafico_andamento=disegna(
                "trend", _("Tasso di partecipazione, trimestre per trimestre"), (p.riga for p in passi)
            ),
            **kwargs,
        )


class EsportaPartecipazione(VistaPartecipazione):
    """The rows of the table, all pages, in the same order: csv, or xlsx with the trend on a second sheet."""

    def get(self, request: HttpRequest, *args: Any, formato: str, **kwargs: Any) -> HttpResponse:
        tabella = tabelle.righe_tassi(self.form.scelta, self.righe)
        nome = f"partecipazione-{self.form.scelta}-{oggi().isoformat()}.{formato}"
        if formato == "csv":
            return file(in_csv(tabella), nome)
        if formato != "xlsx":
            raise Http404
        trend = tabelle.righe_andamento(andamento(self.selezione, self.visibili))
        return file(in_xlsx([(str(_("Partecipazione")), tabella), (str(_("Andamento")), trend)], larga="A"), nome)


class RecordPartecipazione(VistaPartecipazione):
    """The invitations, or the meetings, that a figure counts."""

    template_name = "reti/gestione/tassi_record.html"
    page_title = _("Che cosa conta questa cifra")

    @cached_property
    def cosa(self) -> str:
        chiesta = self.request.GET.get("cosa", "inviti")
        if chiesta not in {"incontri", *CONTATI}:
            raise Http404
        return chiesta

    @property
    def selezione(self) -> Selezione:
        """The filters, and the row that was opened."""
        voce = self.request.GET.get("voce", "")
        if not voce:
            return super().selezione
        try:
            return super().selezione.con_voce(self.form.scelta, voce)
        except ValueError:
            raise Http404

    @property
    def riga(self) -> Partecipazione | None:
        """The row that was opened, if it was one."""
        aperta = "voce" in self.request.GET
        return next(iter(partecipazione(self.form.scelta, self.selezione, self.visibili)), None) if aperta else None

    @cached_property
    def record(self) -> Any:
        """Invitations or meetings, the latest first."""
        inviti = inviti_contati(self.selezione, self.visibili, "inviti" if self.cosa == "incontri" else self.cosa)
        if self.cosa == "incontri":
            scelti = Incontro.objects.filter(pk__in=inviti.order_by().values("incontro"))
            return scelti.select_related("rete").prefetch_related("altre_reti").order_by("-inizio", "-pk")
        righe = inviti.select_related("incontro", "adesione__rete", "adesione__soggetto")
        ordinate = righe.order_by("-incontro__inizio", "adesione__soggetto__denominazione", "pk")
        return ordinate.annotate(esito_appello=F("appello__esito"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pagina = Paginator(self.record, PER_PAGINA).get_page(self.request.GET.get("pagina"))
        return super().get_context_data(
            form=self.form,
            pagina=pagina,
            cosa=tabelle.CIFRE[self.cosa],
            incontri=self.cosa == "incontri",
            riga=self.riga,
            righe=[(r, "" if self.cosa == "incontri" else tabelle.esito(r)) for r in pagina],
            **kwargs,
        )


class RecordCsv(RecordPartecipazione):
    """The same rows as the page of records, all of them."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scrivi = tabelle.righe_incontri if self.cosa == "incontri" else tabelle.righe_inviti
        return file(in_csv(scrivi(self.record)), f"partecipazione-{self.cosa}-{oggi().isoformat()}.csv")
