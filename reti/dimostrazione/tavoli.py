"""The year 2023 of the boards, lived through the services with the clock held at each day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from core.orologio import fermo
from reti.dimostrazione.calendario_2023 import ANNULLATO_DI_ALTRI, ASSENZE_DI_ALTRI, TAVOLI, Tavolo
from reti.dimostrazione.verbali import verbalizza
from reti.models import Adesione, Convocazione, Incontro, Presenza, Rete, Soggetto
from reti.services.incontri import annulla_incontro, convoca_incontro, crea_incontro
from reti.services.presenze import RigaAppello, registra_presenze, segna_svolto
from reti.services.reti import costituisci_rete, crea_rete
from reti.services.risposte import rispondi
from utenti.models import Utente

ROMA = ZoneInfo("Europe/Rome")
COSTITUZIONE = datetime(2023, 1, 3, 9, 0, tzinfo=ROMA)
NOMI = ("Laura", "Giorgio", "Silvia", "Roberto", "Monica", "Franco", "Daniela", "Alberto", "Cristina", "Sergio")
COGNOMI = ("Ghidini", "Bodini", "Zanetti", "Vailati", "Tosi", "Feraboli", "Manara", "Denti", "Capelli", "Rossetti")


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    coordinatrice = Utente.objects.get(email="coordinatrice@provincia.example")
    soggetti = {s.slug: s for s in Soggetto.objects.all()}
    reti = {t.slug: _rete(coordinatrice, t, soggetti) for t in TAVOLI}
    passo(f"Tavoli e reti: {len(reti)}.")
    da_fare = sorted(
        ((_istante(g, t.ora), t) for t in TAVOLI for g in t.date), key=lambda voce: (voce[0], voce[1].slug)
    )
    gia_fatti = set(Incontro.objects.values_list("rete__slug", "inizio"))
    for numero, (inizio, tavolo) in enumerate(da_fare):
        if (tavolo.slug, inizio) not in gia_fatti:
            vivi = _incontro_di_altri if reti[tavolo.slug].di_altri else _incontro_proprio
            vivi(coordinatrice, reti[tavolo.slug], tavolo, inizio, numero)
    _annullato(coordinatrice, reti, gia_fatti)
    passo(f"Incontri del 2023: {len(da_fare)} svolti, 1 annullato da chi lo convocava.")


def _istante(giorno: str, ora: str) -> datetime:
    return datetime.combine(date.fromisoformat(f"2023-{giorno}"), time.fromisoformat(ora), ROMA)


def _persona(rete_n: int, seggio_n: int) -> str:
    return f"{NOMI[(rete_n * 3 + seggio_n) % 10]} {COGNOMI[(rete_n + seggio_n * 7) % 10]}"


@transaction.atomic
def _rete(utente: Utente, tavolo: Tavolo, soggetti: dict[str, Soggetto]) -> Rete:
    esistente = Rete.objects.select_related("convocante").filter(slug=tavolo.slug).first()
    if esistente:
        return esistente
    dal = COSTITUZIONE.date()
    seggi = [
        {
            "soggetto": soggetti[slug],
            "ruolo": ruolo,
            "qualifica": qualifica,
            "titolare_nome": _persona(len(tavolo.slug), n),
            "titolare_email": soggetti[slug].email or f"tavoli@{slug}.example",
            "rappresenta": [soggetti[s] for s in tavolo.rappresenta[1]] if slug == tavolo.rappresenta[0] else [],
            "dal": dal,
        }
        for n, (slug, ruolo, qualifica) in enumerate(tavolo.seggi)
    ]
    dati = {c: getattr(tavolo, c) for c in ("slug", "nome", "tipo", "tema", "descrizione")} | dict(tavolo.regole)
    with fermo(COSTITUZIONE):
        rete = crea_rete(
            utente=utente, dati=dati | {"convocante": soggetti[tavolo.convocante], "dal": dal}, seggi=seggi
        )
    atto, giorno = tavolo.atto
    if atto:
        adottato = _istante(giorno, "12:00")
        with fermo(adottato):
            rete = costituisci_rete(utente=utente, rete=rete, atto=atto, atto_data=adottato.date())
    return rete


def convocato(utente: Utente, rete: Rete, tavolo: Tavolo, inizio: datetime) -> Incontro:
    """A convened meeting of two hours."""
    incontro = crea_incontro(
        utente=utente,
        rete=rete,
        titolo=f"{tavolo.titolo} del {inizio.day}/{inizio.month}/{inizio.year}",
        inizio=inizio,
        fine=inizio + timedelta(hours=2),
        modalita=tavolo.modalita,
        luogo=tavolo.luogo,
        ordine_del_giorno="\n".join(f"{n}. {punto}" for n, punto in enumerate(tavolo.punti, 1)),
    )
    return convoca_incontro(utente=utente, incontro=incontro)


def _esito(numero: int, seggio: int) -> str:
    """Eight or nine in ten present, the others partly justified; the same at every run."""
    caso = (numero * 7 + seggio * 3) % 10
    return {8: Presenza.Esito.GIUSTIFICATO, 9: Presenza.Esito.ASSENTE}.get(caso, Presenza.Esito.PRESENTE)


def _risposte(convocazioni: list[Convocazione], numero: int) -> None:
    """Who came had said yes, by the link; who was justified had said no; the others were silent."""
    for n, convocazione in enumerate(convocazioni):
        esito = _esito(numero, n)
        if esito != Presenza.Esito.ASSENTE:
            delega = esito == Presenza.Esito.PRESENTE and (numero + n) % 9 == 0
            si_o_no = "si" if esito == Presenza.Esito.PRESENTE else "no"
            rispondi(
                convocazione=convocazione,
                risposta="delega" if delega else si_o_no,
                delegato=_persona(numero, n + 1) if delega else "",
                via=Convocazione.Via.COLLEGAMENTO,
            )


def _appello(convocazioni: list[Convocazione], incontro: Incontro, numero: int) -> list[RigaAppello]:
    inizio = incontro.inizio.astimezone(ROMA)
    righe = []
    for n, convocazione in enumerate(convocazioni):
        esito = _esito(numero, n)
        presente = esito == Presenza.Esito.PRESENTE
        ritardo = timedelta(minutes=10 if (numero + n) % 5 == 0 else 0)
        convocazione.refresh_from_db(fields=["delegato"])
        righe.append(
            RigaAppello(
                adesione=convocazione.adesione,
                esito=esito,
                da_remoto=presente and incontro.modalita == Incontro.Modalita.IBRIDA and (numero + n) % 4 == 0,
                persona=(convocazione.delegato or convocazione.adesione.titolare_nome) if presente else "",
                arrivo=(inizio + ritardo).time() if presente else None,
                uscita=(inizio + timedelta(hours=2)).time() if presente else None,
            )
        )
    return righe


@transaction.atomic
def _incontro_proprio(utente: Utente, rete: Rete, tavolo: Tavolo, inizio: datetime, numero: int) -> None:
    verbalizza(utente, *tenuto(utente, rete, tavolo, inizio, numero))


def tenuto(
    utente: Utente, rete: Rete, tavolo: Tavolo, inizio: datetime, numero: int
) -> tuple[Incontro, list[Convocazione]]:
    """A meeting convened, answered and held, with its convocations; `numero` chooses who comes."""
    with fermo(inizio - timedelta(days=8)):
        incontro = convocato(utente, rete, tavolo, inizio)
    convocazioni = list(incontro.convocazioni.select_related("adesione__soggetto", "incontro"))
    with fermo(inizio - timedelta(days=3)):
        _risposte(convocazioni, numero)
    with fermo(inizio + timedelta(hours=3)):
        registra_presenze(utente=utente, incontro=incontro, righe=_appello(convocazioni, incontro, numero))
        segna_svolto(utente=utente, incontro=incontro)
    return incontro, convocazioni


@transaction.atomic
def _incontro_di_altri(utente: Utente, rete: Rete, tavolo: Tavolo, inizio: datetime, numero: int) -> None:
    esito = ASSENZE_DI_ALTRI.get((tavolo.slug, f"{inizio:%m-%d}"), Presenza.Esito.PRESENTE)
    presente = esito == Presenza.Esito.PRESENTE
    with fermo(inizio - timedelta(days=6)):
        incontro = convocato(utente, rete, tavolo, inizio)
    seggio = Adesione.objects.select_related("soggetto").get(rete=rete, soggetto__titolare_piattaforma=True)
    riga = RigaAppello(
        adesione=seggio,
        esito=esito,
        persona=seggio.titolare_nome if presente else "",
        prova=f"Verbale ricevuto da {rete.convocante}" if presente else "",
    )
    with fermo(inizio + timedelta(days=1)):
        registra_presenze(utente=utente, incontro=incontro, righe=[riga])
        segna_svolto(utente=utente, incontro=incontro)


@transaction.atomic
def _annullato(utente: Utente, reti: dict[str, Rete], gia_fatti: set) -> None:
    slug, giorno, motivo = ANNULLATO_DI_ALTRI
    inizio = _istante(giorno, "10:00")
    if (slug, inizio) in gia_fatti:
        return
    tavolo = next(t for t in TAVOLI if t.slug == slug)
    with fermo(inizio - timedelta(days=6)):
        incontro = convocato(utente, reti[slug], tavolo, inizio)
    with fermo(inizio - timedelta(days=2)):
        annulla_incontro(utente=utente, incontro=incontro, motivo=motivo)
