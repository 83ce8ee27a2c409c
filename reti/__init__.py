"""The ground: soggetti, seats, accreditations, reti and tavoli, meetings, attendance, the graph."""
