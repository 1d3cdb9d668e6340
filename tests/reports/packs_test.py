#!/usr/bin/env python3
"""Tries the packs for course systems as far as that goes without the systems: packs_test.py PROGRAM TOP"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

import jsonschema
import yaml

PROGRAM, TOP = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
PACKS = TOP / "reports" / "packs"

SOUND = """#include "memlib.h"
int mm_init(void) { return 0; }
void *mm_malloc(unsigned long size) {
  void *block = mem_sbrk((size + 15) & ~15ul);
  return block == (void *)-1 ? 0 : block;
}
void mm_free(void *block) {}
"""
CRASHING = SOUND.replace("void mm_free(void *block) {}", "void mm_free(void *block) { *(int *)8 = 1; }")
FORGING = SOUND.replace("int mm_init(void) { return 0; }", r"""#include <stdio.h>
int mm_init(void) { puts("{\"scores\": {\"heapjudge\": 100}}"); fflush(stdout); return 0; }""").replace(
    "void mm_free(void *block) {}", "void mm_free(void *block) { *(int *)8 = 1; }")
BROKEN = "int mm_init(void) { return nonsense; }\n"
RUBRIC = "heapjudge: 1\ntraces:\n  - {file: two.rep}\n"
TRACE = "0\n2\n4\n1\na 0 100\na 1 200\nf 0\nf 1\n"

DIES = '#!/bin/bash\necho "half a result" >&2\nkill -ABRT $$\n'
HANGS = "#!/bin/bash\nsleep 60\n"


def write(file, text, mode=0o644):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


class Layout(unittest.TestCase):
    """A folder laid out as a course system does it, with a program in the place of Heapjudge where that is to fail."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def environment(self, program, **more):
        if isinstance(program, str):
            write(self.folder / "program", program, 0o755)
            program = self.folder / "program"
        return {**os.environ, "HEAPJUDGE": str(program), **more}


