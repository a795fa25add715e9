#!/usr/bin/env bash
# The example application under clients that break off, and under restarts, for SECONDS_MAX seconds.
#
#   bench/abuse.sh [--short]
#
# While wrk asks for small answers, ABUSERS loops of curl are killed with SIGKILL within a request,
# within a response, within an upload or within a stream of events. CHECKERS other loops of curl
# fetch an answer of some 100 KB and want all of it, once it has begun. In every ROUND the server gets
# SIGTERM while all that goes on and is started again when it has ended by itself; its leak detector
# is paranoid. --short: one round of 6 seconds.
#
# Fails if an answer that had begun was not completed, if the server did not end in order, if its log
# has a leak that is not Spring's own, an ERROR, a WARN or a stack trace, if a descriptor is left when the clients are gone,
# or if an unfinished upload is left in the folder.
#
# Options, as environment variables:
#   SERVER=uring (or reactor-netty)  ROUNDS=4  ROUND_SECONDS=15  ABUSERS=6  CHECKERS=4
#   CHECK_RATE=50K (how fast they read, in bytes a second)
#   PORT=7891  SERVER_CORE=0  LOAD_CORE=1  URING=./uring  START_SECONDS=120
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if [[ ${1:-} == --short ]]; then
    : "${ROUNDS:=1}" "${ROUND_SECONDS:=6}"
fi
: "${SERVER:=uring}" "${ROUNDS:=4}" "${ROUND_SECONDS:=15}" "${ABUSERS:=6}" "${CHECKERS:=4}"
: "${PORT:=7891}" "${CHECK_RATE:=50K}"
URL=http://127.0.0.1:$PORT
STOP_SECONDS=40  # Spring Boot waits up to 30 s for answers that have begun
DRAIN_SECONDS=10 # until the descriptors of clients that are gone must be closed
FAILED=

complain() {
    echo "  FAILED: $*"
    FAILED=yes
}

# killed COMMAND...: runs it for up to 0.4 s and then kills it.
killed() {
    local pid
    "$@" >/dev/null 2>&1 </dev/null &
    pid=$!
    sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

# A head without its end, or a body without its other half. The process ends with the connection.
half_a_request() {
    exec 3<>"/dev/tcp/127.0.0.1/$PORT" || return 0
    if ((RANDOM % 2)); then
        printf 'POST /notes HTTP/1.1\r\nHost: a\r\nContent-Le' >&3
    else
        printf 'POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n' >&3
        printf 'Content-Length: 100\r\n\r\n{"title": "half' >&3
    fi
    exec sleep 5 # and no child, which would keep the connection
}

abuse() {
    local name=abuse-$1
    while [[ ! -e $LOGS/enough ]]; do
        case $((RANDOM % 6)) in
        0) killed half_a_request ;;
        1) killed curl -sN "$URL/feed/squares?count=10000000" ;;
        2) killed curl -sN "$URL/feed/ticks?millis=10" ;;
        3) killed curl -s --limit-rate 20M -T "$LOGS/big" "$URL/files/$name" ;;
        4) killed curl -s --limit-rate 20M -F "file=@$LOGS/big;filename=$name" "$URL/files" ;;
        5) killed curl -s --limit-rate 10M "$URL/files/big" ;;
        esac
    done
}

# A line for each answer: curl's exit status, the HTTP status (000 where none had begun), bytes.
check() {
    local status
    while [[ ! -e $LOGS/enough ]]; do
        status=0
        curl -sN --limit-rate "$CHECK_RATE" -o /dev/null -w '%{exitcode} %{http_code} %{size_download}\n' \
            "$URL/feed/squares?count=3000" >>"$LOGS/checks-$1" || status=$?
        # Nobody listens while the server starts.
        ((status != 7)) || sleep 0.1
    done
}

start_app() {
    URING_JAVA_OPTS="-XX:+UseSerialGC -Xmx1g -Dio.netty.leakDetection.level=paranoid" \
        start_example "$1" "--example.server=$SERVER" "--server.port=$PORT"
    LOG=$LOGS/$1.out
}

# What is open, a line for each, sorted. Without the JVM's own files, jars and devices, which it opens
# when it first needs them.
descriptors() {
    find "/proc/$JAVA_PID/fd" -mindepth 1 -printf '%l\n' 2>/dev/null |
        awk -v uploads="$LOGS/files/" '
            !/^\// || index($0, uploads) == 1 { sub(/:\[[0-9]+\]$/, ""); print }' |
        sort || true # one that was closed meanwhile
}

