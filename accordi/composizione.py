"""The rule of composition of a call, as data: what is missing, said in Italian (R09).

It reads plain values and asks the database nothing (from the models it takes
only the names of kinds). The rule's shape, every key optional:

    {"minimo": 3, "massimo": 10, "sede_nel_territorio": true,
     "ruoli": [{"nome": "operatore accreditato ai servizi al lavoro", "minimo": 1,
                "accreditamento": "lavoro", "tipi": ["operatore"], "nature": ["privato"],
                "dichiarazione": "dote"}]}

One body fills one role at most.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.abbinamenti import posti_coperti
from reti.models import Accreditamento, Soggetto

Regola = Mapping[str, Any]

DICHIARAZIONI = {
    "dote": gettext_lazy("l'operatore accreditato ha preso in carico destinatari di Dote ricollocazione"),
}
# More bodies than this aren't a partnership any more; the best assignment is sought among all the places.
SOGGETTI_MASSIMI = 100
_CHIAVI = {"minimo", "massimo", "sede_nel_territorio", "ruoli"}
_CHIAVI_RUOLO = {"nome", "minimo", "accreditamento", "tipi", "nature", "dichiarazione"}


@dataclass(frozen=True)
class Membro:
    """A body that takes part, with what the rule may ask of it."""

    nome: str
    tipo: str
    natura: str
    accreditamenti: frozenset[str] = frozenset()
    nel_territorio: bool = True


def _puo(ruolo: Regola, membro: Membro) -> bool:
    registro = ruolo.get("accreditamento")
    return (
        (not registro or registro in membro.accreditamenti)
        and (not ruolo.get("tipi") or membro.tipo in ruolo["tipi"])
        and (not ruolo.get("nature") or membro.natura in ruolo["nature"])
    )


def mancanze(regola: Regola, membri: Sequence[Membro], dichiarazioni: Collection[str] = ()) -> list[str]:
    """Every condition of `regola` that `membri` don't meet, one sentence each; empty when all are met."""
    frasi = _numero(regola, len(membri))
    ruoli = regola.get("ruoli", [])
    minimi = [ruolo.get("minimo", 1) for ruolo in ruoli]
    for ruolo, coperti in zip(ruoli, posti_coperti(ruoli, minimi, membri, _puo), strict=True):
        mancano = ruolo.get("minimo", 1) - coperti
        if mancano:
            frasi.append(
                ngettext(
                    "Manca %(n)d soggetto di questo tipo: %(nome)s.",
                    "Mancano %(n)d soggetti di questo tipo: %(nome)s.",
                    mancano,
                )
                % {"n": mancano, "nome": ruolo["nome"]}
            )
        chiesta = ruolo.get("dichiarazione")
        if chiesta and chiesta not in dichiarazioni:
            frasi.append(_("Manca la dichiarazione che %s.") % DICHIARAZIONI[chiesta])
    if regola.get("sede_nel_territorio"):
        fuori = [m.nome for m in membri if not m.nel_territorio]
        frasi += [_("%s non ha una sede nel territorio: toglilo, o fai registrare la sede.") % nome for nome in fuori]
    return frasi


def _numero(regola: Regola, quanti: int) -> list[str]:
    minimo, massimo = regola.get("minimo", 1), regola.get("massimo")
    if quanti < minimo:
        return [
            _("La rete ha %(n)d soggetti e ne servono almeno %(minimo)d: aggiungi chi manca.")
            % {"n": quanti, "minimo": minimo}
            if quanti != 1
            else _("La rete ha un solo soggetto e ne servono almeno %d: aggiungi chi manca.") % minimo
        ]
    if massimo and quanti > massimo:
        return [
            _("La rete ha %(n)d soggetti e ne può avere al massimo %(massimo)d: togline qualcuno.")
            % {"n": quanti, "massimo": massimo}
        ]
    return []


def dichiarazioni_chieste(regola: Regola) -> list[str]:
    """Keys of the declarations that the rule asks for."""
    return [r["dichiarazione"] for r in regola.get("ruoli", []) if r.get("dichiarazione")]


def descrivi(regola: Regola) -> list[str]:
    """The rule in plain Italian, one sentence per condition, for the call's public page."""
    frasi = []
    minimo, massimo = regola.get("minimo", 1), regola.get("massimo")
    if massimo == 1:
        frasi.append(_("Può rispondere un soggetto da solo."))
    elif minimo > 1:
        frasi.append(_("Rispondono almeno %d soggetti insieme.") % minimo)
    else:
        frasi.append(_("Può rispondere un soggetto, da solo o con altri."))
    if massimo and massimo > 1:
        frasi.append(_("I soggetti sono al massimo %d.") % massimo)
    frasi += [_descrivi_ruolo(ruolo) for ruolo in regola.get("ruoli", [])]
    if regola.get("sede_nel_territorio"):
        frasi.append(_("Ogni soggetto ha una sede nel territorio della provincia."))
    return frasi


