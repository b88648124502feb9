package dev.auscult.intake.table;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the columns of a table are for; −1 where there is none.
 *
 * @param step the counter that orders the rows; without one the rows are counted
 * @param epoch the epoch
 * @param time seconds
 * @param clock how {@code time} counts
 * @param counting whether the counter is the step itself or something to add up
 * @param left columns that are no metric, beyond those above
 */
public record Roles(int step, int epoch, int time, Clock clock, Counting counting, BitSet left) {

    /** How a column of times counts. */
    public enum Clock {
        /** Since some beginning. */
        RUNNING,
        /** Since the row before. */
        PER_ROW
    }

    /** How a column of steps counts. */
    public enum Counting {
        GLOBAL,
        /** Begins again in every epoch, as a batch number does. */
        WITHIN_EPOCH,
        /** Holds the length of each row, as of an episode. */
        LENGTH
    }

    /** No column has a role. */
    public static final Roles NONE = new Roles(-1, -1, -1, Clock.RUNNING, Counting.GLOBAL, new BitSet());

    /** The first column with one of these names, case and blanks aside; −1 if there is none. */
    public static int find(List<String> names, Set<String> wanted) {
        for (int i = 0; i < names.size(); i++) {
            if (wanted.contains(plain(names.get(i)))) {
                return i;
            }
        }
        return -1;
    }

    /** A name in small letters with blanks and hyphens as underscores. */
    public static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    public Roles withStep(int column) {
        return new Roles(column, epoch, time, clock, counting, left);
    }

    public Roles withEpoch(int column) {
        return new Roles(step, column, time, clock, counting, left);
    }

    public Roles withTime(int column, Clock newClock) {
        return new Roles(step, epoch, column, newClock, counting, left);
    }

    public Roles withCounting(Counting newCounting) {
        return new Roles(step, epoch, time, clock, newCounting, left);
    }

    /** Leaves a column out. */
    public Roles without(int column) {
        BitSet more = (BitSet) left.clone();
        more.set(column);
        return new Roles(step, epoch, time, clock, counting, more);
    }

    boolean isMetric(int column) {
        return column != step && column != epoch && column != time && !left.get(column);
    }
}
