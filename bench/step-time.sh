#!/bin/sh
# Measures a training step with Adam on one thread, in Auscult's engine and in PyTorch of the same version, in turn.
# Usage: bench/step-time.sh [ROUNDS, default 3] [SECONDS of each measurement, default 4]
# PYTHON names a Python with torch and numpy.
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-3}
seconds=${2:-4}
python=${PYTHON:-python3}
"$python" -c 'import torch' || {
    echo "PYTHON=$python has no torch; name one that has" >&2
    exit 2
}
# Fresh pages for every large tensor cost more than the work on them. With one arena the thread that trains, which is
# not the first one of a JVM, keeps its pages as the first one does.
export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_ARENA_MAX=1

mvn -o -q -Dquick -pl train -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath > /dev/null
class_path=train/target/test-classes-quick:train/target/classes-quick:$(cat train/target/classpath)

java_step() { java -cp "$class_path" dev.auscult.train.torch.StepTime "$@"; }
python_step() { "$python" bench/python/step_time.py "$@"; }

echo "torch $("$python" -c 'import torch; print(torch.__version__)'), $(java -version 2>&1 | head -1)"
echo "least of $rounds rounds, microseconds for a step: wall clock (time of the thread)"
printf '%-12s %21s %21s %21s %21s %16s\n' net 'Java' 'Java, fused Adam' 'Python' 'Python, fused Adam' 'ratio of fused'
for net in mlp cnn; do
    for batch in 32 256; do
        for _ in $(seq "$rounds"); do
            echo "$(java_step $net $batch "$seconds")" "$(java_step $net $batch "$seconds" fused)" \
                "$(python_step $net $batch "$seconds")" "$(python_step $net $batch "$seconds" fused)"
        done | awk -v name="$net B$batch" '
            { for (i = 1; i <= NF; i++) if (NR == 1 || $i < least[i]) least[i] = $i }
            END {
                printf "%-12s", name
                for (i = 1; i < 9; i += 2) printf " %12.0f (%6.0f)", least[i], least[i + 1]
                printf "     %.2f (%.2f)\n", least[3] / least[7], least[4] / least[8]
            }'
    done
done
