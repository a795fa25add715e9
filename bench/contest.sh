# Shared by the scripts that compare servers; to be sourced behind lib.sh: load by wrk, rounds in turns,
# and the programs to compare with.

# http_load PID SECONDS URL WRK_ARGUMENTS...: wrk against a server. Sets MESSAGES, RATE and MICROS as
# measure_load does. wrk has no pause before it measures; a wrong status or a broken connection is a
# failure.
http_load() {
    local pid=$1 seconds=$2 url=$3 before after said
    shift 3
    read_cpu "$pid"
    before=$CPU_TICKS
    said=$(taskset -c "$LOAD_CORE" wrk -t1 --timeout 10s -d"$seconds" "$@" "$url") || fail "wrk: $said"
    read_cpu "$pid"
    after=$CPU_TICKS
    ! grep -qE 'Non-2xx|Socket errors' <<<"$said" || fail "wrk: $said"
    MESSAGES=$(awk '/ requests in /{ print $1 }' <<<"$said")
    RATE=$(ratio "$MESSAGES" "$seconds" 0)
    MICROS=$(micros_each $((after - before)) "$MESSAGES")
}

# compare WORK SERVER...: loads the servers in turns, by the caller's `load WORK SERVER SECONDS`, and
# compares the first with each of the others: CPU per request, of medians and within rounds.
compare() {
    local work=$1 number server
    local -A figures=() ratios=()
    shift
    printf '\n%s\n  round  server         CPU us/request  requests/s\n' "$work"
    for server; do
        load "$work" "$server" "$WARM_UP_SECONDS"
    done
    for ((number = 1; number <= ROUNDS; number++)); do
        for server; do
            load "$work" "$server" "$SECONDS_PER_ROUND"
            printf '  %5d  %-13s  %14s  %10s\n' "$number" "$server" "$MICROS" "$RATE"
            figures[$server]+=" $MICROS"
            ratios[$server]+=" $(ratio "${figures[$1]##* }" "$MICROS")"
        done
    done
    # shellcheck disable=SC2086 # lists of figures
    for server; do
        summary "$server, CPU us/request" '%9.3f' ${figures[$server]}
    done
    # shellcheck disable=SC2086
    for server in "${@:2}"; do
        summary "$1/$server, each round" '%9.3f' ${ratios[$server]}
        printf '  %-28s        %9s\n' "$1/$server, of medians" \
            "$(ratio "$(median ${figures[$1]})" "$(median ${figures[$server]})")"
    done
}

# use_jdk: finds it, and the options of every JVM that is compared.
use_jdk() {
    JAVA_HOME=$("$URING" --jdk)
    export JAVA_HOME
    export URING_JAVA_OPTS=${URING_JAVA_OPTS:--XX:+UseSerialGC -Xmx1g}
}

# build_modules MODULES: as Maven knows them, with what they need.
build_modules() {
    need mvn maven
    (cd "$ROOT" && mvn -q -B -pl "$1" -am package -Dmaven.test.skip -Dspotless.check.skip) \
        >"$LOGS/build" 2>&1 || {
        tail -n 20 "$LOGS/build" >&2
        fail "$1 does not build"
    }
}

# use_peers: builds the programs to compare with and finds the JDK; afterwards `peer` runs one, on
# epoll: io_uring is left off the class path.
use_peers() {
    local jar
    use_jdk
    build_modules bench/peers
    PEERS=$ROOT/bench/peers/target/uring-bench-peers.jar
    for jar in "$ROOT"/bench/peers/target/classpath/*.jar; do
        [[ $jar == *io_uring* ]] || PEERS+=:$jar
    done
    export PEERS
    export -f peer
}

# peer CLASS ARGUMENTS...: replaces this shell by a JVM of the baseline's.
peer() {
    # shellcheck disable=SC2086 # a list of words
    exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED $URING_JAVA_OPTS \
        -cp "$PEERS" "io.uringreactive.peers.$@"
}

# start_peer NAME CLASS ARGUMENTS...: starts one as a server. Sets LAUNCHED_PID.
start_peer() {
    local name=$1
    shift
    start_server "$name" "$BASH" -c 'peer "$@"' peer "$@"
}

# endurance COMMAND ARGUMENTS...: bench/endurance, which must be built.
endurance() {
    local module=$ROOT/bench/endurance
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx1g --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow -Dreactor.logging.fallback=JDK \
        -Djava.util.logging.config.file="$module/logging.properties" \
        -cp "$module/target/uring-bench-endurance.jar:$module/target/classpath/*" \
        io.uringreactive.bench.endurance.Main "$@"
}
