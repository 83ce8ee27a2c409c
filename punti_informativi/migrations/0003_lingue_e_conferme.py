"""Languages written as text become rows of the list; the latest confirmation is kept on the point."""

import re

from django.db import migrations
from django.db.models import Max

NOTE = {
    "italiano": "it",
    "inglese": "en",
    "francese": "fr",
    "spagnolo": "es",
    "tedesco": "de",
    "portoghese": "pt",
    "rumeno": "ro",
    "arabo": "ar",
    "albanese": "sq",
    "cinese": "zh",
    "hindi": "hi",
    "punjabi": "pa",
    "russo": "ru",
    "ucraino": "uk",
    "urdu": "ur",
    "bengalese": "bn",
}


def porta(apps, schema_editor):
    Punto = apps.get_model("punti_informativi", "PuntoInformativo")
    Lingua = apps.get_model("punti_informativi", "Lingua")
    Parlata = Punto.lingue.through
    Verifica = apps.get_model("punti_informativi", "Verifica")
    for punto in Punto.objects.exclude(lingue_scritte=""):
        for nome in filter(None, re.split(r"\s*(?:,|;|/| e )\s*", punto.lingue_scritte.strip().lower().rstrip("."))):
            codice = NOTE.get(nome, re.sub(r"[^a-z]", "", nome)[:8])
            if codice:
                lingua, _creata = Lingua.objects.get_or_create(codice=codice, defaults={"nome": nome[:60]})
                Parlata.objects.get_or_create(puntoinformativo=punto, lingua=lingua)
    for punto, ultima in Verifica.objects.order_by().values_list("punto").annotate(u=Max("verificato_il")):
        Punto.objects.filter(pk=punto).update(verificato_il=ultima)


class Migration(migrations.Migration):
    dependencies = [("punti_informativi", "0002_ricerca_orari_conferme_e_promozione")]
    operations = [migrations.RunPython(porta, migrations.RunPython.noop)]
