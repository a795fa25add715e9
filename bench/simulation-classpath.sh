# Shared by the scripts that run simulations; to be sourced in the root of the tree (or a copy of
# it), with JAVA_HOME set. Compiles what they need, and sets SIMULATION_CLASSPATH.

simulation_build() {
    local log=$1
    mvn --quiet --batch-mode --no-transfer-progress -pl uring-reactive/test -am test-compile \
        dependency:build-classpath -Dmdep.outputFile=target/test-classpath \
        -Dmdep.regexFile=x -Dspotless.check.skip >"$log" 2>&1
}
