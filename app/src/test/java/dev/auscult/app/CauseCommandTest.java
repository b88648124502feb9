package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.auscult.app.report.Style;
import dev.auscult.diagnose.cause.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages of causes, and causes in reports of real logs. */
class CauseCommandTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        Terminal terminal = new Terminal(out, err, false, false, Style.PLAIN);
        return new CommandLineTool(terminal, Workplace.usual()).run(args);
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void everyCauseHasAPage(Cause cause) {
        assertThat(run("cause", cause.label())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith(cause.label()).contains("What speaks for it", "Sources");
    }

    @Test
    void theListNamesEveryCause() {
        assertThat(run("cause")).isEqualTo(ExitCode.OK);
        for (Cause cause : Cause.values()) {
            assertThat(out.toString()).contains("  " + cause.label() + " ");
        }
        assertThat(out.toString()).endsWith("causes; auscult cause NAME shows a page\n");
    }

    @Test
    void aPageTellsWhatToDoInBothFrameworks() {
        assertThat(run("cause", "learning-rate-too-high")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("What to do", "     PyTorch\n", "     Keras\n", "source");
        out.getBuffer().setLength(0);
        assertThat(run("cause", "learning-rate-too-high", "--format", "markdown"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("```python\n", "## What to do");
        out.getBuffer().setLength(0);
        assertThat(run("cause", "--format", "json")).isEqualTo(ExitCode.OK);
        JsonNode causes = JsonMapper.builder().build().readTree(out.toString()).path("causes");
        assertThat(causes.size()).isEqualTo(Cause.values().length);
    }

    @Test
    void anUnknownCauseNamesItsNeighbours() {
        assertThat(run("cause", "learning-rate-to-high")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("unknown cause learning-rate-to-high", "learning-rate-too-high");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overfitting", "learning-rate-too-high", "diverged"})
    void aSickLogIsShownWithItsCauses(String example) {
        String path = EXAMPLES.resolve(example).toString();
        assertThat(run("diagnose", path)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\nLikely causes\n", " %  ", "explains");
        out.getBuffer().setLength(0);
        assertThat(run("diagnose", "--format", "json", path)).isEqualTo(ExitCode.OK);
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Resources.text("schema/diagnose-1.schema.json"));
        assertThat(schema.validate(out.toString(), InputFormat.JSON)).isEmpty();
        JsonNode causes = JsonMapper.builder()
                .build()
                .readTree(out.toString())
                .path("runs")
                .path(0)
                .path("causes");
        double sum = 0;
        for (JsonNode cause : causes) {
            sum += cause.path("probability").asDouble();
        }
        assertThat(sum).isBetween(0.5, 1.0001);
        for (String format : new String[] {"markdown", "junit", "github", "sarif"}) {
            out.getBuffer().setLength(0);
            assertThat(run("diagnose", "--format", format, path)).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).contains("cause");
        }
    }

    @Test
    void aHealthyLogIsShownAsQuietlyAsEver() {
        assertThat(run("diagnose", EXAMPLES.resolve("healthy").toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).doesNotContain("cause");
    }
}
