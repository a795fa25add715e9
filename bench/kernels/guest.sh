# The guest's file system, a cpio archive that the kernel unpacks into memory: busybox, a small Java
# runtime, the C library of this machine, and what Maven built. To be sourced by bench/kernels.sh.

# What the project and its tests use of the JDK.
JAVA_MODULES=java.base,java.logging,java.management,java.naming,java.sql,java.xml
JAVA_MODULES+=,jdk.management,jdk.net,jdk.unsupported

LAUNCHER=junit-platform-console-standalone

# property NAME: of the parent POM.
property() {
    sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$ROOT/pom.xml"
}

build_classes() {
    local launcher
    echo "building ..." >&2
    launcher=org.junit.platform:$LAUNCHER:$(property junit.version)
    (
        cd "$ROOT"
        export JAVA_HOME=$JDK
        $MVN --batch-mode --quiet -pl bench/cli,uring-reactive/core -am -Dspotless.check.skip \
            test-compile dependency:build-classpath -Dmdep.includeScope=test \
            -Dmdep.outputFile=target/test-classpath
        [[ -e $CACHE/$LAUNCHER.jar ]] ||
            $MVN --batch-mode --quiet -N dependency:copy -Dartifact="$launcher" \
                -Dmdep.stripVersion=true -DoutputDirectory="$CACHE"
    ) >"$LOGS/maven" 2>&1 || {
        cat "$LOGS/maven" >&2
        fail "the build failed"
    }
}

make_runtime() {
    [[ -e $CACHE/java/complete ]] && return
    rm -rf "$CACHE/java"
    "$JDK/bin/jlink" --add-modules "$JAVA_MODULES" --strip-debug --no-header-files --no-man-pages \
        --generate-cds-archive --output "$CACHE/java" || fail "jlink failed"
    touch "$CACHE/java/complete"
}

# copy_libraries DIRECTORY: the shared libraries of this machine that the runtime needs.
copy_libraries() {
    local library
    find "$CACHE/java" -name '*.so' -o -path '*/bin/java' | xargs ldd 2>/dev/null |
        grep -o '/[^ ]*' | grep -v -e ':$' -e "^$CACHE" | sort -u |
        while read -r library; do
            mkdir -p "$1$(dirname "$library")"
            cp -L "$library" "$1$library"
        done
}

# guest_classpath MODULE: where its test class path is in the guest. Jars are copied to /lib/java,
# directories of classes to where their module says.
guest_classpath() {
    local entry path=
    for entry in $(tr : ' ' <"$ROOT/$1/target/test-classpath"); do
        case $entry in
        "$ROOT"/*/target/classes) path+=:/${entry#"$ROOT"/} ;;
        *) path+=:/jars/${entry##*/} ;;
        esac
    done
    echo "/$1/target/classes$path"
}

copy_classes() {
    local module entry
    mkdir -p "$1/jars"
    cp "$CACHE/$LAUNCHER.jar" "$1/jars"
    for module in uring-sys uring-reactive/core bench/cli; do
        mkdir -p "$1/$module/target"
        cp -r "$ROOT/$module/target/classes" "$1/$module/target"
        for entry in $(tr : ' ' <"$ROOT/$module/target/test-classpath"); do
            [[ $entry != *.jar ]] || cp "$entry" "$1/jars"
        done
    done
    for module in uring-sys uring-reactive/core; do
        cp -r "$ROOT/$module/target/test-classes" "$1/$module/target"
    done
}

# make_guest FILE: the archive, from the classes as they are now.
make_guest() {
    local tree=$LOGS/guest class test_classpath
    mkdir -p "$tree"/{bin,etc,tmp,lib64}
    cp "$(command -v busybox)" "$tree/bin/busybox"
    cp -r "$CACHE/java" "$tree/java"
    copy_libraries "$tree"
    copy_classes "$tree"
    install -m 755 "$PARTS/init" "$tree/init"
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$tree/etc/hosts"
    echo 'root:x:0:0::/root:/bin/sh' >"$tree/etc/passwd"
    {
        for class in $(sed 's/#.*//' "$PARTS/${TESTS:-tests}"); do
            echo "--select-class=$class"
        done
        # A feed, which names a test that hangs; the limits that some tests set themselves are those
        # of a real machine.
        echo '--details=testfeed --disable-ansi-colors --disable-banner'
        echo '--config=junit.jupiter.execution.timeout.mode=disabled'
    } | tr ' ' '\n' >"$tree/tests.args"
    test_classpath=/uring-sys/target/test-classes:/uring-reactive/core/target/test-classes
    test_classpath+=:$(guest_classpath uring-reactive/core):/jars/$LAUNCHER.jar
    {
        # C1 alone: under emulation C2 costs more than its code saves in minutes.
        echo "JVM_ARGS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx1g -XX:+ErrorFileToStdout'"
        echo "TEST_ARGS='$(property test.jvm.args) -Dawait.seconds=$AWAIT_SECONDS'"
        echo "TESTS_SECONDS=$((LIMIT_SECONDS - 60))"
        echo "CLI_CLASSPATH=$(guest_classpath bench/cli)"
        echo "TEST_CLASSPATH=$test_classpath"
    } >"$tree/guest.conf"
    (cd "$tree" && find . -print0 | cpio --null --create --format=newc --owner=0:0 --quiet) >"$1"
    rm -rf "$tree"
}
