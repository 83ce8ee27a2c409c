from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("punti_informativi", "0003_lingue_e_conferme")]
    operations = [migrations.RemoveField("puntoinformativo", "lingue_scritte")]
