"""Amendment: who must sign it, and what it does to its parent once signed by those (R12; art. 1372 c.c.)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Parte
from accordi.services.passaggi import blocca, esigi_in_vita, esigi_motivo, passa
from accordi.services.seguiti import salva_seguito
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from utenti.models import Utente


@transaction.atomic
def prepara_modifica(
    *,
    utente: Utente,
    accordo: Accordo,
    motivo: str,
    testo: str,
    cambiano: Sequence[Parte] | None,
    nuova_scadenza: date | None = None,
) -> Accordo:
    """Draft an amendment of an agreement in force; `accordo` stays as it is until it is signed.

    `cambiano`: the parties whose clauses change, which sign with the Province; None: one text for all, all sign.
    A new expiry touches everyone, so all must sign. Sends nothing: who needn't sign is told when the text goes
    out. Refuses without a reason, with nobody else to sign, or while another amendment is still open.
    """
    padre = blocca(utente, accordo)
    esigi_motivo(motivo)
    esigi_in_vita(padre)
    if padre.legame == Accordo.Legame.MODIFICA:
        raise Rifiuto(_("Questa è già una modifica: si modifica l'accordo da cui nasce."))
    aperti = (StatoAccordo.BOZZA, StatoAccordo.IN_FIRMA, StatoAccordo.RIFIUTATO)
    if padre.seguiti.filter(legame=Accordo.Legame.MODIFICA, stato__in=aperti).exists():
        raise Rifiuto(_("C'è già una modifica aperta: concludila o annullala prima di prepararne un'altra."))
    _esigi_scadenza(padre, nuova_scadenza, tutti=cambiano is None)
    parti = list(padre.parti.vincolate().select_related("soggetto"))
    non_firmano = _non_firmano(parti, cambiano)
    return salva_seguito(
        utente,
        padre,
        legame=Accordo.Legame.MODIFICA,
        parti=parti,
        non_firmano=non_firmano,
        legame_motivo=motivo.strip(),
        titolo=(_("Modifica: %s") % padre.titolo)[:255],
        testo=_testo(padre, motivo.strip(), testo, non_firmano),
        scade_il=nuova_scadenza,
    )


def _esigi_scadenza(padre: Accordo, nuova: date | None, *, tutti: bool) -> None:
    if nuova is None:
        return
    if not tutti:
        raise Rifiuto(_("Una nuova scadenza cambia l'accordo per tutti: scegli «tutte le parti»."))
    if nuova < oggi() or (padre.efficace_dal and nuova < padre.efficace_dal):
        raise Rifiuto(_("La nuova scadenza è già passata: scegli una data da oggi in poi."))


def _non_firmano(parti: Sequence[Parte], cambiano: Sequence[Parte] | None) -> list[Parte]:
    if cambiano is None:
        return []
    scelte = {p.pk for p in cambiano}
    if estranee := scelte - {p.pk for p in parti}:
        raise Rifiuto(_("Una delle parti scelte non è più vincolata (%d): ricarica la pagina.") % len(estranee))
    firmano = {p.pk for p in parti if p.pk in scelte or p.soggetto.titolare_piattaforma}
    if len(firmano) < 2:
        raise Rifiuto(_("Scegli almeno una parte a cui la modifica cambia qualcosa: firma con la Provincia."))
    return [p for p in parti if p.pk not in firmano]


def _testo(padre: Accordo, motivo: str, testo: str, non_firmano: Sequence[Parte]) -> str:
    """The amendment's own text after what it amends, why, and who needn't sign it."""
    righe = [
        "# " + _("Accordo modificato"),
        _("%(titolo)s (codice di verifica %(codice)s).") % {"titolo": padre.titolo, "codice": padre.codice_verifica},
        "# " + _("Motivo"),
        motivo,
    ]
    if non_firmano:
        nomi = ", ".join(str(p) for p in non_firmano)
        righe += [
            "# " + _("Parti che non firmano"),
            _("Le clausole di %s non cambiano: restano vincolate all'accordo com'è, e ne sono informate.") % nomi,
        ]
    return "\n".join([*righe, testo.strip()])


def applica_modifica(utente: Utente, modifica: Accordo) -> None:
    """A signed amendment takes effect at once: active from today, and its new expiry becomes the parent's.

    In the caller's transaction, with `modifica` locked; the parent is locked here.
    """
    padre = Accordo.objects.select_for_update().get(pk=modifica.padre_id)
    modifica.efficace_dal = oggi()
    passa(utente, modifica, StatoAccordo.ATTIVO, "accordo.attivato", efficace_dal=str(oggi()))
    if modifica.scade_il:
        padre.scade_il = modifica.scade_il
        padre.full_clean()
        padre.save(update_fields=["scade_il"])
    annota(utente, "accordo.modificato", padre, modifica=modifica.codice, motivo=modifica.legame_motivo)
