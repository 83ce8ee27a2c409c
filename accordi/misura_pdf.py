"""How much a PDF from outside may grow while it is read (R10, R14). A leaf.

A file of a few kilobytes can hold gigabytes, compressed more than once; or a table that
promises a thousand million objects and holds none, which pyHanko's own limits
don't see. Beyond these measures, far above any agreement's, nothing more is read.
"""

import io

from pyhanko.pdf_utils import generic, misc, reader
from pyhanko.pdf_utils.decode_limits import (
    DEFAULT_PURPOSE_LIMITS,
    DecodeLimits,
    DecodePurpose,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefBuilder

MIB = 1024 * 1024
MASSIMI_OGGETTI = 200_000  # in all the tables of a file that are streams
LIMITI = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MIB),
    # Each byte of these becomes a Python object of a hundred.
    per_purpose=DEFAULT_PURPOSE_LIMITS | {DecodePurpose.OBJECT_STREAM: StreamDecodeLimits(max_output_size=4 * MIB)},
    document_budget=DocumentDecodeBudget(base_allowance=128 * MIB, max_ratio=4),
)


def lettore(documento: bytes) -> PdfFileReader:
    """A reader within these measures. Raises PdfDecodeLimitError, now or while objects are read."""
    return PdfFileReader(io.BytesIO(documento), decode_limits=LIMITI)


class _Indici(XRefBuilder):
    """Looks at what a table promises before reading it."""

    oggetti = 0

    def _read_xref_stream_object(self) -> tuple[generic.Reference, generic.StreamObject]:
        riferimento, flusso = super()._read_xref_stream_object()
        intervalli = flusso.get("/Index", [0, flusso.get("/Size")])
        # A negative count would hide another's excess in the sum.
        self.oggetti += sum(abs(int(quanti)) for _da, quanti in misc.pair_iter(intervalli))
        if self.oggetti > MASSIMI_OGGETTI:
            raise PdfDecodeLimitError("Too many objects promised.")
        return riferimento, flusso


# The reader makes its builder by this name and offers no other place to say which.
reader.XRefBuilder = _Indici
