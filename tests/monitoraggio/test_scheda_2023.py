"""The year 2023 rebuilt from records by `manage.py demo` equals the source sheet, row by row (R50); and what it
publishes hangs together.

The whole demonstration runs once for this module: it is the product's main job.
"""

import html
import io
import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse

import monitoraggio
from accordi.models import Accordo, Istanza
from accordi.queries.termini import clock, in_corso
from accordi.queries.vita import stato_impegno, vita
from core.registro import verifica
from monitoraggio.models import Obiettivo
from monitoraggio.queries import previsioni, scheda
from reti.models import MessaggioRicevuto

ORIGINE = json.loads((Path(monitoraggio.__file__).parent / "data" / "peg_2023_3504.json").read_text(encoding="utf-8"))
# Without the mark nothing tells the plugin that this module needs tables, when it runs alone.
pytestmark = pytest.mark.django_db
CALCOLATI = {"A1", "B1", "B2", "B5", "D1", "D2", "E1", "E2", "F1", "F2"}


def archivio_privato() -> FileSystemStorage:
    """As models loaded it: every private file field shares it."""
    return MessaggioRicevuto._meta.get_field("originale").storage


@pytest.fixture(scope="module")
def dimostrazione(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Path]:
    """The demonstration data, in a transaction that is rolled back after the last test of the module; the folder
    of its private files."""
    from django.test.utils import override_settings  # noqa: PLC0415  settings are ready only inside a fixture

    cartella = tmp_path_factory.mktemp("dimostrazione")
    regolate = override_settings(MEDIA_ROOT=cartella / "media", SIGILLO_P12=cartella / "sigillo" / "sigillo.p12")
    with regolate, pytest.MonkeyPatch.context() as altrove, django_db_blocker.unblock(), transaction.atomic():
        for nome in ("base_location", "location"):
            altrove.setitem(archivio_privato().__dict__, nome, str(cartella / "privati"))
        call_command("demo", stdout=io.StringIO())
        yield cartella / "privati"
        transaction.set_rollback(True)


def _foglio() -> dict:
    uscita = io.StringIO()
    call_command("peg", "2023_3504", "--json", stdout=uscita)
    return json.loads(uscita.getvalue())


def test_i_ventuno_indicatori_sono_quelli_della_scheda(dimostrazione):
    """R50."""
    righe = _foglio()["indicatori"]
    assert len(righe) == 21
    senza_origine = [{n: v for n, v in r.items() if n not in {"origine", "record"}} for r in righe]
    assert senza_origine == ORIGINE["indicatori"]


def test_diciannove_verdi_e_due_rossi(dimostrazione):
    """R50: red F2 and G3."""
    luci = {r["codice"]: r["semaforo"] for r in _foglio()["indicatori"]}
    assert sorted(luci.values()) == ["green"] * 19 + ["red"] * 2
    assert (luci["F2"], luci["G3"]) == ("red", "red")


def test_le_dodici_fasi_sono_quelle_della_scheda(dimostrazione):
    """R50: eleven green; F2 red without progress."""
    assert _foglio()["fasi"] == ORIGINE["fasi"]


def test_la_testa_della_scheda_e_quella_di_origine(dimostrazione):
    testa = {n: v for n, v in _foglio().items() if n not in {"fasi", "indicatori"}}
    assert testa == {n: v for n, v in ORIGINE.items() if n not in {"fasi", "indicatori"}}


def test_dieci_indicatori_sono_calcolati_dai_record(dimostrazione):
    """R51, R53: the number of records behind each."""
    righe = {r["codice"]: r for r in _foglio()["indicatori"]}
    assert {c for c, r in righe.items() if r["origine"] == "calcolato"} == CALCOLATI
    assert {c: righe[c]["record"] for c in sorted(CALCOLATI)} == {
        "A1": 4, "B1": 24, "B2": 25, "B5": 0, "D1": 20, "D2": 2, "E1": 1, "E2": 4, "F1": 4, "F2": 0,
    }  # fmt: skip


