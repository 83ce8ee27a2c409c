"""Who may do what with calls, applications and agreements: an empty reason means allowed."""

from typing import Any

from django.utils.timezone import localtime

from accordi.models import Accordo, Azione, Firma, Istanza, Parte, PartecipanteIstanza
from accordi.queries.accordi import solo_amministrazioni
from accordi.queries.accreditamento import registro_perduto
from accordi.queries.giro import basta, livello_dovuto, poteri_di_firma, prenotazione_aperta, prima_di
from accordi.scelte import Livello
from accordi.stati import StatoAccordo
from reti.models import Rappresentanza, Soggetto
from utenti.models import Ruolo
from utenti.permissions import COORDINANO, FIRMANO_PER_LA_PROVINCIA, ha_ruolo, motivo_rifiuto_coordina


def motivo_rifiuto_candida(utente: Any, soggetto: Soggetto) -> str:
    """Present applications for `soggetto`: powers of representation valid today."""
    if not getattr(utente, "is_authenticated", False) or not utente.is_active:
        return "Per presentare un'istanza accedi con il tuo account."
    if Rappresentanza.objects.valide().filter(utente=utente, soggetto=soggetto, puo_presentare=True).exists():
        return ""
    return (
        f"Oggi non risulti abilitato a presentare istanze per {soggetto}: "
        "chiedi alla Provincia di registrare i tuoi poteri di rappresentanza."
    )


def puo_candidare(utente: Any, soggetto: Soggetto) -> bool:
    return not motivo_rifiuto_candida(utente, soggetto)


def motivo_rifiuto_gestisce_istanza(utente: Any, istanza: Istanza) -> str:
    """Write, present, integrate or withdraw an application: who may present for its leading body."""
    return motivo_rifiuto_candida(utente, istanza.capofila)


def puo_gestire_istanza(utente: Any, istanza: Istanza) -> bool:
    return not motivo_rifiuto_gestisce_istanza(utente, istanza)


def motivo_rifiuto_conferma(utente: Any, partecipante: PartecipanteIstanza) -> str:
    """Confirm or decline a body's own part of another's application: who may present for that body today."""
    return motivo_rifiuto_candida(utente, partecipante.soggetto)


def puo_confermare(utente: Any, partecipante: PartecipanteIstanza) -> bool:
    return not motivo_rifiuto_conferma(utente, partecipante)


def motivo_rifiuto_istruisce(utente: Any, istanza: Istanza) -> str:
    """Take charge, ask for an integration, admit or reject: coordinators of the Province."""
    return motivo_rifiuto_coordina(utente)


def puo_istruire(utente: Any, istanza: Istanza) -> bool:
    return not motivo_rifiuto_istruisce(utente, istanza)


def motivo_rifiuto_protocolla(utente: Any) -> str:
    """Send a registration to the body's register again, or write the number found there: coordinators."""
    return motivo_rifiuto_coordina(utente)


def puo_protocollare(utente: Any) -> bool:
    return not motivo_rifiuto_protocolla(utente)


def motivo_rifiuto_gestisce_accordo(utente: Any, accordo: Accordo | None = None) -> str:
    """Draft, freeze, withdraw, activate, suspend: coordinators of the Province."""
    return motivo_rifiuto_coordina(utente)


def puo_gestire_accordo(utente: Any, accordo: Accordo | None = None) -> bool:
    return not motivo_rifiuto_gestisce_accordo(utente, accordo)


def puo_leggere_le_evidenze(utente: Any) -> bool:
    """See from which address and with which program each signatory signed: coordinators and auditors."""
    return ha_ruolo(utente, COORDINANO | {Ruolo.REVISORE})


def motivo_rifiuto_sottoscrive(utente: Any, parte: Parte) -> str:
    """Sign for `parte` today, in whatever way: powers, role, state, turn, nobody else holding the document."""
    if motivo := _senza_poteri(utente, parte):
        return motivo
    if parte.accordo.stato != StatoAccordo.IN_FIRMA:
        return "L'accordo non è in firma: non c'è niente da firmare adesso."
    if not parte.firma_la_modifica:
        return f"La modifica non cambia niente per {parte.soggetto}: non deve firmarla, ne è solo informata."
    if Firma.objects.filter(parte=parte, versione=parte.accordo.versioni.last()).exists():
        return f"{parte.soggetto} ha già firmato questo testo: non serve altro."
    if registro := registro_perduto(parte):
        return (
            f"L'accreditamento di {parte.soggetto} ({registro}) oggi non è in vigore, e l'avviso lo chiede: "
            "si firma quando la Provincia ne ha registrato il rinnovo."
        )
    if prima := prima_di(parte):
        nomi = ", ".join(str(p) for p in prima)
        return f"Non è ancora il turno di {parte.soggetto}: prima serve la firma di {nomi}. Poi ricevi un messaggio."
    presa = prenotazione_aperta(parte.accordo)
    if presa and (presa.parte_id, presa.utente_id) != (parte.pk, utente.pk):
        return (
            f"{presa.parte.soggetto} ha preso il documento per firmarlo fino alle "
            f"{localtime(presa.scade_il):%H:%M}: riprova dopo, così le due firme non si escludono."
        )
    return ""


