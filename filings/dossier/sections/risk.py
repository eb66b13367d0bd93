"""Risks, what answers each of them, and the security assessments due (domain.md §2.4, §2.8)."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered, either, every, fact, of_class
from filings.dossier.files import EVIDENCE, SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.options import ASSESSMENT_STATES, MEASURE_KINDS, RISKS

YES = "yes"


def _risk(code: str, **options: Any) -> Any:
    return fields.long_text(
        dict(RISKS)[code],
        max_length=1500,
        expects=_("How it could happen here, how likely it is, what it would do."),
        cites=("ARP 7",),
        **options,
    )


def _prevention(**options: Any) -> Any:
    return fields.long_text(
        _("How it is prevented"),
        max_length=1500,
        expects=_("Measures in place, and who answers for them."),
        cites=("ARP 7",),
        **options,
    )


class Risks(SectionForm):
    code = "risks"
    group = "risk"
    title = _("Risks and their prevention")
    lead = _(
        "Each risk as it stands with this algorithm. A risk said not to exist is believed less than one explained."
    )
    cites = ("ARP 7", "ARP 24")

    abuse = _risk("abuse")
    abuse_prevention = _prevention()
    malicious_use = _risk("malicious_use")
    malicious_use_prevention = _prevention()
    vulnerability = _risk("vulnerability")
    vulnerability_prevention = _prevention()
    illegal_generation = _risk("illegal_generation")
    illegal_generation_prevention = _prevention()
    illegal_storage = _risk("illegal_storage")
    illegal_storage_prevention = _prevention()
    illegal_spread = _risk("illegal_spread")
    illegal_spread_prevention = _prevention()
    leak = _risk("leak")
    leak_prevention = _prevention()
    other = _risk("other", required=False)
    other_prevention = _prevention(required=False)


class Measure(ItemForm):
    title = _("Measure")
    lead = _("Each measure names the risks it answers.")
    minimum = 3
    cites = ("ARP 7",)

    name = fields.text(_("Name of the measure"), max_length=80)
    measure_kind = fields.choice(_("Kind"), MEASURE_KINDS)
    description = fields.long_text(
        _("What is done"),
        max_length=1500,
        expects=_("Who does what, when, with which result so far."),
    )
    covers = fields.choices(_("Risks answered"), RISKS)
    evidence = fields.files(_("Evidence"), EVIDENCE, required=False)


class Measures(SectionForm):
    code = "measures"
    group = "risk"
    title = _("Risk-control measures")
    cites = ("ARP 7",)
    items: ClassVar[dict[str, type[ItemForm]]] = {"measures": Measure}

    declarations = fields.yes_no(
        _("Are no false accounts, traffic or lists made, and is nobody kept from competing by the algorithm?"),
        cites=("ARP 14", "ARP 15"),
    )


DSP_15 = every(of_class("01"), either(fact("data.has_biometrics", YES), fact("data.has_special_objects", YES)))
SAE_TRIGGERS = (
    ("launch", _("Launch of the service")),
    ("new_function", _("New function")),
    ("new_technique", _("New technique with great change")),
    ("growth", _("Marked growth of users")),
    ("illegal_content", _("Illegal content spread")),
    ("notice", _("Written notice of the authority")),
)


class SecurityAssessment(SectionForm):
    code = "security"
    group = "risk"
    title = _("Security assessments")
    cites = ("ARP 27", "DSP 15", "DSP 20")

    has_opinion_attribute = fields.yes_no(
        _("Can the service shape public opinion or mobilise people?"),
        expects=_(
            "Forums, chat rooms, public accounts, short video, live streams, sharing of "
            "information, mini-programs and the like."
        ),
        cites=("SAE 2", "ARP 24", "GAI 17"),
    )
    sae_state = fields.choice(
        _("Security assessment of 2018"),
        ASSESSMENT_STATES,
        when=answered("has_opinion_attribute", YES),
        cites=("SAE 3", "ARP 27", "DSP 20"),
    )
    sae_trigger = fields.choices(
        _("Occasion of the assessment"),
        SAE_TRIGGERS,
        when=answered("has_opinion_attribute", YES),
        cites=("SAE 3",),
    )
    sae_report = fields.files(
        _("Report or receipt of the assessment"),
        SCAN,
        when=answered("sae_state", "done"),
        cites=("SAE 7",),
    )
    dsp15_state = fields.choice(
        _("Assessment of biometric and special-object functions"),
        ASSESSMENT_STATES,
        when=DSP_15,
        expects=_(
            "Due, by yourselves or a third party, where faces, voices or special objects can be generated or edited."
        ),
        cites=("DSP 15",),
    )
    dsp15_summary = fields.long_text(
        _("Assessment: subjects and result"),
        max_length=1500,
        when=every(DSP_15, answered("dsp15_state", "done")),
        cites=("DSP 15",),
    )
    dsp15_report = fields.files(
        _("Report of the assessment"),
        SCAN,
        when=every(DSP_15, answered("dsp15_state", "done")),
        cites=("DSP 15",),
    )
