"""From records to what is said of them in open data: only what anyone may read."""

from datetime import date, time
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.urls import reverse

from core.orologio import oggi
from dati_aperti import schemi
from punti_informativi.models import PuntoInformativo
from punti_informativi.models.punti import PuntoQuerySet
from reti.models import Comune


def indirizzo_pubblico(percorso: str) -> str:
    """An absolute address."""
    return settings.INDIRIZZO_PUBBLICO + percorso


def identificativo(genere: str, chiave: object) -> UUID:
    """A number that stays with a record whatever its address becomes, and that hides its key."""
    return uuid5(NAMESPACE_URL, f"{genere}/{chiave}")


def con_tutto(punti: PuntoQuerySet) -> PuntoQuerySet:
    """With all that `punto` reads, in a fixed number of queries."""
    return (
        punti.con_orari()
        .select_related("cpi_riferimento")
        .prefetch_related("servizi", "destinatari", "lingue", "comuni_serviti")
    )


def punto(riga: PuntoInformativo) -> schemi.Punto:
    """One point, from a row of `con_tutto`."""
    lat, lon = riga.sede.posizione_pubblica
    giorno = oggi()
    return schemi.Punto(
        id=identificativo("punto", riga.pk),
        slug=riga.slug,
        nome=riga.nome,
        descrizione=riga.descrizione,
        cosa_portare=riga.cosa_portare,
        come_arrivare=riga.come_arrivare,
        ente=ente(riga.soggetto),
        indirizzo=schemi.Indirizzo(via=riga.sede.indirizzo, cap=riga.sede.cap, comune=comune_breve(riga.sede.comune)),
        posizione=schemi.Posizione(latitudine=lat, longitudine=lon, approssimata=riga.sede.approssimata),
        servizi=[schemi.Voce(slug=v.slug, nome=v.nome) for v in riga.servizi.all()],
        destinatari=[schemi.Voce(slug=v.slug, nome=v.nome) for v in riga.destinatari.all()],
        lingue=[schemi.Lingua(codice=v.codice, nome=v.nome) for v in riga.lingue.all()],
        comuni_serviti=[comune_breve(c) for c in riga.comuni_serviti.all()],
        accessibilita=riga.accessibilita,
        a_distanza=riga.a_distanza,
        solo_appuntamento=riga.solo_appuntamento,
        telefono=riga.telefono,
        email=riga.email,
        sito_web=riga.sito_web,
        orari=orari(riga),
        eccezioni=eccezioni(riga, giorno),
        verificato_il=riga.verificato_il,
        attivo_dal=riga.attivo_dal,
        cpi_riferimento=riga.cpi_riferimento.denominazione if riga.cpi_riferimento else "",
        pagina=indirizzo_pubblico(reverse("punti:punto", args=[riga.slug])),
        calendario=indirizzo_pubblico(reverse("punti:aperture", args=[riga.slug])),
    )


def ente(soggetto: object) -> schemi.Ente:
    pagina = indirizzo_pubblico(reverse("grafo:soggetto", args=[soggetto.slug]))
    return schemi.Ente(slug=soggetto.slug, nome=soggetto.denominazione, pagina=pagina)


def comune_breve(comune: Comune) -> schemi.ComuneBreve:
    return schemi.ComuneBreve(codice_istat=comune.codice_istat, nome=comune.nome)


def orari(riga: PuntoInformativo) -> list[schemi.Orario]:
    """Weekly spells as they hold: the host's when the point follows them; those that touch are one."""
    return [
        schemi.Orario(giorno=n + 1, dalle=ora(i.dalle), alle=ora(i.alle), su_appuntamento=i.su_appuntamento)
        for n in range(7)
        for i in riga.calendario.della_settimana(n)
    ]


def eccezioni(riga: PuntoInformativo, dal: date) -> list[schemi.Eccezione]:
    """The point's own and the host's that hold for it, those that end on `dal` or later, in order."""
    deroghe = {*riga.calendario.deroghe, *riga.calendario.deroghe_ospite}
    return [
        schemi.Eccezione(
            dal=d.dal,
            al=d.al,
            chiuso=d.chiuso,
            dalle=ora(d.dalle) if d.dalle else None,
            alle=ora(d.alle) if d.alle else None,
            motivo=d.motivo,
        )
        for d in sorted(deroghe, key=lambda d: (d.dal, d.al, not d.chiuso, d.dalle or time(0)))
        if d.al >= dal
    ]


def ora(quando: time) -> str:
    return f"{quando:%H:%M}"
