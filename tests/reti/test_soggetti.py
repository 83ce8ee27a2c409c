"""The register: accreditations with their states, appointments, demonstration actors."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from reti.dimostrazione import soggetti as dimostrazione
from reti.importazione import DatiSoggetto
from reti.models import Accreditamento, Rappresentanza, Soggetto
from reti.segnali import accreditamento_cambiato
from reti.services.accreditamenti import (
    registra_accreditamento,
    revoca_accreditamento,
    ripristina_accreditamento,
    sospendi_accreditamento,
)
from reti.services.rappresentanze import nomina_rappresentante
from reti.services.soggetti import designa_titolare, registra_soggetto
from reti.stati import TRANSIZIONI_ACCREDITAMENTO, StatoAccreditamento
from tests.factories.reti import AccreditamentoFactory, RappresentanzaFactory, SoggettoFactory, codice_fiscale_ente
from tests.factories.utenti import UtenteFactory
from utenti import demo as utenti_demo

pytestmark = pytest.mark.django_db
VERBI = {
    StatoAccreditamento.SOSPESO: sospendi_accreditamento,
    StatoAccreditamento.REVOCATO: revoca_accreditamento,
    StatoAccreditamento.VIGENTE: ripristina_accreditamento,
}


@pytest.fixture
def annunci():
    """What the signal announced: (state, user)."""
    sentiti = []

    def riceve(sender, accreditamento, utente, **kwargs):
        sentiti.append((accreditamento.stato, utente))

    accreditamento_cambiato.connect(riceve)
    yield sentiti
    accreditamento_cambiato.disconnect(riceve)


@pytest.mark.parametrize("da", StatoAccreditamento)
@pytest.mark.parametrize("a", StatoAccreditamento)
def test_stati_dell_accreditamento_sul_prodotto_intero(coordinatore, annunci, da, a):
    """R16"""
    voce = AccreditamentoFactory(stato=da)
    if a in TRANSIZIONI_ACCREDITAMENTO[da]:
        VERBI[a](utente=coordinatore, accreditamento=voce, motivo="Verifica ispettiva")
        voce.refresh_from_db()
        assert (voce.stato, annunci) == (a, [(a, coordinatore)])
        riga = RigaRegistro.objects.get()
        assert riga.dati == {"da": da, "a": a, "motivo": "Verifica ispettiva"}
        return
    with pytest.raises(Rifiuto) as rifiuto:
        VERBI[a](utente=coordinatore, accreditamento=voce, motivo="Verifica ispettiva")
    voce.refresh_from_db()
    assert rifiuto.value.frase == f"Non si può passare da «{da.label}» a «{a.label}»."
    assert (voce.stato, annunci, RigaRegistro.objects.count()) == (da, [], 0)


def test_un_ricevitore_che_fallisce_annulla_la_sospensione(coordinatore):
    """R16: the change and its consequences stand or fall together."""
    voce = AccreditamentoFactory()

    def rompe(**kwargs):
        raise RuntimeError("accordi non sospesi")

    accreditamento_cambiato.connect(rompe)
    try:
        with pytest.raises(RuntimeError):
            sospendi_accreditamento(utente=coordinatore, accreditamento=voce, motivo="Verifica")
    finally:
        accreditamento_cambiato.disconnect(rompe)
    voce.refresh_from_db()
    assert (voce.stato, RigaRegistro.objects.count()) == ("vigente", 0)


def test_senza_motivo_non_si_sospende(coordinatore):
    with pytest.raises(Rifiuto) as rifiuto:
        sospendi_accreditamento(utente=coordinatore, accreditamento=AccreditamentoFactory(), motivo="  ")
    assert rifiuto.value.frase == "Scrivi il motivo: resta nel registro e lo legge chi controlla."


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_chi_non_coordina_non_sospende(ruolo):
    voce = AccreditamentoFactory()
    with pytest.raises(PermissionDenied):
        sospendi_accreditamento(utente=UtenteFactory(ruolo=ruolo), accreditamento=voce, motivo="Verifica")
    voce.refresh_from_db()
    assert voce.stato == "vigente"


def test_correggere_un_accreditamento_non_annulla_una_sospensione_di_un_altro(coordinatore):
    voce = AccreditamentoFactory()
    copia = Accreditamento.objects.get(pk=voce.pk)
    sospendi_accreditamento(utente=coordinatore, accreditamento=voce, motivo="Verifica")
    copia.numero = "corretto"
    registra_accreditamento(utente=coordinatore, accreditamento=copia)
    voce.refresh_from_db()
    assert (voce.numero, voce.stato) == ("corretto", "sospeso")


def test_nessuno_nomina_se_stesso(coordinatore):
    with pytest.raises(Rifiuto) as rifiuto:
        nomina_rappresentante(
            utente=coordinatore,
            soggetto=SoggettoFactory(),
            persona=coordinatore,
            titolo=Rappresentanza.Titolo.LEGALE,
            dal=date(2023, 1, 1),
        )
    assert rifiuto.value.frase == "Non puoi nominare te stesso: chiedilo a un altro coordinatore."
    assert Rappresentanza.objects.count() == 0


def test_una_nomina_da_i_poteri_detti_e_lascia_traccia(coordinatore):
    ente, persona = SoggettoFactory(), UtenteFactory()
    nomina = nomina_rappresentante(
        utente=coordinatore,
        soggetto=ente,
        persona=persona,
        titolo=Rappresentanza.Titolo.DELEGATO,
        dal=date(2023, 1, 1),
        al=date(2023, 12, 31),
        poteri=("puo_firmare",),
    )
    assert (nomina.puo_firmare, nomina.puo_presentare, nomina.puo_rispondere) == (True, False, False)
    assert list(Soggetto.objects.rappresentati_da(persona, date(2023, 12, 31))) == [ente]
    assert list(Soggetto.objects.rappresentati_da(persona, date(2024, 1, 1))) == []
    riga = RigaRegistro.objects.get()
    assert (riga.azione, riga.utente, riga.dati) == (
        "rappresentanza.nominata",
        coordinatore,
        {
            "soggetto": ente.slug,
            "poteri": ["puo_firmare"],
            "dal": "2023-01-01",
            "al": "2023-12-31",
            "con_codice_fiscale": False,
        },
    )


def test_un_partner_non_nomina_nemmeno_per_il_suo_ente():
    mia = RappresentanzaFactory()
    with pytest.raises(PermissionDenied):
        nomina_rappresentante(
            utente=mia.utente,
            soggetto=mia.soggetto,
            persona=UtenteFactory(),
            titolo=Rappresentanza.Titolo.REFERENTE,
            dal=date(2023, 1, 1),
        )


def test_una_sola_provincia_titolare(coordinatore, provincia):
    designa_titolare(utente=coordinatore, soggetto=provincia)
    assert RigaRegistro.objects.count() == 0
    with pytest.raises(Rifiuto) as rifiuto:
        designa_titolare(utente=coordinatore, soggetto=SoggettoFactory())
    assert rifiuto.value.frase == "La Provincia titolare è già «Provincia di Cremona»."


def test_un_soggetto_senza_nome_e_rifiutato_senza_lasciare_nulla(coordinatore):
    dati = DatiSoggetto(codice_fiscale_ente(7), {"denominazione": "", "natura": "privato", "tipo": "operatore"})
    with pytest.raises(ValidationError) as errore:
        registra_soggetto(utente=coordinatore, dati=dati)
    assert list(errore.value.message_dict) == ["denominazione"]
    assert Soggetto.objects.count() == 0


def test_la_dimostrazione_ripetuta_non_cambia_nulla():
    def conta() -> tuple[int, ...]:
        modelli = (Soggetto, Rappresentanza, Accreditamento, RigaRegistro, Messaggio)
        return tuple(modello.objects.count() for modello in modelli)

    passi: list[str] = []
    utenti_demo.costruisci(passi.append)
    dimostrazione.costruisci(passi.append)
    prima = conta()
    assert prima[:3] == (35, 22, 7)
    dimostrazione.costruisci(passi.append)
    assert conta() == prima
    assert Soggetto.objects.titolare().slug == "provincia-di-cremona"
    assert passi[-2:] == ["Soggetti: nuovi 0, aggiornati 0, invariati 35, rifiutati 0.", "Rappresentanti: 0 nuovi."]
    posta = Rappresentanza.objects.exclude(utente__email__endswith=".example")
    assert not posta.exists()
