#!/usr/bin/env bash
# What slow consumers cost the fast ones on the same ring.
#
#   bench/slow-consumers.sh
#
# FAST connections echo without pause. In every other round SLOW more connections are there, whose
# peers send as much as is taken and never read, and whose consumers keep each buffer that they get
# and ask for no more. In turns: without, with, without, with, ... The figures are the fast ones'
# messages per second and the server's CPU time per message.
#
# Options, as environment variables:
#   ROUNDS=5  SECONDS_PER_ROUND=5  FAST=1000  SLOW=100  KEEP=64 (buffers each)  SIZE=64
#   WARM_UP_SECONDS=10  PORT=7821 (and the next)  SERVER_CORE=0  LOAD_CORE=1  URING=./uring
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

: "${ROUNDS:=5}" "${SECONDS_PER_ROUND:=5}" "${FAST:=1000}" "${SLOW:=100}" "${KEEP:=64}"
: "${SIZE:=64}" "${WARM_UP_SECONDS:=10}" "${PORT:=7821}"
STUFF_BYTES=16777216

# load SECONDS WARM_UP_SECONDS: sets RATE and MICROS.
load() {
    measure_load "$JAVA_PID" "$NATIVE/echo_load" 127.0.0.1 "$PORT" "$FAST" "$SIZE" "$1" "$2"
}

# round NUMBER WHAT
round() {
    load "$SECONDS_PER_ROUND" 1
    printf '  %5d  %-8s %12s  %15s\n' "$1" "$2" "$RATE" "$MICROS"
}

slow_round() {
    local holder line
    coproc STUFF {
        taskset -c "$LOAD_CORE" "$NATIVE/stuff" 127.0.0.1 $((PORT + 1)) "$SLOW" "$STUFF_BYTES"
    }
    holder=$STUFF_PID
    local out=${STUFF[0]} in=${STUFF[1]}
    read -r line <&"$out" || fail "the slow connections failed"
    [[ $line == STUFFED* ]] || fail "the slow connections failed: $line"
    round "$1" with
    echo >&"$in"
    wait "$holder" || fail "the slow connections did not end in order"
    STUFFED=$line
}

need_whole ROUNDS FAST SLOW KEEP SIZE
need_cores
build_native
print_environment
start_java_server slow slow --port "$PORT" --rings 1 --keep "$KEEP"

load 0 "$WARM_UP_SECONDS"
without=() with=() rates=() micros=() micros_without=() micros_with=()
printf '\n  round  slow     messages/s  CPU us/message\n'
for ((number = 1; number <= ROUNDS; number++)); do
    round "$number" without
    without+=("$RATE")
    micros_without+=("$MICROS")
    slow_round "$number"
    with+=("$RATE")
    micros_with+=("$MICROS")
    rates+=("$(ratio "$RATE" "${without[-1]}")")
    micros+=("$(ratio "$MICROS" "${micros_without[-1]}")")
done
printf '\n%s fast connections, %s slow ones (%s)\n' "$FAST" "$SLOW" "$STUFFED"
summary 'without, messages/s' '%9.0f' "${without[@]}"
summary 'with, messages/s' '%9.0f' "${with[@]}"
summary 'with/without, messages/s' '%9.3f' "${rates[@]}"
summary 'without, CPU us/message' '%9.3f' "${micros_without[@]}"
summary 'with, CPU us/message' '%9.3f' "${micros_with[@]}"
summary 'with/without, CPU us/message' '%9.3f' "${micros[@]}"
stop "$JAVA_PID"
print_report slow
