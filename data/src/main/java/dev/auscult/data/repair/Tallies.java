package dev.auscult.data.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts changes of cells as they are made. */
final class Tallies {
    private record Key(String what, String column, String how) {}

    private static final class Tally {
        final List<Long> rows = new ArrayList<>();
        long count;
    }

    private final Map<Key, Tally> all = new LinkedHashMap<>();

    void add(String what, String column, String how, long row) {
        Tally tally = all.computeIfAbsent(new Key(what, column, how), k -> new Tally());
        tally.count++;
        if (tally.rows.size() < Change.MOST_ROWS) {
            tally.rows.add(row);
        }
    }

    List<Change> changes() {
        return all.entrySet().stream()
                .map(e -> new Change(
                        e.getKey().what(),
                        e.getKey().column(),
                        e.getKey().how(),
                        e.getValue().count,
                        e.getValue().rows))
                .toList();
    }
}
