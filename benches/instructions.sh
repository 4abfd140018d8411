#!/bin/sh
# Instructions of each question of `benches/query.rs`, counted by callgrind, which counts the same
# on a busy machine: the difference between asking six times and once, divided by five.
#
#     benches/instructions.sh [FACTS]
#
# `PROFILE=quick benches/instructions.sh` takes another profile of the compiler than `bench`.
# The profile of the last question lies in `target/callgrind`: `callgrind_annotate` shows it.
set -eu
cd "$(dirname "$0")/.."
facts=${1:-8000}
program=$(cargo bench --profile "${PROFILE:-bench}" --bench query --no-run 2>&1 | sed -n 's/.*(\(.*\)).*/\1/p' | tail -1)
count() {
  valgrind --tool=callgrind --callgrind-out-file=target/callgrind "$program" "$facts" \
    --only "$1" --rounds "$2" 2>&1 | sed -n 's/.*refs: *//p' | tr -d ,
}
for question in look-up 'selective join' triangles 'neighbours who know each other' groups \
  order negation closure count; do
  few=$(count "$question" 1)
  many=$(count "$question" 6)
  printf '%-32s %12d\n' "$question" $(((many - few) / 5))
done
