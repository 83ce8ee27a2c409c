"""Confirmations: the host is asked, reminded, answers by a link or in its area; the Province hears of silence (R31).

What a citizen finds is computed from the dates (punti_informativi.freschezza): these
services ask and tell, and nothing depends on their having run.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import oggi
from core.posta import accoda
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.models import PuntoInformativo, RichiestaConferma, Verifica
from punti_informativi.stati import StatoPunto
from reti.models import Rappresentanza, Soggetto
from utenti.models import Ruolo, Utente

NON_APERTO = gettext_lazy("Il punto non è aperto al pubblico: i dati si confermano quando lo è.")
NON_VALE = gettext_lazy(
    "Questo collegamento non vale più: chi lo ha ricevuto non gestisce oggi il punto. "
    "Chi lo gestisce conferma dall'area riservata, o dal prossimo promemoria."
)


def segna_verifica(
    punto: PuntoInformativo, *, utente: Any, origine: str = Verifica.Origine.PROVINCIA, nota: str = ""
) -> Verifica:
    """Write today's confirmation of a locked point; the open request, if any, is answered by it."""
    verifica = Verifica(punto=punto, utente=utente, origine=origine, verificato_il=oggi(), nota=nota)
    verifica.full_clean()
    verifica.save()
    punto.verificato_il = verifica.verificato_il
    punto.save(update_fields=["verificato_il"])
    punto.richieste.filter(risposta_il__isnull=True).update(risposta_il=oggi(), verifica=verifica)
    return verifica


@transaction.atomic
def conferma_punto(*, utente: Any, punto: PuntoInformativo) -> Verifica:
    """The host says from its own area that the data are right."""
    if motivo := permissions.motivo_rifiuto_modifica(utente, punto):
        raise PermissionDenied(motivo)
    punto = _aperto(PuntoInformativo.objects.select_for_update().get(pk=punto.pk))
    verifica = segna_verifica(punto, utente=utente, origine=Verifica.Origine.OSPITE)
    annota(utente, "punto_confermato", punto, da=Verifica.Origine.OSPITE)
    return verifica


@transaction.atomic
def conferma_da_collegamento(*, richiesta: RichiestaConferma, firma: str) -> Verifica:
    """Who holds a link says that the data are right. Refuses a request that had its answer."""
    richiesta, punto = _richiesta_aperta(richiesta, firma)
    verifica = segna_verifica(punto, utente=None, origine=Verifica.Origine.COLLEGAMENTO)
    annota(
        None,
        "punto_confermato",
        punto,
        da=Verifica.Origine.COLLEGAMENTO,
        richiesta=richiesta.pk,
        indirizzo=richiesta.indirizzo,
    )
    return verifica


@transaction.atomic
def segnala_da_collegamento(*, richiesta: RichiestaConferma, firma: str, testo: str) -> RichiestaConferma:
    """Who holds a link says what has changed: the Province reads it on its desk and corrects the page."""
    richiesta, punto = _richiesta_aperta(richiesta, firma)
    if not testo.strip():
        raise Rifiuto(_("Scrivi che cosa è cambiato: per esempio il nuovo orario o il nuovo telefono."))
    richiesta.da_correggere = testo.strip()
    richiesta.risposta_il = oggi()
    richiesta.full_clean()
    richiesta.save()
    annota(None, "punto_da_correggere", punto, richiesta=richiesta.pk)
    return richiesta


@transaction.atomic
def chiedi_conferma(*, utente: Any, punto: PuntoInformativo) -> RichiestaConferma:
    """Ask the host to confirm, by mail with a link; a request still open is replaced, and its link dies.

    `utente` None: the system. Refuses a point that isn't open, and one whose host has no address.
    """
    if utente is not None and (motivo := permissions.motivo_rifiuto_verifica(utente, punto)):
        raise PermissionDenied(motivo)
    punto = _aperto(
        PuntoInformativo.objects.select_for_update(of=("self",)).select_related("soggetto").get(pk=punto.pk)
    )
    indirizzi = indirizzi_dell_ospite(punto)
    if not indirizzi:
        raise Rifiuto(_("Il soggetto ospitante non ha un indirizzo email: telefonagli e registra tu la verifica."))
    punto.richieste.filter(risposta_il__isnull=True).delete()
    richiesta = RichiestaConferma.objects.create(punto=punto, indirizzo=indirizzi[0], inviata_il=oggi())
    _scrivi(richiesta, indirizzi, f"conferma-{richiesta.gettone[:12]}")
    annota(utente, "conferma_chiesta", punto, indirizzi=indirizzi)
    return richiesta


