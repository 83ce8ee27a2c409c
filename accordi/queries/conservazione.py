"""The package of an agreement for the preservation system, and which ones still have to be handed over."""

from django.conf import settings
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.timezone import localtime

from accordi.conservazione import INDICE, DocumentoVersato, FileVersato, Produttore, indice
from accordi.fascicolo import impacchetta
from accordi.models import Accordo
from accordi.queries.accordi import revisione_corrente
from accordi.queries.fascicolo import fascicolo, leggi
from accordi.scelte import Livello
from core.models import RigaRegistro
from core.registro import righe_di
from reti.models import Soggetto

VERSATO = "accordo.versato"


def pacchetto(accordo: Accordo) -> bytes:
    """The zip of an agreement signed by all: index, document, envelopes, evidence bundle."""
    revisione = revisione_corrente(accordo)
    file = [FileVersato("documento/accordo.pdf", leggi(revisione.pdf), "Accordo sottoscritto")]
    for n, firma in enumerate(revisione.firme, start=1):
        if firma.busta:
            descrizione = f"Busta di firma di {firma.parte.soggetto}"
            file.append(FileVersato(f"buste/{n}-{firma.parte.soggetto.slug}.p7m", leggi(firma.busta), descrizione))
    prove = fascicolo(accordo, con_evidenze=True)
    file.append(FileVersato("prove/fascicolo.zip", prove, "Fascicolo delle prove"))
    quando = righe_di(accordo).latest("numero").quando
    documento = DocumentoVersato(
        identificativo=accordo.codice_verifica,
        oggetto=accordo.titolo,
        tipologia=str(accordo.get_tipo_display()),
        parti=[(str(p.soggetto), p.soggetto.codice_fiscale) for p in accordo.parti.select_related("soggetto")],
        protocollo_numero=str(accordo.protocollo.numero),
        protocollo_registro=str(accordo.protocollo.anno),
        protocollo_il=localtime(accordo.protocollo.registrato_il),
        riservato=not accordo.pubblico,
        firmato=any(f.livello != Livello.SEMPLICE for f in revisione.firme),
        con_marca=any(not f.marca_temporale for f in revisione.firme),
        versione=revisione.versione.numero,
    )
    xml = indice(documento, file, _produttore(), quando=quando)
    return impacchetta({INDICE: xml} | {f.percorso: f.contenuto for f in file}, quando=quando)


def da_versare() -> QuerySet[Accordo]:
    """Agreements signed by all whose handing over isn't recorded, oldest first."""
    versati = RigaRegistro.objects.filter(azione=VERSATO, oggetto_tipo="accordi.accordo")
    accordi = Accordo.objects.firmati().annotate(chiave=Cast("pk", CharField()))
    return accordi.exclude(chiave__in=versati.values("oggetto_id")).order_by("sottoscritto_il", "pk")


def _produttore() -> Produttore:
    provincia = Soggetto.objects.titolare()
    return Produttore(
        str(provincia),
        provincia.codice_fiscale,
        provincia.codice_ipa,
        settings.CONSERVAZIONE_CLASSIFICA,
        settings.CONSERVAZIONE_ANNI,
        settings.CONSERVAZIONE_ATTO,
    )
