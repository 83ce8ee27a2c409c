"""Checks on identifiers and files, each with a sentence that says what to do."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NumeroNonValido
from stdnum.it import codicefiscale, iva


def valida_codice_fiscale(valore: str) -> None:
    """Accept a person's 16-character code or a body's 11-digit one."""
    try:
        (iva if valore.isdigit() else codicefiscale).validate(valore)
    except NumeroNonValido:
        raise ValidationError(_("Il codice fiscale «%s» non è valido: controlla di averlo copiato intero.") % valore)


def valida_codice_fiscale_persona(valore: str) -> None:
    """Accept a person's 16-character code only, in capitals."""
    if len(valore) != 16 or valore != valore.upper():
        raise ValidationError(_("Il codice fiscale di una persona ha 16 caratteri, in maiuscolo: controllalo."))
    valida_codice_fiscale(valore)


def valida_partita_iva(valore: str) -> None:
    try:
        iva.validate(valore)
    except NumeroNonValido:
        raise ValidationError(_("La partita IVA «%s» non è valida: sono 11 cifre, l'ultima di controllo.") % valore)


def valida_file(*, tipi: dict[str, bytes], massimo: int) -> Callable[[File], None]:
    """A validator for uploads: extension → leading bytes it must have; `massimo` in bytes."""

    def valida(file: File) -> None:
        estensione = file.name.rsplit(".", 1)[-1].lower()
        if estensione not in tipi:
            raise ValidationError(_("Formato non accettato. Carica un file: %s.") % ", ".join(sorted(tipi)))
        if file.size > massimo:
            raise ValidationError(_("Il file supera %d MB: riducilo e riprova.") % (massimo // 1_048_576))
        inizio = file.read(len(tipi[estensione]))
        file.seek(0)
        if inizio != tipi[estensione]:
            raise ValidationError(_("Il contenuto del file non corrisponde al formato .%s.") % estensione)

    return valida
