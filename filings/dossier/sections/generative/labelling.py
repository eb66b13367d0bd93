"""Annotation of corpora, and the mechanism that is explained to inspectors (GAI 8, 19)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.files import EVIDENCE, SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.generative.options import TEAM_KINDS, WORK, YES

ANNOTATES = answered("has_annotation", YES)


class Team(ItemForm):
    title = _("People who annotate")
    lead = _("One row for each kind of work.")
    minimum = 1
    when = ANNOTATES
    cites = ("GAI 8", "GB/T 45654-2025 5.3")

    work = fields.choice(_("Work"), WORK)
    people = fields.integer(_("People employed"), least=1)
    duties = fields.text(_("Duties"), max_length=200)


class Labelling(SectionForm):
    code = "labelling"
    group = "corpora"
    title = _("Annotation of data")
    cites = ("GAI 8", "GB/T 45654-2025 5.3")
    items: ClassVar[dict[str, type[ItemForm]]] = {"teams": Team}

    has_annotation = fields.yes_no(_("Were data annotated by people?"), cites=("GAI 8",))
    no_annotation_reason = fields.long_text(
        _("Why none was needed"), max_length=500, when=answered("has_annotation", "no"), cites=("GAI 8",)
    )
    team_kind = fields.choice(_("Who annotates"), TEAM_KINDS, when=ANNOTATES, cites=("GAI 8",))
    firm = fields.text(
        _("The firm"), max_length=120, when=answered("team_kind", "outsourced", "both"), cites=("GAI 8",)
    )
    functional_rules = fields.long_text(
        _("Rules for function"),
        max_length=2000,
        when=ANNOTATES,
        expects=_("Clear, specific and operable: what is annotated, how, with examples."),
        cites=("GAI 8", "GB/T 45654-2025 5.3"),
    )
    safety_rules = fields.long_text(
        _("Rules for safety"),
        max_length=2000,
        when=ANNOTATES,
        expects=_("What is done with each of the 31 risks of the standard."),
        cites=("GAI 8", "GB/T 45654-2025 5.3"),
    )
    training = fields.long_text(
        _("Training and admission of annotators"),
        max_length=1000,
        when=ANNOTATES,
        expects=_("Content, length, examination, when they are admitted again or stopped."),
        cites=("GAI 8", "GB/T 45654-2025 5.3"),
    )
    training_record = fields.files(_("Records of training"), SCAN, when=ANNOTATES, cites=("GAI 8",))
    roles_apart = fields.yes_no(
        _("Are annotating and reviewing done by different people for one task?"),
        when=ANNOTATES,
        cites=("GB/T 45654-2025 5.3",),
    )
    safety_reviewers = fields.integer(
        _("Reviewers of each safety annotation"),
        when=ANNOTATES,
        expects=_("At least one."),
        cites=("GB/T 45654-2025 5.3",),
    )
    sampling = fields.long_text(
        _("Sampling and quality"),
        max_length=1000,
        when=ANNOTATES,
        expects=_("Which share is drawn, by whom, which rate is demanded, what happens with a batch below it."),
        cites=("GAI 8",),
    )
    sampled = fields.integer(_("Annotations sampled"), when=ANNOTATES, cites=("GAI 8",))
    passed = fields.integer(_("Of these, without fault"), when=ANNOTATES, cites=("GAI 8",))


class Mechanism(SectionForm):
    code = "mechanism"
    group = "model"
    title = _("Mechanism")
    lead = _("What an inspector may ask to have explained, in words and as a chart.")
    cites = ("GAI 19", "GAI 4")

    chart = fields.files(
        _("Chart of the whole service"), SCAN, expects=_("From the user's input to the answer."), cites=("GAI 19",)
    )
    explanation = fields.long_text(
        _("How an answer comes about"),
        max_length=2500,
        min_length=40,
        expects=_("Each step of the chart: prompts, retrieval, model, review, output."),
        cites=("GAI 19",),
    )
    intervention = fields.long_text(
        _("Where people can step in"),
        max_length=800,
        expects=_("Who may stop or change what, and how fast."),
        cites=("GAI 4",),
    )
    transparency = fields.long_text(
        _("What users are told"),
        max_length=800,
        expects=_("Limits, model and algorithm in outline, and where they read it."),
        cites=("GAI 4", "GB/T 45654-2025 7"),
    )
    transparency_evidence = fields.files(_("Screenshots of it"), EVIDENCE, cites=("GAI 4",))
