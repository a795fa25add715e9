#!/usr/bin/env bash
# io_uring against epoll, the same programs: only the transport differs.
#
#   bench/transports.sh
#
# Echo, and HTTP plaintext with keep-alive (wrk), on one ring and on one event loop. All servers live
# through the whole run on the same core, but only one is loaded at a time, in turns. What is compared
# is the CPU time of the server per message or request: the ratio of medians, and the ratio within
# each round.
#
# Options, as environment variables:
#   ROUNDS=5  SECONDS_PER_ROUND=4  CONNECTIONS="50 1000" (echo)  HTTP_CONNECTIONS="50 400"  SIZE=64
#   WARM_UP_SECONDS=10  PORT=7831 (and the next three)  SERVER_CORE=0  LOAD_CORE=1  URING=./uring
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=contest.sh
. "$ROOT/bench/contest.sh"

: "${ROUNDS:=5}" "${SECONDS_PER_ROUND:=4}" "${CONNECTIONS:=50 1000}" "${HTTP_CONNECTIONS:=50 400}"
: "${SIZE:=64}" "${WARM_UP_SECONDS:=10}" "${PORT:=7831}"
TRANSPORTS=(uring epoll)

# echo_load PID PORT CONNECTIONS SECONDS: sets MICROS and RATE.
echo_load() {
    measure_load "$1" "$NATIVE/echo_load" 127.0.0.1 "$2" "$3" "$SIZE" "$4" 1
}

# web_load PID PORT CONNECTIONS SECONDS: as echo_load.
web_load() {
    http_load "$1" "$4" "http://127.0.0.1:$2/" -c"$3"
}

# compare WORK CONNECTIONS: loads the servers of WORK in turns.
compare() {
    local work=$1 connections=$2 number i
    local uring=() epoll=() ratios=()
    printf '\n%s, %s connections\n  round  transport  CPU us each    a second\n' "$work" "$connections"
    for i in 0 1; do
        "${work}_load" "${PIDS[$work$i]}" "${PORTS[$work$i]}" "$connections" "$WARM_UP_SECONDS"
    done
    for ((number = 1; number <= ROUNDS; number++)); do
        for i in 0 1; do
            "${work}_load" "${PIDS[$work$i]}" "${PORTS[$work$i]}" "$connections" "$SECONDS_PER_ROUND"
            printf '  %5d  %-9s  %11s  %10s\n' "$number" "${TRANSPORTS[i]}" "$MICROS" "$RATE"
            if [[ $i == 0 ]]; then uring+=("$MICROS"); else epoll+=("$MICROS"); fi
        done
        ratios+=("$(ratio "${uring[-1]}" "${epoll[-1]}")")
    done
    summary 'uring, CPU us each' '%9.3f' "${uring[@]}"
    summary 'epoll' '%9.3f' "${epoll[@]}"
    summary 'ratio within each round' '%9.3f' "${ratios[@]}"
    printf '  %-28s        %9s\n' 'ratio of medians' \
        "$(ratio "$(median "${uring[@]}")" "$(median "${epoll[@]}")")"
}

need wrk wrk
need_whole ROUNDS SIZE SECONDS_PER_ROUND WARM_UP_SECONDS
need_cores
build_native
print_environment
declare -A PIDS PORTS PROGRAMS=([echo]=echo [web]=http)
port=$PORT
for work in echo web; do
    for i in 0 1; do
        start_java_server "$work-${TRANSPORTS[i]}" serve "${PROGRAMS[$work]}" --transport "${TRANSPORTS[i]}" \
            --host 127.0.0.1 --port "$port" --rings 1
        PIDS[$work$i]=$JAVA_PID
        PORTS[$work$i]=$port
        port=$((port + 1))
    done
done
for connections in $CONNECTIONS; do
    compare echo "$connections"
done
for connections in $HTTP_CONNECTIONS; do
    compare web "$connections"
done
