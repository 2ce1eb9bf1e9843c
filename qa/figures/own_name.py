"""What a figure is called, without whose it is and the year."""

from __future__ import annotations

import re

from qa.figures.evidence import Candidate
from qa.words.matching import grams

_UP_TO_YEAR = re.compile(r"^(?P<whose>.{4,}?)20\d\d年(?:度)?(?=.{4})")
# What is published of 三公经费 is always paid from this fund.
_OF_THREE = re.compile(r"一般公共预算财政拨款(?:安排的)?(?=[“\"]?三公)")
_SAME_BODY = 0.6  # of the pairs of characters of a body's name


def own_name(each: Candidate) -> str:
    """What a figure is called without the name of its report's body and the year before it."""
    name = _OF_THREE.sub("", each.figure.metric)
    led, body = _UP_TO_YEAR.match(name), grams(each.part.entity.value)
    if led is None or not body or len(body & grams(led["whose"])) < _SAME_BODY * len(body):
        return name
    return name[led.end() :]
