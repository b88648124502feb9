package dev.auscult.app.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.auscult.app.report.Style;
import dev.auscult.repair.fix.FixResult;
import org.junit.jupiter.api.Test;

/** The answer of a repair as text, JSON and page, and its story. */
class FixPrintersTest {
    private static String text(FixResult result) throws IOException {
        StringWriter out = new StringWriter();
        new FixText(out, new Style(false, true, 140)).print(result, Repairs.FILES);
        return out.toString();
    }

    private static String page(FixResult result) throws IOException {
        StringWriter out = new StringWriter();
        new FixPage(result, Repairs.FILES, "1.0").write(out);
        return out.toString();
    }

    private static String json(FixResult result) throws IOException {
        StringWriter out = new StringWriter();
        new FixJson(out).print(result, Repairs.FILES, "1.0");
        return out.toString();
    }

    @Test
    void theAnswerTellsWhatWasWrongWhatWasChangedAndTheProof() throws IOException {
        assertThat(text(Repairs.mended()))
                .startsWith("toy.yaml  Mended, with proof: unscaled-input\n")
                .contains("validation/accuracy 0.314 ± 0.027 → 0.940 ± 0.016 over 5 seeds")
                .contains("83 %", "unscaled-input", "inputs reach 1e3", "the loss falls a little")
                .contains("  -   normalize: none\n", "  +   normalize: standard")
                .contains("gain 0.626", "effect 21.4 sd", "p = 0.0312", "gone: GRD101")
                .contains("Tried and taken back\n", "clip-norm (learning-rate-too-high")
                .contains("7.4 times the steps of one training", "runs/toy-fix")
                .contains("auscult train toy.fixed.yaml", "report.html");
    }

    @Test
    void aHealthySpecIsLeftAlone() throws IOException {
        assertThat(text(Repairs.healthy()))
                .startsWith("toy.yaml  Healthy: nothing is wrong, and the spec is left as it is\n")
                .doesNotContain("What was", "Proof", "What is left");
    }

    @Test
    void adviceStandsWhereNoEditHelps() throws IOException {
        assertThat(text(Repairs.advised()))
                .contains("Not mended: no edit of the spec can be tried for this")
                .contains("gradients-not-cleared: Gradients add up from step to step")
                .contains("auscult cause");
    }

    @Test
    void jsonIsAsItsSchemaSays() throws IOException {
        String schema = dev.auscult.app.FixSchema.text();
        var validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        for (FixResult result : new FixResult[] {Repairs.mended(), Repairs.healthy(), Repairs.advised()}) {
            assertThat(validator.validate(json(result), InputFormat.JSON)).isEmpty();
        }
        assertThat(validator.validate(json(Repairs.mended()).replace("\"mended\"", "\"well\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void thePageNeedsNothingElseAndTakesNoMarkupFromData() throws IOException {
        for (FixResult result : new FixResult[] {Repairs.mended(), Repairs.healthy(), Repairs.advised()}) {
            assertThat(page(result))
                    .doesNotContain("<script", "http://", "https://", "<b>", "<i>", " style=")
                    .contains("default-src 'none'", "prefers-color-scheme: dark", "aria-label");
        }
        assertThat(page(Repairs.mended()))
                .contains(
                        "role=\"img\"",
                        "&lt;b&gt;inputs&lt;/b&gt;",
                        "curve before",
                        "curve after",
                        "taken back",
                        "p = 0.0312");
    }

    @Test
    void theStoryTellsEveryTurn() throws IOException {
        StringWriter err = new StringWriter();
        FixResult result = Repairs.mended();
        try (FixStory story = new FixStory(err, Style.PLAIN, false)) {
            story.begins("first training", 1, 0);
            story.trial(result.first().get(0));
            story.diagnosed(result.steps().get(0).differential(), result.first().get(0));
            story.experiment(
                    "third-of-the-learning-rate",
                    "1.2 bits for 50 steps",
                    "no-better",
                    result.steps().get(0).differential(),
                    result.steps().get(1).differential());
            story.tries(Repairs.SCALING, Repairs.SCALED);
            story.begins("5 seeds with standardize-inputs", 5, 42);
            story.decided(result.steps().get(1));
        }
        assertThat(err.toString())
                .contains("first training\n", "first/seed-1: 390 steps", "diagnosis: unscaled-input 83 %")
                .contains("experiment third-of-the-learning-rate (1.2 bits for 50 steps): no-better")
                .contains("tries standardize-inputs against unscaled-input: data.normalize: standard")
                .contains("5 seeds with standardize-inputs, 5 trials, about 42 s\n")
                .contains("taken: vanishing-gradients is gone")
                .doesNotContain("\u001b");
    }

    @Test
    void onATerminalTheLastLineIsDrawnOverAndWiped() throws IOException {
        StringWriter err = new StringWriter();
        try (FixStory story = new FixStory(err, new Style(true, true, 60), true)) {
            story.begins("5 seeds with standardize-inputs", 5, 42);
            story.trial(Repairs.mended().first().get(0));
        }
        assertThat(err.toString())
                .contains("trial 1 of 5, about 4", "trial 2 of 5")
                .endsWith("\r\u001b[K");
    }

    @Test
    void aDiffShowsChangesWithALineAround() {
        assertThat(LineDiff.of("a\nb\nc\nd\ne\n", "a\nb\nC\nd\ne\nf\n"))
                .extracting(l -> l.kind().mark() + l.text())
                .containsExactly("…", " b", "-c", "+C", " d", " e", "+f");
        assertThat(LineDiff.of("a\nb\n", "a\nb\n")).isEmpty();
        assertThat(LineDiff.of("", "x\n")).containsExactly(new LineDiff.Line(LineDiff.Kind.ADDED, "x"));
    }
}