def test_i_casi_di_b5_ci_sono_e_sono_tutti_nei_termini(dimostrazione):
    """A zero of late cases is a figure only if there were cases."""
    esito = scheda(Obiettivo.objects.get(codice="2023_3504")).riga("B5").esito
    assert [g.numero > 0 for g in esito.gruppi] == [False, True]


def test_f2_era_annunciato(dimostrazione):
    """R54: the year as it was on 22 October 2023."""
    foglio = scheda(Obiettivo.objects.get(codice="2023_3504"), date(2023, 10, 22))
    f2 = [p.testo for p in previsioni(foglio) if p.riga.indicatore.codice == "F2"]
    assert f2 == ["F2: 0 di 1, mancano 70 giorni, nessun incontro convocato"]


def test_il_registro_delle_operazioni_e_integro(dimostrazione):
    assert verifica()[1] == ""


def test_ripetere_la_dimostrazione_non_aggiunge_nulla(dimostrazione):
    """Idempotent: the same rows in every table, audit trail and outbox included."""

    def conta() -> dict[str, int]:
        return {m._meta.label: m.objects.count() for m in apps.get_models() if m._meta.managed}

    prima = conta()
    call_command("demo", stdout=io.StringIO())
    dopo = conta()
    assert {n: (prima[n], dopo[n]) for n in prima if prima[n] != dopo[n]} == {}


def test_dopo_la_firma_un_visitatore_trova_ogni_caso(dimostrazione):
    """R13, R16, R01: to renew, suspended, given up; an application late and one stopped; all out of 2023."""
    vivo = Accordo.objects.get(titolo__endswith="giovani a Crema", padre=None)
    assert [(a.stato, a.risorse.count(), a.azioni.count()) for a in vivo.seguiti.all()] == [("bozza", 2, 3)]
    assert [stato_impegno(i) for i in vivo.impegni.all()] == ["adempiuto", "da confermare", "in ritardo", "aperto"]
    assert [(r.dato, len(r.da_confermare)) for r in vita(vivo).risorse] == [(74, 1), (Decimal("4250.50"), 0)]
    assert Accordo.objects.get(titolo__endswith="botteghe artigiane").sospeso_per == Accordo.Causa.ACCREDITAMENTO
    assert Accordo.objects.get(titolo__contains="fiera del lavoro").stato == "annullato"
    tempi = {i.capofila.slug: clock(i) for i in in_corso(Istanza.objects.all())}
    assert (tempi["ponte-lavoro"].oltre, tempi["porta-aperta"].giorni_lordi, tempi["porta-aperta"].giorni_netti) == (
        6,
        9,
        6,
    )


COLLEGAMENTO = re.compile(r'(?:href|src)="([^"#]+)')


def _collegamenti(dove: str, risposta: HttpResponse) -> list[str]:
    """Addresses of this site that a page names, of those with a query only the simplest."""
    if not risposta["Content-Type"].startswith("text/html"):
        return []
    nominati = [urljoin(f"http://testserver{dove}", html.unescape(m)) for m in COLLEGAMENTO.findall(risposta.text)]
    nostri = [n.removeprefix("http://testserver") for n in nominati if n.startswith("http://testserver/")]
    return [n for n in nostri if not n.startswith(("/static/", "/media/", "/accesso/")) and n.count("=") <= 1]


def test_ogni_collegamento_del_sito_pubblico_apre_qualcosa(dimostrazione, monkeypatch, client):
    """R60: from the two home pages to wherever links lead who has no account, in both languages."""
    monkeypatch.setitem(archivio_privato().__dict__, "location", str(dimostrazione))
    visti, coda = {}, deque(["/", "/en/"])
    while coda:
        dove = coda.popleft()
        risposta = client.get(dove)
        visti[dove] = risposta.status_code
        b"".join(risposta)
        nuovi = dict.fromkeys(n for n in _collegamenti(dove, risposta) if n not in visti)
        visti |= dict.fromkeys(nuovi, 0)
        coda.extend(nuovi)
    # A private page that a public one names sends who isn't signed in to the sign-in page.
    assert {dove: stato for dove, stato in visti.items() if stato not in (200, 302)} == {}
    assert len(visti) > 200
