import accordi.models.accordi
import core.archivio
import django.db.models.deletion
import modelsearch.index
import reti.models.incontri
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('reti', '0001_initial'),
        ('utenti', '__first__'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContatoreProtocollo',
            fields=[
                ('anno', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('ultimo', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'contatore di protocollo',
                'verbose_name_plural': 'contatori di protocollo',
            },
        ),
        migrations.CreateModel(
            name='Avviso',
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
                ('titolo', models.CharField(max_length=200, verbose_name='titolo')),
                ('tipo', models.CharField(choices=[('partenariato_gol', 'Accordo di partenariato GOL'), ('partenariato_territoriale', 'Partenariato territoriale'), ('patto_competenze', 'Patto territoriale per le competenze'), ('collaborazione', 'Accordo di collaborazione'), ('protocollo_intesa', "Protocollo d'intesa"), ('convenzione', 'Convenzione')], max_length=30, verbose_name='tipo di accordo')),
                ('sommario', models.CharField(max_length=300, verbose_name='in breve')),
                ('testo', wagtail.fields.RichTextField(blank=True, verbose_name='testo')),
                ('atto', models.CharField(max_length=200, verbose_name='atto di approvazione')),
                ('apre', models.DateTimeField(verbose_name='apre')),
                ('chiude', models.DateTimeField(verbose_name='chiude')),
                ('regola_composizione', models.JSONField(blank=True, default=dict, verbose_name='regola di composizione')),
                ('giorni_sottoscrizione', models.PositiveSmallIntegerField(default=30, help_text="Dalla data di protocollo dell'istanza.", verbose_name='giorni per la sottoscrizione')),
                ('conta_netto', models.BooleanField(default=False, verbose_name='le sospensioni fermano il termine')),
                ('attiva_punti', models.BooleanField(default=False, help_text="Un'istanza ammessa può candidare punti informativi.", verbose_name='attiva punti informativi')),
                ('modello_accordo', models.TextField(help_text='Paragrafi; «# » apre un articolo. Segnaposto: {parti}, {avviso}, {atto}, {protocollo}.', verbose_name="testo dell'accordo")),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'verbose_name': 'avviso',
                'verbose_name_plural': 'avvisi',
                'ordering': ['-apre'],
                'permissions': [('publish_avviso', 'Può pubblicare avvisi')],
                'constraints': [models.CheckConstraint(condition=models.Q(('chiude__gt', models.F('apre'))), name='avviso_chiude_dopo_l_apertura')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Protocollo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anno', models.PositiveSmallIntegerField(verbose_name='anno')),
                ('numero', models.PositiveIntegerField(verbose_name='numero')),
                ('registrato_il', models.DateTimeField(verbose_name='registrato il')),
                ('verso', models.CharField(choices=[('entrata', 'In entrata'), ('uscita', 'In uscita')], max_length=8, verbose_name='verso')),
                ('oggetto', models.CharField(max_length=255, verbose_name='oggetto')),
                ('corrispondente', models.CharField(max_length=255, verbose_name='mittente o destinatario')),
                ('impronta', models.CharField(max_length=64, verbose_name='impronta SHA-256')),
            ],
            options={
                'verbose_name': 'registrazione di protocollo',
                'verbose_name_plural': 'registro di protocollo',
                'ordering': ['-anno', '-numero'],
                'constraints': [models.UniqueConstraint(fields=('anno', 'numero'), name='protocollo_un_numero_per_anno')],
            },
        ),
        migrations.CreateModel(
            name='Istanza',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('codice', models.CharField(default=reti.models.incontri.codice_opaco, editable=False, max_length=16, unique=True)),
                ('stato', models.CharField(choices=[('bozza', 'Bozza'), ('presentata', 'Presentata'), ('istruttoria', 'In istruttoria'), ('integrazione', 'In attesa di integrazione'), ('ammessa', 'Ammessa'), ('respinta', 'Respinta'), ('ritirata', 'Ritirata')], default='bozza', max_length=14, verbose_name='stato')),
                ('motivazione', models.TextField(blank=True, help_text='Che cosa offrite alla rete e a chi vi rivolgete.', verbose_name='perché partecipate')),
                ('dichiarazione_poteri', models.BooleanField(default=False, verbose_name='dichiarazione sui poteri di rappresentanza')),
                ('dichiarazione_dote', models.BooleanField(default=False, verbose_name='destinatari di Dote ricollocazione in carico')),
                ('modalita', models.CharField(blank=True, choices=[('identita_digitale', 'Sessione SPID o CIE'), ('credenziali', 'Sessione con le credenziali della piattaforma')], default='', max_length=20, verbose_name='come è stata presentata')),
                ('testo_presentato', models.TextField(blank=True, help_text="Quello di cui il protocollo conserva l'impronta.", verbose_name='testo registrato')),
                ('creata_il', models.DateTimeField(verbose_name='creata il')),
                ('esito_il', models.DateTimeField(blank=True, null=True, verbose_name='esito del')),
                ('esito_motivi', models.TextField(blank=True, verbose_name="motivi dell'esito")),
                ('avviso', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='istanze', to='accordi.avviso', verbose_name='avviso')),
                ('capofila', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='istanze_guidate', to='reti.soggetto', verbose_name='capofila')),
                ('presentata_da', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='presentata da')),
                ('responsabile', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsabile del procedimento')),
                ('protocollo', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='istanza', to='accordi.protocollo', verbose_name='protocollo')),
            ],
            options={
                'verbose_name': 'istanza',
                'verbose_name_plural': 'istanze',
                'ordering': ['-creata_il'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stato', 'bozza'), ('protocollo__isnull', False), _connector='OR'), name='istanza_presentata_ha_protocollo')],
            },
        ),
        migrations.CreateModel(
            name='Accordo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('codice', models.CharField(default=reti.models.incontri.codice_opaco, editable=False, max_length=16, unique=True)),
                ('codice_verifica', models.CharField(default=accordi.models.accordi.codice_verifica, editable=False, max_length=14, unique=True)),
                ('tipo', models.CharField(choices=[('partenariato_gol', 'Accordo di partenariato GOL'), ('partenariato_territoriale', 'Partenariato territoriale'), ('patto_competenze', 'Patto territoriale per le competenze'), ('collaborazione', 'Accordo di collaborazione'), ('protocollo_intesa', "Protocollo d'intesa"), ('convenzione', 'Convenzione')], max_length=30, verbose_name='tipo')),
                ('titolo', models.CharField(max_length=255, verbose_name='oggetto')),
                ('stato', models.CharField(choices=[('bozza', 'Bozza'), ('in_firma', 'In firma'), ('sottoscritto', 'Sottoscritto'), ('attivo', 'Attivo'), ('sospeso', 'Sospeso'), ('scaduto', 'Scaduto'), ('recesso', 'Concluso per recesso'), ('risolto', 'Risolto')], default='bozza', max_length=14, verbose_name='stato')),
                ('testo', models.TextField(verbose_name='testo')),
                ('determina_numero', models.CharField(blank=True, max_length=40, verbose_name='determinazione n.')),
                ('determina_data', models.DateField(blank=True, null=True, verbose_name='determinazione del')),
                ('sottoscritto_il', models.DateTimeField(blank=True, null=True, verbose_name='sottoscritto da tutti il')),
                ('efficace_dal', models.DateField(blank=True, null=True, verbose_name='efficace dal')),
                ('scade_il', models.DateField(blank=True, null=True, verbose_name='scade il')),
                ('creato_il', models.DateTimeField(verbose_name='creato il')),
                ('istanza', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accordo', to='accordi.istanza', verbose_name='istanza')),
                ('protocollo', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accordo', to='accordi.protocollo', verbose_name='protocollo')),
            ],
            options={
                'verbose_name': 'accordo',
                'verbose_name_plural': 'accordi',
                'ordering': ['-creato_il'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stato__in', ['bozza', 'in_firma']), ('sottoscritto_il__isnull', False), _connector='OR'), name='accordo_firmato_ha_la_data'), models.CheckConstraint(condition=models.Q(('scade_il__isnull', True), ('efficace_dal__isnull', True), ('scade_il__gte', models.F('efficace_dal')), _connector='OR'), name='accordo_scade_dopo_l_efficacia')],
            },
        ),
        migrations.CreateModel(
            name='Parte',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordine', models.PositiveSmallIntegerField(verbose_name='ordine')),
                ('accordo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parti', to='accordi.accordo', verbose_name='accordo')),
                ('soggetto', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parti', to='reti.soggetto', verbose_name='soggetto')),
            ],
            options={
                'verbose_name': 'parte',
                'verbose_name_plural': 'parti',
                'ordering': ['ordine'],
                'constraints': [models.UniqueConstraint(fields=('accordo', 'soggetto'), name='parte_una_volta_per_accordo'), models.UniqueConstraint(fields=('accordo', 'ordine'), name='parte_un_ordine_ciascuna')],
            },
        ),
        migrations.CreateModel(
            name='VersioneTesto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.PositiveSmallIntegerField(verbose_name='versione')),
                ('testo', models.TextField(verbose_name='testo')),
                ('pdf', models.FileField(storage=core.archivio.archivio_privato, upload_to='accordi/testi', verbose_name='PDF')),
                ('impronta', models.CharField(max_length=64, verbose_name='impronta SHA-256')),
                ('congelata_il', models.DateTimeField(verbose_name='congelata il')),
                ('accordo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versioni', to='accordi.accordo', verbose_name='accordo')),
            ],
            options={
                'verbose_name': 'versione del testo',
                'verbose_name_plural': 'versioni del testo',
                'ordering': ['numero'],
                'constraints': [models.UniqueConstraint(fields=('accordo', 'numero'), name='versione_un_numero_per_accordo')],
            },
        ),
        migrations.CreateModel(
            name='Firma',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qualita', models.CharField(max_length=200, verbose_name='in qualità di')),
                ('livello', models.CharField(choices=[('semplice', 'Elettronica semplice con sigillo della piattaforma'), ('avanzata', 'Avanzata'), ('qualificata', 'Digitale o qualificata')], max_length=12, verbose_name='livello')),
                ('firmata_il', models.DateTimeField(verbose_name='firmata il')),
                ('impronta_prima', models.CharField(max_length=64)),
                ('impronta_dopo', models.CharField(max_length=64)),
                ('pdf', models.FileField(storage=core.archivio.archivio_privato, upload_to='accordi/firmati', verbose_name='PDF firmato')),
                ('marca_temporale', models.CharField(blank=True, help_text='Autorità, oppure perché manca.', max_length=255, verbose_name='marca temporale')),
                ('evidenza', models.JSONField(default=dict, verbose_name='evidenza')),
                ('utente', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='firme', to=settings.AUTH_USER_MODEL, verbose_name='firmatario')),
                ('parte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='firme', to='accordi.parte', verbose_name='parte')),
                ('versione', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='firme', to='accordi.versionetesto', verbose_name='versione')),
            ],
            options={
                'verbose_name': 'firma',
                'verbose_name_plural': 'firme',
                'ordering': ['firmata_il', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('parte', 'versione'), name='firma_una_per_parte_e_versione'), models.UniqueConstraint(fields=('versione', 'impronta_prima'), name='firma_nessun_ramo')],
            },
        ),
        migrations.CreateModel(
            name='MarcaTemporale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('istante', models.DateTimeField(verbose_name='istante certificato')),
                ('autorita', models.CharField(max_length=255, verbose_name='autorità')),
                ('gettone', models.BinaryField(verbose_name='marca')),
                ('firma', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='marca', to='accordi.firma', verbose_name='firma')),
            ],
            options={
                'verbose_name': 'marca temporale',
                'verbose_name_plural': 'marche temporali',
            },
        ),
        migrations.CreateModel(
            name='CodiceFirma',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('codice', models.CharField(max_length=128)),
                ('creato_il', models.DateTimeField()),
                ('scade_il', models.DateTimeField()),
                ('tentativi', models.PositiveSmallIntegerField(default=0)),
                ('usato_il', models.DateTimeField(blank=True, null=True)),
                ('utente', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='utente')),
                ('parte', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codici', to='accordi.parte', verbose_name='parte')),
            ],
            options={
                'verbose_name': 'codice di firma',
                'verbose_name_plural': 'codici di firma',
                'ordering': ['-creato_il'],
            },
        ),
        migrations.CreateModel(
            name='PartecipanteIstanza',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ruolo', models.CharField(blank=True, max_length=80, verbose_name='ruolo')),
                ('istanza', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partecipanti', to='accordi.istanza', verbose_name='istanza')),
                ('soggetto', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partecipazioni', to='reti.soggetto', verbose_name='soggetto')),
            ],
            options={
                'verbose_name': 'partecipante',
                'verbose_name_plural': 'partecipanti',
                'constraints': [models.UniqueConstraint(fields=('istanza', 'soggetto'), name='partecipante_una_volta_per_istanza')],
            },
        ),
        migrations.CreateModel(
            name='Sospensione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dal', models.DateField(verbose_name='dal')),
                ('al', models.DateField(blank=True, null=True, verbose_name='al')),
                ('richiesta', models.TextField(verbose_name='che cosa manca')),
                ('risposta', models.TextField(blank=True, verbose_name='risposta')),
                ('istanza', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sospensioni', to='accordi.istanza', verbose_name='istanza')),
            ],
            options={
                'verbose_name': 'sospensione del termine',
                'verbose_name_plural': 'sospensioni del termine',
                'ordering': ['dal'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('al__isnull', True)), fields=('istanza',), name='sospensione_una_sola_aperta'), models.CheckConstraint(condition=models.Q(('al__isnull', True), ('al__gte', models.F('dal')), _connector='OR'), name='sospensione_finisce_dopo_l_inizio')],
            },
        ),
    ]
