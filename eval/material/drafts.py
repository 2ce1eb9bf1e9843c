"""Right drafts of answers in varied wording: what a model may well write, made from what is known.

Every template is a function from the slots of an answer to a draft, or None where it does not fit.
They are written from how people word such answers, not from what the gate lets pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ingest.reading.text import tidy
from qa.llm.slots import SlotTable, amount, bare_label, one_line
from qa.model import Answer, Check, Value


@dataclass(frozen=True, slots=True)
class Case:
    """An answer with its slots, as the templates see it."""

    answer: Answer
    table: SlotTable

    @property
    def values(self) -> tuple[Value, ...]:
        return self.table.values

    def backing(self, value: int) -> str:
        """A citation of a value's source, or nothing."""
        names = sorted(self.table.backing(value))
        return f"[{names[0]}]" if names else ""


Template = Callable[[Case], str | None]
TEMPLATES: Final[list[Template]] = []


def template(function: Template) -> Template:
    """Enter a template in the list."""
    TEMPLATES.append(function)
    return function


def drafts(case: Case) -> Iterator[tuple[str, str]]:
    """Name and text of every template that fits."""
    if not case.answer.outcome.given:
        return
    for make in TEMPLATES:
        text = make(case)
        if text:
            yield make.__name__, text


def _plain_value(case: Case) -> Value | None:
    """The only value, where it is one that no direction or dispute goes with."""
    return case.values[0] if len(case.values) == 1 and not case.values[0].direction else None


def _name(value: Value) -> str:
    """The label without its year, where it has no other digit and no note in brackets."""
    label = re.sub(r"^(?:19|20)\d\d年", "", bare_label(value)).strip()
    return "" if re.search(r"\d|[（(÷]", label) else label


def _clauses(case: Case, name: str) -> list[str]:
    """Whole clauses of a passage, long enough to be quoted."""
    text = tidy(case.table.passages[name].source.quote)
    if re.search('[“”"「」{}\t|]', text):
        return []
    parts = re.split(r"[，。；：;]|(?<!\d)[,:]|[,:](?!\d)", text)
    return [c.strip() for c in parts if 6 <= len(c.strip()) <= 60]


def _quote(case: Case) -> tuple[str, str] | None:
    """A passage's name and a clause of it without a number."""
    for name in case.table.passages:
        for clause in _clauses(case, name):
            if re.fullmatch(r"[\u4e00-\u9fff、（）]+", clause) and not re.search(
                "[一二三四五六七八九十百千万亿两]", clause
            ):
                return name, clause
    return None


def _figure_quote(case: Case) -> tuple[str, str] | None:
    """A clause that states one of the values; other numbers are not asked for."""
    numbers = [f"{value.number}{value.unit}" for value in case.values if value.unit]
    for name in case.table.passages:
        for clause in _clauses(case, name):
            plain = clause.replace(",", "").replace(" ", "")
            one = len(re.findall(r"[\d.]+", re.sub(r"(?:19|20)\d\d年", "", plain))) == 1
            if one and any(plain.endswith(each) for each in numbers) and len(clause) > 10:
                return name, clause
    return None


@template
def label_is(case: Case) -> str | None:
    return "{{v1.label}}为{{v1}}。" if case.values else None


@template
def entity_label_cited(case: Case) -> str | None:
    if not case.values or not case.values[0].entity:
        return None
    return f"{{{{v1.entity}}}}{{{{v1.label}}}}是{{{{v1}}}}{case.backing(0)}。"


@template
def according_to_the_report(case: Case) -> str | None:
    return "根据报告，{{v1.label}}为{{v1}}。" if case.values else None


@template
def report_shows(case: Case) -> str | None:
    return f"报告显示：{{{{v1.label}}}}为{{{{v1}}}}{case.backing(0)}。" if case.values else None


@template
def colon(case: Case) -> str | None:
    return "{{v1.label}}：{{v1}}。" if case.values else None


