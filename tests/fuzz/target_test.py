#!/usr/bin/env python3
"""submission_fuzz does what libFuzzer's targets do: -runs, -merge=1, -fork=1, and it links against other engines.

Usage: target_test.py SOURCE_DIR BUILDER TARGET ARCHIVE_TARGET REPLAY_TARGET
"""
import pathlib
import re
import subprocess
import sys
import tempfile

FINDING = re.compile(r"^\[E[0-9]+\] at request [0-9]+ of$", re.MULTILINE)


def expect(condition, what, ran=None):
    if not condition:
        sys.exit(what + ("" if ran is None else f"\n{ran.args}: status {ran.returncode}\n{ran.stderr[-3000:]}"))


def run(*words, where):
    return subprocess.run([str(word) for word in words], cwd=where, capture_output=True, text=True, errors="replace",
                          timeout=240, check=False)


def build(builder, submission, library, where):
    built = run(builder, submission, library, where=where)
    expect(built.returncode == 0, "no library", built)
    return f"--library={library}"


def files_in(folder):
    return sorted(path.name for path in folder.iterdir())


def folder_in(place, name):
    folder = place / name
    folder.mkdir()
    return folder


def test_an_innocent_one_fills_a_corpus_that_merges(target, library, place):
    corpus, merged = folder_in(place, "corpus"), folder_in(place, "merged")
    ran = run(target, library, "-runs=600", "-seed=1", corpus, where=place)
    expect(ran.returncode == 0, "an innocent allocator is convicted", ran)
    expect(files_in(corpus), "nothing was kept", ran)
    ran = run(target, library, "-merge=1", merged, corpus, where=place)
    expect(ran.returncode == 0, "-merge=1 fails", ran)
    expect(0 < len(files_in(merged)) <= len(files_in(corpus)), "-merge=1 keeps nothing, or more than there was", ran)
    before = files_in(merged)
    ran = run(target, library, "-merge=1", merged, corpus, where=place)
    expect(ran.returncode == 0 and files_in(merged) == before, "a second -merge=1 adds something", ran)
    return merged


def test_a_guilty_one_is_found_in_a_fork_and_again_from_the_file(target, library, place):
    corpus, artifacts = folder_in(place, "forked"), folder_in(place, "artifacts")
    ran = run(target, library, "-fork=1", "-runs=20000", "-max_total_time=120", f"-artifact_prefix={artifacts}/", corpus,
              where=place)
    expect(ran.returncode != 0, "-fork=1 finds nothing", ran)
    crashes = [artifacts / name for name in files_in(artifacts) if name.startswith("crash-")]
    expect(crashes, "-fork=1 keeps no input that fails", ran)
    ran = run(target, library, crashes[0], where=place)
    expect(ran.returncode != 0 and FINDING.search(ran.stderr), "the input that -fork=1 kept does not fail again", ran)
    return crashes[0]


def main():
    source, builder, target, archive_target, replay_target = (pathlib.Path(word).absolute() for word in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        innocent = build(builder, source / "reference" / "explicit.cc", place / "explicit.so", place)
        guilty = build(builder, source / "tests" / "guilty" / "encloses.c", place / "encloses.so", place)
        merged = test_an_innocent_one_fills_a_corpus_that_merges(target, innocent, place)
        crash = test_a_guilty_one_is_found_in_a_fork_and_again_from_the_file(target, guilty, place)
        ran = run(archive_target, innocent, "-runs=200", "-seed=1", where=place)
        expect(ran.returncode == 0 and "DONE" in ran.stderr, "linked to an archive, it does not fuzz", ran)
        kept = [merged / name for name in files_in(merged)]
        ran = run(replay_target, innocent, *kept, where=place)
        expect(ran.returncode == 0 and ran.stdout.count("ran ") == len(kept), "another engine does not run it", ran)
        ran = run(replay_target, guilty, crash, where=place)
        expect(ran.returncode != 0 and FINDING.search(ran.stderr), "another engine does not see it fail", ran)


if __name__ == "__main__":
    main()
