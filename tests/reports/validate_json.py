#!/usr/bin/env python3
"""Holds JSON reports to the JSON Schema: validate_json.py SCHEMA REPORT...

Exits 1 when a report breaks the schema, or when the schema lets a report pass that has a key too many.
"""
import copy
import json
import sys

import jsonschema


def objects_in(value):
    """Every object of a document, itself included."""
    if isinstance(value, dict):
        yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        yield from objects_in(child)


def problems_of(name, report, validator):
    for error in validator.iter_errors(report):
        yield f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message}"
    for index in range(sum(1 for _ in objects_in(report))):
        changed = copy.deepcopy(report)
        list(objects_in(changed))[index]["surplus"] = 1
        if validator.is_valid(changed):
            yield f"{name}: the schema allows a surplus key in object {index}"


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def main(schema_file, report_files):
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    problems = []
    for name in report_files:
        with open(name, encoding="utf-8") as file:
            problems += problems_of(name, json.load(file, parse_constant=refuse_constant), validator)
    print("\n".join(problems) if problems else f"{len(report_files)} reports hold to the schema")
    return 1 if problems or not report_files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
