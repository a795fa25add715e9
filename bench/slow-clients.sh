#!/usr/bin/env bash
# What clients that are slow on purpose cost the others, and whether each is cut at its deadline.
#
#   bench/slow-clients.sh [--short] [SERVER...]
#
#   http      ./uring serve http
#   example   ./uring example, the Spring Boot application
#
# Without servers both. Against each, one after the other: CLIENTS connections of slowhttptest that
# never finish a head, that never finish a body, and that take a response by a few bytes a second.
# A well-behaved load runs beside them: wrk, 10 connections, each pausing 5 ms between its requests;
# it also runs for a while alone, for the figure to compare with. The first rounds are rehearsals: the
# JVM's compiler works on the server's core until it has seen every path. A sample during which a
# hypervisor took more than STOLEN_PERCENT_MAX of the machine's time is disturbed: it does not count
# and is repeated, in ROUNDS_MAX rounds at most.
# --short: 100 clients, http only, one round behind one rehearsal, disturbed or not.
#
# Fails if the median over the rounds of the others' 99th percentile is P99_MILLIS_MAX or more, if
# one of their requests fails, if a slow client is cut before its deadline, or if one is left when
# all should be gone.
#
# Options, as environment variables:
#   ROUNDS=3  ROUNDS_MAX=12  REHEARSALS=5  STOLEN_PERCENT_MAX=2  CLIENTS=1000
#   DEADLINE=4 (seconds, of every kind)  P99_MILLIS_MAX=10  WARM_UP_SECONDS=10
#   PORT=7881  SERVER_CORE=0  LOAD_CORE=1  URING=./uring  START_SECONDS=120
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SERVERS=(http example)
if [[ ${1:-} == --short ]]; then
    shift
    : "${CLIENTS:=100}" "${ROUNDS:=1}" "${REHEARSALS:=1}" "${STOLEN_PERCENT_MAX:=100}"
    SERVERS=(http)
