"""What the trainings of bench/examples.sh reached, and what was found in them: FOLDER/NAME-sSEED/{log,NAME/findings.json}."""

import collections
import json
import re
import statistics
import sys
from pathlib import Path

folder = Path(sys.argv[1])
reached = collections.defaultdict(lambda: collections.defaultdict(list))
found = collections.defaultdict(lambda: collections.defaultdict(list))
for log in sorted(folder.glob("*-s*/log")):
    name = re.fullmatch(r"(.*)-s\d+", log.parent.name).group(1)
    best = re.search(r"^best\s+(.*)$", log.read_text(), re.MULTILINE)
    for cell in best.group(1).split(" · ") if best else []:
        metric, value = cell.rsplit(" ", 1)
        reached[name][metric].append(float(value))
    for report in log.parent.glob("*/findings.json"):
        for run in json.loads(report.read_text())["runs"]:
            for finding in run["findings"]:
                found[f"{finding['rule']} {finding['name']}"][name].append(finding["severity"])

for name, metrics in reached.items():
    cells = [
        f"{metric} {statistics.mean(values):.4f} ± {statistics.stdev(values) if len(values) > 1 else 0:.4f}"
        for metric, values in metrics.items()
    ]
    print(f"{name} ({len(next(iter(metrics.values())))}): " + ", ".join(cells))
print()
for rule in sorted(found):
    runs = "; ".join(
        f"{name} {', '.join(f'{n}× {severity}' for severity, n in collections.Counter(severities).items())}"
        for name, severities in sorted(found[rule].items())
    )
    print(f"{rule}: {runs}")
