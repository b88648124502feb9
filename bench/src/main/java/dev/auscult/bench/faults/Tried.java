package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One experiment on one program of the fault bench.
 *
 * @param run name of the program
 * @param calibration whether it belongs to the half that is learned from
 * @param causes names of the right causes, the best first; none for a healthy program
 * @param experiment name of the experiment
 * @param outcome what came out
 * @param steps optimizer steps that it took
 * @param planned optimizer steps of the training as planned
 */
record Tried(
        String run,
        boolean calibration,
        List<String> causes,
        String experiment,
        String outcome,
        long steps,
        long planned) {
    static List<Tried> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Tried::parse).toList();
    }

    private static Tried parse(String line) {
        String[] cells = line.split("\t", -1);
        return new Tried(
                cells[0],
                cells[1].equals("calibration"),
                Arrays.stream(cells[2].split(" ", -1)).filter(c -> !c.isEmpty()).toList(),
                cells[3],
                cells[4],
                Long.parseLong(cells[5]),
                Long.parseLong(cells[6]));
    }

    String line() {
        return String.join(
                "\t",
                run,
                calibration ? "calibration" : "test",
                String.join(" ", causes),
                experiment,
                outcome,
                String.valueOf(steps),
                String.valueOf(planned));
    }
}
