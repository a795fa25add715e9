#!/bin/bash
# Whether the simulation finds what it should: seeds one defect after the other into a copy of the
# tree, runs the scenarios until one of them fails, for a minute at most, shrinks that schedule, for
# another minute, and replays what is left.
#
#   bench/seeded-defects.sh                      # all of uring-reactive/test/src/defects
#   bench/seeded-defects.sh double-recycle ...   # these
#   bench/seeded-defects.sh --check              # only whether every patch still applies
#
# Prints a table, and fails when a defect is not found, or when the schedule that shows it has 20
# events or more: decisions that differ from those of a calm day (docs/testing.md).
#
# REPORTS     a folder for what the shrunk schedules say (none)
set -euo pipefail

export LC_ALL=C
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
ROOT=$PWD
DEFECTS=$ROOT/uring-reactive/test/src/defects
SECONDS_MAX=60
EVENTS_MAX=19
REPORTS=${REPORTS:+$(readlink -f "$REPORTS")}

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

check=
if [[ ${1:-} == --check ]]; then
    check=yes
    shift
fi
names=("$@")
if ((${#names[@]} == 0)); then
    for patch in "$DEFECTS"/*.patch; do
        name=${patch##*/}
        names+=("${name%.patch}")
    done
fi
for name in "${names[@]}"; do
    [[ -f $DEFECTS/$name.patch ]] || fail "there is no defect '$name'"
    git apply --check "$DEFECTS/$name.patch" || fail "$name does not apply any more"
done
if [[ -n $check ]]; then
    echo "${#names[@]} defects apply"
    exit
fi

JAVA_HOME=$(./uring --jdk)
export JAVA_HOME
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
core=$(taskset -pc $$ | sed 's/.*: //; s/[-,].*//')

# The tree as it is here, changes included, without what was built.
mkdir "$WORK/tree"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$WORK/tree"
cd "$WORK/tree"
git init -q .

source "$ROOT/bench/simulation-classpath.sh"

row='%-36s %9s %8s %7s %6s %8s  %s\n'
# shellcheck disable=SC2059 # the format is the row
row() { printf "$row" "$@"; }

row defect schedules seconds events steps shrunk scenario
missed=0
complicated=0
# shrink_one NAME SCENARIO SEED: its row; what was found must fail again.
shrink_one() {
    local events=- steps=- took=- note='' schedule
    shrink "$core" "$2" "$3" >"$WORK/shrunk" 2>&1 || true
    # SHRUNK scenario with seed X to E events and N steps in S s
    if line=$(grep -m 1 '^SHRUNK' "$WORK/shrunk"); then
        read -r _ _ _ _ _ _ events _ _ steps _ _ took _ <<<"$line"
        schedule=$(sed -n "s/^replay: .* '\(.*\)'$/\1/p" "$WORK/shrunk")
        shrink "$core" "$2" "$schedule" >"$WORK/replay" 2>&1 && note=', DOES NOT FAIL AGAIN'
    else
        note=', NOT SHRUNK'
    fi
    [[ -z $REPORTS ]] || cp "$WORK/shrunk" "$REPORTS/$1.txt"
    if [[ -n $note ]] || ((events > EVENTS_MAX)); then
        complicated=$((complicated + 1))
    fi
    row "$1" "$schedules" "$seconds" "$events" "$steps" "$took" "$2, seed $3$note"
}

for name in "${names[@]}"; do
    git apply "$DEFECTS/$name.patch"
    simulation_build "$WORK/build" || fail "$name does not compile"
    SHRINK_SECONDS=0 simulate "$core" "$SECONDS_MAX" 1 1000000000 >"$WORK/run" 2>&1 || true
    # FAILED scenario after N schedules and S s: failed with seed X; replay: -Dseed=X
    if line=$(grep -m 1 '^FAILED' "$WORK/run"); then
        read -r _ scenario _ schedules _ _ seconds _ <<<"$line"
        shrink_one "$name" "$scenario" "${line##*=}"
    else
        row "$name" - ">$SECONDS_MAX" - - - "NOT FOUND"
        missed=$((missed + 1))
    fi
    git apply --reverse "$DEFECTS/$name.patch"
done
((missed == 0)) || fail "$missed defects were not found"
((complicated == 0)) || fail "$complicated defects are shown by more than $EVENTS_MAX events only"
