"""How the provider lives up to its responsibility for algorithm security (domain.md §2.7)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.files import EVIDENCE, SCAN
from filings.dossier.forms import ItemForm, SectionForm


class Organisation(SectionForm):
    code = "organisation"
    group = "responsibility"
    title = _("Dedicated body for algorithm security")
    lead = _("Part 1 of the report on responsibility. A small firm may name one person for several tasks.")
    cites = ("ARP 7",)

    setup = fields.long_text(
        _("Set-up of the body"),
        max_length=2000,
        min_length=40,
        expects=_(
            "Name of the body, when and by which decision it was set up, who leads it, "
            "which departments take part and what each does."
        ),
    )
    chart = fields.files(_("Organisation chart"), SCAN)
    head_duties = fields.long_text(
        _("The head: background and duties"),
        max_length=1000,
        expects=_(
            "Experience in algorithms or security, duties, right to stop a service. Name "
            "and papers are taken from “Algorithm safety officer”."
        ),
    )


class Post(ItemForm):
    title = _("Post")
    cites = ("ARP 7",)
    minimum = 1

    name = fields.text(_("Name of the post"), max_length=60)
    requirements = fields.long_text(
        _("What the post demands"),
        max_length=600,
        expects=_("Education, experience, knowledge of the rules."),
    )
    staff = fields.integer(_("People in the post"), unit=_("people"))
    duties = fields.long_text(_("Duties"), max_length=600)


class Staffing(SectionForm):
    code = "staffing"
    group = "responsibility"
    title = _("Staff for algorithm security")
    cites = ("ARP 7",)
    items: ClassVar[dict[str, type[ItemForm]]] = {"posts": Post}

    total = fields.integer(
        _("Scale of staff"),
        least=1,
        unit=_("people"),
        expects=_("People who do this work, each counted once."),
    )
    full_time = fields.integer(_("Of these full-time"), unit=_("people"))
    training = fields.long_text(
        _("Training and examination"),
        max_length=1000,
        required=False,
        expects=_("How often, on what, how it is tested."),
    )


class Safeguards(SectionForm):
    code = "safeguards"
    group = "responsibility"
    title = _("Technical safeguards")
    cites = ("ARP 7",)

    content_safety = fields.long_text(
        _("Content safety"),
        max_length=2000,
        min_length=40,
        expects=_("Which systems check input and output, what they find, how often their libraries are renewed."),
    )
    data_safety = fields.long_text(
        _("Data and personal information"),
        max_length=2000,
        expects=_("Encryption, access rights, masking, logs and how long they are kept."),
    )
    model_safety = fields.long_text(
        _("Algorithm and model"),
        max_length=2000,
        expects=_("Tests before release, protection against attack, versions and roll-back."),
    )
    anti_fraud = fields.long_text(
        _("Against fraud"),
        max_length=1000,
        cites=("ARP 7",),
        expects=_("How misuse for fraud is recognised and stopped."),
    )


class SelfAssessment(SectionForm):
    code = "self_assessment"
    group = "responsibility"
    title = _("Self-assessment system")
    lead = _("Part 2 (1) of the report on responsibility.")
    cites = ("ARP 7", "ARP 8")

    system = fields.long_text(
        _("The system"),
        max_length=2000,
        min_length=40,
        expects=_("Name of the rules, when a self-assessment is due, its subjects, who does it, who signs."),
    )
    practice = fields.long_text(
        _("How it has been practised"),
        max_length=1500,
        expects=_("Assessments done in the last year, their results, what was changed."),
    )
    guarantee = fields.long_text(
        _("What makes sure it is done"),
        max_length=1000,
        expects=_("People, money, supervision and consequences."),
    )
    rules = fields.files(_("Text of the rules"), SCAN, required=False)


class Monitoring(SectionForm):
    code = "monitoring"
    group = "responsibility"
    title = _("Monitoring system")
    lead = _("Part 2 (2) of the report on responsibility.")
    cites = ("ARP 7", "ARP 8", "ARP 9")

    information = fields.long_text(
        _("Information security"),
        max_length=1500,
        expects=_("What is watched, by which means, how often, who acts and within what time."),
    )
    data = fields.long_text(_("Monitoring of data security"), max_length=1500)
    personal_information = fields.long_text(_("Users' personal information"), max_length=1500)
    algorithm = fields.long_text(
        _("Algorithm security"),
        max_length=1500,
        expects=_("Drift, attacks, abnormal results, and when mechanism, model, data and results are audited."),
    )


class Emergency(SectionForm):
    code = "emergency"
    group = "responsibility"
    title = _("Emergency system")
    lead = _("Part 2 (3) of the report on responsibility.")
    cites = ("ARP 7",)

    levels = fields.long_text(
        _("Events and their levels"),
        max_length=1000,
        expects=_("Which events count, how many levels, what tells them apart."),
    )
    response = fields.long_text(
        _("Response"),
        max_length=2000,
        min_length=40,
        expects=_("Who is told when, how a service is stopped, evidence kept, the authority informed."),
    )
    drills = fields.long_text(_("Drills and review"), max_length=1000)
    plan = fields.files(_("Emergency plan"), SCAN, required=False)


class Violations(SectionForm):
    code = "violations"
    group = "responsibility"
    title = _("Handling of violations")
    lead = _("Part 2 (4) of the report on responsibility: how breaches inside are found, ended and punished.")
    cites = ("ARP 7", "ARP 9")

    data_use = fields.long_text(_("Unlawful use of data"), max_length=1500)
    information_security = fields.long_text(_("Information security breaches"), max_length=1500)
    user_rights = fields.long_text(_("Breaches of users' rights"), max_length=1500)
    algorithm_security = fields.long_text(_("Algorithm security breaches"), max_length=1500)


class OtherSystems(SectionForm):
    code = "other_systems"
    group = "responsibility"
    title = _("Other systems")
    lead = _("Part 2 (5) of the report on responsibility.")
    cites = ("ARP 7",)

    ethics = fields.long_text(
        _("Ethics review"),
        max_length=1000,
        expects=_("Who reviews, when, by which criteria, and how discrimination is kept out."),
        cites=("ARP 7", "GAI 4"),
    )
    registration = fields.long_text(_("Registration of users"), max_length=1000, cites=("ARP 7", "DSP 9"))
    content_review = fields.long_text(_("Review of what is published"), max_length=1000, cites=("ARP 7",))
    intellectual_property = fields.long_text(
        _("Intellectual property"),
        max_length=1000,
        required=False,
        cites=("GAI 4", "GAI 7"),
    )
    other = fields.long_text(_("Other rules"), max_length=1000, required=False)


class Annexes(SectionForm):
    code = "system_annexes"
    group = "responsibility"
    title = _("Annexes of the report")
    lead = _("Part 3 of the report on responsibility: appointment, texts of rules, records.")

    files = fields.files(_("Annexes"), EVIDENCE, required=False)
    note = fields.long_text(_("Notes on the annexes"), max_length=500, required=False)
