"""The clock of recorded runs, in a process of its own: it stops everything that is imported afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SCRIPT = """
import datetime as before
from nango_cli.sdk import standing_clock

real = before.datetime
standing_clock.install(before.datetime(2026, 1, 2, 3, 4, 5, tzinfo=before.UTC), waits=False)

import asyncio, copy, json, pickle, time
from datetime import UTC, date, datetime, timedelta
from pydantic import BaseModel
from nango_cli.sdk.plain import plain

class Model(BaseModel):
    at: datetime
    on: date | None = None

class Mine(datetime):
    pass

seen = {"start": datetime.now(UTC).isoformat(), "today": datetime.today().date() == date.today(), "time": time.time()}
seen["gmtime"] = time.strftime("%H:%M:%S", time.gmtime())
time.sleep(60)
seen["slept"] = datetime.now(UTC).isoformat()
asyncio.run(asyncio.sleep(30))
seen["slept twice"] = [datetime.utcnow().isoformat(), time.time_ns() // 1_000_000_000]
made = datetime(2026, 1, 1, tzinfo=UTC)
seen["made"] = [isinstance(each, datetime) for each in (made, datetime.now(), made - timedelta(1), real.now())]
seen["mine"] = [isinstance(Mine(2026, 1, 1), Mine), isinstance(datetime.now(), Mine), issubclass(real, datetime)]
seen["compares"] = made < datetime.now(UTC) < datetime.now(UTC) + timedelta(1)
kinds = (made, datetime.now(UTC), date.today())
seen["copies"] = all(pickle.loads(pickle.dumps(each)) == each == copy.deepcopy(each) for each in kinds)
seen["model"] = Model(at="2026-01-01T00:00:00Z", on=date.today()).model_dump(mode="json")
seen["plain"] = plain([made, datetime.now(UTC), date.today()], "x")
try:
    time.sleep(-1)
except ValueError:
    seen["refuses"] = True
print(json.dumps(seen))
"""


def test_it_stands_but_for_what_is_slept() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60)
    seen: dict[str, Any] = json.loads(done.stdout)
    assert seen == {
        "start": "2026-01-02T03:04:05+00:00",
        "today": True,
        "time": 1767323045.0,
        "gmtime": "03:04:05",
        "slept": "2026-01-02T03:05:05+00:00",
        "slept twice": ["2026-01-02T03:05:35", 1767323135],
        "made": [True] * 4,
        "mine": [True, False, True],
        "compares": True,
        "copies": True,
        "model": {"at": "2026-01-01T00:00:00Z", "on": "2026-01-02"},
        "plain": ["2026-01-01T00:00:00+00:00", "2026-01-02T03:05:35+00:00", "2026-01-02"],
        "refuses": True,
    }
