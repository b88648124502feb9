package dev.auscult.app.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.diagnose.Numbers;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Split;

/** Words for what data consist of. */
final class DataFacts {
    private static final int MOST_VALUES = 3;
    private static final double LAST_DAY = 4_000_000;

    private DataFacts() {}

    /** What one row or file is called. */
    static String unit(DataProfile profile) {
        return switch (profile.kind()) {
            case "images" -> "picture";
            case "sound" -> "sound";
            case "array" -> "example";
            default -> "row";
        };
    }

    /** {@code 891 rows, 15 columns: 10 inputs, target survived, 4 left out}. */
    static String part(DataProfile profile, DataProfile.Part part) {
        StringBuilder text = new StringBuilder(Counts.of(part.rows(), unit(profile)));
        if (!part.columns().isEmpty()) {
            text.append(", ").append(Counts.of(part.columns().size(), "column"));
            text.append(": ").append(String.join(", ", roles(part)));
        } else if (!profile.target().isEmpty()) {
            text.append(", target ").append(String.join(", ", profile.target()));
        }
        if (part.sampled() < part.rows()) {
            text.append("; looked at ").append(Counts.of(part.sampled())).append(" of them, drawn evenly");
        }
        return text.toString();
    }

    private static List<String> roles(DataProfile.Part part) {
        List<String> roles = new ArrayList<>();
        long inputs = count(part, Role.INPUT);
        roles.add(Counts.of(inputs, "input"));
        named(part, Role.TARGET, "target ").ifPresent(roles::add);
        named(part, Role.GROUP, "group ").ifPresent(roles::add);
        named(part, Role.TIME, "time ").ifPresent(roles::add);
        long dropped = count(part, Role.DROPPED);
        if (dropped > 0) {
            roles.add(Counts.of(dropped) + " left out");
        }
        return roles;
    }

    private static long count(DataProfile.Part part, Role role) {
        return part.columns().stream().filter(c -> c.role() == role).count();
    }

    private static Optional<String> named(DataProfile.Part part, Role role, String lead) {
        List<String> names = part.columns().stream()
                .filter(c -> c.role() == role)
                .map(ColumnProfile::name)
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(lead + (names.size() > 4 ? Counts.of(names.size(), "column") : String.join(", ", names)));
    }

    /** {@code numeric 6, categorical 4}. */
    static String types(DataProfile.Part part) {
        List<String> types = new ArrayList<>();
        for (String type : List.of("numeric", "categorical", "boolean", "date", "text")) {
            long n = part.columns().stream().filter(c -> c.type().equals(type)).count();
            if (n > 0) {
                types.add(Counts.of(n) + " " + type);
            }
        }
        return String.join(", ", types);
    }

    /** {@code deck 77 %, age 20 %}; empty where nothing is missing. */
    static String missing(DataProfile.Part part, int most) {
        List<ColumnProfile> gaps = part.columns().stream()
                .filter(c -> c.missing() > 0)
                .sorted((a, b) -> Double.compare(b.missingShare(), a.missingShare()))
                .toList();
        List<String> shown = gaps.stream()
                .limit(most)
                .map(c -> c.name() + " " + Numbers.percent(c.missingShare()))
                .toList();
        String more = gaps.size() > most ? " and " + Counts.of(gaps.size() - (long) most, "more column") : "";
        return String.join(", ", shown) + more;
    }

    /** The labels of the training part, the most frequent first. */
    static List<String> labels(DataProfile profile) {
        return profile.part(Split.TRAIN).map(DataProfile.Part::labelCounts).orElse(Map.of()).entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** {@code 0.42 / 28 / 80} for numbers and dates, the most frequent values for others. */
    static String values(ColumnProfile column) {
        if (column.numbers().isPresent()) {
            ColumnProfile.Numbers numbers = column.numbers().get();
            boolean date = column.type().equals("date");
            return value(numbers.min(), date) + " / " + value(numbers.quantile(0.5), date) + " / "
                    + value(numbers.max(), date);
        }
        long present = column.present();
        return String.join(
                ", ",
                column.frequent().stream()
                        .limit(MOST_VALUES)
                        .map(f -> f.value() + " " + Numbers.percent(present == 0 ? 0 : (double) f.count() / present))
                        .toList());
    }

    /** A number, or the date that it stands for. */
    static String value(double value, boolean date) {
        boolean day = date && Math.abs(value) < LAST_DAY;
        return day ? LocalDate.ofEpochDay((long) Math.floor(value)).toString() : Numbers.of(value);
    }

    /** {@code 7}, {@code about 1,230}. */
    static String distinct(ColumnProfile column) {
        String count = Counts.of(Math.round(column.distinct()));
        return column.distinctError() > 0 ? "~" + count : count;
    }

    /** {@code numeric}, {@code categorical, target}. */
    static String type(ColumnProfile column) {
        return column.role() == Role.INPUT
                ? column.type()
                : column.type() + ", " + column.role().label();
    }

    /** The type of an input, the role of any other column. */
    static String use(ColumnProfile column) {
        return column.role() == Role.INPUT ? column.type() : column.role().label();
    }
}