fi
[[ $# -eq 0 ]] || SERVERS=("$@")
: "${ROUNDS:=3}" "${ROUNDS_MAX:=12}" "${REHEARSALS:=5}" "${STOLEN_PERCENT_MAX:=2}" "${WARM_UP_SECONDS:=10}"
: "${CLIENTS:=1000}" "${DEADLINE:=4}" "${P99_MILLIS_MAX:=10}" "${PORT:=7881}"
RATE=500         # connections a second
SLACK_SECONDS=2  # until a busy machine has looked
GOOD_CLIENTS=10
URL=http://127.0.0.1:$PORT
FAILED=
KINDS=(none headers body read)
declare -A P99S # of each kind, those that count

# As a real-time process, where that is allowed, and before the slow ones: what the others wait for is
# to be the server and not a turn on the core of the load.
FIRST=()
! chrt -f 1 true 2>/dev/null || FIRST=(chrt -f 1)

complain() {
    echo "  FAILED: $*"
    FAILED=yes
}

# Sets STOLEN, what a hypervisor has taken, and TICKS, all time: of all cores, in clock ticks.
read_stolen() {
    read -r STOLEN TICKS < <(awk '$1 == "cpu" { for (i = 2; i <= 9; i++) all += $i; print $9, all }' /proc/stat)
}

# load SECONDS: wrk in the background; await_load tells how it went.
load() {
    read_stolen
    STOLEN_BEFORE=$STOLEN TICKS_BEFORE=$TICKS
    printf 'function delay() return 5 end\n' >"$LOGS/pause.lua"
    taskset -c "$LOAD_CORE" "${FIRST[@]}" wrk -t 1 -c "$GOOD_CLIENTS" -d "${1}s" --timeout 10s --latency -s "$LOGS/pause.lua" "$GOOD_URL" \
        >"$LOGS/wrk" 2>&1 &
    LOAD_PID=$!
    STARTED+=("$LOAD_PID")
}

# await_load: sets P99 (milliseconds), REQUESTS and DISTURBED, which is empty or tells by how much.
await_load() {
    wait "$LOAD_PID" || fail "wrk: $(cat "$LOGS/wrk")"
    read_stolen
    local stolen=$((100 * (STOLEN - STOLEN_BEFORE) / (TICKS - TICKS_BEFORE)))
    DISTURBED=
    ((stolen <= STOLEN_PERCENT_MAX)) || DISTURBED=" (disturbed: $stolen % stolen)"
    REQUESTS=$(awk '/requests in/ { print $1 }' "$LOGS/wrk")
    P99=$(awk '$1 == "99%" {
        value = $2 + 0
        if ($2 ~ /us$/) value /= 1000
        else if ($2 !~ /ms$/) value *= 1000
        print value
    }' "$LOGS/wrk")
    if grep -qE 'Socket errors|Non-2xx' "$LOGS/wrk"; then
        complain "the others: $(grep -E 'Socket errors|Non-2xx' "$LOGS/wrk")"
    fi
}

# Sets SLOW: the slow clients' connections that the server still has. Without those of the load, and
# one may be slowhttptest's own probe; its report counts some as alive that were reset.
count_slow() {
    SLOW=$(taskset -c "$LOAD_CORE" nice ss -Htn state established "sport = :$PORT" | wc -l)
    SLOW=$((SLOW - GOOD_CLIENTS))
    ((SLOW > 1)) || SLOW=0
}

# attack NAME SECONDS_MAX OPTION...: each slow client must be cut, at most so long after the last one
# has come and no sooner than DEADLINE after the first.
attack() {
    local name=$1 max=$2 attacker begin=$EPOCHREALTIME all='' first='' last='' now
    shift 2
    load $((CLIENTS / RATE + max + 2))
    taskset -c "$LOAD_CORE" nice slowhttptest -c "$CLIENTS" -r "$RATE" -l 300 -p 3 \
        "$@" >"$LOGS/slow" 2>&1 </dev/null &
    attacker=$!
    STARTED+=("$attacker")
    while alive "$LOAD_PID"; do
        sleep 0.5
        count_slow
        now=$(seconds_since "$begin")
        if [[ -z $all ]]; then
            ((SLOW < CLIENTS)) || all=$now
        elif [[ -z $first ]]; then
            ((SLOW >= CLIENTS)) || first=$now
        fi
        if [[ -n $all && -z $last ]]; then
            ((SLOW > 0)) || last=$now
        fi
    done
    stop "$attacker"
    await_load
    printf '  %-8s %5s connected by %4s s, first cut by %4s s, last by %4s s; the others: %7s requests, p99 %s ms%s\n' \
        "$name" "$CLIENTS" "${all:--}" "${first:--}" "${last:--}" "$REQUESTS" "$P99" "$DISTURBED"
    [[ -z $DISTURBED ]] || return 0
    if [[ -z $all ]]; then
        complain "the slow clients did not connect: $(tail -n 5 "$LOGS/slow")"
    elif [[ -z $last ]]; then
        complain "$SLOW slow clients were not cut"
    else
        holds "$first >= $DEADLINE" || complain "a slow client was cut before its deadline"
        holds "$last - $all <= $max" || complain "the last slow client was cut too late"
    fi
    P99S[$name]+=" $P99"
}

seconds_since() {
    awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f\n", to - from }'
}

# Over all rounds but the rehearsals.
judge() {
    local name p99
    for name in "${KINDS[@]}"; do
        if is_wanted "$name"; then
            complain "$name: in $ROUNDS_MAX rounds fewer than $ROUNDS samples were not disturbed"
            continue
        fi
        # shellcheck disable=SC2086 # a list of numbers
        p99=$(median ${P99S[$name]})
        printf '  %-8s the others: median p99 %s ms\n' "$name" "$p99"
        holds "$p99 < $P99_MILLIS_MAX" || complain "p99 of the others is not under $P99_MILLIS_MAX ms"
    done
}

# is_wanted KIND: whether it has fewer samples that count than it needs.
is_wanted() {
    local samples
    read -ra samples <<<"${P99S[$1]:-}"
    ((${#samples[@]} < ROUNDS))
}

are_wanted() {
    local kind
    for kind in "${KINDS[@]}"; do
        ! is_wanted "$kind" || return 0
    done
    return 1
}

# holds EXPRESSION: of numbers.
holds() {
    awk "BEGIN { exit !($1) }"
}

# attacks: what $GOOD_URL, $POST_URL and $BIG_URL are attacked with. A deadline is looked at four
# times within it: it is kept to a quarter. A reader's begins when the kernel takes no more for it.
attacks() {
    local max=$((DEADLINE + (DEADLINE + 3) / 4 + SLACK_SECONDS)) kind
    for kind in "${KINDS[@]}"; do
        is_wanted "$kind" || continue
        case $kind in
        none)
            load 5
            await_load
            printf '  %-8s %65s %7s requests, p99 %s ms%s\n' none 'the others:' "$REQUESTS" "$P99" "$DISTURBED"
            [[ -n $DISTURBED ]] || P99S[none]+=" $P99"
            ;;
        headers) attack headers "$max" -H -i 1 -x 8 -u "$GOOD_URL" ;;
        body) attack body "$max" -B -i 1 -x 4 -s 1000000 -t POST -f application/json -u "$POST_URL" ;;
        read) attack read $((max + SLACK_SECONDS)) -X -w 1 -y 512 -n 1 -z 5 -k 3 -u "$BIG_URL" ;;
        esac
    done
}

need slowhttptest slowhttptest
need wrk wrk
need curl curl
need ss iproute2
need_whole ROUNDS ROUNDS_MAX REHEARSALS STOLEN_PERCENT_MAX CLIENTS DEADLINE WARM_UP_SECONDS P99_MILLIS_MAX
need_cores
print_environment
head -c 8388608 /dev/urandom >"$LOGS/big"
for server in "${SERVERS[@]}"; do
    echo
    echo "$server, $CLIENTS slow clients, a deadline of $DEADLINE s"
    case $server in
    http)
        start_java_server http serve http --host 127.0.0.1 --port "$PORT" --rings 1 \
            --deadline "$DEADLINE" --file "$LOGS/big"
        GOOD_URL=$URL/ POST_URL=$URL/echo BIG_URL=$URL/file
        ;;
    example)
        start_example example "--server.port=$PORT" \
            "--server.uring.header-timeout=${DEADLINE}s" "--server.uring.body-timeout=${DEADLINE}s" \
            "--server.uring.write-timeout=${DEADLINE}s" "--server.uring.idle-timeout=${DEADLINE}s"
        curl -sSf -o "$LOGS/curl" -T "$LOGS/big" "$URL/files/big" || fail "the upload failed"
        GOOD_URL=$URL/notes POST_URL=$URL/notes BIG_URL=$URL/files/big
        ;;
    *) fail "no such server: $server" ;;
    esac
    # Warm: the first requests of a JVM are its slowest, and it compiles on the server's core.
    taskset -c "$LOAD_CORE" wrk -t 1 -c 50 -d "${WARM_UP_SECONDS}s" --timeout 10s "$GOOD_URL" >"$LOGS/wrk" ||
        fail "wrk: $(cat "$LOGS/wrk")"
    for ((round = 1; round <= REHEARSALS; round++)); do
        echo "rehearsal $round"
        P99S=()
        attacks
    done
    P99S=()
    for ((round = 1; round <= ROUNDS_MAX; round++)); do
        are_wanted || break
        echo "round $round"
        attacks
    done
    judge
    stop "$JAVA_PID"
done
[[ -z $FAILED ]]
