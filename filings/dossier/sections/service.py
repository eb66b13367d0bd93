"""Which products use the algorithm, or how a supporter serves customers (domain.md §2.5)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered, of_role
from filings.dossier.files import EVIDENCE, SCAN
from filings.dossier.forms import ItemForm, SectionForm

SERVICE_MODES = (
    ("api", _("Programming interface (API)")),
    ("sdk", _("Development kit (SDK)")),
    ("private", _("Deployment at the customer's")),
    ("other", _("Other")),
)


class Use(ItemForm):
    title = _("Use in a product")
    lead = _(
        "One row for each product, with the functions that use this algorithm. "
        "Products are entered in the entity's profile."
    )
    minimum = 1
    cites = ("ARP 24",)

    product = fields.reference(_("Product"), to="entity:products.products", public=True)
    functions = fields.references(_("Functions that use the algorithm"), to="entity:products.functions")
    how = fields.long_text(
        _("How the algorithm is used"),
        max_length=1000,
        expects=_("At which step, on whose action, what the user sees of it."),
    )
    data_source = fields.long_text(
        _("Data used, updated and shared"),
        max_length=1000,
        expects=_("Where the data come from, how often they change, whom they are shared with."),
    )
    entry_evidence = fields.files(_("Screenshots of the entry"), EVIDENCE, cites=("ARP 24",))


class Usage(SectionForm):
    code = "usage"
    group = "service"
    title = _("Products that use the algorithm")
    when = of_role("provider")
    cites = ("ARP 24",)
    items: ClassVar[dict[str, type[ItemForm]]] = {"uses": Use}


class TechnicalService(SectionForm):
    code = "technical_service"
    group = "service"
    title = _("Technical service")
    lead = _("A technical supporter names no products of its own here, but how others are served.")
    when = of_role("supporter")
    cites = ("DSP 19", "DSP 23")

    modes = fields.choices(_("Ways of service"), SERVICE_MODES, cites=("DSP 23",))
    other_mode = fields.text(_("Which other way"), max_length=100, when=answered("modes", "other"))
    customers = fields.text(
        _("Kind of customers"),
        max_length=40,
        public=True,
        expects=_("Completes “服务于…类的企业端客户”."),
        example=_("电商营销"),
    )
    description = fields.long_text(
        _("Description of the service"),
        max_length=1500,
        expects=_("What customers get, how it is called, what they build with it."),
    )
    access_address = fields.web(_("Page of the service"), required=False)
    customer_check = fields.long_text(
        _("Admission of customers"),
        max_length=1000,
        expects=_("How identity, purpose and filings of customers are checked."),
        cites=("DSP 9",),
    )
    customer_duties = fields.long_text(
        _("Duties agreed with customers"),
        max_length=1000,
        expects=_("Labels, review, real names, filing, and what follows a breach."),
        cites=("DSP 14", "DSP 16", "DSP 17"),
    )
    agreement = fields.files(_("Model agreement"), SCAN)
