"""Products and their functions, part of the provider's profile (domain.md §2.5)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.files import PICTURES, SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.sections.options import AUDIENCES, LIVE, REAL_NAME_METHODS, SERVICE_FORMS


class Product(ItemForm):
    title = _("Product")
    cites = ("ARP 24",)

    name = fields.text(
        _("Name of the product"),
        max_length=60,
        public=True,
        expects=_("As users see it in the store or in the title of the page."),
    )
    forms_of_service = fields.choices(_("Forms of service"), SERVICE_FORMS, public=True, cites=("ARP 24",))
    other_form = fields.text(
        _("Which other form"),
        max_length=100,
        when=answered("forms_of_service", "other"),
    )
    url = fields.web(
        _("Address of access"),
        expects=_("The page of the site, or of the app in its store."),
    )
    status = fields.choice(_("State of the product"), LIVE)
    online_on = fields.day(_("Online since"), when=answered("status", "live"))
    audience = fields.choices(_("Served to"), AUDIENCES)
    monthly_active_users = fields.integer(
        _("Monthly active users"),
        unit=_("people"),
        when=answered("status", "live"),
    )
    real_name = fields.yes_no(
        _("Must users prove their identity?"),
        cites=("DSP 9",),
        expects=_("Synthesis services may offer publishing only to users with a verified identity."),
    )
    real_name_methods = fields.choices(
        _("How identity is verified"),
        REAL_NAME_METHODS,
        when=answered("real_name", "yes"),
        cites=("DSP 9",),
    )
    needs_permit = fields.yes_no(
        _("Does the service need another licence first?"),
        cites=("ARP 13", "GAI 23"),
        expects=_("Such as news, publishing, audio-visual programmes, medical or financial services."),
    )
    permit = fields.text(
        _("Name and number of the licence"),
        max_length=200,
        when=answered("needs_permit", "yes"),
    )
    permit_scan = fields.files(_("Scan of the other licence"), SCAN, when=answered("needs_permit", "yes"))


class Function(ItemForm):
    title = _("Function")
    lead = _("Each function with the way to reach it, step by step from the first screen.")
    cites = ("ARP 24",)

    product = fields.reference(_("Of the product"), to="entity:products.products")
    name = fields.text(_("Name of the function"), max_length=60)
    access_path = fields.long_text(
        _("Way of access"),
        max_length=600,
        expects=_("One step a line, in order, with the words on the buttons."),
        example=_("Home\nCreate\nWrite an article"),
    )
    description = fields.long_text(
        _("What it does"),
        max_length=500,
        expects=_("What the user gives, what comes back, what it is for."),
    )
    screenshots = fields.files(_("Screenshots"), PICTURES, required=False)


class Products(SectionForm):
    code = "products"
    group = "products"
    title = _("Products and functions")
    lead = _(
        "Entered once; every filing chooses the functions that use its algorithm. A "
        "technical supporter without products of its own leaves this empty."
    )
    items: ClassVar[dict[str, type[ItemForm]]] = {"products": Product, "functions": Function}
