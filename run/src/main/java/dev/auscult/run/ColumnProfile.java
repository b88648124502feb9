package dev.auscult.run;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a column of a table holds.
 *
 * @param name its name
 * @param role what it is for
 * @param type {@code numeric}, {@code boolean}, {@code categorical}, {@code date}, {@code text}
 * @param rows number of rows
 * @param missing rows without a value
 * @param distinct number of different values; an estimate where {@code distinctError} is above 0
 * @param distinctError standard error of {@code distinct} as a share of it; 0 where it was counted
 * @param numbers what is known of the numbers; empty for other types. Dates are days since 1970-01-01
 * @param frequent the most frequent values, most frequent first, each certainly among them; empty for near-unique columns
 */
public record ColumnProfile(
        String name,
        Role role,
        String type,
        long rows,
        long missing,
        double distinct,
        double distinctError,
        Optional<Numbers> numbers,
        List<Frequent> frequent) {
    public ColumnProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(type, "type");
        numbers = numbers == null ? Optional.empty() : numbers;
        frequent = frequent == null ? List.of() : List.copyOf(frequent);
    }

    /** Rows that hold a value. */
    public long present() {
        return rows - missing;
    }

    /** Share of rows without a value, 0..1. */
    public double missingShare() {
        return rows == 0 ? 0 : (double) missing / rows;
    }

    /** What a column is for. */
    public enum Role {
        INPUT,
        TARGET,
        /** Rows of equal value belong together. */
        GROUP,
        /** The order of the rows in time. */
        TIME,
        /** Left out by the settings. */
        DROPPED;

        /** The name in reports: {@code input}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A value and how often it occurs.
     *
     * @param value as it stands in the file
     * @param count rows with it; where the rows were sampled, an estimate
     */
    public record Frequent(String value, long count) {
        public Frequent {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * The numbers of a column. All but quantiles and histogram are of all rows.
     *
     * @param infinite how many are infinite; they are in no other figure
     * @param zeros how many are zero
     * @param min smallest
     * @param max largest
     * @param mean mean
     * @param deviation standard deviation (n − 1)
     * @param skewness third standardised moment
     * @param quantiles at the shares {@link #SHARES}; NaN where unknown
     * @param edges borders of the bins of a histogram [bins + 1]; empty if there is none
     * @param counts rows per bin [bins], of the sampled rows
     */
    public record Numbers(
            long infinite,
            long zeros,
            double min,
            double max,
            double mean,
            double deviation,
            double skewness,
            List<Double> quantiles,
            List<Double> edges,
            List<Long> counts) {
        /** Shares of the rows at or below the quantiles. */
        public static final List<Double> SHARES = List.of(0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99);

        public Numbers {
            quantiles = List.copyOf(quantiles);
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }

        /** The quantile at one of the {@link #SHARES}. */
        public double quantile(double share) {
            int at = SHARES.indexOf(share);
            return at >= 0 && at < quantiles.size() ? quantiles.get(at) : Double.NaN;
        }
    }
}
