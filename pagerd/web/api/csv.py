"""CSV answers: rows as a spreadsheet takes them, and no cell that it would run."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from aiohttp import web

from pagerd.web.answers import text_answer
from pagerd.web.call import Call

CSV = "text/csv; charset=utf-8"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> web.Response:
    """Answer with a CSV file of rows that have these columns."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return text_answer(_csv(columns, rows), CSV, headers=headers)


def wants_csv(call: Call, said: str | None) -> bool:
    """Say whether CSV is asked for, by `format` or by Accept."""
    if said is not None:
        return said == "csv"
    return call.request.headers.get("Accept", "").partition(",")[0].partition(";")[0].strip() == "text/csv"


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return out.getvalue()


def _cell(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula."""
    text = "; ".join(str(one) for one in value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
