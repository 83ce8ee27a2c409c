"""Points as the CSV that imports them."""

from punti_informativi.colonne import COLONNE, Colonna
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.importazione import CAMPI_SEDE, CHIAVI, con_tutto, in_parole, valore_di
from punti_informativi.stati import StatoPunto


def in_righe() -> list[list[str]]:
    """The points that aren't ended as lines of the file: imported again, those with a code change nothing."""
    punti = con_tutto(PuntoInformativo.objects.exclude(stato=StatoPunto.CESSATO)).order_by("codice", "slug")
    return [[_cella(punto, colonna) for colonna in COLONNE] for punto in punti]


def _cella(punto: PuntoInformativo, colonna: Colonna) -> str:
    altre = {"indirizzo_web": punto.slug, "ospite": punto.soggetto.codice_fiscale}
    if colonna.nome in altre:
        return altre[colonna.nome]
    if colonna.nome in CAMPI_SEDE:
        return in_parole(getattr(punto.sede, colonna.nome))
    valore = valore_di(punto, colonna.campo or colonna.nome)
    if colonna.lettura == "lista":
        return "|".join(getattr(v, CHIAVI[colonna.nome]) for v in valore)
    if colonna.lettura == "cpi":
        return valore.codice_fiscale if valore else ""
    return in_parole(valore)
