import pytest
from django.utils import timezone

from filings.imports.register import import_file
from tests.importing import lists


@pytest.fixture
def listed(db):
    """Put rows of a list into the register: `listed(算法名称="…", …)`, each with its own number."""
    count = iter(range(1, 900))

    def listed(*rows, title="境内深度合成服务算法备案清单（2024年6月）"):
        full = [
            lists.row(lists.number(next(count)), **{"算法名称": f"算法{n}", **values}) for n, values in enumerate(rows)
        ]
        import_file(lists.make(full, title=title), name="list.docx", at=timezone.now())

    return listed
