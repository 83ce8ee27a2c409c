"""Private area: the attendance of one's own bodies, board by board and quarter by quarter (R26)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reti.forms.tassi import PeriodoForm
from reti.grafico import disegna, percento
from reti.partecipazione import somma
from reti.queries.propria import inviti_propri
from reti.queries.selezione import Per
from reti.queries.tassi import andamento, partecipazione
from reti.queries.tavoli import ultimo_anno_con_incontri


@login_required
@require_safe
def propria(request: HttpRequest) -> HttpResponse:
    """Each seat's figures and the trend, over the period of the URL."""
    form = PeriodoForm(request.GET.dict(), anno=ultimo_anno_con_incontri())
    inviti = inviti_propri(request.user)
    righe = partecipazione(Per.SEGGIO, form.selezione, inviti)
    passi = andamento(form.selezione, inviti)
    totale = somma(p.riga for p in passi)
    contesto = {
        "form": form,
        "partecipazione": righe,
        "passi": passi,
        "totale": totale,
        "tasso": percento(totale),
        "grafico": disegna("seggi", _("Tasso di partecipazione: una barra per tavolo"), righe),
        "grafico_andamento": disegna("trend", _("Tasso di partecipazione per trimestre"), (p.riga for p in passi)),
    }
    return render(request, "reti/partecipazione.html", contesto)
