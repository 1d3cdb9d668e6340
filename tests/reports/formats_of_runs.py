#!/usr/bin/env python3
"""Every format of real gradings, one after a crash among them: formats_of_runs.py PROGRAM GUILTY_FOLDER"""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

PROGRAM, GUILTY = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
FORMATS = ["text", "json", "junit", "gradescope", "autolab", "github", "csv", "markdown"]
WITHOUT_WORDS = {"text", "json"}  # for what was not graded
NOISY = ("heapjudge: 1\npoints:\n  throughput: {reference: bump, interval: 0.01, budget: 100 ms}\n"
         "traces:\n  - {file: timed.rep}\n")


class Runs(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def grade(self, *arguments, **environment):
        also = [f"--also={name}=out.{name}" for name in FORMATS]
        return subprocess.run([PROGRAM, "grade", *arguments, *also], cwd=self.folder, capture_output=True, check=False,
                              encoding="utf-8", env={**os.environ, **environment})

    def read(self, name):
        return (self.folder / f"out.{name}").read_text(encoding="utf-8")

    def guilty(self, name):
        return [GUILTY / f"{name}.c", "-f", GUILTY / f"{name}.rep"]

    def scores(self):
        """What each system takes for the score; all must agree."""
        table = list(csv.DictReader(io.StringIO(self.read("csv"), newline="")))
        points = [json.loads(self.read("gradescope")).get("score"),
                  json.loads(self.read("autolab").rstrip().split("\n")[-1])["scores"]["heapjudge"],
                  float(table[0]["points"]) if table[0]["points"] else None]
        self.assertEqual(len(set(points)), 1, points)
        return points[0]

    def junit(self):
        return xml.etree.ElementTree.fromstring(self.read("junit").encode("utf-8"))

    def test_one_that_passes(self):
        run = self.grade(GUILTY / "calloc_clears_count.c", "-f", GUILTY / "odd_header.rep")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(self.scores(), json.loads(self.read("json"))["score"])
        self.assertEqual(self.junit().get("failures"), "0")
        self.assertIn("::notice title=heapjudge::", self.read("github"))
        self.assertTrue(self.read("markdown").startswith("## "))

    def test_one_that_crashes(self):
        run = self.grade(*self.guilty("asserts"))
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual(self.scores(), json.loads(self.read("json"))["score"])
        self.assertEqual([failure.get("type") for failure in self.junit().iter("failure")], ["E301"])
        for name in FORMATS:
            self.assertIn("E301", self.read(name), name)

    def test_one_that_does_not_build(self):
        (self.folder / "mm.c").write_text("int mm_init(void) { return nonsense; }\n", encoding="utf-8")
        run = self.grade("mm.c")
        self.assertEqual(run.returncode, 3)
        self.assertEqual(run.stdout, "")
        self.assertIn("mm.c:1:28: error:", run.stderr)
        self.assertEqual(self.scores(), 0)
        self.assertEqual([failure.get("type") for failure in self.junit().iter("failure")], ["build"])
        for name in set(FORMATS) - WITHOUT_WORDS:
            self.assertIn("nonsense", self.read(name), name)
        self.assertIn("::error file=mm.c,line=1,col=28,", self.read("github"))

    def test_a_grader_that_fails_gives_no_score(self):
        (self.folder / "bad.yaml").write_text("heapjudge: 1\nnonsense: 1\n", encoding="utf-8")
        for arguments, status in [(["--rubric", "bad.yaml"], 2), (["-k", "nonsense"], 4)]:
            run = self.grade(*self.guilty("asserts")[:1], *arguments)
            self.assertEqual(run.returncode, status)
            self.assertEqual(run.stdout, "")
            self.assertEqual(run.stderr.count("\n"), 1, run.stderr)
            self.assertIsNone(self.scores())
            self.assertEqual([error.get("type") for error in self.junit().iter("error")], ["grader"])
            for name in WITHOUT_WORDS:
                self.assertFalse((self.folder / f"out.{name}").exists())

    def test_a_measurement_that_is_too_noisy_gives_no_score(self):
        (self.folder / "noisy.yaml").write_text(NOISY, encoding="utf-8")
        (self.folder / "timed.rep").write_text("0\n1\n600\n1\n" + "a 0 100\nf 0\n" * 300, encoding="utf-8")
        run = self.grade("implicit", "--rubric", "noisy.yaml")
        self.assertEqual(run.returncode, 6, run.stderr)
        self.assertIsNone(self.scores())
        self.assertEqual([error.get("type") for error in self.junit().iter("error")], ["noise"])

    def test_a_summary_is_appended_to_what_the_step_has_and_keeps_within_its_bytes(self):
        summary = self.folder / "summary.md"
        for size, grows in [(100, True), ((1 << 20) - 100, False), (2 << 20, False)]:
            summary.write_text("x" * size, encoding="utf-8")
            run = self.grade(*self.guilty("asserts"), "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
            self.assertEqual(run.returncode, 1)
            self.assertEqual(summary.stat().st_size > size, grows)
            self.assertLessEqual(summary.stat().st_size, max(size, 1 << 20))
            self.assertTrue(summary.read_text(encoding="utf-8").startswith("x" * size))
        self.assertIn("summary of this step is full", run.stderr)

    def test_no_two_logs_have_the_same_token(self):
        tokens = {self.grade(*self.guilty("asserts"), "--format", "github").stdout.split("\n")[0] for _ in range(2)}
        self.assertEqual(len(tokens), 2)
        for token in tokens:
            self.assertRegex(token, r"^::stop-commands::[0-9a-f]{32}$")

    def test_the_compilers_lines_command_nothing_at_github(self):
        (self.folder / "mm.c").write_text('#error ##[error]x\n#error ::error::y\n', encoding="utf-8")
        run = self.grade("mm.c", "--format", "github")
        self.assertEqual((run.returncode, run.stderr), (3, ""))
        token = run.stdout.split("\n")[0].removeprefix("::stop-commands::")
        after = run.stdout.split(f"::{token}::\n")[1]
        self.assertTrue(all(line.startswith(("::error ", "::warning ")) for line in after.rstrip().split("\n")), after)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
