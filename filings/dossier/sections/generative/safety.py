"""Positive content, interception, and what follows illegal content and illegal use (GAI 4, 14)."""

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.files import EVIDENCE
from filings.dossier.forms import SectionForm
from filings.dossier.sections import users
from filings.dossier.sections.generative.options import FILED, METHODS


class PositiveContent(SectionForm):
    code = "positive_content"
    group = "safety"
    title = _("Positive content")
    cites = ("GAI 4", "GAI 5")

    measures = fields.long_text(
        _("Measures for healthy and positive content"),
        max_length=1500,
        expects=_("In choice of corpora, training, prompts and answers."),
        cites=("GAI 4", "GAI 5"),
    )
    values = fields.long_text(
        _("Socialist core values"),
        max_length=1000,
        expects=_("How answers on the matters of risk group A.1 are kept to them."),
        cites=("GAI 4",),
    )
    cooperation = fields.long_text(
        _("Work with others"),
        max_length=600,
        required=False,
        expects=_("Trade bodies, schools, research and cultural bodies that take part in data or risk prevention."),
        cites=("GAI 5",),
    )
    evidence = fields.files(_("Examples of answers"), EVIDENCE, required=False, cites=("GAI 4",))


class ContentSafety(SectionForm):
    code = "content_safety"
    group = "safety"
    title = _("Safety measures for content")
    lead = _("What keeps illegal and bad content out: before, in and behind the model.")
    cites = ("GAI 4", "GAI 9", "GB/T 45654-2025 6", "GB/T 45654-2025 7")

    input_methods = fields.choices(_("Review of input by"), METHODS, cites=("GAI 9", "DSP 10"))
    input_review = fields.long_text(
        _("Review of input"),
        max_length=1000,
        expects=_("What is refused, what the user reads then."),
        cites=("GAI 9", "DSP 10"),
    )
    output_methods = fields.choices(_("Review of output by"), METHODS, cites=("GAI 9", "DSP 10"))
    output_review = fields.long_text(_("Review of output"), max_length=1000, cites=("GAI 9", "DSP 10"))
    keyword_days = fields.integer(
        _("Keyword list updated every"),
        least=1,
        most=3650,
        unit=_("days"),
        expects=_("About weekly."),
        cites=("GB/T 45654-2025 8",),
    )
    bank_days = fields.integer(
        _("Question banks updated every"),
        least=1,
        most=3650,
        unit=_("days"),
        expects=_("At least monthly."),
        cites=("GB/T 45654-2025 8",),
    )
    watchers = fields.integer(
        _("People who watch the content"),
        least=1,
        expects=_("As many as the size of the service asks for."),
        cites=("GB/T 45654-2025 7",),
    )
    attacks = fields.long_text(
        _("Against attacks by prompt"),
        max_length=1000,
        expects=_("How attempts are tested for, noticed and stopped."),
        cites=("GB/T 45654-2025 6",),
    )
    discrimination = fields.long_text(
        _("Against discrimination"),
        max_length=1000,
        expects=_("By ethnicity, belief, nationality, region, sex, age, occupation and health."),
        cites=("GAI 4(2)",),
    )
    accuracy = fields.long_text(
        _("Accuracy and reliability of answers"), max_length=1000, cites=("GAI 4", "GB/T 45654-2025 6")
    )
    rights = fields.long_text(
        _("Trade secrets and fair competition"),
        max_length=800,
        expects=_("Neither the service nor its data and platform are used for monopoly or unfair competition."),
        cites=("GAI 4",),
    )
    monitoring = fields.long_text(
        _("Monitoring of the service"),
        max_length=1000,
        expects=_("What is measured, who is woken."),
        cites=("GAI 13", "GB/T 45654-2025 7"),
    )
    stability = fields.long_text(
        _("Stable and continuous service"),
        max_length=1000,
        expects=_("Backups and recovery of data, model and service."),
        cites=("GAI 13",),
    )
    rules = fields.long_text(
        _("Rules on content safety"),
        max_length=2000,
        expects=_("Who is in charge, review, training, records, emergencies."),
        cites=("GAI 9",),
    )


class IllegalContent(SectionForm):
    code = "illegal_content"
    group = "safety"
    title = _("When illegal content is found")
    cites = ("GAI 14(1)",)

    discovery = fields.long_text(_("How it is found"), max_length=800, cites=("GAI 14(1)",))
    stop = fields.long_text(
        _("Stop generation and transmission"),
        max_length=800,
        expects=_("Who does it, how fast, for whom it stops."),
        cites=("GAI 14(1)",),
    )
    removal = fields.long_text(
        _("Removal"), max_length=800, expects=_("From history, shares and caches."), cites=("GAI 14(1)",)
    )
    retraining = fields.long_text(
        _("Correct by training"),
        max_length=1000,
        expects=_("How the model is trained so that it does not happen again, and how that is tested."),
        cites=("GAI 14(1)",),
    )
    record = fields.long_text(
        _("Record"), max_length=600, expects=_("What is kept, and how long."), cites=("GAI 14(1)",)
    )
    report_to = fields.text(_("Reported to"), max_length=200, cites=("GAI 14(1)",))
    report_hours = fields.integer(_("Reported within"), least=1, most=720, unit=_("hours"), cites=("GAI 14(1)",))


class Misuse(users.Misuse):
    """The same questions as of an algorithm; here they are always asked."""

    group = "safety"
    when = None
    cites = ("GAI 14(2)",)

    report_hours = fields.integer(
        _("Reported to the authority within"), least=1, most=720, unit=_("hours"), when=FILED, cites=("GAI 14(2)",)
    )
