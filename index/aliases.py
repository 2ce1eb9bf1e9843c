"""Names that are one: what reports state, what the user decided, and the history to undo by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from index import ledger, schema
from index.database import reading, writing
from index.store import Store
from ingest.identity.renames import NameTold, names_told
from ingest.model import Document

NAMES = "names"
NAMES_VERSION = "3"
"""Of what `ingest.identity.renames` finds; a library of another one looks again when it is opened."""

JOINED, PARTED = "joined", "parted"
_FORMERLY = tuple(f"年{said}" for said in ("名", "称", "叫", "度名", "度称", "的名称"))
# Words without which a report cannot say anything of names; see `ingest.identity.renames`.
_HINTS = (
    "更名", "改名", "改称", "变更为", "调整为“", "（原", "(原", "曾用名", "不再保留", "基础上组建",
    "划入", "划转至", "并入", "改组为", "改建为", "简称", "下称", *_FORMERLY,
)  # fmt: skip
_CODES = (
    "项目编码", "项目代码", "项目编号", "单位编码", "单位代码", "部门编码", "部门代码",
    "统一社会信用代码",
)  # fmt: skip
_KINDS = ("unit", "project")


@dataclass(frozen=True, slots=True)
class StatedName:
    """What a loaded report says of two names (or of a name and its code), and where.

    `told` and `subject` are those of `ingest.identity.renames`; `entity` is the unit of the report.
    """

    report: int
    report_name: str
    entity: str
    told: str
    subject: str
    first: str
    second: str
    start: int
    end: int
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Alias:
    """What the user decided of two names: that they are one (``joined``) or two (``parted``).

    `evidence` are places that were known when it was decided, as the caller wrote them.
    """

    kind: str
    first: str
    second: str
    state: str
    note: str
    evidence: tuple[Mapping[str, Any], ...]
    at: str


@dataclass(frozen=True, slots=True)
class AliasStep:
    """A decision in the history: what there was `before` of the pair (None: nothing), and `after`."""

    id: int
    at: str
    action: str
    before: Alias | None
    after: Alias | None
    undone: bool


# ---- rows


def insert_names(connection: Connection, report: int, document: Document) -> None:
    """Write what a report says of names."""
    rows = [_told_row(report, no, each, document) for no, each in enumerate(names_told(document))]
    if rows:
        connection.execute(insert(schema.names), rows)


def _told_row(report: int, no: int, each: NameTold, document: Document) -> dict[str, Any]:
    said = asdict(stated_name(report, "", document, each))
    kept = ("report", "told", "subject", "first", "second", "start", "end", "page", "quote")
    return {"no": no, "part": each.part, **{name: said[name] for name in kept}}


def stated_name(report: int, entity: str, document: Document, each: NameTold) -> StatedName:
    """What a document says of names, as it is kept."""
    start, end = each.span
    return StatedName(
        report=report,
        report_name=document.name,
        entity=entity,
        told=each.told.value,
        subject=each.subject,
        first=each.first,
        second=each.second,
        start=start,
        end=end,
        page=each.page,
        quote=document.text[start:end],
    )


def rebuild_names(store: Store) -> None:
    """Look again for what the loaded reports say of names. The caller holds the lock."""
    text, grid = schema.blocks.c.text, schema.tables.c.grid
    with reading(store.engine) as connection:
        said = select(schema.blocks.c.report).where(
            or_(*(text.contains(hint) for hint in (*_HINTS, *_CODES)))
        )
        listed = select(schema.tables.c.report).where(
            or_(*(grid.contains(h) for h in (*_CODES, *_FORMERLY)))
        )
        wanted = set(connection.execute(said.union(listed)).scalars())
        wanted &= ledger.ready_ids(connection)
    for report in sorted(wanted):
        document = store.document(report)
        with writing(store.engine) as connection:
            connection.execute(delete(schema.names).where(schema.names.c.report == report))
            insert_names(connection, report, document)
    with writing(store.engine) as connection:
        ledger.set_meta(connection, {NAMES: NAMES_VERSION})


def _alias(row: Sequence[Any] | None) -> Alias | None:
    if row is None:
        return None
    kind, first, second, state, note, evidence, at = row
    return Alias(kind, first, second, state, note, tuple(json.loads(evidence)), at)


def _columns() -> list[Any]:
    names = ("kind", "first", "second", "state", "note", "evidence", "at")
    return [schema.aliases.c[name] for name in names]


def _pair(first: str, second: str) -> tuple[str, str]:
    """The order in which a pair is kept."""
    return (first, second) if first <= second else (second, first)


# ---- the door


class Aliases:
    """The aliases of a library."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: tuple[str, tuple[StatedName, ...], tuple[Alias, ...]] | None = None

    def stated(self) -> tuple[StatedName, ...]:
        """What the current reports say of names, in the order in which they were added."""
        return self._read()[1]

    def decided(self) -> tuple[Alias, ...]:
        """What the user decided, the earliest first."""
        return self._read()[2]

    def _read(self) -> tuple[str, tuple[StatedName, ...], tuple[Alias, ...]]:
        """Both, read once for as long as nobody changes the library."""
        generation = self._store.current().generation
        if self._known is None or self._known[0] != generation:
            self._known = (generation, tuple(self._stated()), tuple(self._decided()))
        return self._known

    def _stated(self) -> list[StatedName]:
        names, reports = schema.names, schema.reports
        columns = ("told", "subject", "first", "second", "start", "end", "page", "quote")
        with reading(self._store.engine) as connection:
            rows = connection.execute(
                select(
                    names.c.report, reports.c.name, reports.c.entity,
                    *(names.c[name] for name in columns),
                )
                .join(reports, reports.c.id == names.c.report)
                .where(reports.c.state == "ready")
                .order_by(names.c.report, names.c.no)
            )  # fmt: skip
            return [StatedName(*row) for row in rows]

    def _decided(self) -> list[Alias]:
        with reading(self._store.engine) as connection:
            rows = connection.execute(select(*_columns()).order_by(schema.aliases.c.id))
            return [found for row in rows if (found := _alias(row)) is not None]

    def history(self) -> list[AliasStep]:
        """All decisions, the latest first."""
        table = schema.alias_history
        with reading(self._store.engine) as connection:
            rows = connection.execute(select(table).order_by(table.c.id.desc()))
            return [_step(row) for row in rows]

    def decide(
        self,
        action: str,
        kind: str,
        first: str,
        second: str,
        state: str | None,
        *,
        note: str = "",
        evidence: Sequence[Mapping[str, Any]] = (),
        now: str,
    ) -> None:
        """Decide that two names are one or two, or (`state` None) leave it to the reports again.

        Args:
            action: what the user did, for the history.
            kind: ``unit`` or ``project``.
            state: ``joined``, ``parted`` or None.
            note: why, in the user's words.
            evidence: places that speak for it.
            now: the time, ISO 8601.
        """
        if kind not in _KINDS or state not in (JOINED, PARTED, None):
            raise ValueError(f"no such alias: {kind}, {state}")
        with self._store.locked(), writing(self._store.engine) as connection:
            before = _find(connection, kind, first, second)
            after = None
            if state is not None:
                after = Alias(kind, first, second, state, note, tuple(evidence), now)
            if before == after:
                return
            _put(connection, before, after)
            connection.execute(
                insert(schema.alias_history).values(
                    at=now, action=action, before=_out(before), after=_out(after), undone=0
                )
            )
            ledger.bump_generation(connection)

    def undo(self) -> AliasStep | None:
        """Take back the latest decision that was not taken back yet; None where there is none."""
        table = schema.alias_history
        with self._store.locked(), writing(self._store.engine) as connection:
            latest = select(func.max(table.c.id)).where(table.c.undone == 0).scalar_subquery()
            row = connection.execute(select(table).where(table.c.id == latest)).first()
            if row is None:
                return None
            step = _step(row)
            _put(connection, step.after, step.before)
            connection.execute(update(table).where(table.c.id == step.id).values(undone=1))
            ledger.bump_generation(connection)
            return step


