"""One record of every kind, and one person of every role, for the table of permissions."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from accordi.models import Accordo, Firma, InvioProtocollo, VersioneTesto
from accordi.services.accordi import crea_accordo_libero
from accordi.services.testi import congela_testo, modifica_bozza
from core.models import Messaggio, RigaRegistro
from core.orologio import adesso, fermo, oggi
from monitoraggio.models import Obiettivo, Rilevazione
from punti_informativi.models import Campagna, Importazione, Invio, RichiestaConferma
from punti_informativi.models import Proposta as ModificaProposta
from punti_informativi.services.segnalazioni import segnala
from reti.models import Abbonamento, Incontro, MessaggioRicevuto, Proposta
from tests.factories.accordi import AccordoFactory, AvvisoFactory, DocumentoIstanzaFactory, IstanzaFactory
from tests.factories.monitoraggio import FaseFactory, IndicatoreFactory, ObiettivoFactory
from tests.factories.punti_informativi import (
    CampagnaFactory,
    CategoriaFactory,
    DestinatariFactory,
    FestaPatronaleFactory,
    LinguaFactory,
    PuntoFactory,
    RiscontroFactory,
    ServizioFactory,
)
from tests.factories.reti import (
    AccreditamentoFactory,
    AdesioneFactory,
    ConvocazioneFactory,
    FasciaFactory,
    IncontroFactory,
    InterpellatoFactory,
    PresenzaFactory,
    RappresentanzaFactory,
    ReteFactory,
    SedeFactory,
    SoggettoFactory,
    SondaggioFactory,
)
from tests.factories.utenti import UtenteFactory
from tests.factories.verbali import invia, verbalizza
from utenti.models import Utente

RUOLI = (
    "anonimo",
    "estraneo",
    "proprio",
    "operatore_cpi",
    "coordinatore",
    "dirigente",
    "redattore",
    "amministratore",
    "revisore",
)


def firma_in_busta(accordo: Accordo) -> None:
    """Its first party has signed with a .p7m, as far as an address can tell."""
    impronte = {"impronta_prima": "0" * 64, "impronta_dopo": "0" * 64}
    versione = VersioneTesto.objects.create(
        accordo=accordo, numero=1, pdf=ContentFile(b"%PDF-1.7", "t.pdf"), impronta="0" * 64, congelata_il=adesso()
    )
    Firma.objects.create(
        parte=accordo.parti.first(),
        versione=versione,
        utente=UtenteFactory(),
        livello="qualificata",
        formato=Firma.Formato.CADES,
        busta=ContentFile(b"0", "t.p7m"),
        pdf=versione.pdf,
        firmata_il=adesso(),
        **impronte,
    )


class Mondo:
    """The records, by class, and how to fill a route's arguments with them."""

    def __init__(self) -> None:
        self.provincia = SoggettoFactory(provincia=True)
        self.ente = SoggettoFactory(slug="ente-mio", denominazione="Ente mio")
        self.persone: dict[str, Utente | None] = {"anonimo": None}
        self.persone["estraneo"] = RappresentanzaFactory().utente
        self.persone["proprio"] = RappresentanzaFactory(soggetto=self.ente).utente
        for ruolo in RUOLI[3:]:
            self.persone[ruolo] = UtenteFactory(ruolo=ruolo)
        RappresentanzaFactory(utente=self.persone["dirigente"], soggetto=self.provincia)
        self.record: dict[type, models.Model] = {}
        self._reti()
        self._posta()
        self._di_altri()
        self._accordi()
        self._punti()
        self._monitoraggio()
        self._nucleo()

    def _tieni(self, *oggetti: models.Model) -> None:
        self.record |= {type(o): o for o in oggetti}

    def _reti(self) -> None:
        sede = SedeFactory(soggetto=self.ente)
        accreditamento = AccreditamentoFactory(soggetto=self.ente)
        rete = ReteFactory(slug="tavolo-mio", convocante=self.provincia, pubblica=False)
        rete.atto_documento.save("tavolo-mio.pdf", ContentFile(b"%PDF-1.7"))
        seggio = AdesioneFactory(rete=rete, soggetto=self.ente)
        incontro = self.incontro = IncontroFactory(
            rete=rete,
            serie="serie-di-prova",
            stato="convocato",
            inizio=datetime(2090, 1, 10, 9, tzinfo=UTC),
            fine=datetime(2090, 1, 10, 11, tzinfo=UTC),
        )
        self.invito = ConvocazioneFactory(incontro=incontro, adesione=seggio)
        self.arrivato = incontro.ingressi.create(nome="Ada", adesione=seggio, chiave="arrivo")
        self.abbonamento = Abbonamento.objects.create(utente=self.persone["proprio"], rete=rete)
        sondaggio = SondaggioFactory(rete=rete)
        self.fascia = FasciaFactory(sondaggio=sondaggio)
        self.interpellato = InterpellatoFactory(sondaggio=sondaggio, adesione=seggio)
        self._tieni(sondaggio)
        rappresentanza = self.persone["proprio"].rappresentanze.get()
        self._verbali()
        self._tieni(self.ente, sede, sede.comune, accreditamento, rete, seggio, incontro, self.invito, rappresentanza)

    def _verbali(self) -> None:
        """Minutes sent to those present, with an observation; minutes of a public board, approved."""
        utente, proprio = self.persone["coordinatore"], self.persone["proprio"]
        self.riunioni = []
        for slug, scrivi in (("tavolo-che-osserva", invia), ("tavolo-aperto", verbalizza)):
            rete = ReteFactory(slug=slug, convocante=self.provincia)
            inizio, fine = (adesso() - timedelta(hours=ore) for ore in (30, 28))
            riunione = IncontroFactory(rete=rete, svolto=True, inizio=inizio, fine=fine)
            seggio = AdesioneFactory(rete=rete, soggetto=self.ente)
            ConvocazioneFactory(incontro=riunione, adesione=seggio)
            PresenzaFactory(incontro=riunione, adesione=seggio)
            verbale = scrivi(utente, riunione, decisioni=[{"testo": "Da fare", "soggetto": self.ente}])
            self.riunioni.append(riunione)
            if scrivi is invia:
                self._tieni(verbale.osservazioni.create(adesione=seggio, autore=proprio, testo="Manca un punto"))
        self._tieni(riunione.decisioni.get())

    def _posta(self) -> None:
        messaggio = MessaggioRicevuto(impronta="0" * 64, esito="proposta", convocazione=self.invito)
        messaggio.originale.save("messaggio.eml", ContentFile(b"Subject: Proposta\r\n\r\nUn'altra data"))
        orari = {"inizio": datetime(2090, 1, 11, 9, tzinfo=UTC), "fine": datetime(2090, 1, 11, 11, tzinfo=UTC)}
        self._tieni(messaggio, Proposta.objects.create(convocazione=self.invito, messaggio=messaggio, **orari))

    def _di_altri(self) -> None:
        """A meeting that others convene, with the invitation and the evidence as files."""
        rete = ReteFactory(slug="tavolo-di-altri", convocante=self.ente, pubblica=False)
        seggio = AdesioneFactory(rete=rete, soggetto=self.provincia)
        self.di_altri = IncontroFactory(rete=rete, svolto=True, invito_ricevuto=ContentFile(b"x", "invito.ics"))
        ConvocazioneFactory(incontro=self.di_altri, adesione=seggio)
        self.prova = PresenzaFactory(
            incontro=self.di_altri, adesione=seggio, prova_documento=ContentFile(b"x", "prova.pdf")
        )

    def _accordi(self) -> None:
        avviso = AvvisoFactory(gol=True, slug="avviso-aperto")
        istanza = IstanzaFactory(avviso=avviso, capofila=self.ente, istruttoria=True)
        self._tieni(istanza.protocollo)
        InvioProtocollo.objects.create(protocollo=istanza.protocollo)
        istanza.partecipanti.create(soggetto=SoggettoFactory(slug="ente-socio"))
        self.allegato = DocumentoIstanzaFactory(istanza=istanza)
        self.ammessa = IstanzaFactory(avviso=AvvisoFactory(attiva_punti=True), capofila=self.ente, ammessa=True)
        with fermo(datetime(2023, 3, 20, 9, tzinfo=UTC)):
            utente = self.persone["coordinatore"]
            accordo = crea_accordo_libero(
                utente=utente, tipo="collaborazione", titolo="Accordo mio", testo="# Oggetto\nTesto.", parti=[self.ente]
            )
            campi = {"determina_numero": "1", "determina_data": date(2023, 3, 1)}
            accordo = modifica_bozza(utente=utente, accordo=accordo, campi=campi)
            congela_testo(utente=utente, accordo=accordo)
        accordo.refresh_from_db()
        self._tieni(avviso, avviso.modello, istanza, accordo)
        self.pubblico = AccordoFactory(attivo=True, parti=[self.provincia, self.ente])
        self.impegno = self.pubblico.impegni.create(testo="Sportello", prova=ContentFile(b"%PDF-1.7", "prova.pdf"))
        firma_in_busta(self.pubblico)
        self.proprie_scadenze = Abbonamento.objects.create(utente=self.persone["proprio"])

    def _punti(self) -> None:
        punto = PuntoFactory(attivo=True, slug="punto-mio", sede=self.record[type(SedeFactory.build())])
        self._tieni(punto, ServizioFactory(), DestinatariFactory(), FestaPatronaleFactory(), LinguaFactory())
        self.da_confermare = RichiestaConferma.objects.create(punto=punto, indirizzo="a@b.example", inviata_il=oggi())
        # Not among the records: a class of reti has the same name.
        self.modifica_proposta = ModificaProposta.objects.create(
            punto=punto, prima={"telefono": ""}, dopo={"telefono": "1"}, proposta_da=self.persone["proprio"]
        )
        self.orari_proposti = ModificaProposta.objects.create(
            soggetto=punto.soggetto,
            prima={"orari": [], "punti": []},
            dopo={"orari": [], "punti": [punto.pk]},
            proposta_da=self.persone["proprio"],
        )
        self.importazione = Importazione.objects.create(
            utente=self.persone["coordinatore"], impronta="0" * 64, righe_nel_file=1
        )
        self.segnalazione = segnala(testo="Non si legge")
        self.riscontro = RiscontroFactory(punto=punto, testo="Era chiuso")
        self._tieni(CategoriaFactory(), CampagnaFactory())
        campagna = self.record[Campagna]
        # With the campaign's own key: its address holds both, and here one record answers for the route.
        self.invio = Invio.objects.create(
            pk=campagna.pk,
            campagna=campagna,
            categoria=campagna.categorie.get(),
            destinatario="Ente",
            inviato_il=oggi(),
        )

    def _monitoraggio(self) -> None:
        obiettivo = ObiettivoFactory(codice="prova_1")
        fase = FaseFactory(obiettivo=obiettivo, codice="A")
        indicatore = IndicatoreFactory(obiettivo=obiettivo, codice="A2", misura="", parametri={})
        rilevazione = Rilevazione.objects.create(
            obiettivo=obiettivo,
            al=date(2023, 12, 31),
            congelata_il=datetime(2024, 1, 2, 9, tzinfo=UTC),
            utente=self.persone["coordinatore"],
            scheda={"fasi": [], "indicatori": []},
            impronta="0" * 64,
        )
        self._tieni(obiettivo, fase, indicatore, rilevazione)

    def _nucleo(self) -> None:
        messaggio = Messaggio.objects.create(chiave="k", destinatario="a@b.example", oggetto="Oggetto")
        self._tieni(messaggio, RigaRegistro.objects.first(), UtenteFactory(email="altra@prova.example"))

    def url(self, rotta: str, modello: type | None) -> str:
        """The address that `rotta` makes with this world's records."""

        def riempi(m: re.Match) -> str:
            return str(self._argomento(rotta, m["nome"], modello))

        da_regola = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", rotta).replace("\\.", ".").rstrip("$")
        return "/" + re.sub(r"<(?:\w+:)?(?P<nome>\w+)>", riempi, da_regola)

    def _argomento(self, rotta: str, nome: str, modello: type | None) -> Any:
        fissi = {
            "formato": "graphml" if rotta.startswith("rete/") else "csv",
            "percorso": "mai-caricata.png",
            "revision_id_a": "live",
            "revision_id_b": "live",
            "versione": 1,
            "verbo": "sospendi",
            "indicatore": "A2",
            "fase": "A",
            "serie": self.incontro.serie,
            "fascia": self.fascia.pk,
            "anno": 2023,
            "numero": 1,
            "interpellato": self.interpellato.pk,
            "soggetto": "ente-socio",
            "documento": self.allegato.codice,
            "altro": "altro",
            "scrittura": "ttl",
        }
        if "/vita" in rotta or ("accordi/" in rotta and ("/prove/" in rotta or "/buste/" in rotta)):
            return self._della_vita(rotta, nome)
        if nome in fissi:
            return fissi[nome]
        if nome in {"task_id", "task_state_id", "revision_id", "workflow_state_id"}:
            return 0  # of no record: these screens are Wagtail's own
        if proprio := next((o for inizio, o in self._propri() if rotta.startswith(inizio)), None):
            return getattr(proprio, nome, proprio.pk)
        if "peg/" in rotta:
            return self.record[Obiettivo].codice if nome == "codice" else self.record[Rilevazione].pk
        if nome in ("gettone", "chiave"):
            return self._segreto(rotta, nome)
        if "da-istanze" in rotta or "candida/" in rotta:
            return self.ammessa.codice
        if rotta.startswith(("registro-accordi/", "api/v1/accordi/")):
            return self.pubblico.codice
        if rotta.startswith("verifica/"):
            return self._per_nome("Accordo").codice_verifica
        oggetto = self._riunione(rotta) or self.record.get(modello) or self._per_nome(self._nome_modello(rotta))
        return getattr(oggetto, nome, oggetto.pk)

    def _della_vita(self, rotta: str, nome: str) -> Any:
        """An agreement in force, and an obligation of it with its proof."""
        return {
            "codice": self.pubblico.codice,
            "pk": self.impegno.pk if "/prove/" in rotta else self.pubblico.pk,
            "ordine": 1,
            "riga": self.impegno.pk,
            "genere": "impegno",
            "gesto": "adempi" if "<slug:genere>" in rotta else "impegno",
        }[nome]

    def _propri(self) -> list[tuple[str, models.Model]]:
        """Screens whose record isn't the one of its kind, by the beginning of their address."""
        return [
            ("gestione/accordi/firma-digitale/", self._per_nome("Accordo").parti.get(soggetto=self.ente)),
            ("gestione/accordi/firma/", self._per_nome("Accordo").parti.get(soggetto=self.ente)),
            ("gestione/accordi/parti/", self._per_nome("Accordo").parti.get(soggetto=self.ente)),
            ("gestione/inviti/prove/", self.prova),
            ("gestione/punti/proposte/", self.modifica_proposta),
            ("gestione/punti/riscontri/", self.riscontro),
            ("gestione/accessibilita/", self.segnalazione),
            ("accessibilita/segnalazioni/", self.segnalazione),
            ("gestione/punti/orari-proposti/", self.orari_proposti),
            ("gestione/punti/importa/", self.importazione),
            ("gestione/inviti/", self.di_altri),
            ("gestione/incontri/risposte/", self.invito),
            ("tavoli/convocazioni/", self.invito),
            ("api/v1/tavoli/", self.riunioni[1].rete),
            ("tavoli/sondaggi/", self.interpellato),
        ]

    def _segreto(self, rotta: str, nome: str) -> str:
        if rotta.startswith("accordi/scadenze/"):
            return self.proprie_scadenze.gettone
        if rotta.startswith("punti-informativi/promozione/"):
            return self.invio.gettone
        if rotta.startswith("punti-informativi/conferma/"):
            return self.da_confermare.gettone
        if rotta.startswith("tavoli/calendari/"):
            return self.abbonamento.gettone
        if rotta.startswith("tavoli/ingresso/"):
            return self.invito.incontro.gettone_ingresso if nome == "gettone" else self.arrivato.chiave
        return (self.interpellato if rotta.startswith("tavoli/disponibilita/") else self.invito).gettone

    def _riunione(self, rotta: str) -> Incontro | None:
        """The meeting whose minutes are with those present; for documents, the one whose minutes are approved."""
        approvato = "/verbale.pdf" in rotta or "/verbali/" in rotta
        return self.riunioni[approvato] if "/verbal" in rotta else None

    def _per_nome(self, nome: str) -> models.Model:
        return next(o for c, o in self.record.items() if c.__name__ == nome)

    @staticmethod
    def _nome_modello(rotta: str) -> str:
        inizi = {
            "gestione/punti/campagne/": "Campagna",
            "gestione/punti/": "PuntoInformativo",
            "gestione/istanze/": "Istanza",
            "gestione/protocollo/": "Protocollo",
            "gestione/accordi/": "Accordo",
            "gestione/tavoli/incontri/": "Incontro",
            "gestione/incontri/osservazioni/": "Osservazione",
            "gestione/incontri/": "Incontro",
            "gestione/sondaggi/": "Sondaggio",
            "gestione/decisioni/": "Decisione",
            "gestione/tavoli/seggi/": "Adesione",
            "gestione/tavoli/": "Rete",
            "api/v1/punti/": "PuntoInformativo",
            "api/v1/avvisi/": "Avviso",
            "tavoli/incontri/": "Incontro",
            "tavoli/": "Rete",
            "rete/soggetti/": "Soggetto",
            "avvisi/": "Avviso",
            "istanze/": "Istanza",
            "accordi/": "Accordo",
            "punti-informativi/miei/orari/": "Soggetto",
            "punti-informativi/": "PuntoInformativo",
            "gestione/posta/": "Messaggio",
            "gestione/posta-ricevuta/proposte/": "Proposta",
            "gestione/posta-ricevuta/": "MessaggioRicevuto",
            "gestione/registro/": "RigaRegistro",
            "gestione/users/": "Utente",
            "gestione/avvisi/": "Avviso",
            "gestione/modelli-accordo/": "ModelloAccordo",
        }
        return next((m for inizio, m in inizi.items() if rotta.startswith(inizio)), "Soggetto")
