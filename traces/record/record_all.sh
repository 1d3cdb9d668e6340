#!/bin/bash
# Records the traces in traces/recorded/ anew: real programs of Debian 12, on inputs that make_inputs.py makes.
#
#   traces/record/record_all.sh             all of them; needs the packages named below
#   traces/record/record_all.sh jq git      these
#
# HEAPJUDGE names another program than build/bin/heapjudge, RECORDED another folder than traces/recorded.
# A recording is not the same to the byte when it is repeated: programs ask for more or less with their version
# and their surroundings. What each was made with stands in its first lines.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
heapjudge=$(realpath "${HEAPJUDGE:-$here/../../build/bin/heapjudge}")
recorded=$(realpath -m "${RECORDED:-$here/../recorded}")
chosen=("$@")
made=0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { printf 'record_all.sh: %s\n' "$*" >&2; exit 2; }

# The same surroundings wherever it runs, and no word of this machine in them.
clean_run() {
  env -i PATH="/usr/bin:/bin:$(dirname "$(gcc -print-prog-name=cc1)")" HOME="$work" LC_ALL=C.UTF-8 TZ=UTC0 "$@"
}

wanted() { ((${#chosen[@]} == 0)) || [[ " ${chosen[*]} " == *" $1 "* ]]; }

# record NAME PACKAGE WINDOW COMMAND...: the head of the trace says all of it.
record() {
  local name=$1 package=$2 window=$3 version file=$work/$1.rep.zst
  shift 3
  wanted "$name" || return 0
  version=$(dpkg-query -W -f '${Version}' "$package") || fail "$name needs the package $package"
  clean_run "$heapjudge" trace record -o "$file" --sane --balanced --window "$window" \
    --note "version: $package $version" -- "$@" >/dev/null 2>"$work/$name.log" </dev/null ||
    fail "$name: $(tail -n 1 "$work/$name.log")"
  grep -F "$name.rep.zst:" "$work/$name.log" | sed "s|^.*/||"
  mv "$file" "$recorded/"
  made=$((made + 1))
}

mkdir -p "$recorded"
"$here/make_inputs.py" "$work"
cp -r "$here/inputs" "$work"
cd "$work"
if wanted git; then
  clean_run git init -q -b main repository
  clean_run git -C repository fast-import --quiet <history.txt
fi
if wanted ld || wanted lld; then
  for source in parts/*.c; do clean_run gcc -c -g -O1 -o "${source%.c}.o" "$source"; done
fi
if wanted gdb; then clean_run gcc -g -o debugged debugged.c; fi

record cc1 cpp-12 1:120000 cc1 -quiet -O2 program.c -o program.s
record lld lld-14 1: ld.lld --threads=1 -o linked -e main parts/*.o
record ld binutils-x86-64-linux-gnu 1: ld -o linked -e main parts/*.o
record python3 python3.11-minimal 1: \
  env PYTHONMALLOC=malloc PYTHONHASHSEED=0 python3 -s -S inputs/count.py text.txt
record perl perl-base 1: env PERL_HASH_SEED=0 perl inputs/concordance.pl text.txt
record lua lua5.4 1: lua5.4 inputs/queens.lua
record sqlite3 sqlite3 1:100000 sqlite3 -init tables.sql :memory: .exit
record bash bash 1:100000 bash --norc inputs/report.sh text.txt
record gawk gawk 1:100000 gawk -f inputs/frequencies.awk text.txt
record bc bc 1:100000 bash -c 'exec bc -q inputs/numbers.bc'
record vim vim-tiny 1:100000 vim.tiny -u NONE -i NONE -n -es -S inputs/edit.vim text.txt
record jq jq 1:100000 jq -f inputs/invoices.jq orders.json
record git git 1: git -C repository log -p --stat --no-color
record imagemagick imagemagick-6.q16 1: convert-im6.q16 -limit thread 1 picture.png \( +clone -flip \) \
  \( +clone -emboss 1 \) \( +clone -negate -resize 70% \) -append -crop 20x20 +repage -rotate 5 -append out.png
record 7zip p7zip-full 1: 7z a -bd -mmt=1 archive.7z files text.txt
record make make 1:100000 make -r all
record ninja ninja-build 1: ninja -n
record cmake cmake 1:100000 cmake -S . -B cmake-build -G Ninja
record gdb gdb 1: gdb -nx -batch -x inputs/debug.gdb ./debugged
record cadical cadical 1:100000 cadical -q -n hard.cnf
record minisat minisat 1: minisat -verb=0 harder.cnf
record z3 z3 1: z3 puzzle.smt2
record xmllint libxml2-utils 1: xmllint --noout --noblanks --xpath 'count(//book[author/@born > 1900]/title)' \
  library.xml
record tidy tidy 1: tidy -q -i page.html
record graphviz graphviz 1: dot -Tsvg graph.dot
record troff groff-base 1:100000 troff -man -Tutf8 manual.1

((made == ${#chosen[@]} || ${#chosen[@]} == 0)) || fail "no such trace among: ${chosen[*]}"
