#!/bin/bash
# Grades the hand-in for Autolab: driver.sh mm.c
#
# Autolab takes the last line for the score, of whatever was printed on either stream. So what Heapjudge says while it
# works is collected and comes first, its report is printed last, and nothing after it. Without a report the score is
# null; a last line that is no JSON would count as 0 points.
set -uo pipefail

heapjudge=${HEAPJUDGE:-/opt/heapjudge/build/bin/heapjudge}
seconds=${HEAPJUDGE_SECONDS:-540}  # below the time limit of the assessment
here=$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")
options=()
if [[ -e $here/rubric.yaml ]]; then options+=(--rubric "$here/rubric.yaml"); fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
timeout --signal=TERM --kill-after=10 "$seconds" \
  "$heapjudge" grade "$@" "${options[@]}" --format autolab -o "$work/report" >"$work/log" 2>&1
status=$?

cat "$work/log"
if [[ -s $work/report ]]; then
  cat "$work/report"
else
  printf 'Not graded: heapjudge ended with status %s. This is not a score of 0; please tell the course staff.\n' "$status"
  printf '{"_presentation": "semantic", "stages": []}\n{"scores": {"heapjudge": null}}\n'
fi
exit 0
