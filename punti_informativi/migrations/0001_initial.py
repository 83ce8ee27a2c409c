import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import punti_informativi.ricerca
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accordi', '0001_initial'),
        ('reti', '0001_initial'),
        ('utenti', '__first__'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Destinatari',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='indirizzo web')),
                ('nome', models.CharField(max_length=120, verbose_name='nome')),
            ],
            options={
                'verbose_name': 'gruppo di destinatari',
                'verbose_name_plural': 'gruppi di destinatari',
                'ordering': ['nome'],
            },
        ),
        migrations.CreateModel(
            name='Servizio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='indirizzo web')),
                ('nome', models.CharField(max_length=120, verbose_name='nome')),
                ('descrizione', models.CharField(blank=True, max_length=255, verbose_name='in parole semplici')),
            ],
            options={
                'verbose_name': 'servizio',
                'verbose_name_plural': 'servizi',
                'ordering': ['nome'],
            },
        ),
        migrations.CreateModel(
            name='FestaPatronale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nome', models.CharField(help_text="Per esempio: Sant'Omobono.", max_length=80, verbose_name='nome')),
                ('giorno', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='giorno')),
                ('mese', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='mese')),
                ('comune', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='festa_patronale', to='reti.comune', verbose_name='comune')),
            ],
            options={
                'verbose_name': 'festa patronale',
                'verbose_name_plural': 'feste patronali',
                'ordering': ['comune'],
            },
        ),
        migrations.CreateModel(
            name='PuntoInformativo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='indirizzo web')),
                ('nome', models.CharField(max_length=160, verbose_name='nome')),
                ('stato', models.CharField(choices=[('candidato', 'Candidato'), ('verificato', 'Verificato'), ('attivo', 'Attivo'), ('sospeso', 'Sospeso'), ('cessato', 'Cessato')], default='candidato', max_length=12, verbose_name='stato')),
                ('descrizione', models.TextField(blank=True, verbose_name='che cosa puoi fare qui')),
                ('cosa_portare', models.TextField(blank=True, verbose_name='che cosa portare')),
                ('lingue', models.CharField(blank=True, max_length=160, verbose_name='lingue parlate')),
                ('accessibilita', models.CharField(choices=[('completa', 'Accessibile in sedia a rotelle'), ('parziale', 'Accessibile con aiuto'), ('no', 'Non accessibile'), ('non_nota', 'Accessibilità non nota')], default='non_nota', max_length=10, verbose_name='accessibilità')),
                ('telefono', models.CharField(blank=True, max_length=40, verbose_name='telefono')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                ('sito_web', models.URLField(blank=True, verbose_name='sito web')),
                ('solo_appuntamento', models.BooleanField(default=False, verbose_name='solo su appuntamento')),
                ('attivo_dal', models.DateField(blank=True, null=True, verbose_name='attivo dal')),
                ('cessato_dal', models.DateField(blank=True, null=True, verbose_name='cessato dal')),
                ('indice', punti_informativi.ricerca.CampoIndice(blank=True, default='', di=('nome', 'descrizione'), editable=False)),
                ('comuni_serviti', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='reti.comune', verbose_name='comuni serviti')),
                ('cpi_riferimento', models.ForeignKey(blank=True, limit_choices_to={'tipo': 'cpi'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='punti_di_riferimento', to='reti.soggetto', verbose_name="centro per l'impiego di riferimento")),
                ('destinatari', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='punti', to='punti_informativi.destinatari', verbose_name='destinatari')),
                ('istanza', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='punti', to='accordi.istanza', verbose_name='istanza di origine')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('sede', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='punti', to='reti.sede', verbose_name='sede')),
                ('soggetto', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='punti', to='reti.soggetto', verbose_name='soggetto ospitante')),
                ('servizi', modelcluster.fields.ParentalManyToManyField(related_name='punti', to='punti_informativi.servizio', verbose_name='servizi')),
            ],
            options={
                'verbose_name': 'punto informativo',
                'verbose_name_plural': 'punti informativi',
                'ordering': ['nome'],
                'permissions': [('publish_puntoinformativo', 'Può pubblicare punti informativi')],
                'indexes': [models.Index(fields=['stato', 'live'], name='punto_pubblici')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Verifica',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verificato_il', models.DateField(verbose_name='verificato il')),
                ('nota', models.CharField(blank=True, max_length=255, verbose_name='nota')),
                ('punto', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verifiche', to='punti_informativi.puntoinformativo', verbose_name='punto')),
                ('utente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verificato da')),
            ],
            options={
                'verbose_name': 'verifica',
                'verbose_name_plural': 'verifiche',
                'ordering': ['-verificato_il', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Orario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('giorno', models.PositiveSmallIntegerField(choices=[(0, 'lunedì'), (1, 'martedì'), (2, 'mercoledì'), (3, 'giovedì'), (4, 'venerdì'), (5, 'sabato'), (6, 'domenica')], verbose_name='giorno')),
                ('dalle', models.TimeField(verbose_name='dalle')),
                ('alle', models.TimeField(verbose_name='alle')),
                ('su_appuntamento', models.BooleanField(default=False, verbose_name='su appuntamento')),
                ('punto', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='orari', to='punti_informativi.puntoinformativo', verbose_name='punto')),
            ],
            options={
                'verbose_name': 'orario',
                'verbose_name_plural': 'orari',
                'ordering': ['giorno', 'dalle'],
                'indexes': [models.Index(fields=['giorno', 'dalle', 'alle'], name='orario_aperti_ora')],
                'constraints': [models.CheckConstraint(condition=models.Q(('alle__gt', models.F('dalle'))), name='orario_finisce_dopo_l_inizio'), models.UniqueConstraint(fields=('punto', 'giorno', 'dalle'), name='orario_uno_per_inizio')],
            },
        ),
        migrations.CreateModel(
            name='Eccezione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dal', models.DateField(verbose_name='dal')),
                ('al', models.DateField(verbose_name='al')),
                ('chiuso', models.BooleanField(default=True, verbose_name='chiuso')),
                ('dalle', models.TimeField(blank=True, null=True, verbose_name='dalle')),
                ('alle', models.TimeField(blank=True, null=True, verbose_name='alle')),
                ('motivo', models.CharField(blank=True, max_length=120, verbose_name='motivo')),
                ('punto', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='eccezioni', to='punti_informativi.puntoinformativo', verbose_name='punto')),
            ],
            options={
                'verbose_name': "eccezione all'orario",
                'verbose_name_plural': "eccezioni all'orario",
                'ordering': ['dal'],
                'constraints': [models.CheckConstraint(condition=models.Q(('al__gte', models.F('dal'))), name='eccezione_finisce_dopo_l_inizio'), models.CheckConstraint(condition=models.Q(models.Q(('alle__isnull', True), ('chiuso', True), ('dalle__isnull', True)), models.Q(('alle__gt', models.F('dalle')), ('chiuso', False), ('dalle__isnull', False)), _connector='OR'), name='eccezione_aperta_ha_gli_orari')],
            },
        ),
    ]
