# Sourced by scripts/setup and scripts/test: the calls of Maven that must agree on what is needed offline.

# fill_maven ROOT [OPTION...]: one online build that asks for everything an offline one asks for. Maven fetches the
# test runner only when there are tests to run, so they are run, but dry: JUnit calls none of them. The reports of
# that say "passed" about tests that did not run and must not stay.
fill_maven() {
  local root=$1 status=0
  shift
  (cd "$root" && mvn -q -B -ntp -Dstyle.color=never "$@" verify dependency:build-classpath \
    -Djunit.platform.execution.dryRun.enabled=true -Dmaven.test.failure.ignore=true \
    -Dmdep.outputFile=target/test.classpath) || status=$?
  rm -rf "$root"/*/target/surefire-reports
  return $status
}

# offline_tests ROOT OPTION...: builds, checks and runs the unit tests. A failed test does not stop the rest.
offline_tests() {
  local root=$1
  shift
  (cd "$root" && mvn -o -B -ntp -Dstyle.color=never "$@" verify dependency:build-classpath \
    -Dmaven.test.failure.ignore=true -Dmdep.outputFile=target/test.classpath)
}
