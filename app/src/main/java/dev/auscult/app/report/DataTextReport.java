package dev.auscult.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Severity;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Split;

/** The report of a check-up for people at a terminal: one screen that says the most, then everything. */
public final class DataTextReport implements Report {
    private static final int WORST = 5;
    private static final int MOST_CLASSES = 10;
    private static final int MOST_COLUMNS = 60;
    private static final int MOST_SUSPECTS = 10;
    private static final int MOST_GAPS = 5;
    private static final int LABEL = 9;

    private final ReportContext context;
    private final Style style;
    private final CheckedData data;
    private final TextSheet sheet;
    private final TextRun details;
    private final Pages pages = new Pages();
    private final Tally tally = new Tally();
    private final List<ExaminedRun> runs = new ArrayList<>();

    public DataTextReport(ReportContext context, CheckedData data) {
        this.context = context;
        this.style = context.style();
        this.data = data;
        this.sheet = new TextSheet(context.out(), style);
        this.details = new TextRun(sheet, style, context.baseline());
    }

    @Override
    public void add(ExaminedRun run) {
        tally.add(run);
        runs.add(run);
    }

    @Override
    public void finish() throws IOException {
        for (ExaminedRun run : runs) {
            if (run.isRefused()) {
                sheet.hanging("", Cells.clean(run.name() + ": " + run.refusal()));
                continue;
            }
            screen(run);
            if (!run.fresh().isEmpty()) {
                heading("Findings in full");
                all(run.fresh());
            }
            suspects();
            columns();
            gaps(run);
        }
        sheet.line(style.paint(tally.sick() > 0 ? Ink.BOLD : Ink.GREEN, verdict()));
        context.out().flush();
    }

    private String verdict() {
        ExaminedRun run = runs.get(0);
        int findings = run.fresh().size();
        String worst = findings == 0
                ? ""
                : ", the worst " + run.fresh().get(0).finding().severity().label();
        String gaps =
                run.unable().isEmpty() ? "" : "; " + Counts.of(run.unable().size(), "rule") + " could not tell";
        return TextTable.status(run) + ": " + Counts.of(findings, "finding") + worst + gaps;
    }

    private void heading(String text) throws IOException {
        sheet.line(style.paint(Ink.BOLD, text));
    }

    private void field(String key, String text) throws IOException {
        if (!text.isEmpty()) {
            String plain = "  " + Cells.pad(key, LABEL);
            sheet.hanging(style.paint(Ink.DIM, plain), plain, Cells.clean(text));
        }
    }

    private void screen(ExaminedRun run) throws IOException {
        DataProfile profile = data.profile();
        String facts =
                profile.part(Split.TRAIN).map(p -> DataFacts.part(profile, p)).orElse("");
        details.head(run, facts);
        for (DataProfile.Part part : profile.parts()) {
            if (part.split() != Split.TRAIN) {
                sheet.line(style.paint(
                        Ink.DIM,
                        Cells.clean(part.split().label() + ": " + part.source() + ", "
                                + Counts.of(part.rows(), DataFacts.unit(profile)))));
            }
        }
        sheet.blank();
        profile.part(Split.TRAIN).ifPresent(this::summary);
        classes(profile);
        for (String sentence : data.story()) {
            field("note", sentence);
        }
        sheet.blank();
        worst(run);
    }

