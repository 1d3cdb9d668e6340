#!/usr/bin/env python3
"""Reads reports as the systems do that they are for: course_formats_test.py GOLDEN_FOLDER SCHEMA_FOLDER

Each trap of a format is a test of its own. CourseFormats.OfAllKindsOfOutcomes sees to it that the files are what the
program prints.
"""
import csv
import io
import json
import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree

import jsonschema

GOLDEN, SCHEMAS = (pathlib.Path(folder) for folder in sys.argv[1:3])
WITHOUT_SCORE = {"noisy", "not-graded"}


def texts(folder):
    found = {file.stem: file.read_bytes().decode("utf-8") for file in sorted((GOLDEN / folder).iterdir())}
    assert len(found) == 14, found.keys()
    return found


class Gradescope(unittest.TestCase):
    def setUp(self):
        self.reports = {name: json.loads(text) for name, text in texts("gradescope").items()}

    def test_every_outcome_holds_to_the_schema_of_results(self):
        schema = json.loads((SCHEMAS / "gradescope-results.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        for name, report in self.reports.items():
            with self.subTest(name):
                jsonschema.validate(report, schema, jsonschema.Draft202012Validator)

    def test_no_test_is_hidden_because_one_would_hide_the_total(self):
        for name, report in self.reports.items():
            settings = {report["visibility"], *(test["visibility"] for test in report.get("tests", []))}
            self.assertEqual(settings, {"visible"}, name)

    def test_the_score_at_the_top_is_the_only_one(self):
        for name, report in self.reports.items():
            for test in report.get("tests", []):
                self.assertFalse({"score", "max_score"} & test.keys(), name)
        self.assertEqual(self.reports["hidden"]["score"], 48.0)

    def test_without_a_score_there_is_nothing_to_take_for_zero(self):
        for name, report in self.reports.items():
            self.assertEqual("score" in report, name not in WITHOUT_SCORE, name)
            self.assertEqual("tests" in report, name not in WITHOUT_SCORE, name)
        self.assertIn("not a score of 0", self.reports["noisy"]["output"])

    def test_what_does_not_build_has_no_points_and_shows_the_compilers_lines(self):
        report = self.reports["not-built"]
        self.assertEqual(report["score"], 0)
        self.assertIn("src/mm.c:1:28: error: 'nonsense' undeclared", report["tests"][0]["output"])

    def test_a_fault_of_the_grader_does_not_quote_the_courses_files_to_students(self):
        self.assertNotIn("rubric", json.dumps(self.reports["not-graded"]))

    def test_a_hidden_trace_has_a_name_and_a_status(self):
        secret = [test for test in self.reports["hidden"]["tests"] if test["name"].startswith("secret")]
        self.assertEqual([test["status"] for test in secret], ["passed", "failed", "failed"])
        for test in secret:
            self.assertEqual(test.keys(), {"name", "status", "visibility"})

    def test_no_two_tests_have_the_same_name(self):
        for name, report in self.reports.items():
            tests = [test["name"] for test in report.get("tests", [])]
            self.assertEqual(len(tests), len(set(tests)), name)


class Autolab(unittest.TestCase):
    def setUp(self):
        self.logs = {name: text.rstrip().split("\n") for name, text in texts("autolab").items()}

    @staticmethod
    def quoted_by_autolab(line):
        return re.sub(r"([a-zA-Z0-9]+):", r'"\1":', line)

    def test_the_last_line_is_the_score_also_after_autolab_has_rewritten_it(self):
        for name, lines in self.logs.items():
            self.assertEqual(self.quoted_by_autolab(lines[-1]), lines[-1], name)
            self.assertEqual(json.loads(lines[-1])["scores"].keys(), {"heapjudge"}, name)
        self.assertTrue(any("Trace a:b" in line for line in self.logs["crowded"]))

    def test_the_score_is_a_number_or_null_where_there_is_none(self):
        for name, lines in self.logs.items():
            score = json.loads(lines[-1])["scores"]["heapjudge"]
            self.assertEqual(score is None, name in WITHOUT_SCORE, name)
        self.assertEqual(json.loads(self.logs["not-built"][-1])["scores"]["heapjudge"], 0)
        self.assertEqual(json.loads(self.logs["hidden"][-1])["scores"]["heapjudge"], 48.0)

    def test_the_scoreboard_has_the_same_columns_for_all_and_none_without_a_score(self):
        for name, lines in self.logs.items():
            scoreboard = json.loads(lines[-1]).get("scoreboard")
            self.assertEqual(None if scoreboard is None else len(scoreboard), None if name in WITHOUT_SCORE else 3, name)

    def test_the_line_before_holds_the_stages_of_feedback(self):
        for name, lines in self.logs.items():
            feedback = json.loads(lines[-2])
            self.assertEqual(feedback["_presentation"], "semantic", name)
            self.assertEqual(set(feedback) - {"_presentation", "stages"}, set(feedback["stages"]), name)
            tests = [(key, value) for stage in feedback["stages"] for key, value in feedback[stage].items()]
            for key, value in tests:
                self.assertFalse(key.startswith("_"), name)
                self.assertTrue(isinstance(value, str) or isinstance(value["passed"], bool), name)

    def test_a_name_that_is_a_key_of_autolabs_stays_a_name(self):
        self.assertIn("trace _presentation", json.loads(self.logs["crowded"][-2])["P0 sane requests"])

    def test_a_hidden_trace_tells_whether_it_passed(self):
        hidden = json.loads(self.logs["hidden"][-2])["Hidden"]
        self.assertEqual(hidden, {"trace secret-sound": {"passed": True}, "trace secret-faulty": {"passed": False},
                                  "trace secret-calloc": {"passed": False}})


class GitHub(unittest.TestCase):
    COMMAND = re.compile(r"^::(error|warning|notice)(?: ([^:]*))?::(.*)$")

    def setUp(self):
        self.logs = {name: text.split("\n")[:-1] for name, text in texts("github").items()}

    def outside(self, lines):
        """The lines in which GitHub obeys commands."""
        start, end = lines.index("::stop-commands::5eed000c0008"), lines.index("::5eed000c0008::")
        self.assertEqual(lines.count("::5eed000c0008::"), 1)
        return lines[:start] + lines[end + 1:]

    def annotations(self, name):
        found = []
        for line in self.outside(self.logs[name]):
            command = self.COMMAND.match(line)
            self.assertTrue(command, line)
            words = [word.split("=", 1) for word in (command[2] or "").split(",")]
            for word in words:
                self.assertEqual(len(word), 2, line)
            self.assertNotRegex(command[3], r"%(?!25|0A|0D)")
            found.append((command[1], dict(words), command[3]))
        return found

    def test_all_that_commands_are_annotations_after_the_report(self):
        for name, lines in self.logs.items():
            self.assertTrue(self.annotations(name), name)
            self.assertEqual(lines[0], "::stop-commands::5eed000c0008", name)

    def test_at_most_ten_of_a_kind_and_the_tenth_counts_the_rest(self):
        for name in self.logs:
            kinds = [kind for kind, _, _ in self.annotations(name)]
            self.assertLessEqual(max(map(kinds.count, kinds)), 10, name)
        errors = [message for kind, _, message in self.annotations("crowded") if kind == "error"]
        self.assertEqual((len(errors), errors[-1]), (10, "3 more are in the log"))

    def test_a_name_that_looks_like_a_command_is_a_title(self):
        titles = [words["title"] for _, words, _ in self.annotations("crowded")]
        self.assertIn("E103 in trace %3A%3Aerror file=x%2Cline=1%3A%3A50%25", titles)

    def test_an_error_of_the_compiler_is_told_at_its_place(self):
        kind, words, message = self.annotations("not-built")[1]
        self.assertEqual((kind, words["file"], words["line"], words["col"]), ("error", "src/mm.c", "1", "28"))
        self.assertEqual(message, "'nonsense' undeclared, 50%25 sure")

    def test_a_failure_is_told_at_its_line_of_the_source(self):
        places = [(words.get("file"), words.get("line")) for _, words, _ in self.annotations("crowded")]
        self.assertIn(("src/mm.c", "163"), places)

    def test_the_problem_matcher_finds_failures_in_the_text_report(self):
        matcher = json.loads((SCHEMAS.parent / "packs" / "github" / "heapjudge-matcher.json").read_text(encoding="utf-8"))
        [pattern] = matcher["problemMatcher"][0]["pattern"]
        text = (GOLDEN / "guilty-100.txt").read_text(encoding="utf-8")
        found = [match for match in map(re.compile(pattern["regexp"]).match, text.split("\n")) if match]
        self.assertGreater(len(found), 3)
        for match in found:
            self.assertTrue(match[pattern["file"]].endswith(".rep"))
            self.assertGreater(int(match[pattern["line"]]) * int(match[pattern["column"]]), 0)
            self.assertEqual(match[pattern["severity"]], "error")
            self.assertRegex(match[pattern["code"]], r"^E\d{3}$")


class JUnit(unittest.TestCase):
    COUNTS = {"tests", "failures", "errors", "skipped"}
    # As in Jenkins' schema: the attributes and the children that an element may have.
    ELEMENTS = {"testsuites": ({"name"} | COUNTS, {"testsuite"}), "testsuite": ({"name"} | COUNTS, {"testcase"}),
                "testcase": ({"classname", "name"}, {"failure", "error", "skipped"}),
                "failure": ({"type", "message"}, set()), "error": ({"type", "message"}, set()),
                "skipped": ({"message"}, set())}

    def setUp(self):
        self.trees = {name: xml.etree.ElementTree.fromstring(text.encode("utf-8")) for name, text in texts("junit").items()}

    def test_every_outcome_has_the_elements_of_the_schema(self):
        for name, tree in self.trees.items():
            self.assertEqual(tree.tag, "testsuites", name)
            for element in tree.iter():
                attributes, children = self.ELEMENTS[element.tag]
                self.assertEqual(set(element.keys()), attributes, name)
                self.assertLessEqual({child.tag for child in element}, children, name)

    def test_the_counts_are_those_of_the_cases(self):
        tags = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
        for name, tree in self.trees.items():
            for element in [tree, *tree]:
                for count, tag in tags.items():
                    self.assertEqual(int(element.get(count)), len(list(element.iter(tag))), name)

    def test_class_and_name_are_unique(self):
        for name, tree in self.trees.items():
            cases = [(case.get("classname"), case.get("name")) for case in tree.iter("testcase")]
            self.assertEqual(len(cases), len(set(cases)), name)

    def test_there_are_no_control_characters(self):
        for name, text in texts("junit").items():
            self.assertNotRegex(text, r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|&#([0-8]|1[1-9]|2\d|3[01]);", name)

    def test_what_is_nobodys_failure_is_an_error(self):
        for name, tree in self.trees.items():
            self.assertEqual(int(tree.get("errors")), 1 if name in WITHOUT_SCORE else 0, name)
        self.assertEqual(self.trees["not-built"].get("failures"), "1")

    def test_the_compilers_lines_arrive(self):
        self.assertIn("1 | ]]>::error::x ##[error]y", "".join(self.trees["not-built"].itertext()))


class Csv(unittest.TestCase):
    def setUp(self):
        self.tables = {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts("csv").items()}

    def test_every_row_has_every_column(self):
        for name, rows in self.tables.items():
            self.assertTrue(rows, name)
            for row in rows:
                self.assertNotIn(None, row, name)
                self.assertNotIn(None, row.values(), name)

    def test_no_cell_is_a_formula(self):
        for name, rows in self.tables.items():
            for cell in (cell for row in rows for cell in row.values()):
                self.assertTrue(cell[:1] not in "=+-@\t\r" or not cell, f"{name}: {cell}")
        self.assertIn("'-2+3, \"x\"", [row["name"] for row in self.tables["crowded"]])

    def test_the_first_row_is_the_score_and_empty_where_there_is_none(self):
        for name, rows in self.tables.items():
            self.assertEqual(rows[0]["kind"], "score", name)
            self.assertEqual(rows[0]["points"] == "", name in WITHOUT_SCORE, name)
        self.assertEqual(float(self.tables["hidden"][0]["points"]), 48.0)

    def test_a_hidden_trace_tells_its_name_and_its_result(self):
        for row in self.tables["hidden"]:
            if row["name"].startswith("secret"):
                self.assertEqual({key for key, cell in row.items() if cell}, {"kind", "name", "result"})


class Markdown(unittest.TestCase):
    def setUp(self):
        self.texts = texts("markdown")

    @staticmethod
    def outside_blocks(text):
        lines, fence = [], ""
        for line in text.split("\n"):
            ticks = re.match(r"(`{3,})(text)?$", line)
            if ticks and not fence:
                fence = ticks[1]
            elif line == fence:
                fence = ""
            elif not fence:
                lines.append(line)
        assert not fence, text
        return lines

    def test_every_row_of_a_table_has_the_cells_of_its_heading(self):
        for name, text in self.texts.items():
            cells = 0
            for line in self.outside_blocks(text):
                count = len(re.split(r"(?<!\\)\|", line)) - 2 if line.startswith("|") else 0
                self.assertTrue(cells in (0, count) or count == 0, f"{name}: {line}")
                cells = count

    def test_there_is_no_markup_of_others(self):
        for name, text in self.texts.items():
            for line in self.outside_blocks(text):
                bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", line.replace("**", ""))
                self.assertNotRegex(bare.replace("|", "").lstrip("#"), r"[`*_<>\[\]~&@#]", f"{name}: {line}")

    def test_a_dozen_names_stay_as_they_are(self):
        self.assertIn(r"a\|b\`c\`\<i\>\*d\*", self.texts["crowded"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
