#!/bin/sh
# Trains the specs of a folder with several seeds and prints what they reached and what the doctor says of them:
# bench/examples.sh FOLDER [SEEDS] [SPECS]; FOLDER takes the recordings, SPECS is examples/specs unless said.
set -eu
cd "$(dirname "$0")/.."
out=${1:?folder for the recordings}
seeds=${2:-5}
specs=${3:-examples/specs}
mkdir -p "$out"
for spec in "$specs"/*.yaml; do
    name=$(basename "$spec" .yaml)
    for seed in $(seq 1 "$seeds"); do
        run="$out/$name-s$seed"
        rm -rf "$run"
        mkdir -p "$run"
        ./auscult train --plain --preview --set "seed=$seed" --runs "$run" "$spec" >"$run/log" 2>"$run/err" || true
    done
done
python3 bench/python/examples_table.py "$out"
