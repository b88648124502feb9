package dev.auscult.app.report;

import java.io.IOException;
import java.util.List;

import dev.auscult.diagnose.Numbers;
import dev.auscult.run.ColumnProfile;

/** Columns of a table, a line each: what they hold, and a tiny histogram. */
final class ColumnTable {
    private static final int WIDEST_NAME = 24;
    private static final int WIDEST_TYPE = 11;
    private static final int MISSING = 7;
    private static final int DISTINCT = 9;
    private static final int LEAST_VALUES = 14;

    private final TextSheet sheet;
    private final Style style;
    private final CheckedData data;

    ColumnTable(TextSheet sheet, Style style, CheckedData data) {
        this.sheet = sheet;
        this.style = style;
        this.data = data;
    }

    void print(List<ColumnProfile> columns) throws IOException {
        int name = widest(columns.stream().map(c -> Cells.clean(c.name())).toList(), 4, WIDEST_NAME);
        int type = widest(columns.stream().map(DataFacts::use).toList(), 4, WIDEST_TYPE);
        int room = style.width() - 2 - name - 2 - type - 2;
        // A narrow terminal shows what is missing and the histogram rather than counts and values.
        boolean counted = room >= MISSING + 2 + DISTINCT + 2 + TinyHistogram.WIDTH;
        int left = room - MISSING - 2 - TinyHistogram.WIDTH - (counted ? DISTINCT + 2 : 0) - 2;
        boolean valued = counted && left >= LEAST_VALUES;
        String head = "  " + Cells.pad("NAME", name) + "  " + Cells.pad("TYPE", type) + "  MISSING  "
                + (counted ? " DISTINCT  " : "") + Cells.pad("", TinyHistogram.WIDTH)
                + (valued ? "  VALUES" : "");
        sheet.line(style.paint(Ink.DIM, Cells.shorten(head, style.width(), "")));
        String gap = style.glyph("…", "...");
        for (ColumnProfile column : columns) {
            String missing = column.missing() == 0 ? "" : Numbers.percent(column.missingShare());
            String bars = data.distribution(column.name())
                    .map(d -> TinyHistogram.of(d, style.unicode()))
                    .orElse("");
            StringBuilder line = new StringBuilder("  ")
                    .append(Cells.pad(Cells.shorten(Cells.clean(column.name()), name, gap), name))
                    .append("  ")
                    .append(style.paint(Ink.DIM, Cells.pad(Cells.shorten(DataFacts.use(column), type, gap), type)))
                    .append("  ")
                    .append(right(missing, MISSING))
                    .append("  ");
            if (counted) {
                line.append(right(DataFacts.distinct(column), DISTINCT)).append("  ");
            }
            line.append(style.paint(Ink.BLUE, Cells.pad(bars, TinyHistogram.WIDTH)));
            if (valued) {
                line.append("  ").append(Cells.first(Cells.clean(DataFacts.values(column)), left, gap));
            }
            sheet.line(line.toString());
        }
    }

    private static int widest(List<String> texts, int least, int most) {
        int widest = texts.stream().mapToInt(Cells::width).max().orElse(0);
        return Math.max(least, Math.min(most, widest));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - Cells.width(text))) + text;
    }
}
