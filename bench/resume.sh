#!/bin/sh
# Kills trainings with -9 (one time in four interrupts them) at random moments, resumes them to the end, and compares
# checkpoints, scalars (but for times) and tensor statistics bit for bit with those of a training that was left alone.
# Usage: bench/resume.sh [TRAININGS, default 20] [SEED, default 1]
set -eu
cd "$(dirname "$0")/.."
mvn -o -q -Dquick -Dmaven.test.skip=true package
mvn -o -q -Dquick -pl train -am test-compile
classes=$(for module in run intake data train; do printf '%s/target/classes-quick:' "$module"; done)
exec java -cp "${classes}train/target/test-classes-quick:app/target/lib/*" dev.auscult.train.loop.ResumeBenchmark \
    app/target/auscult.jar "${1:-20}" "${2:-1}"
