"""Inspections: opened for a reason or by lot, answered, corrected under an order, closed with a result."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from filings import inspections as told
from filings.models import Filing, Inspection, InspectionDraw, InspectionMode, Matter
from filings.transitions import TransitionNotAllowed
from reviews import inspections, orders

pytestmark = pytest.mark.django_db
PLANNED = told.Grounds(InspectionMode.PLANNED, "年度计划。")


def test_an_inspection_asks_what_the_law_names_and_shows_where_the_dossier_answers(opened, provider):
    questions = [question for question, _answer in told.questions(opened)]
    codes = ["source", "scale", "type", "labelling_rules", "mechanism", "assistance"]
    assert [question.data["code"] for question in questions] == codes
    assert questions[1].paths == [path for path in questions[1].paths if path.startswith("training.sources[")] != []
    assert opened.inspection.checks.filter(subject="minors", path="minors.serves_minors").exists()
    assert not Matter.objects.visible_to(provider).exists()


def test_bulk_opening_tells_of_each_filing_what_became_of_it(opened, filing, province, other_province, reviewer, now):
    lapsed = Filing.objects.create(
        entity=filing.entity,
        kind=filing.kind,
        name="未备案",
        region_code="330100",
        created_at=now,
        created_by=filing.created_by,
    )
    found = told.open_inspections([filing, lapsed], province, grounds=PLANNED, by=reviewer, at=now)
    assert [(each.outcome, each.matter) for each in found] == [("already_open", opened), ("refused", None)]
    assert all(each.reason for each in found)
    with pytest.raises(PermissionDenied):
        told.open_inspections([filing], other_province, grounds=PLANNED, by=reviewer, at=now)


def test_the_same_seed_draws_the_same_sample_whoever_draws(filing, province, reviewer, now):
    numbers = [f"演示算备33010600000{n:02d}0126000{n % 9}" for n in range(40)]
    first = told.drawn(numbers, seed="2026-11-24", size=5)
    assert first == told.drawn(reversed(numbers), seed="2026-11-24", size=5)
    assert first != told.drawn(numbers, seed="2026-11-25", size=5)
    draw, found = told.open_sample(
        authority=province, kind=filing.kind, size=1, seed="2026-11-24", reason="双随机抽查。", by=reviewer, at=now
    )
    assert [each.outcome for each in found] == ["opened"]
    assert (draw.population, draw.drawn) == ([filing.number], told.drawn(draw.population, seed=draw.seed, size=1))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        InspectionDraw.objects.update(seed="另一")


def test_the_provider_answers_every_question_before_it_hands_over(asked, provider, viewer, day, now):
    (question, _none), *rest = told.questions(asked)
    with pytest.raises(PermissionDenied):
        told.answer(question=question, text="说明。", by=viewer, at=now)
    told.answer(question=question, text="说明。", by=provider, at=now)
    with pytest.raises(ValidationError, match=str(len(rest))):
        told.hand_over(matter=asked, by=provider, at=now)
    later = day + dt.timedelta(days=5)
    told.ask_later(matter=asked, date=later, reason="资料较多。", by=provider, at=now)
    assert asked.inspection.__class__.objects.get().later_date_asked == later


def test_an_inspection_is_corrected_under_an_order_by_two_and_verified(
    answered, province, reviewer, signatory, provider, day, now
):
    with pytest.raises(ValidationError):
        inspections.order_correction(matter=answered, by=reviewer, at=now)
    terms = orders.Terms("correct", ("ARP 28",), "标注规则与申报不符。", "按申报的规则重新标注。", day)
    order = orders.draft(terms=terms, filing=answered.filing, authority=province, parent=answered, by=reviewer, at=now)
    proposal = orders.propose(order=order, reasons="情节属实。", by=reviewer, at=now)
    orders.sign(proposal=proposal, by=signatory, at=now)
    inspections.order_correction(matter=answered, by=reviewer, at=now)
    answered.refresh_from_db()
    assert (answered.status, answered.turn, answered.due_on) == ("correcting", "provider", day)
    told.show_correction(matter=answered, text="已重新标注。", by=provider, at=now)
    inspections.not_corrected(matter=answered, reason="缺少抽检记录。", due_on=day, by=reviewer, at=now)
    told.show_correction(matter=answered, text="已补抽检记录。", by=provider, at=now)
    with pytest.raises(ValidationError):
        inspections.close(matter=answered, result="in_order", findings="已核实。", by=reviewer, at=now)
    inspections.close(
        matter=answered, result="corrected", findings="已核实。", public_text="经检查已整改到位。", by=reviewer, at=now
    )
    answered.refresh_from_db()
    assert (answered.status, answered.turn, answered.outcome) == ("closed", "nobody", "已核实。")
    assert [each.public_text for each in told.published(answered.filing)] == ["经检查已整改到位。"]


def test_another_ministry_joins_works_in_it_and_takes_over(
    asked, industry, inspector, reviewer, other_reviewer, province, now, day
):
    with pytest.raises(PermissionDenied):
        inspections.add_question(matter=asked, text="请说明个人信息。", by=inspector, at=now)
    inspections.join(matter=asked, authority=industry, by=reviewer, at=now)
    assert Matter.objects.visible_to(inspector).get() == asked
    inspections.add_question(matter=asked, text="请说明个人信息。", by=inspector, at=now)
    row = asked.inspection.checks.filter(subject="labels").first() or asked.inspection.checks.first()
    inspections.check(row=row, state="not_kept", remark="未见标识。", by=inspector, at=now)
    with pytest.raises(PermissionDenied):
        inspections.move_date(matter=asked, due_on=day + dt.timedelta(days=3), by=inspector, at=now)
    with pytest.raises(PermissionDenied):
        inspections.check(row=row, state="kept", remark="", by=other_reviewer, at=now)
    inspections.hand_lead(matter=asked, authority=industry, by=reviewer, at=now)
    inspections.move_date(matter=asked, due_on=day + dt.timedelta(days=3), by=inspector, at=now)
    asked.refresh_from_db()
    assert (asked.authority, inspections.leads(reviewer, asked)) == (industry, False)
    assert inspections.taking_part(reviewer, asked).authority == province


def test_nothing_of_an_open_inspection_is_public_and_a_dropped_one_never(asked, reviewer, now):
    assert not told.published(asked.filing).exists()
    inspections.drop(matter=asked, reason="重复检查。", by=reviewer, at=now)
    with pytest.raises(TransitionNotAllowed):
        inspections.close(matter=asked, result="in_order", findings="无。", by=reviewer, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.update(public_text="泄露")
