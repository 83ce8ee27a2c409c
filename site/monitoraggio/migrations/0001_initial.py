import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('utenti', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Obiettivo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('codice', models.CharField(max_length=20, unique=True, verbose_name='codice')),
                ('anno', models.PositiveSmallIntegerField(verbose_name='anno')),
                ('titolo', models.CharField(max_length=255, verbose_name='titolo')),
                ('centro_di_responsabilita', models.CharField(max_length=120, verbose_name='centro di responsabilità')),
                ('responsabile', models.CharField(blank=True, max_length=120, verbose_name='responsabile')),
                ('consegna_entro', models.DateField(blank=True, null=True, verbose_name='scheda da consegnare entro')),
                ('fonte', models.CharField(blank=True, help_text='Documento da cui viene la definizione.', max_length=120, verbose_name='fonte')),
            ],
            options={
                'verbose_name': 'obiettivo',
                'verbose_name_plural': 'obiettivi',
                'ordering': ['-anno', 'codice'],
            },
        ),
        migrations.CreateModel(
            name='Fase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordine', models.PositiveSmallIntegerField(verbose_name='ordine')),
                ('codice', models.CharField(max_length=10, verbose_name='codice')),
                ('descrizione', models.TextField(verbose_name='descrizione')),
                ('inizio_previsto', models.DateField(verbose_name='inizio previsto')),
                ('fine_prevista', models.DateField(verbose_name='fine prevista')),
                ('inizio_effettivo', models.DateField(blank=True, null=True, verbose_name='inizio effettivo')),
                ('fine_effettiva', models.DateField(blank=True, null=True, verbose_name='fine effettiva')),
                ('avanzamento', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='avanzamento %')),
                ('obiettivo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fasi', to='monitoraggio.obiettivo', verbose_name='obiettivo')),
            ],
            options={
                'verbose_name': 'fase',
                'verbose_name_plural': 'fasi',
                'ordering': ['ordine'],
                'constraints': [models.UniqueConstraint(fields=('obiettivo', 'codice'), name='fase_un_codice_per_obiettivo'), models.CheckConstraint(condition=models.Q(('fine_prevista__gte', models.F('inizio_previsto'))), name='fase_prevista_in_ordine'), models.CheckConstraint(condition=models.Q(('avanzamento__isnull', True), ('avanzamento__lte', 100), _connector='OR'), name='fase_al_massimo_100')],
            },
        ),
        migrations.CreateModel(
            name='Indicatore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordine', models.PositiveSmallIntegerField(verbose_name='ordine')),
                ('codice', models.CharField(max_length=10, verbose_name='codice')),
                ('descrizione', models.TextField(verbose_name='descrizione')),
                ('tipo', models.CharField(blank=True, max_length=20, verbose_name='tipo')),
                ('previsto', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='valore previsto')),
                ('meglio', models.CharField(choices=[('alto', 'Più alto è meglio'), ('basso', 'Più basso è meglio')], default='alto', max_length=5, verbose_name='verso')),
                ('unita', models.CharField(blank=True, max_length=20, verbose_name='unità')),
                ('misura', models.CharField(blank=True, max_length=60, verbose_name='misura')),
                ('parametri', models.JSONField(blank=True, default=dict, verbose_name='parametri della misura')),
                ('versione', models.PositiveSmallIntegerField(default=1, verbose_name='versione della definizione')),
                ('fasi', models.ManyToManyField(blank=True, related_name='indicatori', to='monitoraggio.fase', verbose_name='fasi')),
                ('obiettivo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicatori', to='monitoraggio.obiettivo', verbose_name='obiettivo')),
            ],
            options={
                'verbose_name': 'indicatore',
                'verbose_name_plural': 'indicatori',
                'ordering': ['ordine'],
                'constraints': [models.UniqueConstraint(fields=('obiettivo', 'codice'), name='indicatore_un_codice_per_obiettivo')],
            },
        ),
        migrations.CreateModel(
            name='Rilevazione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('al', models.DateField(verbose_name='riferita al')),
                ('congelata_il', models.DateTimeField(verbose_name='congelata il')),
                ('nota', models.CharField(blank=True, max_length=255, verbose_name='nota')),
                ('scheda', models.JSONField(verbose_name='scheda')),
                ('impronta', models.CharField(max_length=64, verbose_name='impronta SHA-256')),
                ('obiettivo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rilevazioni', to='monitoraggio.obiettivo', verbose_name='obiettivo')),
                ('utente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='congelata da')),
            ],
            options={
                'verbose_name': 'rilevazione',
                'verbose_name_plural': 'rilevazioni',
                'ordering': ['-al', '-congelata_il', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ValoreInserito',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('al', models.DateField(verbose_name='riferito al')),
                ('valore', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='valore')),
                ('nota', models.TextField(help_text='Da dove viene il numero e dove si trova la prova.', verbose_name='nota')),
                ('inserito_il', models.DateTimeField(verbose_name='inserito il')),
                ('indicatore', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='valori', to='monitoraggio.indicatore', verbose_name='indicatore')),
                ('utente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='inserito da')),
            ],
            options={
                'verbose_name': 'valore inserito',
                'verbose_name_plural': 'valori inseriti',
                'ordering': ['-al', '-inserito_il', '-pk'],
            },
        ),
    ]
