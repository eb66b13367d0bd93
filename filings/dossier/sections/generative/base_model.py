"""Own, or another's: which models stand behind the service (GAI 7(1), standard ch. 6)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered, either
from filings.dossier.files import SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.generative.options import ACCESS, FILED, ORIGINS, REGISTERED

BORROWED = either(REGISTERED, answered("origin", "borrowed"))


class BaseModel(ItemForm):
    title = _("Model of another")
    lead = _("One row for each. Only a filed model may be built on or called.")
    minimum = 1
    when = BORROWED
    cites = ("GAI 7(1)", "GB/T 45654-2025 6")

    number = fields.text(
        _("Filing number of the model"),
        max_length=80,
        expects=_("As in the published list, such as Beijing-Name-202404280001. Search by name or number."),
        cites=("GAI 7(1)", "GB/T 45654-2025 6"),
        lookup="model",
    )
    name = fields.text(_("Name of the model"), max_length=100, expects=_("As in the list, with the version you use."))
    supplier = fields.text(_("Its provider"), max_length=100, cites=("GAI 7(1)",))
    algorithm_number = fields.text(
        _("Algorithm filing number of its provider"), max_length=60, required=False, cites=("DSP 19",)
    )
    access = fields.choice(_("How it is used"), ACCESS, cites=("GAI 7(1)",))
    licence = fields.text(
        _("Licence"),
        max_length=120,
        when=answered("access", "weights", "licensed"),
        expects=_("Name and version, and whether commercial use and changes are allowed."),
        cites=("GAI 7(2)",),
    )
    used_for = fields.text(
        _("What it does in the service"), max_length=200, expects=_("Such as dialogue, images, or review of content.")
    )
    data_flow = fields.long_text(
        _("What is sent to it and what comes back"),
        max_length=600,
        when=answered("access", "call"),
        expects=_("Which data of users leave your systems, what its provider keeps, and for how long."),
        cites=("GAI 11",),
    )
    proof = fields.files(
        _("Contract, licence or console proof"),
        SCAN,
        required=False,
        expects=_("Needed for models called by others, and where this register does not hold the number."),
        cites=("GAI 7(1)",),
    )


class BaseModels(SectionForm):
    code = "base_model"
    group = "model"
    title = _("Base model")
    cites = ("GAI 7(1)", "GB/T 45654-2025 6")
    items: ClassVar[dict[str, type[ItemForm]]] = {"models": BaseModel}

    origin = fields.choice(_("Whose model is it?"), ORIGINS, when=FILED, cites=("GAI 7(1)",))
    own_statement = fields.long_text(
        _("How it came about"),
        max_length=1000,
        when=answered("origin", "own"),
        expects=_("Who trained it, from when to when, and that no weights of others were used."),
        cites=("GAI 7(1)", "GAI 6"),
    )
    changes_nothing = fields.yes_no(
        _("Do you promise to train, fine-tune or distil no model you call?"),
        when=REGISTERED,
        expects=_("Who changes a model files it instead of registering."),
        cites=("GAI 17",),
    )
