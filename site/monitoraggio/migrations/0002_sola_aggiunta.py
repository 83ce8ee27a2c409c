from django.db import migrations

from core.sola_aggiunta import proteggi


class Migration(migrations.Migration):
    dependencies = [("monitoraggio", "0001_initial")]
    operations = [proteggi("monitoraggio_valoreinserito", "monitoraggio_rilevazione")]
