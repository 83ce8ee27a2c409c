"""Shapes of input for meetings convened by others: the invitation, who goes, who was there (R26)."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.validators import valida_file
from reti.forms.incontri import OraInput
from reti.forms.reti import DataInput
from reti.inviti_ricevuti import MASSIMO, InvitoLetto, avvertenze, proposta
from reti.models import Convocazione, Incontro, Presenza, Rete, Soggetto
from reti.queries.inviti_ricevuti import soggetto_di, tavolo_di
from reti.services.presenze import RigaAppello
from reti.tocchi import REMOTO
from utenti.models import Utente
from utenti.permissions import LEGGONO_TUTTO

TIPI_PROVA = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "eml": b""}
ALTRA_PERSONA = _("Un'altra persona, che scrivo qui sotto")


class FileInvitoForm(forms.Form):
    """The .ics, or the mail; what it says is the reader's business."""

    file = forms.FileField(
        label=_("Invito ricevuto"),
        help_text=_("Il file .ics, o la mail salvata come .eml; anche una PEC. Al massimo 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,.eml,text/calendar,message/rfc822"}),
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file is None:
            raise ValidationError(_("Scegli il file dell'invito, oppure compila a mano."))
        if file.size > MASSIMO:
            raise ValidationError(_("Il file supera 10 MB: carica il solo invito (.ics)."))
        return file


