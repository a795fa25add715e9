#!/usr/bin/env bash
# What hot paths cost, under JMH, with what they allocate: nanoseconds and bytes of an operation.
#
#   bench/jmh.sh                # about 10 minutes
#   bench/jmh.sh --short        # less than a minute, to see that it works
#   bench/jmh.sh --save         # the same as the first, and writes bench/results/jmh.json
#   bench/jmh.sh [--short] Nop  # only benchmarks whose name matches; more options are JMH's own
#
# Writes bench/jmh/target/results/jmh.json otherwise, in JMH's own form.
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/.."
readonly MODULE=bench/jmh

fail() {
    echo "jmh.sh: $*" >&2
    exit 2
}

# A ring's thread and a benchmark's: on one core they would only wait for each other.
[ "$(nproc)" -ge 2 ] || fail "needs two cores"
command -v mvn >/dev/null || fail "'mvn' is missing; on Debian: apt-get install maven"

length=(-f 3 -wi 5 -w 1 -i 5 -r 1)
result=$PWD/$MODULE/target/results/jmh.json
while :; do
    case ${1:-} in
    --short) length=(-f 1 -wi 1 -w 300ms -i 2 -r 300ms) ;;
    --save) result=$PWD/bench/results/jmh.json ;;
    *) break ;;
    esac
    shift
done

JAVA_HOME=$(./uring --jdk)
export JAVA_HOME
export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
rm -rf "$MODULE/target/classpath"
mvn -q -B -pl "$MODULE" -am package -Dmaven.test.skip -Dspotless.check.skip

mkdir -p "$MODULE/target/results"
cd "$MODULE/target"
# The collector of ./uring. Inherited by the JVMs that measure.
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC -Xmx1g -Dreactor.logging.fallback=JDK \
    "-Djava.util.logging.config.file=$PWD/../logging.properties" \
    -cp "uring-jmh.jar:classpath/*" \
    org.openjdk.jmh.Main -foe true -prof gc "${length[@]}" -rf json -rff "$result" "$@"
echo "written: $result" >&2
