"""Small real pictures for uploads; each text gives another file."""

import io

from PIL import Image, ImageDraw


def evidence(text: str) -> bytes:
    """A PNG of 320 × 180 pixels with the text on it."""
    picture = Image.new("RGB", (320, 180), "white")
    ImageDraw.Draw(picture).text((10, 80), text.encode("ascii", "replace").decode(), fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
