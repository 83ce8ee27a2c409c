"""One's own calendars: made, copied, renewed, revoked, in the private area and in the back office (R20)."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from core.models import RigaRegistro
from reti.models import Abbonamento
from reti.services.abbonamenti import crea_abbonamento, revoca_abbonamento, rinnova_abbonamento
from tests.contemporanei import insieme
from tests.factories.reti import AdesioneFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

PAGINA = "/tavoli/calendari/"
GESTIONE = "/gestione/calendari/"


@pytest.fixture
def ente(rappresentante):
    return rappresentante.soggetto


@pytest.fixture
def socio(rappresentante):
    return rappresentante.utente


def registro():
    return list(RigaRegistro.objects.order_by("numero").values_list("azione", "oggetto_nome", "dati"))


@pytest.mark.django_db
def test_chiesto_due_volte_il_calendario_e_uno(socio, ente):
    primo = crea_abbonamento(utente=socio, soggetto=ente)
    assert crea_abbonamento(utente=socio, soggetto=ente) == primo
    assert crea_abbonamento(utente=socio) != primo
    assert [r[:2] for r in registro()] == [("abbonamento.creato", str(ente)), ("abbonamento.creato", str(socio))]


@pytest.mark.django_db(transaction=True)
def test_chiesto_due_volte_nello_stesso_istante_il_calendario_e_uno(socio):
    esiti = insieme(*[lambda: crea_abbonamento(utente=socio)] * 2)
    assert (esiti[0], Abbonamento.objects.count()) == (esiti[1], 1)


@pytest.mark.django_db
def test_rinnovare_cambia_l_indirizzo_e_spegne_il_vecchio(socio, ente, client):
    vecchio = crea_abbonamento(utente=socio, soggetto=ente)
    nuovo = rinnova_abbonamento(utente=socio, pk=vecchio.pk)
    stati = [client.get(reverse("tavoli:calendario_segreto", args=[a.gettone])).status_code for a in (vecchio, nuovo)]
    assert (stati, nuovo.soggetto) == ([404, 200], ente)


@pytest.mark.django_db
def test_non_si_revoca_il_calendario_di_un_altro_ne_uno_gia_revocato(socio):
    altrui = crea_abbonamento(utente=UtenteFactory())
    proprio = crea_abbonamento(utente=socio)
    revoca_abbonamento(utente=socio, pk=proprio.pk)
    for pk in (altrui.pk, proprio.pk):
        with pytest.raises(Rifiuto, match="già stato revocato"):
            revoca_abbonamento(utente=socio, pk=pk)
    altrui.refresh_from_db()
    assert altrui.revocato_il is None


@pytest.mark.django_db
def test_si_segue_solo_cio_che_oggi_si_rappresenta(socio, rappresentante, coordinatore):
    estraneo, tavolo = SoggettoFactory(), ReteFactory()
    for di in ({"soggetto": estraneo}, {"rete": tavolo}):
        with pytest.raises(PermissionDenied, match="Puoi seguire soltanto"):
            crea_abbonamento(utente=socio, **di)
        assert crea_abbonamento(utente=coordinatore, **di).revocato_il is None
    AdesioneFactory(rete=tavolo, soggetto=rappresentante.soggetto)
    assert crea_abbonamento(utente=socio, rete=tavolo).rete == tavolo


@pytest.mark.django_db
def test_il_gettone_non_entra_nel_registro(socio, ente):
    abbonamento = crea_abbonamento(utente=socio, soggetto=ente)
    nuovo = rinnova_abbonamento(utente=socio, pk=abbonamento.pk)
    righe = str(list(RigaRegistro.objects.values()))
    assert [a.gettone in righe for a in (abbonamento, nuovo)] == [False, False]
    assert [r[0] for r in registro()] == ["abbonamento.creato", "abbonamento.revocato", "abbonamento.creato"]


@pytest.mark.django_db
@pytest.mark.parametrize(("pagina", "chi"), [(PAGINA, "socio"), (GESTIONE, "coordinatore")])
def test_dalla_pagina_si_crea_si_copia_si_cambia_e_si_revoca(pagina, chi, entra, request, provincia):
    utente = request.getfixturevalue(chi)
    client = entra(utente)

    def manda(**dati):
        return client.post(pagina, dati, follow=True).content.decode()

    testo = manda(di="io")
    abbonamento = Abbonamento.objects.get()
    assert "Il calendario è pronto" in testo
    indirizzo = f"localhost:8000/tavoli/calendari/{abbonamento.gettone}.ics"
    assert (f'value="http://{indirizzo}" readonly' in testo, f'href="webcal://{indirizzo}"' in testo) == (True, True)
    testo = manda(gesto=f"rinnova:{abbonamento.pk}")
    assert ("il vecchio" in testo or "al posto del vecchio" in testo, abbonamento.gettone in testo) == (True, False)
    nuovo = Abbonamento.objects.attivi().get()
    testo = manda(gesto=f"revoca:{nuovo.pk}")
    assert ("Il calendario è revocato" in testo, "Non ne hai ancora" in testo) == (True, True)
    assert "era già stato revocato" in manda(gesto=f"revoca:{nuovo.pk}")


@pytest.mark.django_db
def test_la_pagina_offre_solo_cio_che_si_puo_seguire_e_spiega_una_scelta_sbagliata(entra, socio, ente, provincia):
    SoggettoFactory(slug="estraneo")
    tavolo = ReteFactory(slug="mio-tavolo", convocante=provincia)
    ReteFactory(slug="altro-tavolo", convocante=provincia)
    AdesioneFactory(rete=tavolo, soggetto=ente)
    client = entra(socio)
    scelte = re.findall(r'<option value="([^"]*)"', client.get(PAGINA).content.decode())
    assert scelte == ["io", f"ente:{ente.slug}", "tavolo:mio-tavolo"]
    risposta = client.post(PAGINA, {"di": "ente:estraneo"})
    assert "non è fra quelli che puoi seguire" in risposta.content.decode()
    assert Abbonamento.objects.count() == 0


@pytest.mark.django_db
def test_chi_non_rappresenta_piu_l_ente_legge_perche_l_indirizzo_non_risponde(entra, socio, ente, rappresentante):
    abbonamento = crea_abbonamento(utente=socio, soggetto=ente)
    rappresentante.al = date(2022, 1, 1)
    rappresentante.save()
    testo = entra(socio).get(PAGINA).content.decode()
    assert ("non rappresenti più" in testo, abbonamento.gettone in testo) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize("quanti", [1, 3])
def test_le_domande_della_pagina_non_crescono(entra, socio, ente, provincia, quanti, django_assert_num_queries):
    for _n in range(quanti):
        tavolo = ReteFactory(convocante=provincia)
        AdesioneFactory(rete=tavolo, soggetto=ente)
        crea_abbonamento(utente=socio, rete=tavolo)
    client = entra(socio)
    client.get(PAGINA)
    with django_assert_num_queries(9):
        client.get(PAGINA)


@pytest.mark.django_db
def test_dalla_pagina_del_tavolo_si_arriva_al_suo_calendario(entra, coordinatore, client, provincia):
    tavolo = ReteFactory(slug="lavoro", convocante=provincia)
    assert 'href="/tavoli/lavoro/calendario.ics"' in client.get(tavolo.get_absolute_url()).content.decode()
    entra(coordinatore)
    assert f'href="{GESTIONE}?di=tavolo:lavoro"' in client.get(f"/gestione/tavoli/{tavolo.pk}/").content.decode()
    testo = client.get(GESTIONE + "?di=tavolo:lavoro").content.decode()
    assert '<option value="tavolo:lavoro" selected>' in testo