@template
def literal_year_and_name(case: Case) -> str | None:
    value = _plain_value(case)
    if value is None or not value.period.isdigit() or not _name(value):
        return None
    return f"{value.period}年，{one_line(value.entity)}的{_name(value)}为{{{{v1}}}}。"


@template
def literal_year_degree(case: Case) -> str | None:
    value = _plain_value(case)
    if value is None or not value.period.isdigit() or not _name(value):
        return None
    return (
        f"{one_line(value.entity)}{value.period}年度{_name(value)}是{{{{v1}}}}{case.backing(0)}。"
    )


@template
def year_slot_and_name(case: Case) -> str | None:
    value = _plain_value(case)
    if value is None or not value.period.isdigit() or not _name(value):
        return None
    return f"{{{{v1.period}}}}{_name(value)}共{{{{v1}}}}。"


@template
def of_the_project(case: Case) -> str | None:
    if not case.values or not case.values[0].project:
        return None
    return "项目“{{v1.project}}”中，{{v1.label}}为{{v1}}。"


@template
def in_the_report_of(case: Case) -> str | None:
    if not case.values or not case.values[0].entity:
        return None
    return "按{{v1.entity}}的报告，{{v1.label}}为{{v1}}。"


@template
def asked_first(case: Case) -> str | None:
    return "您所问的{{v1.label}}，报告列示为{{v1}}。" if case.values else None


@template
def after_checking(case: Case) -> str | None:
    proved = case.values and case.values[0].check in (Check.EXACT, Check.ROUNDING)
    return "{{v1.label}}为{{v1}}，经复算一致。" if proved else None


@template
def with_recomputed(case: Case) -> str | None:
    if "v1.recomputed" not in case.table.slots or case.values[0].check is Check.FAILS:
        return None
    return "{{v1.label}}为{{v1}}，重新计算为{{v1.recomputed}}。"


@template
def change_slot(case: Case) -> str | None:
    moved = case.values and case.values[0].direction
    return "{{v1.label}}：{{v1.direction}}{{v1}}。" if moved else None


def _since_last_year(case: Case) -> bool:
    """True for a change against the year before, as its source says."""
    if not case.values or not case.values[0].direction:
        return False
    texts = (case.values[0].label, *(source.quote for source in case.values[0].sources))
    return any("上年" in text for text in texts)


@template
def change_word(case: Case) -> str | None:
    if not _since_last_year(case):
        return None
    return f"与上年相比，{{{{v1.label}}}}为{case.values[0].direction}{{{{v1}}}}。"


@template
def change_said_otherwise(case: Case) -> str | None:
    if not _since_last_year(case):
        return None
    other = {"增加": "上升", "增长": "提高", "减少": "降低", "下降": "减少"}
    word = other.get(case.values[0].direction)
    return f"{{{{v1.label}}}}：比上年{word}了{{{{v1}}}}。" if word else None


@template
def all_values(case: Case) -> str | None:
    if len(case.values) < 2:
        return None
    names = range(1, len(case.values) + 1)
    return "；".join(f"{{{{v{n}.label}}}}为{{{{v{n}}}}}" for n in names) + "。"


@template
def all_values_apart(case: Case) -> str | None:
    if len(case.values) < 2:
        return None
    names = range(1, min(4, len(case.values)) + 1)
    return "".join(f"{{{{v{n}.label}}}}是{{{{v{n}}}}}{case.backing(n - 1)}。" for n in names)


@template
def numbered(case: Case) -> str | None:
    if not 2 <= len(case.values) <= 3:
        return None
    heads = ("一是", "二是", "三是")
    lines = (
        f"{heads[n]}{{{{v{n + 1}.label}}}}，为{{{{v{n + 1}}}}}" for n in range(len(case.values))
    )
    return "；".join(lines) + "。"


@template
def respectively(case: Case) -> str | None:
    if len(case.values) != 2:
        return None
    return "{{v1.label}}和{{v2.label}}分别为{{v1}}和{{v2}}。"


