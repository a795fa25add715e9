# Shared by the benchmark scripts; to be sourced by bash after `set -euo pipefail`. What is common
# to them: the server is pinned to one core and the load to another, everything stays on 127.0.0.1,
# the figure is the server's CPU time from /proc (every thread of the process, and what the kernel
# does in their name), and nothing is left behind: logs live in a temporary folder until the end.

export LC_ALL=C                # decimal points, in what is read and what is written
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
NATIVE=$ROOT/bench/native/build

: "${URING:=$ROOT/uring}"      # the launcher of the Java servers
: "${SERVER_CORE:=0}"
: "${LOAD_CORE:=1}"
: "${START_SECONDS:=120}"      # until a server must be ready: the launcher may have to build first
STOP_SECONDS=10                # until a server must have ended after SIGTERM

READY='^ready'                 # in the line by which a server says that it is
LOGS=$(mktemp -d)
STARTED=()                     # process ids that the clean-up ends

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# need PROGRAM DEBIAN_PACKAGE...
need() {
    local program=$1
    shift
    command -v "$program" >/dev/null ||
        fail "'$program' is missing; on Debian: apt-get install $*"
}

# need_whole NAME...: the variables of these names must hold whole numbers above zero.
need_whole() {
    local name
    for name; do
        [[ ${!name} =~ ^[1-9][0-9]*$ ]] ||
            fail "$name: a whole number above 0 is wanted, not '${!name}'"
    done
}

need_cores() {
    need taskset util-linux
    local core
    for core in "$SERVER_CORE" "$LOAD_CORE"; do
        taskset -c "$core" true 2>/dev/null ||
            fail "core $core is not to be had; set SERVER_CORE and LOAD_CORE to two that are"
    done
}

build_native() {
    need make make
    need gcc gcc libc6-dev linux-libc-dev
    make -s -C "$ROOT/bench/native" CC=gcc || fail "the C programs do not build"
}

print_environment() {
    local java revision congestion
    congestion=$(cat /proc/sys/net/ipv4/tcp_congestion_control)
    java=$("$URING" --jdk 2>/dev/null)/bin/java
    revision=$(git -C "$ROOT" describe --always --dirty 2>/dev/null) || revision=unknown
    echo "date        $(date -u '+%Y-%m-%d %H:%M:%S UTC')"
    echo "revision    $revision"
    echo "kernel      $(uname -srm), TCP congestion control $congestion"
    echo "CPU         $(nproc --all) x$(awk -F: '/^model name/ { print $2; exit }' /proc/cpuinfo)"
    echo "java        $("$java" -version 2>&1 | head -n 1 || true)"
    echo "placement   server on core $SERVER_CORE, load on core $LOAD_CORE"
}

# --- servers ---

alive() {
    [[ -e /proc/$1/stat && $(process_state "$1") != Z ]]
}

