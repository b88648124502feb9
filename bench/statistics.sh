#!/bin/sh
# Measures the statistics of a tensor on one core, beside what the core can read, in plain Java and with the Vector API.
# Usage: bench/statistics.sh [JAVA_HOME...], default: the JDKs that are installed here
set -eu
cd "$(dirname "$0")/.."
mvn -o -q -Dquick -pl train -am test-compile
classes=run/target/classes-quick:train/target/classes-quick:train/target/test-classes-quick
main=dev.auscult.train.record.StatisticsBenchmark
[ $# -gt 0 ] || set -- "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"
one_core=
if command -v taskset > /dev/null; then
    one_core="taskset -c 1"
fi
for home; do
    [ -x "$home/bin/java" ] || continue
    $one_core "$home/bin/java" -Xmx1g -XX:+UseSerialGC --add-modules jdk.incubator.vector -cp "$classes" $main 2> /dev/null
done
