package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Style;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {
    @TempDir
    Path folder;

    private Toys toys;

    @BeforeEach
    void setUp() {
        toys = new Toys(folder)
                .run("sub/a b.csv", 1, 0.5, 0.4, 0.6, 0.9, 1.2)
                .run("fine.csv", 1, 0.5, 0.4)
                .run("blind,1.csv")
                .refused("x.bin", "found \u0001 binary <data> & 50 %\nwanted: a log");
    }

    private String report(String format, String... more) {
        toys.out.getBuffer().setLength(0);
        String[] args = new String[more.length + 5];
        args[0] = "diagnose";
        args[1] = folder.toString();
        args[2] = "--format";
        args[3] = format;
        args[4] = "--preview";
        System.arraycopy(more, 0, args, 5, more.length);
        assertThat(toys.auscult(args)).as(toys.err.toString()).isEqualTo(ExitCode.OK);
        return toys.out.toString();
    }

    @Test
    void jsonIsAsItsSchemaSays() {
        String schema = Resources.text("schema/diagnose-1.schema.json");
        var validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        String report = report("json");

        assertThat(validator.validate(report, InputFormat.JSON)).isEmpty();
        assertThat(validator.validate(report.replace("\"sick\"", "\"ill\""), InputFormat.JSON))
                .isNotEmpty();
        JsonNode runs = JsonMapper.builder().build().readTree(report).path("runs");
        assertThat(runs.size()).isEqualTo(4);
        JsonNode sick = runs.path(0);
        assertThat(sick.path("path").asString()).isEqualTo("sub/a b.csv");
        assertThat(sick.path("status").asString()).isEqualTo("sick");
        assertThat(sick.path("steps").asInt()).isEqualTo(9);
        assertThat(sick.path("points").asInt()).isEqualTo(16);
        assertThat(sick.path("problems").path(0).path("line").asInt()).isEqualTo(3);
        assertThat(report).contains("\"value\" : \"NaN\"", "\"value\" : \"Infinity\"");
        assertThat(runs.path(2).path("unable").path(0).path("name").asString()).isEqualTo("toy-overfitting");
        assertThat(runs.path(3).path("problems").path(0).path("problem").asString())
                .contains("binary <data>");
        assertThat(toys.auscult("schema", "diagnose")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString()).contains("draft/2020-12");
    }

    @Test
    void sarifHasWhatItsSchemaRequires() {
        JsonNode log = JsonMapper.builder().build().readTree(report("sarif", "--baseline", folder + "/none.json"));

        assertThat(log.path("version").asString()).isEqualTo("2.1.0");
        JsonNode run = log.path("runs").path(0);
        assertThat(run.path("tool").path("driver").path("name").asString()).isEqualTo("Auscult");
        JsonNode rules = run.path("tool").path("driver").path("rules");
        assertThat(rules.size()).isEqualTo(4);
        assertThat(rules.path(0).path("help").path("text").asString())
                .contains("Stop at the best")
                .doesNotContain("Cases");
        assertThat(run.path("results").size()).isGreaterThan(4);
        for (JsonNode result : run.path("results")) {
            assertThat(result.path("message").path("text").asString()).isNotBlank();
            assertThat(rules.path(result.path("ruleIndex").asInt()).path("id")).isEqualTo(result.path("ruleId"));
            assertThat(result.path("level").asString()).isIn("error", "warning", "note");
            assertThat(result.path("rank").asDouble()).isBetween(0.0, 100.0);
            assertThat(result.path("partialFingerprints").path("auscult/v1").asString())
                    .matches("[0-9a-f]{32}");
            JsonNode location = result.path("locations").path(0);
            assertThat(location.path("physicalLocation")
                            .path("artifactLocation")
                            .path("uri")
                            .asString())
                    .matches("[A-Za-z0-9._~/%-]+");
            assertThat(location.path("physicalLocation")
                            .path("region")
                            .path("startLine")
                            .asInt())
                    .isEqualTo(1);
        }
        JsonNode first = run.path("results").path(0);
        assertThat(first.path("locations")
                        .path(0)
                        .path("physicalLocation")
                        .path("artifactLocation")
                        .path("uri")
                        .asString())
                .isEqualTo("sub/a%20b.csv");
        assertThat(run.path("invocations").path(0).path("executionSuccessful").asBoolean())
                .isTrue();
        // The file has been written by now: all is known.
        JsonNode again = JsonMapper.builder().build().readTree(report("sarif", "--baseline", folder + "/none.json"));
        assertThat(again.path("runs").path(0).path("results").findValuesAsString("baselineState"))
                .isNotEmpty()
                .containsOnly("unchanged");
    }

    @Test
    void sarifIsAsTheStandardSays() throws IOException {
        String schema;
        try (InputStream in = ReportsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            schema = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        var validator =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema);
        String report = report("sarif");

        assertThat(validator.validate(report, InputFormat.JSON)).isEmpty();
        assertThat(validator.validate(report.replace("\"level\"", "\"loudness\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void sarifSaysThatNothingCouldBeRead() {
        toys = new Toys(folder).refused("x.bin", "found binary data");
        toys.auscult("diagnose", folder.toString(), "/no/such file", "--format", "sarif");

        JsonNode run = JsonMapper.builder()
                .build()
                .readTree(toys.out.toString())
                .path("runs")
                .path(0);
        JsonNode invocation = run.path("invocations").path(0);
        assertThat(invocation.path("executionSuccessful").asBoolean(true)).isFalse();
        assertThat(invocation.path("exitCode").asInt()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(invocation.path("toolExecutionNotifications").findValuesAsString("uri"))
                .containsExactly("file:///no/such%20file", "x.bin");
        assertThat(run.path("results").size()).isZero();
    }

    @Test
    void sarifPointsAtTheMainFileOfAFolder() {
        toys = new Toys(folder).run("exp", List.of("exp/a.csv", "exp/b.csv"), 1, 0.5, 0.4, 0.6, 0.9, 1.2);
        JsonNode log = JsonMapper.builder().build().readTree(report("sarif"));

        assertThat(log.path("runs").path(0).path("results").path(0).findValuesAsString("uri"))
                .containsExactly("exp/a.csv");
    }

    @Test
    void junitIsXmlWhoseCountsAreRight() throws Exception {
        byte[] xml = report("junit").getBytes(StandardCharsets.UTF_8);
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));

        var suites = document.getElementsByTagName("testsuite");
        assertThat(suites.getLength()).isEqualTo(4);
        for (int i = 0; i < suites.getLength(); i++) {
            Element suite = (Element) suites.item(i);
            for (String[] count : new String[][] {
                {"tests", "testcase"}, {"failures", "failure"}, {"errors", "error"}, {"skipped", "skipped"}
            }) {
                assertThat(suite.getElementsByTagName(count[1]).getLength())
                        .as(count[0])
                        .isEqualTo(Integer.parseInt(suite.getAttribute(count[0])));
            }
        }
        Element failure = (Element) document.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("<after>", "\"a|b\"");
        assertThat(failure.getAttribute("type")).isEqualTo("high");
    }

    @Test
    void junitFailsWhereTheExitCodeDoes() {
        toys = new Toys(folder).run("a.csv", 1, 0.5, 0.4, 0.6, 0.9, 1.2);
        String baseline = folder + "/accepted.json";

        assertThat(junitFailures("--fail-on", "critical")).containsExactly(ExitCode.OK, 0);
        assertThat(junitFailures("--fail-on", "high")).containsExactly(ExitCode.FINDINGS, 1);
        assertThat(junitFailures("--fail-on", "info")).containsExactly(ExitCode.FINDINGS, 3);
        // Nobody said what fails: the exit code does not, and what makes a run sick is shown.
        assertThat(junitFailures()).containsExactly(ExitCode.OK, 2);
        // The baseline begins with all there is, and from then on knows it.
        assertThat(junitFailures("--fail-on", "high", "--baseline", baseline)).containsExactly(ExitCode.OK, 0);
        assertThat(junitFailures("--fail-on", "high", "--baseline", baseline)).containsExactly(ExitCode.OK, 0);
        toys.run("b.csv", 1, 0.5, 0.4, 0.6, 0.9, 1.2);
        assertThat(junitFailures("--fail-on", "high", "--baseline", baseline)).containsExactly(ExitCode.FINDINGS, 1);
    }

    private List<Integer> junitFailures(String... more) {
        toys.out.getBuffer().setLength(0);
        List<String> args = new ArrayList<>(List.of("diagnose", folder.toString(), "--format", "junit"));
        args.addAll(List.of(more));
        int code = toys.auscult(args.toArray(String[]::new));
        return List.of(code, toys.out.toString().split("<failure ", -1).length - 1);
    }

    @Test
    void githubCommandsCannotBeBrokenByTheirText() {
        String report = report("github");

        assertThat(report)
                .contains("::error file=sub/a b.csv,title=FIT901 toy-overfitting::validation loss rose by 200 %25")
                .contains("file=blind%2C1.csv")
                .contains(
                        "::warning file=x.bin,title=not readable::found \ufffd binary <data> & 50 %25%0Awanted: a log");
        assertThat(report.lines().filter(l -> !l.startsWith("::")).toList())
                .containsExactly("3 runs: 3 sick; 1 refused");
    }

    @Test
    void githubCommandsSteerNoTerminal() {
        toys = new Toys(folder)
                .run("a\u001b[31m\u0007.csv", 1, 0.5, 0.4, 0.6, 0.9, 1.2)
                .refused("b\r\u009b.bin", "no\u001b\rlog");

        assertThat(report("github").lines().filter(l -> !l.startsWith("::")).toList())
                .hasSize(1);
        assertThat(toys.out
                        .toString()
                        .chars()
                        .filter(c -> Character.isISOControl(c) && c != '\n')
                        .count())
                .isZero();
    }

    @Test
    void markdownTablesHaveAsManyCellsAsHeads() {
        String report = report("markdown");

        assertThat(report).contains("| **sick** | sub/a b.csv |").contains("&lt;after>");
        for (String line : report.lines().filter(l -> l.startsWith("|")).toList()) {
            assertThat(line.replace("\\|", "").chars().filter(c -> c == '|').count())
                    .as(line)
                    .isIn(5L, 6L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 132})
    void noLineIsWiderThanTheTerminal(int width) {
        toys.style(new Style(false, true, width))
                .run("a folder with a long name/and another one below it, also long/metrics of the run.csv", 1, 0.5, 2);

        assertThat(report("text").lines())
                .allSatisfy(l -> assertThat(Cells.width(l)).as(l).isLessThanOrEqualTo(width));
    }

    @Test
    void aTerminalWithoutUnicodeGetsAscii() {
        toys.style(new Style(false, false, 80));
        assertThat(report("text")).contains("FIT901", "->").matches("(?s)[ -~\\n\ufffd]*");
        toys.style(Style.PLAIN);
        assertThat(report("text")).contains("→", "▁");
    }

    @Test
    void aMergedRunTellsHowManyFilesItHas() {
        toys = new Toys(folder).run("exp", List.of("exp/a.csv", "exp/b.csv"), 1, 0.5, 0.4);
        assertThat(report("text")).contains("toy-csv, 2 files, last step 9, 13 points");
    }

    @Test
    void reportsAreTheSameEveryTime() {
        for (String format : new String[] {"text", "json", "sarif", "junit", "github", "markdown"}) {
            assertThat(report(format)).as(format).isEqualTo(report(format));
        }
    }
}
