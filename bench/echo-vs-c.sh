#!/usr/bin/env bash
# Echo, the Java server against the C floor, in one run.
#
#   bench/echo-vs-c.sh
#
# Both servers live through the whole run on the same core, but only one is loaded at a time, in
# turns: C, Java, C, Java, ... What is compared is the CPU time of the server per message. The
# machine's speed drifts from minute to minute (a virtual one's by half), so a figure means
# something only beside its neighbour's: the ratio of medians, and the ratio within each round. Then
# the system calls per message are counted, and what the Java server allocated per message.
#
# Options, as environment variables:
#   ROUNDS=4  SECONDS_PER_ROUND=5  CONNECTIONS="50 1000"  SIZE=64 (bytes per message)
#   WARM_UP_SECONDS=10 (of the Java server, before the first round of each number of connections)
#   PORT=7801 (and the next)  SERVER_CORE=0  LOAD_CORE=1  URING=./uring  START_SECONDS=120
# Everything is written to standard output. Exit status 1 if a reply was wrong or missing.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

: "${ROUNDS:=4}" "${SECONDS_PER_ROUND:=5}" "${CONNECTIONS:=50 1000}" "${SIZE:=64}"
: "${WARM_UP_SECONDS:=10}" "${PORT:=7801}"
ROUND_WARM_UP_SECONDS=1
SYSCALL_SECONDS=2

# load PORT PID CONNECTIONS SECONDS WARM_UP_SECONDS: as measure_load, and from the line that the load
# prints, P50 and P99.
load() {
    measure_load "$2" "$NATIVE/echo_load" 127.0.0.1 "$1" "$3" "$SIZE" "$4" "$5"
    P50=$(field p50_us "$RESULT")
    P99=$(field p99_us "$RESULT")
}

# round NUMBER SERVER PORT PID CONNECTIONS
round() {
    load "$3" "$4" "$5" "$SECONDS_PER_ROUND" "$ROUND_WARM_UP_SECONDS"
    printf '  %5d  %-6s  %14s  %10s  %9s  %9s\n' "$1" "$2" "$MICROS" "$RATE" "$P50" "$P99"
}

# compare CONNECTIONS: the rounds and what follows from them.
compare() {
    local connections=$1 number
    local c_micros=() java_micros=() c_rate=() java_rate=() ratios=()
    load "$JAVA_PORT" "$JAVA_PID" "$connections" 0 "$WARM_UP_SECONDS"
    printf '\n%s connections, %s bytes\n' "$connections" "$SIZE"
    printf '  round  server  CPU us/message  messages/s     p50 us     p99 us\n'
    for ((number = 1; number <= ROUNDS; number++)); do
        round "$number" C "$C_PORT" "$C_PID" "$connections"
        c_micros+=("$MICROS")
        c_rate+=("$RATE")
        round "$number" Java "$JAVA_PORT" "$JAVA_PID" "$connections"
        java_micros+=("$MICROS")
        java_rate+=("$RATE")
        ratios+=("$(ratio "${java_micros[-1]}" "${c_micros[-1]}")")
    done
    summary 'C, CPU us/message' '%9.3f' "${c_micros[@]}"
    summary 'Java, CPU us/message' '%9.3f' "${java_micros[@]}"
    summary 'C, messages/s' '%9.0f' "${c_rate[@]}"
    summary 'Java, messages/s' '%9.0f' "${java_rate[@]}"
    summary 'Java/C within each round' '%9.3f' "${ratios[@]}"
    printf '  %-28s        %9s\n' 'Java/C, ratio of medians' \
        "$(ratio "$(median "${java_micros[@]}")" "$(median "${c_micros[@]}")")"
}

# calls PORT PID CONNECTIONS: sets CALLS, system calls per message.
calls() {
    count_syscalls "$2" load "$1" "$2" "$3" "$SYSCALL_SECONDS" 0
    CALLS=$(ratio "$SYSCALLS" "$MESSAGES" 4)
}

# compare_calls CONNECTIONS: in turns as well, since the batches depend on the machine's pace.
compare_calls() {
    local connections=$1 number
    local c_calls=() java_calls=()
    for ((number = 1; number <= ROUNDS; number++)); do
        calls "$C_PORT" "$C_PID" "$connections"
        c_calls+=("$CALLS")
        calls "$JAVA_PORT" "$JAVA_PID" "$connections"
        java_calls+=("$CALLS")
    done
    summary "C, $connections connections" '%9.4f' "${c_calls[@]}"
    summary "Java, $connections connections" '%9.4f' "${java_calls[@]}"
    printf '  %-28s        %9s\n' 'Java/C, ratio of medians' \
        "$(ratio "$(median "${java_calls[@]}")" "$(median "${c_calls[@]}")")"
}

need_whole ROUNDS SIZE
need_cores
choose_syscall_counter
build_native
print_environment

C_PORT=$PORT
JAVA_PORT=$((PORT + 1))
start_server c "$NATIVE/echo_uring" "$C_PORT"
C_PID=$LAUNCHED_PID
start_java_server java serve echo --host 127.0.0.1 --port "$JAVA_PORT" --rings 1 --report

for connections in $CONNECTIONS; do
    compare "$connections"
done

printf '\nsystem calls per message, counted by %s\n' "$COUNTER"
for connections in $CONNECTIONS; do
    compare_calls "$connections"
done

printf '\nbytes allocated per message\n'
for connections in $CONNECTIONS; do
    count_allocation java \
        load "$JAVA_PORT" "$JAVA_PID" "$connections" "$SECONDS_PER_ROUND" 0
    printf '  Java    %11s  %s\n' "$connections" "$(ratio "$ALLOCATION" "$MESSAGES" 1)"
done

printf '\nthe servers'"'"' own reports, over their whole life\n'
stop "$C_PID"
stop "$JAVA_PID"
print_report c
print_report java
