#!/bin/sh
# Feeds damaged copies of real logs to every reader: none may crash, hang, or exhaust a heap of 512 MB.
# Usage: bench/fuzz.sh FOLDER [INPUTS, default 100000] [SEED, default 1]
set -eu
folder=$(cd "${1:?usage: bench/fuzz.sh FOLDER [INPUTS] [SEED]}" && pwd)
cd "$(dirname "$0")/.."

mvn -o -q -Dquick -pl intake -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
classes=run/target/classes-quick:intake/target/classes-quick:intake/target/test-classes-quick
java -Xmx512m -cp "$classes:$(cat intake/target/classpath)" dev.auscult.intake.FuzzBench "$folder" "${2:-100000}" "${3:-1}"
