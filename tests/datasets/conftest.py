import pytest

from filings import datasets
from filings.models import DataSet
from reviews import datasets as desk
from tests import factories


@pytest.fixture
def body(entity, now):
    """A public institution in Zhejiang, whose version an officer has verified."""
    owner = factories.user("body@example.cn", "邓未晞")
    return factories.verified_entity(owner=owner, at=now, entity_type="public_institution")


@pytest.fixture
def giver(body):
    return body.memberships.get().user


@pytest.fixture
def terms():
    def terms(**changes):
        facts = {
            "title": "示例市公共文化数据", "description": "馆藏目录与展览介绍，2015 年以来。", "source": "本馆采集编目",
            "licence": "可训练、可商用，须署名", "data_class": "text", "size": "8000 条", "contact": "0571-88880000",
            "wished_grade": "application",
        }  # fmt: skip
        return datasets.Terms(**facts | changes)

    return terms


@pytest.fixture
def publish(body, giver, terms, reviewer, now):
    """A data set of the body's in the catalogue, by the way everybody takes."""

    def publish(**changes):
        told = terms(**changes)
        made = datasets.draft(entity=body, terms=told, by=giver, at=now)
        datasets.offer(dataset=made, by=giver, at=now)
        desk.confirm(dataset=made, grade=told.wished_grade, by=reviewer, at=now)
        return DataSet.objects.select_related("matter").get(pk=made.pk)

    return publish


@pytest.fixture
def apply(entity, provider, now):
    def apply(dataset):
        return datasets.apply(
            dataset=dataset, entity=entity, purpose="写作模型微调", handling="加密存储，不外传", by=provider, at=now
        )

    return apply
