"""Forms for who has no account: they work on a page kept in a cache, and no cookie goes with them (R60, R63).

Django's own check needs a cookie, and a cached page is the same for everyone. Here the page carries the instant when
it was made, signed; the browser says whether the form comes from our site; a field that people don't see and a limit
by network address hold off programs. A view that uses them is `csrf_exempt` and asks `da_altrove`, `troppi_invii`.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.indirizzi import conta, rete_di
from core.orologio import adesso

SECONDI_FRA_DUE_CLIC = 20
DI_NUOVO = _("La pagina era aperta da molto, o da troppo poco: controlla quello che hai scritto e invia di nuovo.")
DA_ALTROVE = _("Il modulo arriva da un altro sito: controlla quello che c'è scritto e invialo da qui.")


class ModuloAperto(forms.Form):
    """Base of these forms. `scopo` names what the signature is for; `sembra_un_programma` after validation.

    `initial` may bring a signature: who keeps the form drawn puts one of the moment in its place.
    """

    scopo = ""

    gettone = forms.CharField(required=False, widget=forms.HiddenInput)
    indirizzo_web = forms.CharField(
        label=_("Lascia vuoto questo campo"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["gettone"] = self.initial.get("gettone") or self.firma()
        self.sembra_un_programma = False

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        self.sembra_un_programma = bool(dati.get("indirizzo_web"))
        if not self._al_momento_giusto(dati.get("gettone", "")):
            self.rifirma()
            raise ValidationError(DI_NUOVO)
        return dati

    def rifirma(self) -> None:
        """Shown again, the form carries a signature of now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("gettone")] = self.initial["gettone"]

    @classmethod
    def firma(cls) -> str:
        """The present instant, signed."""
        return cls._firmatore().sign(str(int(adesso().timestamp())))

    @classmethod
    def _firmatore(cls) -> Signer:
        return Signer(salt=f"modulo-{cls.scopo}")

    def _al_momento_giusto(self, gettone: str) -> bool:
        try:
            fatto = int(self._firmatore().unsign(gettone))
        except (BadSignature, ValueError):
            return False
        secondi = adesso().timestamp() - fatto
        massimo = timedelta(days=settings.MODULI_APERTI_GIORNI).total_seconds()
        return settings.MODULI_APERTI_SECONDI_MINIMI <= secondi <= massimo


def da_altrove(request: HttpRequest) -> bool:
    """The browser says that another site sent this form; one too old to say anything is believed."""
    if sito := request.headers.get("Sec-Fetch-Site"):
        return sito not in ("same-origin", "none")
    origine = request.headers.get("Origin")
    return bool(origine) and urlsplit(origine).netloc != request.get_host()


def ripetuto(request: HttpRequest) -> bool:
    """The very same form has just come from the same address: a second click, not a second opinion."""
    cosa = salted_hmac("modulo-ripetuto", f"{rete_di(request)} {request.POST.urlencode()}").hexdigest()[:32]
    return not cache.add(f"modulo-{cosa}", True, SECONDI_FRA_DUE_CLIC)


def troppi_invii(request: HttpRequest, cosa: str) -> bool:
    """Counts one sending of `cosa`; the address is kept as a fingerprint, for as long as the limit lasts."""
    chi = salted_hmac("moduli-aperti", rete_di(request)).hexdigest()[:32]
    return conta(f"modulo-{cosa}-{chi}", settings.MODULI_APERTI_SECONDI) > settings.MODULI_APERTI_PER_INDIRIZZO
