"""The Segnatura, the XML by which the DocArea service is told what to register."""

from collections.abc import Mapping

from lxml import etree

from accordi.protocolli import Registrazione


def _figlio(padre: etree._Element, tag: str, testo: str = "", /, **attributi: str) -> etree._Element:
    nodo = etree.SubElement(padre, tag, attributi)
    # What XML can't hold (control characters) is left out: typed by people, it would refuse the whole document.
    nodo.text = "".join(c for c in testo if c >= " " or c in "\t\n") or None
    return nodo


def segnatura(r: Registrazione, documento: str, conto: Mapping[str, str]) -> bytes:
    """XML of `r`, whose document the service knows as `documento`; `conto`: CODICE_ENTE, AOO, UFFICIO, TITOLARIO."""
    radice = etree.Element("Segnatura", versione="2001-05-07")
    intestazione = _figlio(radice, "Intestazione")
    _figlio(intestazione, "Oggetto", f"{r.oggetto} ({r.riferimento})")
    identificatore = _figlio(intestazione, "Identificatore")
    _figlio(identificatore, "CodiceAmministrazione", conto["CODICE_ENTE"])
    _figlio(identificatore, "CodiceAOO", conto["AOO"])
    _figlio(identificatore, "NumeroRegistrazione", "0")
    _figlio(identificatore, "DataRegistrazione", "0")
    _figlio(identificatore, "Flusso", "E" if r.in_entrata else "U")
    mittente, destinatario = _figlio(intestazione, "Mittente"), _figlio(intestazione, "Destinatario")
    altro, noi = (mittente, destinatario) if r.in_entrata else (destinatario, mittente)
    _figlio(_figlio(altro, "Persona", id=""), "Denominazione", r.corrispondente)
    _noi(noi, r.ente, conto)
    if conto["TITOLARIO"]:
        classifica = _figlio(intestazione, "Classifica")
        _figlio(classifica, "CodiceAmministrazione", conto["CODICE_ENTE"])
        _figlio(classifica, "CodiceAOO", conto["AOO"])
        _figlio(classifica, "CodiceTitolario", conto["TITOLARIO"])
    nodo = _figlio(_figlio(radice, "Descrizione"), "Documento", id=documento, nome=r.nome_file)
    _figlio(nodo, "DescrizioneDocumento", r.oggetto)
    applicativo = _figlio(radice, "ApplicativoProtocollo", nome="Raccordo")
    parametri = {"riferimento": r.chiave, "impronta": r.impronta, "uo": conto["UFFICIO"]}
    for nome, valore in parametri.items():
        _figlio(applicativo, "Parametro", nome=nome, valore=valore)
    return etree.tostring(radice, xml_declaration=True, encoding="UTF-8")


def _noi(nodo: etree._Element, ente: str, conto: Mapping[str, str]) -> None:
    amministrazione = _figlio(nodo, "Amministrazione")
    _figlio(amministrazione, "Denominazione", ente)
    _figlio(amministrazione, "CodiceAmministrazione", conto["CODICE_ENTE"])
    _figlio(amministrazione, "UnitaOrganizzativa", id=conto["UFFICIO"])
    _figlio(_figlio(nodo, "AOO"), "CodiceAOO", conto["AOO"])
