"""From records to what the API says of calls, agreements, boards: what their public pages say."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accordi.models import Accordo, Avviso
from accordi.queries import pubblicazione
from core.orologio import adesso
from dati_aperti.api import schemi
from dati_aperti.letture import ente, indirizzo_pubblico
from dati_aperti.schemi import Voce
from punti_informativi.models import Destinatari, PuntoInformativo, Servizio
from reti.feed import Voce as VoceDiCalendario
from reti.models import Comune, Rete
from reti.posizioni import da_dire


def _quanti(legame: str) -> Count:
    return Count(legame, filter=Q(**{f"{legame}__in": PuntoInformativo.objects.pubblici()}), distinct=True)


def servizi() -> QuerySet[Servizio]:
    return Servizio.objects.annotate(quanti=_quanti("punti")).order_by("nome", "pk")


def destinatari() -> QuerySet[Destinatari]:
    return Destinatari.objects.annotate(quanti=_quanti("punti")).order_by("nome", "pk")


def comuni() -> QuerySet[Comune]:
    return Comune.objects.annotate(quanti=_quanti("sedi__punti")).order_by("nome", "pk")


def servizio(riga: Servizio) -> schemi.Servizio:
    return schemi.Servizio(slug=riga.slug, nome=riga.nome, descrizione=riga.descrizione, punti=riga.quanti)


def gruppo(riga: Destinatari) -> schemi.Servizio:
    return schemi.Servizio(slug=riga.slug, nome=riga.nome, descrizione="", punti=riga.quanti)


def comune(riga: Comune) -> schemi.Comune:
    lat, lon = da_dire(riga.lat, riga.lon, approssimata=True)
    return schemi.Comune(
        codice_istat=riga.codice_istat,
        codice_catastale=riga.codice_catastale,
        nome=riga.nome,
        ambito=riga.ambito,
        latitudine=lat,
        longitudine=lon,
        punti=riga.quanti,
    )


def avviso(riga: Avviso) -> schemi.Avviso:
    ora = adesso()
    fase = schemi.Fase.IN_ARRIVO if riga.apre > ora else schemi.Fase.APERTO
    return schemi.Avviso(
        slug=riga.slug,
        titolo=riga.titolo,
        sommario=riga.sommario,
        tipo=Voce(slug=riga.tipo, nome=str(riga.get_tipo_display())),
        atto=riga.atto,
        apre=timezone.localtime(riga.apre),
        chiude=timezone.localtime(riga.chiude),
        fase=schemi.Fase.CHIUSO if riga.chiude <= ora else fase,
        destinatari=riga.in_parole("destinatari"),
        pagina=indirizzo_pubblico(reverse("accordi:avviso", args=[riga.slug])),
    )


def accordo(riga: Accordo) -> schemi.Accordo:
    """One of the public register, from `registro_pubblico`."""
    stato = riga.stato_attuale
    return schemi.Accordo(
        codice=riga.codice,
        codice_verifica=riga.codice_verifica,
        oggetto=riga.titolo,
        tipo=Voce(slug=riga.tipo, nome=str(riga.get_tipo_display())),
        parti=[
            schemi.Parte(nome=str(s), codice_fiscale=s.codice_fiscale_pubblico, fino_al=fino_al)
            for s, fino_al in pubblicazione.voce(riga).parti
        ],
        atto=pubblicazione.atto(riga),
        sottoscritto_il=timezone.localdate(riga.sottoscritto_il),
        protocollo=f"{riga.protocollo.numero}/{riga.protocollo.anno}" if riga.protocollo else "",
        efficace_dal=riga.efficace_dal,
        scade_il=riga.scade_il,
        stato=Voce(slug=stato.value, nome=str(stato.label)),
        pagina=indirizzo_pubblico(reverse("accordi:registro_accordo", args=[riga.codice])),
    )


def tavolo(riga: Rete) -> schemi.Tavolo:
    return schemi.Tavolo(
        slug=riga.slug,
        nome=riga.nome,
        tipo=Voce(slug=riga.tipo, nome=str(riga.get_tipo_display())),
        descrizione=riga.descrizione,
        convocato_da=ente(riga.convocante),
        dal=riga.dal,
        al=riga.al,
        pagina=indirizzo_pubblico(riga.get_absolute_url()),
        calendario=indirizzo_pubblico(reverse("tavoli:calendario_pubblico", args=[riga.slug])),
    )


def incontro(voce: VoceDiCalendario) -> schemi.Incontro:
    inizio, fine = timezone.localtime(voce.inizio), timezone.localtime(voce.fine)
    return schemi.Incontro(titolo=voce.titolo, inizio=inizio, fine=fine, luogo=voce.luogo)
