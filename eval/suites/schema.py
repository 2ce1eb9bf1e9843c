"""The JSON Schema of suite files, for editors and other programs: docs/suite.schema.json."""

from __future__ import annotations

import json

from eval.suites.wire import File


def suite_schema() -> str:
    """The schema as JSON text: a YAML file is a `File`, a line of a JSONL file is `$defs/Case`.

    It says less than the reader checks: that exactly one expectation is given, that ids are
    unique and follow-ups come later is left to `eval.suites.suite`.
    """
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **File.model_json_schema(by_alias=True),
        "title": "勾稽题库 / Gouji evaluation suite",
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
