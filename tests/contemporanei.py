"""Things that happen at the same instant, each with its own database connection."""

import threading

from django.db import connection


def insieme(*compiti) -> list:
    """Run every task in its own thread and connection, started together; results or exceptions, in order."""
    via = threading.Barrier(len(compiti))
    esiti: list = [None] * len(compiti)

    def corri(n, compito):
        via.wait()
        try:
            esiti[n] = compito()
        except Exception as errore:  # noqa: BLE001  the test asserts on it
            esiti[n] = errore
        finally:
            connection.close()

    fili = [threading.Thread(target=corri, args=voce) for voce in enumerate(compiti)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    return esiti
