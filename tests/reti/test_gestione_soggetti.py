"""Back office of the register: saved by services, tried before written, closed to whoever doesn't coordinate."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import RigaRegistro
from reti.models import Accreditamento, Comune, Rappresentanza, Sede, Soggetto
from tests.factories.reti import (
    AccreditamentoFactory,
    ComuneFactory,
    RappresentanzaFactory,
    SoggettoFactory,
    codice_fiscale_ente,
)
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
CF = codice_fiscale_ente(801)
ENTE = {"denominazione": "Ente nuovo", "natura": "privato", "tipo": "operatore", "codice_fiscale": CF}


def file_csv(*righe: str) -> dict:
    testo = "\n".join(["codice_fiscale;denominazione;natura;tipo", *righe])
    return {"file": SimpleUploadedFile("soggetti.csv", testo.encode(), "text/csv")}


def frase_sotto(risposta, campo: str) -> list[str]:
    return risposta.context["form"].errors[campo]


def test_un_ente_creato_da_schermo_ha_indirizzo_e_traccia(entra, coordinatore):
    risposta = entra(coordinatore).post(reverse("gestione_soggetti:add"), ENTE)
    ente = Soggetto.objects.get()
    assert risposta.url == reverse("gestione_soggetti:inspect", args=[ente.pk])
    assert ente.slug == "ente-nuovo"
    assert list(RigaRegistro.objects.values_list("azione", "utente")) == [("soggetto.registrato", coordinatore.pk)]


def test_una_modifica_senza_cambi_non_lascia_traccia(entra, coordinatore):
    ente = SoggettoFactory(**ENTE, email="")
    entra(coordinatore).post(reverse("gestione_soggetti:edit", args=[ente.pk]), ENTE)
    assert RigaRegistro.objects.count() == 0
    entra(coordinatore).post(reverse("gestione_soggetti:edit", args=[ente.pk]), ENTE | {"denominazione": "Altro"})
    assert RigaRegistro.objects.get().dati == {"campi": ["denominazione"]}


def test_sede_e_accreditamento_si_aggiungono_dalla_scheda(entra, coordinatore):
    ente, comune = SoggettoFactory(), ComuneFactory()
    client = entra(coordinatore)
    modulo = client.get(reverse("gestione_sedi:add"), {"soggetto": ente.pk})
    assert str(modulo.context["form"]["soggetto"].value()) == str(ente.pk)
    client.post(
        reverse("gestione_sedi:add"),
        {"soggetto": ente.pk, "nome": "Sede", "indirizzo": "via Dante 1", "comune": comune.pk, "principale": "on"},
    )
    client.post(
        reverse("gestione_accreditamenti:add"),
        {"soggetto": ente.pk, "registro": "lavoro", "numero": "1", "carattere": "definitivo", "dal": "2020-01-01"},
    )
    assert Sede.objects.get().soggetto == ente
    assert (Accreditamento.objects.get().numero, Accreditamento.objects.get().stato) == ("1", "vigente")
    assert list(RigaRegistro.objects.values_list("azione", flat=True)) == [
        "sede.registrato",
        "accreditamento.registrato",
    ]


def test_lo_stato_non_si_scrive_da_un_modulo(entra, coordinatore):
    voce, altro = AccreditamentoFactory(), SoggettoFactory()
    dati = {"registro": "lavoro", "numero": "X", "carattere": "definitivo", "dal": "2020-01-01"}
    entra(coordinatore).post(
        reverse("gestione_accreditamenti:edit", args=[voce.pk]), dati | {"stato": "revocato", "soggetto": altro.pk}
    )
    prima, voce = voce, Accreditamento.objects.get()
    assert (voce.numero, voce.stato, voce.soggetto) == ("X", "vigente", prima.soggetto)


def test_sospendere_chiede_il_motivo_e_torna_alla_scheda(entra, coordinatore):
    """R16"""
    voce = AccreditamentoFactory()
    indirizzo = reverse("gestione_accreditamenti:cambia", args=[voce.pk, "sospendi"])
    client = entra(coordinatore)
    assert frase_sotto(client.post(indirizzo, {"motivo": ""}), "motivo") == ["Questo campo è obbligatorio."]
    assert client.post(indirizzo, {"motivo": "Verifica"}).url == reverse(
        "gestione_soggetti:inspect", args=[voce.soggetto_id]
    )
    voce.refresh_from_db()
    assert voce.stato == "sospeso"
    di_nuovo = client.post(indirizzo, {"motivo": "Verifica"})
    assert "Non si può passare da «Sospeso» a «Sospeso»." in di_nuovo.content.decode()


def test_nominare_se_stessi_e_rifiutato_nel_modulo(entra, coordinatore):
    dati = {
        "soggetto": SoggettoFactory().pk,
        "utente": coordinatore.pk,
        "titolo": "legale_rappresentante",
        "dal": "2023-01-01",
    }
    risposta = entra(coordinatore).post(reverse("gestione_rappresentanze:add"), dati)
    assert frase_sotto(risposta, "__all__") == ["Non puoi nominare te stesso: chiedilo a un altro coordinatore."]
    assert Rappresentanza.objects.count() == 0


def test_una_nomina_non_cambia_persona_ne_ente(entra, coordinatore):
    nomina = RappresentanzaFactory()
    dati = {"soggetto": SoggettoFactory().pk, "utente": UtenteFactory().pk, "titolo": "delegato", "dal": "2020-01-01"}
    entra(coordinatore).post(reverse("gestione_rappresentanze:edit", args=[nomina.pk]), dati)
    dopo = Rappresentanza.objects.get()
    assert (dopo.utente, dopo.soggetto, dopo.titolo) == (nomina.utente, nomina.soggetto, "delegato")


def test_l_importazione_si_prova_e_poi_si_conferma(entra, coordinatore):
    client, indirizzo = entra(coordinatore), reverse("gestione_soggetti:importa")
    prova = client.post(indirizzo, file_csv(f"{CF};Alfa;privato;operatore", "x;Beta;privato;operatore"))
    assert prova.context["resoconto"].frase() == "nuovi 1, aggiornati 0, invariati 0, rifiutati 1"
    assert [r.numero for r in prova.context["resoconto"].da_leggere()] == [3, 2]
    assert Soggetto.objects.count() == 0
    fatto = client.post(indirizzo, {"impronta": prova.context["impronta"]})
    assert fatto.context["resoconto"].frase() == "nuovi 1, aggiornati 0, invariati 0, rifiutati 1"
    assert list(Soggetto.objects.values_list("denominazione", flat=True)) == ["Alfa"]
    ancora = client.post(indirizzo, {"impronta": prova.context["impronta"]})
    assert "Il file non c&#x27;è più: caricalo di nuovo." in ancora.content.decode()


def test_non_si_conferma_il_file_di_un_altro(entra, coordinatore):
    indirizzo = reverse("gestione_soggetti:importa")
    prova = entra(coordinatore).post(indirizzo, file_csv(f"{CF};Alfa;privato;operatore"))
    entra(UtenteFactory(ruolo="amministratore")).post(indirizzo, {"impronta": prova.context["impronta"]})
    assert Soggetto.objects.count() == 0


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"\x00\x01", "Il file non è un CSV: esportalo dal foglio di calcolo come «CSV UTF-8»."),
        (b"x" * (2 * 1024 * 1024 + 1), "Il file supera 2 MB: dividilo in più file."),
    ],
)
def test_un_file_inutilizzabile_e_detto_sotto_il_campo(entra, coordinatore, contenuto, frase):
    file = {"file": SimpleUploadedFile("soggetti.csv", contenuto)}
    assert frase_sotto(entra(coordinatore).post(reverse("gestione_soggetti:importa"), file), "file") == [frase]


def test_l_esportazione_dell_ufficio_ha_tutti(entra, coordinatore):
    SoggettoFactory.create_batch(2)
    righe = entra(coordinatore).get(reverse("gestione_soggetti:esporta")).content.decode().splitlines()
    assert (len(righe), righe[0].split(";")[:2]) == (3, ["\ufeffcodice_fiscale", "denominazione"])


def test_i_comuni_si_leggono_soltanto(entra, coordinatore):
    comune = ComuneFactory()
    client = entra(coordinatore)
    assert comune.nome in client.get(reverse("gestione_comuni:index")).content.decode()
    client.post(reverse("gestione_comuni:edit", args=[comune.pk]), {"nome": "Altro"})
    client.post(reverse("gestione_comuni:add"), {"nome": "Altro"})
    assert list(Comune.objects.values_list("nome", flat=True)) == [comune.nome]


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_chi_non_coordina_non_scrive_nulla(entra, ruolo):
    voce = AccreditamentoFactory()
    client = entra(UtenteFactory(ruolo=ruolo))
    scritture = [
        (reverse("gestione_soggetti:add"), ENTE),
        (reverse("gestione_soggetti:edit", args=[voce.soggetto_id]), ENTE),
        (reverse("gestione_accreditamenti:cambia", args=[voce.pk, "revoca"]), {"motivo": "x"}),
        (reverse("gestione_soggetti:importa"), file_csv(f"{CF};Alfa;privato;operatore")),
        (reverse("gestione_rappresentanze:add"), {"soggetto": voce.soggetto_id, "titolo": "delegato"}),
    ]
    codici = {client.post(indirizzo, dati).status_code for indirizzo, dati in scritture}
    assert codici <= {302, 403}
    voce.refresh_from_db()
    assert (voce.stato, Soggetto.objects.count(), RigaRegistro.objects.count()) == ("vigente", 1, 0)


@pytest.mark.parametrize(
    "nome", ["gestione_soggetti", "gestione_sedi", "gestione_accreditamenti", "gestione_rappresentanze"]
)
def test_gli_elenchi_hanno_interrogazioni_costanti(entra, coordinatore, django_assert_max_num_queries, nome):
    client, indirizzo = entra(coordinatore), reverse(f"{nome}:index")

    def aggiungi() -> None:
        nomina = RappresentanzaFactory()
        AccreditamentoFactory(soggetto=nomina.soggetto)
        Sede.objects.create(soggetto=nomina.soggetto, indirizzo="via Dante 1", comune=ComuneFactory())

    def conta() -> int:
        with django_assert_max_num_queries(60) as catturate:
            client.get(indirizzo)
        return len(catturate)

    aggiungi()
    client.get(indirizzo)
    con_uno = conta()
    aggiungi()
    aggiungi()
    assert conta() == con_uno
