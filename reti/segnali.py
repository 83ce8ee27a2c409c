"""What happens here and matters to higher apps: they receive, this app never imports them."""

from django.dispatch import Signal

# An accreditation was added, changed, suspended, revoked or restored (R16). Sent inside the
# transaction of the change: a receiver that fails undoes it.
# Arguments: `sender` Accreditamento, `accreditamento` (saved), `utente` (None = the system).
accreditamento_cambiato = Signal()
