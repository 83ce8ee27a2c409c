import core.orologio
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # After every library's own migrations: Django renders each changed model with all its
    # relations, and our tables would make each of those steps twice as slow.
    dependencies = [
        ('account', '0009_emailaddress_unique_primary_email'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('utenti', '__first__'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailforms', '0005_alter_formsubmission_form_data'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Installazione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ente', models.CharField(default='Provincia', max_length=120, verbose_name='ente')),
                ('struttura', models.CharField(default='Settore lavoro e formazione', max_length=120, verbose_name='struttura')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email')),
                ('pec', models.EmailField(blank=True, max_length=254, verbose_name='PEC')),
                ('telefono', models.CharField(blank=True, max_length=40, verbose_name='telefono')),
                ('indirizzo', models.CharField(blank=True, max_length=200, verbose_name='indirizzo')),
                ('dati_dimostrativi', models.BooleanField(default=False, verbose_name='dati dimostrativi')),
            ],
            options={
                'verbose_name': 'installazione',
                'verbose_name_plural': 'installazione',
            },
        ),
        migrations.CreateModel(
            name='TestaRegistro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.PositiveBigIntegerField(default=0)),
                ('impronta', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
            options={
                'verbose_name': 'testa del registro',
                'verbose_name_plural': 'testa del registro',
            },
        ),
        migrations.CreateModel(
            name='Messaggio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chiave', models.CharField(help_text='Stessa chiave, stesso messaggio: una seconda richiesta non fa nulla.', max_length=120, unique=True)),
                ('destinatario', models.EmailField(max_length=254, verbose_name='destinatario')),
                ('oggetto', models.CharField(max_length=255, verbose_name='oggetto')),
                ('testo', models.TextField(blank=True, verbose_name='testo')),
                ('allegato', models.TextField(blank=True, verbose_name='calendario allegato')),
                ('metodo', models.CharField(blank=True, help_text='METHOD del calendario allegato', max_length=20)),
                ('rispondi_a', models.EmailField(blank=True, max_length=254)),
                ('riservato', models.BooleanField(default=False, help_text="Contiene un codice: il testo sparisce dopo l'invio.")),
                ('stato', models.CharField(choices=[('in_coda', 'In coda'), ('inviato', 'Inviato'), ('abbandonato', 'Non consegnato: tentativi finiti')], default='in_coda', max_length=12, verbose_name='stato')),
                ('creato', models.DateTimeField(default=core.orologio.adesso, verbose_name='creato')),
                ('tentativi', models.PositiveSmallIntegerField(default=0, verbose_name='tentativi')),
                ('prossimo', models.DateTimeField(default=core.orologio.adesso, verbose_name='prossimo tentativo')),
                ('inviato', models.DateTimeField(blank=True, null=True, verbose_name='inviato')),
                ('errore', models.CharField(blank=True, max_length=255, verbose_name='ultimo errore')),
                ('riferimento', models.CharField(blank=True, db_index=True, max_length=80)),
            ],
            options={
                'verbose_name': 'messaggio in uscita',
                'verbose_name_plural': 'posta in uscita',
                'ordering': ['-creato', '-pk'],
                'indexes': [models.Index(fields=['stato', 'prossimo'], name='posta_da_inviare')],
            },
        ),
        migrations.CreateModel(
            name='RigaRegistro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.PositiveBigIntegerField(unique=True, verbose_name='numero')),
                ('quando', models.DateTimeField(verbose_name='quando')),
                ('azione', models.CharField(max_length=80, verbose_name='azione')),
                ('oggetto_tipo', models.CharField(max_length=80, verbose_name='tipo di oggetto')),
                ('oggetto_id', models.CharField(max_length=64, verbose_name='identificativo')),
                ('oggetto_nome', models.CharField(max_length=255, verbose_name='oggetto')),
                ('dati', models.JSONField(default=dict, verbose_name='dati')),
                ('precedente', models.CharField(max_length=64)),
                ('impronta', models.CharField(max_length=64, unique=True)),
                ('utente', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='utente')),
            ],
            options={
                'verbose_name': 'riga del registro',
                'verbose_name_plural': 'registro delle operazioni',
                'ordering': ['numero'],
                'indexes': [models.Index(fields=['oggetto_tipo', 'oggetto_id'], name='registro_per_oggetto')],
            },
        ),
    ]
