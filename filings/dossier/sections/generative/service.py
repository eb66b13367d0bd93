"""What the service is, for whom, and where it may be used (domain.md §3.2 part 1, GAI 10, 17)."""

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.forms import SectionForm
from filings.dossier.identifiers import check_number_name
from filings.dossier.sections.generative.options import ALGORITHM_FILING, FUNCTIONS, MODALITIES, SECTORS, YES
from filings.dossier.sections.options import FIELDS_OF_APPLICATION


class Service(SectionForm):
    code = "service"
    group = "service"
    title = _("Service and model")
    cites = ("GAI 17", "GAI 10")

    name = fields.text(
        _("Name of the model or service"),
        max_length=60,
        public=True,
        expects=_("One name everywhere: here, in the product, the agreement and every annex."),
        example=_("青岚文思大模型"),
        cites=("GAI 17",),
    )
    number_name = fields.text(
        _("Name in the filing number"),
        max_length=40,
        checks=(check_number_name,),
        expects=_(
            "Latin letters and digits, the pinyin of each syllable with a capital, or your brand. Nobody else in "
            "your province may have it."
        ),
        example="QingLanWenSi",
        cites=("GAI 17",),
    )
    functions = fields.choices(
        _("Main functions"), FUNCTIONS, expects=_("Everything that users can have made for them."), cites=("GAI 22",)
    )
    other_function = fields.text(_("Which other function"), max_length=60, when=answered("functions", "other"))
    modalities = fields.choices(
        _("What comes out"),
        MODALITIES,
        expects=_("Each needs its label, with a sample."),
        cites=("GAI 12", "LBL 4"),
    )
    main_use = fields.text(
        _("Main use in one sentence"),
        max_length=120,
        public=True,
        expects=_("Printed in the register: for whom, what it is given, what it makes."),
        example=_("面向内容创作者，根据主题和素材生成文章与配图。"),
        cites=("GAI 10",),
    )
    summary = fields.long_text(
        _("The service in brief"),
        max_length=2000,
        min_length=40,
        expects=_("What a user gives, what the model does with it, what comes back, which other systems take part."),
        cites=("GAI 17", "GAI 19"),
    )
    application_fields = fields.choices(
        _("Fields of application"),
        FIELDS_OF_APPLICATION,
        public=True,
        expects=_("The register can be searched by them."),
        cites=("GAI 5",),
    )
    is_limited = fields.yes_no(
        _("Is the service limited to a sector?"),
        expects=_("No, if it answers questions of every kind."),
        cites=("GAI 10",),
    )
    sectors = fields.choices(_("Which sectors"), SECTORS, when=answered("is_limited", YES), cites=("GAI 10", "GAI 23"))
    permits = fields.text(
        _("Licences for these sectors"),
        max_length=200,
        required=False,
        when=answered("is_limited", YES),
        expects=_("Name and number of each licence that a law demands for the sector."),
        cites=("GAI 23",),
    )
    user_groups = fields.long_text(
        _("For whom"),
        max_length=500,
        expects=_("Age, trade, individuals or organisations."),
        cites=("GAI 10",),
    )
    occasions = fields.long_text(
        _("Occasions and uses"),
        max_length=800,
        expects=_("Where and for what it is meant, and where it must not be used."),
        cites=("GAI 10",),
    )
    scope = fields.text(
        _("Where it is offered"), max_length=100, expects=_("The whole country, or which places."), cites=("GAI 2",)
    )
    products = fields.references(
        _("Products that offer it"),
        "entity:products.products",
        public=True,
        expects=_("They stand in the profile of the entity with their forms and addresses; nothing is typed twice."),
        cites=("GAI 22", "LBL 7"),
    )
    api_access = fields.long_text(
        _("Programming interface"),
        max_length=500,
        required=False,
        expects=_("Address, who may call it, how callers are checked. An interface counts as a service too."),
        cites=("GAI 22",),
    )
    test_from = fields.day(
        _("Ready for the technical test from"),
        required=False,
        expects=_("The day from which test accounts work."),
    )
    has_opinion_attribute = fields.yes_no(
        _("Can it shape public opinion or mobilise people?"),
        expects=_("It can if users publish, share or discuss with it, or if it answers the public on any question."),
        cites=("SAE 2", "GAI 17"),
    )
    opinion_reason = fields.long_text(_("Why, or why not"), max_length=500, cites=("SAE 2",))
    edits_persons = fields.yes_no(
        _("Can it generate or edit faces or voices of people?"),
        cites=("DSP 14", "DSP 15"),
    )
    separate_consent = fields.long_text(
        _("Separate consent of the persons shown"),
        max_length=800,
        when=answered("edits_persons", YES),
        expects=_("How users are told to inform the person and to get separate consent, and how it is recorded."),
        cites=("DSP 14",),
    )
    algorithm_filing = fields.choice(
        _("Filing of its algorithm"),
        ALGORITHM_FILING,
        expects=_("Generating algorithms are filed as deep synthesis too."),
        cites=("DSP 19", "GAI 17"),
    )
    algorithm_numbers = fields.text(
        _("Algorithm filing numbers"),
        max_length=200,
        when=answered("algorithm_filing", "filed"),
        expects=_("As published, separated by commas."),
        cites=("DSP 19",),
    )
    no_algorithm_reason = fields.long_text(
        _("Why it is not needed"), max_length=400, when=answered("algorithm_filing", "not_needed"), cites=("DSP 19",)
    )
    authority = fields.text(
        _("Superior body and department of the sector"), max_length=200, required=False, cites=("GAI 16",)
    )
