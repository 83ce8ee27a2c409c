"""What an application says — answers, bodies, documents — and what of it is still missing."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accordi import domande
from accordi.allegati import Richiesta, richieste
from accordi.models import DocumentoIstanza, Istanza, PartecipanteIstanza
from core.archivio import impronta
from core.registro import righe_di
from reti.models import Rappresentanza, Soggetto

Conferma = PartecipanteIstanza.Conferma
FISSI = {
    DocumentoIstanza.FIRMATA: _l("Istanza firmata"),
    DocumentoIstanza.IDENTITA: _l("Documento d'identità di chi firma"),
    DocumentoIstanza.INTEGRAZIONE: _l("Inviato durante l'istruttoria"),
}


@dataclass(frozen=True)
class Casella:
    """Where one file goes: the request, the body that owes it (None: the whole partnership), the file if there."""

    richiesta: Richiesta
    soggetto: Soggetto | None
    documento: DocumentoIstanza | None

    @property
    def nome(self) -> str:
        """The name of its input in a form."""
        return f"doc-{self.richiesta.id}" + (f"-{self.soggetto.pk}" if self.soggetto else "")

    @property
    def titolo(self) -> str:
        if self.soggetto is None:
            return self.richiesta.nome
        return _("%(documento)s di %(soggetto)s") % {"documento": self.richiesta.nome, "soggetto": self.soggetto}


def partecipanti_di(istanza: Istanza) -> QuerySet[PartecipanteIstanza]:
    """The bodies of an application, the leading one first."""
    return istanza.partecipanti.select_related("soggetto", "confermato_da").order_by("pk")


def caselle(istanza: Istanza, soggetti: list[Soggetto] | None = None) -> list[Casella]:
    """Every file that the call asks of this partnership, or only those of the given bodies."""
    chieste = richieste(istanza.avviso.documenti_richiesti)
    if not chieste:
        return []
    caricati = {(d.richiesta, d.soggetto_id): d for d in istanza.documenti.all()}
    tutti = [p.soggetto for p in partecipanti_di(istanza)] if soggetti is None else soggetti
    uscita = []
    for r in chieste:
        if r.di_ogni_soggetto:
            uscita += [Casella(r, s, caricati.get((r.id, s.pk))) for s in tutti]
        elif soggetti is None:
            uscita.append(Casella(r, None, caricati.get((r.id, None))))
    return uscita


def risposte_in_parole(istanza: Istanza) -> list[tuple[str, list[tuple[str, str]]]]:
    """(title of the section, [(question, answer as printed)])."""
    return [
        (s.titolo, [(d.testo, domande.in_parole(d, istanza.risposte.get(d.id))) for d in s.domande])
        for s in domande.sezioni(istanza.avviso.domande)
    ]


@dataclass(frozen=True)
class Allegato:
    """A document as it is listed: `per` says what it answers to."""

    documento: DocumentoIstanza
    per: str


def allegati(istanza: Istanza, utente: Any = None) -> list[Allegato]:
    """The documents of an application; with `utente`, only those that this person may open."""
    nomi = {r.id: r.nome for r in richieste(istanza.avviso.documenti_richiesti)} | FISSI
    documenti = istanza.documenti.all() if utente is None else istanza.documenti.visibili_a(utente)
    return [
        Allegato(d, str(nomi.get(d.richiesta, "")))
        for d in documenti.select_related("soggetto", "caricato_da", "sospensione")
    ]


def impronta_proposta(istanza: Istanza) -> str:
    """Fingerprint of what every body confirms: why, the answers, what is declared, the documents of the partnership.

    Not the files of one body, nor who signs for the leading one: those change nothing for the others.
    """
    comuni = istanza.documenti.filter(soggetto=None).exclude(richiesta__in=FISSI).order_by("richiesta")
    proposta = {
        "motivazione": istanza.motivazione,
        "risposte": istanza.risposte,
        "dote": istanza.dichiarazione_dote,
        "documenti": list(comuni.values_list("richiesta", "impronta")),
    }
    return impronta(json.dumps(proposta, sort_keys=True, ensure_ascii=False).encode())


def mancanze_contenuto(istanza: Istanza) -> list[str]:
    """Answers, documents and confirmations that are missing, one sentence each."""
    frasi = list(domande.mancanze(domande.domande_di(istanza.avviso.domande), istanza.risposte))
    frasi += [
        _("Allega il documento: %s.") % c.titolo
        for c in caselle(istanza)
        if c.richiesta.obbligatorio and c.documento is None
    ]
    for p in partecipanti_di(istanza):
        if p.soggetto_id == istanza.capofila_id or p.conferma == Conferma.CONFERMATA:
            continue
        if p.conferma == Conferma.RIFIUTATA:
            frasi.append(_("%s ha detto che non partecipa: toglilo dalla rete.") % p.soggetto)
        elif p.conferma == Conferma.DECADUTA:
            frasi.append(_("%s deve confermare di nuovo: dopo la sua conferma la proposta è cambiata.") % p.soggetto)
        else:
            frasi.append(_("%s non ha ancora confermato la sua parte: lo fa dalla sua area riservata.") % p.soggetto)
    return frasi


def parti_da_confermare(utente: Any) -> QuerySet[PartecipanteIstanza]:
    """Parts of drafts of others that wait for a body for which `utente` may present today."""
    valide = Rappresentanza.objects.valide().filter(utente=utente, puo_presentare=True)
    return (
        PartecipanteIstanza.objects.filter(
            soggetto__in=valide.values("soggetto"),
            istanza__stato="bozza",
            conferma__in=(Conferma.ATTESA, Conferma.DECADUTA),
        )
        .exclude(soggetto=F("istanza__capofila"))
        .select_related("istanza__avviso", "istanza__capofila", "soggetto")
        .order_by("pk")
    )


def cambi_della_rete(partecipante: PartecipanteIstanza) -> list[str]:
    """What changed in the partnership after this body confirmed its part, oldest first."""
    if partecipante.conferma != Conferma.CONFERMATA:
        return []
    parole = {
        "istanza.partecipante_aggiunto": _("%s è entrato nella rete."),
        "istanza.partecipante_tolto": _("%s non è più nella rete."),
    }
    righe = righe_di(partecipante.istanza).filter(azione__in=parole, quando__gt=partecipante.confermato_il)
    slug = {r.dati["soggetto"] for r in righe}
    nomi = dict(Soggetto.objects.filter(slug__in=slug).values_list("slug", "denominazione"))
    return [parole[r.azione] % nomi.get(r.dati["soggetto"], r.dati["soggetto"]) for r in righe]
