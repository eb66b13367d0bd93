"""`python -m scripts.fuzz_labels [seconds] [seed]`: spoil labelled files and read them, and say what happened.

Every file must get a verdict, within a bounded time and bounded memory. A crash prints the bytes'
digest and where they were kept, and ends with 1.
"""

import hashlib
import io
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
KEPT = CHECKOUT / "var" / "fuzz"
SLOW = 2.0
TOKENS = [
    b"AIGC",
    b"TC260:AIGC",
    b'{"AIGC":',
    b'"Label":"1"',
    b"ContentProducer",
    b"\0",
    b"\xff" * 8,
    b"\x7f\xff\xff\xff",
    b"\0\0\0\0",
    b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
    b"TXXX",
    b"moov",
    b"udta",
    b"ilst",
    b"LIST",
    b"/ObjStm",
    b"/FlateDecode",
    b"1 0 obj",
    b"endobj",
    b"stream\n",
    b"<!DOCTYPE x [",
    b"{" * 300,
    b"(" * 300,
    b"PK\x05\x06",
    b"PK\x01\x02",
]


def seeds() -> list[bytes]:
    from tests.labelreading import files
    from tests.labelreading.test_sound_and_malformed_labels import PLAIN, SOUND

    made = [make(files.label()) for make, _place in SOUND.values()] + [make() for make in PLAIN.values()]
    return [*made, files.png(files.label(wrapped=True)), files.pdf(files.label(), "attached")]


def spoilt(pool: list[bytes], dice: random.Random) -> bytes:
    content = bytearray(dice.choice(pool))
    for _change in range(dice.choice((1, 1, 2, 4, 8, 32))):
        change: Callable[[bytearray, random.Random, list[bytes]], None] = dice.choice(CHANGES)
        change(content, dice, pool)
        if not content:
            content = bytearray(b"\0")
    return bytes(content[: 4 * 1024 * 1024])


def _flip(content: bytearray, dice: random.Random, _pool: list[bytes]) -> None:
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)


def _overwrite(content: bytearray, dice: random.Random, _pool: list[bytes]) -> None:
    place, token = dice.randrange(len(content)), dice.choice(TOKENS)
    content[place : place + len(token)] = token


def _insert(content: bytearray, dice: random.Random, _pool: list[bytes]) -> None:
    place = dice.randrange(len(content))
    content[place:place] = dice.choice((dice.choice(TOKENS), dice.randbytes(dice.randrange(1, 64))))


def _cut(content: bytearray, dice: random.Random, _pool: list[bytes]) -> None:
    del content[dice.randrange(len(content)) :]


def _remove(content: bytearray, dice: random.Random, _pool: list[bytes]) -> None:
    place = dice.randrange(len(content))
    del content[place : place + dice.randrange(1, 200)]


def _repeat(content: bytearray, dice: random.Random, _pool: list[bytes]) -> None:
    place = dice.randrange(len(content))
    part = content[place : place + dice.randrange(1, 400)]
    content[place:place] = part * dice.choice((2, 10, 500))


def _length(content: bytearray, dice: random.Random, _pool: list[bytes]) -> None:
    place = dice.randrange(len(content))
    order = dice.choice(("big", "little"))
    value = dice.choice((0, 1, 7, 8, 255, 65535, 2**31 - 1, 2**32 - 1, len(content)))
    content[place : place + 4] = value.to_bytes(4, order)


def _graft(content: bytearray, dice: random.Random, pool: list[bytes]) -> None:
    other = dice.choice(pool)
    start = dice.randrange(len(other))
    place = dice.randrange(len(content))
    content[place:place] = other[start : start + dice.randrange(1, 4000)]


CHANGES = (_flip, _flip, _overwrite, _insert, _cut, _remove, _repeat, _length, _length, _graft)


def run(seconds: float, seed: int) -> int:
    from filings.labelreading import read

    dice = random.Random(seed)
    pool = seeds()
    states: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    crashes, slowest, slow = 0, 0.0, 0
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        content = spoilt(pool, dice)
        start = time.process_time()
        try:
            found = read(io.BytesIO(content))
        except Exception:
            crashes += 1
            _keep(content)
            traceback.print_exc()
            continue
        took = time.process_time() - start
        slowest = max(slowest, took)
        if took > SLOW:
            slow += 1
            _keep(content)
        states[found.state] += 1
        formats[found.format or "none"] += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    files = sum(states.values()) + crashes
    print(f"{files:,} files in {time.monotonic() - began:.0f} s, seed {seed}, {len(pool)} seed files")
    print("verdicts:", ", ".join(f"{state} {count:,}" for state, count in sorted(states.items())))
    print("formats:", ", ".join(f"{name} {count:,}" for name, count in sorted(formats.items())))
    print(f"crashes {crashes}; slower than {SLOW:.0f} s: {slow}; slowest {slowest:.2f} s; peak memory {peak} MB")
    return 1 if crashes or slow else 0


def _keep(content: bytes) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / hashlib.sha256(content).hexdigest()[:16]
    path.write_bytes(content)
    print(f"kept {path}")


def main() -> int:
    sys.path.insert(0, str(CHECKOUT))
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600
    return run(seconds, int(sys.argv[2]) if len(sys.argv) > 2 else 45438)


if __name__ == "__main__":
    sys.exit(main())
