import pytest
from django.urls import reverse

from tests.browser import DESKTOP, PHONE, assert_accessible, assert_fits, picture


@pytest.mark.journey
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_shared_component_fits_and_is_accessible(page_at, installation, width, language, scheme):
    page = page_at(width=width, language=language, color_scheme=scheme)
    page.goto(f"{reverse('portal:style')}?errors=1")

    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert_accessible(page)
    assert_fits(page)
    picture(page, f"style-{scheme}-{language}-{width}")


FRONT = ["home", "guide", "guide-check", "guide-checklist", "guide-specimen", "law-list", "about", "accessibility"]


@pytest.mark.journey
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_public_front_fits_and_is_accessible(page_at, installation, width, language):
    page = page_at(width=width, language=language)
    addresses = [reverse(f"portal:{name}") for name in FRONT]
    for address in [*addresses, "/law/arp/", "/guide/check/?public=yes&does=01&role=both&opinion=unsure&model=api"]:
        page.goto(address)
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.journey
def test_the_first_view_of_the_home_page_is_light(page_at, installation):
    page = page_at()
    sizes = []
    page.on("response", lambda answer: sizes.append(answer.request.sizes()["responseBodySize"]))
    page.goto("/", wait_until="networkidle")

    assert sum(sizes) < 500_000  # uncompressed here; a production server sends it at about a fifth


def test_the_style_page_is_not_shown_in_production(client, db, settings):
    settings.DEMONSTRATION = False
    assert client.get(reverse("portal:style")).status_code == 404