def puo_sottoscrivere(utente: Any, parte: Parte) -> bool:
    return not motivo_rifiuto_sottoscrive(utente, parte)


def motivo_rifiuto_firma(utente: Any, parte: Parte) -> str:
    """Sign online for `parte` today: as any signature, where a simple one is enough."""
    if motivo := motivo_rifiuto_sottoscrive(utente, parte):
        return motivo
    if solo_amministrazioni(parte.accordo):
        return (
            "Fra sole pubbliche amministrazioni serve una firma digitale, avanzata o qualificata "
            "(art. 15 c. 2-bis L. 241/1990): qui la firma è semplice e non basta."
        )
    dovuto = livello_dovuto(parte)
    if not basta(Livello.SEMPLICE, dovuto):
        return (
            f"Per {parte.soggetto} serve una firma {Livello(dovuto).label.lower()}: "
            "qui la firma è semplice e non basta. Firma il documento con la tua firma digitale."
        )
    return ""


def motivo_rifiuto_firma_esterna(utente: Any, parte: Parte) -> str:
    """Sign for `parte` today with one's own certificate: as any signature, by a person whose fiscal code we know."""
    if motivo := motivo_rifiuto_sottoscrive(utente, parte):
        return motivo
    if not poteri_di_firma(utente, parte).exclude(codice_fiscale="").exists():
        return (
            "Non conosciamo ancora il tuo codice fiscale, che va confrontato con quello del certificato: "
            f"chiedi alla Provincia di registrarlo fra i tuoi poteri di firma per {parte.soggetto}."
        )
    return ""


def puo_firmare_altrove(utente: Any, parte: Parte) -> bool:
    return not motivo_rifiuto_firma_esterna(utente, parte)


def motivo_rifiuto_declina(utente: Any, parte: Parte) -> str:
    """Decline to sign for `parte`, on turn or before: who could sign. The Province withdraws its text instead."""
    if motivo := _senza_poteri(utente, parte):
        return motivo
    if parte.soggetto.titolare_piattaforma:
        return "La Provincia non rifiuta il proprio testo: ritiralo dalla firma, con il motivo."
    if parte.accordo.stato != StatoAccordo.IN_FIRMA:
        return "L'accordo non è in firma: non c'è niente da rifiutare adesso."
    if not parte.accordo.parti.senza_firma().filter(pk=parte.pk).exists():
        return f"{parte.soggetto} ha già firmato, o non deve firmare: il rifiuto non è più possibile."
    return ""


def puo_declinare(utente: Any, parte: Parte) -> bool:
    return not motivo_rifiuto_declina(utente, parte)


def _senza_poteri(utente: Any, parte: Parte) -> str:
    """Why `utente` doesn't bind `parte` with a signature today; empty when they do."""
    if not getattr(utente, "is_authenticated", False) or not utente.is_active:
        return "Per firmare accedi con il tuo account."
    poteri = Rappresentanza.objects.valide().filter(utente=utente, soggetto=parte.soggetto, puo_firmare=True)
    if not poteri.exists():
        return (
            f"Oggi non risulti abilitato a firmare per {parte.soggetto}: "
            "chiedi alla Provincia di registrare i tuoi poteri di firma."
        )
    if parte.soggetto.titolare_piattaforma and not ha_ruolo(utente, FIRMANO_PER_LA_PROVINCIA):
        return "Per la Provincia firma il dirigente."
    return ""


def puo_firmare(utente: Any, parte: Parte) -> bool:
    return not motivo_rifiuto_firma(utente, parte)


def motivo_rifiuto_pubblica_avviso(utente: Any) -> str:
    """Publish a call: the roles that hold Wagtail's own permission for it."""
    if utente.has_perm("accordi.publish_avviso"):
        return ""
    return "Un avviso lo pubblica un coordinatore: manda la bozza in approvazione."


def motivo_rifiuto_rendiconta(utente: Any, accordo: Accordo, parte: Parte | None) -> str:
    """Say that an obligation was met or something given: the office, or who represents today the party that owes it.

    `parte` None: any party still bound. Who withdrew has nothing more to give.
    """
    if puo_gestire_accordo(utente, accordo):
        return ""
    parti = accordo.parti.vincolate().filter(soggetto__in=Soggetto.objects.rappresentati_da(utente))
    if (parti if parte is None else parti.filter(pk=parte.pk)).exists():
        return ""
    return "Può dirlo chi oggi rappresenta la parte che se ne fa carico: chiedi alla Provincia di registrare i poteri."


def puo_rendicontare(utente: Any, accordo: Accordo, parte: Parte | None) -> bool:
    return not motivo_rifiuto_rendiconta(utente, accordo, parte)


def motivo_rifiuto_porta_avanti(utente: Any, azione: Azione) -> str:
    """Move an action on: the office, or who represents today one of the parties that carry it out."""
    parti = list(azione.parti.all())
    if not parti:
        return motivo_rifiuto_rendiconta(utente, azione.accordo, None)
    motivi = [motivo_rifiuto_rendiconta(utente, azione.accordo, parte) for parte in parti]
    return "" if "" in motivi else motivi[0]


def puo_portare_avanti(utente: Any, azione: Azione) -> bool:
    return not motivo_rifiuto_porta_avanti(utente, azione)
