"""From the specimen's stand-ins to stored files and sealed values, as an upload would store them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from filings import attachments, labels, sealed
from filings.annexchecks.specimen import xlsx
from filings.models import SealedValue
from filings.uploads.kinds import XLSX
from portal.demonstration import annexes, pictures
from portal.demonstration.companies import identity_number, mobile

if TYPE_CHECKING:
    import datetime as dt

    from filings.models import Entity
    from portal.models import User

TYPES = {"pdf": "application/pdf", "png": "image/png", "xlsx": XLSX, "csv": "text/csv"}
RECORD = (("序号", "日期", "内容", "经办人"), (1, "2025-11-03", "按采集方案完成第一批采集并登记", "数据组"))
SCANS = ("identity_scan",)
SAMPLES = ("implicit_sample", "file")


class Material:
    """Keeps each file and each personal value of one entity once, however often it is cited."""

    def __init__(self, entity: Entity, *, by: User) -> None:
        self.entity, self.by = entity, by
        self._kept: dict[tuple[str, str], dict[str, Any]] = {}

    def real(self, content: Any, *, at: dt.datetime, field: str = "", person: str = "") -> Any:
        """The same content with real references; `person` is who the section is about."""
        if isinstance(content, list):
            return [self.real(each, at=at, field=field, person=person) for each in content]
        if not isinstance(content, dict):
            return content
        if "attachment" in content:
            return self._file(content["name"], field, at)
        if "sealed" in content:
            return self._value(field, person, at)
        person = str(content.get("name", person)) if "document_number" in content else person
        return {name: self.real(value, at=at, field=name, person=person) for name, value in content.items()}

    def _file(self, name: str, field: str, at: dt.datetime) -> dict[str, Any]:
        # Each filing counts annexes anew: their tests have days of their own.
        if annexes.is_annex(field) or ("file", name) not in self._kept:
            data = self._bytes(name, field, at)
            upload = SimpleUploadedFile(name, data, TYPES[name.rpartition(".")[2]])
            kept = (
                attachments.accept_scan(entity=self.entity, upload=upload, by=self.by, at=at)
                if field in SCANS
                else attachments.accept_upload(entity=self.entity, filing=None, upload=upload, by=self.by, at=at)
            )
            self._kept["file", name] = attachments.reference(kept)
        return self._kept["file", name]

    def _bytes(self, name: str, field: str, at: dt.datetime) -> bytes:
        if annexes.is_annex(field):
            return annexes.content(field, name, today=timezone.localdate(at))
        if name.endswith(".xlsx"):
            return xlsx({"记录": RECORD})
        return pictures.evidence(name, owner=self.entity.name, label=self._label(name, field))

    def _label(self, name: str, field: str) -> str:
        """The implicit label of a sample of output, as the entity's service would write it; else nothing."""
        if field not in SAMPLES:
            return ""
        code = f"0011{labels.credit_code_of(self.entity.profile)}10000"
        number = hashlib.sha256(name.encode()).hexdigest()[:20]
        parts = {"Label": "1", "ContentProducer": code, "ProduceID": number, "ReservedCode1": ""}
        parts |= {"ContentPropagator": code, "PropagateID": number, "ReservedCode2": ""}
        return json.dumps(parts)

    def _value(self, field: str, person: str, at: dt.datetime) -> dict[str, Any]:
        is_number = field == "document_number"
        kind = SealedValue.Kind.IDENTITY_NUMBER if is_number else SealedValue.Kind.PHONE
        if (kind, person) not in self._kept:
            value = identity_number(person) if is_number else mobile(person)
            row = sealed.seal(entity=self.entity, kind=kind, value=value, by=self.by, at=at)
            self._kept[kind, person] = sealed.reference(row)
        return self._kept[kind, person]
