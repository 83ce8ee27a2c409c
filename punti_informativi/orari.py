"""Opening hours: open now, opens when, the next days. Pure."""
