"""Short facts by the words that ask for them: 几年一遇, 包不包括, 由哪些人组成, 用在哪个项目上, 以什么为准.

Each way to ask has a way to tell. The one sentence that tells it, and says the question's other words
with its heading, is the answer; where two tell differently none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.texts.asking import naming_words
from qa.texts.index import Segment, index_of, profile_for
from qa.texts.model import Confidence, ScopedDocument, TextFinding
from qa.texts.search import is_prose, make_finding, segments_in
from qa.texts.terms import Profile, pairs, squeezed

_FITS = 0.75  # share of the question's other words that have to stand there
_NEAR = 0.4  # share that the sentence itself and its heading have to say
_AHEAD = 0.06  # by which the best sentence is told from the next
_WEIGHTS = (1.0, 0.7, 0.5)  # the sentence, its headings, the report's title and project

_PLACES = "乡镇|镇街|街道|社区|[镇乡村县区市省]"
_NAME = "(?:(?!涉及|覆盖|位于|分布|[在由])[一-鿿])"  # a character of a place's name
_ROOMS = "[部科室处股庭局队]|中心|办(?:公室)?"
_CHANGES = "新增|增设|新设|撤销|取消|调增|调减|划出|划入"
_THINGS = "科室|处室|股室|部门|机构|单位|子?项目|专业|指标"
_BODY = "部门|机构|科室|处室|股室"


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to ask, and how its answer is told, with {noun} and {within} of the question put in."""

    asked: re.Pattern[str]
    told: str
    own: bool = False  # what stands before the asking words has to stand in the sentence whole


_FRAMES = (
    Frame(re.compile(r"(?:多少|几)年一遇的?"), r"(?P<answer>[\d一二三五十百]+年一遇)"),
    Frame(
        re.compile(
            r"(?:包不包[括含]|含不含|算不算|计不计入?|是否(?:包[括含]|含|计入|纳入)|有没有(?:包[括含]|计入|纳入))"
            r"(?P<thing>[^,，。;；?？]{2,16}?)(?:在内)?(?=[?？]|\s*$)"
        ),
        r"(?P<answer>[^,，。;；]*(?:不|未|没有)?(?:包括|包含|计入|纳入|含)[^,，。;；]*)",
    ),
    Frame(
        re.compile(
            rf"(?:设|建|分布|位|落|涉及|覆盖)(?:立|置)?[在于到]?了?哪(?:些|几个?)个?(?P<noun>{_PLACES})"
        ),
        rf"(?P<answer>(?:{_NAME}{{1,6}}(?:{{noun}})[、和及与]){{1,20}}{_NAME}{{1,6}}(?:{{noun}}))",
    ),
    Frame(
        re.compile(
            rf"(?:涉及|覆盖|分布|落|设|建)?[在于到]?(?P<within>{_NAME}{{1,5}}(?:街道|[镇乡县区]))的?"
            rf"哪(?:些|几个?)个?(?P<noun>{_PLACES})"
        ),
        rf"{{within}}[（(](?P<answer>(?:{_NAME}{{1,6}}(?:{{noun}})[、和及与])*{_NAME}{{1,6}}(?:{{noun}}))[)）]",
    ),
    Frame(
        re.compile(r"(?:是?由|有|是)(?:哪些|哪几个?|什么|谁)(?:人员?|成员)?(?:组成|构成|参加)的?"),
        r"(?P<answer>[^,，。;；]*(?:任|为)(?:正|副)?组长[^。;；]*(?:成员|组员)[^。;；]*"
        r"|由[^。;；]{2,60}(?:组成|构成)|(?:成员|组员)(?:有|为|包括|是)[^。;；]*)",
    ),
    Frame(
        re.compile(
            r"(?:主要)?(?:是)?(?:花|用|投|使用|安排)(?:在|到|于)了?哪(?:些|几|[一二两三四五六七八九])?(?:个|项|类|种)?"
            r"(?:方面|费用|项目|地方|事项?|开支|支出|内容|用途)?(?:上|里|中)?"
        ),
        r"(?P<answer>(?:用于|用途(?:包括|为|是|有)|支出(?:内容|范围)(?:有|包括|为|是)|用来|用在|安排给|投向)[^。;；]+)",
        own=True,
    ),
    Frame(
        re.compile(rf"(?:有|设有?|设了|设置了?)?哪(?:些|几个?)(?:内设|职能)*(?:{_BODY})"),
        rf"(?:内设|下设|设有|设立|设置|设)(?:{_BODY})?[:：为有]?"
        rf"(?P<answer>(?:[一-鿿（）()]{{1,14}}(?:{_ROOMS})[、和及]){{2,30}}[一-鿿（）()]{{1,14}}(?:{_ROOMS}))"
        r"(?=[,，。;；等]|$)",
    ),
    Frame(
        re.compile(
            r"(?:后来|现在|之后|后)?(?:改|更)(?:名?叫|名为?|名成|称为?)(?:做|成|作)?了?(?:个|的)?(?:什么|啥|何|哪个)(?:新?名[字称]?)?了?"
        ),
        r"(?:更名|改名|改称|易名)(?:为|成|作)?[“\"]?(?P<answer>[^，。；、“”\"（）()]{3,30})",
    ),
    Frame(
        re.compile(
            rf"(?P<verb>{_CHANGES})了?(?:的是)?哪(?:一?个|些|几个?|[一二两三四五六七八九十]\s*个?)(?:{_THINGS})"
            rf"|新?(?P<verb_of>{_CHANGES})的(?:[那这]一?个|[那这一二两三])?(?:{_THINGS})(?:名?叫|是|为)(?:什么|啥|哪一?个)(?:名字)?"
        ),
        r"{verb}了?(?:\s*\d+\s*个[^，。；（(“\"]{0,8})?[（(“\"](?P<answer>[^（）()“”\"]{2,60})[）)”\"]",
    ),
    Frame(re.compile(r"以(?:什么|哪个|谁的?|啥)为准"), r"(?P<answer>以[^,，。;；]{2,24}为准)"),
)


