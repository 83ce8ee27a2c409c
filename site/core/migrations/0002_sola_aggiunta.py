from django.db import migrations

from core.sola_aggiunta import proteggi


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [proteggi("core_rigaregistro")]
