"""What judges pages misses nothing: contrast is judged by look, every other rule on every element."""

import pytest

from tests.browser import assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

PAGE = """<!doctype html><html lang="en"><head><title>x</title><style>
body {{ background: #fff; color: #222 }} a {{ color: #333; text-decoration: none }}
.dark {{ background: #444 }} .pale {{ color: #ddd }}
</style></head><body><main><h1>x</h1>{}</main></body></html>"""
FINE = "<p>words</p>" * 10 + '<p><a href="#x">a link alone</a></p>' * 4


@pytest.fixture
def judge(page_at):
    page = page_at()

    def judge(body):
        page.goto("about:blank")
        page.set_content(PAGE.format(body))
        assert_accessible(page)

    return judge


@pytest.mark.parametrize(
    "body",
    [
        '<p class="pale">words</p>',
        '<div class="dark"><p>words</p></div>',
        '<p hidden class="pale">words</p><p class="pale">words</p>',
        '<p style="opacity: .3">words</p>',
        '<p style="background-color: rgba(40, 40, 40, .9)">words</p>',
        '<label>words <input class="pale" value="words"></label>',
        '<p>words and words <a href="#x">and a link</a> and words</p>',
        '<img src="x.png">',
    ],
)
def test_what_is_wrong_on_one_element_is_found_after_many_that_are_right(judge, body):
    judge(FINE)
    judge(FINE)
    for _again in range(2):
        with pytest.raises(AssertionError, match=r"color-contrast|link-in-text-block|image-alt"):
            judge(FINE + body)


def test_pages_that_are_right_stay_right(judge):
    judge(f'{FINE}<div class="dark"><p class="pale">words</p></div>')
    judge(f'<div class="dark"><p class="pale">words</p></div>{FINE}')
