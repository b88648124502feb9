package dev.auscult.app.fix;

import java.util.ArrayList;
import java.util.List;

/** What changed between two texts, line by line: a longest common subsequence, with a line of context around each change. */
public final class LineDiff {
    private static final int CONTEXT = 1;

    private LineDiff() {}

    /** What became of a line. */
    public enum Kind {
        SAME(' '),
        REMOVED('-'),
        ADDED('+'),
        /** Lines that are the same in both and left out. */
        SKIPPED('…');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        /** What stands before it. */
        public char mark() {
            return mark;
        }
    }

    /** A line, or where lines were left out. */
    public record Line(Kind kind, String text) {}

    /** The changes from one text to the other; empty if there are none. */
    public static List<Line> of(String before, String after) {
        List<Line> all = full(before.lines().toList(), after.lines().toList());
        List<Line> shown = new ArrayList<>();
        boolean skipping = false;
        for (int i = 0; i < all.size(); i++) {
            if (isNear(all, i)) {
                shown.add(all.get(i));
                skipping = false;
            } else if (!skipping) {
                shown.add(new Line(Kind.SKIPPED, ""));
                skipping = true;
            }
        }
        return shown.stream().allMatch(l -> l.kind() == Kind.SKIPPED) ? List.of() : shown;
    }

    private static boolean isNear(List<Line> all, int at) {
        for (int i = Math.max(0, at - CONTEXT); i <= Math.min(all.size() - 1, at + CONTEXT); i++) {
            if (all.get(i).kind() != Kind.SAME) {
                return true;
            }
        }
        return false;
    }

    private static List<Line> full(List<String> a, List<String> b) {
        int from = 0;
        while (from < Math.min(a.size(), b.size()) && a.get(from).equals(b.get(from))) {
            from++;
        }
        int tail = 0;
        while (tail < Math.min(a.size(), b.size()) - from
                && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        a.subList(0, from).forEach(l -> lines.add(new Line(Kind.SAME, l)));
        middle(a.subList(from, a.size() - tail), b.subList(from, b.size() - tail), lines);
        a.subList(a.size() - tail, a.size()).forEach(l -> lines.add(new Line(Kind.SAME, l)));
        return lines;
    }

    private static void middle(List<String> a, List<String> b, List<Line> lines) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                lines.add(new Line(Kind.SAME, a.get(i)));
                i++;
                j++;
            } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Kind.REMOVED, a.get(i)));
                i++;
            } else {
                lines.add(new Line(Kind.ADDED, b.get(j)));
                j++;
            }
        }
    }
}