def _descrivi_ruolo(ruolo: Regola) -> str:
    frase = _("Almeno %(n)d: %(nome)s") % {"n": ruolo.get("minimo", 1), "nome": ruolo["nome"]}
    condizioni = [
        ", ".join(str(scelta(valore).label).lower() for valore in ruolo[chiave])
        for chiave, scelta in (("nature", Soggetto.Natura), ("tipi", Soggetto.Tipo))
        if ruolo.get(chiave)
    ]
    if registro := ruolo.get("accreditamento"):
        condizioni.append(_("accreditamento: %s") % str(Accreditamento.Registro(registro).label).lower())
    if condizioni:
        frase += " (" + "; ".join(condizioni) + ")"
    if chiesta := ruolo.get("dichiarazione"):
        frase += "; " + _("si dichiara che %s") % DICHIARAZIONI[chiesta]
    return frase + "."


def valida_regola(regola: Any) -> list[str]:
    """What is wrong with a rule written by hand, one sentence each; empty when it can be used."""
    if not isinstance(regola, dict):
        return [_('La regola è un oggetto tra parentesi graffe, per esempio {"minimo": 3}.')]
    errori = [_("Voce sconosciuta: «%s».") % chiave for chiave in sorted(set(regola) - _CHIAVI)]
    for chiave in ("minimo", "massimo"):
        if chiave in regola and not _intero(regola[chiave]):
            errori.append(
                _("«%(voce)s» è un numero intero da 1 a %(massimo)d.") % {"voce": chiave, "massimo": SOGGETTI_MASSIMI}
            )
    if not errori and regola.get("massimo", regola.get("minimo", 1)) < regola.get("minimo", 1):
        errori.append(_("«massimo» è più piccolo di «minimo»."))
    if not isinstance(regola.get("sede_nel_territorio", False), bool):
        errori.append(_("«sede_nel_territorio» è true oppure false."))
    ruoli = regola.get("ruoli", [])
    if not isinstance(ruoli, list):
        return [*errori, _("«ruoli» è un elenco tra parentesi quadre.")]
    errori += [e for n, ruolo in enumerate(ruoli, 1) for e in _valida_ruolo(n, ruolo)]
    return errori or _impossibile(regola)


def _impossibile(regola: Regola) -> list[str]:
    """A rule in good shape that no network could meet."""
    posti = sum(ruolo.get("minimo", 1) for ruolo in regola.get("ruoli", []))
    if posti > regola.get("massimo", SOGGETTI_MASSIMI):
        return [
            _("I ruoli chiedono %(posti)d soggetti e il massimo è %(massimo)d: nessuna rete potrebbe rispondere.")
            % {"posti": posti, "massimo": regola.get("massimo", SOGGETTI_MASSIMI)}
        ]
    return []


def _intero(valore: Any) -> bool:
    return isinstance(valore, int) and not isinstance(valore, bool) and 1 <= valore <= SOGGETTI_MASSIMI


def _valida_ruolo(n: int, ruolo: Any) -> list[str]:
    if not isinstance(ruolo, dict) or not isinstance(ruolo.get("nome"), str) or not ruolo["nome"].strip():
        return [_("Il ruolo %d vuole almeno un «nome».") % n]
    errori = [
        _("Ruolo %(n)d: voce sconosciuta «%(chiave)s».") % {"n": n, "chiave": c}
        for c in sorted(set(ruolo) - _CHIAVI_RUOLO)
    ]
    if "minimo" in ruolo and not _intero(ruolo["minimo"]):
        errori.append(
            _("Ruolo %(n)d: «minimo» è un numero intero da 1 a %(massimo)d.") % {"n": n, "massimo": SOGGETTI_MASSIMI}
        )
    ammessi = {
        "tipi": (ruolo.get("tipi", []), Soggetto.Tipo.values),
        "nature": (ruolo.get("nature", []), Soggetto.Natura.values),
        "accreditamento": (
            [ruolo["accreditamento"]] if "accreditamento" in ruolo else [],
            Accreditamento.Registro.values,
        ),
        "dichiarazione": ([ruolo["dichiarazione"]] if "dichiarazione" in ruolo else [], list(DICHIARAZIONI)),
    }
    for chiave, (dati, validi) in ammessi.items():
        if not isinstance(dati, list) or any(d not in validi for d in dati):
            errori.append(
                _("Ruolo %(n)d: «%(chiave)s» accetta %(validi)s.")
                % {"n": n, "chiave": chiave, "validi": ", ".join(validi)}
            )
    return errori
