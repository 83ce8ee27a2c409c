"""The validation report of an agreement's signatures, for people and for programs (R10, R14).

Judged at the instant at which the last signature of each document was made or
received, against the anchors of today; nothing is asked on the network, so that
the report says the same whenever it is made. What the authority answered about
revocation at that time is kept with each signature.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accordi.fascicolo import MODELLI
from accordi.fiducia import fiducia_corrente
from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.models import Accordo
from accordi.validazione import EsameFirma, Fiducia, esamina_busta, esamina_pdf
from core.archivio import impronta
from core.pdf import componi
from reti.models import Soggetto

# The sentences of accordi.guasti tell a signatory what to do; these tell a reader what was found.
_DEL_FILE = {
    Guasto.NON_PDF: _l("Il file non è un PDF né una busta .p7m: carica il documento firmato così come l'hai ricevuto."),
    Guasto.CIFRATO: _l("Il PDF è protetto da password: carica il documento originale, senza protezione."),
    Guasto.SMISURATO: _l("Aperto, il PDF diventa troppo grande e non l'abbiamo letto: carica il documento originale."),
    Guasto.P7M_STACCATA: _l("La busta .p7m non contiene il documento: senza quello la firma non si può controllare."),
    Guasto.P7M_ANNIDATA: _l("La busta .p7m ne contiene un'altra: apri la prima e carica quella che c'è dentro."),
    Guasto.PIU_FIRME: _l("La busta .p7m ha più firme insieme: qui se ne controlla una per busta."),
}
_DELLA_FIRMA = {
    Guasto.NON_INTEGRA: _l("non integra: il documento è cambiato dopo la firma"),
    Guasto.DOPO_LA_FIRMA: _l("dopo questa firma il documento è stato modificato"),
    Guasto.ALGORITMO: _l("l'algoritmo è troppo debole per fidarsi"),
    Guasto.CATENA: _l("integra, ma di un'autorità che non riconosciamo"),
    Guasto.USO: _l("integra, ma il certificato non è fatto per firmare documenti"),
    Guasto.SCADUTO: _l("integra, ma il certificato è scaduto e nessuna marca temporale prova che allora valesse"),
    Guasto.NON_ANCORA: _l("integra, ma il certificato non era ancora valido"),
    Guasto.REVOCATO: _l("il certificato è revocato: la firma non vale (art. 24 CAD)"),
    Guasto.SOSPESO: _l("il certificato è sospeso: la firma non vale (art. 24 CAD)"),
}


def frase_del_file(guasto: Guasto) -> str:
    """Why a file can't be checked, and what to do."""
    return str(
        _DEL_FILE.get(guasto, _("Il PDF è danneggiato e le firme non si leggono: scaricalo di nuovo e riprova."))
    )


def frase_della_firma(esame: EsameFirma) -> str:
    """What was found of one signature, in a few words."""
    return str(_DELLA_FIRMA[esame.guasto]) if esame.guasto else _("valida")


def referti(documenti: Mapping[str, tuple[bytes, datetime]]) -> list[dict[str, Any]]:
    """One report for each file (its bytes, the instant at which it is judged), in order."""
    fiducia = Fiducia(fiducia_corrente(con_sigillo=True).ancore)
    return [_referto(nome, contenuto, ora, fiducia) for nome, (contenuto, ora) in documenti.items()]


def _referto(nome: str, contenuto: bytes, ora: datetime, fiducia: Fiducia) -> dict[str, Any]:
    referto = {"file": nome, "impronta": impronta(contenuto), "giudicato_al": ora.isoformat(), "firme": []}
    try:
        if nome.endswith(".p7m"):
            esami = [esamina_busta(contenuto, fiducia=fiducia, ora=ora)[1]]
        else:
            esami = esamina_pdf(contenuto, fiducia=fiducia, ora=ora)
    except FirmaNonAmmessa as errore:
        return referto | {"guasto": frase_del_file(errore.guasto)}
    return referto | {"firme": [_firma(e) for e in esami]}


def _firma(esame: EsameFirma) -> dict[str, Any]:
    return {
        "campo": esame.campo,
        "formato": esame.formato,
        "certificato_di": esame.nome,
        "emesso_da": esame.emittente,
        "certificato_dal": esame.valido_dal.isoformat(),
        "certificato_al": esame.valido_al.isoformat(),
        "motivo": esame.motivo,
        "dichiarata_il": esame.dichiarata_il.isoformat() if esame.dichiarata_il else "",
        "marca_temporale": esame.marca.isoformat() if esame.marca else "",
        "integra": esame.integra,
        "valida": esame.valida,
        "guasto": str(esame.guasto),
        "esito": frase_della_firma(esame),
        "copre_tutto_il_documento": esame.copre_tutto,
    }


def in_pdf(accordo: Accordo, trovati: list[dict[str, Any]], quando: datetime) -> bytes:
    """The same report to be read, dated `quando`."""
    documenti = [
        {"file": r["file"], "impronta": r["impronta"], "firme": [_in_parole(f) for f in r["firme"]]} for r in trovati
    ]
    dati = {
        "titolo": _("Rapporto di convalida delle firme"),
        "ente": str(Soggetto.objects.titolare()),
        "codice": accordo.codice_verifica,
        "accordo": accordo.titolo,
        "premessa": _(
            "Ogni firma è giudicata all'istante in cui l'ultima firma del documento è stata data o ricevuta. "
            "La revoca fu chiesta allora, dove si poteva: la risposta è in firme.json."
        ),
        "documenti": documenti,
    }
    return componi(MODELLI / "rapporto.typ", dati, pdf_standards="a-2a", timestamp=int(quando.timestamp()))


def _in_parole(firma: dict[str, Any]) -> dict[str, str]:
    copre = _("tutto il documento") if firma["copre_tutto_il_documento"] else _("il documento fino a quella firma")
    return {
        _("Firma"): firma["motivo"] or firma["campo"] or firma["formato"],
        _("Certificato"): f"{firma['certificato_di']}, {_('emesso da')} {firma['emesso_da']}",
        _("Data dichiarata"): _leggibile(firma["dichiarata_il"]),
        _("Marca temporale nella firma"): _leggibile(firma["marca_temporale"]),
        _("Esito"): firma["esito"],
        _("Copre"): copre,
    }


def _leggibile(istante: str) -> str:
    if not istante:
        return _("nessuna")
    return f"{timezone.localtime(datetime.fromisoformat(istante)):%d/%m/%Y %H:%M:%S}"
