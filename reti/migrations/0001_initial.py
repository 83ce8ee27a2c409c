import core.validators
import django.db.models.deletion
import reti.models.incontri
import secrets
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('utenti', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Comune',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('codice_istat', models.CharField(max_length=6, unique=True, verbose_name='codice ISTAT')),
                ('codice_catastale', models.CharField(max_length=4, unique=True, verbose_name='codice catastale')),
                ('nome', models.CharField(max_length=80, verbose_name='nome')),
                ('ambito', models.CharField(blank=True, max_length=80, verbose_name='ambito territoriale')),
                ('lat', models.FloatField(verbose_name='latitudine')),
                ('lon', models.FloatField(verbose_name='longitudine')),
            ],
            options={
                'verbose_name': 'comune',
                'verbose_name_plural': 'comuni',
                'ordering': ['nome'],
            },
        ),
        migrations.CreateModel(
            name='Soggetto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='indirizzo web')),
                ('denominazione', models.CharField(max_length=200, verbose_name='denominazione')),
                ('natura', models.CharField(choices=[('pubblico', 'Pubblico'), ('privato', 'Privato'), ('terzo_settore', 'Terzo settore'), ('parti_sociali', 'Parti sociali')], max_length=20, verbose_name='natura')),
                ('tipo', models.CharField(choices=[('provincia', 'Provincia'), ('comune', 'Comune'), ('azienda_sociale', 'Azienda sociale o ufficio di piano'), ('cpi', "Centro per l'impiego"), ('ente_pubblico', 'Altro ente pubblico'), ('scuola', 'Scuola o università'), ('camera_commercio', 'Camera di commercio'), ('sanita', 'Ente sanitario o sociosanitario'), ('operatore', 'Operatore per il lavoro o la formazione'), ('associazione', 'Associazione o ente del terzo settore'), ('cooperativa', 'Cooperativa sociale'), ('sindacato', 'Organizzazione sindacale'), ('datoriale', 'Associazione datoriale'), ('fondazione', 'Fondazione'), ('distretto', 'Distretto o metadistretto industriale'), ('impresa', 'Impresa')], max_length=20, verbose_name='tipo')),
                ('codice_fiscale', models.CharField(max_length=16, unique=True, validators=[core.validators.valida_codice_fiscale], verbose_name='codice fiscale')),
                ('partita_iva', models.CharField(blank=True, max_length=11, validators=[core.validators.valida_partita_iva], verbose_name='partita IVA')),
                ('codice_ipa', models.CharField(blank=True, max_length=20, verbose_name='codice IPA')),
                ('pec', models.EmailField(blank=True, max_length=254, verbose_name='PEC')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                ('telefono', models.CharField(blank=True, max_length=40, verbose_name='telefono')),
                ('sito_web', models.URLField(blank=True, verbose_name='sito web')),
                ('titolare_piattaforma', models.BooleanField(default=False, verbose_name='è la Provincia titolare')),
            ],
            options={
                'verbose_name': 'soggetto',
                'verbose_name_plural': 'soggetti',
                'ordering': ['denominazione'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('titolare_piattaforma', True)), fields=('titolare_piattaforma',), name='una_sola_provincia_titolare')],
            },
        ),
        migrations.CreateModel(
            name='Rete',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='indirizzo web')),
                ('nome', models.CharField(max_length=200, verbose_name='nome')),
                ('tipo', models.CharField(choices=[('tavolo', 'Tavolo'), ('osservatorio', 'Osservatorio'), ('comitato_tecnico', 'Comitato tecnico'), ('gruppo_di_lavoro', 'Gruppo di lavoro'), ('cabina_di_regia', 'Cabina di regia'), ('rete', 'Rete')], default='tavolo', max_length=20, verbose_name='tipo')),
                ('tema', models.CharField(choices=[('mercato_lavoro', 'Mercato del lavoro'), ('operatori', 'Operatori accreditati'), ('disabilita', 'Inserimento lavorativo delle persone con disabilità'), ('punti_informativi', 'Punti informativi'), ('fragilita', 'Inclusione e fragilità'), ('altro', 'Altro')], default='altro', max_length=20, verbose_name='tema')),
                ('descrizione', models.TextField(blank=True, verbose_name='descrizione')),
                ('atto', models.CharField(blank=True, max_length=200, verbose_name='atto costitutivo')),
                ('atto_data', models.DateField(blank=True, null=True, verbose_name="data dell'atto")),
                ('quorum', models.PositiveSmallIntegerField(blank=True, help_text='Vuoto: nessun quorum.', null=True, verbose_name='quorum (seggi presenti)')),
                ('qualifiche_richieste', models.JSONField(blank=True, default=list, help_text='Qualifiche che devono sedere: per il comitato tecnico le tre della L. 68/1999 art. 8.', verbose_name='qualifiche richieste')),
                ('pubblica', models.BooleanField(default=True, verbose_name='visibile sul sito')),
                ('dal', models.DateField(verbose_name='attiva dal')),
                ('al', models.DateField(blank=True, null=True, verbose_name='attiva fino al')),
                ('convocante', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reti_convocate', to='reti.soggetto', verbose_name='convocata da')),
            ],
            options={
                'verbose_name': 'tavolo o rete',
                'verbose_name_plural': 'tavoli e reti',
                'ordering': ['nome'],
            },
        ),
        migrations.CreateModel(
            name='Incontro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('codice', models.CharField(default=reti.models.incontri.codice_opaco, editable=False, max_length=16, unique=True)),
                ('titolo', models.CharField(max_length=200, verbose_name='titolo')),
                ('inizio', models.DateTimeField(verbose_name='inizio')),
                ('fine', models.DateTimeField(verbose_name='fine')),
                ('modalita', models.CharField(choices=[('presenza', 'In presenza'), ('remoto', 'Da remoto'), ('ibrida', 'In presenza e da remoto')], default='presenza', max_length=10, verbose_name='modalità')),
                ('luogo', models.CharField(blank=True, max_length=200, verbose_name='luogo')),
                ('collegamento', models.URLField(blank=True, verbose_name='collegamento per il remoto')),
                ('ordine_del_giorno', models.TextField(blank=True, verbose_name='ordine del giorno')),
                ('stato', models.CharField(choices=[('bozza', 'Bozza'), ('convocato', 'Convocato'), ('svolto', 'Svolto'), ('verbalizzato', 'Verbalizzato'), ('rinviato', 'Rinviato'), ('annullato', 'Annullato')], default='bozza', max_length=12, verbose_name='stato')),
                ('sequenza', models.PositiveIntegerField(default=0, editable=False)),
                ('motivo', models.CharField(blank=True, max_length=255, verbose_name='motivo di rinvio o annullamento')),
                ('creato_da', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='creato da')),
                ('rete', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incontri', to='reti.rete', verbose_name='tavolo')),
            ],
            options={
                'verbose_name': 'incontro',
                'verbose_name_plural': 'incontri',
                'ordering': ['-inizio'],
                'indexes': [models.Index(fields=['stato', 'inizio'], name='incontri_per_stato_e_data')],
                'constraints': [models.CheckConstraint(condition=models.Q(('fine__gt', models.F('inizio'))), name='incontro_finisce_dopo_l_inizio')],
            },
        ),
        migrations.CreateModel(
            name='Decisione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('testo', models.TextField(verbose_name='decisione')),
                ('incaricato', models.CharField(blank=True, max_length=160, verbose_name='incaricato')),
                ('entro', models.DateField(blank=True, null=True, verbose_name='entro')),
                ('conclusa_il', models.DateField(blank=True, null=True, verbose_name='conclusa il')),
                ('incontro', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisioni', to='reti.incontro', verbose_name='incontro')),
            ],
            options={
                'verbose_name': 'decisione',
                'verbose_name_plural': 'decisioni',
                'ordering': ['entro', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Sede',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nome', models.CharField(default='Sede principale', max_length=120, verbose_name='nome')),
                ('indirizzo', models.CharField(max_length=200, verbose_name='indirizzo')),
                ('cap', models.CharField(blank=True, max_length=5, verbose_name='CAP')),
                ('lat', models.FloatField(blank=True, null=True, verbose_name='latitudine')),
                ('lon', models.FloatField(blank=True, null=True, verbose_name='longitudine')),
                ('principale', models.BooleanField(default=True, verbose_name='sede principale')),
                ('comune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sedi', to='reti.comune', verbose_name='comune')),
                ('soggetto', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sedi', to='reti.soggetto', verbose_name='soggetto')),
            ],
            options={
                'verbose_name': 'sede',
                'verbose_name_plural': 'sedi',
                'ordering': ['-principale', 'nome'],
                'constraints': [models.UniqueConstraint(fields=('soggetto', 'nome'), name='sede_una_per_nome'), models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__isnull', False), ('lon__isnull', False)), _connector='OR'), name='sede_coordinate_entrambe_o_nessuna')],
            },
        ),
        migrations.CreateModel(
            name='Rappresentanza',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('titolo', models.CharField(choices=[('legale_rappresentante', 'Legale rappresentante'), ('delegato', 'Delegato'), ('referente', 'Referente')], max_length=24, verbose_name='titolo')),
                ('puo_firmare', models.BooleanField(default=False, verbose_name='può firmare accordi')),
                ('puo_presentare', models.BooleanField(default=False, verbose_name='può presentare istanze')),
                ('puo_gestire_punti', models.BooleanField(default=False, verbose_name='può gestire i punti informativi')),
                ('puo_rispondere', models.BooleanField(default=True, verbose_name='può rispondere alle convocazioni')),
                ('atto', models.CharField(blank=True, max_length=200, verbose_name='atto di nomina o delega')),
                ('dal', models.DateField(verbose_name='valida dal')),
                ('al', models.DateField(blank=True, null=True, verbose_name='valida fino al')),
                ('utente', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rappresentanze', to=settings.AUTH_USER_MODEL, verbose_name='utente')),
                ('soggetto', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rappresentanze', to='reti.soggetto', verbose_name='soggetto')),
            ],
            options={
                'verbose_name': 'rappresentanza',
                'verbose_name_plural': 'rappresentanze',
                'ordering': ['soggetto', 'utente'],
                'constraints': [models.UniqueConstraint(fields=('utente', 'soggetto', 'dal'), name='rappresentanza_una_per_periodo'), models.CheckConstraint(condition=models.Q(('al__isnull', True), ('al__gte', models.F('dal')), _connector='OR'), name='rappresentanza_finisce_dopo_l_inizio')],
            },
        ),
        migrations.CreateModel(
            name='Adesione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ruolo', models.CharField(choices=[('promotore', 'Promotore o capofila'), ('primo_firmatario', 'Primo firmatario'), ('aderente', 'Aderente'), ('invitato', 'Invitato'), ('osservatore', 'Osservatore')], default='aderente', max_length=20, verbose_name='ruolo')),
                ('qualifica', models.CharField(blank=True, choices=[('funzionario', 'Funzionario del servizio'), ('sociale', 'Esperto del settore sociale'), ('medico_legale', 'Esperto del settore medico-legale')], max_length=20, verbose_name='qualifica')),
                ('titolare_nome', models.CharField(blank=True, max_length=160, verbose_name='nome del titolare')),
                ('titolare_email', models.EmailField(blank=True, max_length=254, verbose_name='email del titolare')),
                ('dal', models.DateField(verbose_name='dal')),
                ('al', models.DateField(blank=True, null=True, verbose_name='al')),
                ('titolare', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='seggi', to=settings.AUTH_USER_MODEL, verbose_name='titolare')),
                ('rete', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adesioni', to='reti.rete', verbose_name='tavolo')),
                ('soggetto', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adesioni', to='reti.soggetto', verbose_name='soggetto')),
            ],
            options={
                'verbose_name': 'seggio',
                'verbose_name_plural': 'seggi',
                'ordering': ['soggetto__denominazione', 'qualifica'],
                'constraints': [models.UniqueConstraint(fields=('rete', 'soggetto', 'qualifica', 'dal'), name='seggio_uno_per_periodo'), models.CheckConstraint(condition=models.Q(('al__isnull', True), ('al__gte', models.F('dal')), _connector='OR'), name='seggio_finisce_dopo_l_inizio')],
            },
        ),
        migrations.CreateModel(
            name='Accreditamento',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('registro', models.CharField(choices=[('lavoro', 'Servizi per il lavoro'), ('formazione', 'Servizi di istruzione e formazione')], max_length=12, verbose_name='registro')),
                ('numero', models.CharField(help_text='Come scritto nel registro.', max_length=60, verbose_name='numero di iscrizione')),
                ('carattere', models.CharField(choices=[('provvisorio', 'Provvisorio'), ('definitivo', 'Definitivo')], default='definitivo', max_length=12, verbose_name='carattere')),
                ('stato', models.CharField(choices=[('vigente', 'Vigente'), ('sospeso', 'Sospeso'), ('revocato', 'Revocato')], default='vigente', max_length=12, verbose_name='stato')),
                ('dal', models.DateField(verbose_name='valido dal')),
                ('al', models.DateField(blank=True, null=True, verbose_name='valido fino al')),
                ('soggetto', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accreditamenti', to='reti.soggetto', verbose_name='soggetto')),
            ],
            options={
                'verbose_name': 'accreditamento',
                'verbose_name_plural': 'accreditamenti',
                'ordering': ['registro', 'dal'],
                'constraints': [models.UniqueConstraint(fields=('soggetto', 'registro', 'numero'), name='accreditamento_una_iscrizione'), models.CheckConstraint(condition=models.Q(('al__isnull', True), ('al__gte', models.F('dal')), _connector='OR'), name='accreditamento_finisce_dopo_l_inizio')],
            },
        ),
        migrations.CreateModel(
            name='Verbale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('testo', models.TextField(verbose_name='testo')),
                ('redatto_il', models.DateTimeField(verbose_name='redatto il')),
                ('impronta', models.CharField(max_length=64, verbose_name='impronta SHA-256')),
                ('incontro', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='verbale', to='reti.incontro', verbose_name='incontro')),
                ('redatto_da', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='redatto da')),
            ],
            options={
                'verbose_name': 'verbale',
                'verbose_name_plural': 'verbali',
            },
        ),
        migrations.CreateModel(
            name='Convocazione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                ('gettone', models.CharField(default=secrets.token_urlsafe, editable=False, max_length=43, unique=True)),
                ('risposta', models.CharField(choices=[('attesa', 'In attesa'), ('si', 'Partecipa'), ('no', 'Non partecipa'), ('forse', 'Forse'), ('delega', 'Manda un delegato')], default='attesa', max_length=8, verbose_name='risposta')),
                ('risposta_il', models.DateTimeField(blank=True, null=True, verbose_name='risposta il')),
                ('risposta_via', models.CharField(blank=True, choices=[('collegamento', 'Collegamento nella mail'), ('area', 'Area riservata'), ('calendario', 'Programma di calendario'), ('ufficio', "Registrata dall'ufficio")], max_length=12, verbose_name='risposta da')),
                ('delegato', models.CharField(blank=True, max_length=160, verbose_name='delegato')),
                ('adesione', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convocazioni', to='reti.adesione', verbose_name='seggio')),
                ('incontro', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='convocazioni', to='reti.incontro', verbose_name='incontro')),
            ],
            options={
                'verbose_name': 'convocazione',
                'verbose_name_plural': 'convocazioni',
                'ordering': ['adesione__soggetto__denominazione'],
                'constraints': [models.UniqueConstraint(fields=('incontro', 'adesione'), name='convocazione_una_per_seggio'), models.CheckConstraint(condition=models.Q(models.Q(('risposta', 'delega'), _negated=True), models.Q(('delegato', ''), _negated=True), _connector='OR'), name='convocazione_delega_con_il_nome')],
            },
        ),
        migrations.CreateModel(
            name='Presenza',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('esito', models.CharField(choices=[('presente', 'Presente'), ('assente', 'Assente'), ('giustificato', 'Assente giustificato')], max_length=12, verbose_name='esito')),
                ('da_remoto', models.BooleanField(default=False, verbose_name='da remoto')),
                ('persona', models.CharField(blank=True, max_length=160, verbose_name='persona presente')),
                ('arrivo', models.TimeField(blank=True, null=True, verbose_name='arrivo')),
                ('uscita', models.TimeField(blank=True, null=True, verbose_name='uscita')),
                ('prova', models.CharField(blank=True, max_length=255, verbose_name='prova della presenza')),
                ('registrata_il', models.DateTimeField(verbose_name='registrata il')),
                ('adesione', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presenze', to='reti.adesione', verbose_name='seggio')),
                ('incontro', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presenze', to='reti.incontro', verbose_name='incontro')),
            ],
            options={
                'verbose_name': 'presenza',
                'verbose_name_plural': 'presenze',
                'ordering': ['adesione__soggetto__denominazione'],
                'constraints': [models.UniqueConstraint(fields=('incontro', 'adesione'), name='presenza_una_per_seggio'), models.CheckConstraint(condition=models.Q(('esito', 'presente'), models.Q(('arrivo__isnull', True), ('uscita__isnull', True)), _connector='OR'), name='presenza_orari_solo_a_chi_c_era')],
            },
        ),
    ]
