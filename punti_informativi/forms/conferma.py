"""What the holder of a confirmation link answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from punti_informativi.models import RichiestaConferma


class ConfermaForm(forms.Form):
    """All is right, or what has changed."""

    GIUSTO, CAMBIATO = "giusto", "cambiato"

    esito = forms.ChoiceField(
        label=_("I dati della pagina sono ancora giusti?"),
        choices=[(GIUSTO, _("Sì, è tutto giusto")), (CAMBIATO, _("No, qualcosa è cambiato"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli una delle due risposte.")},
    )
    testo = forms.CharField(
        label=_("Che cosa è cambiato"),
        help_text=_("Solo se qualcosa è cambiato. Per esempio: dal 1° marzo apriamo anche il giovedì, 14–17."),
        required=False,
        max_length=RichiestaConferma._meta.get_field("da_correggere").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
