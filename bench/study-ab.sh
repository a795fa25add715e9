#!/usr/bin/env bash
# ab against the study's server: every request answered, run after run, on 1, 2, 4 and 8 rings.
#
#   bench/study-ab.sh
#
# Without keep-alive ab speaks HTTP/1.0 and waits for the server's close. Exit status 1 if a single
# request of any run fails or is missing.
#
# Options, as environment variables:
#   RUNS=20  RINGS="1 2 4 8"  REQUESTS=10000  CONNECTIONS=50  PORT=7821  URING=./uring
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

: "${RUNS:=20}" "${RINGS:=1 2 4 8}" "${REQUESTS:=10000}" "${CONNECTIONS:=50}" "${PORT:=7821}"

# run RINGS RUN [-k]
run() {
    local output rings=$1 number=$2
    shift 2
    output=$(ab -q -s 10 -n "$REQUESTS" -c "$CONNECTIONS" "$@" "http://127.0.0.1:$PORT/" 2>&1) ||
        fail "$rings rings, run $number $*: ab failed: $output"
    grep -qE "^Complete requests: +$REQUESTS\$" <<<"$output" &&
        grep -qE '^Failed requests: +0$' <<<"$output" ||
        fail "$rings rings, run $number $*: $output"
    awk '/^Requests per second/ { print $4 }' <<<"$output"
}

need_whole RUNS REQUESTS CONNECTIONS
need ab apache2-utils
need taskset util-linux
SERVER_CORE=0-$(($(nproc --all) - 1)) # all of them: this is about rings, not about one core
print_environment
for rings in $RINGS; do
    start_java_server "study-$rings" serve study --port "$PORT" --rings "$rings" --report
    for mode in "" -k; do
        rates=()
        for ((number = 1; number <= RUNS; number++)); do
            rates+=("$(run "$rings" "$number" $mode)")
        done
        summary "$rings rings ${mode:-  } $RUNS runs, req/s" '%9.0f' "${rates[@]}"
    done
    stop "$JAVA_PID"
    print_report "study-$rings"
done
echo "every one of $REQUESTS requests answered in every run, none failed"
