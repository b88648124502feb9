package dev.auscult.app.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import dev.auscult.diagnose.Finding;

/** Many runs, a line each. */
final class TextTable {
    private static final int WIDEST_FORMAT = 16;
    /** From this width on there is room for a curve in the table. */
    private static final int ROOM_FOR_CURVES = 110;

    private static final int CURVE = 16;

    /** In a narrow table a finding gives way to the name of the run down to this width. */
    private static final int NARROW_FINDING = 36;

    private final TextSheet sheet;
    private final Style style;

    TextTable(TextSheet sheet, Style style) {
        this.sheet = sheet;
        this.style = style;
    }

    void print(List<ExaminedRun> runs) throws IOException {
        String folder = commonFolder(runs);
        if (!folder.isEmpty()) {
            sheet.line(style.paint(Ink.DIM, "in " + Cells.clean(folder)));
        }
        boolean curves = style.width() >= ROOM_FOR_CURVES;
        int status = 8;
        int steps =
                Math.max(5, widest(runs.stream().map(r -> Counts.of(r.steps())).toList()));
        int format = Math.min(
                WIDEST_FORMAT,
                Math.max(6, widest(runs.stream().map(ExaminedRun::format).toList())));
        int finding = Math.max(13, widest(runs.stream().map(TextTable::worst).toList()));
        int name = Math.max(4, widest(runs.stream().map(r -> name(r, folder)).toList()));
        int fixed = status + steps + format + 4 * 2 + (curves ? CURVE + 2 : 0);
        // A narrow terminal shows the finding rather than the format and the steps.
        boolean slim = style.width() - fixed - finding < Math.min(name, 32);
        if (slim) {
            fixed = status + 2 * 2;
        }
        int room = style.width() - fixed;
        int nameRoom = Math.min(name, Math.max(16, room - (slim ? Math.min(finding, NARROW_FINDING) : finding)));
        int findingRoom = Math.max(8, room - nameRoom);
        String head = Cells.pad("STATUS", status) + "  " + Cells.pad("RUN", nameRoom) + "  "
                + (slim ? "" : Cells.pad("FORMAT", format) + "  " + " ".repeat(steps - 5) + "STEPS  ")
                + (curves && !slim ? Cells.pad("LOSS", CURVE) + "  " : "")
                + "WORST FINDING";
        sheet.line(style.paint(Ink.DIM, head));
        for (ExaminedRun run : runs) {
            String gap = style.glyph("…", "...");
            String count = run.isRefused() ? "" : Counts.of(run.steps());
            String worst = Cells.shorten(worst(run), findingRoom, gap);
            sheet.line(style.paint(ink(run), Cells.pad(status(run), status)) + "  "
                    + Cells.pad(Cells.shortenPath(name(run, folder), nameRoom, gap), nameRoom) + "  "
                    + (slim
                            ? ""
                            : Cells.pad(Cells.shorten(Cells.clean(run.format()), format, gap), format) + "  "
                                    + " ".repeat(steps - count.length()) + count + "  ")
                    + (curves && !slim ? Cells.pad(curve(run), CURVE) + "  " : "")
                    + worstInk(run, worst));
        }
    }

    /** The folder that all runs lie in, with a slash at its end; empty if there is none worth a line. */
    private static String commonFolder(List<ExaminedRun> runs) {
        String common = runs.get(0).name();
        for (ExaminedRun run : runs) {
            int same = 0;
            while (same < Math.min(common.length(), run.name().length())
                    && common.charAt(same) == run.name().charAt(same)) {
                same++;
            }
            common = common.substring(0, same);
        }
        return common.substring(0, common.lastIndexOf('/') + 1);
    }

    private static String name(ExaminedRun run, String folder) {
        return Cells.clean(run.name().substring(folder.length()));
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(Cells::width).max().orElse(0);
    }

    /** The held-out curve, else the training curve. */
    private String curve(ExaminedRun run) {
        Sketch sketch = run.sketch();
        if (sketch.rows().isEmpty()) {
            return "";
        }
        String full = new Sparkline(sketch, style.unicode())
                .draw(sketch.rows().get(sketch.rows().size() - 1));
        StringBuilder sparse = new StringBuilder();
        int columns = Math.min(CURVE, full.length());
        for (int i = 0; i < columns; i++) {
            sparse.append(full.charAt(columns == 1 ? 0 : i * (full.length() - 1) / (columns - 1)));
        }
        return sparse.toString();
    }

    private String worstInk(ExaminedRun run, String text) {
        return run.fresh().isEmpty()
                ? style.paint(Ink.DIM, text)
                : style.paint(Ink.of(run.fresh().get(0).finding().severity()), text);
    }

    private static String worst(ExaminedRun run) {
        if (run.isRefused()) {
            return "";
        }
        if (run.fresh().isEmpty()) {
            return run.findings().isEmpty() ? "" : "nothing new";
        }
        Finding worst = run.fresh().get(0).finding();
        return worst.severity().label().toUpperCase(Locale.ROOT) + " "
                + worst.rule().code() + " " + worst.rule().name();
    }

    /** The word for a run's status. */
    static String status(ExaminedRun run) {
        if (run.isRefused()) {
            return "refused";
        }
        return switch (run.status()) {
            case SICK -> run.isFreshlySick() ? "sick" : "accepted";
            case HEALTHY -> "healthy";
            case UNABLE -> "unjudged";
        };
    }

    /** The colour of a run's status. */
    static Ink ink(ExaminedRun run) {
        if (run.isRefused()) {
            return Ink.YELLOW;
        }
        return switch (run.status()) {
            case SICK -> run.isFreshlySick() ? Ink.BOLD_RED : Ink.DIM;
            case HEALTHY -> Ink.GREEN;
            case UNABLE -> Ink.YELLOW;
        };
    }
}
