"""The printed sheets of an application: the text to sign, and the receipt."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.documento import con_un_campo, riquadro_unico
from accordi.models import DocumentoIstanza, Istanza
from accordi.queries.contenuto import allegati, partecipanti_di, risposte_in_parole
from core.pdf import componi
from reti.models import Soggetto

MODELLO = Path(__file__).resolve().parents[1] / "modelli" / "istanza.typ"
CAMPO_FIRMA = "FirmaIstanza"
# Files about the signature of the text can't be part of the text.
FUORI_DAL_TESTO = (DocumentoIstanza.FIRMATA, DocumentoIstanza.IDENTITA)


def pdf_da_firmare(istanza: Istanza) -> bytes:
    """The PDF of a draft for who signs it by hand or outside: the same bytes as long as the draft says the same."""
    dati = {
        "titolo": _("Istanza: %s") % istanza.avviso.titolo,
        "ente": _ente(),
        "sottotitolo": _("Testo da firmare e da ricaricare nella bozza: da solo non vale come presentazione."),
        "piede": _("Istanza %s") % istanza.codice,
        "testata": [[_("Atto"), istanza.avviso.atto], [_("Capofila"), istanza.capofila.denominazione]],
        "sezioni": _sezioni(istanza, firmati=False),
        "firma": _("Firma di chi rappresenta %s") % istanza.capofila.denominazione,
        "riquadro": riquadro_unico(),
    }
    pdf = componi(MODELLO, dati, timestamp=int(istanza.creata_il.timestamp()))
    return con_un_campo(pdf, CAMPO_FIRMA, dati["firma"])


def ricevuta(istanza: Istanza) -> bytes:
    """The receipt of a presented application (L. 241/1990 art. 18-bis): the same bytes whenever it is asked."""
    protocollo = istanza.protocollo
    dati = {
        "titolo": _("Ricevuta di presentazione"),
        "ente": _ente(),
        "sottotitolo": _("Istanza: %s") % istanza.avviso.titolo,
        "piede": _("Istanza %(codice)s · %(indirizzo)s")
        % {"codice": istanza.codice, "indirizzo": f"{settings.INDIRIZZO_PUBBLICO}{istanza.get_absolute_url()}"},
        "testata": [
            [_("Protocollo"), str(protocollo)],
            [_("Registrata il"), f"{timezone.localtime(protocollo.registrato_il):%d/%m/%Y, %H:%M:%S}"],
            [_("Capofila"), istanza.capofila.denominazione],
            [_("Presentata da"), str(istanza.presentata_da)],
            [_("Come"), istanza.get_modalita_display()],
            [_("Atto"), istanza.avviso.atto],
            [_("Termine per la sottoscrizione"), f"{istanza.termine:%d/%m/%Y}"],
            [_("Impronta SHA-256 del testo registrato"), _spezzata(protocollo.impronta)],
        ],
        "sezioni": _sezioni(istanza, firmati=True),
        "firma": "",
    }
    return componi(MODELLO, dati, timestamp=int(protocollo.registrato_il.timestamp()))


def _ente() -> str:
    titolare = Soggetto.objects.filter(titolare_piattaforma=True).first()
    return titolare.denominazione if titolare else ""


def _spezzata(impronta: str) -> str:
    """A fingerprint in two lines, so that it fits the column."""
    return f"{impronta[:32]}\n{impronta[32:]}"


def _sezioni(istanza: Istanza, *, firmati: bool) -> list[dict]:
    sezioni = [
        {"titolo": _("Chi partecipa"), "voci": [_soggetto(istanza, p) for p in partecipanti_di(istanza)]},
        {"titolo": _("Perché partecipiamo"), "voci": [["", istanza.motivazione]]},
    ]
    for titolo, righe in risposte_in_parole(istanza):
        voci = [[domanda, risposta or _("(nessuna risposta)")] for domanda, risposta in righe]
        sezioni.append({"titolo": titolo or _("Risposte"), "voci": voci})
    documenti = [
        a
        for a in allegati(istanza)
        if a.documento.sospensione_id is None and (firmati or a.documento.richiesta not in FUORI_DAL_TESTO)
    ]
    if documenti:
        voci = [[_titolo(a), f"{a.documento.nome}\nSHA-256 {a.documento.impronta}"] for a in documenti]
        sezioni.append({"titolo": _("Documenti"), "voci": voci})
    dichiarazioni = [[_("Poteri di rappresentanza"), _si_no(istanza.dichiarazione_poteri)]]
    dichiarazioni.append([_("Destinatari di Dote ricollocazione in carico"), _si_no(istanza.dichiarazione_dote)])
    return [*sezioni, {"titolo": _("Dichiarazioni"), "voci": dichiarazioni}]


def _si_no(valore: bool) -> str:
    return _("sì") if valore else _("no")


def _titolo(allegato) -> str:
    soggetto = allegato.documento.soggetto
    return f"{allegato.per}, {soggetto}" if soggetto else allegato.per


def _soggetto(istanza: Istanza, partecipante) -> list[str]:
    soggetto = partecipante.soggetto
    fa = _("capofila") if soggetto.pk == istanza.capofila_id else partecipante.ruolo
    return [soggetto.denominazione, _("codice fiscale %s") % soggetto.codice_fiscale + (f"\n{fa}" if fa else "")]
