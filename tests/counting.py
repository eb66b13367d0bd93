"""How many queries pages take."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def costs(client, pages):
    """Queries of each page, which must open, when it is opened for the second time."""
    found = []
    for address in pages:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found.append(len(asked))
    return found
