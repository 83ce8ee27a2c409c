"""A calendar program that isn't ours: reads our invitation and answers it, with vobject and Python's mail library."""

from datetime import datetime
from email.message import EmailMessage, Message

import vobject
from dateutil import tz


def calendario_in(mail: Message) -> str:
    """The text/calendar part of a mail as a mail program finds it."""
    parte = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    return parte.get_payload(decode=True).decode()


def risposta_a(
    invito: str,
    partstat: str,
    *,
    metodo: str = "REPLY",
    quando: datetime,
    orari: tuple[datetime, datetime] | None = None,
    delegato: str = "",
    **cambi: str,
) -> str:
    """The iCalendar text that answers `invito`; `cambi` overrides uid, sequence, attendee. `orari`: COUNTER's."""
    letto = vobject.readOne(invito).vevent
    insieme = vobject.iCalendar()
    insieme.add("method").value = metodo
    voce = insieme.add("vevent")
    voce.add("uid").value = cambi.get("uid", letto.uid.value)
    voce.add("sequence").value = cambi.get("sequence", letto.sequence.value)
    voce.add("dtstamp").value = quando.astimezone(tz.UTC)
    inizio, fine = orari or (letto.dtstart.value, letto.dtend.value)
    voce.add("dtstart").value = inizio.astimezone(tz.UTC)
    voce.add("dtend").value = fine.astimezone(tz.UTC)
    voce.add("organizer").value = letto.organizer.value
    voce.add("attendee").value = cambi.get("attendee", letto.attendee.value)
    voce.attendee.params["PARTSTAT"] = [partstat]
    if delegato:
        voce.attendee.params["DELEGATED-TO"] = [f"mailto:{delegato}"]
    if nota := cambi.get("nota"):
        voce.add("comment").value = nota
    return insieme.serialize()


def mail_con(calendario: str, *, a: str, da: str = "ada@x.example", numero: int = 1) -> bytes:
    """The mail that a calendar program sends with its answer."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = da, a, "Re: Seduta"
    mail["Message-ID"] = f"<{numero}@x.example>"
    mail.set_content("Risposta dal calendario.")
    mail.add_alternative(calendario.encode(), "text", "calendar", params={"method": "REPLY", "charset": "utf-8"})
    mail.set_boundary(f"parte-{numero}")
    return mail.as_bytes()
