"""Limits by network address: counted on who really asks, not on what a request says of itself."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from core.indirizzi import conta, indirizzo_di, rete_di


@pytest.fixture(autouse=True)
def _conti_da_zero():
    cache.clear()


@pytest.mark.parametrize(
    ("proxy", "inoltrato", "atteso"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
    ],
    ids=["senza proxy l'intestazione non conta", "un proxy", "il primo pezzo lo scrive chi vuole", "due proxy"],
)
def test_l_indirizzo_viene_dal_proxy_fidato_e_non_da_chi_chiede(rf, settings, proxy, inoltrato, atteso):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxy
    richiesta = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=inoltrato)
    assert indirizzo_di(richiesta) == atteso


@pytest.mark.django_db
@pytest.mark.parametrize("proxy", [0, 1])
def test_cambiare_l_intestazione_non_azzera_il_conto(client, provincia, settings, proxy):
    settings.VERIFICHE_PER_INDIRIZZO, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2, proxy

    def manda(n):
        file = SimpleUploadedFile("a.pdf", b"ciao")
        return client.post("/verifica/", {"file": file}, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 203.0.113.9").status_code

    assert [manda(n) for n in range(3)] == [200, 200, 429]


@pytest.mark.django_db
def test_dietro_lo_stesso_proxy_ognuno_ha_il_suo_conto(client, provincia, settings):
    settings.VERIFICHE_PER_INDIRIZZO, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1, 1

    def manda(indirizzo):
        file = SimpleUploadedFile("a.pdf", b"ciao")
        return client.post("/verifica/", {"file": file}, HTTP_X_FORWARDED_FOR=indirizzo).status_code

    assert [manda(i) for i in ("203.0.113.9", "203.0.113.9", "203.0.113.10")] == [200, 429, 200]


@pytest.mark.parametrize(
    ("indirizzo", "contato"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("casa mia", ""),
    ],
)
def test_i_limiti_contano_la_rete_di_chi_chiede(rf, settings, indirizzo, contato):
    """Who has a line has 2^64 IPv6 addresses, a new one for each sending."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert rete_di(rf.get("/", REMOTE_ADDR=indirizzo)) == contato


@pytest.mark.django_db
def test_chi_cambia_indirizzo_nella_sua_rete_non_ricomincia_da_capo(client, provincia, settings):
    settings.VERIFICHE_PER_INDIRIZZO, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2, 0

    def manda(indirizzo):
        file = SimpleUploadedFile("a.pdf", b"ciao")
        return client.post("/verifica/", {"file": file}, REMOTE_ADDR=indirizzo).status_code

    assert [manda(f"2001:db8:1:2::{n}") for n in range(1, 4)] == [200, 200, 429]
    assert manda("2001:db8:1:3::1") == 200


@pytest.mark.django_db
def test_chi_riempie_la_cache_non_cancella_i_conti_degli_altri():
    """Each unknown address, mail or form leaves a row: three hundred made room by forgetting the first limits."""
    conta("a-di-qualcuno", 3600)
    for n in range(400):
        cache.set(f"modulo-{n}", True, 3600)
    assert conta("a-di-qualcuno", 3600) == 2
