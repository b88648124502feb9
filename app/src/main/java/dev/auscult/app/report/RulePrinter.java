package dev.auscult.app.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.RulePage;
import dev.auscult.diagnose.Threshold;
import tools.jackson.core.JsonGenerator;

/** Shows the rule book by family, and single pages. */
public final class RulePrinter {
    private final Writer out;
    private final Style style;
    private final TextSheet sheet;

    public RulePrinter(Writer out, Style style) {
        this.out = out;
        this.style = style;
        this.sheet = new TextSheet(out, style);
    }

    /** The whole book: each family with its rules, a line each. */
    public void list(List<Rule> rules) throws IOException {
        int names =
                rules.stream().mapToInt(r -> Cells.width(r.info().name())).max().orElse(0);
        for (Family family : Family.values()) {
            List<Rule> own =
                    rules.stream().filter(r -> r.info().family() == family).toList();
            if (own.isEmpty()) {
                continue;
            }
            sheet.line(style.paint(Ink.BOLD, family.name()) + "  " + family.title());
            for (Rule rule : own) {
                String plain =
                        "  " + rule.info().code() + "  " + Cells.pad(rule.info().name(), names) + "  ";
                String lead = "  " + style.paint(Ink.CYAN, rule.info().code()) + "  "
                        + Cells.pad(rule.info().name(), names) + "  ";
                sheet.hanging(lead, plain, firstSentence(RulePage.of(rule.info())) + previewMark(rule.info()));
            }
            sheet.blank();
        }
        sheet.line(Counts.of(rules.size(), "rule") + "; auscult rule NAME shows a page");
    }

    private static String previewMark(RuleInfo rule) {
        return rule.stage() == RuleInfo.Stage.PREVIEW ? " (preview)" : "";
    }

    /** The sentence under a page's title. */
    static String firstSentence(RulePage page) {
        List<String> paragraph = page.markdown()
                .lines()
                .dropWhile(l -> l.startsWith("#") || l.isBlank())
                .takeWhile(l -> !l.isBlank())
                .toList();
        String text = String.join(" ", paragraph);
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /** The book as a Markdown table. */
    public void markdown(List<Rule> rules) throws IOException {
        sheet.line("| code | name | family | what it is |");
        sheet.line("| --- | --- | --- | --- |");
        for (Rule rule : rules) {
            RuleInfo info = rule.info();
            sheet.line("| " + info.code() + " | " + info.name() + " | "
                    + info.family().title() + " | "
                    + firstSentence(RulePage.of(info)).replace("|", "\\|") + previewMark(info) + " |");
        }
    }

    /** The page of a rule as it was written. */
    public void page(Rule rule) throws IOException {
        out.write(RulePage.of(rule.info()).markdown());
    }

    /** Rules with their thresholds and advice as JSON. */
    public void json(List<Rule> rules) {
        JsonGenerator json = JsonText.open(out);
        json.writeStartObject();
        json.writeArrayPropertyStart("rules");
        for (Rule rule : rules) {
            RuleInfo info = rule.info();
            RulePage page = RulePage.of(info);
            json.writeStartObject();
            json.writeStringProperty("code", info.code());
            json.writeStringProperty("name", info.name());
            json.writeStringProperty("family", info.family().name());
            json.writeStringProperty("since", info.since());
            json.writeStringProperty("stage", info.stage().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("summary", firstSentence(page));
            json.writeStringProperty("why", page.why());
            json.writeArrayPropertyStart("advice");
            page.advice().forEach(json::writeString);
            json.writeEndArray();
            json.writeArrayPropertyStart("thresholds");
            for (Threshold threshold : rule.thresholds()) {
                json.writeStartObject();
                json.writeStringProperty("key", info.name() + "." + threshold.key());
                JsonText.number(json, "standard", threshold.standard());
                json.writeStringProperty("unit", threshold.unit());
                json.writeStringProperty("meaning", threshold.meaning());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }

    /** The page of a rule for the terminal: its cases by title only, its thresholds as they can be set. */
    public void render(Rule rule) throws IOException {
        RuleInfo info = rule.info();
        RulePage page = RulePage.of(info);
        sheet.line(style.paint(Ink.BOLD, info.code() + " " + info.name())
                + style.paint(Ink.DIM, "  " + info.family().title() + ", since " + info.since() + previewMark(info)));
        sheet.blank();
        sheet.hanging("", "", PageText.marked(firstSentence(page)));
        for (String heading : RulePage.HEADINGS) {
            sheet.blank();
            sheet.line(style.paint(Ink.BOLD, heading));
            new PageText(sheet, style).print(page.section(heading));
        }
        if (!rule.thresholds().isEmpty()) {
            sheet.blank();
            sheet.line(style.paint(Ink.BOLD, "Thresholds"));
            for (Threshold threshold : rule.thresholds()) {
                String plain = "  " + info.name() + "." + threshold.key() + "=" + Numbers.of(threshold.standard());
                sheet.line(style.paint(Ink.CYAN, plain) + "  " + threshold.unit());
                sheet.hanging("      ", threshold.meaning());
            }
        }
    }
}
