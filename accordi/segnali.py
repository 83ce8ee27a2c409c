"""What happens to agreements and matters to higher apps: they receive, this app never imports them."""

from django.dispatch import Signal

# An agreement stopped having effect: suspended, or ended before its expiry (R16). Sent inside the
# transaction of the change. Arguments: `sender` Accordo, `accordo` (saved), `motivo`, `utente` (None = the system).
accordo_sospeso = Signal()
# Its suspension ended. Same arguments.
accordo_ripreso = Signal()
