package dev.auscult.intake.table;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.auscult.intake.RunSink;

/** Counts what is odd in a table, so that a thousand odd lines make one problem and not a thousand. */
public final class Oddities {
    private static final int MOST_KINDS = 64;

    private final Map<String, Count> counts = new LinkedHashMap<>();

    private static final class Count {
        private final long firstLine;
        private long times;

        Count(long firstLine) {
            this.firstLine = firstLine;
        }
    }

    /**
     * Counts one.
     *
     * @param what what was found and what was done, as one sentence without number
     */
    public void add(long line, String what) {
        Count count = counts.get(what);
        if (count == null && counts.size() < MOST_KINDS) {
            count = new Count(line);
            counts.put(what, count);
        }
        if (count != null) {
            count.times++;
        }
    }

    /** Tells the sink, each kind once, in order of the first line of each. */
    void tell(RunSink sink) {
        counts.forEach((what, count) ->
                sink.problem(count.firstLine, count.times == 1 ? what : what + " (" + count.times + " times)"));
    }
}
