package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of one mutant in repair; a line of {@code repairs-N.tsv}.
 *
 * @param name {@code BASE/MUTATION-SEVERITY/SEED}
 * @param causes names of the right causes, separated by spaces; empty for a healthy one
 * @param caught whether it was taken for sick
 * @param rank of the first right cause in the differential of the first training, from 1; 0 if there is none
 * @param first cause that was thought most probable
 * @param probability of it
 * @param ending how the loop ended; {@code FAILED} where it broke off
 * @param taken treatments that were proven and taken
 * @param p of the first proof
 * @param effect of the first proof
 * @param metric by which it is judged
 * @param before mean of it over the seeds
 * @param after the same with the mended spec
 * @param cost optimizer steps of all, as a multiple of one training as planned
 * @param seconds it took
 * @param seen share of the steps after which the first training was found sick; NaN if never
 * @param searchReached whether random search came to the same gain
 * @param searchCost what it spent until then, or until it gave up; NaN if it was not made
 * @param searchTried treatments that it tried
 * @param why what failed, and what is left
 */
record Repair(
        String name,
        String causes,
        boolean caught,
        int rank,
        String first,
        double probability,
        String ending,
        List<String> taken,
        double p,
        double effect,
        String metric,
        double before,
        double after,
        double cost,
        double seconds,
        double seen,
        boolean searchReached,
        double searchCost,
        int searchTried,
        String why) {
    private static final String FAILED = "FAILED";

    /** One at which the loop broke off. */
    static Repair failed(Recorded recorded, String why) {
        double none = Double.NaN;
        return new Repair(
                recorded.name(),
                recorded.causes(),
                false,
                0,
                "",
                none,
                FAILED,
                List.of(),
                none,
                none,
                "",
                none,
                none,
                none,
                none,
                none,
                false,
                none,
                0,
                why);
    }

    /** Every line of a folder. */
    static List<Repair> all(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> every = Files.list(folder)) {
            files = every.filter(f -> f.getFileName().toString().matches("repairs-\\d+\\.tsv"))
                    .sorted()
                    .toList();
        }
        List<Repair> all = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                all.add(of(line.split("\t", -1)));
            }
        }
        return all;
    }

    private static Repair of(String[] c) {
        return new Repair(
                c[0],
                c[1],
                Boolean.parseBoolean(c[2]),
                Integer.parseInt(c[3]),
                c[4],
                Double.parseDouble(c[5]),
                c[6],
                c[7].isEmpty() ? List.of() : List.of(c[7].split(" ", -1)),
                Double.parseDouble(c[8]),
                Double.parseDouble(c[9]),
                c[10],
                Double.parseDouble(c[11]),
                Double.parseDouble(c[12]),
                Double.parseDouble(c[13]),
                Double.parseDouble(c[14]),
                Double.parseDouble(c[15]),
                Boolean.parseBoolean(c[16]),
                Double.parseDouble(c[17]),
                Integer.parseInt(c[18]),
                c[19]);
    }

    String line() {
        return String.join(
                "\t",
                name,
                causes,
                String.valueOf(caught),
                String.valueOf(rank),
                first,
                String.valueOf(probability),
                ending,
                String.join(" ", taken),
                String.valueOf(p),
                String.valueOf(effect),
                metric,
                String.valueOf(before),
                String.valueOf(after),
                String.valueOf(cost),
                String.valueOf(seconds),
                String.valueOf(seen),
                String.valueOf(searchReached),
                String.valueOf(searchCost),
                String.valueOf(searchTried),
                why.replaceAll("\\s+", " "));
    }

    /** Name of the mutation without its severity. */
    String mutation() {
        String mutant = name.substring(name.indexOf('/') + 1, name.lastIndexOf('/'));
        return mutant.substring(0, mutant.lastIndexOf('-'));
    }

    boolean isSick() {
        return !causes.isEmpty();
    }

    boolean isRepaired() {
        return !taken.isEmpty();
    }

    /** Whether the loop left nothing to be mended. */
    boolean isMended() {
        return ending.equals("MENDED");
    }

    String story() {
        return name + " " + ending + " " + taken + " " + metric + " " + before + " -> " + after + ", cost " + cost
                + ", random search " + (searchReached ? "" : "not within ") + searchCost;
    }
}
