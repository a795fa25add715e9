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

# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=contest.sh
. "$ROOT/bench/contest.sh"
readonly MODULE=$ROOT/bench/jmh

# A ring's thread and a benchmark's: on one core they would only wait for each other.
[ "$(nproc)" -ge 2 ] || fail "needs two cores"

length=(-f 3 -wi 5 -w 1 -i 5 -r 1)
result=$MODULE/target/results/jmh.json
while :; do
    case ${1:-} in
    --short) length=(-f 1 -wi 1 -w 300ms -i 2 -r 300ms) ;;
    --save) result=$ROOT/bench/results/jmh.json ;;
    *) break ;;
    esac
    shift
done

use_jdk
rm -rf "$MODULE/target/classpath"
build_modules bench/jmh

mkdir -p "$MODULE/target/results"
cd "$MODULE/target"
# Inherited by the JVMs that measure.
# shellcheck disable=SC2086 # a list of words
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    $URING_JAVA_OPTS -Dreactor.logging.fallback=JDK \
    "-Djava.util.logging.config.file=$PWD/../logging.properties" \
    -cp "uring-jmh.jar:classpath/*" \
    org.openjdk.jmh.Main -foe true -prof gc "${length[@]}" -rf json -rff "$result" "$@"
echo "written: $result" >&2
