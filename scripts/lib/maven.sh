# Sourced by scripts/setup and scripts/test: the calls of Maven that must agree on what is needed offline.

# fill_maven ROOT [OPTION...]: one online build without the tests' work, but with everything tests resolve late: the
# test runner's provider (only fetched when there is a test to run) and the class path for the lab.
fill_maven() {
  local root=$1
  shift
  (cd "$root" && mvn -q -B -Dstyle.color=never "$@" verify dependency:build-classpath \
    -Dtest='NoSuchTest' -Dsurefire.failIfNoSpecifiedTests=false -Dmdep.outputFile=target/test.classpath)
}

# offline_tests ROOT OPTION...: builds, checks and runs the unit tests. A failed test does not stop the rest.
offline_tests() {
  local root=$1
  shift
  (cd "$root" && mvn -o -B -ntp -Dstyle.color=never "$@" verify dependency:build-classpath \
    -Dmaven.test.failure.ignore=true -Dmdep.outputFile=target/test.classpath)
}
