"""Every section of every kind of document, in page order.

Which of them an algorithm is asked is decided by `when` beside each section and field.
"""

from filings.dossier.forms import SectionForm
from filings.dossier.sections import (
    algorithm,
    classes,
    closing,
    data,
    entity,
    model,
    products,
    responsibility,
    risk,
    service,
    strategy,
    users,
)

type Sections = tuple[type[SectionForm], ...]

ENTITY: Sections = (
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
DESCRIBED: Sections = (
    algorithm.Introduction,
    algorithm.Facilities,
    algorithm.Flow,
    data.InputOutput,
    data.TrainingData,
    model.Models,
    strategy.Review,
    strategy.FeatureLibrary,
)
JUDGED: Sections = (
    risk.Risks,
    risk.Measures,
    risk.SecurityAssessment,
    service.Usage,
)
USERS: Sections = (
    users.UserRights,
    users.Complaints,
    users.Ecology,
)
CARE: Sections = (
    users.Minors,
    users.Elderly,
    closing.Publication,
    closing.Conclusion,
)
SYNTHESIS: Sections = (
    algorithm.SynthesisAlgorithm,
    *DESCRIBED,
    strategy.Labels,
    *JUDGED,
    service.TechnicalService,
    *USERS,
    users.Misuse,
    *CARE,
)
RECOMMENDATION: Sections = (
    algorithm.RecommendationAlgorithm,
    *DESCRIBED,
    classes.Personalisation,
    classes.Ranking,
    classes.Search,
    classes.Filtering,
    classes.Dispatch,
    classes.Pricing,
    *JUDGED,
    *USERS,
    *CARE,
)
