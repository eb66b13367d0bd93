"""Reads the implicit label of a generated file: the field AIGC of GB 45438-2025 (LBL 5, 12).

Pure: a file in, a verdict out. No row, no request, no clock. What a verdict means for a dossier,
an inspection or a screen is said by whoever asks.
"""

from filings.labelreading.places import BY_CODE, ELSEWHERE, FORMATS, PLACES, Confidence, Place
from filings.labelreading.producer import ProducerCode
from filings.labelreading.reading import READER_VERSION, State, Verdict, read

__all__ = [
    "BY_CODE",
    "ELSEWHERE",
    "FORMATS",
    "PLACES",
    "READER_VERSION",
    "Confidence",
    "Place",
    "ProducerCode",
    "State",
    "Verdict",
    "read",
]
