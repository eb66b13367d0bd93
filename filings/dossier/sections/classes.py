"""What only one class of algorithm is asked (domain.md §2.9)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filings.dossier import fields
from filings.dossier.facts import answered, of_class
from filings.dossier.files import EVIDENCE
from filings.dossier.forms import SectionForm

YES = "yes"


class Personalisation(SectionForm):
    code = "personalisation"
    group = "strategy"
    title = _("Strategy of personalised push")
    when = of_class("02")
    cites = ("ARP 10", "ARP 12", "ARP 17")

    user_data = fields.long_text(
        _("Traits and behaviour used"),
        max_length=1500,
        expects=_("Each kind, its source, its weight in the result."),
        cites=("ARP 10", "PIPL 24"),
    )
    tags = fields.long_text(
        _("User models and tags"),
        max_length=1500,
        expects=_("How tags arise, how many, how illegal and bad words are kept out of interests."),
        cites=("ARP 10",),
    )
    steps = fields.long_text(
        _("Recall and ranking"),
        max_length=1500,
        expects=_("Sources of candidates, stages of ranking, de-duplication and scattering."),
        cites=("ARP 12",),
    )
    off_switch = fields.long_text(
        _("Off switch"),
        max_length=600,
        expects=_("Steps from the first screen to the switch; what is shown when it is off."),
        cites=("ARP 17", "PIPL 24"),
    )
    off_switch_evidence = fields.files(_("Screenshots of the off switch"), EVIDENCE, cites=("ARP 17",))
    tag_control = fields.long_text(
        _("Choosing and deleting tags"),
        max_length=600,
        cites=("ARP 17",),
    )
    tag_control_evidence = fields.files(_("Screenshots of tag control"), EVIDENCE, cites=("ARP 17",))
    first_screen = fields.long_text(
        _("First screen and prominent places"),
        max_length=1000,
        expects=_("How mainstream values are shown and people step in."),
        cites=("ARP 11",),
    )


class Ranking(SectionForm):
    code = "ranking"
    group = "strategy"
    title = _("Ranking and lists")
    when = of_class("03")
    cites = ("ARP 11", "ARP 14")

    lists = fields.long_text(
        _("Lists and places"),
        max_length=1000,
        expects=_("Hot searches, selections, charts, pop-ups: name, length, place."),
        cites=("ARP 11",),
    )
    objective_factors = fields.long_text(_("Objective factors"), max_length=1000, cites=("ARP 12",))
    subjective_factors = fields.long_text(_("Subjective factors"), max_length=1000, cites=("ARP 12",))
    refresh = fields.text(_("Refresh"), max_length=200)
    ecology = fields.long_text(
        _("Ecology of lists"),
        max_length=1500,
        expects=_("Manual intervention, share of mainstream content, how bad information is kept off."),
        cites=("ARP 11",),
    )
    anti_manipulation = fields.long_text(
        _("Against manipulation"),
        max_length=1500,
        expects=_("False accounts, false likes and comments, paid places: how recognised and ended."),
        cites=("ARP 14",),
    )
    evidence = fields.files(_("Screenshots of the lists"), EVIDENCE, cites=("ARP 11",))
    rules_published = fields.web(
        _("Where the rules of ranking are published"),
        required=False,
        cites=("ARP 12", "ARP 16"),
    )


class Search(SectionForm):
    code = "search"
    group = "strategy"
    title = pgettext_lazy("algorithm", "Search")
    when = of_class("04")
    cites = ("ARP 12",)

    index_source = fields.long_text(
        _("Sources of the index"),
        max_length=1000,
        expects=_("What is indexed, from where, how often, what is left out."),
    )
    query_types = fields.long_text(
        _("Kinds of query"),
        max_length=1000,
        expects=_("Words, image, voice; correction and expansion of queries."),
    )
    ordering = fields.long_text(_("Order of results"), max_length=1500, cites=("ARP 12",))
    paid_results = fields.long_text(
        _("Paid results"),
        max_length=600,
        expects=_("Whether there are any and how they are told apart. Write “none” if there are none."),
    )
    suggestions = fields.long_text(_("Suggested and hot queries"), max_length=1000, cites=("ARP 11",))
    blocked = fields.long_text(_("Illegal queries and results"), max_length=1000, cites=("ARP 9",))


class Filtering(SectionForm):
    code = "filtering"
    group = "strategy"
    title = _("Filtering")
    when = of_class("05")
    cites = ("ARP 9",)

    targets = fields.long_text(
        _("What is filtered"),
        max_length=1000,
        expects=_("Which content of which place: comments, pictures, live streams."),
        cites=("ARP 9",),
    )
    standard = fields.long_text(_("Standard of decision"), max_length=1000, cites=("ARP 9",))
    actions = fields.long_text(
        _("What happens with a hit"),
        max_length=1000,
        expects=_("Block, hide, send to people; records and reports."),
        cites=("ARP 9",),
    )
    errors = fields.long_text(
        _("Wrong hits and appeal"),
        max_length=1000,
        expects=_("Measured rates, and how an author gets wrongly hidden content back."),
        cites=("ARP 22",),
    )


class Dispatch(SectionForm):
    code = "dispatch"
    group = "strategy"
    title = _("Dispatch and workers' rights")
    when = of_class("06")
    cites = ("ARP 20",)

    objects = fields.long_text(
        _("What is dispatched"),
        max_length=1000,
        expects=_("Orders, states of workers and vehicles, data of the surroundings."),
    )
    rules = fields.long_text(
        _("Rules of decision"),
        max_length=1500,
        expects=_("Factors, their order, limits that are never crossed."),
    )
    human_control = fields.long_text(_("Control by people"), max_length=1000)
    schedules_labour = fields.yes_no(_("Does it assign work to people?"), cites=("ARP 20",))
    income = fields.long_text(
        _("Pay"),
        max_length=1000,
        when=answered("schedules_labour", YES),
        cites=("ARP 20",),
    )
    rest = fields.long_text(
        _("Working time and rest"),
        max_length=1000,
        when=answered("schedules_labour", YES),
        expects=_("Limits on hours in a row, reminders, orders while resting."),
        cites=("ARP 20",),
    )
    rewards = fields.long_text(
        _("Rewards and penalties"),
        max_length=1000,
        when=answered("schedules_labour", YES),
        cites=("ARP 20",),
    )
    worker_appeal = fields.long_text(
        _("Appeal of workers"),
        max_length=1000,
        when=answered("schedules_labour", YES),
        cites=("ARP 20", "ARP 22"),
    )
    worker_evidence = fields.files(
        _("Screenshots and agreements for workers"),
        EVIDENCE,
        when=answered("schedules_labour", YES),
        cites=("ARP 20",),
    )


class Pricing(SectionForm):
    code = "pricing"
    group = "strategy"
    title = _("Prices and terms of trade")
    when = of_class("02", "06")
    cites = ("ARP 21",)

    decides_price = fields.yes_no(
        _("Does it sell goods or services, or decide prices or terms?"),
        cites=("ARP 21",),
    )
    factors = fields.long_text(
        _("Factors of the price"),
        max_length=1000,
        when=answered("decides_price", YES),
        expects=_("All factors, and that a consumer's habits or preferences are not among them."),
        cites=("ARP 21", "PIPL 24"),
    )
    fairness = fields.long_text(
        _("Check against unequal treatment"),
        max_length=1000,
        when=answered("decides_price", YES),
        expects=_("Tests with comparable users, how often, results."),
        cites=("ARP 21",),
    )
