#!/bin/bash
# Runs the simulation's scenarios over many schedules, on all cores, and prints counts. A schedule is
# one scenario under one seed.
#
#   bench/simulate.sh                    # 20,000 schedules
#   bench/simulate.sh 1000000            # a million
#   bench/simulate.sh 5000 Accept        # those whose class#method contains "Accept"
#   bench/simulate.sh --shrink SCENARIO SEED        # the simplest schedule that fails like this seed
#   bench/simulate.sh --replay SCENARIO SCHEDULE    # one that was found so
#
# What fails is shrunk, and printed with a command that replays it.
#
# FIRST_SEED     the first seed (1); each scenario has the seeds from there on
# JVMS           how many at once, each pinned to a core (as many as there are cores)
# SECONDS_MAX    when to give up (3600)
# SHRINK_SECONDS how long to look for something simpler (60); 0 for not at all
set -euo pipefail

export LC_ALL=C
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
one=
if [[ ${1:-} == --shrink || ${1:-} == --replay ]]; then
    one=$1
    shift
fi
SCHEDULES=${1:-20000}
SCENARIO=${2:-}
: "${FIRST_SEED:=1}"
: "${JVMS:=$(nproc)}"
: "${SECONDS_MAX:=3600}"
: "${SHRINK_SECONDS:=60}"

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

if [[ -n $one ]]; then
    (($# == 2)) || fail "$one takes a scenario and a seed or a schedule"
else
    [[ $SCHEDULES =~ ^[1-9][0-9]*$ ]] || fail "how many schedules: '$SCHEDULES'?"
fi
[[ $SHRINK_SECONDS =~ ^[0-9]+$ ]] || fail "SHRINK_SECONDS: a whole number, not '$SHRINK_SECONDS'"
[[ $JVMS =~ ^[1-9][0-9]*$ ]] || fail "JVMS: a whole number above 0 is wanted, not '$JVMS'"
command -v taskset >/dev/null || fail "'taskset' is missing; on Debian: apt-get install util-linux"

JAVA_HOME=$(./uring --jdk)
export JAVA_HOME
LOGS=$(mktemp -d)
pids=()

clean_up() {
    trap - EXIT
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    rm -rf "$LOGS"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

source bench/simulation-classpath.sh
simulation_build "$LOGS/build" || fail "the build failed"

# Each JVM has seeds of its own, and a core.
share=$(((SCHEDULES + JVMS - 1) / JVMS))
cores=()
for range in $(taskset -pc $$ | sed 's/.*: //' | tr ',' ' '); do
    mapfile -t -O "${#cores[@]}" cores < <(seq "${range%-*}" "${range#*-}")
done

if [[ -n $one ]]; then
    [[ $one == --replay || $2 =~ ^[0-9]+$ ]] || fail "not a seed: '$2'"
    shrink "${cores[0]}" "$1" "$2"
    exit
fi
for ((i = 0; i < JVMS; i++)); do
    simulate "${cores[i % ${#cores[@]}]}" "$SECONDS_MAX" $((FIRST_SEED + i * SCHEDULES)) "$share" \
        "$SCENARIO" >"$LOGS/run-$i" 2>&1 &
    pids+=($!)
done

status=0
for ((i = 0; i < JVMS; i++)); do
    wait "${pids[i]}" || status=$?
done
for ((i = 0; i < JVMS; i++)); do
    if ! grep -E '^ *[0-9.]+ s  |^PASSED' "$LOGS/run-$i" | sed "s/^/JVM $i  /"; then
        sed -n '/^FAILED/,/^SHRUNK/p' "$LOGS/run-$i" | sed '/^SHRUNK/d' | head -n 60
        sed -n '/^SHRUNK/,$p' "$LOGS/run-$i"
        grep -q '^FAILED' "$LOGS/run-$i" || tail -n 20 "$LOGS/run-$i"
    fi
done
awk '/^PASSED/ { schedules += $2; rate += $(NF - 2) }
    END { printf "%d schedules passed, %d per second\n", schedules, rate }' "$LOGS"/run-*
exit "$status"
