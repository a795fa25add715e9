#!/usr/bin/env bash
# HTTP/1.1, this library against reactor-netty over native epoll, in one run: what no experiment of
# `./uring bench` does.
#
#   bench/http.sh [WORK...]
#
#   json   16 KiB of JSON, 50 connections (wrk)
#   file   a file of 1 MiB, 10 connections
#   ab     ab -n 10000 -c 50: a connection for each request
#
# Without arguments all of them. One thread each, the same JVM options; both live through the whole
# run on the same core, but only one is loaded at a time, in turns. What is compared is the CPU time
# of the server per request: the ratio of medians, and the ratio within each round. The machine's
# speed drifts, so a figure means something only beside its neighbour's.
#
# Options, as environment variables:
#   ROUNDS=5  SECONDS_PER_ROUND=4  WARM_UP_SECONDS=10 (of each server, before each work)
#   PORT=7851 (and the next)  SERVER_CORE=0  LOAD_CORE=1  URING=./uring  START_SECONDS=120
# Exit status 1 if an answer was wrong or missing.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=contest.sh
. "$ROOT/bench/contest.sh"

: "${ROUNDS:=5}" "${SECONDS_PER_ROUND:=4}" "${WARM_UP_SECONDS:=10}" "${PORT:=7851}"
WORKS=("$@")
[[ $# -gt 0 ]] || WORKS=(json file ab)

need wrk wrk
need ab apache2-utils
need_whole ROUNDS SECONDS_PER_ROUND WARM_UP_SECONDS
need_cores
use_peers
print_environment

FILE=$LOGS/file
head -c 1048576 /dev/urandom >"$FILE"

# ab_load PID SECONDS URL: rounds of 10,000 requests until the time is over.
ab_load() {
    local before said end=$((SECONDS + $2)) count=0
    read_cpu "$1"
    before=$CPU_TICKS
    while ((SECONDS < end)); do
        said=$(taskset -c "$LOAD_CORE" ab -q -n 10000 -c 50 "$3" 2>&1) || fail "ab: $said"
        grep -qE '^Failed requests: +0$' <<<"$said" || fail "ab: $said"
        ! grep -q '^Non-2xx' <<<"$said" || fail "ab: $said"
        count=$((count + 10000))
    done
    read_cpu "$1"
    MESSAGES=$count
    RATE=$(ratio "$count" "$2" 0)
    MICROS=$(micros_each $((CPU_TICKS - before)) "$count")
}

# load WORK SERVER SECONDS
load() {
    local pid=${PIDS[$2]} url=http://127.0.0.1:${PORTS[$2]}
    case $1 in
    json) http_load "$pid" "$3" "$url/json" -c50 ;;
    file) http_load "$pid" "$3" "$url/file" -c10 ;;
    ab) ab_load "$pid" "$3" "$url/" ;;
    *) fail "no such work: $1" ;;
    esac
}

declare -A PIDS PORTS
PORTS=([uring]=$PORT [reactor-netty]=$((PORT + 1)))
start_peer reactor-netty ReactorNettyHttp "${PORTS[reactor-netty]}" "$FILE"
PIDS[reactor-netty]=$LAUNCHED_PID
start_java_server uring serve http --host 127.0.0.1 --port "$PORT" --rings 1 --file "$FILE"
PIDS[uring]=$JAVA_PID
for work in "${WORKS[@]}"; do
    compare "$work" uring reactor-netty
done
