#!/usr/bin/env python3
"""Holds what the program prints of real runs to the JSON Schema: validate_runs.py PROGRAM SCHEMA GUILTY_FOLDER

Exits 1 when a report breaks the schema, or does not carry the verdict that was to be expected.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

# Submission, trace, further options: what the verdict of the trace says.
RUNS = [
    ("encloses", "encloses", [], {"code": "E103", "request": 6, "tier_charged": "P0", "run": "first"}),
    ("free_null", "free_null", [], {"code": "E108", "request": 3, "tier_charged": "P0", "run": "first"}),
    ("stale_list", "stale_list", [], {"code": "E203", "request": 2, "tier_charged": "P1", "run": "second"}),
    ("refusal_unchecked", "odd_header", ["--check"],
     {"code": "E202", "request": 1, "tier_charged": "P2", "run": "refused growth"}),
    ("huge_size_wraps", "huge_size_wraps", [],
     {"code": "E102", "request": 2, "tier_charged": "P0", "run": "first"}),
    ("asserts", "asserts", [], {"code": "E301", "request": 2, "tier_charged": "P0", "run": "first"}),
    ("calloc_clears_count", "odd_header", [], "passed"),
]
NOT_RUN = ("no_free", "odd_header", [], {"not_run"})


def report_of(program, guilty, submission, trace, options):
    command = [program, "grade", guilty / f"{submission}.c", "-f", guilty / f"{trace}.rep", "--format", "json"]
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([*command, *options], cwd=folder, capture_output=True, check=False)
    return run.returncode, json.loads(run.stdout)


def problems_of(verdict, expected):
    if isinstance(expected, set):
        return [] if isinstance(verdict, dict) and expected == set(verdict) else [f"verdict {verdict}"]
    if isinstance(expected, str):
        return [] if verdict == expected else [f"verdict {verdict}"]
    found = {key: verdict[key] for key in expected}
    problems = [] if found == expected else [f"{found} instead of {expected}"]
    return problems if verdict["message"] else [*problems, "the message is empty"]


def main(program, schema_file, guilty):
    with open(schema_file, encoding="utf-8") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    problems = []
    for submission, trace, options, expected in [*RUNS, NOT_RUN]:
        status, report = report_of(program, pathlib.Path(guilty), submission, trace, options)
        found = [error.message for error in validator.iter_errors(report)]
        found += problems_of(report["traces"][0]["verdict"], expected)
        if status != (0 if expected == "passed" else 1):
            found.append(f"exit status {status}")
        problems += [f"{submission} on {trace}: {problem}" for problem in found]
    print("\n".join(problems) if problems else f"{len(RUNS) + 1} runs hold to the schema")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
