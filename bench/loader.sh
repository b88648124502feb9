#!/bin/sh
# Measures how fast batches are served: images in memory and from a file of more than 2 GiB, with and without augmentation.
# Usage: bench/loader.sh [MiB on disk, default 2500]
set -eu
cd "$(dirname "$0")/.."

mvn -o -q -Dquick -pl data -am test-compile
java -Xmx512m -cp run/target/classes-quick:data/target/classes-quick:data/target/test-classes-quick \
    dev.auscult.data.LoaderBenchmark "${1:-2500}"
