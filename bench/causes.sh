#!/bin/sh
# Plants faults in the base programs, records every run once, learns the network of causes on the calibration half, and measures it
# on both: the resource network.txt and bench/causes.md are written anew. What is in CACHE already is kept; a run of the whole
# takes hours.
# Usage: bench/causes.sh CACHE DATASETS [SEEDS, default 5] [PROCESSES, default 2]
set -eu
cd "$(dirname "$0")/.."
cache=${1:?folder for recordings} datasets=${2:?folder of data} seeds=${3:-5} parts=${4:-2}
build() {
    mvn -o -q -Dquick -Dlint=-Xlint:none -pl bench -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath >/dev/null
}
run() { java -Xmx2g -XX:+UseSerialGC -cp "bench/target/classes-quick:$(cat bench/target/classpath)" "dev.auscult.bench.faults.$@"; }
# One process for each part; fails if one of them does.
each() {
    part=0 started=
    while [ "$part" -lt "$parts" ]; do
        run "$@" "$part/$parts" &
        started="$started $!"
        part=$((part + 1))
    done
    for process in $started; do wait "$process"; done
}
build
each RecordRuns "$cache" "$datasets" "$seeds"
run LookAtData "$cache"
table=$cache/symptoms.tsv
rm -f "$table" "$table".*
each ReadSymptoms "$cache" "$table"
[ "$parts" -eq 1 ] || cat "$table".* >"$table"
run LearnCauses "$cache" "$table" diagnose/src/main/resources/dev/auscult/diagnose/cause/model/network.txt
build
run JudgeCauses "$cache" "$table" bench/causes.md
