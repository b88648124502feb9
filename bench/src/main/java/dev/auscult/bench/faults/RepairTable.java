package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes a Markdown table of repairs, a row for each fault: {@code RepairTable FOLDER OUT.md}. */
public final class RepairTable {
    private static final int LONGEST_REASON = 160;

    private RepairTable() {}

    public static void main(String[] args) throws IOException {
        String text = of(Repair.all(Path.of(args[0])));
        Files.writeString(Path.of(args[1]), text);
        System.out.print(text);
    }

    static String of(List<Repair> all) {
        List<Repair> sick = all.stream().filter(Repair::isSick).toList();
        List<Repair> well = all.stream().filter(r -> !r.isSick()).toList();
        StringBuilder text = new StringBuilder();
        text.append("| figure | value | of |\n|---|---|---|\n");
        share(text, "caught", sick, Repair::caught);
        share(text, "a right cause first", sick, r -> r.rank() == 1);
        share(text, "a right cause among the first three", sick, r -> r.rank() >= 1 && r.rank() <= 3);
        share(text, "repaired, and proven over matched seeds", sick, Repair::isRepaired);
        share(text, "repaired, and nothing found after it", sick, Repair::isMended);
        share(text, "healthy and odd left as they were", well, r -> r.taken().isEmpty());
        share(text, "healthy and odd taken for well", well, r -> r.ending().equals("HEALTHY"));
        List<Repair> repaired = sick.stream().filter(Repair::isRepaired).toList();
        List<Repair> searched =
                repaired.stream().filter(r -> Double.isFinite(r.searchCost())).toList();
        figure(text, "median cost of a repair, in trainings", repaired.stream().map(Repair::cost));
        figure(
                text,
                "median cost where random search was made beside it",
                searched.stream().map(Repair::cost));
        figure(
                text,
                "median cost of random search for 95 % of the gain; what did not reach it counts as endless",
                searched.stream().map(r -> r.searchReached() ? r.searchCost() : Double.POSITIVE_INFINITY));
        share(text, "random search reached 95 % of the gain at three times the cost", searched, Repair::searchReached);
        share(
                text,
                "random search reached 95 % of the gain at the same cost",
                searched,
                r -> r.searchReached() && r.searchCost() <= r.cost());
        figure(
                text,
                "median share of the planned steps until it was found",
                sick.stream().map(Repair::seen).filter(Double::isFinite));
        text.append('\n').append(rows(sick)).append('\n');
        text.append("Misses:\n\n");
        sick.stream()
                .filter(r -> !r.isRepaired())
                .forEach(r -> text.append("- `")
                        .append(r.name())
                        .append("` (")
                        .append(r.ending())
                        .append(", first cause ")
                        .append(r.first())
                        .append("): ")
                        .append(r.why(), 0, Math.min(LONGEST_REASON, r.why().length()))
                        .append('\n'));
        return text.toString();
    }

    private static String rows(List<Repair> sick) {
        Map<String, List<Repair>> byFault = new TreeMap<>();
        sick.forEach(r ->
                byFault.computeIfAbsent(r.mutation(), m -> new ArrayList<>()).add(r));
        StringBuilder text = new StringBuilder(
                "| fault | mutants | caught | cause first | among three | repaired | mended"
                        + " | median cost | random search | treatments taken |\n|---|---|---|---|---|---|---|---|---|---|\n");
        byFault.forEach((fault, of) -> text.append("| ")
                .append(fault)
                .append(" | ")
                .append(of.size())
                .append(" | ")
                .append(count(of, Repair::caught))
                .append(" | ")
                .append(count(of, r -> r.rank() == 1))
                .append(" | ")
                .append(count(of, r -> r.rank() >= 1 && r.rank() <= 3))
                .append(" | ")
                .append(count(of, Repair::isRepaired))
                .append(" | ")
                .append(count(of, Repair::isMended))
                .append(" | ")
                .append(number(median(of.stream().map(Repair::cost).filter(Double::isFinite))))
                .append(" | ")
                .append(number(median(of.stream()
                        .filter(r -> Double.isFinite(r.searchCost()))
                        .map(r -> r.searchReached() ? r.searchCost() : Double.POSITIVE_INFINITY))))
                .append(" | ")
                .append(String.join(
                        ", ",
                        of.stream()
                                .flatMap(r -> r.taken().stream())
                                .distinct()
                                .limit(4)
                                .toList()))
                .append(" |\n"));
        return text.toString();
    }

    private static long count(List<Repair> of, Predicate<Repair> is) {
        return of.stream().filter(is).count();
    }

    private static void share(StringBuilder to, String name, List<Repair> of, Predicate<Repair> is) {
        to.append(String.format(
                Locale.ROOT,
                "| %s | %s | %d |%n",
                name,
                of.isEmpty() ? "–" : String.format(Locale.ROOT, "%.3f", count(of, is) / (double) of.size()),
                of.size()));
    }

    private static void figure(StringBuilder to, String name, Stream<Double> values) {
        List<Double> all = values.toList();
        to.append("| ")
                .append(name)
                .append(" | ")
                .append(number(median(all.stream())))
                .append(" | ")
                .append(all.size())
                .append(" |\n");
    }

    private static double median(Stream<Double> values) {
        return TimeToDetection.median(values.toList());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : Double.isInfinite(value) ? "∞" : String.format(Locale.ROOT, "%.2f", value);
    }
}
