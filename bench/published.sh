#!/bin/sh
# Trains with mistakes that people publish and prints what is said of each; with a cache of the fault bench, also judges its runs
# by the thresholds that tools publish.
# Usage: bench/published.sh [CACHE]
set -eu
cd "$(dirname "$0")/.."
mvn -o -q -Dquick -Dlint=-Xlint:none -pl bench -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { java -Xmx2g -XX:+UseSerialGC -cp "bench/target/classes-quick:$(cat bench/target/classpath)" "dev.auscult.bench.faults.$@"; }
run PublishedMistakes "$work"
[ $# -eq 0 ] || run CompareBaselines "$1" "$work/baselines.md"
