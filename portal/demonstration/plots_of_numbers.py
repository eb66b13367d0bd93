"""What follows a number day by day: where it is shown, a yearly confirmation, a publication that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from filings import attachments, confirmations, displays, feeds
from filings.models import Filing, OfficerRole, PeriodicConfirmation
from portal.demonstration import pictures, plots
from portal.demonstration.plots import REASONS_TO_REGISTER
from reviews import batches
from reviews.models import Proposal

if TYPE_CHECKING:
    from filings.models import Procedure
    from portal.demonstration.acts import Acts
    from portal.demonstration.algorithms import Algorithm
    from portal.demonstration.plots import Plot
    from portal.models import User


def shown(acts: Acts, name: str, ago: int) -> Plot:
    """The number stands on the website and in the app; the owner's calendar program asks for the dates."""
    yield acts.days.ago(ago, 9, 50)
    filing, owner = _of(acts, name)
    for place, where, address in (
        ("website", "首页页脚", "https://example.cn/"),
        ("app", "“我的—关于”页面", ""),
    ):
        picture = pictures.evidence(f"备案编号展示-{place}.png", owner=filing.entity.name)
        upload = SimpleUploadedFile(f"备案编号展示-{place}.png", picture, content_type="image/png")
        kept = attachments.accept_upload(
            entity=filing.entity, filing=filing, upload=upload, by=owner, at=acts.at, purpose="screenshot"
        )
        said = displays.Place(place=place, where=where, address=address, since=acts.days.day(-ago - 1))
        displays.record(filing=filing, said=said, screenshot=kept, by=owner, at=acts.at)
    feeds.make(entity=filing.entity, by=owner, at=acts.at)


def confirmed(acts: Acts, name: str, ago: int) -> Plot:
    """The owner compares and declares that the filing stands; others in the list have not answered."""
    yield acts.days.ago(ago, 16, 10)
    filing, owner = _of(acts, name)
    asked = PeriodicConfirmation.objects.filter(filing=filing, outcome="").order_by("-pk")[0]
    confirmations.declare(
        confirmation=asked, outcome="stands", statement="已逐项核对，公示内容与服务现状一致。", by=owner, at=acts.at
    )


def held(acts: Acts, algorithm: Algorithm, ago: int, *, publish_on: int) -> Plot:
    """A number is issued; its publication waits for a batch of a working day after (or before) today."""
    got: list[Procedure] = []
    yield from plots.lodge(acts, algorithm, ago, got)
    procedure = got[0]
    yield acts.days.ago(ago - 4, 9, 40)
    acts.pass_up(procedure)
    yield acts.days.ago(ago - 5, 10, 15)
    proposal = acts.propose(procedure, Proposal.Kind.REGISTER, reasons=REASONS_TO_REGISTER)
    yield acts.days.ago(ago - 6, 15, 20)
    assert proposal.task is not None, "a first filing is decided in a task"
    signatory = acts.desk_of(proposal.task).one(OfficerRole.SIGNATORY)
    day = acts.days.day(publish_on)
    batch = batches.open_batch(authority=proposal.authority, publish_on=day, by=signatory, at=acts.at)
    acts.sign(procedure, batch=batch)


def _of(acts: Acts, name: str) -> tuple[Filing, User]:
    """A registered filing and the owner of its entity."""
    filing = acts.registered(name)
    return filing, acts.owner_of(filing)