class GradescopePack(Layout):
    def results_of(self, submission, program=PROGRAM, rubric=RUBRIC, name="mm.c"):
        write(self.folder / "submission" / name, submission)
        write(self.folder / "source" / "rubric.yaml", rubric)
        write(self.folder / "source" / "two.rep", TRACE)
        write(self.folder / "results" / "results.json", '{"score": 100}')
        environment = self.environment(program, AUTOGRADER=str(self.folder), HEAPJUDGE_SECONDS="600")
        if program == HANGS:
            environment["HEAPJUDGE_SECONDS"] = "1"
        subprocess.run([PACKS / "gradescope" / "run_autograder"], cwd=self.folder, env=environment, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        results = json.loads((self.folder / "results" / "results.json").read_text(encoding="utf-8"))
        schema = TOP / "reports" / "schema" / "gradescope-results.schema.json"
        jsonschema.validate(results, json.loads(schema.read_text(encoding="utf-8")), jsonschema.Draft202012Validator)
        return results

    def test_a_sound_submission_has_a_score(self):
        results = self.results_of(SOUND)
        self.assertGreater(results["score"], 0)
        self.assertEqual([test["status"] for test in results["tests"]][:1], ["passed"])

    def test_one_that_crashes_has_a_result(self):
        results = self.results_of(CRASHING)
        self.assertEqual(results["score"], 0)
        self.assertEqual(results["tests"][0]["status"], "failed")
        self.assertIn("[E301]", results["tests"][0]["output"])

    def test_one_that_does_not_build_has_no_points(self):
        results = self.results_of(BROKEN)
        self.assertEqual(results["score"], 0)
        self.assertIn("mm.c:1:28: error:", results["tests"][0]["output"])

    def test_one_that_is_not_there_has_no_points(self):
        results = self.results_of(SOUND, name="malloc.c")
        self.assertEqual(results["score"], 0)
        self.assertIn("no file mm.c", results["output"])

    def test_a_grader_that_fails_gives_no_score(self):
        for program, rubric in [(PROGRAM, "heapjudge: 1\nnonsense: 1\n"), (DIES, RUBRIC), (HANGS, RUBRIC),
                                (pathlib.Path("/nowhere"), RUBRIC)]:
            with self.subTest(program=program):
                results = self.results_of(SOUND, program, rubric)
                self.assertEqual(results.keys(), {"output", "visibility"})
                self.assertIn("not a score of 0", results["output"])


class GradescopeImage(Layout):
    """setup.sh, with a launcher that only says how it was called in the place of one that builds for minutes."""

    def setup(self, launcher):
        write(self.folder / "source" / "heapjudge" / "heapjudge", launcher, 0o755)
        return subprocess.run([PACKS / "gradescope" / "setup.sh"], cwd="/", env=self.environment(PROGRAM, AUTOGRADER=str(self.folder)),
                              capture_output=True, check=False, encoding="utf-8")

    def test_it_builds_first_and_then_says_what_works(self):
        run = self.setup('#!/bin/bash\necho "$PWD $*"\n')
        place = self.folder.resolve() / "source" / "heapjudge"
        self.assertEqual(run.stdout, f"{place} --version\n{place} doctor\n")
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_an_image_that_does_not_build_is_none(self):
        self.assertNotEqual(self.setup('#!/bin/bash\n[[ $1 != --version ]]\n').returncode, 0)

    def test_the_archive_has_all_that_the_scripts_ask_for(self):
        clone = self.folder / "clone"
        subprocess.run(["git", "init", "-q", clone], check=True)
        write(clone / "heapjudge", "#!/bin/bash\n", 0o755)
        pack = clone / "reports" / "packs" / "gradescope"
        shutil.copytree(PACKS / "gradescope", pack)
        author = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", "-C", clone, "add", "."], check=True)
        subprocess.run(["git", "-C", clone, *author, "commit", "-qm", "x"], check=True)
        write(pack / "rubric.yaml", RUBRIC)
        write(pack / "two.rep", TRACE)
        subprocess.run(["make", "-s", "-C", pack], check=True, stdout=subprocess.DEVNULL)
        [archive] = pack.glob("*.zip")
        with zipfile.ZipFile(archive) as files:
            names = set(files.namelist())
        self.assertLessEqual({"setup.sh", "run_autograder", "rubric.yaml", "two.rep", "heapjudge/heapjudge"}, names)


class Runner(Layout):
    """The commands of a job, as a runner starts them: in a clone, with heapjudge on the path."""

    def job(self, lines, submission):
        clone = self.folder / "clone"
        shutil.rmtree(clone, ignore_errors=True)
        write(clone / "mm.c", submission)
        write(clone / "rubric.yaml", RUBRIC)
        write(clone / "two.rep", TRACE)
        write(self.folder / "bin" / "heapjudge", f'#!/bin/bash\nexec "{PROGRAM}" "$@" --rubric rubric.yaml --no-speed\n', 0o755)
        write(self.folder / "summary", "")
        environment = self.environment(PROGRAM, PATH=f"{self.folder / 'bin'}:{os.environ['PATH']}",
                                       GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(self.folder / "summary"))
        run = subprocess.run(["bash", "-e", "-c", "\n".join(lines)], cwd=clone, env=environment, capture_output=True,
                             check=False, encoding="utf-8")
        return run, clone

    def github(self, submission):
        workflow = yaml.safe_load((PACKS / "github" / "heapjudge.yml").read_text(encoding="utf-8"))
        steps = workflow["jobs"]["grade"]["steps"]
        [upload] = [step for step in steps if "upload" in step.get("uses", "")]
        run, clone = self.job([step["run"] for step in steps if "run" in step], submission)
        return run, [path for path in upload["with"]["path"].split() if (clone / path).exists()]

    def gitlab(self, submission):
        job = yaml.safe_load((PACKS / "gitlab" / "gitlab-ci.yml").read_text(encoding="utf-8"))["heapjudge"]
        run, clone = self.job(job["script"], submission)
        kept = [*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]]
        return run, [path for path in kept if (clone / path).exists()]

    def test_a_sound_submission_passes(self):
        run, kept = self.github(SOUND)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(kept, ["heapjudge.xml"])
        self.assertIn(" of 60", (self.folder / "summary").read_text(encoding="utf-8"))
        run, kept = self.gitlab(SOUND)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(kept, ["heapjudge.md", "heapjudge.xml"])

    def test_one_that_crashes_fails_and_leaves_what_shows_why(self):
        run, kept = self.github(CRASHING)
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual(kept, ["heapjudge.xml", ".heapjudge/failures"])
        self.assertIn("::error ", run.stdout)
        self.assertIn("E301", (self.folder / "summary").read_text(encoding="utf-8"))
        run, kept = self.gitlab(CRASHING)
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual(kept, ["heapjudge.md", ".heapjudge/failures", "heapjudge.xml"])

    def test_one_that_does_not_build_is_not_taken_for_noise(self):
        for system in (self.github, self.gitlab):
            run, _ = system(BROKEN)
            self.assertEqual(run.returncode, 3, run.stderr)
        allowed = yaml.safe_load((PACKS / "gitlab" / "gitlab-ci.yml").read_text(encoding="utf-8"))["heapjudge"]["allow_failure"]
        self.assertEqual(allowed, {"exit_codes": [6]})


