"""What the server keeps ready for who has no cookie (core.pagine_pronte), and what tells it that it changed."""

import os

# Where the number of the present generation lives (core.generazioni): a file of the data folder, for processes of one
# host; "core.generazioni.SuCache" for several hosts that share one cache, at the price of asking it at every page.
GENERAZIONI = os.environ.get("GENERAZIONI", "core.generazioni.SuFile")

PAGINE_PRONTE = os.environ.get("PAGINE_PRONTE", "1") == "1"
# Views whose answer is one for everybody, by the name of their address. What isn't here is never kept.
PAGINE_PRONTE_VISTE = frozenset(
    {
        "wagtail_serve",
        "ricerca",
        "robots",
        "sitemap",
        "punti:elenco",
        "punti:punto",
        "punti:dati",
        "punti:confini",
        "accordi:avvisi",
        "accordi:avviso",
        "accordi:registro",
        "accordi:registro_accordo",
        "dati_aperti:indice",
        "dati_aperti:documentazione",
        "dati_aperti:catalogo",
        "dati_aperti:api:openapi-json",
        "dati_aperti:api:punti",
        "dati_aperti:api:punto",
        "dati_aperti:api:servizi",
        "dati_aperti:api:destinatari",
        "dati_aperti:api:comuni",
        "dati_aperti:api:avvisi",
        "dati_aperti:api:avviso",
        "dati_aperti:api:accordi",
        "dati_aperti:api:accordo",
        "dati_aperti:api:tavoli",
        "dati_aperti:api:incontri",
        "accordi:elenchi",
        "accordi:elenco",
        "accordi:elenco_csv",
        "accordi:elenco_json",
        "tavoli:elenco",
        "tavoli:rete",
        "grafo:rete",
        "grafo:soggetti",
        "grafo:soggetti_csv",
        "grafo:soggetto",
    }
)
# Who hears that a view's page was read without the view: view → dotted path of a callable (request, **kwargs).
PAGINE_PRONTE_ASCOLTATORI: dict[str, str] = {"punti:punto": "punti_informativi.views.punto.conta"}
# Bytes of memory, in each process, for addresses without a query and for those with one: whoever makes up queries
# pushes out other queries alone.
PAGINE_PRONTE_BYTE = int(os.environ.get("PAGINE_PRONTE_BYTE", str(32 * 1024 * 1024)))
PAGINE_PRONTE_BYTE_DOMANDE = int(os.environ.get("PAGINE_PRONTE_BYTE_DOMANDE", str(8 * 1024 * 1024)))
# The longest that a page is kept, whatever it says: rows changed by hand show after it. A page that asks the day holds
# until midnight, one that asks the hour until the next minute.
PAGINE_PRONTE_SECONDI = 600
# Tables, by the beginning of their names, that no page of PAGINE_PRONTE_VISTE shows: their writes leave what is ready
# as it is.
TABELLE_RISERVATE = (
    "django_session",
    "django_tasks_",
    "cache_condivisa",
    "account_",
    "mfa_",
    "socialaccount_",
    "core_messaggio",
    "core_rigaregistro",
    "core_testaregistro",
    "punti_informativi_consultazioni",
    "punti_informativi_riscontro",
    "utenti_",
    "wagtailadmin_editingsession",
    "wagtailcore_comment",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_revision",
    "wagtailcore_taskstate",
    "wagtailcore_uploadedfile",
    "wagtailcore_workflowstate",
    "wagtailusers_userprofile",
)
