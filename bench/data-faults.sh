#!/bin/sh
# Plants faults in real data, each in three sizes, and counts which of them a check-up finds, and what it says of clean copies.
# Usage: bench/data-faults.sh [DATASETS, default ../shared/datasets] [SEEDS, default 3] [FAULTS to show in full, a regular expression]
set -eu
cd "$(dirname "$0")/.."

mvn -o -q -Dquick -Dlint=-Xlint:none -pl app -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath > /dev/null
java -Xmx2g -XX:+UseParallelGC -cp "app/target/test-classes-quick:app/target/classes-quick:$(cat app/target/classpath)" \
    dev.auscult.app.faults.FaultBench "${1:-../shared/datasets}" "${2:-3}" ${3:+"$3"}
