package dev.auscult.app.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Cause.Realm;
import dev.auscult.diagnose.cause.CausePage;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.remedy.Treatments;
import tools.jackson.core.JsonGenerator;

/** Shows the causes by where they are mended, and the page of one with what can be done about it. */
public final class CausePrinter {
    private final Writer out;
    private final Style style;
    private final TextSheet sheet;

    public CausePrinter(Writer out, Style style) {
        this.out = out;
        this.style = style;
        this.sheet = new TextSheet(out, style);
    }

    private static String title(Realm realm) {
        return switch (realm) {
            case HYPER -> "In a number of the training";
            case NETWORK -> "In the layers";
            case DATA -> "In the data";
            case CODE -> "In the program, where no setting mends it";
            case MACHINE -> "In precision, memory or speed";
            case NONE -> "Nowhere";
        };
    }

    /** Every cause, a line each. */
    public void list() throws IOException {
        int names = Arrays.stream(Cause.values())
                .mapToInt(c -> c.label().length())
                .max()
                .orElse(0);
        for (Realm realm : Realm.values()) {
            sheet.line(style.paint(Ink.BOLD, title(realm)));
            for (Cause cause : Cause.values()) {
                if (cause.realm() == realm) {
                    String plain = "  " + Cells.pad(cause.label(), names) + "  ";
                    sheet.hanging(style.paint(Ink.CYAN, plain), plain, cause.meaning());
                }
            }
            sheet.blank();
        }
        sheet.line(Counts.of(Cause.values().length, "cause") + "; auscult cause NAME shows a page");
    }

    /** Every cause as a Markdown table. */
    public void markdown() throws IOException {
        sheet.line("| cause | where it is mended | what it is |");
        sheet.line("| --- | --- | --- |");
        for (Cause cause : Cause.values()) {
            sheet.line("| " + cause.label() + " | " + cause.realm().name().toLowerCase(Locale.ROOT) + " | "
                    + cause.meaning() + " |");
        }
    }

    /** The page of a cause for the terminal. */
    public void render(Cause cause) throws IOException {
        CausePage page = CausePage.of(cause);
        PageText text = new PageText(sheet, style);
        sheet.line(style.paint(Ink.BOLD, cause.label()) + style.paint(Ink.DIM, "  " + title(cause.realm())));
        sheet.blank();
        sheet.hanging("", "", cause.meaning() + ".");
        for (String heading : CausePage.HEADINGS) {
            sheet.blank();
            sheet.line(style.paint(Ink.BOLD, heading));
            text.print(page.section(heading));
        }
        int number = 0;
        for (Treatment treatment : Treatments.of(cause)) {
            sheet.blank();
            if (number == 0) {
                sheet.line(style.paint(Ink.BOLD, "What to do"));
            }
            number++;
            sheet.hanging("  " + number + ". ", treatment.text());
            field("name", treatment.name() + " (" + treatment.safety().label() + ")");
            field("effect", treatment.effect());
            field("source", treatment.source());
            snippet("PyTorch", treatment.pytorch());
            snippet("Keras", treatment.keras());
        }
    }

    private void field(String key, String value) throws IOException {
        if (!value.isEmpty()) {
            String plain = "     " + Cells.pad(key, 8);
            sheet.hanging(style.paint(Ink.DIM, plain), plain, value);
        }
    }

    private void snippet(String framework, String code) throws IOException {
        if (!code.isEmpty()) {
            sheet.line(style.paint(Ink.DIM, "     " + framework));
            for (String line : code.stripTrailing().lines().toList()) {
                sheet.line("       " + line);
            }
        }
    }

    /** The page of a cause as Markdown, its treatments at the end. */
    public void page(Cause cause) throws IOException {
        out.write(CausePage.of(cause).markdown().stripTrailing() + "\n");
        List<Treatment> treatments = Treatments.of(cause);
        if (!treatments.isEmpty()) {
            out.write("\n## What to do\n");
        }
        for (Treatment treatment : treatments) {
            out.write("\n### " + treatment.name() + "\n\n" + treatment.text() + ".\n\n"
                    + Sentences.of(treatment.effect()) + " ("
                    + treatment.safety().label() + "). Source: "
                    + treatment.source() + "\n");
            code("PyTorch", treatment.pytorch());
            code("Keras", treatment.keras());
        }
    }

    private void code(String framework, String code) throws IOException {
        if (!code.isEmpty()) {
            out.write("\n" + framework + ":\n\n```python\n" + code.stripTrailing() + "\n```\n");
        }
    }

    /** Causes with their treatments as JSON. */
    public void json(List<Cause> causes) {
        JsonGenerator json = JsonText.open(out);
        CauseJson writer = new CauseJson(json);
        json.writeStartObject();
        json.writeArrayPropertyStart("causes");
        for (Cause cause : causes) {
            json.writeStartObject();
            json.writeStringProperty("cause", cause.label());
            json.writeStringProperty("realm", cause.realm().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("meaning", cause.meaning());
            json.writeArrayPropertyStart("treatments");
            Treatments.of(cause).forEach(writer::treatment);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }
}
