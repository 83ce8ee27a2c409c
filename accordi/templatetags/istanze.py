"""The history of an application in plain words."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

PAROLE = {
    "istanza.creata": _("Bozza iniziata"),
    "istanza.aggiornata": _("Bozza salvata"),
    "istanza.partecipante_aggiunto": _("Soggetto aggiunto"),
    "istanza.partecipante_tolto": _("Soggetto tolto"),
    "istanza.documento_caricato": _("Documento caricato"),
    "istanza.documento_tolto": _("Documento tolto"),
    "istanza.parte_confermata": _("Un soggetto ha confermato la sua parte"),
    "istanza.conferma_decaduta": _("Una conferma è da ripetere: la proposta è cambiata"),
    "istanza.parte_rifiutata": _("Un soggetto non partecipa"),
    "istanza.presentata": _("Istanza presentata e protocollata"),
    "istanza.presa_in_carico": _("Istruttoria iniziata"),
    "istanza.integrazione_chiesta": _("La Provincia ha chiesto un'integrazione"),
    "istanza.integrata": _("Risposta alla richiesta di integrazione"),
    "istanza.preavviso_rigetto": _("Preavviso di rigetto mandato"),
    "istanza.osservazioni": _("Osservazioni sul preavviso di rigetto"),
    "istanza.ammessa": _("Istanza ammessa"),
    "istanza.respinta": _("Istanza non ammessa"),
    "istanza.ritirata": _("Istanza ritirata"),
    "istanza.revocata": _("Ammissione revocata: l'accordo non si fa"),
}


@register.filter
def azione_in_parole(azione: str) -> str:
    """What an audit line says to a person; an action without words shows as it is."""
    return str(PAROLE.get(azione, azione))
