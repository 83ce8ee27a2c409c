from django.db import migrations

from core.sola_aggiunta import proteggi


class Migration(migrations.Migration):
    dependencies = [("accordi", "0004_modelli_dagli_avvisi")]
    operations = [
        migrations.RemoveField(
            model_name='avviso',
            name='modello_accordo',
        ),
        proteggi("accordi_rifiutofirma"),
    ]
