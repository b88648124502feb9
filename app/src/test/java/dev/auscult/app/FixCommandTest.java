package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.auscult.app.report.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repairs from the command line, from spec to exit code. */
class FixCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        Terminal terminal = new Terminal(out, err, false, false, Style.PLAIN);
        return new CommandLineTool(terminal, Workplace.usual()).run(args);
    }

    @ParameterizedTest
    @CsvSource({
        "--budget, ten, as in 10x",
        "--budget, 0x, as in 10x",
        "--time, soon, '90s, 20m or 2h'",
        "--time, 0m, '90s, 20m or 2h'",
        "--seeds, 4, chance alone",
        "--seeds, 21, from 5 to 20",
        "--jobs, 0, from 1 to 64",
        "--format, xml, text"
    })
    void aWrongValueIsSaidWithWhatWasWanted(String option, String value, String wanted) {
        assertThat(run("fix", option, value, "toy.yaml")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(value, wanted);
    }

    @Test
    void aSpecThatIsNotThereIsSaid() {
        assertThat(run("fix", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("none.yaml");
    }

    @Test
    void aFileOfSomebodyElseIsLeftAlone() throws IOException {
        DemoPatient.write(folder.resolve("demo.csv"), folder.resolve("demo.yaml"));
        Path theirs = Files.writeString(folder.resolve("demo.fixed.yaml"), "name: mine\n");
        assertThat(run("fix", folder.resolve("demo.yaml").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("was not written by auscult fix");
        assertThat(theirs).hasContent("name: mine\n");
    }

    @Test
    void everyMendedExampleCanBeMendedAnew() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("..", "examples", "sick"), "*.fixed.yaml")) {
            for (Path file : files) {
                assertThat(new FixOutput(file).file()).isEqualTo(file);
            }
        }
    }

    @Test
    void whatCannotBeWrittenIsSaidBeforeAnythingIsTrained() throws IOException {
        DemoPatient.write(folder.resolve("demo.csv"), folder.resolve("demo.yaml"));
        String spec = folder.resolve("demo.yaml").toString();
        String nowhere = folder.resolve("demo.csv").resolve("place").toString();
        for (String option : new String[] {"--output", "--report", "--runs"}) {
            assertThat(run("fix", option, nowhere, spec)).isEqualTo(ExitCode.USAGE);
        }
        assertThat(err.toString())
                .contains("give --output", "give --report", "give --runs")
                .doesNotContain("first training");
        assertThat(run("fix", "--plan", "--format", "json", spec)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("a plan is text only");
    }

    @Test
    void dataThatAreNotThereAreNotTheFaultOfTheSpec() throws IOException {
        DemoPatient.write(folder.resolve("demo.csv"), folder.resolve("demo.yaml"));
        Files.delete(folder.resolve("demo.csv"));
        int code = run(
                "fix", "--runs", folder.toString(), folder.resolve("demo.yaml").toString());
        assertThat(code).as(err.toString()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("demo.csv does not exist");
    }

    @Test
    void theDemonstrationMendsItsPatientAndGoesOnWhereItWas() throws IOException {
        String place = folder.resolve("demo").toString();
        assertThat(run("demo", "--output", place)).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("demo.yaml  Mended, with proof: ", "-   normalize: none", "+   normalize: standard")
                .contains("p = 0.03", "over 5 seeds");
        assertThat(err.toString()).contains("first training", "diagnosis: ", "taken: ");
        // The README shows this very repair; its figures may differ from processor to processor in their last digits.
        String said = out.toString();
        assertThat(Files.readString(Path.of("..", "README.md")))
                .contains(said.substring(said.indexOf("Mended"), said.indexOf('\n')))
                .contains(said.substring(said.indexOf("What was changed\n"), said.indexOf("Proof\n")));
        String fixed = Files.readString(Path.of(place, "demo.fixed.yaml"));
        assertThat(fixed).startsWith(FixOutput.MARK).contains("normalize: standard");
        assertThat(Files.readString(Path.of(place, "report.html"))).contains("Before and after", "<svg");

        out.getBuffer().setLength(0);
        assertThat(run("demo", "--output", place, "--format", "json"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(FixSchema.text());
        assertThat(schema.validate(out.toString(), InputFormat.JSON)).isEmpty();
        JsonNode answer = JsonMapper.builder().build().readTree(out.toString());
        assertThat(answer.path("ending").asString()).isEqualTo("mended");
        assertThat(answer.path("overall").path("before").size()).isEqualTo(5);
        assertThat(Files.readString(Path.of(place, "demo.fixed.yaml"))).isEqualTo(fixed);

        // The mended spec is well, and is left as it is.
        out.getBuffer().setLength(0);
        assertThat(run(
                        "fix",
                        "--runs",
                        folder.resolve("runs").toString(),
                        Path.of(place, "demo.fixed.yaml").toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Healthy: nothing is wrong").doesNotContain("What was changed");
        assertThat(Path.of(place, "demo.fixed.fixed.yaml")).doesNotExist();
    }

    @Test
    void aPlanChangesNothing() throws IOException {
        DemoPatient.write(folder.resolve("demo.csv"), folder.resolve("demo.yaml"));
        assertThat(run(
                        "fix",
                        "--plan",
                        "--runs",
                        folder.resolve("runs").toString(),
                        folder.resolve("demo.yaml").toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("demo.yaml  sick: ", "data.normalize: standard", "Nothing was changed.");
        assertThat(folder.resolve("demo.fixed.yaml")).doesNotExist();
    }
}
