"""Sections of the two tracks of generative services; the registration 登记 asks fewer."""

from filings.dossier.forms import SectionForm
from filings.dossier.sections import users as algorithm_users
from filings.dossier.sections.generative import (
    annexes,
    assessment,
    base_model,
    closing,
    corpora,
    development,
    labelling,
    output_labels,
    safety,
    service,
    users,
)

type Sections = tuple[type[SectionForm], ...]

FILING: Sections = (
    service.Service,
    base_model.BaseModels,
    development.Development,
    development.Compute,
    labelling.Mechanism,
    corpora.Corpora,
    labelling.Labelling,
    safety.PositiveContent,
    safety.ContentSafety,
    output_labels.OutputLabels,
    safety.IllegalContent,
    safety.Misuse,
    users.Personnel,
    users.Minors,
    users.UserInput,
    algorithm_users.Complaints,
    users.Agreement,
    assessment.Assessment,
    annexes.Annexes,
    closing.Publication,
    closing.Conclusion,
)
REGISTRATION: Sections = (
    service.Service,
    base_model.BaseModels,
    safety.ContentSafety,
    output_labels.OutputLabels,
    safety.IllegalContent,
    safety.Misuse,
    users.Minors,
    users.UserInput,
    algorithm_users.Complaints,
    users.Agreement,
    annexes.Annexes,
    closing.Publication,
    closing.Conclusion,
)
