"""The provider's profile: who it is and who answers for it (domain.md §2.2)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from filings.dossier import fields
from filings.dossier.facts import answered
from filings.dossier.files import ONE_SCAN, SCAN
from filings.dossier.forms import ItemForm, SectionForm
from filings.dossier.identifiers import (
    check_credit_code,
    check_icp,
    check_identity_number,
    check_mobile,
    check_phone,
)
from filings.dossier.sections.options import CERTIFICATES, ENTITY_TYPES, IDENTITY_PAPERS, TERMS


class Basic(SectionForm):
    code = "basic"
    group = "about"
    title = _("Basic facts")
    lead = _(
        "As printed on the licence. The place of registration becomes the first six digits of every filing number."
    )
    cites = ("ARP 24",)

    name = fields.text(
        _("Name of the entity"),
        max_length=100,
        public=True,
        expects=_("The full name on the licence, with the same brackets."),
        example=_("Hangzhou Qinglan Intelligent Technology Co., Ltd."),
        cites=("ARP 24",),
    )
    credit_code = fields.text(
        _("Unified social credit code"),
        max_length=18,
        checks=[check_credit_code],
        expects=_("18 characters, without I, O, S, V and Z."),
        cites=("ARP 24",),
    )
    entity_type = fields.choice(_("Type of entity"), ENTITY_TYPES)
    region = fields.region(
        _("Place of registration"),
        expects=_("The county or district printed on the licence."),
    )
    address = fields.text(
        _("Office address"),
        max_length=200,
        expects=_("Where letters reach you, with building and room."),
    )
    website = fields.web(_("Website"), required=False)
    monthly_active_users = fields.integer(
        _("Monthly active users"),
        unit=_("people"),
        expects=_("Of all your products together, last full month. Write 0 before launch."),
        cites=("ARP 23",),
    )


class Certificate(SectionForm):
    code = "certificate"
    group = "about"
    title = _("Licence of the entity")
    cites = ("ARP 24",)

    document_type = fields.choice(_("Type of licence"), CERTIFICATES)
    registered_address = fields.text(
        _("Address on the licence"),
        max_length=200,
        expects=_("Word for word as on the licence."),
    )
    term = fields.choice(_("Validity"), TERMS)
    valid_until = fields.day(_("Valid until"), when=answered("term", "fixed"))
    scan = fields.files(
        _("Scan of the licence"),
        SCAN,
        expects=_("In colour, all four corners visible; PDF, JPG or PNG."),
    )


class IcpRecord(ItemForm):
    title = _("ICP record or licence")
    lead = _("One for each site or app. The holder must be this entity.")

    number = fields.text(
        _("ICP number"),
        max_length=40,
        checks=[check_icp],
        example=_("浙ICP备2025000000号-1"),
    )
    holder = fields.text(
        _("Holder"),
        max_length=100,
        expects=_("The name found at the ICP register."),
    )
    domain = fields.text(_("Domain or app"), max_length=200)
    proof = fields.files(_("Screenshot of the record"), ONE_SCAN, required=False)


class Licences(SectionForm):
    code = "licences"
    group = "about"
    title = _("ICP records and other licences")
    lead = _("Needed as soon as a product is a website or an app.")
    items: ClassVar[dict[str, type[ItemForm]]] = {"icp": IcpRecord}

    other_permits = fields.long_text(
        _("Other licences held"),
        max_length=1000,
        required=False,
        expects=_("Name, number, issuing body and validity of each, such as for news or publishing."),
        cites=("ARP 13", "GAI 23"),
    )
    permit_scans = fields.files(_("Scans of the licences"), SCAN, required=False)


class PersonForm(SectionForm):
    """A section about a person with an identity paper."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = cleaned.get("document_number")
        if number and cleaned.get("document_type") == "identity_card":
            try:
                check_identity_number(number.upper())
            except ValidationError as error:
                self.add_error("document_number", error)
        return cleaned


class LegalRepresentative(PersonForm):
    code = "legal_representative"
    group = "people"
    title = _("Legal representative")
    lead = _("Numbers and scans of identity papers are kept encrypted and shown only to officers who need them.")
    cites = ("ARP 24",)

    name = fields.text(_("Name"), max_length=60)
    document_type = fields.choice(_("Identity paper"), IDENTITY_PAPERS)
    document_number = fields.sealed(_("Number of the paper"))
    identity_scan = fields.files(_("Scan of the paper, both sides"), SCAN, personal=True)


class SafetyOfficer(PersonForm):
    code = "safety_officer"
    group = "people"
    title = _("Algorithm safety officer")
    lead = _("Answers to the authority for the algorithm. May be the legal representative.")
    cites = ("ARP 7", "ARP 24")

    name = fields.text(_("Name"), max_length=60)
    position = fields.text(
        _("Position"),
        max_length=60,
        expects=_("A position with the power to stop a service."),
    )
    document_type = fields.choice(_("Identity paper"), IDENTITY_PAPERS)
    document_number = fields.sealed(_("Number of the paper"))
    mobile = fields.sealed(_("Mobile number"), checks=[check_mobile])
    email = fields.email(_("E-mail"))
    identity_scan = fields.files(_("Scan of the paper, both sides"), SCAN, personal=True)
    work_proof = fields.files(_("Proof of employment, stamped"), SCAN, personal=True)


class Contact(SectionForm):
    code = "contact"
    group = "people"
    title = _("Contact")
    lead = _("Receives notices about every filing.")

    same_as_officer = fields.yes_no(_("Is the safety officer the contact?"))
    name = fields.text(_("Name"), max_length=60, when=answered("same_as_officer", "no"))
    phone = fields.sealed(_("Telephone"), checks=[check_phone], when=answered("same_as_officer", "no"))
    email = fields.email(_("E-mail"), when=answered("same_as_officer", "no"))
