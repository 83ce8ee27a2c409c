"""What the placeholders of a text stand for, read from an agreement; what isn't known isn't there."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accordi.models import Accordo
from core.numeri import quantita
from reti.models import Soggetto


def valori_di(accordo: Accordo, parti: Sequence[Soggetto]) -> dict[str, str]:
    """Value by placeholder. An agreement not yet saved has no actions, resources and obligations of its own."""
    valori = {
        "parti": ", ".join(str(p) for p in parti),
        "codici_fiscali": ", ".join(
            _("%(nome)s (codice fiscale %(codice)s)") % {"nome": p, "codice": p.codice_fiscale} for p in parti
        ),
        **_dell_istanza(accordo),
        **_delle_date(accordo),
        **_della_vita(accordo),
    }
    return {nome: valore for nome, valore in valori.items() if valore}


def _dell_istanza(accordo: Accordo) -> dict[str, str]:
    istanza = accordo.istanza
    if istanza is None:
        return {}
    avviso, mesi = istanza.avviso, istanza.avviso.durata_mesi
    return {
        "capofila": str(istanza.capofila),
        "avviso": avviso.titolo,
        "atto": avviso.atto,
        "protocollo": str(istanza.protocollo or ""),
        "durata": ngettext("%d mese", "%d mesi", mesi) % mesi if mesi else "",
    }


def _delle_date(accordo: Accordo) -> dict[str, str]:
    """`determina` is known late: the placeholder waits in the draft until then."""
    giorni, dal = accordo.preavviso_giorni, accordo.efficace_dal
    return {
        "preavviso": ngettext("%d giorno", "%d giorni", giorni) % giorni if giorni else "",
        "decorrenza": _("dal %s") % f"{dal:%d/%m/%Y}" if dal else _("dalla firma di tutte le parti"),
        "determina": determina_di(accordo),
    }


def determina_di(accordo: Accordo) -> str:
    """Number and date of the determination, or nothing while one is missing."""
    if not (accordo.determina_numero and accordo.determina_data):
        return ""
    return _("n. %(n)s del %(data)s") % {"n": accordo.determina_numero, "data": f"{accordo.determina_data:%d/%m/%Y}"}


def _della_vita(accordo: Accordo) -> dict[str, str]:
    """Those of the agreement; where it has none yet, what its call admits, once the draft exists."""
    if accordo.pk is None:
        return {}
    avviso = accordo.istanza.avviso if accordo.istanza else None
    azioni = [f"{a.get_tipo_display()}: {a.descrizione}" for a in accordo.azioni.all()]
    risorse = [
        _("%(area)s: %(che)s, %(quanto)s (%(chi)s)")
        % {"area": r.get_area_display(), "che": r.descrizione, "quanto": quantita(r.promesso, r.unita), "chi": r.parte}
        for r in accordo.risorse.select_related("parte__soggetto")
    ]
    impegni = [
        f"{i.parte or _('Tutte le parti')}: {i.testo}" + (_(", entro il %s") % f"{i.entro:%d/%m/%Y}" if i.entro else "")
        for i in accordo.impegni.select_related("parte__soggetto")
    ]
    return {
        "azioni": _righe(azioni or (avviso.in_parole("tipi_azione") if avviso else [])),
        "risorse": _righe(risorse or (avviso.in_parole("aree_risorse") if avviso else [])),
        "impegni": _righe(impegni),
    }


def _righe(voci: Iterable[str]) -> str:
    """One paragraph each; a dash in front, so that none can open an article."""
    return "\n".join(f"– {' '.join(voce.split())}" for voce in voci)
