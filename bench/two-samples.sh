#!/bin/sh
# Counts how often each rule on data fires on two samples of one distribution, and how often a shift is found.
# Usage: bench/two-samples.sh [REPEATS, default 200] [REPEATS from 100,000 rows on, default 20] [REPEATS with a shift, default 200]
set -eu
cd "$(dirname "$0")/.."

mvn -o -q -Dquick -pl app -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
classes=run/target/classes-quick:data/target/classes-quick:diagnose/target/classes-quick:app/target/test-classes-quick
java -cp "$classes:$(cat app/target/classpath)" dev.auscult.app.TwoSamples "${1:-200}" "${2:-20}" "${3:-200}"
