# Sourced by scripts/test: finds the tests tagged "kernel", runs them in labs, reads JUnit's reports.

# kernel_test_classes FILTER: prints the classes with tests tagged "kernel", those with most tests first.
kernel_test_classes() {
  local file class
  grep -rl --include='*.java' '@Tag("kernel")' ./*/src/test/java | while read -r file; do
    class=${file#*/src/test/java/}
    class=${class%.java}
    [[ ${class##*/} == *"$1"* ]] || continue
    echo "$(grep -c '@Test\|@ParameterizedTest\|@RepeatedTest' "$file" || true) ${class//\//.}"
  done | sort -k1,1nr -k2 | cut -d' ' -f2
}

# full_kernel_classes FILTER: prints those of them that are tagged "full-kernel" too: they run on the full Linux 6.1.
full_kernel_classes() {
  classes_tagged full-kernel "$1"
}

# stock_kernel_classes FILTER: prints those of them that are not.
stock_kernel_classes() {
  comm -23 <(kernel_test_classes "$1" | sort) <(full_kernel_classes "$1" | sort) |
    grep -Fxf - <(kernel_test_classes "$1") || true
}

classes_tagged() {
  local class
  kernel_test_classes "$2" | while read -r class; do
    ! grep -qs "@Tag(\"$1\")" ./*/src/test/java/"${class//.//}".java || echo "$class"
  done
}

# newer_kernel_classes FILTER: prints those of them that are tagged "newer-kernel" too: they also run on Linux 7.
newer_kernel_classes() {
  classes_tagged newer-kernel "$1"
}

# run_built_kernel_tests VERSION CLASS...: in the lab of that version (6.1, 7.3); notes in not_here that it is not there.
run_built_kernel_tests() {
  local version=$1 reports=$root/target/kernel-reports/linux-$1 log=$logs/linux-$1.log selection=() class status=0
  shift
  if ! (find_uml "$version") > /dev/null 2>&1; then
    not_here+=("kernel tests on the full Linux $version ($*): build that kernel once with scripts/setup --lab=$version")
    return
  fi
  for class in "$@"; do selection+=(--select-class "$class"); done
  mkdir -p "$reports"
  "$here/lab-kernel" --full="$version" --timeout 900 --out "$reports" -- "$(java_program)" \
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx512m \
    -cp "$(kernel_class_path)" org.junit.platform.console.ConsoleLauncher execute \
    --disable-banner --disable-ansi-colors --details=testfeed --fail-if-no-tests \
    --include-tag kernel --reports-dir "$reports" "${selection[@]}" \
    > >(tee "$log" | show_progress "Linux $version") 2>&1 || status=$?
  if [ "$status" -gt 1 ]; then
    tail -n 20 "$log"
    not_run+=("some kernel tests on Linux $version: the lab ended with status $status ($log)")
  fi
  for class in "$@"; do
    grep -qs "classname=\"$class" "$reports"/TEST-*.xml || not_run+=("kernel tests of $class on Linux $version: it reported none")
  done
}

# run_kernel_tests CLASS...: deals the classes out to labs and waits for all. Notes in not_run what did not report.
run_kernel_tests() {
  local labs=1 i class status ran
  if [ $# -gt 1 ] && [ "$(nproc)" -gt 1 ]; then labs=2; fi
  local selections=() pids=()
  i=0
  for class in "$@"; do
    # 0 1 1 0 0 1 1 0: the classes come sorted by size, so both labs get about the same.
    local lab=$(((i + 1) / 2 % labs))
    selections[lab]+=" --select-class $class"
    i=$((i + 1))
  done
  trap 'kill -TERM "${pids[@]}" 2>/dev/null; wait; exit 130' INT
  trap 'kill -TERM "${pids[@]}" 2>/dev/null; wait; exit 143' TERM
  for i in "${!selections[@]}"; do
    local reports=$root/target/kernel-reports/lab$((i + 1)) log=$logs/lab$((i + 1)).log
    mkdir -p "$reports"
    # shellcheck disable=SC2086 # a selection is a list of words
    "$here/lab-kernel" --timeout 1800 --out "$reports" -- "$(java_program)" \
      -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx512m \
      -cp "$(kernel_class_path)" org.junit.platform.console.ConsoleLauncher execute \
      --disable-banner --disable-ansi-colors --details=testfeed --fail-if-no-tests \
      --include-tag kernel --reports-dir "$reports" ${selections[i]} \
      > >(tee "$log" | show_progress "lab $((i + 1))") 2>&1 &
    pids+=($!)
  done
  for i in "${!pids[@]}"; do
    status=0
    wait "${pids[i]}" || status=$?
    # The console launcher ends with 1 if a test failed: the reports tell which.
    if [ "$status" -gt 1 ]; then
      tail -n 20 "$logs/lab$((i + 1)).log"
      not_run+=("some kernel tests: lab $((i + 1)) ended with status $status ($logs/lab$((i + 1)).log)")
    fi
  done
  trap - INT TERM
  ran=$(cat "$root"/target/kernel-reports/*/TEST-*.xml 2>/dev/null || true)
  for class in "$@"; do
    [[ $ran == *"classname=\"$class"* ]] || not_run+=("kernel tests of $class: it reported none")
  done
}

java_program() { if [ -n "${JAVA_HOME:-}" ]; then echo "$JAVA_HOME/bin/java"; else command -v java; fi; }

# The lab module depends on the others, so its class path serves the tests of all.
kernel_class_path() {
  local path module
  path=$(cat "$root/native-test/target/test.classpath"):$root/native-test/target/classes
  for module in "$root"/*/target/test-classes; do path+=:$module; done
  echo "$path"
}

# show_progress NAME: of JUnit's feed the result of each test, with what failed.
show_progress() {
  sed -u -n -E "s/^JUnit Jupiter > (.*) :: (SUCCESSFUL|FAILED|ABORTED|SKIPPED).*/$1: \2 \1/p; s/^\t+(.*)/$1:   \1/p" |
    grep --line-buffered -vE 'SUCCESSFUL [A-Za-z0-9]+$' || true
}

# count_tests REPORT...: prints passed, failed and skipped, added up over JUnit XML reports.
count_tests() {
  [ $# -gt 0 ] || { echo "0 0 0"; return; }
  perl -0777 -ne '
    my ($suite) = /<testsuite\s([^>]*)>/ or die "$ARGV is no JUnit report\n";
    my %n = (tests => 0, failures => 0, errors => 0, skipped => 0);
    $n{$1} = $2 while $suite =~ /\b(tests|failures|errors|skipped)="(\d+)"/g;
    $skipped += $n{skipped};
    $failed += $n{failures} + $n{errors};
    $passed += $n{tests} - $n{failures} - $n{errors} - $n{skipped};
    END { printf "%d %d %d\n", $passed, $failed, $skipped }' "$@"
}

# list_exceptions REPORT...: a line for each test that failed or was skipped, with the beginning of the reason.
list_exceptions() {
  [ $# -gt 0 ] || return 0
  perl -0777 -ne '
    while (m{<testcase\s([^>]*?)(?:/>|>(.*?)</testcase>)}gs) {
      my ($head, $body) = ($1, $2 // "");
      $body =~ m{<(failure|error|skipped)\b([^>]*)>?(.*)}s or next;
      my ($kind, $attributes, $text) = ($1 eq "skipped" ? "skipped" : "FAILED", $2, $3);
      my ($class) = $head =~ /classname="([^"]*)"/;
      my ($name) = $head =~ /\bname="([^"]*)"/;
      my ($message) = $attributes =~ /message="([^"]*)"/;
      ($message) = $text =~ /^(?:<!\[CDATA\[)?(.*?)(?:\]\]>|<\/|$)/s if ($message // "") eq "";
      $message =~ s/&#10;/ /g;
      $message =~ s/\s+/ /g;
      s/&lt;/</g, s/&gt;/>/g, s/&quot;/"/g, s/&apos;/\x27/g, s/&amp;/&/g for $class, $name, $message;
      printf "  %s %s.%s: %.200s\n", $kind, $class, $name, $message;
    }' "$@"
}
