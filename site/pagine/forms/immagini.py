"""The form of an image, by Wagtail."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class ImmagineForm(BaseImageForm):
    """Says in words what an image too large for us is: Wagtail counts it in pixels, when it can count at all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages["file_too_many_pixels"] = _(
                "L'immagine è troppo grande: ha più di %d milioni di punti. Rimpiccioliscila e caricala di nuovo."
            ) % (settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000)
