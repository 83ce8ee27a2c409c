"""Import and export of the register: good lines go in, bad ones are refused with number and reason."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from core.errori import Rifiuto
from core.models import RigaRegistro
from reti.foglio import proteggi, scrivi, sproteggi
from reti.importazione import COLONNE, leggi
from reti.models import Accreditamento, Comune, Sede, Soggetto
from reti.queries.soggetti import righe_csv
from reti.segnali import accreditamento_cambiato
from reti.services.comuni import importa_comuni
from reti.services.importazione import EsitoRiga, importa_soggetti
from tests.factories.reti import AccreditamentoFactory, ComuneFactory, SedeFactory, SoggettoFactory, codice_fiscale_ente
from tests.factories.utenti import UtenteFactory

CF1, CF2, CF3 = (codice_fiscale_ente(n) for n in (501, 502, 503))
MINIME = "codice_fiscale;denominazione;natura;tipo"


@pytest.fixture
def cremona(db):
    return ComuneFactory(codice_istat="019036", nome="Cremona")


def csv_di(*righe: str, colonne: str = MINIME) -> bytes:
    return "\r\n".join([colonne, *righe]).encode()


def importa(contenuto: bytes, **altro):
    return importa_soggetti(utente=None, contenuto=contenuto, **altro)


def test_le_righe_buone_entrano_e_le_altre_dicono_numero_e_motivo(cremona):
    resoconto = importa(
        csv_di(
            f"{CF1};Alfa;pubblico;comune",
            "12345678901;Beta;privato;operatore",
            f"{CF2};Gamma;verde;operatore",
            f"{CF1};Alfa bis;pubblico;comune",
            f"{CF3};Delta;Terzo settore;Cooperativa sociale",
            "1234;Epsilon;pubblico;comune",
        )
    )
    assert resoconto.righe == [
        EsitoRiga(2, "nuovo", "Alfa"),
        EsitoRiga(
            3,
            "rifiutato",
            "Beta",
            "Il codice fiscale «12345678901» non è valido: controlla di averlo copiato intero.",
        ),
        EsitoRiga(4, "rifiutato", "Gamma", "«natura» non può essere «verde»: usa uno dei valori previsti."),
        EsitoRiga(5, "rifiutato", "Alfa bis", "Questo codice fiscale è già alla riga 2 del file."),
        EsitoRiga(6, "nuovo", "Delta"),
        EsitoRiga(
            7, "rifiutato", "Epsilon", "Il codice fiscale «1234» ha 4 cifre e non 11: forse manca lo zero iniziale."
        ),
    ]
    assert list(Soggetto.objects.values_list("slug", "natura", "tipo")) == [
        ("alfa", "pubblico", "comune"),
        ("delta", "terzo_settore", "cooperativa"),
    ]


def test_sede_e_accreditamento_entrano_con_il_soggetto(cremona):
    colonne = f"{MINIME};indirizzo;comune;lat;lon;lavoro_numero;lavoro_carattere;lavoro_dal"
    righe = (
        f"{CF1};Alfa;privato;operatore;via Dante 1;cremona;45,13;10.02;0131/2014;Provvisorio;31/05/2014",
        f"{CF2};Beta;privato;operatore;via Dante 2;Atlantide;;;;;",
        f"{CF3};Gamma;privato;operatore;;;95;10;;;2014",
    )
    resoconto = importa(csv_di(*righe, colonne=colonne))
    assert [r.esito for r in resoconto.righe] == ["nuovo", "rifiutato", "rifiutato"]
    assert resoconto.righe[1].motivo == ("Non conosco il comune «Atlantide»: scrivi il nome esatto o il codice ISTAT.")
    assert resoconto.righe[2].motivo == (
        "Per la sede servono indirizzo e comune. «lat» deve essere in gradi, per esempio 45.133: «95» non va bene. "
        "«lavoro_dal» deve essere una data come 2023-05-31 o 31/05/2023: «2014» non va bene. "
        "Per l'accreditamento «lavoro» servono numero e data di inizio."
    )
    sede, voce = Sede.objects.get(), Accreditamento.objects.get()
    assert (sede.indirizzo, sede.comune, sede.lat, sede.principale) == ("via Dante 1", cremona, 45.13, True)
    assert (voce.numero, voce.carattere, str(voce.dal), voce.stato) == (
        "0131/2014", "provvisorio", "2014-05-31", "vigente",
    )  # fmt: skip
    assert not Soggetto.objects.filter(denominazione="Beta").exists()


def test_importare_di_nuovo_non_cambia_nulla(cremona):
    contenuto = csv_di(f"{CF1};Alfa;pubblico;comune;via Dante 1;019036", colonne=f"{MINIME};indirizzo;comune")
    assert importa(contenuto).conti == {"nuovi": 1, "aggiornati": 0, "invariati": 0, "rifiutati": 0}
    righe = RigaRegistro.objects.count()
    assert importa(contenuto).conti == {"nuovi": 0, "aggiornati": 0, "invariati": 1, "rifiutati": 0}
    assert RigaRegistro.objects.count() == righe


def test_un_campo_cambiato_aggiorna_e_lascia_traccia(cremona):
    ente = SoggettoFactory(codice_fiscale=CF1, denominazione="Alfa", telefono="0372 1", email="")
    assert importa(csv_di(f"{CF1};Alfa nuova;privato;operatore")).conta("aggiornato") == 1
    ente.refresh_from_db()
    # A column that the file doesn't have leaves the record alone.
    assert (ente.denominazione, ente.telefono) == ("Alfa nuova", "0372 1")
    riga = RigaRegistro.objects.get(azione="soggetto.aggiornato")
    assert riga.dati == {"modifiche": {"denominazione": ["Alfa", "Alfa nuova"]}}


def test_la_prova_dice_tutto_e_non_scrive_nulla(cremona):
    resoconto = importa(csv_di(f"{CF1};Alfa;pubblico;comune"), prova=True)
    assert resoconto.conta("nuovo") == 1
    assert (Soggetto.objects.count(), RigaRegistro.objects.count()) == (0, 0)


def test_l_indirizzo_web_non_cambia_da_file(cremona):
    SoggettoFactory(codice_fiscale=CF1, slug="alfa")
    resoconto = importa(csv_di(f"{CF1};Alfa;privato;operatore;omega", colonne=f"{MINIME};slug"))
    assert resoconto.righe[0].motivo == "L'indirizzo web resta «alfa»: non si cambia da file."


def test_due_soggetti_con_lo_stesso_nome_hanno_indirizzi_diversi(cremona):
    importa(csv_di(f"{CF1};Alfa;privato;operatore", f"{CF2};Alfa;privato;operatore"))
    assert sorted(Soggetto.objects.values_list("slug", flat=True)) == ["alfa", "alfa-2"]


def test_un_accreditamento_cambiato_da_file_si_annuncia(cremona):
    """R16"""
    voce = AccreditamentoFactory(soggetto__codice_fiscale=CF1, numero="L1")
    annunci = []

    def riceve(sender, accreditamento, utente, **kwargs):
        annunci.append((accreditamento.pk, str(accreditamento.al), utente))

    accreditamento_cambiato.connect(riceve)
    try:
        riga = f"{CF1};{voce.soggetto.denominazione};privato;operatore;L1;{voce.dal};2022-12-31"
        esito = importa(csv_di(riga, colonne=f"{MINIME};lavoro_numero;lavoro_dal;lavoro_al"))
    finally:
        accreditamento_cambiato.disconnect(riceve)
    assert (esito.conta("aggiornato"), annunci) == (1, [(voce.pk, "2022-12-31", None)])


@pytest.mark.parametrize("codifica", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separatore", [";", ","])
def test_codifiche_e_separatori_dei_fogli_di_calcolo(db, codifica, separatore):
    testo = f"{MINIME}\n{CF1};Comunità Più;pubblico;comune".replace(";", separatore)
    assert importa(testo.encode(codifica)).conta("nuovo") == 1
    assert Soggetto.objects.get().denominazione == "Comunità Più"


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"", "Il file è vuoto: la prima riga deve avere i nomi delle colonne."),
        (b"PK\x03\x04\x00\x00", "Il file non è un CSV: esportalo dal foglio di calcolo come «CSV UTF-8»."),
        (b"nome;cognome\nA;B", "Nella prima riga mancano le colonne: codice_fiscale, denominazione, natura, tipo."),
        (f"{MINIME};voto".encode(), "Colonne non previste: voto. Toglile o correggi il nome."),
        (f"{MINIME};tipo".encode(), "Colonne ripetute: tipo. Lasciane una sola."),
        (b"x" * (2 * 1024 * 1024 + 1), "Il file supera 2 MB: dividilo in più file."),
    ],
)
def test_un_file_inutilizzabile_e_rifiutato_intero(contenuto, frase):
    with pytest.raises(Rifiuto) as rifiuto:
        leggi(contenuto)
    assert rifiuto.value.frase == frase


@pytest.mark.parametrize("valore", ["=1+1", "+39 0372", "-1", "@x", "'=x", "''=x", "normale", "l'ente", "", "a=b"])
def test_nessuna_cella_diventa_una_formula_e_nulla_si_perde(valore):
    assert not proteggi(valore).startswith(("=", "+", "-", "@"))
    assert sproteggi(proteggi(valore)) == valore


def test_quel_che_si_esporta_si_importa_senza_cambiare_nulla(cremona):
    ente = SoggettoFactory(denominazione="=Ente; «strano»", telefono="+39 0372 1")
    SedeFactory(soggetto=ente, comune=cremona, lat=45.1, lon=10.0)
    AccreditamentoFactory(soggetto=ente, numero="vecchio", dal="2015-01-01", al="2019-12-31")
    AccreditamentoFactory(soggetto=ente, numero="nuovo", dal="2020-01-01")
    SoggettoFactory(provincia=True)
    testo = scrivi(COLONNE, righe_csv(Soggetto.objects.all()))
    assert "'=Ente" in testo
    assert importa(testo.encode()).conti == {"nuovi": 0, "aggiornati": 0, "invariati": 2, "rifiutati": 0}


def test_chi_non_coordina_non_importa(db):
    with pytest.raises(PermissionDenied):
        importa_soggetti(utente=UtenteFactory(ruolo="revisore"), contenuto=csv_di(f"{CF1};Alfa;pubblico;comune"))
    assert Soggetto.objects.count() == 0


def test_il_comando_riferisce_riga_per_riga(db, tmp_path):
    file = tmp_path / "soggetti.csv"
    file.write_bytes(csv_di(f"{CF1};Alfa;pubblico;comune", "x;Beta;pubblico;comune"))
    uscita = StringIO()
    call_command("importa_soggetti", str(file), "--dry-run", stdout=uscita)
    assert uscita.getvalue().splitlines() == [
        "riga 2, Alfa: nuovo",
        "riga 3, Beta: rifiutato: Il codice fiscale «X» non è valido: controlla di averlo copiato intero.",
        "Prova, nulla è stato scritto: nuovi 1, aggiornati 0, invariati 0, rifiutati 1.",
    ]
    assert Soggetto.objects.count() == 0


@pytest.mark.parametrize(
    ("nome", "frase"),
    [
        ("manca.csv", "Non riesco a leggere «{}»: controlla il percorso."),
        ("vuoto.csv", "Il file è vuoto: la prima riga deve avere i nomi delle colonne."),
    ],
)
def test_il_comando_che_non_puo_lavorare_lo_dice_in_una_riga(db, tmp_path, nome, frase):
    (tmp_path / "vuoto.csv").touch()
    with pytest.raises(CommandError) as errore:
        call_command("importa_soggetti", str(tmp_path / nome))
    assert str(errore.value) == frase.format(tmp_path / nome)


def test_i_113_comuni_entrano_una_volta_sola(db):
    assert importa_comuni() == {"nuovi": 113, "aggiornati": 0, "invariati": 0}
    Comune.objects.filter(codice_istat="019036").update(nome="Cremòna")
    uscita = StringIO()
    call_command("importa_comuni", stdout=uscita)
    assert uscita.getvalue() == "Comuni: nuovi 0, aggiornati 1, invariati 112.\n"


def test_un_file_dei_comuni_che_manca_e_detto(db, tmp_path):
    with pytest.raises(CommandError, match="Non riesco a leggere"):
        call_command("importa_comuni", str(tmp_path / "manca.csv"))
