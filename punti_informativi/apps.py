from django.apps import AppConfig

from punti_informativi import generazione  # noqa: F401  declared before any write


class PuntiInformativiConfig(AppConfig):
    name = "punti_informativi"
    verbose_name = "Punti informativi"

    def ready(self) -> None:
        from wagtail.signals import published  # noqa: PLC0415  its models load before this

        from accordi import segnali  # noqa: PLC0415  models load before this
        from punti_informativi import ricevitori  # noqa: PLC0415  models are not loaded before

        segnali.accordo_sospeso.connect(ricevitori.accordo_sospeso, dispatch_uid="punti.accordo_sospeso")
        segnali.accordo_ripreso.connect(ricevitori.accordo_ripreso, dispatch_uid="punti.accordo_ripreso")
        published.connect(
            ricevitori.punto_pubblicato,
            sender=self.get_model("PuntoInformativo"),
            dispatch_uid="punti.punto_pubblicato",
        )