@template
def respectively_three(case: Case) -> str | None:
    if len(case.values) != 3:
        return None
    return "{{v1.label}}、{{v2.label}}、{{v3.label}}分别是{{v1}}、{{v2}}和{{v3}}。"


@template
def literal_names(case: Case) -> str | None:
    if len(case.values) != 2 or any(value.direction for value in case.values):
        return None
    first, second = (bare_label(value) for value in case.values)
    if first == second or first in second or second in first or "÷" in first + second:
        return None
    return f"{first}为{{{{v1}}}}，{second}为{{{{v2}}}}。"


def _two_years(case: Case) -> tuple[str, str, str] | None:
    if len(case.values) != 2 or any(value.direction for value in case.values):
        return None
    first, second = case.values
    periods = first.period, second.period
    if not all(each.isdigit() for each in periods) or periods[0] == periods[1]:
        return None
    name = _name(first)
    return (*periods, name) if name and name == _name(second) else None


@template
def two_years(case: Case) -> str | None:
    found = _two_years(case)
    return found and f"{found[2]}：{found[0]}年为{{{{v1}}}}，{found[1]}年为{{{{v2}}}}。"


@template
def two_years_respectively(case: Case) -> str | None:
    found = _two_years(case)
    if found is None:
        return None
    return f"{found[0]}年和{found[1]}年的{found[2]}分别为{{{{v1}}}}和{{{{v2}}}}。"


@template
def both_sides(case: Case) -> str | None:
    if "v1.other" not in case.table.slots or case.values[0].check is not Check.FAILS:
        return None
    return "{{v1.label}}，报告写的是{{v1}}，但复算为{{v1.other}}。"


@template
def two_places(case: Case) -> str | None:
    if "v1.other" not in case.table.slots or case.values[0].check is not Check.FAILS:
        return None
    return "报告前后不一致：{{v1.label}}原文写作{{v1}}，而另一处为{{v1.other}}。"


@template
def quoted_reason(case: Case) -> str | None:
    found = _quote(case)
    return found and f"报告原文写道：“{found[1]}”[{found[0]}]。"


@template
def value_and_quote(case: Case) -> str | None:
    found = _quote(case)
    if found is None or not case.values:
        return None
    return f"{{{{v1.label}}}}为{{{{v1}}}}。原文为“{found[1]}”[{found[0]}]。"


@template
def value_and_figure_quote(case: Case) -> str | None:
    found = _figure_quote(case)
    if found is None or not case.values:
        return None
    return f"{{{{v1.label}}}}为{{{{v1}}}}。报告的原文是：“{found[1]}”[{found[0]}]。"


@template
def reported_clause(case: Case) -> str | None:
    found = _quote(case)
    return found and f"报告指出，{found[1]}[{found[0]}]。"


@template
def bare_clause(case: Case) -> str | None:
    found = _quote(case)
    return found and f"{found[1]}[{found[0]}]。"


@template
def english_in_year(case: Case) -> str | None:
    value = _plain_value(case)
    if value is None or not value.period.isdigit():
        return None
    return f"In {value.period}, {{{{v1.label}}}} was {{{{v1}}}}."


@template
def english_report(case: Case) -> str | None:
    if not case.values or not case.values[0].entity:
        return None
    return "According to the report of {{v1.entity}}, {{v1.label}} is {{v1}}" + (
        f" {case.backing(0)}."
    )


@template
def english_both(case: Case) -> str | None:
    if "v1.other" not in case.table.slots or case.values[0].check is not Check.FAILS:
        return None
    return "The report states {{v1}} for {{v1.label}}, but a recalculation gives {{v1.other}}."


@template
def english_quote(case: Case) -> str | None:
    found = _quote(case)
    return found and f'The report says: "{found[1]}" [{found[0]}].'


@template
def english_two(case: Case) -> str | None:
    if len(case.values) != 2:
        return None
    return "{{v1.label}} was {{v1}}, and {{v2.label}} was {{v2}}."


def same_amount(left: Value, right: Value) -> bool:
    """True where two values look alike on the screen, so that their order does not matter."""
    return amount(left) == amount(right)
