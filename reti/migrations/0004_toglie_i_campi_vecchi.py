import secrets

import reti.models.incontri
from django.db import migrations, models

from core.sola_aggiunta import proteggi


class Migration(migrations.Migration):
    dependencies = [("reti", "0003_riempie_i_campi_nuovi")]
    operations = [
        migrations.RemoveField(
            model_name='incontro',
            name='ordine_del_giorno',
        ),
        migrations.RemoveField(
            model_name='rete',
            name='qualifiche_richieste',
        ),
        migrations.AddConstraint(
            model_name='verbale',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stato', 'approvato'), _negated=True), models.Q(models.Q(('impronta', ''), _negated=True), ('approvato_il__isnull', False)), _connector='OR'), name='verbale_approvato_ha_impronta_e_data'),
        ),
        migrations.AlterField(
            model_name='convocazione',
            name='recapito',
            field=models.CharField(default=reti.models.incontri.recapito_opaco, editable=False, max_length=32, unique=True),
        ),
        migrations.AlterField(
            model_name='incontro',
            name='gettone_ingresso',
            field=models.CharField(default=secrets.token_urlsafe, editable=False, max_length=43, unique=True),
        ),
        proteggi("reti_tocco", "reti_versioneverbale"),
    ]
