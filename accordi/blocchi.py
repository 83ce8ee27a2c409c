"""What a call asks beside its rule: questions by type, documents, frequent questions, as blocks of the editor.

An answer is kept under the block's own id, so that a question may be reworded or moved without losing it.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class _Domanda(blocks.StructBlock):
    """What every question has."""

    domanda = blocks.CharBlock(label=_("domanda"), max_length=300)
    aiuto = blocks.CharBlock(label=_("aiuto per chi risponde"), max_length=300, required=False)
    obbligatoria = blocks.BooleanBlock(label=_("obbligatoria"), required=False, default=True)

    class Meta:
        icon = "help"


class _DomandaConScelte(_Domanda):
    scelte = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("scelte"), min_num=2)


class DomandeBlock(blocks.StreamBlock):
    """The form of a call. The name of each block is the type of its answer."""

    titolo = blocks.CharBlock(label=_("titolo di una parte"), max_length=120, icon="title")
    testo_breve = _Domanda(label=_("una riga"))
    testo_lungo = _Domanda(label=_("più righe"))
    numero = _Domanda(label=_("numero intero"))
    importo = _Domanda(label=_("importo in euro"))
    data = _Domanda(label=_("data"))
    si_no = _Domanda(label=_("sì o no"))
    scelta = _DomandaConScelte(label=_("una scelta"))
    piu_scelte = _DomandaConScelte(label=_("più scelte"))


class DocumentoRichiestoBlock(blocks.StructBlock):
    """A document to attach. `formati` are file name endings."""

    nome = blocks.CharBlock(label=_("documento"), max_length=200)
    aiuto = blocks.CharBlock(label=_("aiuto"), max_length=300, required=False)
    obbligatorio = blocks.BooleanBlock(label=_("obbligatorio"), required=False, default=True)
    di_ogni_soggetto = blocks.BooleanBlock(label=_("uno per ciascun soggetto della rete"), required=False)
    formati = blocks.MultipleChoiceBlock(
        label=_("formati"),
        choices=[("pdf", "PDF"), ("p7m", "P7M"), ("docx", "DOCX"), ("xlsx", "XLSX"), ("jpg", "JPG"), ("png", "PNG")],
        default=["pdf"],
    )

    class Meta:
        icon = "doc-full"
        label = _("documento")


class FaqBlock(blocks.StructBlock):
    domanda = blocks.CharBlock(label=_("domanda"), max_length=300)
    risposta = blocks.RichTextBlock(label=_("risposta"), features=["bold", "ol", "ul", "link", "document-link"])

    class Meta:
        icon = "help"
        label = _("domanda frequente")
