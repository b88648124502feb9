package dev.auscult.intake.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;

/** Sorts the tables of a document into runs: sections named after a split belong together, other sections are runs. */
final class TableGroups {
    /**
     * A table of a run.
     *
     * @param table the columns
     * @param split the split that its section is named after
     * @param prefix what goes before the names of its columns; empty or ending in {@code /}
     */
    record Part(JsonTable table, Split split, String prefix) {}

    /**
     * One run.
     *
     * @param path the names that lead to it, joined by {@code /}
     * @param parts its tables
     */
    record Group(String path, List<Part> parts) {}

    private TableGroups() {}

    /**
     * The runs of a document, in its order; empty if it holds no history.
     *
     * @param leftOut takes the paths of lists that belong to none of them
     */
    static List<Group> of(List<JsonTable> tables, Map<String, String> meanings, List<String> leftOut) {
        Map<String, Group> groups = new LinkedHashMap<>();
        List<JsonTable> others = new ArrayList<>();
        for (JsonTable table : tables) {
            Split split = TableMeaning.splitOfSection(table.path()).orElse(Split.NONE);
            if (TableMeaning.isHistory(table, meanings) || (split != Split.NONE && isSection(table))) {
                String path = split == Split.NONE ? table.path() : parent(table.path());
                groups.computeIfAbsent(path, p -> new Group(p, new ArrayList<>()))
                        .parts()
                        .add(new Part(table, split, ""));
            } else {
                others.add(table);
            }
        }
        foldInto(groups);
        for (JsonTable table : others) {
            Group home = groups.size() == 1 ? groups.values().iterator().next() : groups.get(parent(table.path()));
            if (home != null && isBeside(table, home)) {
                home.parts().add(new Part(table, Split.NONE, prefix(table.path(), home.path())));
            } else if (!groups.isEmpty()) {
                leftOut.add(table.path().isEmpty() ? "the top level" : table.path());
            }
        }
        return new ArrayList<>(groups.values());
    }

    /** A history below another one and as long as it is a part of it, not a run of its own. */
    private static void foldInto(Map<String, Group> groups) {
        for (Group inner : new ArrayList<>(groups.values())) {
            Group outer = inner.path().isEmpty() ? null : groups.get(parent(inner.path()));
            if (outer == null || inner.parts().stream().anyMatch(p -> !isBeside(p.table(), outer))) {
                continue;
            }
            for (Part part : inner.parts()) {
                outer.parts().add(new Part(part.table(), part.split(), prefix(inner.path(), outer.path())));
            }
            groups.remove(inner.path());
        }
    }

    /** A section {@code train: {acc: […]}}: one score is enough, as its name says what it is about. */
    private static boolean isSection(JsonTable table) {
        return table.rows() > 1
                && table.columns().keySet().stream()
                        .anyMatch(name -> MetricVocabulary.resolve(name).quantity() != Quantity.OTHER);
    }

    private static boolean isBeside(JsonTable table, Group home) {
        return home.parts().stream().anyMatch(part -> part.table().rows() == table.rows())
                && table.rows() > 1
                && (table.path().isEmpty()
                        || home.path().isEmpty()
                        || table.path().startsWith(home.path() + '/'));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String prefix(String path, String home) {
        String below = home.isEmpty() ? path : path.substring(Math.min(path.length(), home.length() + 1));
        return below.isEmpty() ? "" : below + '/';
    }
}
