# Sourced by scripts/gkm, scripts/gkm-lab-controller and scripts/demo: running what is built, building it only if needed.
# shellcheck shell=bash

# How Java is started: quickly.
# shellcheck disable=SC2034
java_command=("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData)

# build_if_stale ROOT STAMP "MODULE..." MAVEN-ARGUMENT...: builds, quietly, if STAMP is missing or older than the
# sources of the modules.
build_if_stale() {
  local root=$1 stamp=$2 modules=$3 sources=("$1/pom.xml") module
  shift 3
  for module in $modules; do
    sources+=("$root/$module/pom.xml" "$root/$module/src/main")
  done
  if [ -e "$stamp" ] && [ -z "$(find "${sources[@]}" -newer "$stamp" -print -quit)" ]; then
    return
  fi
  (cd "$root" && mvn -q -o -B -Dstyle.color=never -Dmaven.test.skip=true "$@") >&2 || {
    echo "$(basename "$0"): the build failed (scripts/setup gets what it needs)" >&2
    exit 1
  }
  # Maven leaves a file alone that would not change; without this it would be stale for ever.
  touch "$stamp"
}

# lab_class_path ROOT: prints the class path of the lab's programs, built first if needed.
lab_class_path() {
  local target=$1/native-test/target
  build_if_stale "$1" "$target/runtime.classpath" 'netlink-xfrm agent native-test' \
    package dependency:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile=target/runtime.classpath
  echo "$target/classes:$(cat "$target/runtime.classpath")"
}
