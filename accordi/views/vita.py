"""The parties' page of an agreement after signature, what they report there, and their proofs."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from accordi.forms.accordi import ConfermaForm
from accordi.forms.vita import AdempimentoForm, ConferimentoForm, EsitoForm
from accordi.models import Accordo, Impegno
from accordi.permissions import puo_portare_avanti, puo_rendicontare
from accordi.queries.accreditamento import come_oggi
from accordi.queries.legami import catena, consolidato, parti_oggi
from accordi.queries.vita import vita
from accordi.services.azioni import porta_avanti
from accordi.services.impegni import adempi_impegno
from accordi.services.risorse import conferisci
from accordi.stati import ACCORDI_FIRMATI, StatoAzione
from core.archivio import consegna_file
from core.errori import Rifiuto
from core.orologio import oggi
from reti.models import Soggetto
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo

# What a party reports: kind → form, service, sentence after.
GESTI = {
    "impegno": (AdempimentoForm, adempi_impegno, _l("Segnalato: l'ufficio lo legge e conferma.")),
    "risorsa": (ConferimentoForm, conferisci, _l("Segnalato: entra nel conto quando l'ufficio conferma.")),
    "avvia": (ConfermaForm, porta_avanti, _l("L'azione è in corso.")),
    "concludi": (EsitoForm, porta_avanti, _l("L'azione è conclusa.")),
}
NUOVI_STATI = {"avvia": StatoAzione.IN_CORSO, "concludi": StatoAzione.CONCLUSA}


class VitaView(LoginRequiredMixin, TemplateView):
    """Dates, who is bound, what follows; one's own obligations, resources and actions, to report on. 404 to others."""

    template_name = "accordi/vita.html"
    sbagliato: tuple[str, forms.Form] | None = None

    @cached_property
    def accordo(self) -> Accordo:
        accordi = come_oggi(Accordo.objects.visibili_a(self.request.user).filter(stato__in=ACCORDI_FIRMATI))
        return get_object_or_404(accordi.select_related("padre", "istanza"), codice=self.kwargs["codice"])

    @cached_property
    def righe(self) -> dict[str, list[Any]]:
        """What the person reads of it: everything for staff, one's own and everyone's for a party."""
        tutto = vita(self.accordo)
        if ha_ruolo(self.request.user, LEGGONO_TUTTO):
            return {"impegni": tutto.impegni, "risorse": tutto.risorse, "azioni": tutto.azioni}
        enti = set(Soggetto.objects.rappresentati_da(self.request.user).values_list("pk", flat=True))
        return {
            "impegni": [i for i in tutto.impegni if i.parte is None or i.parte.soggetto_id in enti],
            "risorse": [r for r in tutto.risorse if r.risorsa.parte.soggetto_id in enti],
            "azioni": [a for a in tutto.azioni if not (p := a.parti.all()) or enti & {x.soggetto_id for x in p}],
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accordo, utente, righe = self.accordo, self.request.user, self.righe
        return super().get_context_data(**kwargs) | {
            "accordo": accordo,
            "parti": parti_oggi(accordo, oggi()),
            "catena": catena(accordo),
            "consolidato": consolidato(accordo),
            "impegni": [
                (i, self._modulo("impegno", i) if self._puo_dire(i.parte, i.adempiuto_il is None) else None)
                for i in righe["impegni"]
            ],
            "risorse": [
                (r, self._modulo("risorsa", r.risorsa) if puo_rendicontare(utente, accordo, r.risorsa.parte) else None)
                for r in righe["risorse"]
            ],
            "azioni": [(a, self._avanti(a)) for a in righe["azioni"]],
        }

    def _puo_dire(self, parte: Any, aperto: bool) -> bool:
        return aperto and puo_rendicontare(self.request.user, self.accordo, parte)

    def _avanti(self, azione: Any) -> tuple[str, forms.Form] | None:
        passo = {StatoAzione.PREVISTA: "avvia", StatoAzione.IN_CORSO: "concludi"}.get(azione.stato)
        return (passo, self._modulo(passo, azione)) if passo and puo_portare_avanti(self.request.user, azione) else None

    def _modulo(self, gesto: str, riga: Any) -> forms.Form:
        """The form of one row; the refused one with what was typed."""
        prefisso = f"{gesto}-{riga.pk}"
        if self.sbagliato and self.sbagliato[0] == prefisso:
            return self.sbagliato[1]
        return GESTI[gesto][0](prefix=prefisso)

    def post(self, request: HttpRequest, codice: str) -> HttpResponse:
        gesto, _trattino, pk = request.POST.get("gesto", "").partition("-")
        riga = self._riga(gesto, pk)
        form_class, servizio, fatto = GESTI[gesto]
        form = form_class(request.POST, request.FILES, prefix=f"{gesto}-{riga.pk}")
        if form.is_valid():
            nome = "azione" if gesto in NUOVI_STATI else gesto
            fissi = {"nuovo": NUOVI_STATI[gesto]} if gesto in NUOVI_STATI else {}
            try:
                servizio(utente=request.user, **{nome: riga}, **fissi, **form.cleaned_data)
            except Rifiuto as rifiuto:
                form.add_error(None, rifiuto.frase)
            else:
                messages.success(request, fatto)
                return redirect("accordi:vita", codice=codice)
        self.sbagliato = (form.prefix, form)
        return self.render_to_response(self.get_context_data())

    def _riga(self, gesto: str, pk: str) -> Any:
        """Among those that the person reads; 404 otherwise."""
        righe = {
            "impegno": self.righe["impegni"],
            "risorsa": [r.risorsa for r in self.righe["risorse"]],
        }.get(gesto, self.righe["azioni"])
        riga = next((r for r in righe if str(r.pk) == pk), None)
        if gesto not in GESTI or riga is None:
            raise Http404
        return riga


@login_required
@require_safe
def prova(request: HttpRequest, codice: str, pk: int) -> HttpResponse:
    """The proof of an obligation, for the party that owes it and for staff."""
    accordo = get_object_or_404(Accordo.objects.visibili_a(request.user), codice=codice)
    impegni = Impegno.objects.filter(accordo=accordo).exclude(prova="")
    if not ha_ruolo(request.user, LEGGONO_TUTTO):
        enti = Soggetto.objects.rappresentati_da(request.user)
        impegni = impegni.filter(Q(parte__isnull=True) | Q(parte__soggetto__in=enti))
    impegno = get_object_or_404(impegni, pk=pk)
    estensione = impegno.prova.name.rsplit(".", 1)[-1].lower()
    tipo = {"pdf": "application/pdf", "png": "image/png"}.get(estensione, "image/jpeg")
    return consegna_file(impegno.prova, _("prova-%(pk)d.%(tipo)s") % {"pk": pk, "tipo": estensione}, tipo)