    private void summary(DataProfile.Part part) {
        try {
            field("types", DataFacts.types(part));
            field("missing", DataFacts.missing(part, 5));
            if (!data.profile().task().isEmpty()) {
                field("task", data.profile().task());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void classes(DataProfile profile) throws IOException {
        List<String> labels = DataFacts.labels(profile);
        if (labels.isEmpty()) {
            return;
        }
        int shown = Math.min(MOST_CLASSES, labels.size());
        Map<String, Long> train =
                profile.part(Split.TRAIN).map(DataProfile.Part::labelCounts).orElse(Map.of());
        long total = train.values().stream().mapToLong(Long::longValue).sum();
        long most = Math.max(1, train.getOrDefault(labels.get(0), 0L));
        int nameWidth = Math.min(
                style.width() / 4,
                labels.subList(0, shown).stream()
                        .mapToInt(l -> Cells.width(Cells.clean(l)))
                        .max()
                        .orElse(1));
        int bar = Math.max(8, Math.min(30, style.width() - nameWidth - 44));
        String gap = style.glyph("…", "...");
        field("classes", Counts.of(labels.size()));
        for (String label : labels.subList(0, shown)) {
            long count = train.getOrDefault(label, 0L);
            int cells = (int) Math.max(count > 0 ? 1 : 0, Math.round((double) bar * count / most));
            String block = style.glyph("█", "#").repeat(cells) + " ".repeat(bar - cells);
            StringBuilder line = new StringBuilder("    ")
                    .append(Cells.pad(Cells.shorten(Cells.clean(label), nameWidth, gap), nameWidth))
                    .append("  ")
                    .append(style.paint(Ink.BLUE, block))
                    .append(String.format(
                            Locale.ROOT, " %8s  %6s", Counts.of(count), Numbers.percent(share(count, total))));
            for (DataProfile.Part part : profile.parts()) {
                long all = part.labelCounts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                if (part.split() != Split.TRAIN && all > 0) {
                    long other = part.labelCounts().getOrDefault(label, 0L);
                    line.append(String.format(
                            Locale.ROOT, "  %s %s", part.split().label(), Numbers.percent(share(other, all))));
                }
            }
            sheet.line(line.toString());
        }
        if (shown < labels.size()) {
            sheet.line("    and " + Counts.of(labels.size() - (long) shown) + " more");
        }
    }

    private static double share(long part, long total) {
        return total == 0 ? 0 : (double) part / total;
    }

    private void worst(ExaminedRun run) throws IOException {
        List<ExaminedRun.Reported> fresh = run.fresh();
        if (fresh.isEmpty()) {
            sheet.line(style.paint(Ink.GREEN, run.findings().isEmpty() ? "Nothing found." : "Nothing new found."));
            sheet.blank();
            return;
        }
        int shown = Math.min(WORST, fresh.size());
        heading(
                shown < fresh.size()
                        ? "The " + shown + " worst of " + Counts.of(fresh.size(), "finding")
                        : Counts.of(shown, "finding"));
        for (ExaminedRun.Reported reported : fresh.subList(0, shown)) {
            Finding finding = reported.finding();
            String lead = Cells.pad(finding.severity().label().toUpperCase(Locale.ROOT), LABEL);
            String text = finding.rule().name() + ": " + finding.summary();
            sheet.hanging(style.paint(Ink.of(finding.severity()), lead), lead, Cells.clean(text));
            String advice = Advice.first(finding, pages.of(finding.rule()));
            if (!advice.isEmpty()) {
                String plain = " ".repeat(LABEL) + style.glyph("→ ", "-> ");
                sheet.hanging(style.paint(Ink.DIM, plain), plain, Cells.clean(advice));
            }
        }
        sheet.blank();
    }

    private void all(List<ExaminedRun.Reported> fresh) throws IOException {
        for (ExaminedRun.Reported reported : fresh) {
            Finding finding = reported.finding();
            if (finding.severity() == Severity.INFO) {
                continue;
            }
            details.findings(List.of(reported));
            context.out().flush();
        }
        for (ExaminedRun.Reported reported : fresh) {
            Finding finding = reported.finding();
            if (finding.severity() == Severity.INFO) {
                details.findings(List.of(reported));
            }
        }
    }

    private void suspects() throws IOException {
        if (data.suspects().isEmpty()) {
            return;
        }
        heading("Labels worth a look: " + Counts.of(data.suspectsInAll()));
        boolean many = runs.get(0).findings().stream()
                .anyMatch(f -> f.finding().rule().name().equals(CheckedData.LABEL_ERRORS));
        if (!many) {
            sheet.hanging("  ", CheckedData.NO_EXCESS);
        }
        int shown = Math.min(MOST_SUSPECTS, data.suspects().size());
        for (CheckedData.Suspect suspect : data.suspects().subList(0, shown)) {
            String text =
                    "  " + suspect.place() + ": labelled " + suspect.label().given() + ", more like "
                            + suspect.label().suggested() + " (margin "
                            + Numbers.of(suspect.label().margin()) + ") " + suspect.words();
            sheet.line(Cells.first(Cells.clean(text), style.width(), style.glyph("…", "..."))
                    .stripTrailing());
        }
        if (shown < data.suspectsInAll()) {
            sheet.line("  and " + Counts.of(data.suspectsInAll() - (long) shown) + " more, shown with --format json");
        }
        sheet.blank();
    }

    private void columns() throws IOException {
        List<ColumnProfile> columns =
                data.profile().part(Split.TRAIN).map(DataProfile.Part::columns).orElse(List.of());
        if (columns.isEmpty()) {
            return;
        }
        heading("Columns");
        int shown = context.verbose() ? columns.size() : Math.min(MOST_COLUMNS, columns.size());
        new ColumnTable(sheet, style, data).print(columns.subList(0, shown));
        if (shown < columns.size()) {
            sheet.line("  and " + Counts.of(columns.size() - (long) shown) + " more, shown with --verbose");
        }
        sheet.blank();
    }

    private void gaps(ExaminedRun run) throws IOException {
        if (run.unable().isEmpty()) {
            return;
        }
        heading("Could not tell");
        String bullet = "  " + style.glyph("·", "-") + " ";
        int shown = context.verbose()
                ? run.unable().size()
                : Math.min(MOST_GAPS, run.unable().size());
        for (Diagnosis.CannotTell one : run.unable().subList(0, shown)) {
            sheet.hanging(
                    bullet,
                    Cells.clean(one.rule().name() + ": " + one.verdict().reason() + "; "
                            + one.verdict().record()));
        }
        if (shown < run.unable().size()) {
            sheet.line(bullet + Counts.of(run.unable().size() - (long) shown) + " more, shown with --verbose");
        }
        sheet.blank();
    }
}
