"""Back-office forms of the register."""

from typing import Any, ClassVar

from django import forms
from wagtail.admin.widgets import AdminDateInput

from reti.models import Rappresentanza
from utenti.models import Utente


class UtenteChoiceField(forms.ModelChoiceField):
    """People by name and address, so that two of the same name aren't confused."""

    def label_from_instance(self, obj: Utente) -> str:
        return f"{obj} ({obj.email})"


class CodiceFiscaleField(forms.CharField):
    """Accepts small letters and spaces."""

    def to_python(self, value: Any) -> str:
        return "".join(super().to_python(value).split()).upper()


class RappresentanzaForm(forms.ModelForm):
    utente = UtenteChoiceField(
        Utente.objects.filter(is_active=True), label=Rappresentanza._meta.get_field("utente").verbose_name
    )

    codice_fiscale = CodiceFiscaleField(
        label=Rappresentanza._meta.get_field("codice_fiscale").verbose_name,
        help_text=Rappresentanza._meta.get_field("codice_fiscale").help_text,
        required=False,
    )

    class Meta:
        model = Rappresentanza
        fields: ClassVar = [
            "soggetto",
            "utente",
            "titolo",
            "puo_firmare",
            "puo_presentare",
            "puo_gestire_punti",
            "puo_rispondere",
            "atto",
            "codice_fiscale",
            "dal",
            "al",
        ]
        widgets: ClassVar = {"dal": AdminDateInput, "al": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Another person or another body is another appointment.
            for campo in ("utente", "soggetto"):
                self.fields[campo].disabled = True
