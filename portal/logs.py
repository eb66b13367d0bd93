"""Log lines as JSON without personal data: no query strings, no link tokens, no values of rows."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class JsonLine(logging.Formatter):
    """One JSON object a line; a request is named by its route, an exception by type and place."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": self._message(record),
        }
        if record.exc_info and record.exc_info[1]:
            line |= self._failure(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    def _message(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        status = getattr(record, "status_code", None)
        if request is None or status is None:
            return record.getMessage()
        match = getattr(request, "resolver_match", None)
        route = match.route if match else "(no route)"
        return f"{status} {getattr(request, 'method', '')} /{route}"

    def _failure(self, error: BaseException) -> dict[str, Any]:
        frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
        first_line = str(error).partition("\n")[0]  # PostgreSQL puts the row's values on the second
        return {"error": f"{type(error).__name__}: {first_line}"[:300], "trace": frames[-12:]}
