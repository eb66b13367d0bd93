"""Key pages in Chinese: nothing a person reads there is an English sentence."""

import datetime as dt
import re
from html.parser import HTMLParser

from django.urls import reverse

from filings import entities, events
from filings.dossier.kinds import KINDS
from reviews import queue

SENTENCE = re.compile(r"[A-Za-z][a-z’']+(?:[,;:]? [a-z][a-z’'-]*\b){2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
READ_ALOUD = {"alt", "aria-label", "placeholder", "title"}
NOT_READ = {"script", "style", "code", "pre", "svg", "textarea"}
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr", "path", "circle", "rect"}

PUBLIC = (
    "portal:home",
    "portal:guide",
    "portal:guide-check",
    "portal:guide-checklist",
    "portal:guide-specimen",
    "portal:law-list",
    "portal:about",
    "portal:accessibility",
    "register:list",
    "register:verify",
    "account_login",
    "account_signup",
)


class Reader(HTMLParser):
    """Collects what a page says, but for code and for passages marked as being in another language."""

    def __init__(self):
        super().__init__()
        self.open = []  # (tag, whether its text is read)
        self.said = []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        is_read = self.is_read and tag not in NOT_READ and (facts.get("lang") or "zh").startswith("zh")
        if is_read:
            self.said += [value for name, value in attrs if name in READ_ALOUD and value]
        if tag not in EMPTY:
            self.open.append((tag, is_read))

    def handle_endtag(self, tag):
        while self.open and tag in [name for name, _is_read in self.open]:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if self.is_read:
            self.said.append(data)

    @property
    def is_read(self):
        return not self.open or self.open[-1][1]


def english_in(html):
    reader = Reader()
    reader.feed(html)
    said = [" ".join(text.split()) for text in reader.said]
    return [text for text in said if SENTENCE.search(text) and not CHINESE.search(text)]


def english_on(client, address):
    answer = client.get(address, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 200, address
    return english_in(answer.content.decode())


def found_on(client, addresses):
    return {address: english for address in addresses if (english := english_on(client, address))}


def test_a_reader_finds_english_sentences_among_chinese():
    html = '<p>已保存</p><p title="Go on to it">Saved a moment ago<br><code>make the tests</code> API 3.0</p>'
    assert english_in(html) == ["Go on to it", "Saved a moment ago"]


def test_public_pages_say_nothing_in_english_to_a_chinese_reader(client, installation):
    addresses = [*map(reverse, PUBLIC), reverse("portal:law-detail", args=["arp"])]
    assert found_on(client, addresses) == {}


def test_an_entitys_pages_say_nothing_in_english_to_a_chinese_reader(client, provider, entity):
    client.force_login(provider)
    own = ("entity-detail", "profile-list", "member-list")
    addresses = [reverse(f"filings:{name}") for name in ("notice-list", "filing-start", "entity-create")]
    addresses += [reverse(f"filings:{name}", args=[entity.pk]) for name in own]
    addresses += [
        reverse("filings:profile-section", args=[entity.pk, section.code]) for section in entities.KIND.sections
    ]
    assert found_on(client, addresses) == {}


def test_a_dossiers_pages_say_nothing_in_english_to_a_chinese_reader(client, provider, draft):
    client.force_login(provider)
    pages = ("procedure-detail", "dossier-list", "dossier-check", "finding-list", "procedure-withdraw")
    addresses = [reverse(f"filings:{name}", args=[draft.pk]) for name in pages]
    addresses += [
        reverse("filings:dossier-section", args=[draft.pk, section.code])
        for section in KINDS[draft.filing.kind].sections
    ]
    assert found_on(client, addresses) == {}


def test_the_desks_pages_say_nothing_in_english_to_a_chinese_officer(client, submitted, reviewer, now):
    events.deliver_due(at=now + dt.timedelta(minutes=5))
    task = queue.claim_next(by=reviewer, at=now)
    client.force_login(reviewer)
    lists = ("reviews_reviewtask_changelist", "filings_entityversion_changelist", "reviews_proposal_changelist")
    addresses = [reverse("admin:index"), *(reverse(f"admin:{name}") for name in lists)]
    addresses += [reverse(f"admin:reviews_reviewtask_{name}", args=[task.pk]) for name in ("review", "propose")]
    assert found_on(client, addresses) == {}
