#!/bin/sh
# Measures how fast event files are read, on one core, with the page cache warm.
# Usage: bench/event-files.sh [MiB per file, default 512]
set -eu
cd "$(dirname "$0")/.."
size=${1:-512}
folder=$(mktemp -d "${TMPDIR:-/tmp}/auscult-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT INT TERM

mvn -o -q -Dquick -pl intake -am test-compile
classes=run/target/classes-quick:intake/target/classes-quick:intake/target/test-classes-quick
main=dev.auscult.intake.tensorboard.EventFileBenchmark

java -cp "$classes" $main generate "$folder" "$size"
one_core=
if command -v taskset > /dev/null; then
    one_core="taskset -c 0"
fi
for file in "$folder"/*; do
    cat "$file" > /dev/null
    start=$(date +%s%N)
    $one_core cat "$file" > /dev/null
    end=$(date +%s%N)
    echo "cat $(basename "$file") > /dev/null: $(($(stat -c %s "$file") * 1000000000 / (end - start) / 1048576)) MiB/s"
done
# The collector gets no thread of its own: what it costs is part of what is measured.
$one_core java -Xmx512m -XX:+UseSerialGC -cp "$classes" $main measure "$folder"
