"""How the model was made, and what it runs on (domain.md §3.2 parts 2-3, GAI 6, 19)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.files import SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.algorithm import PLACES
from filings.dossier.sections.generative.options import HOSTING, STAGES, USES, YES


class Development(SectionForm):
    code = "development"
    group = "model"
    title = _("Development of the model")
    cites = ("GAI 19", "GAI 4")

    architecture = fields.text(
        _("Architecture"),
        max_length=300,
        expects=_("Such as decoder-only language model with mixture of experts."),
        cites=("GAI 19",),
    )
    parameters = fields.decimal(_("Parameters"), unit=_("billion"), cites=("GAI 19",))
    stages = fields.choices(_("What you trained"), STAGES, cites=("GAI 7",))
    method = fields.long_text(
        _("How it was trained"),
        max_length=2000,
        expects=_("Each stage with its aim, its method and its corpora."),
        cites=("GAI 19",),
    )
    frameworks = fields.text(
        _("Training and inference frameworks"), max_length=200, expects=_("With versions."), cites=("GAI 6",)
    )
    quality = fields.long_text(
        _("What it can do"), max_length=1000, expects=_("Test sets and results, what it does badly.")
    )
    updates = fields.long_text(
        _("Updates and upgrades"),
        max_length=1000,
        expects=_("How often, who releases, and how safety is assessed again after an important change."),
        cites=("GB/T 45654-2025 7",),
    )
    environment = fields.long_text(
        _("Separation of training and service"),
        max_length=800,
        expects=_("How the training environment is kept apart, who may enter, how weights are protected."),
        cites=("GB/T 45654-2025 7",),
    )
    innovation = fields.long_text(
        _("Own innovation"),
        max_length=1000,
        required=False,
        expects=_("Own work in algorithms, frameworks, chips and software platforms, and exchange with others abroad."),
        cites=("GAI 6",),
    )


class Unit(ItemForm):
    title = _("Compute")
    lead = _("One row for each kind of machine, for training and for service.")
    minimum = 1
    cites = ("GAI 6",)

    name = fields.text(_("Designation"), max_length=60, expects=_("A name you use for it."))
    used_for = fields.choices(_("Used for"), USES)
    hosting = fields.choice(_("Whose it is"), HOSTING, cites=("GAI 6",))
    supplier = fields.text(
        _("Supplier"), max_length=100, when=answered("hosting", "rented", "cloud", "public_platform")
    )
    server = fields.text(_("Server, make and model"), max_length=120)
    chip = fields.text(_("Chip, make and model"), max_length=120, cites=("GAI 6",))
    chips = fields.integer(_("Number of chips"), least=1, cites=("GAI 6",))
    place = fields.choice(_("In China or elsewhere"), PLACES, cites=("SAE 6",))
    location = fields.text(
        _("City, room and address"),
        max_length=200,
        expects=_("Down to the room or availability zone."),
        cites=("SAE 6",),
    )
    public_address = fields.text(
        _("Public IP addresses"), max_length=200, when=answered("used_for", "inference"), cites=("SAE 6",)
    )


class Compute(SectionForm):
    code = "compute"
    group = "model"
    title = _("Compute and supply chain")
    cites = ("GAI 6", "GAI 13")
    items: ClassVar[dict[str, type[ItemForm]]] = {"units": Unit}

    concurrency = fields.integer(
        _("Requests at once"), least=1, expects=_("What the service bears."), cites=("GAI 13",)
    )
    supply_chain = fields.long_text(
        _("Supply chain"),
        max_length=1000,
        expects=_("Chips, software, tools, compute and data on which you depend, and how each was found trustworthy."),
        cites=("GAI 6", "GB/T 45654-2025 7"),
    )
    continuity = fields.long_text(
        _("If chips or services are cut off"),
        max_length=1000,
        expects=_("What replaces them, in which time, and what users notice."),
        cites=("GAI 13", "GB/T 45654-2025 7"),
    )
    uses_public_platform = fields.yes_no(
        _("Do you use shared compute or public training data?"), required=False, cites=("GAI 6",)
    )
    public_platform = fields.text(
        _("Which"), max_length=200, when=answered("uses_public_platform", YES), cites=("GAI 6",)
    )
    proof = fields.files(_("Contracts or photographs"), SCAN, required=False)
