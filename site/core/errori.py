"""What a service raises when it refuses: a sentence for the person, in Italian."""

from django.core.exceptions import ValidationError


class Rifiuto(ValidationError):
    """The request is refused; `frase` says why and what to do."""

    @property
    def frase(self) -> str:
        return " ".join(self.messages)
