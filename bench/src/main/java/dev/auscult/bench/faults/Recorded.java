package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run in the cache of the fault bench.
 *
 * @param base program
 * @param mutation operator
 * @param severity from 0
 * @param seed from 1
 * @param causes right answers as they were when it was recorded, separated by spaces
 * @param half calibration or test
 * @param results what was measured after the last epoch, by name
 */
record Recorded(
        String base, String mutation, int severity, int seed, String causes, String half, Map<String, Double> results) {

    /** Its folder in the cache. */
    String name() {
        return group() + "/" + seed;
    }

    /** What it shares with the same mutation of the same program at other seeds. */
    String group() {
        return base + "/" + mutation + "-" + severity;
    }

    boolean isCalibration() {
        return half.equals("calibration");
    }

    /** The runs that were recorded to their end, in the order of their names; of two of one name the last. */
    static List<Recorded> all(Path cache) throws IOException {
        Map<String, Recorded> all = new HashMap<>();
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("index-\\d+\\.tsv"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] cells = line.split("\t", -1);
                    if (cells.length >= 6 && cells[3].equals("ok")) {
                        Recorded recorded = of(cells);
                        all.put(recorded.name(), recorded);
                    }
                }
            }
        }
        return all.values().stream()
                .sorted(java.util.Comparator.comparing(Recorded::name))
                .toList();
    }

    private static Recorded of(String[] cells) {
        String[] name = cells[0].split("/", -1);
        int dash = name[1].lastIndexOf('-');
        Map<String, Double> results = new LinkedHashMap<>();
        for (String result : cells[5].split(" ", -1)) {
            int equals = result.indexOf('=');
            if (equals > 0) {
                results.put(result.substring(0, equals), Double.parseDouble(result.substring(equals + 1)));
            }
        }
        return new Recorded(
                name[0],
                name[1].substring(0, dash),
                Integer.parseInt(name[1].substring(dash + 1)),
                Integer.parseInt(name[2]),
                cells[1],
                cells[2],
                results);
    }
}
