#!/bin/sh
# Measures the diagnosis of a folder of many small runs, and of one long console log, beside cat of the same bytes.
# Usage: bench/many-runs.sh [RUNS, default 1000] [MiB of console log, default 64]
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d "${TMPDIR:-/tmp}/auscult-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT INT TERM

mvn -o -q -Dquick -pl app -am test-compile
java -cp app/target/test-classes-quick dev.auscult.app.ManyRuns "$folder" "${1:-1000}" "${2:-64}"
./auscult --version > /dev/null # builds what has to be built

# Milliseconds of the median of five.
median() {
    for _ in 1 2 3 4 5; do
        start=$(date +%s%N)
        "$@" > /dev/null
        end=$(date +%s%N)
        echo $(((end - start) / 1000000))
    done | sort -n | sed -n 3p
}

# shellcheck disable=SC2046 # no name has a blank
cat_all() { cat $(find "$1" -type f); }

find "$folder/runs" -type f -exec cat {} + > /dev/null
echo "${1:-1000} runs, $(find "$folder/runs" -type f | wc -l) files, $(du -sk "$folder/runs" | cut -f1) KiB"
echo "  cat: $(median cat_all "$folder/runs") ms"
echo "  auscult diagnose --format json: $(median ./auscult diagnose --format json "$folder/runs") ms"
if [ -f "$folder/console.log" ]; then
    cat "$folder/console.log" > /dev/null
    size=$(stat -c %s "$folder/console.log")
    echo "console log of $((size >> 20)) MiB"
    echo "  cat: $(median cat "$folder/console.log") ms"
    took=$(median ./auscult diagnose --format json "$folder/console.log")
    echo "  auscult diagnose --format json: $took ms, $((size * 1000 / took / 1048576)) MiB/s with start and rules"
fi
