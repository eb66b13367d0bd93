"""The rows of a bench database: one fixed mix at every size, and the few rows that pages are measured on.

Of ten filings six are registered, three have an open task, one is a draft. What a measured page
shows is the same at 1,000 and at 100,000 filings: the entity, its entries, the rare search term,
the review. Answers of other dossiers are short; profiles of entities are complete.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.utils import timezone

from bench import dossier, words
from filings import models as f
from filings import names, numbers, workingdays
from filings.dossier import specimen
from portal.models import User
from reviews import models as r

Rows = Iterator[dict[str, Any]]
PROVIDER, REVIEWER, SUPERUSER, LOADER = 1, 2, 3, 4
CLAIMERS = range(101, 133)
FIRST_OWNER = 1_000
NATIONAL = 1
MEASURED_ENTITY, FILINGS_OF_MEASURED = 1, 30
MEASURED_FILING = 7  # of the measured entity, with an open task
PREFIX = "演示算备"
CLASSES = ("01", "01", "01", "01", "01", "02", "03", "04", "05", "06")
FIELDS = ("general_trade", "tourism", "games", "audiovisual", "live_video", "short_video", "literature", "messaging")
STEPS = {
    "granted": ("procedure.submit", "procedure.pass_intake", "procedure.propose", "procedure.sign_grant"),
    "in_review": ("procedure.submit", "procedure.pass_intake", "task.opened"),
    "draft": ("procedure.opened",),
}  # fmt: skip


class Mass:
    """All rows for a number of filings, computed from their ordinals alone."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.entities = max(size // 10, 60)
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.days = [workingdays.add(self.today, ahead) for ahead in range(1, 21)]
        self.profile = specimen.entity()
        self.profile_json = json.dumps(self.profile, ensure_ascii=False)
        self.rare = {k * (size // words.RARE_HITS) // 10 * 10 + 1: k for k in range(1, words.RARE_HITS)} | {
            size - 9: words.RARE_HITS
        }
        self.stages = {(s.kind, s.level): s for s in r.StagePlan.objects.order_by("version")}

    @cached_property
    def filings(self) -> list[dict[str, Any]]:
        given = words.Algorithms()
        series: dict[tuple[int, str], int] = {}
        found = []
        for number in range(1, self.size + 1):
            mix, tens = (number - 1) % 10, self.rare.get(number, (number - 1) // 10)
            row: dict[str, Any] = {"id": number, "mix": mix, "tens": tens, "entity_id": self._entity_of(number)}
            row["algorithm_class"] = CLASSES[tens % 10]
            is_synthesis = row["algorithm_class"] == "01"
            row["kind"] = "deep_synthesis" if is_synthesis else "recommendation"
            row["role"] = ("provider", "provider", "supporter")[tens % 3] if is_synthesis else ""
            row["name"] = given.name(number, is_rare=number in self.rare)
            row["region_code"] = words.entity(row["entity_id"])[1]
            row["created_at"] = self.now - dt.timedelta(days=200 + tens % 400)
            if mix < 6:
                key = (row["entity_id"], row["algorithm_class"])
                series[key] = series.get(key, 0) + 1
                year = self.today.year % 100 - tens // 2 % 5
                body = (
                    f"{row['region_code']}{1_000_000 + row['entity_id']}{key[1]}{year:02}{series[key]:03}"
                )  # fmt: skip
                row["number"] = f"{PREFIX}{body}{numbers.check_digit(body)}{numbers.SUFFIX}"
                row["published_on"] = self.today - dt.timedelta(days=tens * 37 % 1500)
            found.append(row)
        return found

    def _entity_of(self, number: int) -> int:
        if number <= FILINGS_OF_MEASURED:
            return MEASURED_ENTITY
        if number in self.rare:
            return 2 + self.rare[number]
        return 2 + words.RARE_HITS + number % (self.entities - words.RARE_HITS - 2)

    def users(self) -> Rows:
        known = {PROVIDER: "provider", REVIEWER: "reviewer", SUPERUSER: "superuser", LOADER: "loader"}
        known |= {pk: f"claimer{pk}" for pk in CLAIMERS}
        known |= {FIRST_OWNER + n: f"owner{n}" for n in range(1, self.entities + 1)}
        for pk, name in known.items():
            staff = pk in (REVIEWER, SUPERUSER, *CLAIMERS)
            yield {
                "id": pk, "email": f"{name}@example.cn", "display_name": name, "password": "!", "is_staff": staff,
                "is_superuser": pk == SUPERUSER, "date_joined": self.now, "last_login": None,
            }  # fmt: skip

    def addresses(self) -> Rows:
        for pk, name in ((PROVIDER, "provider"), (REVIEWER, "reviewer"), (SUPERUSER, "superuser")):
            yield {"id": pk, "user_id": pk, "email": f"{name}@example.cn", "verified": True, "primary": True}

    def installation(self) -> Rows:
        yield {
            "id": 1, "authority_zh": "演示网信办", "authority_en": "Bench authority", "number_prefix": PREFIX,
            "public_url": "http://localhost", "is_demonstration": True,
        }  # fmt: skip

    def authorities(self) -> Rows:
        yield {"id": NATIONAL, "name_zh": "国家机关", "name_en": "National", "level": "national", "region_prefix": ""}
        for at, region in enumerate(words.REGIONS):
            place = {"id": 2 + at, "name_zh": f"省级机关{at}", "name_en": f"Province {at}"}
            yield {**place, "level": "provincial", "region_prefix": region[:2]}

    def postings(self) -> Rows:
        for pk, user in enumerate((REVIEWER, *CLAIMERS), 1):
            began = {"starts_on": self.today - dt.timedelta(days=30), "created_at": self.now}
            yield {"id": pk, "user_id": user, "authority_id": NATIONAL, "role": "reviewer", **began}

    def all_entities(self) -> Rows:
        for pk in range(1, self.entities + 1):
            name, region = words.entity(pk)
            yield {
                "id": pk, "code": f"{1_000_000 + pk}", "name": name, "credit_code": "91330110MA2CFHN73X",
                "region_code": region, "profile": self.profile_json, "schema_version": "1",
                "section_versions": dict.fromkeys(self.profile, 1), "created_by_id": LOADER, "created_at": self.now,
            }  # fmt: skip

    def versions(self) -> Rows:
        document = self.profile_json.encode()
        digest = hashlib.sha256(document).hexdigest()
        for pk in range(1, self.entities + 1):
            name, region = words.entity(pk)
            yield {
                "id": pk, "entity_id": pk, "number": 1, "document": document, "content": self.profile_json,
                "digest": digest, "schema_version": "1", "name": name, "credit_code": "91330110MA2CFHN73X",
                "region_code": region, "identity_digest": digest, "submitted_by_id": LOADER,
                "submitted_at": self.now, "status": "verified", "checked_by_id": LOADER, "checked_at": self.now,
            }  # fmt: skip

    def memberships(self) -> Rows:
        yield {"id": 1, "entity_id": MEASURED_ENTITY, "user_id": PROVIDER, "role": "owner", "created_at": self.now}
        for pk in range(1, self.entities + 1):
            row = {"id": 1 + pk, "entity_id": pk, "user_id": FIRST_OWNER + pk}
            yield {**row, "role": "owner", "created_at": self.now}

    def products(self) -> Rows:
        for pk in range(1, self.entities * 2 + 1):
            yield {"id": pk, "entity_id": (pk + 1) // 2, "key": f"prod{'ab'[pk % 2]}a", "name": words.product(pk)}

    def products_of_filings(self) -> Rows:
        for row in self.filings:
            product = row["entity_id"] * 2 - row["id"] % 2
            yield {"id": row["id"], "filing_id": row["id"], "product_id": product}

    def all_filings(self) -> Rows:
        for row in self.filings:
            lodged = row["mix"] < 9
            yield {
                "id": row["id"], "entity_id": row["entity_id"], "kind": row["kind"], "number": row.get("number"),
                "standing": "registered" if row["mix"] < 6 else "pending" if lodged else "draft",
                "algorithm_class": row["algorithm_class"], "role": row["role"], "name": row["name"],
                "held_name": names.key(row["name"]) if lodged else None, "region_code": row["region_code"],
                "created_by_id": LOADER, "created_at": row["created_at"],
                "lodged_at": row["created_at"] if lodged else None,
            }  # fmt: skip

    def procedures(self) -> Rows:
        for row in self.filings:
            status = self._status(row)
            is_open = status == "in_review"
            yield {
                "id": row["id"], "filing_id": row["id"], "status": status,
                "round": 0 if status == "draft" else 3 if row["id"] == MEASURED_FILING else 1, "plan_version": 1,
                "turn": {"draft": "provider", "granted": "nobody"}.get(status, "authority"),
                "stage_code": "national" if is_open else "", "due_on": self._due(row) if is_open else None,
                "stage_name_zh": "国家审核" if is_open else "", "stage_name_en": "National review" if is_open else "",
                "created_at": row["created_at"], "submitted_at": None if status == "draft" else row["created_at"],
                "decided_at": row["created_at"] if status == "granted" else None,
            }  # fmt: skip

    def dossiers(self) -> Rows:
        full = json.dumps(dossier.content(3), ensure_ascii=False)
        for row in self.filings:
            short = json.dumps({"algorithm": {"name": row["name"]}}, ensure_ascii=False)
            yield {
                "id": row["id"], "procedure_id": row["id"], "schema_version": "1", "updated_at": row["created_at"],
                "content": full if row["entity_id"] == MEASURED_ENTITY else short,
                "entity_version_id": row["entity_id"], "updated_by_id": LOADER,
            }  # fmt: skip

    def submitted(self) -> Iterator[tuple[int, dict[str, Any], int, bytes]]:
        """Every submission: its key, its filing, its round, its document."""
        key = 0
        for row in self.filings:
            for round_ in range(1, 4 if row["id"] == MEASURED_FILING else 2):
                if row["mix"] < 9:
                    key += 1
                    full = row["id"] == MEASURED_FILING
                    yield key, row, round_, dossier.frozen(round_, profile=self.profile) if full else b"{}"

    def sealings(self) -> Rows:
        for key, row, round_, document in self.submitted():
            yield {
                "id": key, "procedure_id": row["id"], "round": round_, "document": document, "schema_version": "1",
                "digest": hashlib.sha256(document).hexdigest(), "entity_version_id": row["entity_id"],
                "made_by_id": LOADER, "made_at": row["created_at"], "used_at": row["created_at"],
            }  # fmt: skip

    def submissions(self) -> Rows:
        for key, row, round_, document in self.submitted():
            yield {
                "id": key, "procedure_id": row["id"], "round": round_, "reference": f"BENCH-{row['id']}-{round_}",
                "document": document, "digest": hashlib.sha256(document).hexdigest(), "schema_version": "1",
                "rule_set_version": "1", "sealing_id": key, "entity_version_id": row["entity_id"],
                "submitted_by_id": LOADER, "submitted_at": row["created_at"],
            }  # fmt: skip

    def tasks(self) -> Rows:
        """The national stage of every submission; every other open one waits there, the rest in its province."""
        for key, row, round_, _document in self.submitted():
            measured = row["id"] == MEASURED_FILING
            is_open = row["mix"] >= 6 and (not measured or round_ == 3)
            national = row["mix"] < 6 or measured or row["tens"] % 2 == 0
            province = 2 + words.REGIONS.index(row["region_code"])
            status = "done" if not is_open else "claimed" if measured else "open"
            yield {
                "id": key, "procedure_id": row["id"], "submission_id": key, "status": status,
                "stage_id": self.stages[row["kind"], "national" if national else "provincial"].pk,
                "authority_id": NATIONAL if national else province, "round": round_,
                "claimed_by_id": REVIEWER if measured else None if is_open else LOADER,
                "claimed_at": self.now if measured else None, "created_at": row["created_at"],
                "lease_until": self.now + dt.timedelta(hours=4) if status == "claimed" else None,
                "due_on": self._due(row), "finished_at": None if is_open else row["created_at"],
                "outcome": "" if is_open else "register",
            }  # fmt: skip

    def _status(self, row: dict[str, Any]) -> str:
        return "granted" if row["mix"] < 6 else "in_review" if row["mix"] < 9 else "draft"

    def _due(self, row: dict[str, Any]) -> dt.date:
        """Two of five tasks are overdue since yesterday or the day before, so that page one is the same."""
        if row["tens"] % 10 < 4:
            return self.today - dt.timedelta(days=1 + row["tens"] % 2)
        return self.days[row["tens"] % 20]

    def events(self) -> Rows:
        key = 0
        for row in self.filings:
            for at, kind in enumerate(STEPS[self._status(row)]):
                key += 1
                yield {
                    "id": key, "at": row["created_at"] + dt.timedelta(days=at), "kind": kind, "side": "system",
                    "actor_id": LOADER, "entity_id": row["entity_id"], "filing_id": row["id"],
                    "procedure_id": row["id"], "transaction_id": 3, "data": "{}",
                    "audience": "staff" if kind.startswith("task") else "both",
                }  # fmt: skip

    def registered(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Every registered filing with what its version in the register says."""
        for row in self.filings:
            if row["mix"] < 6:
                yield row, {
                    "number": row["number"], "name": row["name"], "entity_name": words.entity(row["entity_id"])[0],
                    "class_label": "", "role_label": "", "products": words.product(row["entity_id"] * 2),
                    "main_use": f"应用于{words.product(row['id'])}，根据用户输入的内容，输出合乎要求的结果。",
                    "fields": [FIELDS[row["tens"] % 8]], "remark": "",
                }  # fmt: skip

    def entries(self) -> Rows:
        for row, said in self.registered():
            number = row["number"]
            digits = number[len(PREFIX) : -1]
            yield {
                "id": row["id"], "number": number, "number_key": numbers.key(number), "digits": digits,
                "prefix": PREFIX, "number_state": "ok", "region_code": digits[:6], "province": digits[:2],
                "entity_code": digits[6:13], "class_code": digits[13:15], "year": 2000 + int(digits[15:17]),
                "sequence": int(digits[17:20]), "kind": row["kind"], "algorithm_class": row["algorithm_class"],
                "role": row["role"], "name": said["name"], "name_key": names.key(said["name"]),
                "entity_name": said["entity_name"], "entity_key": names.key(said["entity_name"]),
                "entity_id": row["entity_id"], "filing_id": row["id"], "products": said["products"],
                "main_use": said["main_use"], "fields": said["fields"], "published_on": row["published_on"],
                "issued_on": row["published_on"],
                "haystack": names.haystack(number, said["name"], said["entity_name"], said["products"]),
            }  # fmt: skip

    def register_versions(self) -> Rows:
        for row, said in self.registered():
            yield {
                "id": row["id"], "entry_id": row["id"], "reason": "registered", "valid_from": row["published_on"],
                "content": said, "digest": "0" * 64, "recorded_at": row["created_at"],
            }  # fmt: skip

    def attachments(self) -> Rows:
        for each in dossier.attachments():
            yield {
                "id": each["attachment"], "entity_id": MEASURED_ENTITY, "filing_id": MEASURED_FILING,
                "name": each["name"], "media_type": each["type"], "size": each["size"], "sha256": each["sha256"],
                "scan": "clean", "uploaded_by_id": PROVIDER, "uploaded_at": self.now,
            }  # fmt: skip

    def measured_rounds(self) -> list[int]:
        return [key for key, row, _round, _document in self.submitted() if row["id"] == MEASURED_FILING]

    def cited(self) -> Rows:
        for pk, each in enumerate(dossier.attachments(), 1):
            yield {"id": pk, "attachment_id": each["attachment"], "submission_id": self.measured_rounds()[-1]}

    def findings(self) -> Rows:
        """Thirty: fifteen of the first round settled, ten of the second answered, five drafted in the third."""
        rounds, spots = self.measured_rounds(), dossier.answered(dossier.content(3))
        for number in range(30):
            at = 0 if number < 15 else 1 if number < 25 else 2
            path = spots[number * len(spots) // 30]
            yield {
                "id": number + 1, "procedure_id": MEASURED_FILING, "submission_id": rounds[at], "path": path,
                "section": path.partition(".")[0], "severity": ("must", "should")[number % 2], "source": "officer",
                "legal_basis": "ARP 25", "text": f"请补充说明第{number + 1}项：所述机制与材料不一致，请逐条对照。",
                "raised_by_id": REVIEWER, "raised_at": self.now, "sent_at": self.now if at < 2 else None,
                "answer": "已补充，详见修改。" if at < 2 else "", "answered_by_id": PROVIDER if at < 2 else None,
                "answered_at": self.now if at < 2 else None, "settled_by_id": REVIEWER if at == 0 else None,
                "settled_at": self.now if at == 0 else None,
            }  # fmt: skip

    def intake_runs(self) -> Rows:
        for pk, submission in enumerate(self.measured_rounds(), 1):
            row = {"id": pk, "submission_id": submission, "rule_set_version": "1"}
            yield {**row, "finished_at": self.now, "passed": True}

    def intake_results(self) -> Rows:
        spots = dossier.answered(dossier.content(3))
        for pk in range(1, 13):
            yield {
                "id": pk, "run_id": 3, "rule": f"rule{pk}", "outcome": "warned" if pk % 4 == 0 else "passed",
                "legal_basis": "ARP 24", "path": spots[pk] if pk % 4 == 0 else "",
                "message_zh": "请核对。", "message_en": "Please look.",
            }  # fmt: skip

    def notes(self) -> Rows:
        for pk in range(1, 6):
            row = {"id": pk, "procedure_id": MEASURED_FILING, "author_id": REVIEWER, "written_at": self.now}
            yield {**row, "text": f"内部备注{pk}：与省级机关核对过。"}


def tables(m: Mass) -> list[tuple[type[models.Model], Rows]]:
    """Every table with its rows, in the order of loading."""
    return [
        (User, m.users()), (EmailAddress, m.addresses()), (f.Installation, m.installation()),
        (f.Authority, m.authorities()), (f.Posting, m.postings()), (f.Entity, m.all_entities()),
        (f.EntityVersion, m.versions()), (f.Membership, m.memberships()), (f.Product, m.products()),
        (f.Filing, m.all_filings()), (f.Filing.products.through, m.products_of_filings()),
        (f.Procedure, m.procedures()), (f.Dossier, m.dossiers()), (f.Sealing, m.sealings()),
        (f.Submission, m.submissions()), (r.ReviewTask, m.tasks()), (f.Event, m.events()),
        (f.RegisterEntry, m.entries()), (f.RegisterVersion, m.register_versions()),
        (f.Attachment, m.attachments()), (f.Attachment.submissions.through, m.cited()),
        (f.Finding, m.findings()), (r.IntakeRun, m.intake_runs()), (r.IntakeResult, m.intake_results()),
        (r.Note, m.notes()),
    ]  # fmt: skip
