package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiagnoseCommandTest {
    private static final double[] SICK = {1, 0.5, 0.4, 0.6, 0.9, 1.2};
    private static final double[] FINE = {1, 0.5, 0.4, 0.4, 0.4, 0.39};

    @TempDir
    Path folder;

    private Toys toys;

    @BeforeEach
    void setUp() {
        toys = new Toys(folder);
    }

    private int diagnose(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "diagnose";
        args[1] = folder.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return toys.auscult(args);
    }

    @Test
    void aSickRunIsShownWithWhyWhatAndWhere() {
        toys.run("a.csv", SICK);

        assertThat(diagnose()).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString())
                .contains("a.csv  sick: high, toy-overfitting")
                .contains("HIGH     FIT901 toy-overfitting")
                .contains("Validation loss rose by 200 %")
                .contains("why    The result is worse")
                .contains("do     Stop at the best point")
                .contains("where  validation/loss and train/loss, steps 2 to 5")
                .contains("LOG903 toy-remark: this is a remark")
                .contains("  · line 3: found a torn line")
                .endsWith("1 run: 1 sick\n");
    }

    @ParameterizedTest
    @CsvSource({"critical, 0", "high, 1", "HIGH, 1", "medium, 1", "info, 1", "never, 0"})
    void failOnDecidesTheExitCode(String severity, int code) {
        toys.run("a.csv", SICK);

        assertThat(diagnose("--fail-on", severity)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--formt=json | unknown option --formt (did you mean --format?)",
                "--format=jsn | unknown format jsn for --format; wanted one of text, json",
                "--only=FIT900 | unknown rule FIT900 for --only",
                "--except=toy-overfiting | (did you mean toy-overfitting?)",
                "--fail-on=hgih | (did you mean high?)",
                "--set=nonsense | found nonsense for --set; wanted rule.threshold=value",
                "--set=toy-overfitting.rize=1 | (did you mean toy-overfitting.rise?)",
                "--set=toy-overfitting.rise=much | found much for threshold toy-overfitting.rise; wanted a number",
                "--set=toy-overfitting.rise=-5 | found -5 for threshold toy-overfitting.rise; wanted a number of 0 or more",
                "--map=loss | found loss for --map; wanted loss=column",
                "--except=FIT,EVL,LOG,NUM | leave no rule to apply",
            })
    void wrongUsageIsOneLineThatSaysWhatWasWanted(String argument, String said) {
        assertThat(diagnose(argument)).isEqualTo(ExitCode.USAGE);
        assertThat(toys.out.toString()).isEmpty();
        assertThat(toys.err.toString()).startsWith("auscult: ").contains(said).hasLineCount(1);
    }

    @Test
    void aMissingFileIsUnreadableAndTheRestIsStillReported() {
        toys.run("a.csv", FINE);

        int code = toys.auscult(
                "diagnose", folder.toString(), folder.resolve("gone").toString());

        assertThat(code).isEqualTo(ExitCode.UNREADABLE);
        assertThat(toys.out.toString())
                .contains("gone: there is no such file or folder", "1 run: 1 healthy; 1 refused");
    }

    @Test
    void nothingFoundIsUnreadable() {
        assertThat(diagnose()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(toys.err.toString()).contains("found no log of a training run in .");
    }

    @Test
    void aRefusedFileAmongReadableOnesIsNoFailure() {
        toys.run("a.csv", FINE).refused("b.bin", "found binary data, wanted a log");

        assertThat(diagnose()).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString()).contains("b.bin: found binary data, wanted a log");
    }

    @Test
    void onlyAndExceptAndPreviewChooseRules() {
        toys.run("a.csv", SICK);

        diagnose("--format=json", "--only=FIT,toy-preview", "--except=toy-collapse");
        assertThat(toys.out.toString()).contains("FIT901", "NUM904").doesNotContain("EVL902", "LOG903");

        toys.out.getBuffer().setLength(0);
        diagnose("--format=json");
        assertThat(toys.out.toString()).doesNotContain("NUM904");

        toys.out.getBuffer().setLength(0);
        diagnose("--format=json", "--preview");
        assertThat(toys.out.toString()).contains("NUM904");
    }

    @Test
    void aThresholdCanBeSetByCodeAndByName() {
        toys.run("a.csv", SICK);

        diagnose("--only=toy-overfitting", "--set", "FIT901.rise=3");

        assertThat(toys.out.toString()).contains("1 healthy");
    }

    @Test
    void theProjectFileGivesOptionsAndTheCommandLineWins() throws IOException {
        toys.run("a.csv", SICK);
        Files.writeString(
                folder.resolve("auscult.yaml"),
                "fail-on: high\nformat: json\nonly: [toy-overfitting]\nset:\n  toy-overfitting.rise: 0.3\n");

        assertThat(diagnose()).isEqualTo(ExitCode.FINDINGS);
        assertThat(toys.out.toString()).startsWith("{").doesNotContain("EVL902");
        assertThat(diagnose("--fail-on=never")).isEqualTo(ExitCode.OK);
        assertThat(diagnose("--set", "toy-overfitting.rise=9")).isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1 | auscult.yaml:1: unknown key a",
                "'format: json\nfail_on: high' | auscult.yaml:2: unknown key fail_on (did you mean fail-on?)",
                "'format: json\nfail-on: hihg' | auscult.yaml:2: unknown severity hihg",
                "format: [a | auscult.yaml:2: this is not YAML",
                "preview: perhaps | auscult.yaml:1: found perhaps for preview; wanted true or false",
                "'format: json\nformat: text' | auscult.yaml:2: key format occurs twice",
                "only: [nothing-such] | auscult.yaml:1: unknown rule nothing-such",
                "set: 3 | auscult.yaml:1: found plain text for set",
                "'set: {a: {b: 1}}' | auscult: auscult.yaml:1: found a mapping; wanted a number",
                "'preview: true\n? [a, b]\n: 1' | auscult.yaml:2: found a list; wanted a key",
                "'{a: 1}: 2' | auscult.yaml:1: found a mapping; wanted a key",
                "- a | auscult.yaml:1: found a list",
            })
    void aBrokenProjectFileIsRefusedWithItsLine(String yaml, String said) throws IOException {
        Files.writeString(folder.resolve("auscult.yaml"), yaml + "\n");

        assertThat(diagnose()).isEqualTo(ExitCode.USAGE);
        assertThat(toys.err.toString()).contains(said).hasLineCount(1);
    }

    @Test
    void theBaselineIsWrittenThenComparedThenHealed() throws IOException {
        Path baseline = folder.resolve("accepted.json");
        toys.run("a.csv", SICK);
        assertThat(diagnose("--baseline=" + baseline, "--fail-on=high")).isEqualTo(ExitCode.OK);
        assertThat(toys.err.toString()).contains("wrote baseline", "with 3 findings");
        String first = Files.readString(baseline);
        assertThat(first).contains("\"run\" : \"a.csv\"").doesNotContain("200");

        // The same findings with other numbers are known; those of another run are new.
        Toys later = new Toys(folder).run("a.csv", 1, 0.5, 0.4, 0.6, 0.9, 1.5).run("b.csv", SICK);
        assertThat(later.auscult("diagnose", folder.toString(), "--baseline=" + baseline, "--fail-on=high"))
                .isEqualTo(ExitCode.FINDINGS);
        assertThat(later.out.toString()).contains("(new)", "accepted").contains("3 findings in the baseline");
        assertThat(Files.readString(baseline)).isEqualTo(first);

        Toys healed = new Toys(folder).run("a.csv", FINE);
        assertThat(healed.auscult("diagnose", folder.toString(), "--baseline=" + baseline, "--fail-on=high"))
                .isEqualTo(ExitCode.OK);
        assertThat(healed.err.toString()).contains("2 findings have healed");
        assertThat(Files.readString(baseline)).doesNotContain("FIT901").contains("LOG903");
    }

    @Test
    void whatWasNotLookedAtDoesNotHeal() throws IOException {
        Path baseline = folder.resolve("accepted.json");
        toys.run("a.csv", SICK);
        diagnose("--baseline=" + baseline);
        String first = Files.readString(baseline);

        // Another run, another rule, and a log in which the rule can no longer tell.
        new Toys(folder).run("b.csv", FINE).auscult("diagnose", folder.toString(), "--baseline=" + baseline);
        new Toys(folder)
                .run("a.csv", FINE)
                .auscult("diagnose", folder.toString(), "--baseline=" + baseline, "--only=LOG");
        new Toys(folder).run("a.csv").auscult("diagnose", folder.toString(), "--baseline=" + baseline);

        assertThat(Files.readString(baseline)).isEqualTo(first);
    }

    @Test
    void aFileThatIsNoBaselineIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.json"), "{\"mine\": 1}");

        assertThat(diagnose("--baseline=" + file)).isEqualTo(ExitCode.USAGE);
        assertThat(Files.readString(file)).isEqualTo("{\"mine\": 1}");
    }

    @Test
    void outputGoesToAFileWithoutColours() throws IOException {
        toys.run("a.csv", SICK);
        Path file = folder.resolve("report.txt");

        assertThat(diagnose("--output=" + file)).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString()).isEmpty();
        assertThat(Files.readString(file)).contains("FIT901").doesNotContain("\u001b");
        assertThat(diagnose("--output=" + folder.resolve("no/such/folder.txt"))).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aClosedPipeEndsQuietly() {
        toys.run("a.csv", SICK);
        Writer closed = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void close() {}
        };
        for (String format : new String[] {"text", "json", "sarif", "junit", "github", "markdown"}) {
            assertThat(toys.auscult(closed, "diagnose", folder.toString(), "--format", format))
                    .as(format)
                    .isEqualTo(ExitCode.OK);
        }
        assertThat(toys.err.toString()).isEmpty();
    }

    @Test
    void aFullDiskIsNamedAndNoFaultOfAuscult() {
        toys.run("a.csv", SICK);
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void close() {}
        };
        for (String format : new String[] {"text", "json", "sarif", "junit", "github", "markdown"}) {
            toys.err.getBuffer().setLength(0);
            assertThat(toys.auscult(full, "diagnose", folder.toString(), "--format", format))
                    .as(format)
                    .isEqualTo(ExitCode.INTERNAL);
            assertThat(toys.err.toString()).isEqualTo("auscult: cannot write the report: No space left on device\n");
        }
    }

    @Test
    void aFaultInOneRuleLeavesTheRestOfEveryReport() {
        toys.run("a.csv", SICK).run("b.csv", FINE).run("c.csv").rules(List.of(Toys.OVERFITTING, Toys.FAULTY));
        for (String format : new String[] {"text", "json", "sarif", "junit", "github", "markdown"}) {
            toys.out.getBuffer().setLength(0);
            toys.err.getBuffer().setLength(0);
            assertThat(diagnose("--fail-on=high", "--format", format))
                    .as(format)
                    .isEqualTo(ExitCode.INTERNAL);
            assertThat(toys.out.toString()).as(format).contains("a.csv", "FIT901");
            assertThat(toys.err.toString())
                    .as(format)
                    .contains("a fault of Auscult, not of your run, in rule NUM905 toy-fault", "in 2 runs")
                    .doesNotContain("\u001b")
                    .hasLineCount(1);
        }
        diagnose("--debug");
        assertThat(toys.err.toString()).contains("at dev.auscult");
    }

    @Test
    void aFaultInReadingLeavesWhatWasReadBefore() {
        toys.run("a.csv", SICK).run("c.csv", FINE).readingFault("the reader broke");

        assertThat(diagnose("--format=json")).isEqualTo(ExitCode.INTERNAL);
        JsonNode report = JsonMapper.builder().build().readTree(toys.out.toString());
        assertThat(report.path("runs").findValuesAsString("status")).containsExactly("sick", "healthy");
        assertThat(toys.err.toString())
                .contains("while it read (IllegalStateException: the reader broke)")
                .hasLineCount(1);
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        for (String command : new String[] {"diagnose", "train", "resume", "rule", "schema", "completion"}) {
            toys.out.getBuffer().setLength(0);
            assertThat(toys.auscult(command, "--help")).isEqualTo(ExitCode.OK);
            assertThat(toys.out.toString()).contains("Example", "  auscult " + command);
        }
    }

    @Test
    void theRuleBookIsListedAndItsPagesShown() {
        assertThat(toys.auscult("rule")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString())
                .contains("FIT  generalisation", "FIT901  toy-overfitting  A fault that only tests know.", "(preview)")
                .doesNotContain("second sentence");
        assertThat(toys.auscult("rule", "fit901")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString())
                .contains("When it is wrong", "  1. Stop at the best", "Sick: it rises", "toy-overfitting.rise=0.2")
                .doesNotContain("train/loss: 1@0");
        assertThat(toys.auscult("rule", "toy-overfiting")).isEqualTo(ExitCode.USAGE);
        assertThat(toys.err.toString()).contains("did you mean toy-overfitting?");
    }
}
