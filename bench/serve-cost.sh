#!/usr/bin/env bash
# What a connection costs while few or many others are live.
#
#   bench/serve-cost.sh
#
# An echo server holds LIVE idle connections while short ones come and go, one after the other; the
# figure is the server's CPU time per short connection. In turns: few, many, few, many, ...
#
# Options, as environment variables:
#   ROUNDS=4  FEW=10  MANY=10000  COUNT=10000 (short connections per round)
#   PORT=7811  SERVER_CORE=0  LOAD_CORE=1  URING=./uring  START_SECONDS=120
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

: "${ROUNDS:=4}" "${FEW:=10}" "${MANY:=10000}" "${COUNT:=10000}" "${PORT:=7811}"

churn() {
    taskset -c "$LOAD_CORE" "$NATIVE/echo_churn" 127.0.0.1 "$PORT" "$COUNT" >/dev/null ||
        fail "the short connections failed"
}

# cost LIVE: sets MICROS, the server's CPU time per short connection while LIVE others are held.
cost() {
    local before after holder
    coproc HOLD { taskset -c "$LOAD_CORE" "$NATIVE/echo_hold" 127.0.0.1 "$PORT" "$1" 1 300; }
    holder=$HOLD_PID
    local out=${HOLD[0]} in=${HOLD[1]} line
    read -r line <&"$out" || fail "the held connections failed"
    [[ $line == HELD* ]] || fail "the held connections failed: $line"
    read_cpu "$JAVA_PID"
    before=$CPU_TICKS
    churn
    read_cpu "$JAVA_PID"
    after=$CPU_TICKS
    echo >&"$in"
    wait "$holder" || fail "the held connections did not end in order"
    MICROS=$(micros_each $((after - before)) "$COUNT")
}

need_whole ROUNDS FEW MANY COUNT
need_cores
build_native
print_environment
start_java_server echo serve echo --port "$PORT" --rings 1 --report

churn
churn
few=() many=()
printf '\n  round     live  CPU us/connection\n'
for ((number = 1; number <= ROUNDS; number++)); do
    cost "$FEW"
    few+=("$MICROS")
    printf '  %5d  %7d  %17s\n' "$number" "$FEW" "$MICROS"
    cost "$MANY"
    many+=("$MICROS")
    printf '  %5d  %7d  %17s\n' "$number" "$MANY" "$MICROS"
done
summary "$FEW live, us/connection" '%9.3f' "${few[@]}"
summary "$MANY live, us/connection" '%9.3f' "${many[@]}"
printf '  %-28s        %9s\n' 'many/few, ratio of medians' \
    "$(ratio "$(median "${many[@]}")" "$(median "${few[@]}")")"

printf '\nthe server'"'"'s own report, over its whole life\n'
stop "$JAVA_PID"
print_report echo
