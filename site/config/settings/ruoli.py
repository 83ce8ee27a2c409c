"""Model permissions of each role in the back office: "app.codename", * stands for anything."""

_LETTURA = [
    "wagtailadmin.access_admin",
    "reti.view_*",
    "accordi.view_*",
    "punti_informativi.view_*",
    "monitoraggio.view_*",
]

RUOLI_PERMESSI = {
    "partner": [],
    "operatore_cpi": [*_LETTURA],
    "coordinatore": [
        *_LETTURA,
        "reti.add_*",
        "reti.change_*",
        "accordi.add_avviso",
        "accordi.change_avviso",
        "accordi.publish_avviso",
        "accordi.add_modelloaccordo",
        "accordi.change_modelloaccordo",
        "accordi.publish_modelloaccordo",
        "punti_informativi.add_*",
        "punti_informativi.change_*",
        "punti_informativi.publish_puntoinformativo",
        "core.view_messaggio",
        "core.change_messaggio",
        "core.view_rigaregistro",
    ],
    "dirigente": [*_LETTURA, "core.view_messaggio", "core.change_messaggio", "core.view_rigaregistro"],
    "redattore": [
        "wagtailadmin.access_admin",
        # Writes calls; a coordinator approves them (accordi.impianto).
        "accordi.view_avviso",
        "accordi.add_avviso",
        "accordi.change_avviso",
        "simple_translation.submit_translation",
        "wagtailredirects.*",
        "wagtailimages.*",
        "wagtaildocs.*",
    ],
    "amministratore": [],  # superuser
    "revisore": [*_LETTURA, "core.view_messaggio", "core.view_rigaregistro"],
}
