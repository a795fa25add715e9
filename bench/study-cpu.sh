#!/usr/bin/env bash
# CPU time per request of the study server: plaintext HTTP over keep-alive connections.
#
#   bench/study-cpu.sh
#
# The server has one core, wrk the other. After a warm-up each round reads the server's CPU time
# before and after one run of wrk. User time alone is sampled by the timer tick on many kernels: its
# share of the total is an estimate that needs half a minute or more, the total is exact. Then the
# system calls per request are counted in a short run of their own.
#
# Options, as environment variables:
#   ROUNDS=3  SECONDS_PER_ROUND=35  CONNECTIONS=50  WARM_UP_SECONDS=10  URL_PATH=/
#   PORT=7811  SERVER_CORE=0  LOAD_CORE=1  URING=./uring  START_SECONDS=120
# Everything is written to standard output. Exit status 1 if wrk saw an error.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

: "${ROUNDS:=3}" "${SECONDS_PER_ROUND:=35}" "${CONNECTIONS:=50}" "${WARM_UP_SECONDS:=10}"
: "${URL_PATH:=/}" "${PORT:=7811}"
SYSCALL_SECONDS=3

# load SECONDS: sets REQUESTS, RATE, P50 and P99, and the ticks that the server spent meanwhile.
load() {
    local output user_before cpu_before
    read_cpu "$JAVA_PID"
    user_before=$USER_TICKS
    cpu_before=$CPU_TICKS
    output=$(taskset -c "$LOAD_CORE" wrk -t1 -c"$CONNECTIONS" -d"$1s" --latency \
        "http://127.0.0.1:$PORT$URL_PATH") || fail "wrk failed: $output"
    read_cpu "$JAVA_PID"
    USER_SPENT=$((USER_TICKS - user_before))
    CPU_SPENT=$((CPU_TICKS - cpu_before))
    if grep -qE 'Socket errors|Non-2xx' <<<"$output"; then
        fail "wrk saw errors:" $'\n'"$output"
    fi
    REQUESTS=$(awk '/requests in/ { print $1 }' <<<"$output")
    RATE=$(awk '/^Requests\/sec/ { print $2 }' <<<"$output")
    P50=$(awk '$1 == "50%" { print $2 }' <<<"$output")
    P99=$(awk '$1 == "99%" { print $2 }' <<<"$output")
    ((REQUESTS > 0)) || fail "no request was answered"
}

need_whole ROUNDS SECONDS_PER_ROUND CONNECTIONS WARM_UP_SECONDS
need wrk wrk
need_cores
choose_syscall_counter
print_environment
start_java_server study serve study --port "$PORT" --rings 1 --report

load "$WARM_UP_SECONDS"
user_micros=() cpu_micros=() rates=()
printf '\n%s keep-alive connections, %s s per round\n' "$CONNECTIONS" "$SECONDS_PER_ROUND"
printf '  round  user us/request  CPU us/request  requests/s        p50        p99\n'
for ((number = 1; number <= ROUNDS; number++)); do
    load "$SECONDS_PER_ROUND"
    user_micros+=("$(micros_each "$USER_SPENT" "$REQUESTS")")
    cpu_micros+=("$(micros_each "$CPU_SPENT" "$REQUESTS")")
    rates+=("$RATE")
    printf '  %5d  %15s  %14s  %10s  %9s  %9s\n' \
        "$number" "${user_micros[-1]}" "${cpu_micros[-1]}" "$RATE" "$P50" "$P99"
done
summary 'user us/request' '%9.3f' "${user_micros[@]}"
summary 'CPU us/request' '%9.3f' "${cpu_micros[@]}"
summary 'requests/s' '%9.0f' "${rates[@]}"

count_syscalls "$JAVA_PID" load "$SYSCALL_SECONDS"
printf '\nsystem calls per request, counted by %s: %s\n' \
    "$COUNTER" "$(ratio "$SYSCALLS" "$REQUESTS" 4)"

printf '\nthe server'"'"'s own report, over its whole life\n'
stop "$JAVA_PID"
print_report study
