from django.db import migrations

from core.sola_aggiunta import proteggi


class Migration(migrations.Migration):
    dependencies = [("accordi", "0001_initial")]
    operations = [proteggi("accordi_protocollo", "accordi_versionetesto", "accordi_firma", "accordi_marcatemporale")]
