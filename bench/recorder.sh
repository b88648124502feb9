#!/bin/sh
# Measures a step of the whole training loop on one thread: with nothing recorded, with the default recording (every 20
# steps) and with everything at every step, in turn; beside it the same step in PyTorch, where PYTHON names one that has it.
# Usage: bench/recorder.sh [SECONDS of each measurement, default 20] [JAVA_HOME...], default: the Java in use
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-20}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"
export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_ARENA_MAX=1
mvn -o -q -Dquick -pl train -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath > /dev/null
class_path=train/target/test-classes-quick:train/target/classes-quick:$(cat train/target/classpath)

printf '%-10s %-10s %18s %18s %20s %18s %24s\n' Java net 'nothing [us]' 'default [us]' 'everything [us]' \
    'ratio' 'PyTorch, fused Adam [us]'
for home; do
    [ -x "$home/bin/java" ] || continue
    for net in mlp cnn; do
        for batch in 32 256; do
            python="- -"
            [ -z "${PYTHON:-}" ] || python=$("$PYTHON" bench/python/step_time.py $net $batch 6 fused)
            times=$("$home/bin/java" -XX:+UseSerialGC --add-modules jdk.incubator.vector -cp "$class_path" \
                dev.auscult.train.loop.TrainerTime $net $batch "$seconds" 2> /dev/null)
            [ -z "${PYTHON:-}" ] || python="$python $("$PYTHON" bench/python/step_time.py $net $batch 6 fused)"
            echo "$times $python" | awk -v name="$net B$batch" -v java="$(basename "$home" | tr -dc 0-9 | cut -c1-2)" '{
                printf "%-10s %-10s %9.0f (%6.0f) %9.0f (%6.0f) %11.0f (%6.0f)", java, name, $1, $2, $3, $4, $5, $6
                printf "  %.3f (%.3f) %.3f (%.3f)", $3 / $1, $4 / $2, $5 / $1, $6 / $2
                if ($7 != "-") {
                    wall = $7 < $9 ? $7 : $9
                    work = $8 < $10 ? $8 : $10
                    printf " %9.0f (%6.0f) ratio %.2f (%.2f)", wall, work, $1 / wall, $2 / work
                }
                print ""
            }'
        done
    done
done
