"""Papers put through a scanner that stands a little askew: rendered, turned, with noise, as PDF or pictures."""

import io

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops

from filings import papers

DOTS = 150
TURNS = (1.2, -2.4, 3.0, -0.6)


def scanned(paper, *, pages=None, dots=DOTS, noise=18, turns=TURNS):
    """The pages of a paper as grey pictures; ``pages`` counts from 1."""
    with papers.open_paper(paper) as content:
        document = pypdfium2.PdfDocument(content.read())
    try:
        wanted = pages or range(1, len(document) + 1)
        return [_one(document[n - 1], dots, noise, turns[n % len(turns)]) for n in wanted]
    finally:
        document.close()


def _one(page, dots, noise, turn):
    picture = page.render(scale=dots / 72, grayscale=True).to_pil()
    picture = picture.rotate(turn, fillcolor=252, resample=Image.Resampling.BICUBIC)
    return ImageChops.add(picture, Image.effect_noise(picture.size, noise), offset=-128)


def blank(noise=12):
    empty = Image.new("L", (1240, 1754), 250)
    return ImageChops.add(empty, Image.effect_noise(empty.size, noise), offset=-128)


def as_pdf(pictures, name="scan.pdf"):
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=DOTS)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def as_picture(picture, name="page.jpg"):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
