"""A call that asks one question of every type and two documents, for the tests of applications."""

import json

PER_TIPO = {
    "testo_breve": {},
    "testo_lungo": {},
    "numero": {},
    "importo": {},
    "data": {},
    "si_no": {},
    "scelta": {"scelte": ["Cremona", "Crema"]},
    "piu_scelte": {"scelte": ["mattina", "pomeriggio", "sera"]},
}


def domande_di_prova(*tipi: str, obbligatoria: bool = True) -> str:
    """Raw StreamField: a title, then one question «Domanda <tipo>» with id «id-<tipo>» of each type."""
    blocchi = [{"type": "titolo", "value": "Il progetto", "id": "t"}]
    blocchi += [
        {
            "type": tipo,
            "id": f"id-{tipo}",
            "value": {"domanda": f"Domanda {tipo}", "aiuto": "Un aiuto.", "obbligatoria": obbligatoria}
            | PER_TIPO[tipo],
        }
        for tipo in tipi or PER_TIPO
    ]
    return json.dumps(blocchi)


def documenti_di_prova() -> str:
    """Raw StreamField: a plan from the partnership, a statute from each body (optional)."""
    chieste = [
        ("piano", {"nome": "Piano", "obbligatorio": True, "di_ogni_soggetto": False, "formati": ["pdf", "docx"]}),
        ("statuto", {"nome": "Statuto", "obbligatorio": False, "di_ogni_soggetto": True, "formati": ["pdf"]}),
    ]
    return json.dumps([{"type": "documento", "id": i, "value": v | {"aiuto": ""}} for i, v in chieste])
