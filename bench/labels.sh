#!/bin/sh
# Measures confident learning on probabilities in npy files, in Java with a heap of 256 MiB and in NumPy, in turn.
# Usage: bench/labels.sh [ROUNDS, default 3]
# PYTHON names a Python with numpy.
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-3}
python=${PYTHON:-python3}
"$python" -c 'import numpy' || {
    echo "PYTHON=$python has no numpy; name one that has" >&2
    exit 2
}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
mvn -o -q -Dquick -pl data -am test-compile
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

measure() {
    for _ in $(seq "$rounds"); do
        echo "$(java -Xmx256m -XX:+UseSerialGC -cp run/target/classes-quick:data/target/classes-quick:data/target/test-classes-quick \
            dev.auscult.data.labels.LabelsBenchmark "$2" "$3")" "$("$python" bench/python/labels.py "$2" "$3")"
    done | awk -v name="$1" '
        { for (i = 1; i <= NF; i++) if (NR == 1 || $i < least[i]) least[i] = $i }
        END {
            printf "%-28s %8.2f s %6.0f MiB %8.2f s %6.0f MiB   %d and %d suspects, noise %s and %s\n", name,
                least[1], least[2], least[5], least[6], least[3], least[7], least[4], least[8]
        }'
}

echo "$(java -version 2>&1 | head -1), numpy $("$python" -c 'import numpy; print(numpy.__version__)'), load $(cut -d ' ' -f 1 /proc/loadavg)"
printf 'least of %s rounds; start not counted %9s %23s\n' "$rounds" Java NumPy
real=../shared/datasets/confident-learning/cifar10-noise-0.2-sparsity-0.4
if [ -d "$real" ]; then
    measure 'CIFAR-10, 50,000 x 10, f16' "$real/labels_given.npy" "$real/predicted_probabilities.npy"
fi
for shape in '1000000 10 float32' '100000 100 float16' '100000 1000 float32'; do
    # Three words: examples, classes, type.
    "$python" bench/python/labels_data.py "$folder" $shape
    measure "$shape" "$folder/labels.npy" "$folder/p.npy"
done