def _find(connection: Connection, kind: str, first: str, second: str) -> Alias | None:
    table = schema.aliases
    low, high = _pair(first, second)
    found = connection.execute(
        select(*_columns()).where(table.c.kind == kind, table.c.low == low, table.c.high == high)
    ).first()
    return _alias(found)


def _put(connection: Connection, before: Alias | None, after: Alias | None) -> None:
    """Make what is kept of a pair what it is `after`."""
    table = schema.aliases
    for alias in filter(None, (before, after)):
        low, high = _pair(alias.first, alias.second)
        connection.execute(
            delete(table).where(
                table.c.kind == alias.kind, table.c.low == low, table.c.high == high
            )
        )
    if after is not None:
        low, high = _pair(after.first, after.second)
        connection.execute(
            insert(table).values(
                kind=after.kind,
                low=low,
                high=high,
                first=after.first,
                second=after.second,
                state=after.state,
                note=after.note,
                evidence=json.dumps(list(after.evidence), ensure_ascii=False),
                at=after.at,
            )
        )


def _out(alias: Alias | None) -> str | None:
    if alias is None:
        return None
    kept = {name: getattr(alias, name) for name in Alias.__slots__}
    return json.dumps({**kept, "evidence": list(alias.evidence)}, ensure_ascii=False)


def _in(text: str | None) -> Alias | None:
    if text is None:
        return None
    values = json.loads(text)
    return Alias(**{**values, "evidence": tuple(values["evidence"])})


def _step(row: Any) -> AliasStep:
    return AliasStep(row.id, row.at, row.action, _in(row.before), _in(row.after), bool(row.undone))
