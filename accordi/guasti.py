"""What can be wrong with a signature made elsewhere: one sentence each, that says what to do. A leaf."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Guasto(models.TextChoices):
    """Why a signature is refused; the label is what the person reads."""

    NON_PDF = (
        "non_pdf",
        _("Il file non è un PDF né una busta .p7m: carica il documento preso da qui, dopo averlo firmato."),
    )
    CIFRATO = "cifrato", _("Il PDF è protetto da password: firma il documento originale, senza aggiungere protezioni.")
    ILLEGIBILE = (
        "illegibile",
        _("Il file è danneggiato e le firme non si leggono: scarica di nuovo il documento e firmalo da capo."),
    )
    SMISURATO = (
        "smisurato",
        _(
            "Aperto, il PDF diventa troppo grande e non l'abbiamo letto: prendi di nuovo il documento da qui "
            "e firmalo, senza passare da altri programmi."
        ),
    )
    TRONCATO = (
        "troncato",
        _("Il file è incompleto, forse il caricamento si è interrotto: prendi il file intero e caricalo di nuovo."),
    )
    ALTERATO = (
        "alterato",
        _(
            "Alcuni byte del documento non sono quelli che hai preso da qui: il file si è rovinato o è stato "
            "ritoccato. Prendi di nuovo il documento e firmalo senza cambiarlo."
        ),
    )
    RISCRITTO = (
        "riscritto",
        _(
            "Questo non è il documento che hai preso da qui: è un altro file, oppure un programma l'ha riscritto "
            "(«stampa in PDF», «salva con nome», pagine unite o sostituite). Prendi di nuovo il documento e usa "
            "soltanto il comando di firma."
        ),
    )
    NON_FIRMATO = (
        "non_firmato",
        _("Nel file non c'è nessuna firma nuova: firmalo con la tua firma digitale e ricaricalo."),
    )
    PIU_FIRME = (
        "piu_firme",
        _("Nel file c'è più di una firma nuova: prendi di nuovo il documento e firmalo una volta sola."),
    )
    TROPPE_FIRME = (
        "troppe_firme",
        _("Nel file ci sono troppe firme per un accordo: non è un documento che si possa controllare qui."),
    )
    CAMPO = (
        "campo",
        _(
            "La firma copre un'altra parte della pagina o è nel riquadro di un'altra parte: mettila nel riquadro "
            "riservato alla tua parte, oppure scegli la firma invisibile."
        ),
    )
    MODIFICATO = (
        "modificato",
        _(
            "Insieme alla firma il documento è stato modificato (testo, pagine o annotazioni): prendi di nuovo il "
            "documento e firmalo senza cambiare altro."
        ),
    )
    BLOCCO = (
        "blocco",
        _(
            "La firma blocca il documento e le altre parti non potrebbero più firmare: nel programma togli «blocca il "
            "documento dopo la firma» e firma di nuovo."
        ),
    )
    DOPO_LA_FIRMA = (
        "dopo_la_firma",
        _(
            "Dopo la tua firma al documento è stato aggiunto altro contenuto: non è più ciò che hai firmato. "
            "Carica il file così come esce dal programma di firma."
        ),
    )
    PRECEDENTI = (
        "precedenti",
        _("Le firme delle altre parti non risultano più valide in questo file: prendi di nuovo il documento."),
    )
    NON_INTEGRA = (
        "non_integra",
        _("La firma non corrisponde al contenuto: il file è cambiato dopo la firma. Firma di nuovo il documento."),
    )
    ALGORITMO = (
        "algoritmo",
        _("La firma usa un algoritmo troppo debole (per esempio SHA-1): aggiorna il programma di firma e rifirma."),
    )
    CATENA = (
        "catena",
        _(
            "Il certificato non viene da un'autorità che riconosciamo: usa una firma rilasciata da un prestatore "
            "qualificato, la CIE o la CNS. Se lo è già, scrivi alla Provincia."
        ),
    )
    USO = "uso", _("Il certificato non è fatto per firmare documenti: scegli nel programma il certificato di firma.")
    SCADUTO = "scaduto", _("Il certificato è scaduto: rinnovalo presso chi te l'ha rilasciato e firma di nuovo.")
    NON_ANCORA = "non_ancora", _("Il certificato non è ancora valido: controlla da quando vale e firma da quel giorno.")
    REVOCATO = (
        "revocato",
        _("Il certificato è revocato e la firma non vale (art. 24 CAD): firma con un certificato valido."),
    )
    SOSPESO = (
        "sospeso",
        _("Il certificato è sospeso e la firma non vale (art. 24 CAD): riattivalo o usane un altro, e firma di nuovo."),
    )
    REVOCA_IGNOTA = (
        "revoca_ignota",
        _(
            "Adesso non riusciamo a sapere se il certificato è revocato, perché il servizio di chi l'ha rilasciato "
            "non risponde: riprova fra qualche minuto con lo stesso file."
        ),
    )
    SENZA_CODICE_FISCALE = (
        "senza_codice_fiscale",
        _("Nel certificato non c'è un codice fiscale: usa un certificato di firma personale."),
    )
    ALTRA_PERSONA = (
        "altra_persona",
        _("La firma è di un'altra persona: deve firmare chi ha preso il documento, con il proprio certificato."),
    )
    LIVELLO = (
        "livello",
        _("Per questa parte serve una firma digitale o qualificata: il tuo certificato non è qualificato."),
    )
    P7M_NON_AMMESSO = (
        "p7m_non_ammesso",
        _("Questo accordo non accetta buste .p7m: nel programma di firma scegli «PAdES» (firma nel PDF)."),
    )
    P7M_STACCATA = (
        "p7m_staccata",
        _("La busta .p7m non contiene il documento: scegli la firma «CAdES» con il documento dentro, non separata."),
    )
    P7M_ANNIDATA = (
        "p7m_annidata",
        _("La busta .p7m ne contiene un'altra: firma il PDF preso da qui, non una busta già firmata."),
    )


class FirmaNonAmmessa(Exception):
    """A signature that can't be accepted; `guasto` says why."""

    def __init__(self, guasto: Guasto) -> None:
        self.guasto = guasto
        super().__init__(str(guasto.label))
