#!/bin/bash
# Runs the simulation's scenarios over many schedules, on all cores, and prints counts. A schedule is
# one scenario under one seed.
#
#   bench/simulate.sh                    # 20,000 schedules
#   bench/simulate.sh 1000000            # a million
#   bench/simulate.sh 5000 Accept        # those whose class#method contains "Accept"
#
# FIRST_SEED  the first seed (1); each scenario has the seeds from there on
# JVMS        how many at once, each pinned to a core (as many as there are cores)
# SECONDS_MAX when to give up (3600)
set -euo pipefail

export LC_ALL=C
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
SCHEDULES=${1:-20000}
SCENARIO=${2:-}
: "${FIRST_SEED:=1}"
: "${JVMS:=$(nproc)}"
: "${SECONDS_MAX:=3600}"

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

[[ $SCHEDULES =~ ^[1-9][0-9]*$ ]] || fail "how many schedules: '$SCHEDULES'?"
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
        sed -n '/^FAILED/,$p' "$LOGS/run-$i" | head -n 60
        grep -q '^FAILED' "$LOGS/run-$i" || tail -n 20 "$LOGS/run-$i"
    fi
done
awk '/^PASSED/ { schedules += $2; rate += $(NF - 2) }
    END { printf "%d schedules passed, %d per second\n", schedules, rate }' "$LOGS"/run-*
exit "$status"
