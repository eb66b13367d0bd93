"""Facts of a generative service that are told twice: as an answer, and in another answer or in words.

What stands in words is read by pattern, so all of these ask for a second look and none stops. A
dossier whose parts disagree is the commonest cause of a return (domain.md 7.1).
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from filings.dossier.contradictions.rule import LOOK, Clash, rule
from filings.dossier.facts import Facts, chosen, of_kind
from filings.dossier.sections.generative.options import FUNCTIONS, MODALITIES

SERVICES = of_kind("generative", "generative_registration")
FILED = of_kind("generative")
MADE_BY = {
    "dialogue": {"text", "audio", "scene"},
    "text": {"text"},
    "image": {"image"},
    "speech": {"audio", "video"},
    "video": {"video"},
    "code": {"text"},
}
PARAMETERS = re.compile(
    r"(?P<before>\d+(?:\.\d+)?)\s*(?P<unit>亿|B|billion)\s*(?:个)?\s*(?:参数|parameters)"
    r"|参数(?:量|规模|总量)?(?:为|约|达|共)?\s*(?P<after>\d+(?:\.\d+)?)\s*(?P<unit_after>亿|B)",
    re.IGNORECASE,
)
DAYS = re.compile(r"(\d{1,3})\s*(?:个)?(?:工作)?(?:日|天)(?:之)?内[^，。；;]{0,6}?(?:反馈|答复|回复|告知结果)")
IN_WORDS = ("service.summary", "development.method", "development.quality", "mechanism.explanation")
PUBLISHED = ("publication.principle", "publication.mechanism", "publication.scene", "publication.purpose")


def decimal(value: object) -> Decimal | None:
    """A stored number; None for what is none."""
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None


def parameters_in(text: str) -> Iterator[Decimal]:
    """Each number of parameters that a text speaks of, in billions."""
    for match in PARAMETERS.finditer(text):
        unit = match["unit"] or match["unit_after"]
        yield Decimal(match["before"] or match["after"]) / (10 if unit == "亿" else 1)


@rule("retold.parameters", "GAI 19", severity=LOOK, when=FILED)
def parameters_are_told_once(facts: Facts) -> Iterator[Clash]:
    told = decimal(facts.answer("development.parameters"))
    if told is None:
        return
    for path in (*PUBLISHED, *IN_WORDS, "development.architecture"):
        # A service may speak of a smaller model beside its own: only a text without the right number clashes.
        found = list(parameters_in(facts.text(path)))
        if found and told not in found:
            yield Clash(
                path,
                _(
                    "This text speaks of %(found)s billion parameters, and the answer says %(told)s. "
                    "Correct one of the two."
                )
                % {"found": f"{found[0]:g}", "told": f"{told.normalize():f}"},
                "development.parameters",
            )


@rule("retold.functions", "GAI 12", severity=LOOK, when=SERVICES)
def functions_have_their_modality(facts: Facts) -> Iterator[Clash]:
    modalities = set(facts.codes("service.modalities"))
    names, kinds = dict(FUNCTIONS), dict(MODALITIES)
    functions = [code for code in facts.codes("service.functions") if code in MADE_BY]
    for code in functions:
        if modalities and not modalities & MADE_BY[code]:
            yield Clash(
                "service.modalities",
                _("“%(function)s” is among the functions, and nothing of the kind comes out. Check both.")
                % {"function": names[code]},
                "service.functions",
            )
    made = {modality for code in functions for modality in MADE_BY[code]}
    for modality in sorted(modalities - made if functions and "other" not in facts.codes("service.functions") else ()):
        yield Clash(
            "service.functions",
            _("“%(modality)s” comes out, and no function makes it. Check both.")
            % {"modality": kinds.get(modality, modality)},
            "service.modalities",
        )


@rule("retold.label_unused", "LBL 12", severity=LOOK, when=SERVICES)
def labels_have_their_modality(facts: Facts) -> Iterator[Clash]:
    modalities, names = set(facts.codes("service.modalities")), dict(MODALITIES)
    for items in ("labels", "samples"):
        for row in facts.items(f"output_labels.{items}"):
            for code in chosen(row.get("modality")):
                if modalities and code not in modalities:
                    yield Clash(
                        f"output_labels.{items}[{row['key']}].modality",
                        _("“%(modality)s” is not said to come out of the service. Check both.")
                        % {"modality": names.get(code, code)},
                        "service.modalities",
                    )


@rule("retold.platform", "GAI 6", severity=LOOK, when=FILED)
def public_platforms_are_told_once(facts: Facts) -> Iterator[Clash]:
    on_platform = [row["key"] for row in facts.items("compute.units") if row.get("hosting") == "public_platform"]
    if on_platform and facts.says("compute.uses_public_platform", "no"):
        yield Clash(
            "compute.uses_public_platform",
            _(
                "A row of compute runs on a public platform, and the answer says that none is used. "
                "Correct one of the two."
            ),
            f"compute.units[{on_platform[0]}].hosting",
        )


@rule("retold.compute", "GAI 19", severity=LOOK, when=FILED)
def training_runs_somewhere(facts: Facts) -> Iterator[Clash]:
    units = facts.items("compute.units")
    uses = {code for row in units for code in chosen(row.get("used_for"))}
    if units and facts.codes("development.stages") and "training" not in uses:
        yield Clash(
            "compute.units",
            _("You trained the model, and no row of compute is used for training. Add the machines it was trained on."),
            "development.stages",
        )
    if units and "inference" not in uses:
        yield Clash("compute.units", _("No row of compute is used for the service itself. Add it."))


@rule("retold.feedback", "GAI 15", severity=LOOK, when=SERVICES)
def days_of_feedback_are_told_once(facts: Facts) -> Iterator[Clash]:
    told = decimal(facts.answer("complaints.feedback_days"))
    if told is None:
        return
    for path in ("complaints.process", "complaints.entry", "agreement.duties", "agreement.notice"):
        found = [Decimal(each) for each in DAYS.findall(facts.text(path))]
        if found and told not in found:
            yield Clash(
                path,
                _(
                    "This text promises an answer within %(found)s days, and the answer says %(told)s. "
                    "Correct one of the two."
                )
                % {"found": found[0], "told": f"{told:f}"},
                "complaints.feedback_days",
            )


@rule("retold.staff", "GB/T 45654-2025 7", severity=LOOK, when=FILED)
def watchers_are_among_the_staff(facts: Facts) -> Iterator[Clash]:
    watchers, staff = decimal(facts.answer("content_safety.watchers")), decimal(facts.answer("personnel.safety_staff"))
    if watchers is not None and staff is not None and watchers > staff:
        yield Clash(
            "content_safety.watchers",
            _("More people watch the service than work for safety in all. Correct one of the two."),
            "personnel.safety_staff",
        )
