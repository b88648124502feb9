package dev.auscult.app.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

import dev.auscult.diagnose.Numbers;
import dev.auscult.train.check.GradientCheck.Block;
import dev.auscult.train.check.GradientReport;

/** A gradient check as a table, a line for each parameter. */
public final class GradientTable {
    private final TextSheet sheet;
    private final Style style;
    private final double tolerance;

    /**
     * A table.
     *
     * @param tolerance relative error from which a gradient is wrong
     */
    public GradientTable(Writer out, Style style, double tolerance) {
        this.sheet = new TextSheet(out, style);
        this.style = style;
        this.tolerance = tolerance;
    }

    public void print(GradientReport report) throws IOException {
        int name = Math.max(
                9,
                report.blocks().stream()
                        .mapToInt(b -> Cells.width(b.name()))
                        .max()
                        .orElse(0));
        sheet.line(style.paint(
                Ink.DIM,
                row(name, "PARAMETER", "NUMBERS", "CHECKED", "KINKS", "ERROR", "AT", "GRADIENT", "DIFFERENCE")));
        for (Block block : report.blocks()) {
            String line = row(
                    name,
                    block.name(),
                    Counts.of(block.elements()),
                    Counts.of(block.checked()),
                    Counts.of(block.kinks()),
                    block.checked() == 0 ? "-" : Numbers.of(block.relativeError()),
                    block.checked() == 0 ? "-" : Counts.of(block.coordinate()),
                    block.checked() == 0 ? "-" : signed(block.analytic()),
                    block.checked() == 0 ? "-" : signed(block.numeric()));
            sheet.line(block.isRight(tolerance) ? line : style.paint(Ink.RED, line + "  wrong"));
        }
        sheet.blank();
        List<Block> wrong =
                report.blocks().stream().filter(b -> !b.isRight(tolerance)).toList();
        long checked = report.blocks().stream().mapToLong(Block::checked).sum();
        long kinks = report.blocks().stream().mapToLong(Block::kinks).sum();
        String of = Counts.of(checked, "coordinate") + ", " + Counts.of(kinks) + " more at kinks";
        sheet.line(
                wrong.isEmpty()
                        ? style.paint(Ink.GREEN, "every gradient agrees with its differences (" + of + ")")
                        : style.paint(
                                Ink.BOLD,
                                "the gradient of " + wrong.get(0).name()
                                        + (wrong.size() > 1 ? " and " + (wrong.size() - 1) + " more" : "")
                                        + " is wrong by more than " + Numbers.of(tolerance) + " (" + of + ")"));
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    private static String row(int width, String name, String... cells) {
        StringBuilder line = new StringBuilder(Cells.pad(name, width));
        int[] widths = {10, 8, 6, 9, 10, 13, 13};
        for (int i = 0; i < cells.length; i++) {
            line.append(String.format(Locale.ROOT, "%" + widths[i] + "s", cells[i]));
        }
        return line.toString();
    }
}