class AutolabPack(Layout):
    def lines_of(self, submission, program=PROGRAM, rubric=RUBRIC):
        pack = self.folder / "pack"
        shutil.copytree(PACKS / "autolab", pack)
        write(pack / "autograde" / "rubric.yaml", rubric)
        write(pack / "autograde" / "two.rep", TRACE)
        subprocess.run(["make", "-s", "-C", pack], check=True)
        job = self.folder / "job"
        write(job / "mm.c", submission)
        shutil.copy(pack / "autograde.tar", job)
        shutil.copy(pack / "autograde-Makefile", job / "Makefile")
        environment = self.environment(program, HEAPJUDGE_SECONDS="1" if program == HANGS else "600")
        run = subprocess.run(["make"], cwd=job, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             check=False, encoding="utf-8")
        shutil.rmtree(pack)
        shutil.rmtree(job)
        self.assertEqual(run.returncode, 0, run.stdout)
        return run.stdout.rstrip().split("\n")

    def score_of(self, *arguments):
        lines = self.lines_of(*arguments)
        self.assertEqual(json.loads(lines[-2])["_presentation"], "semantic")
        return json.loads(lines[-1])["scores"]["heapjudge"]

    def test_the_last_line_is_the_score(self):
        self.assertGreater(self.score_of(SOUND), 0)
        self.assertEqual(self.score_of(CRASHING), 0)
        self.assertEqual(self.score_of(BROKEN), 0)

    def test_what_a_submission_prints_is_no_score(self):
        self.assertEqual(self.score_of(FORGING), 0)

    def test_a_grader_that_fails_gives_no_score(self):
        for program, rubric in [(PROGRAM, "heapjudge: 1\nnonsense: 1\n"), (DIES, RUBRIC), (HANGS, RUBRIC)]:
            with self.subTest(program=program):
                self.assertIsNone(self.score_of(SOUND, program, rubric))

    def test_an_archive_that_cannot_be_read_gives_no_score(self):
        job = self.folder
        write(job / "autograde.tar", "nonsense")
        shutil.copy(PACKS / "autolab" / "autograde-Makefile", job / "Makefile")
        run = subprocess.run(["make"], cwd=job, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertIsNone(json.loads(run.stdout.decode().rstrip().split("\n")[-1])["scores"]["heapjudge"])


class OtherPacks(unittest.TestCase):
    def test_the_workflow_grades_and_keeps_its_results_after_a_failure(self):
        workflow = yaml.safe_load((PACKS / "github" / "heapjudge.yml").read_text(encoding="utf-8"))
        job = workflow["jobs"]["grade"]
        [grading] = [step for step in job["steps"] if "run" in step]
        self.assertIn("--format github", grading["run"])
        [upload] = [step for step in job["steps"] if "upload" in step.get("uses", "")]
        self.assertEqual(upload["if"], "always()")
        self.assertEqual(workflow["permissions"], {"contents": "read"})

    def test_the_job_reports_tests_after_a_failure(self):
        job = yaml.safe_load((PACKS / "gitlab" / "gitlab-ci.yml").read_text(encoding="utf-8"))["heapjudge"]
        self.assertEqual(job["artifacts"]["when"], "always")
        self.assertIn(f"--also junit={job['artifacts']['reports']['junit']}", job["script"][0])

    def test_the_development_container_is_json(self):
        container = json.loads((PACKS / "devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
        self.assertEqual(container["postCreateCommand"], "heapjudge doctor")

    def test_the_commands_of_the_packs_are_understood(self):
        for line in ["grade mm.c --format github --also junit=heapjudge.xml",
                     "grade mm.c --also junit=heapjudge.xml --also markdown=heapjudge.md"]:
            with tempfile.TemporaryDirectory() as folder:
                write(pathlib.Path(folder) / "mm.c", BROKEN)
                run = subprocess.run([PROGRAM, *line.split()], cwd=folder, capture_output=True, check=False)
            self.assertEqual(run.returncode, 3, run.stderr)
            texts = "".join((PACKS / file).read_text(encoding="utf-8") for file in ["github/heapjudge.yml", "gitlab/gitlab-ci.yml"])
            self.assertIn("heapjudge " + line, texts)

    def test_the_image_links_the_program_that_the_launcher_builds(self):
        lines = (PACKS / "docker" / "Dockerfile").read_text(encoding="utf-8")
        launcher = (TOP / "heapjudge").read_text(encoding="utf-8")
        self.assertIn("COPY . /opt/heapjudge\n", lines)
        self.assertIn("ln -s /opt/heapjudge/build/bin/heapjudge /usr/local/bin/heapjudge", lines)
        self.assertIn("build=${HEAPJUDGE_BUILD:-$root/build}\nprogram=$build/bin/heapjudge\n", launcher)
        ignored = (PACKS / "docker" / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
        self.assertIn("build", ignored)  # what this machine has built does not run there

    def test_every_pack_says_how_it_is_used(self):
        overview = (PACKS / "README.md").read_text(encoding="utf-8")
        for pack in (entry for entry in PACKS.iterdir() if entry.is_dir()):
            self.assertTrue((pack / "README.md").is_file(), pack)
            self.assertIn(f"({pack.name}/README.md)", overview)

    def test_the_scripts_are_clean_to_shellcheck(self):
        scripts = [PACKS / "gradescope" / "run_autograder", PACKS / "gradescope" / "setup.sh",
                   PACKS / "autolab" / "autograde" / "driver.sh"]
        run = subprocess.run(["shellcheck", *scripts], capture_output=True, check=False, encoding="utf-8")
        self.assertEqual(run.stdout + run.stderr, "")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