process_state() {
    local line
    read -r line 2>/dev/null <"/proc/$1/stat" || return 0
    line=${line##*) }
    echo "${line%% *}"
}

# start_server NAME COMMAND...: starts it on its core and waits for its line $READY. Sets
# LAUNCHED_PID; the output is in $LOGS/NAME.out and NAME.err.
start_server() {
    local name=$1 tries
    shift
    : >"$LOGS/$name.out" # there before the server is: it is looked at below
    taskset -c "$SERVER_CORE" "$@" >"$LOGS/$name.out" 2>"$LOGS/$name.err" </dev/null &
    LAUNCHED_PID=$!
    STARTED+=("$LAUNCHED_PID")
    for ((tries = START_SECONDS * 10; tries > 0; tries--)); do
        grep -q "$READY" "$LOGS/$name.out" && return
        alive "$LAUNCHED_PID" || break
        sleep 0.1
    done
    tail -n 20 "$LOGS/$name.out" "$LOGS/$name.err" >&2
    fail "the $name server did not become ready: $*"
}

# start_java_server NAME ARGUMENTS...: the same with the launcher. Sets JAVA_PID. A launcher that
# execs java is the JVM itself, another one has it as a child.
start_java_server() {
    local name=$1
    shift
    [[ -x $URING ]] || fail "$URING is missing or not executable (URING names another launcher)"
    start_server "$name" "$URING" "$@"
    JAVA_PID=$(find_java "$LAUNCHED_PID") || JAVA_PID=$LAUNCHED_PID
    if [[ $JAVA_PID != "$LAUNCHED_PID" ]]; then
        STARTED+=("$JAVA_PID")
    fi
    echo "JVM         pid $JAVA_PID, $(readlink "/proc/$JAVA_PID/exe")"
}

# start_example NAME ARGUMENTS...: the Spring Boot application, on 127.0.0.1.
start_example() {
    local name=$1
    shift
    READY='Started ExampleApplication' start_java_server "$name" example \
        --server.address=127.0.0.1 "--example.files.folder=$LOGS/files" "$@"
}

find_java() {
    local pid=$1 child
    if [[ $(cat "/proc/$pid/comm") == java ]]; then
        echo "$pid"
        return
    fi
    for child in $(cat "/proc/$pid/task/$pid/children"); do
        find_java "$child" && return
    done
    return 1
}

# stop PID: SIGTERM, so that a server writes its report; SIGKILL if that does not help.
stop() {
    local tries
    kill -TERM "$1" 2>/dev/null || return 0
    for ((tries = STOP_SECONDS * 20; tries > 0; tries--)); do
        alive "$1" || return 0
        sleep 0.05
    done
    echo "process $1 did not end within $STOP_SECONDS s of SIGTERM and is killed" >&2
    kill -KILL "$1" 2>/dev/null || true
}

# The JVM before its launcher: the later ones started first.
clean_up() {
    local index
    trap - EXIT
    for ((index = ${#STARTED[@]} - 1; index >= 0; index--)); do
        stop "${STARTED[index]}"
    done
    rm -rf "$LOGS"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# --- figures ---

# Sets USER_TICKS and CPU_TICKS (user and system) of a process. A function without a fork: it runs
# at the very moment that a measured part begins or ends.
read_cpu() {
    local line fields
    read -r line <"/proc/$1/stat" || fail "server process $1 is gone"
    read -ra fields <<<"${line##*) }" # from field 3, the state, on
    USER_TICKS=${fields[11]}
    CPU_TICKS=$((fields[11] + fields[12]))
}

TICKS_PER_SECOND=$(getconf CLK_TCK)

# micros_each TICKS COUNT: CPU time per message or request in microseconds.
micros_each() {
    ratio "$(($1 * (1000000 / TICKS_PER_SECOND)))" "$2"
}

# measure_load PID COMMAND...: runs a load, which prints MEASURE and DONE around what counts and then
# a line of its figures. Sets RESULT (that line), MESSAGES, RATE (a second) and MICROS, the CPU time
# of server process PID per message.
measure_load() {
    local pid=$1 line before=0 after=0
    shift
    RESULT=
    while read -r line; do
        case $line in
        MEASURE)
            read_cpu "$pid"
            before=$CPU_TICKS
            ;;
        DONE)
            read_cpu "$pid"
            after=$CPU_TICKS
            ;;
        *) RESULT=$line ;;
        esac
    done < <(taskset -c "$LOAD_CORE" "$@")
    wait $! || fail "the load failed: $*${RESULT:+: $RESULT}"
    MESSAGES=$(field messages "$RESULT")
    RATE=$(field messages_per_second "$RESULT")
    MICROS=$(micros_each $((after - before)) "$MESSAGES")
}

# ratio A B [DIGITS]
ratio() {
    awk -v a="$1" -v b="$2" -v digits="${3:-3}" \
        'BEGIN { if (b == 0) print "-"; else printf "%.*f\n", digits, a / b }'
}

# field KEY LINE: the value of KEY in a line of key=value.
field() {
    local pair
    for pair in $2; do
        if [[ $pair == "$1="* ]]; then
            echo "${pair#*=}"
            return
        fi
    done
    return 1
}

# The median, smallest and largest of the arguments.
spread() {
    printf '%s\n' "$@" | sort -g | awk '
        { value[NR] = $1 }
        END {
            lower = value[int((NR + 1) / 2)]
            upper = value[int(NR / 2) + 1]
            print (lower + upper) / 2, value[1], value[NR]
        }'
}

# summary LABEL FORMAT VALUE...: one line with the spread.
summary() {
    local label=$1 format=$2 median min max
    shift 2
    read -r median min max <<<"$(spread "$@")"
    # shellcheck disable=SC2059 # the format is the callers' own
    printf "  %-28s median $format   min $format   max $format\n" \
        "$label" "$median" "$min" "$max"
}

median() {
    local all
    read -ra all <<<"$(spread "$@")"
    echo "${all[0]}"
}

# Sets COUNTER: perf counts without being felt; strace stops the server at every call, which makes
# its batches larger or smaller than they are.
choose_syscall_counter() {
    if perf stat -x, -o "$LOGS/probe" -e raw_syscalls:sys_enter -- true 2>/dev/null &&
        grep -q '^[0-9]' "$LOGS/probe"; then
        COUNTER=perf
    elif command -v strace >/dev/null; then
        COUNTER=strace
    else
        fail "neither perf (with raw_syscalls:sys_enter, as root) nor strace is to be had;" \
            "on Debian: apt-get install linux-perf strace"
    fi
}

# count_syscalls PID COMMAND...: runs the command; sets SYSCALLS to what the process did meanwhile.
count_syscalls() {
    local pid=$1 counter
    shift
    case $COUNTER in
    perf) perf stat -x, -o "$LOGS/count" -e raw_syscalls:sys_enter -p "$pid" >/dev/null 2>&1 & ;;
    strace) strace -c -f -o "$LOGS/count" -p "$pid" >/dev/null 2>&1 & ;;
    esac
    counter=$!
    STARTED+=("$counter")
    sleep 0.5 # until it is attached
    alive "$counter" || fail "$COUNTER could not attach to process $pid"
    "$@"
    kill -INT "$counter"
    wait "$counter" || true
    unset 'STARTED[-1]'
    case $COUNTER in
    perf) SYSCALLS=$(awk -F, '/raw_syscalls/ { print $1 }' "$LOGS/count") ;;
    strace) SYSCALLS=$(awk '$NF == "total" { print $4 }' "$LOGS/count") ;;
    esac
    [[ $SYSCALLS =~ ^[0-9]+$ ]] || fail "$COUNTER counted nothing for process $pid"
}

# print_report NAME: the last line "report ..." of a server: totals of its whole life.
print_report() {
    echo "  $1: $(grep '^report ' "$LOGS/$1.out" | tail -n 1 || echo 'no report')"
}