# The clients are gone: what was opened for them must be closed, and what leaked is found by a
# collection and the allocations after it.
look_at_the_rest() {
    local tries left
    for ((tries = DRAIN_SECONDS * 4; tries > 0; tries--)); do
        left=$(descriptors | comm -13 "$LOGS/descriptors" -)
        [[ -n $left ]] || break
        sleep 0.25
    done
    [[ -z $left ]] || complain "descriptors are left: $(uniq -c <<<"$left")"
    "$("$URING" --jdk)/bin/jcmd" "$JAVA_PID" GC.run >/dev/null
    for ((tries = 50; tries > 0; tries--)); do
        curl -sSf -o /dev/null -T "$LOGS/small" "$URL/files/small" || complain "an upload failed"
    done
    left=$(find "$LOGS/files" -name '.upload-*' | wc -l)
    ((left == 0)) || complain "$left unfinished uploads are left"
}

# stop_app: SIGTERM, and the JVM's end by it.
stop_app() {
    local status=0
    stop "$JAVA_PID"
    wait "$LAUNCHED_PID" || status=$?
    [[ $status == 143 ]] || complain "the server ended with status $status"
}

# Spring's parser of forms and its writers of events and files lose a buffer when a client leaves at the wrong
# moment, on every server: a cancellation meets them between two steps. Those leaks are counted and
# borne; they are known by the last access to the buffer.
look_at_log() {
    awk -v known='codec\\.multipart\\.|ServerSentEventHttpMessageWriter' '
        # To its end, a leak is one message: lines without a time before them.
        function leak_ends() {
            if (leak != "" && last_access ~ known) springs++
            else if (leak != "") print leak
            leak = ""
        }
        /LEAK/ { leak_ends(); leak = FILENAME ": " $0; access = 0; last_access = ""; next }
        leak != "" && /^(Created at|#2)/ { access = 2 }
        leak != "" && /^[[:space:]#]|^Recent|^Created|^$|^:/ {
            if (access == 0) last_access = last_access $0
            next
        }
        { leak_ends() }
        / (ERROR|WARN) [0-9]+ ---|^[[:space:]]+at |^[a-zA-Z.]+(Exception|Error)(:|$)/ {
            print FILENAME ": " $0
        }
        END {
            leak_ends()
            if (springs) print springs > "'"$LOGS/springs"'"
        }' "$LOG" "${LOG%.out}.err" | head -n 20 >"$LOGS/findings"
    if [[ -s $LOGS/springs ]]; then
        echo "  leaks of Spring's own codecs, borne: $(cat "$LOGS/springs")"
        rm "$LOGS/springs"
    fi
    if [[ -s $LOGS/findings ]]; then
        complain "in the log:"
        sed "s|^$LOGS/|    |" "$LOGS/findings"
    fi
}

need wrk wrk
need curl curl
need_whole ROUNDS ROUND_SECONDS ABUSERS CHECKERS
need_cores
print_environment
head -c 8388608 /dev/urandom >"$LOGS/big"
head -c 100000 /dev/urandom >"$LOGS/small"

# The load of one round: it ends when the round does, in the middle of its requests.
load_round() {
    taskset -c "$LOAD_CORE" wrk -t 1 -c 10 -d "$((ROUND_SECONDS + 60))s" "$URL/notes" >"$LOGS/wrk" 2>&1 &
    LOAD_PID=$!
    STARTED+=("$LOAD_PID")
    sleep "$ROUND_SECONDS"
}

end_load() {
    kill -INT "$LOAD_PID"
    wait "$LOAD_PID" || true
    echo "  $1: $(awk '/requests in/ { print $1 " requests of wrk" }' "$LOGS/wrk")," \
        "$(cat "$LOGS"/checks-* | wc -l) answers checked so far"
}

start_app first
curl -sSf -o /dev/null -T "$LOGS/big" "$URL/files/big"
curl -sSf -o /dev/null -F "file=@$LOGS/small" "$URL/files"
killed curl -sN "$URL/feed/ticks?millis=10"
curl -sSf -o /dev/null "$URL/feed/squares"
descriptors >"$LOGS/descriptors" # of an application that has done everything once
clients=()
for ((i = 0; i < ABUSERS; i++)); do
    abuse "$i" &
    clients+=($!)
done
for ((i = 0; i < CHECKERS; i++)); do
    check "$i" &
    clients+=($!)
done
STARTED+=("${clients[@]}")
for ((round = 1; round <= ROUNDS; round++)); do
    load_round
    stop_app
    end_load "round $round"
    look_at_log
    start_app "again-$round"
done
load_round
touch "$LOGS/enough"
end_load "at the end"
wait "${clients[@]}" || true
look_at_the_rest
stop_app
look_at_log

awk -v rounds="$ROUNDS" '
    { all++ }
    $1 == 0 && $2 == 200 { whole++; next }
    $2 != "000" { lost++; print "  lost: curl " $1 ", status " $2 ", " $3 " bytes" }
    END {
        printf "%d answers: %d whole, %d lost, %d not begun; %d restarts\n",
            all, whole, lost, all - whole - lost, rounds
        exit !(whole > 0 && lost == 0)
    }' "$LOGS"/checks-* || complain "answers that had begun were lost"
[[ -z $FAILED ]]