class InvitoForm(forms.Form):
    """A meeting of others: whose it is, when, where. Times are of Europe/Rome."""

    rete = forms.ModelChoiceField(
        label=_("Tavolo"), required=False, queryset=Rete.objects.di_altri(), empty_label=_("Un tavolo nuovo")
    )
    convocante = forms.ModelChoiceField(
        label=_("Chi convoca"),
        required=False,
        queryset=Soggetto.objects.filter(titolare_piattaforma=False).order_by("denominazione"),
        help_text=_("Solo per un tavolo nuovo."),
    )
    nome_tavolo = forms.CharField(
        label=_("Nome del tavolo nuovo"),
        required=False,
        max_length=200,
        help_text=_("Vuoto: «Incontri convocati da …»."),
    )
    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    giorno = forms.DateField(label=_("Giorno"), widget=DataInput)
    dalle = forms.TimeField(label=_("Dalle"), widget=OraInput)
    alle = forms.TimeField(label=_("Alle"), widget=OraInput)
    giorno_fine = forms.DateField(
        label=_("Finisce il"), required=False, widget=DataInput, help_text=_("Solo se dura più di un giorno.")
    )
    modalita = forms.ChoiceField(label=_("Modalità"), choices=Incontro.Modalita.choices)
    luogo = forms.CharField(label=_("Luogo"), required=False, max_length=200)
    collegamento = forms.URLField(
        label=_("Collegamento per il remoto"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": _("Scrivi l'indirizzo intero, per esempio https://meet.example.org/tavolo.")},
    )
    ordine_del_giorno = forms.CharField(
        label=_("Ordine del giorno"),
        help_text=_("Un punto per riga."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    impronta = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if not dati.get("rete") and not dati.get("convocante") and not self.errors:
            self.add_error("convocante", _("Scegli il tavolo, oppure chi convoca."))
        giorno, ultimo = dati.get("giorno"), dati.get("giorno_fine")
        if giorno and ultimo and ultimo < giorno:
            self.add_error("giorno_fine", _("L'ultimo giorno viene prima del primo."))
        elif dati.get("dalle") and dati.get("alle") and (ultimo in (None, giorno)) and dati["alle"] <= dati["dalle"]:
            self.add_error("alle", _("La fine deve venire dopo l'inizio."))
        return dati

    def dati(self) -> dict[str, Any]:
        """Keyword arguments for `registra_invito`."""
        puliti, fuso = self.cleaned_data, timezone.get_current_timezone()
        campi = {c: puliti[c] for c in ("titolo", "modalita", "luogo", "collegamento", "ordine_del_giorno")}
        campi["inizio"] = datetime.combine(puliti["giorno"], puliti["dalle"], fuso)
        campi["fine"] = datetime.combine(puliti["giorno_fine"] or puliti["giorno"], puliti["alle"], fuso)
        return {
            "dati": campi,
            "rete": puliti["rete"],
            "convocante": puliti["convocante"],
            "nome_tavolo": puliti["nome_tavolo"],
        }

    @classmethod
    def da_invito(cls, invito: InvitoLetto, impronta: str, scritti: Any) -> tuple["InvitoForm", list[str]]:
        """The form filled with what the file says where nothing was typed, and what is left to ask."""
        valori, frasi = proposta(invito), avvertenze(invito)
        convocante = soggetto_di(invito.organizzatore)
        if convocante:
            valori |= {"convocante": convocante.pk, "rete": getattr(tavolo_di(convocante), "pk", None)}
        elif invito.organizzatore:
            frasi.append(_("Convoca %s: non riconosco l'ente, scegli il tavolo o chi convoca.") % invito.organizzatore)
        digitati = {c: v for c in cls.base_fields if (v := scritti.get(c, "").strip()) and c != "modalita"}
        return cls(initial=valori | digitati | {"impronta": impronta}), frasi


class DelegatoForm(forms.Form):
    """Who goes for the Province: somebody of the office, or anyone with a name and an address."""

    utente = forms.ModelChoiceField(
        label=_("Chi va"), queryset=Utente.objects.none(), required=False, empty_label=ALTRA_PERSONA
    )
    delegato = forms.CharField(label=_("Nome e cognome"), max_length=160, required=False)
    delegato_email = forms.EmailField(
        label=_("Email"),
        required=False,
        help_text=_("Riceve l'incontro per il proprio calendario, e i cambiamenti."),
        error_messages={"invalid": _("Scrivi un indirizzo come nome@ente.it, oppure lascialo vuoto.")},
    )

    def __init__(self, dati: Any = None, *, convocazione: Convocazione) -> None:
        self.convocazione = convocazione
        seggio = convocazione.adesione
        iniziale = {"delegato": convocazione.delegato, "delegato_email": convocazione.delegato_email}
        if not convocazione.delegato:
            iniziale = {"delegato": seggio.titolare_nome, "delegato_email": seggio.titolare_email}
        super().__init__(dati, initial=iniziale, prefix=f"d{convocazione.pk}")
        persone = Utente.objects.filter(is_active=True, ruolo__in=LEGGONO_TUTTO).order_by("last_name", "first_name")
        self.fields["utente"].queryset = persone

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if not dati.get("utente") and not dati.get("delegato", "").strip():
            self.add_error("delegato", _("Scegli una persona dell'ufficio, oppure scrivi nome e cognome."))
        return dati

    def dati(self) -> dict[str, str]:
        """Name and address for `rispondi`."""
        utente = self.cleaned_data["utente"]
        if utente:
            return {"delegato": utente.get_full_name() or utente.email, "delegato_email": utente.email}
        return {campo: self.cleaned_data[campo] for campo in ("delegato", "delegato_email")}


class PartecipazioneForm(forms.Form):
    """Who went for a seat of the Province, and what proves it."""

    esito = forms.ChoiceField(
        label=_("La Provincia era"),
        widget=forms.RadioSelect,
        choices=[
            ("presente", _("Presente")),
            (REMOTO, _("Presente da remoto")),
            ("giustificato", _("Assente giustificata")),
            ("assente", _("Assente")),
        ],
        error_messages={"required": _("Scegli se la Provincia c'era.")},
    )
    persona = forms.CharField(label=_("Chi c'era"), max_length=160, required=False)
    prova = forms.CharField(
        label=_("Prova della presenza"),
        max_length=255,
        required=False,
        help_text=_("Per esempio: verbale ricevuto il 12 marzo, foglio firme. Basta questa, o il documento."),
    )
    documento = forms.FileField(
        label=_("Documento"),
        required=False,
        validators=[valida_file(tipi=TIPI_PROVA, massimo=MASSIMO)],
        help_text=_("PDF, JPG, PNG o EML, al massimo 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.eml"}),
    )

    def __init__(
        self, dati: Any = None, file: Any = None, *, convocazione: Convocazione, presenza: Presenza | None
    ) -> None:
        self.convocazione, self.presenza = convocazione, presenza
        iniziale = {"persona": convocazione.delegato or convocazione.adesione.titolare_nome}
        if presenza:
            iniziale = {"esito": presenza.esito, "persona": presenza.persona, "prova": presenza.prova}
            if presenza.da_remoto:
                iniziale["esito"] = REMOTO
        super().__init__(dati, file, initial=iniziale, prefix=f"p{convocazione.pk}")

    def riga(self) -> RigaAppello:
        """The row for `registra_partecipazione`."""
        dati = self.cleaned_data
        presente = dati["esito"] in (Presenza.Esito.PRESENTE, REMOTO)
        return RigaAppello(
            adesione=self.convocazione.adesione,
            esito=Presenza.Esito.PRESENTE if presente else dati["esito"],
            da_remoto=dati["esito"] == REMOTO,
            persona=dati["persona"] if presente else "",
            prova=dati["prova"],
            documento=dati["documento"],
        )