def chiedi_conferme() -> int:
    """Periodic work: ask for confirmations about to lapse and remind who hasn't answered; how many mails left."""
    entro = PuntoInformativo.objects.da_confermare(-settings.PUNTI_GIORNI_ANTICIPO_CONFERMA)
    fatte = 0
    for punto in entro.select_related("soggetto"):
        richiesta = punto.richieste.first()
        if richiesta is None or richiesta.inviata_il < _da_chiedere_dal(punto):
            if indirizzi_dell_ospite(punto):
                chiedi_conferma(utente=None, punto=punto)
                fatte += 1
        elif richiesta.risposta_il is None:
            fatte += _sollecita(richiesta, punto)
    return fatte


def avvisa_non_confermati() -> int:
    """Periodic work: tell host and Province that a point left the site, once for each lapse; how many mails."""
    fuori = PuntoInformativo.objects.da_confermare(settings.PUNTI_GIORNI_TOLLERANZA).select_related("soggetto")
    coordinatori = list(Utente.objects.filter(ruolo=Ruolo.COORDINATORE, is_active=True).values_list("email", flat=True))
    da_dire = {
        f"fuori-{punto.pk}-{punto.freschezza.fuori_dal:%Y%m%d}-{email}"[:120]: (punto, email)
        for punto in fuori
        for email in dict.fromkeys([*indirizzi_dell_ospite(punto), *coordinatori])
    }
    dette = set(Messaggio.objects.filter(chiave__in=da_dire).values_list("chiave", flat=True))
    nuove = {chiave: voce for chiave, voce in da_dire.items() if chiave not in dette}
    for chiave, (punto, email) in nuove.items():
        with transaction.atomic():
            accoda(
                chiave=chiave,
                destinatario=email,
                oggetto=_("Il punto informativo «%s» non è più sul sito") % punto.nome,
                testo=render_to_string("punti_informativi/email/fuori_dal_sito.txt", {"punto": punto}),
                riferimento=f"punto-{punto.pk}",
            )
    return len(nuove)


@transaction.atomic
def cambia_elenco(*, utente: Any, punto: PuntoInformativo, elencare: bool, motivo: str = "") -> PuntoInformativo:
    """Take a point off list, map and open data while its page stays readable, or put it back."""
    if rifiuto := permissions.motivo_rifiuto_verifica(utente, punto):
        raise PermissionDenied(rifiuto)
    punto = PuntoInformativo.objects.select_for_update().get(pk=punto.pk)
    if not elencare and not motivo.strip():
        raise Rifiuto(_("Scrivi perché il punto non va elencato: resta nella sua storia."))
    if punto.non_elencare == elencare:
        punto.non_elencare = not elencare
        punto.save(update_fields=["non_elencare"])
        annota(utente, "punto_elencato" if elencare else "punto_non_elencato", punto, motivo=motivo)
    return punto


def indirizzi_dell_ospite(punto: PuntoInformativo) -> list[str]:
    return indirizzi_del_soggetto(punto.soggetto)


def indirizzi_del_soggetto(soggetto: Soggetto) -> list[str]:
    """Who manages the host's points today and has an open account, else the body's own address, else none."""
    valide = Rappresentanza.objects.valide().filter(utente__is_active=True)
    gestori = valide.filter(soggetto=soggetto, puo_gestire_punti=True)
    email = [e for e in gestori.order_by("pk").values_list("utente__email", flat=True) if e]
    return list(dict.fromkeys(email)) or [e for e in (soggetto.email,) if e]


