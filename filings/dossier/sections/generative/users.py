"""Minors, users' input, agreement and the people in charge (GAI 9-11, 15; standard ch. 7)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.files import EVIDENCE, SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.generative.options import YES


class Minors(SectionForm):
    code = "minors"
    group = "users"
    title = _("Minors")
    lead = _("Measures against over-dependence are asked of every service; nobody can shut all minors out.")
    cites = ("GAI 10", "MIN 43", "GB/T 45654-2025 7")

    serves_minors = fields.yes_no(_("Are minors among the users?"), cites=("GAI 10",))
    exclusion = fields.long_text(
        _("How minors are kept out"), max_length=600, when=answered("serves_minors", "no"), cites=("GAI 10",)
    )
    anti_addiction = fields.long_text(
        _("Against dependence and addiction"),
        max_length=1000,
        expects=_("Limits on time and spending, reminders, and what is done when a minor is noticed."),
        cites=("GAI 10",),
    )
    evidence = fields.files(_("Screenshots of these measures"), EVIDENCE, cites=("GAI 10",))
    minors_mode = fields.long_text(
        _("Mode for minors"),
        max_length=1000,
        when=answered("serves_minors", YES),
        expects=_("How it is entered, what it holds, what guardians can set."),
        cites=("GAI 10",),
    )
    guardian_consent = fields.long_text(
        _("Information of children under 14"),
        max_length=800,
        when=answered("serves_minors", YES),
        expects=_("How a guardian's consent is obtained."),
        cites=("PIPL 31",),
    )
    spending = fields.long_text(
        _("Paid functions"),
        max_length=600,
        when=answered("serves_minors", YES),
        expects=_("What minors cannot buy."),
        cites=("GAI 10",),
    )


class UserInput(SectionForm):
    code = "user_input"
    group = "users"
    title = _("Users' input and their rights")
    cites = ("GAI 11", "PIPL 44")

    collected = fields.long_text(
        _("Which information is collected"),
        max_length=1000,
        expects=_("Each kind, and why the service needs it."),
        cites=("GAI 11",),
    )
    retention = fields.long_text(
        _("How long input and records are kept"),
        max_length=600,
        expects=_("And how they are protected."),
        cites=("GAI 11",),
    )
    sharing = fields.long_text(
        _("Who else receives it"),
        max_length=600,
        expects=_("Nobody, or who, for what, with which consent."),
        cites=("GAI 11", "PIPL 23"),
    )
    requests = fields.long_text(
        _("Requests of users"),
        max_length=800,
        expects=_("How they see, copy, correct, supplement and delete what concerns them."),
        cites=("GAI 11", "PIPL 45", "PIPL 47"),
    )
    request_days = fields.integer(
        _("Answered within"), least=1, most=90, unit=_("working days"), cites=("GAI 11", "PIPL 50")
    )
    trains_on_input = fields.yes_no(_("Is users' input used for training?"), cites=("GAI 11", "GB/T 45654-2025 7"))
    opt_out = fields.long_text(
        _("How users refuse it"),
        max_length=500,
        when=answered("trains_on_input", YES),
        expects=_("Each step from the main screen, or the words by which it is refused."),
        cites=("GAI 11", "GB/T 45654-2025 7"),
    )
    opt_out_clicks = fields.integer(
        _("Clicks from the main screen"),
        least=0,
        most=99,
        when=answered("trains_on_input", YES),
        expects=_("At most four."),
        cites=("GB/T 45654-2025 7",),
    )
    opt_out_evidence = fields.files(
        _("Screenshots of each step"), EVIDENCE, when=answered("trains_on_input", YES), cites=("GAI 11",)
    )


class Agreement(SectionForm):
    code = "agreement"
    group = "users"
    title = _("Service agreement")
    cites = ("GAI 9", "GAI 10")

    agreement = fields.web(_("Service agreement"), cites=("GAI 9", "DSP 8"))
    agreement_file = fields.files(_("The agreement as a file"), SCAN, cites=("GAI 9",))
    privacy_policy = fields.web(_("Privacy policy"), cites=("GAI 11",))
    privacy_file = fields.files(_("The policy as a file"), SCAN, cites=("GAI 11",))
    duties = fields.long_text(
        _("Rights and duties it sets"),
        max_length=1000,
        expects=_("Of users and of yourselves, forbidden uses, what follows."),
        cites=("GAI 9", "GAI 14(2)"),
    )
    notice = fields.long_text(
        _("What is published about use"),
        max_length=800,
        expects=_("Suitable people, occasions and uses, and where they are read."),
        cites=("GAI 10",),
    )
    number_display = fields.long_text(
        _("Where model and number are shown"),
        max_length=400,
        expects=_("Name and filing number of the model, in a prominent place or on the page of the product."),
        cites=("GAI 17",),
    )


class Role(ItemForm):
    title = _("Person in charge")
    minimum = 1
    cites = ("GB/T 45654-2025 7",)

    duty = fields.text(_("In charge of"), max_length=100, example=_("Security assessment"))
    name = fields.text(_("Name"), max_length=60)
    position = fields.text(_("Position"), max_length=100)


class Personnel(SectionForm):
    code = "personnel"
    group = "safety"
    title = _("People")
    cites = ("GB/T 45654-2025 7", "GAI 9")
    items: ClassVar[dict[str, type[ItemForm]]] = {"roles": Role}

    safety_staff = fields.integer(_("People for safety"), least=1, cites=("GB/T 45654-2025 7",))
    staff_reason = fields.long_text(
        _("Why that many suffice"),
        max_length=500,
        expects=_("Against users, requests a day and hours of service."),
        cites=("GB/T 45654-2025 7",),
    )
    training = fields.long_text(_("Training"), max_length=600, cites=("GB/T 45654-2025 7",))
    duty_hours = fields.text(
        _("Hours of duty"), max_length=100, expects=_("Such as every day, around the clock, in shifts.")
    )
