#!/bin/sh
# Repairs mutants of the fault bench with `auscult fix`'s loop and by random search, as many as there is time for, and makes a
# table of what came of it. What was repaired before, in the same folder, is kept.
# Usage: bench/repairs.sh CACHE OUT [SECONDS, default 1800] [PROCESSES, default 2]
set -eu
cd "$(dirname "$0")/.."
cache=${1:?folder of recordings} out=${2:?folder for what comes of it} seconds=${3:-1800} parts=${4:-2}
mvn -o -q -Dquick -Dlint=-Xlint:none -pl bench -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath >/dev/null
path="bench/target/classes-quick:$(cat bench/target/classpath)"
mkdir -p "$out"
part=0
while [ "$part" -lt "$parts" ]; do
    timeout "$seconds" java -Xmx2g -XX:+UseSerialGC -cp "$path" dev.auscult.bench.faults.RepairRuns "$cache" "$out" "$part/$parts" >"$out/log-$part" 2>&1 &
    part=$((part + 1))
done
wait
java -cp "$path" dev.auscult.bench.faults.RepairTable "$out" "$out/repairs.md"
