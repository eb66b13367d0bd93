"""The models behind the algorithm, others' models included (domain.md §2.4)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered, every, of_class
from filings.dossier.files import SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.options import MODEL_ORIGINS

NOT_OWN = answered("origin", "third_party", "licensed")


class Model(ItemForm):
    title = _("Model")
    lead = _("Every model that takes part, also those that only review.")
    minimum = 1
    cites = ("GAI 7", "ARP 24")

    name = fields.text(_("Name of the model"), max_length=100)
    origin = fields.choice(_("Origin"), MODEL_ORIGINS, cites=("GAI 7",))
    model_type = fields.text(
        _("Type and structure"),
        max_length=200,
        expects=_("Such as decoder-only language model with 7 billion parameters."),
    )
    used_for = fields.text(
        _("Part in the algorithm"),
        max_length=200,
        expects=_("Which node of the flow, for what."),
    )
    licence = fields.text(_("Licence"), max_length=100, when=answered("origin", "open_source"))
    url = fields.web(_("Address"), when=answered("origin", "open_source"))
    supplier = fields.text(_("Supplier of the model"), max_length=100, when=NOT_OWN)
    algorithm_number = fields.text(
        _("Algorithm filing number"),
        max_length=40,
        when=NOT_OWN,
        required=False,
        expects=_("As in the published list, such as 网信算备 and 21 digits."),
        cites=("DSP 19",),
    )
    model_number = fields.text(
        _("Model filing number"),
        max_length=80,
        when=NOT_OWN,
        required=False,
        expects=_("Of the generative service, such as Beijing-Name-202404280001."),
        cites=("GAI 17",),
    )
    proof = fields.files(
        _("Contract or console proof"),
        SCAN,
        when=NOT_OWN,
        required=False,
        expects=_("Contract, or screenshots of the console that show your firm and the model."),
    )


class Models(SectionForm):
    code = "model"
    group = "model"
    title = _("Models")
    cites = ("ARP 8", "ARP 24")
    items: ClassVar[dict[str, type[ItemForm]]] = {"models": Model}

    objective = fields.long_text(
        _("Objective"),
        max_length=1000,
        expects=_("What training or rules aim at, and what keeps them from making users addicted or overspend."),
        cites=("ARP 8",),
    )
    metrics = fields.long_text(
        _("Measures of quality"),
        max_length=1000,
        expects=_("Names, present values, test set."),
    )
    update_frequency = fields.text(
        _("Training and update"),
        max_length=200,
        expects=_("How often, on which occasion, who releases."),
    )
    training_method = fields.long_text(_("Method of training"), max_length=1000, required=False)
    robustness = fields.long_text(
        _("Security of the model"),
        max_length=1500,
        expects=_("Attack tests, protection of prompts and weights, behaviour when reviews fail."),
        cites=("ARP 7", "GAI 4"),
    )
    retraining = fields.long_text(
        _("Correction by training"),
        max_length=1000,
        when=every(of_class("01")),
        expects=_("How the model is improved after illegal content was found."),
        cites=("GAI 14",),
    )
