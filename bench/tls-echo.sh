#!/usr/bin/env bash
# TLS echo, this library against reactor-netty over native epoll, in one run.
#
#   bench/tls-echo.sh
#
# Both use the JDK's engine with the same key under TLS 1.3, one thread, and the same JVM options.
# Both live through the whole run on the same core, but only one is loaded at a time, in turns. What
# is compared is the CPU time of the server per message: the ratio of medians, and the ratio within
# each round. The machine's speed drifts, so a figure means something only beside its neighbour's.
# The load is a JVM of its own on another core.
#
# Options, as environment variables:
#   ROUNDS=4  SECONDS_PER_ROUND=5  CONNECTIONS="50"  SIZE=64 (bytes per message)
#   WARM_UP_SECONDS=15 (of each server, before the first round of each number of connections)
#   PORT=7811 (and the next)  SERVER_CORE=0  LOAD_CORE=1  URING=./uring  START_SECONDS=120
# Everything is written to standard output. Exit status 1 if a reply was wrong or missing.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=contest.sh
. "$ROOT/bench/contest.sh"

: "${ROUNDS:=4}" "${SECONDS_PER_ROUND:=5}" "${CONNECTIONS:=50}" "${SIZE:=64}"
: "${WARM_UP_SECONDS:=15}" "${PORT:=7811}"
ROUND_WARM_UP_SECONDS=2
export URING_KEY_STORE_PASSWORD=changeit

# load PORT PID CONNECTIONS SECONDS WARM_UP_SECONDS: sets MICROS (CPU per message) and RATE.
load() {
    measure_load "$2" "$BASH" -c 'peer "$@"' peer TlsEchoLoad "$1" "$KEYS" "$3" "$SIZE" "$4" "$5"
}

# round NUMBER SERVER PORT PID CONNECTIONS
round() {
    load "$3" "$4" "$5" "$SECONDS_PER_ROUND" "$ROUND_WARM_UP_SECONDS"
    printf '  %5d  %-13s  %14s  %10s\n' "$1" "$2" "$MICROS" "$RATE"
}

compare() {
    local connections=$1 number
    local ours=() theirs=() ratios=()
    load "$OUR_PORT" "$JAVA_PID" "$connections" 1 "$WARM_UP_SECONDS"
    load "$PEER_PORT" "$PEER_PID" "$connections" 1 "$WARM_UP_SECONDS"
    printf '\n%s connections, %s bytes\n' "$connections" "$SIZE"
    printf '  round  server         CPU us/message  messages/s\n'
    for ((number = 1; number <= ROUNDS; number++)); do
        round "$number" uring "$OUR_PORT" "$JAVA_PID" "$connections"
        ours+=("$MICROS")
        round "$number" reactor-netty "$PEER_PORT" "$PEER_PID" "$connections"
        theirs+=("$MICROS")
        ratios+=("$(ratio "${ours[-1]}" "${theirs[-1]}")")
    done
    summary 'uring, CPU us/message' '%9.3f' "${ours[@]}"
    summary 'reactor-netty' '%9.3f' "${theirs[@]}"
    summary 'ratio within each round' '%9.3f' "${ratios[@]}"
    printf '  %-28s        %9s\n' 'ratio of medians' \
        "$(ratio "$(median "${ours[@]}")" "$(median "${theirs[@]}")")"
}

need_whole ROUNDS SIZE SECONDS_PER_ROUND
need_cores
use_peers
print_environment

KEYS=$LOGS/keys.p12
"$JAVA_HOME/bin/keytool" -genkeypair -alias key -keyalg EC -groupname secp256r1 -dname CN=localhost \
    -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -keystore "$KEYS" \
    -storepass "$URING_KEY_STORE_PASSWORD" >"$LOGS/keytool" 2>&1 || fail "keytool failed"

OUR_PORT=$PORT
PEER_PORT=$((PORT + 1))
start_peer peer ReactorNettyTlsEcho "$PEER_PORT" "$KEYS"
PEER_PID=$LAUNCHED_PID
start_java_server java serve tls-echo --port "$OUR_PORT" --rings 1 --report --key-store "$KEYS" \
    --tls-protocol TLSv1.3

for connections in $CONNECTIONS; do
    compare "$connections"
done

printf '\nthe server'"'"'s own report, over its whole life\n'
stop "$PEER_PID"
stop "$JAVA_PID"
print_report java
