#!/bin/bash
# Whether the simulation finds what it should: seeds one defect after the other into a copy of the
# tree, and runs the scenarios until one of them fails, for a minute at most.
#
#   bench/seeded-defects.sh                      # all of uring-reactive/test/src/defects
#   bench/seeded-defects.sh double-recycle ...   # these
#   bench/seeded-defects.sh --check              # only whether every patch still applies
#
# Prints a table, and fails when a defect is not found.
set -euo pipefail

export LC_ALL=C
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
ROOT=$PWD
DEFECTS=$ROOT/uring-reactive/test/src/defects
SECONDS_MAX=60

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

printf '%-36s %9s %8s %6s  %s\n' defect schedules seconds seed scenario
missed=0
for name in "${names[@]}"; do
    git apply "$DEFECTS/$name.patch"
    simulation_build "$WORK/build" || fail "$name does not compile"
    simulate "$core" "$SECONDS_MAX" 1 1000000000 >"$WORK/run" 2>&1 || true
    # FAILED scenario after N schedules and S s: failed with seed X; replay: -Dseed=X
    if line=$(grep -m 1 '^FAILED' "$WORK/run"); then
        read -r _ scenario _ schedules _ _ seconds _ <<<"$line"
        printf '%-36s %9s %8s %6s  %s\n' "$name" "$schedules" "$seconds" "${line##*=}" "$scenario"
    else
        printf '%-36s %9s %8s %6s  %s\n' "$name" - ">$SECONDS_MAX" - "NOT FOUND"
        missed=$((missed + 1))
    fi
    git apply --reverse "$DEFECTS/$name.patch"
done
((missed == 0)) || fail "$missed defects were not found"
