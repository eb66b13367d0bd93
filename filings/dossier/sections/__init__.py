"""Every section of every kind of document, in page order."""

from filings.dossier.forms import SectionForm
from filings.dossier.sections import entity, products, responsibility

ENTITY: tuple[type[SectionForm], ...] = (
    entity.Basic,
    entity.Certificate,
    entity.Licences,
    entity.LegalRepresentative,
    entity.SafetyOfficer,
    entity.Contact,
    responsibility.Organisation,
    responsibility.Staffing,
    responsibility.Safeguards,
    responsibility.SelfAssessment,
    responsibility.Monitoring,
    responsibility.Emergency,
    responsibility.Violations,
    responsibility.OtherSystems,
    responsibility.Annexes,
    products.Products,
)
SYNTHESIS: tuple[type[SectionForm], ...] = ()
RECOMMENDATION: tuple[type[SectionForm], ...] = ()
