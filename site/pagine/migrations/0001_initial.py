import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContenutoPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('sommario', models.CharField(max_length=255, verbose_name='in breve')),
                ('corpo', wagtail.fields.StreamField([('testo', 0), ('immagine', 1), ('passi', 5)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Testo'}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Immagine'}), 2: ('wagtail.blocks.CharBlock', (), {}), 3: ('wagtail.blocks.TextBlock', (), {}), 4: ('wagtail.blocks.StructBlock', [[('titolo', 2), ('testo', 3)]], {}), 5: ('wagtail.blocks.ListBlock', (4,), {'label': 'Passi numerati'})}, verbose_name='contenuto')),
            ],
            options={
                'verbose_name': 'pagina di contenuto',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('sottotitolo', models.CharField(blank=True, max_length=200, verbose_name='sottotitolo')),
            ],
            options={
                'verbose_name': 'pagina iniziale',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NotiziaPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('data', models.DateField(verbose_name='data')),
                ('sommario', models.CharField(max_length=255, verbose_name='in breve')),
                ('testo', wagtail.fields.RichTextField(verbose_name='testo')),
            ],
            options={
                'verbose_name': 'notizia',
            },
            bases=('wagtailcore.page',),
        ),
    ]
