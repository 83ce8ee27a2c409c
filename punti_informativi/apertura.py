"""Open now? The answer in words (R30). Pure: the instant is an argument.

Within an hour it says the minutes, real ones also in a night when the clocks change,
and the hour beside them: a page may stay open for a while.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.lingue import minuscolo
from punti_informativi.istanti import Periodo, periodi
from punti_informativi.orari import MEZZANOTTE, Calendario, ora_breve

ORIZZONTE_GIORNI = 60
VICINO = timedelta(hours=1)
SENZA_DIRE_IL_GIORNO = timedelta(hours=12)


@dataclass(frozen=True)
class Apertura:
    """`esito`: aperto, chiuso, appuntamento (only by appointment) or non_noto; `frase` says it in words."""

    esito: str
    frase: str

    @property
    def aperto(self) -> bool:
        return self.esito == "aperto"


def apertura(calendario: Calendario, ora: datetime) -> Apertura:
    """Whether it is open at `ora`, aware and in the place's own zone, and what comes next."""
    adesso, prossimi = ora.astimezone(UTC), []
    for periodo in periodi(calendario, ora.date(), ORIZZONTE_GIORNI, ora.tzinfo):
        if periodo.fine > adesso:
            prossimi.append(periodo)
        if periodo.inizio > adesso and not periodo.su_appuntamento:
            break
    aperti = [p for p in prossimi if p.inizio <= adesso]
    if aperti:
        ora_aperto = min(aperti, key=lambda p: p.su_appuntamento)
        return Apertura("aperto", _aperto(ora_aperto, [p for p in prossimi if p.fine > ora_aperto.fine], ora))
    if calendario.noto:
        return Apertura("chiuso", _unite(_perche(calendario, ora), *_quando_apre(prossimi, ora)))
    return _senza_orari(calendario, prossimi, ora)


def _senza_orari(calendario: Calendario, prossimi: list[Periodo], ora: datetime) -> Apertura:
    """Nobody told the weekly hours; a closure or an opening on a date is known all the same."""
    if calendario.giorno(ora.date()).noto:
        altri = (
            _("poi solo su appuntamento")
            if calendario.solo_appuntamento
            else _("orari degli altri giorni non comunicati")
        )
        return Apertura("chiuso", _unite(_perche(calendario, ora), altri))
    if calendario.solo_appuntamento:
        return Apertura("appuntamento", _("Solo su appuntamento: telefona o scrivi"))
    frase = _("Orari non comunicati")
    if prossimi:
        frase += "; " + _("apertura straordinaria %s") % _giorno_e_ora(prossimi[0].inizio, ora)
    return Apertura("non_noto", frase)


def _perche(calendario: Calendario, ora: datetime) -> str:
    oggi = calendario.giorno(ora.date())
    return _("Chiuso oggi (%s)") % oggi.motivo if oggi.motivo and not oggi.intervalli else _("Chiuso ora")


def _aperto(periodo: Periodo, dopo: list[Periodo], ora: datetime) -> str:
    """Open until when; and later today, the spell of the other kind: by appointment, or without."""
    frase = _("Aperto ora su appuntamento") if periodo.su_appuntamento else _("Aperto ora")
    frase = _unite(frase, _quando_chiude(periodo, ora))
    altro = next((p for p in dopo if p.su_appuntamento != periodo.su_appuntamento), None)
    if altro is None or _locale(altro.inizio, ora).date() != ora.date():
        return frase
    return f"{frase}; {_altro(altro, ora, subito=altro.inizio <= periodo.fine)}"


def _altro(periodo: Periodo, ora: datetime, *, subito: bool) -> str:
    """The spell of the other kind that follows, at once or later in the day."""
    come = _("su appuntamento") if periodo.su_appuntamento else _("senza appuntamento")
    fino = alle(_locale(periodo.fine, ora).time())
    if subito:
        return _("poi %(come)s fino %(alle)s") % {"come": come, "alle": fino}
    ore = {"come": come, "dalle": dalle(_locale(periodo.inizio, ora).time()), "alle": fino}
    return _("%(come)s %(dalle)s %(alle)s") % ore


def _quando_chiude(periodo: Periodo, ora: datetime) -> str:
    manca = periodo.fine - ora.astimezone(UTC)
    fine = _locale(periodo.fine, ora)
    if (fine.date() - ora.date()).days >= ORIZZONTE_GIORNI:
        return _("non chiude nei prossimi %d giorni") % ORIZZONTE_GIORNI
    if manca <= VICINO:
        minuti = _minuti(periodo.fine, ora)
        testo = ngettext("chiude tra %(n)d minuto (%(alle)s)", "chiude tra %(n)d minuti (%(alle)s)", minuti)
        return testo % {"n": minuti, "alle": alle(fine.time())}
    return _("chiude %s") % (alle(fine.time()) if manca <= SENZA_DIRE_IL_GIORNO else _giorno_e_ora(periodo.fine, ora))


def _quando_apre(prossimi: list[Periodo], ora: datetime) -> list[str]:
    """The next opening; when it is by appointment, also the next one without."""
    if not prossimi:
        return [_("nessuna apertura nei prossimi %d giorni") % ORIZZONTE_GIORNI]
    primo, libero = prossimi[0], prossimi[-1]
    if primo.inizio - ora.astimezone(UTC) <= VICINO:
        minuti = _minuti(primo.inizio, ora)
        testo = ngettext("apre tra %(n)d minuto (%(alle)s)", "apre tra %(n)d minuti (%(alle)s)", minuti)
        frase = testo % {"n": minuti, "alle": alle(_locale(primo.inizio, ora).time())}
    else:
        frase = _("apre %s") % _giorno_e_ora(primo.inizio, ora)
    if not primo.su_appuntamento:
        return [frase]
    frase = _("%s su appuntamento") % frase
    return (
        [frase] if libero.su_appuntamento else [frase, _("senza appuntamento %s") % _giorno_e_ora(libero.inizio, ora)]
    )


def _unite(*parti: str) -> str:
    return ", ".join(parti)


def _locale(quando: datetime, ora: datetime) -> datetime:
    return quando.astimezone(ora.tzinfo)


def _minuti(quando: datetime, ora: datetime) -> int:
    """Real minutes to `quando`, from the minute that a clock shows at `ora`: never 0."""
    return (quando - ora.astimezone(UTC).replace(second=0, microsecond=0)) // timedelta(minutes=1)


def _giorno_e_ora(quando: datetime, ora: datetime) -> str:
    """«alle 14» today, «domani alle 9», «martedì alle 9»; midnight belongs to the evening before."""
    locale = _locale(quando, ora)
    data = locale.date() - timedelta(days=locale.time() == time(0))
    return f"{nome_del_giorno(data, (data - ora.date()).days)} {alle(locale.time())}".strip()


def alle(ora: time) -> str:
    """«alle 9», «alle 12:30», «all'1», «a mezzanotte»."""
    if ora in (MEZZANOTTE, time(0)):
        return _("a mezzanotte")
    return (_("all'%s") if ora.hour == 1 else _("alle %s")) % ora_breve(ora)


def dalle(ora: time) -> str:
    """«dalle 9», «dall'1», «da mezzanotte»."""
    if ora == time(0):
        return _("da mezzanotte")
    return (_("dall'%s") if ora.hour == 1 else _("dalle %s")) % ora_breve(ora)


def nome_del_giorno(data: date, distanza: int) -> str:
    """Empty today, «domani», «martedì», and with its date beyond six days."""
    if distanza < 2:
        return _("domani") if distanza else ""
    return minuscolo(date_format(data, "l" if distanza < 7 else "l j F"))
