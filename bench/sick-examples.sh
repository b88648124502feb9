#!/bin/sh
# Mends the specs in examples/sick anew, in one process, and prints a row of a table for each; their data are written anew too.
# Usage: bench/sick-examples.sh [FILTER, a regular expression of names]
set -eu
cd "$(dirname "$0")/.."
mvn -o -q -Dquick -Dlint=-Xlint:none -pl bench -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { java -Xmx2g -XX:+UseSerialGC -cp "bench/target/classes-quick:$(cat bench/target/classpath)" "dev.auscult.bench.faults.$@"; }
run ExampleData examples/sick/data
run FixExamples examples/sick "$work" "${1:-}"
