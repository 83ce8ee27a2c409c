"""Back office: the calendar of what expires, by month, and as a file."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accordi.durata import aggiungi_mesi
from accordi.models import Accordo
from accordi.queries.calendario import GENERI, Scadenza, scadenze
from core.fogli import TIPO_CSV, in_csv
from core.orologio import oggi
from reti.amministrazione.viste import VistaLettura

MESI = 12
INIZIO = date(2000, 1, 1)


class ScadenzeView(VistaLettura):
    """Expiries, last days for notice, withdrawals and obligations of the next year, and those already late."""

    template_name = "accordi/amministrazione/calendario.html"
    header_icon = "date"
    page_title = _("Scadenze degli accordi")

    @property
    def genitori(self) -> list[tuple[Any, str]]:
        return [(_("Accordi"), reverse("accordi_gestione:index"))]

    @cached_property
    def genere(self) -> str:
        scelto = self.request.GET.get("genere", "")
        return scelto if scelto in GENERI else ""

    @cached_property
    def voci(self) -> list[Scadenza]:
        tutte = scadenze(Accordo.objects.visibili_a(self.request.user), dal=INIZIO, al=aggiungi_mesi(oggi(), MESI))
        in_corso = [v for v in tutte if not v.passata or v.genere == "impegno"]
        return [v for v in in_corso if self.genere in ("", v.genere)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mesi = groupby(self.voci, key=lambda v: v.giorno.replace(day=1))
        return super().get_context_data(
            mesi=[(mese, list(voci)) for mese, voci in mesi],
            generi=[("", _("Tutte")), *GENERI.items()],
            genere=self.genere,
            **kwargs,
        )


class ScadenzeCsv(ScadenzeView):
    """The same rows."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        righe = [("Giorno", "Che cosa", "Dettaglio", "Accordo", "Codice di verifica")]
        righe += [
            (f"{v.giorno:%d/%m/%Y}", str(GENERI[v.genere]), v.dettaglio, v.accordo.titolo, v.accordo.codice_verifica)
            for v in self.voci
        ]
        risposta = HttpResponse(in_csv(righe), content_type=TIPO_CSV)
        risposta["Content-Disposition"] = f'attachment; filename="scadenze-accordi-{oggi().isoformat()}.csv"'
        return risposta
