#!/usr/bin/env bash
# One WebFlux application on this library, on reactor-netty over native epoll, and on reactor-netty
# over Netty's io_uring, in one run.
#
#   bench/webflux.sh [WORK...]
#
#   text-50, text-400   a @GetMapping of 13 bytes, keep-alive, by that many connections (wrk)
#   pipelined           the same, 16 requests at a time on each of 50 connections
#   json                16 KiB that Jackson writes, 50 connections
#
# Without arguments text-50 and json. One thread each, the same JVM options; all live through the
# whole run on the same core, but only one is loaded at a time, in turns. What is compared is the CPU
# time of the server per request: the ratios of medians, and the ratios within each round.
#
# Options, as environment variables:
#   ROUNDS=5  SECONDS_PER_ROUND=4  WARM_UP_SECONDS=15 (of each server, before each work)
#   PORT=7861 (and the next two)  SERVER_CORE=0  LOAD_CORE=1  URING=./uring  START_SECONDS=120
# Exit status 1 if an answer was wrong or missing.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=contest.sh
. "$ROOT/bench/contest.sh"

: "${ROUNDS:=5}" "${SECONDS_PER_ROUND:=4}" "${WARM_UP_SECONDS:=15}" "${PORT:=7861}"
WORKS=("$@")
[[ $# -gt 0 ]] || WORKS=(text-50 json)
SERVERS=(uring netty-epoll netty-uring)
APPLICATION=$ROOT/bench/webflux/target

# server CLASS_PATH CLASS PORT: replaces this shell by a JVM.
server() {
    # shellcheck disable=SC2086 # a list of words
    exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED $URING_JAVA_OPTS \
        -cp "$1" "io.uringreactive.bench.webflux.$2" "$3"
}

# start_contestant NAME CLASS PORT CLASS_PATH WORD: the word must be in its first line.
start_contestant() {
    start_server "$1" "$BASH" -c 'server "$@"' server "$4" "$2" "$3"
    grep -q "$5" "$LOGS/$1.out" || fail "$1 is not what it should be: $(cat "$LOGS/$1.out")"
    PIDS[$1]=$LAUNCHED_PID
    PORTS[$1]=$3
}

# load WORK SERVER SECONDS
load() {
    local pid=${PIDS[$2]} url=http://127.0.0.1:${PORTS[$2]}
    case $1 in
    text-*) http_load "$pid" "$3" "$url/" -c"${1#*-}" ;;
    pipelined) http_load "$pid" "$3" "$url/" -c50 -s "$LOGS/pipeline.lua" ;;
    json) http_load "$pid" "$3" "$url/json" -c50 ;;
    *) fail "no such work: $1" ;;
    esac
}

need wrk wrk
need_whole ROUNDS SECONDS_PER_ROUND WARM_UP_SECONDS
need_cores
use_jdk
build_modules bench/webflux
print_environment
export -f server
write_pipeline "$LOGS/pipeline.lua"

declare -A PIDS PORTS
jars=("$APPLICATION"/classpath/*.jar)
all=$APPLICATION/uring-bench-webflux.jar
without=$all
for jar in "${jars[@]}"; do
    all+=:$jar
    [[ $jar == *io_uring* ]] || without+=:$jar
done
start_contestant uring OnUring "$PORT" "$without" 'on io_uring'
start_contestant netty-epoll OnReactorNetty $((PORT + 1)) "$without" EpollServerSocketChannel
start_contestant netty-uring OnReactorNetty $((PORT + 2)) "$all" IoUringServerSocketChannel
for work in "${WORKS[@]}"; do
    compare "$work" "${SERVERS[@]}"
done
