"""Users of every role; staff have a second factor because they can't work without."""

import factory
from allauth.mfa.models import Authenticator

from utenti.models import Ruolo, Utente
from utenti.ruoli import assegna_ruolo


class UtenteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Utente
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persona{n}@prova.example")
    first_name = "Ada"
    last_name = factory.Sequence(lambda n: f"Rossi {n}")
    password = factory.django.Password("una-password-lunga")
    ruolo = Ruolo.PARTNER

    @factory.post_generation
    def ruolo_e_secondo_fattore(self, create: bool, extracted: object, **kwargs: object) -> None:
        assegna_ruolo(self, self.ruolo)
        if self.e_provincia:
            Authenticator.objects.create(user=self, type=Authenticator.Type.TOTP, data={"secret": "prova"})
