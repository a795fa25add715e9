#!/usr/bin/env bash
# What threads share, under jcstress: what each interleaving that the machine shows comes to.
#
#   bench/jcstress.sh             # every compilation mode of every test, about 15 minutes
#   bench/jcstress.sh --short     # each test once or twice, about a minute
#   bench/jcstress.sh -t Inbox    # only tests whose name matches; more options are jcstress's own
#
# Exit status 1 if an outcome was seen that is forbidden. On x86 a store may only be overtaken by a
# later load: what weaker machines (arm64) may show is not shown there.
set -euo pipefail

cd "$(dirname "$(readlink -f "$0")")/.."
readonly MODULE=bench/jcstress

fail() {
    echo "jcstress.sh: $*" >&2
    exit 2
}

# Tests have two actors, and jcstress leaves out what it cannot run at once.
[ "$(nproc)" -ge 2 ] || fail "needs two cores"
command -v mvn >/dev/null || fail "'mvn' is missing; on Debian: apt-get install maven"

length=()
if [ "${1:-}" = --short ]; then
    length=(-sc false -f 1 -fsm 1 -iters 2 -time 100)
    shift
fi

JAVA_HOME=$(./uring --jdk)
export JAVA_HOME
export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
rm -rf "$MODULE/target/classpath"
mvn -q -B -pl "$MODULE" -am package -Dmaven.test.skip -Dspotless.check.skip

mkdir -p "$MODULE/target/results"
cd "$MODULE/target"
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "uring-jcstress.jar:classpath/*" \
    org.openjdk.jcstress.Main -r results ${length[@]+"${length[@]}"} "$@" \
    -jvmArgs "--enable-native-access=ALL-UNNAMED -Dreactor.logging.fallback=JDK \
-Djava.util.logging.config.file=../logging.properties"
