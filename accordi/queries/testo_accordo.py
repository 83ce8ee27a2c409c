"""The text of an agreement ready to be printed: frozen for signature, or as a draft to read."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.documento import ParteDocumento, Testo
from accordi.models import Accordo, Parte
from accordi.queries.segnaposti import determina_di, valori_di
from accordi.segnaposto import compila
from core.orologio import adesso
from reti.models import Soggetto


def testo_compilato(accordo: Accordo) -> str:
    """The draft with the placeholders that are known today; the others stay as they are."""
    parti = accordo.parti.select_related("soggetto")
    return compila(accordo.testo, valori_di(accordo, [p.soggetto for p in parti]))


def da_stampare(accordo: Accordo, parti: Sequence[Parte], *, numero: int, corpo: str) -> Testo:
    """What is printed of `corpo` now, as version `numero`."""
    determina = determina_di(accordo)
    return Testo(
        titolo=accordo.titolo,
        tipo=str(accordo.get_tipo_display()),
        ente=str(Soggetto.objects.titolare()),
        codice=accordo.codice_verifica,
        indirizzo=settings.INDIRIZZO_PUBBLICO + reverse("accordi:verifica_codice", args=[accordo.codice_verifica]),
        versione=numero,
        congelata_il=f"{timezone.localtime(adesso()):%d/%m/%Y alle %H:%M}",
        determina=_("Determinazione %s.") % determina if determina else "",
        corpo=corpo,
        parti=[ParteDocumento(str(p.soggetto), p.soggetto.codice_fiscale, p.campo) for p in parti],
    )
