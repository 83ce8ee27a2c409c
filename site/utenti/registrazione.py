"""Sign-up by a public identity: apart from the other forms, which allauth imports to build its own."""

from allauth.socialaccount.forms import SignupForm


class RegistrazioneConIdentitaForm(SignupForm):
    """After SPID or CIE: name and surname are the system's, only the address of mail is asked."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["first_name"], self.fields["last_name"]
