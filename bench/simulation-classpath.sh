# Shared by the scripts that run simulations; to be sourced by bash, with JAVA_HOME set.

# simulation_build LOG: compiles the tree in the current folder as far as simulations need it, and
# sets SIMULATION_JAVA, to which the name of a program is added. Not strict: a defect that is seeded on purpose may draw a warning.
simulation_build() {
    local module=$PWD/uring-reactive/test
    command -v mvn >/dev/null || fail "Maven is missing; on Debian: apt-get install maven"
    # shellcheck disable=SC2086
    mvn --quiet --batch-mode --no-transfer-progress ${MAVEN_ARGUMENTS:-} \
        -pl uring-reactive/test -am test-compile dependency:build-classpath \
        -DincludeScope=test -Dmdep.outputFile=target/test-classpath -Dspotless.check.skip \
        >"$1" 2>&1 || {
        tail -n 30 "$1" >&2
        return 1
    }
    local classpath=$module/target/test-classes:$module/target/classes
    classpath+=:$(cat "$module/target/test-classpath")
    # What the scenarios count themselves, every buffer and every descriptor, needs no leak detector.
    SIMULATION_JAVA=("$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED
        -ea -Xmx1g -XX:+UseSerialGC
        -Dio.netty.leakDetection.level=disabled -Dio.netty.allocator.type=unpooled
        -cp "$classpath" io.uringreactive.simulation)
}

# simulate CORE SECONDS FIRST_SEED SCHEDULES [SCENARIO]: one JVM on one core, since a turn of a loop
# may be a change of threads and that is cheapest within a core.
simulate() {
    local core=$1 seconds=$2
    shift 2
    timeout "$seconds" taskset -c "$core" "${SIMULATION_JAVA[@]}.SimulationRun" "$@"
}

# shrink CORE SCENARIO SEED|SCHEDULE: the simplest schedule that fails alike, or what becomes of one.
shrink() {
    local core=$1
    shift
    taskset -c "$core" "${SIMULATION_JAVA[@]}.ShrinkRun" "$@"
}
