#!/bin/sh
# Measures the profile of 10 million rows of 10 columns, as CSV and as Parquet, beside DuckDB's cheapest query over the same
# file in the same process, in turn; and the memory that 1,000 columns of 100,000 rows take.
# Usage: bench/profile.sh [ROUNDS, default 3] [ROWS, default 10000000]
# Needs 2 GB in TMPDIR.
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-3}
rows=${2:-10000000}
mvn -o -q -Dquick -Dlint=-Xlint:none -pl data -am test-compile
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
jars=$(find "$repository/org/duckdb" "$repository/de/siegmar" "$repository/tools/jackson" \
    "$repository/com/fasterxml/jackson/core/jackson-annotations" "$repository/org/jspecify" -name '*.jar' | tr '\n' ':')
path=run/target/classes-quick:data/target/classes-quick:data/target/test-classes-quick:$jars

measure() {
    java -Xmx1g -XX:+UseSerialGC -cp "$path" dev.auscult.data.profile.ProfileBenchmark "$@"
}

echo "$(java -version 2>&1 | head -1), load $(cut -d ' ' -f 1 /proc/loadavg)"
measure make "$folder" "$rows"
measure race "$folder/long.csv" "$rounds"
measure race "$folder/long.parquet" "$rounds"
rm "$folder"/long.*
measure wide "$folder"
measure memory "$folder/wide.csv"
