"""What waits for a person, and where they may go."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Istanza
from accordi.stati import StatoIstanza
from core.scrivania import Voce, VoceMenu
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.conferme import voci_conferme, voci_conferme_ospite, voci_segnalazioni
from punti_informativi.queries.orari_ospite import voci_orari_ospite
from punti_informativi.queries.promozione import voci_richiamate
from punti_informativi.queries.proposte import voci_chiusure, voci_proposte
from punti_informativi.queries.segnalazioni import voci_segnalazioni_accessibilita
from punti_informativi.stati import StatoPunto
from reti.models import Rappresentanza, Soggetto
from utenti.permissions import puo_coordinare


def istanze_candidabili(utente: Any) -> Any:
    """Admitted applications to calls that open points, without a point yet, that `utente` may use.

    A queryset of accordi.Istanza: all for coordinators, else those in which a body
    whose points `utente` manages takes part.
    """
    scelte = Istanza.objects.filter(stato=StatoIstanza.AMMESSA, avviso__attiva_punti=True, punti__isnull=True)
    scelte = scelte.select_related("avviso", "capofila").order_by("avviso", "capofila")
    if puo_coordinare(utente):
        return scelte
    gestiti = soggetti_gestiti(utente)
    return scelte.filter(capofila__in=gestiti) | scelte.filter(
        pk__in=Istanza.objects.filter(partecipanti__soggetto__in=gestiti).values("pk")
    )


def soggetti_gestiti(utente: Any) -> Any:
    """Bodies whose points `utente` manages today: a queryset of reti.Soggetto."""
    if not getattr(utente, "is_authenticated", False):
        return Soggetto.objects.none()
    return Soggetto.objects.filter(
        pk__in=Rappresentanza.objects.valide().filter(utente=utente, puo_gestire_punti=True).values("soggetto")
    )


def _voci_provincia(utente: Any) -> list[Voce]:
    gruppo = _("Punti informativi")
    da_lavorare = PuntoInformativo.objects.filter(
        stato__in=(StatoPunto.CANDIDATO, StatoPunto.VERIFICATO)
    ).select_related("soggetto")
    voci = []
    for punto in da_lavorare:
        titolo = _("Verifica il punto «%s»") if punto.stato == StatoPunto.CANDIDATO else _("Apri al pubblico «%s»")
        url = reverse("punti_scheda", args=[punto.pk])
        voci.append(Voce(titolo % punto.nome, url, dettaglio=punto.soggetto.denominazione, gruppo=gruppo))
    for istanza in istanze_candidabili(utente):
        titolo = _("Registra il punto di %s") % istanza.capofila.denominazione
        url = reverse("punti_da_istanza", args=[istanza.codice])
        voci.append(Voce(titolo, url, dettaglio=istanza.avviso.titolo, gruppo=gruppo))
    voci += voci_proposte() + voci_chiusure() + voci_orari_ospite()
    return voci + voci_conferme() + voci_segnalazioni() + voci_richiamate() + voci_segnalazioni_accessibilita()


def _voci_ospite(utente: Any) -> list[Voce]:
    gruppo = _("Punti informativi")
    senza_orari = PuntoInformativo.objects.filter(
        soggetto__in=soggetti_gestiti(utente), orari__isnull=True, solo_appuntamento=False, orari_dell_ospite=False
    ).exclude(stato=StatoPunto.CESSATO)
    voci = [
        Voce(
            _("Comunica gli orari di «%s»") % punto.nome,
            reverse("punti:modifica", args=[punto.slug]),
            dettaglio=_("Finché mancano la pagina dice «orari non comunicati»."),
            gruppo=gruppo,
            azione=_("Scrivi gli orari"),
            enti=(punto.soggetto.slug,),
        )
        for punto in senza_orari.select_related("soggetto")
    ]
    voci += voci_conferme_ospite(soggetti_gestiti(utente))
    for istanza in istanze_candidabili(utente):
        titolo = _("Candida un punto informativo per «%s»") % istanza.avviso.titolo
        voci.append(Voce(titolo, reverse("punti:candida", args=[istanza.codice]), gruppo=gruppo, azione=_("Candida")))
    return voci


def voci_scrivania(utente: Any) -> list[Voce]:
    """Coordinators: points to verify or open, applications to turn into points. Hosts: hours to tell."""
    return _voci_provincia(utente) if puo_coordinare(utente) else _voci_ospite(utente)


def voci_area(utente: Any, _ente: str = "") -> list[VoceMenu]:
    """The partner's entry for its own points."""
    return [
        VoceMenu(
            _("I miei punti informativi"),
            reverse("punti:miei"),
            _("Orari, contatti e chiusure dei punti che ospitate."),
            "it-map-marker",
        )
    ]
