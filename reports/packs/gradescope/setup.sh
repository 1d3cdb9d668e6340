#!/bin/bash
# Gradescope runs this once, when it builds the image of the autograder: it builds Heapjudge, which installs the Debian
# packages that it needs.
set -euo pipefail

autograder=${AUTOGRADER:-/autograder}
cd "$autograder/source/heapjudge"
./heapjudge --version
./heapjudge doctor