def gettone_per(richiesta: RichiestaConferma, indirizzo: str) -> str:
    """What the link sent to `indirizzo` ends with: the request's secret and, after a dot, the mark of that address."""
    marchio = salted_hmac(__name__, f"{richiesta.gettone} {indirizzo.lower()}", algorithm="sha256")
    return f"{richiesta.gettone}.{marchio.hexdigest()[:32]}"


def chi_risponde(richiesta: RichiestaConferma, punto: PuntoInformativo, firma: str) -> str:
    """The address that the link with that mark was sent to; "" when it speaks no more for the host: its powers ended,
    its account was shut, or the point has another host. Nobody's link outlives a colleague's."""
    oggi_parlano = dict.fromkeys(e for e in (*indirizzi_dell_ospite(punto), punto.soggetto.email) if e)
    atteso = f"{richiesta.gettone}.{firma}"
    return next((e for e in oggi_parlano if constant_time_compare(gettone_per(richiesta, e), atteso)), "")


def _aperto(punto: PuntoInformativo) -> PuntoInformativo:
    if punto.stato != StatoPunto.ATTIVO:
        raise Rifiuto(NON_APERTO)
    return punto


def _richiesta_aperta(richiesta: RichiestaConferma, firma: str) -> tuple[RichiestaConferma, PuntoInformativo]:
    """Point and request, locked in this order as everywhere; refuses one that had its answer. The request names from
    here on the address that answers."""
    punto = PuntoInformativo.objects.select_for_update().get(pk=richiesta.punto_id)
    attuale = RichiestaConferma.objects.select_for_update().filter(pk=richiesta.pk).first()
    if attuale is None or attuale.risposta_il:
        raise Rifiuto(_("A questa richiesta è già stato risposto: non serve altro."))
    attuale.indirizzo = chi_risponde(attuale, punto, firma)
    if not attuale.indirizzo:
        raise Rifiuto(NON_VALE)
    attuale.save(update_fields=["indirizzo"])
    return attuale, _aperto(punto)


def _da_chiedere_dal(punto: PuntoInformativo) -> Any:
    return punto.freschezza.scade_il - timedelta(days=settings.PUNTI_GIORNI_ANTICIPO_CONFERMA)


@transaction.atomic
def _sollecita(richiesta: RichiestaConferma, punto: PuntoInformativo) -> int:
    """Remind once for the nearest threshold that has passed; 1 when a mail left."""
    oltre = (oggi() - punto.freschezza.scade_il).days
    passate = sum(oltre >= soglia for soglia in settings.PUNTI_GIORNI_SOLLECITI_CONFERMA)
    attuale = RichiestaConferma.objects.select_for_update().get(pk=richiesta.pk)
    indirizzi = indirizzi_dell_ospite(punto)
    if attuale.risposta_il or attuale.solleciti >= passate or not indirizzi:
        return 0
    attuale.solleciti, attuale.indirizzo = passate, indirizzi[0]
    attuale.save(update_fields=["solleciti", "indirizzo"])
    _scrivi(attuale, indirizzi, f"conferma-{attuale.gettone[:12]}-{passate}")
    return 1


def _scrivi(richiesta: RichiestaConferma, indirizzi: Iterable[str], chiave: str) -> None:
    punto = richiesta.punto
    contesto = {"punto": punto, "pagina": settings.INDIRIZZO_PUBBLICO + punto.get_absolute_url()}
    for email in indirizzi:
        dove = reverse("punti:conferma", args=[gettone_per(richiesta, email)])
        contesto["collegamento"] = settings.INDIRIZZO_PUBBLICO + dove
        accoda(
            chiave=f"{chiave}-{email}"[:120],
            destinatario=email,
            oggetto=_("Conferma i dati del punto informativo «%s»") % punto.nome,
            testo=render_to_string("punti_informativi/email/conferma.txt", contesto),
            riservato=True,
            riferimento=f"punto-{punto.pk}",
        )
