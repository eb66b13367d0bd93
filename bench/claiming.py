"""Claiming: 32 officers at once empty a queue of 10,000 tasks, by the rule and by the bare statement."""

import multiprocessing
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bench import mass
from filings.models import Authority
from portal.models import User
from reviews import queue
from reviews.models import ReviewTask

QUEUES = ("rule", "bare")


def claim_all(tasks: int) -> dict[str, Any]:
    """Two queues of the same length in one database, emptied in turns of a quarter each."""
    authorities = dict(zip(QUEUES, _two_queues(tasks), strict=True))
    claimed: dict[str, list[int]] = {name: [] for name in QUEUES}
    seconds = dict.fromkeys(QUEUES, 0.0)
    per_turn = tasks // 4
    for turn in range(4):
        for name in QUEUES if turn % 2 == 0 else QUEUES[::-1]:
            _post_claimers(authorities[name])
            found, took = _at_once(name, authorities[name].pk, per_turn)
            claimed[name] += found
            seconds[name] += took
    told: dict[str, Any] = {"claimers": len(mass.CLAIMERS)}
    for name in QUEUES:
        told[name] = {
            "claims": len(claimed[name]),
            "twice": len(claimed[name]) - len(set(claimed[name])),
            "rate": len(claimed[name]) / seconds[name],
        }
    return told


def _two_queues(tasks: int) -> list[Authority]:
    """Open tasks of two authorities, the same number each; all other open tasks are put aside."""
    found = list(Authority.objects.order_by("pk")[:2])
    keys = list(ReviewTask.objects.filter(status="open").order_by("pk").values_list("pk", flat=True)[: 2 * tasks])
    assert len(keys) == 2 * tasks, "the database holds too few open tasks"
    with transaction.atomic():
        ReviewTask.objects.filter(status="open").exclude(pk__in=keys).update(status="dropped")
        for place, authority in enumerate(found):
            ReviewTask.objects.filter(pk__in=keys[place::2]).update(authority=authority)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) reviews_reviewtask")
    return found


def _post_claimers(authority: Authority) -> None:
    """All claimers review for this authority, and for no other."""
    from filings.models import Posting

    Posting.objects.filter(user__in=mass.CLAIMERS).update(authority=authority)


def _at_once(name: str, authority: int, tasks: int) -> tuple[list[int], float]:
    """Every claimer in a process and a connection of its own; they begin together."""
    connection.close()
    context = multiprocessing.get_context("fork")
    claimers = list(mass.CLAIMERS)
    share = [tasks // len(claimers) + (place < tasks % len(claimers)) for place in range(len(claimers))]
    start, results = context.Barrier(len(claimers) + 1), context.Queue()
    work = {"rule": _by_rule, "bare": _by_statement}[name]
    processes = [
        context.Process(target=_claimer, args=(work, pk, authority, most, start, results))
        for pk, most in zip(claimers, share, strict=True)
    ]
    for process in processes:
        process.start()
    start.wait(60)
    began = time.monotonic()
    found = [results.get(timeout=300) for _process in processes]
    took = time.monotonic() - began
    for process in processes:
        process.join(30)
    return [key for keys in found for key in keys], took


def _claimer(
    work: Callable[[User, int], int | None], pk: int, authority: int, most: int, start: Any, results: Any
) -> None:
    user = User.objects.get(pk=pk)
    keys = []
    start.wait(60)
    while len(keys) < most and (key := work(user, authority)) is not None:
        keys.append(key)
    results.put(keys)


def _by_rule(user: User, authority: int) -> int | None:
    task = queue.claim_next(by=user, at=timezone.now())
    return None if task is None else task.pk


def _by_statement(user: User, authority: int) -> int | None:
    at = timezone.now()
    with connection.cursor() as cursor:
        condition = "status = 'open' AND authority_id = ANY(%s)"
        cursor.execute(queue.CLAIM.format(condition=condition), [user.pk, at, at + queue.LEASE, [authority]])
        row = cursor.fetchone()
    return row[0] if row else None
