"""What a provider has to do once its filing has a number, each duty with its article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from filings.models import FilingKind

if TYPE_CHECKING:
    from filings.dossier.words import Words
    from filings.models import Filing


ALGORITHMS = (FilingKind.DEEP_SYNTHESIS, FilingKind.RECOMMENDATION)
GENERATES = (FilingKind.DEEP_SYNTHESIS, *FilingKind.services)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: what is to be done, by when, whom it binds and where it stands."""

    text: Words
    when: Words
    cites: tuple[str, ...]
    kinds: tuple[str, ...]


AT_ONCE, ALWAYS = _("at once"), _("as long as the service runs")
WITHIN_TEN, WITHIN_TWENTY = _("within 10 working days"), _("within 20 working days")
DUTIES = (
    Duty(
        _("Show the number in a prominent place with a link to the published entry, and say here where it is shown."),
        ALWAYS, ("ARP 26",), ALGORITHMS,
    ),
    Duty(
        _("Show the name of the filed model and the number prominently or on the product page."),
        ALWAYS, ("GAI 17",), FilingKind.services,
    ),
    Duty(_("Report a change of anything that was filed."), WITHIN_TEN, ("ARP 24(2)",), ALGORITHMS),
    Duty(_("Report a change of anything that was filed."), WITHIN_TEN, ("GAI 17", "ARP 24(2)"), FilingKind.services),
    Duty(
        _("Cancel the filing after the service has ended, and make proper arrangements for users and data."),
        WITHIN_TWENTY, ("ARP 24(3)",), ALGORITHMS,
    ),
    Duty(
        _("Cancel the filing after the service has ended, and make proper arrangements for users and data."),
        WITHIN_TWENTY, ("GAI 17", "ARP 24(3)"), FilingKind.services,
    ),
    Duty(
        _("On unlawful content: stop generating and sending it, remove it, correct the model, and report."),
        AT_ONCE, ("GAI 14(1)",), GENERATES,
    ),
    Duty(
        _("On unlawful content: stop sending it, remove it, keep records, and report."),
        AT_ONCE, ("ARP 9(2)",), (FilingKind.RECOMMENDATION,),
    ),
    Duty(
        _("On a user's unlawful acts: warn, limit, suspend or end the service, keep records, and report."),
        AT_ONCE, ("GAI 14(2)",), GENERATES,
    ),
    Duty(
        _("Label what is generated, visibly and in the file, and keep the labels in downloads and copies."),
        ALWAYS, ("LBL 4", "LBL 5"), GENERATES,
    ),
    Duty(
        _("Give content without a visible label only on request, and keep the logs of it."),
        _("logs for at least 6 months"), ("LBL 9",), GENERATES,
    ),
    Duty(
        _("Keep an easy entry for complaints with published process and time, and answer in time."),
        ALWAYS, ("ARP 22",), ALGORITHMS,
    ),
    Duty(
        _("Keep an easy entry for complaints with published process and time, and answer in time."),
        ALWAYS, ("GAI 15",), FilingKind.services,
    ),
    Duty(
        _("Review mechanism, model, data and results, and confirm the filing here when asked."),
        _("every year, as the service standard"), ("ARP 8",), ALGORITHMS,
    ),
    Duty(
        _("Confirm here, when asked, that the filing stands as it is, or report what changed."),
        _("every year, as the service standard"), ("GAI 17",), FilingKind.services,
    ),
    Duty(
        _("Assess security before a new product, application or function is offered."),
        _("before the launch"), ("DSP 20",), (FilingKind.DEEP_SYNTHESIS,),
    ),
    Duty(
        _("Keep network logs, and support an inspection with techniques and data."),
        ALWAYS, ("ARP 28",), ALGORITHMS,
    ),
    Duty(
        _("In an inspection, explain source, scale, type and labelling rules of the training data and the mechanism."),
        _("by the date that the authority sets"), ("GAI 19",), GENERATES,
    ),
)  # fmt: skip


def of(filing: Filing) -> list[Duty]:
    """The duties that bind the provider of this filing from now on."""
    return [duty for duty in DUTIES if filing.kind in duty.kinds]
