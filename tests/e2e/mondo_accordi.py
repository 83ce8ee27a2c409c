"""Three bodies that answer a call together, each with who acts for it: what the agreement's journey walks in."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from accordi.models import ModelloAccordo
from reti.models import Soggetto
from tests.accordi.pki import codice_di
from tests.e2e.mondo import Mondo
from tests.factories.accordi import ModelloAccordoFactory
from tests.factories.reti import RappresentanzaFactory, SoggettoFactory
from utenti.demo import utente_dimostrativo
from utenti.models import Ruolo, Utente

TESTO = """# Oggetto
Tra {parti}, in risposta a «{avviso}» ({atto}), {protocollo}, nascono insieme orientamento e tirocini.
# Durata
{durata}"""


@dataclass(frozen=True)
class Trio:
    """`mondo.partner` leads; the association's person has a digital signature, the cooperative's signs here."""

    redattore: Utente
    associazione: Soggetto
    per_associazione: Utente
    cooperativa: Soggetto
    per_cooperativa: Utente
    modello: ModelloAccordo


def _persona(soggetto: Soggetto, email: str, nome: str, cognome: str, codice_fiscale: str = "") -> Utente:
    """Represents `soggetto`; without an app, so that codes come by mail."""
    utente = utente_dimostrativo(email, nome, cognome)
    Authenticator.objects.filter(user=utente).delete()
    RappresentanzaFactory(utente=utente, soggetto=soggetto, codice_fiscale=codice_fiscale)
    return utente


def crea_trio(mondo: Mondo) -> Trio:
    """The editor of the call, the two bodies that join the accredited operator, the text to sign."""
    associazione = SoggettoFactory(denominazione="Artigiani Insieme", slug="artigiani", tipo=Soggetto.Tipo.DATORIALE)
    cooperativa = SoggettoFactory(denominazione="Cooperativa Girasole", slug="girasole")
    return Trio(
        redattore=utente_dimostrativo("redazione@prova.example", "Paolo", "Riva", Ruolo.REDATTORE),
        associazione=associazione,
        per_associazione=_persona(associazione, "bruno@prova.example", "Bruno", "Conti", codice_di(0)),
        cooperativa=cooperativa,
        per_cooperativa=_persona(cooperativa, "carla@prova.example", "Carla", "Fontana"),
        modello=ModelloAccordoFactory(nome="Patto tipo", testo=TESTO),
    )