def frame_asked(question: str) -> tuple[Frame, re.Match[str]] | None:
    """The way in which a question asks for a short fact; None for others."""
    for frame in _FRAMES:
        found = frame.asked.search(question)
        if found is not None:
            return frame, found
    return None


def find_framed(scopes: Sequence[ScopedDocument], question: str) -> list[TextFinding]:
    """The one place that tells what the frame of a question asks for."""
    asked = frame_asked(question)
    if asked is None:
        return []
    found = [each for scope in scopes for each in _told(scope, question, *asked)]
    best = max((score for score, _ in found), default=0.0)
    best_ones = [finding for score, finding in found if score >= best - _AHEAD]
    if len({squeezed(finding.answer) for finding in best_ones}) != 1:
        return []
    return [best_ones[0]]


def _told(
    scope: ScopedDocument, question: str, frame: Frame, asked: re.Match[str]
) -> Iterator[tuple[float, TextFinding]]:
    """Sentences that tell it, with how well they say the rest of the question."""
    groups = asked.groupdict()
    told = _pattern(frame, groups)
    rest = f"{question[: asked.start()]} {groups.get('within') or ''} {question[asked.end() :]}"
    rest = _MEASURE.sub("口径", _YEARS.sub(" ", rest))
    profile = profile_for(scope, naming_words(rest))
    thing = profile_for(scope, (groups.get("thing") or "",))
    if profile.empty and thing.empty and not _verb(groups):
        return
    subject = _subject(question[: asked.start()]) if frame.own else ""
    for segment in segments_in(scope):
        match = told.search(segment.text) if is_prose(segment) else None
        if match is None or not _names(thing, match["answer"]):
            continue
        said = squeezed(segment.text[: _clause_end(segment.text, match.end())])
        if any(pair not in said for pair in pairs(subject)):
            continue
        score = _score(scope, profile, segment, said)
        if score:
            made = make_finding(scope, segment.place, Confidence.MEDIUM, answer=match["answer"])
            yield score, replace(made, score=score)


def _subject(before: str) -> str:
    """The last thing that is named before the asking words; "" for nothing but 这笔资金."""
    named = naming_words(_YEARS.sub(" ", before))
    return squeezed(_DEED.sub("", named[-1])) if named else ""


_DEED = re.compile(r"(?:下达|下拨|安排|拨付|到位|投入|主要|一?共|都)+$")


def _clause_end(text: str, at: int) -> int:
    """Where the clause of an answer ends: what is said behind it is of something else."""
    found = re.compile("[,，;；。]").search(text, at)
    return found.start() if found else len(text)


def _pattern(frame: Frame, groups: dict[str, str | None]) -> re.Pattern[str]:
    """How a frame's answer is told, with the words of the question that it takes over."""
    told = frame.told
    for name in ("noun", "within"):
        told = told.replace(f"{{{name}}}", groups.get(name) or "")
    return re.compile(told.replace("{verb}", _verb(groups)))


def _verb(groups: dict[str, str | None]) -> str:
    """The deed of which the object is asked for; "" where there is none."""
    return groups.get("verb") or groups.get("verb_of") or ""


def without_framed(question: str, shown: str, quotes: Sequence[str]) -> str:
    """A question without the words that frame it, where the answer shown begins with what they ask for."""
    asked = frame_asked(question)
    if asked is None:
        return question
    groups = asked[1].groupdict()
    told = _pattern(asked[0], groups)
    answers = (found["answer"] for quote in quotes for found in told.finditer(quote))
    begun = shown.partition("：")[2]
    if not any(begun.startswith(answer.strip()) for answer in answers):
        return question
    kept = f" {groups.get('within') or ''} {groups.get('thing') or ''} "
    return f"{question[: asked[1].start()]}{kept}{question[asked[1].end() :]}"


_YEARS = re.compile(r"(?:19|20)\d\d年?度?")
_MEASURE = re.compile(r"(?:统计|计算)口径")


def _names(thing: Profile, clause: str) -> bool:
    """Whether the clause itself names what may be counted in (涉密项目: 涉密采购项目不计入)."""
    return thing.empty or thing.cover(((1.0, squeezed(clause)),)).share >= _FITS


def _score(scope: ScopedDocument, profile: Profile, segment: Segment, said: str) -> float:
    """How well a place says the question's words, up to its answer; 0 where it does not."""
    if profile.empty:
        return 1.0
    document = scope.document
    block = document.blocks[segment.place.block]
    headings = (
        *document.section_path(block.section)[-1:],
        *index_of(document).outline.titles(block.no)[-1:],
    )
    part = document.part_of(block.no)
    report = squeezed("\n".join((part.title.value, part.project.value)))
    layers = tuple(zip(_WEIGHTS, (said, squeezed("\n".join(headings)), report), strict=True))
    covered = profile.cover(layers)
    near = profile.cover(layers[:2]).share
    return covered.depth if covered.share >= _FITS and near >= _NEAR else 0.0
