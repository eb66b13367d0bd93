"""Users' rights, complaints, content ecology, and who needs special care (ARP 16-22, GAI 9-15)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import When, answered, every, of_class, of_role
from filings.dossier.files import EVIDENCE
from filings.dossier.forms import SectionForm

YES = "yes"
PROVIDER = of_role("provider")
SYNTHESIS_PROVIDER = every(of_class("01"), PROVIDER)


class UserRights(SectionForm):
    code = "user_rights"
    group = "users"
    title = _("Users' rights")
    when = PROVIDER
    cites = ("ARP 16", "ARP 17", "GAI 9", "GAI 11")

    notice = fields.long_text(
        _("Right to know"),
        max_length=1000,
        expects=_("Where users read that an algorithm is at work, its principle, purpose and main mechanism."),
        cites=("ARP 16",),
    )
    notice_evidence = fields.files(_("Screenshots of the notice"), EVIDENCE, cites=("ARP 16",))
    personal_information = fields.long_text(
        _("Personal information"),
        max_length=1500,
        expects=_(
            "Least collection, retention, and how access, copy, correction and deletion are asked for and answered."
        ),
        cites=("GAI 11", "ARP 7"),
    )
    personal_information_evidence = fields.files(
        _("Screenshots of personal-information rights"), EVIDENCE, cites=("GAI 11",)
    )
    other_rights = fields.long_text(
        _("Other rights"),
        max_length=1000,
        required=False,
        expects=_("Choice, fair trade, intellectual property, portrait, reputation."),
        cites=("ARP 17", "GAI 4"),
    )
    training_opt_out = fields.long_text(
        _("Refusing training on one's input"),
        max_length=500,
        when=SYNTHESIS_PROVIDER,
        expects=_("Steps from the first screen; not more than four. If input is never used, say so."),
        cites=("GAI 11",),
    )
    agreement = fields.web(_("Service agreement"), cites=("GAI 9", "DSP 8"))
    privacy_policy = fields.web(_("Privacy policy"), cites=("GAI 11",))


class Complaints(SectionForm):
    code = "complaints"
    group = "users"
    title = _("Appeals, complaints and reports")
    when = PROVIDER
    cites = ("ARP 22", "DSP 12", "GAI 15")

    entry = fields.long_text(
        _("Entry"),
        max_length=500,
        expects=_("Steps from the first screen, telephone, e-mail."),
        cites=("ARP 22", "DSP 12"),
    )
    process = fields.long_text(_("Steps of handling"), max_length=1000, cites=("ARP 22", "DSP 12", "GAI 15"))
    feedback_days = fields.integer(
        _("Answer within"),
        least=1,
        most=90,
        unit=_("working days"),
        cites=("ARP 22", "GAI 15"),
    )
    evidence = fields.files(_("Screenshots of the entry for complaints"), EVIDENCE, cites=("ARP 22",))


class Ecology(SectionForm):
    code = "ecology"
    group = "users"
    title = _("Content ecology")
    when = PROVIDER
    cites = ("ARP 6", "ARP 9", "DSP 6")

    resist = fields.long_text(
        _("Against illegal and bad information"),
        max_length=1500,
        expects=_("Recognise, stop, remove, record, report; who does each."),
        cites=("ARP 9", "DSP 10"),
    )
    human_review = fields.long_text(
        _("Review by people"),
        max_length=1000,
        expects=_("Number of reviewers, shifts, training, share reviewed."),
        cites=("ARP 11", "DSP 10"),
    )
    rumours = fields.long_text(_("Rumours"), max_length=1000, when=SYNTHESIS_PROVIDER, cites=("DSP 11",))
    values = fields.long_text(_("Mainstream values"), max_length=1000, cites=("ARP 6", "GAI 4"))
    evidence = fields.files(_("Screenshots of content governance"), EVIDENCE, cites=("ARP 9",))


class Misuse(SectionForm):
    code = "misuse"
    group = "users"
    title = _("Illegal use by users")
    when: ClassVar[When | None] = SYNTHESIS_PROVIDER
    cites: ClassVar[tuple[str, ...]] = ("GAI 14", "DSP 10")

    detection = fields.long_text(_("Detection"), max_length=1000, cites=("GAI 14", "DSP 10"))
    steps = fields.long_text(
        _("Steps against the user"),
        max_length=1000,
        expects=_("Warn, limit functions, suspend, end the service: in which case which."),
        cites=("GAI 14", "DSP 10"),
    )
    stop = fields.long_text(
        _("Stop of generation and spread"),
        max_length=1000,
        cites=("GAI 14",),
    )
    records = fields.long_text(
        _("Records and report"),
        max_length=1000,
        expects=_("What is kept, how long, and to whom and when it is reported."),
        cites=("GAI 14", "DSP 10"),
    )


class Minors(SectionForm):
    code = "minors"
    group = "users"
    title = _("Minors")
    when = PROVIDER
    cites = ("ARP 18", "GAI 10")

    serves_minors = fields.yes_no(_("Are minors among the users?"), cites=("ARP 18", "GAI 10"))
    exclusion = fields.long_text(
        _("How minors are kept out"),
        max_length=600,
        when=answered("serves_minors", "no"),
        cites=("ARP 18",),
    )
    minors_mode = fields.long_text(
        _("Mode for minors"),
        max_length=1000,
        when=answered("serves_minors", YES),
        expects=_("How it is entered, which content and functions it holds, tools for guardians."),
        cites=("ARP 18",),
    )
    anti_addiction = fields.long_text(
        _("Against dependence"),
        max_length=1000,
        when=answered("serves_minors", YES),
        expects=_("Limits on time and spending, reminders, what is not pushed."),
        cites=("ARP 18", "GAI 10"),
    )
    guardian_consent = fields.long_text(
        _("Information of children under 14"),
        max_length=800,
        when=answered("serves_minors", YES),
        expects=_("How a guardian's consent is obtained."),
        cites=("PIPL 31",),
    )
    evidence = fields.files(
        _("Screenshots of the mode for minors"),
        EVIDENCE,
        when=answered("serves_minors", YES),
        cites=("ARP 18",),
    )


class Elderly(SectionForm):
    code = "elderly"
    group = "users"
    title = _("Elderly people")
    when = PROVIDER
    cites = ("ARP 19",)

    serves_elderly = fields.yes_no(_("Are elderly people among the users?"), cites=("ARP 19",))
    adaptation = fields.long_text(
        _("Suitable service"),
        max_length=1000,
        when=answered("serves_elderly", YES),
        cites=("ARP 19",),
    )
    fraud_protection = fields.long_text(
        _("Protection against fraud"),
        max_length=1000,
        when=answered("serves_elderly", YES),
        expects=_("How fraud against the elderly is watched for, recognised and stopped."),
        cites=("ARP 19",),
    )
