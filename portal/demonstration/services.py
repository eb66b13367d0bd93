"""The invented generative services that are filed or registered, told with the specimen of their track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from filings.dossier import specimen
from filings.lifecycle import FilingStanding
from filings.models import DataRequest, Filing, RegisterEntry
from portal.demonstration import annexes, lists
from portal.demonstration.companies import BY_KEY, Company, retell

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Service:
    """One service of one entity, built on a model of the register by its name.

    `draft` names annexes of which only a first draft is there, `data_set` an entry of the catalogue
    that stands, with the consent to the entity, in place of its opened public data.
    """

    company: str
    kind: str
    name: str
    number_name: str
    model: str = lists.MODEL
    draft: tuple[str, ...] = ()
    data_set: str = ""
    algorithm_class: str = ""
    role: str = ""

    @property
    def owner(self) -> Company:
        return BY_KEY[self.company]

    def dossier(self, *, today: dt.date) -> dict[str, Any]:
        """A complete dossier of this service."""
        content = specimen.service(self.kind, today=today, name=self.name, number_name=self.number_name)
        told: dict[str, Any] = retell(content, self.owner)
        told["output_labels"]["producer_code"] = f"0011{self.owner.credit_code}10000"
        told["service"]["algorithm_numbers"] = self._algorithm_number()
        entry = RegisterEntry.objects.get(name=self.model)
        told["base_model"]["models"][0] |= {
            "number": entry.number, "name": entry.name, "supplier": entry.entity_name,
        }  # fmt: skip
        if self.data_set:
            self._cite(told["corpora"]["corpora"])
        self._tell_annexes(told["annexes"], today)
        if "assessment" in told:
            told["assessment"] |= {
                "began_on": _day(today, 40), "ended_on": _day(today, 12),
                "legal_representative": self.owner.legal, "security_head": self.owner.officer,
            }  # fmt: skip
        return told

    def _algorithm_number(self) -> str:
        """The number under which the entity filed the algorithm that generates."""
        own = Filing.objects.filter(entity__name=self.owner.name, algorithm_class="01")
        return own.filter(standing=FilingStanding.REGISTERED).order_by("pk").values_list("number", flat=True)[0] or ""

    def _cite(self, corpora: list[dict[str, Any]]) -> None:
        consents = DataRequest.objects.filter(applicant__name=self.owner.name, dataset__matter__title=self.data_set)
        consent = consents.select_related("matter", "dataset__matter").get()
        row = next(each for each in corpora if each["source_kind"] == "public_data")
        for described in ("url", "grade", "opened_by"):
            del row[described]
        row |= {
            "name": self.data_set, "catalogue_entry": consent.dataset.matter.reference,
            "catalogue_consent": consent.matter.reference,
        }  # fmt: skip

    def _tell_annexes(self, answers: dict[str, Any], today: dt.date) -> None:
        answers |= {"test_from": _day(today, 30), "test_to": _day(today, 14)}
        for annex, files in answers.items():
            if annexes.is_annex(annex):
                answers[annex] = [files[0] | {"name": annexes.name(annex, draft=annex in self.draft)}]


def _day(today: dt.date, before: int) -> str:
    return (today - timedelta(days=before)).isoformat()
