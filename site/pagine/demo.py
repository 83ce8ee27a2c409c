"""Demonstration data of this app: guides to measures, what the year 2023 gave, news."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page

from core.models import Installazione
from core.orologio import fermo
from core.registro import annota
from pagine import testi_dimostrativi_en as in_inglese
from pagine.impianto import prepara_lingue, prepara_sito
from pagine.models import (
    CentriPage,
    ContenutoPage,
    CpiPage,
    HomePage,
    MisuraPage,
    MisurePage,
    NotiziaPage,
    RisultatiPage,
)
from pagine.models.centri import dal_piu_vicino
from pagine.testi_dimostrativi import CENTRI, CPI, ENTE, MISURE, NOTIZIE, NOTIZIE_SEZIONE, PRIMI_PASSI, RISULTATI
from pagine.testi_misure import MISURE as GUIDE
from punti_informativi.models import Servizio
from reti.models import Comune, Soggetto
from utenti.demo import utente_dimostrativo
from utenti.models import Ruolo

FINE_2023 = datetime(2023, 12, 29, 10, 0, tzinfo=ZoneInfo("Europe/Rome"))
# The day of the programme that the guides to measures follow.
VERIFICATE = datetime(2024, 4, 17, 12, 0, tzinfo=ZoneInfo("Europe/Rome"))


@transaction.atomic
def costruisci(passo: Callable[[str], None]) -> None:
    """Texts of the demonstration site; repeating changes nothing, and an editor's changes stay."""
    home = prepara_sito()
    nuove = 0
    with fermo(FINE_2023):
        redattore = utente_dimostrativo("redazione@provincia.example", "Paolo", "Riva", Ruolo.REDATTORE)
        Installazione.objects.filter(ente="Provincia").update(**ENTE)
        nuove += _pagina(home, MisurePage, redattore, MISURE)
        nuove += _pagina(home, ContenutoPage, redattore, NOTIZIE_SEZIONE)
        notizie = ContenutoPage.objects.child_of(home).get(slug="notizie")
        nuove += _pagina(home, RisultatiPage, redattore, RISULTATI)
        nuove += _centri(home, redattore)
        nuove += _primi_passi(home, redattore)
        for dati in NOTIZIE:
            nuove += _pagina(notizie, NotiziaPage, redattore, dati | {"data": date.fromisoformat(dati["data"])})
    with fermo(VERIFICATE):
        for madre in MisurePage.objects.child_of(home):
            nuove += sum(_misura(madre, redattore, dati) for dati in GUIDE)
        prepara_lingue(home)
        _traduci(home, redattore, in_inglese.HOME)
        for slug, dati in in_inglese.PAGINE.items():
            _traduci(Page.objects.descendant_of(home).get(slug=slug).specific, redattore, dati)
        for centro in CpiPage.objects.descendant_of(home):
            _traduci(centro, redattore, in_inglese.CPI)
    passo(f"Pagine: {nuove} nuove.")


def _centri(home: HomePage, redattore: object) -> int:
    """A page for each job centre, which serves the comuni nearer to it than to any other."""
    nuove = _pagina(home, CentriPage, redattore, CENTRI)
    madre = CentriPage.objects.child_of(home).first()
    soggetti = list(Soggetto.objects.filter(tipo=Soggetto.Tipo.CPI, sedi__isnull=False).distinct())
    pagine = [CpiPage(title=s.denominazione, slug=s.slug, soggetto=s) for s in soggetti]
    comuni: dict[str, list[Comune]] = {}
    for comune in Comune.objects.all() if pagine else ():
        comuni.setdefault(dal_piu_vicino(pagine, comune)[0].slug, []).append(comune)
    for pagina in pagine if madre else ():
        dati = {"title": pagina.title, "slug": pagina.slug, "soggetto": pagina.soggetto}
        nuove += _pagina(madre, CpiPage, redattore, CPI | dati | {"comuni": comuni.get(pagina.slug, [])})
    return nuove


def _primi_passi(home: HomePage, redattore: object) -> int:
    nuove = _pagina(home, ContenutoPage, redattore, PRIMI_PASSI)
    if nuove:
        home.refresh_from_db()
        home.primo_passo = Page.objects.child_of(home).get(slug=PRIMI_PASSI["slug"])
        home.save_revision(user=redattore).publish()
        annota(redattore, "pagina.pubblica", home)
    return nuove


def _misura(madre: MisurePage, redattore: object, dati: dict) -> int:
    servizi = list(Servizio.objects.filter(slug__in=dati.get("servizi", [])))
    return _pagina(madre, MisuraPage, redattore, dati | {"servizi": servizi, "verificata_il": VERIFICATE.date()})


def _traduci(pagina: Page, redattore: object, dati: dict) -> None:
    """Give a page its English words: it shows the Italian ones no more, as by the editor's own button."""
    inglese = pagina.get_translations().filter(locale__language_code="en", alias_of__isnull=False).first()
    if inglese:
        ConvertAliasPageAction(inglese, user=redattore).execute(skip_permission_checks=True)
        inglese.refresh_from_db()
        for nome, valore in dati.items():
            setattr(inglese, nome, valore)
        inglese.save_revision(user=redattore).publish()
        annota(redattore, "pagina.pubblica", inglese)


def _pagina(madre: Page, modello: type[Page], redattore: object, dati: dict) -> int:
    """Publish one page under `madre` unless its address exists; returns how many were made."""
    if Page.objects.child_of(madre).filter(slug=dati["slug"]).exists():
        return 0
    madre.refresh_from_db()
    pagina = madre.add_child(instance=modello(**dati, owner=redattore))
    pagina.save_revision(user=redattore).publish()
    annota(redattore, "pagina.pubblica", pagina)
    return 1
