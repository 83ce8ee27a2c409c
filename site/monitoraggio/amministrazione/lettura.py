"""Screens that read: list of objectives, the sheet, the records behind a figure, snapshots, exports."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton

from core.fogli import TIPO_CSV, TIPO_XLSX, in_csv
from monitoraggio.amministrazione.base import VistaObiettivo, VistaPeg
from monitoraggio.esportazioni import in_xlsx, righe_fasi, righe_indicatori
from monitoraggio.evidenze import righe, righe_tabella
from monitoraggio.models import Indicatore, Obiettivo, Rilevazione
from monitoraggio.permissions import puo_inserire_valore, puo_scrivere_scheda
from monitoraggio.queries import confronto, indicatori_di, previsioni, riga_indicatore, scheda, totali
from monitoraggio.schede import Scheda, canonico


def _file(contenuto: str | bytes, tipo: str, nome: str) -> HttpResponse:
    return HttpResponse(contenuto, content_type=tipo, headers={"Content-Disposition": f'attachment; filename="{nome}"'})


class ElencoView(VistaPeg):
    """Every objective with its lights today."""

    template_name = "monitoraggio/gestione/elenco.html"
    page_title = _("Scheda obiettivi (PEG)")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Scheda obiettivi")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        utente = self.request.user
        fogli = [scheda(o) for o in Obiettivo.objects.visibili_a(utente)]
        conti = totali(fogli)
        return super().get_context_data(
            righe=[(f, conti[f.obiettivo.codice]) for f in fogli], puo_scrivere=puo_scrivere_scheda(utente), **kwargs
        )


class SchedaView(VistaObiettivo):
    """The sheet: each reached figure opens its records."""

    template_name = "monitoraggio/gestione/scheda.html"

    @cached_property
    def foglio(self) -> Scheda:
        return scheda(self.obiettivo, self.al)

    def get_page_title(self) -> str:
        return f"{self.obiettivo.codice} {self.obiettivo.titolo}"

    def get_header_buttons(self) -> list[HeaderButton]:
        formati = [("csv", _("Scarica CSV")), ("xlsx", _("Scarica XLSX")), ("json", _("Scarica JSON"))]
        return [
            HeaderButton(label=etichetta, url=self.indirizzo("esporta", formato), icon_name="download")
            for formato, etichetta in formati
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            scheda=self.foglio,
            previsioni=previsioni(self.foglio),
            conti=totali([self.foglio])[self.obiettivo.codice],
            rilevazioni=self.obiettivo.rilevazioni.select_related("utente"),
            giorno_url=f"?al={self.al.isoformat()}" if "al" in self.request.GET else "",
            **kwargs,
        )


class EsportaView(SchedaView):
    """The sheet as a file: csv, csv of the phases, xlsx, json."""

    def get(self, request: HttpRequest, *args: Any, formato: str, **kwargs: Any) -> HttpResponse:
        nome = slugify(f"scheda-{self.obiettivo.codice}-al-{self.al.isoformat()}")
        if formato == "xlsx":
            return _file(in_xlsx(self.foglio), TIPO_XLSX, f"{nome}.xlsx")
        if formato == "json":
            testo = json.dumps(self.foglio.come_dict(), ensure_ascii=False, indent=1)
            return _file(testo, "application/json", f"{nome}.json")
        if formato != "csv":
            raise Http404
        righe_csv = [*righe_indicatori(self.foglio), [], *righe_fasi(self.foglio)]
        return _file(in_csv(righe_csv), TIPO_CSV, f"{nome}.csv")


class RecordView(VistaObiettivo):
    """Exactly the records that a figure counts, and those left out with the reason (R51)."""

    template_name = "monitoraggio/gestione/record.html"

    @cached_property
    def indicatore(self) -> Indicatore:
        trovato = next((i for i in indicatori_di(self.obiettivo) if i.codice == self.kwargs["indicatore"]), None)
        return trovato or get_object_or_404(Indicatore.objects.none())

    def get_page_title(self) -> str:
        return f"{self.indicatore.codice}: {_('record contati')}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.indicatore.codice}]

    def get_header_buttons(self) -> list[HeaderButton]:
        url = self.indirizzo("record_csv", self.indicatore.codice)
        return [HeaderButton(label=_("Scarica CSV"), url=url, icon_name="download")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        riga = riga_indicatore(self.indicatore, self.al)
        gruppi = [(g, righe(g)) for g in riga.esito.gruppi]
        return super().get_context_data(
            riga=riga,
            gruppi=[(g, r) for g, r in gruppi if g.contato or r],
            puo_inserire=puo_inserire_valore(self.request.user, self.indicatore),
            **kwargs,
        )


class RecordCsvView(RecordView):
    """The same rows as the page of records."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        esito = riga_indicatore(self.indicatore, self.al).esito
        nome = slugify(f"{self.obiettivo.codice}-{self.indicatore.codice}-al-{self.al.isoformat()}")
        return _file(in_csv(righe_tabella(esito)), TIPO_CSV, f"{nome}.csv")


class RilevazioneView(VistaObiettivo):
    """A frozen sheet, and what the records say differently now (R52)."""

    template_name = "monitoraggio/gestione/rilevazione.html"

    @cached_property
    def rilevazione(self) -> Rilevazione:
        return get_object_or_404(
            Rilevazione.objects.select_related("utente", "obiettivo"), obiettivo=self.obiettivo, pk=self.kwargs["pk"]
        )

    def get_page_title(self) -> str:
        return str(_("Rilevazione al %s")) % f"{self.rilevazione.al:%d/%m/%Y}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_header_buttons(self) -> list[HeaderButton]:
        url = self.indirizzo("rilevazione_json", self.rilevazione.pk)
        return [HeaderButton(label=_("Scarica JSON"), url=url, icon_name="download")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rilevazione=self.rilevazione, differenze=confronto(self.rilevazione), **kwargs)


class RilevazioneJsonView(RilevazioneView):
    """The canonical text whose SHA-256 is the fingerprint."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        nome = slugify(f"rilevazione-{self.obiettivo.codice}-al-{self.rilevazione.al.isoformat()}")
        return _file(canonico(self.rilevazione.scheda), "application/json", f"{nome}.json")
