package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.auscult.app.report.Style;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The check-up of data, from files to exit code. */
class DataCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Like the passengers of a ship: a leak, a sentinel, holes, copies, and a name that would run in a browser. */
    @BeforeEach
    void writeTheData() throws IOException {
        Random random = new Random(11);
        StringBuilder train = new StringBuilder("fare,age,town,deck,alive,survived\n");
        StringBuilder test = new StringBuilder(train);
        for (int i = 0; i < 900; i++) {
            boolean survived = random.nextInt(10) < 4;
            double fare = i % 30 == 0 ? -999 : Math.exp(2.5 + 0.6 * random.nextGaussian() + (survived ? 0.6 : 0));
            String age = random.nextInt(5) == 0 ? "" : String.valueOf(1 + random.nextInt(70));
            String town = List.of("Southampton", "Cherbourg", "<b>Cobh</b>").get(random.nextInt(3));
            String deck = random.nextInt(10) < 8 ? "" : List.of("A", "B").get(random.nextInt(2));
            String row = String.format(
                    Locale.ROOT,
                    "%.4f,%s,%s,%s,%s,%d\n",
                    fare,
                    age,
                    town,
                    deck,
                    survived ? "yes" : "no",
                    survived ? 1 : 0);
            (i < 700 ? train : test).append(row);
            if (i % 20 == 7 && i < 700) {
                train.append(row);
            }
        }
        Files.writeString(folder.resolve("train.csv"), train);
        Files.writeString(folder.resolve("test.csv"), test);
    }

    private int run(Style style, String... args) {
        Terminal terminal = new Terminal(out, err, false, false, style);
        Workplace usual = Workplace.usual();
        return new CommandLineTool(terminal, new Workplace(folder, usual.book(), usual.source())).run(args);
    }

    private int run(String... args) {
        return run(Style.PLAIN, args);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void theFirstScreenSaysTheMost() {
        assertThat(run("data", file("train.csv"), file("test.csv"), "--target", "survived"))
                .isZero();
        assertThat(err.toString()).isEmpty();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("train.csv  sick: critical, ");
        assertThat(lines.get(1)).startsWith("735 rows, 6 columns: 5 inputs, target survived");
        String screen = String.join("\n", lines.subList(0, Math.min(40, lines.size())));
        assertThat(screen)
                .contains(
                        "test: ", "200 rows", "missing  deck 8", "classes  2", "target-leak: column alive", "+[alive])")
                .contains("special-values: column fare is -999");
        assertThat(out.toString()).contains("Columns", "  NAME ", "boolean");
        assertThat(lines).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(160));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 200})
    void aNarrowTerminalWithoutFineSignsShowsItToo(int width) {
        assertThat(run(new Style(false, false, width), "data", "--quick", file("train.csv"), "--target", "survived"))
                .isZero();
        assertThat(out.toString()).contains("target-leak", "Columns").doesNotContainPattern("[▁▂▃▄▅▆▇█→…·]");
        int widest = Math.max(width, 60);
        assertThat(out.toString().lines().skip(1))
                .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(widest));
    }

    @Test
    void jsonIsAsItsSchemasSay() throws IOException {
        assertThat(run("data", file("train.csv"), file("test.csv"), "--target", "survived", "--format", "json"))
                .isZero();
        Path schemas = Path.of("..", "docs", "schema");
        String answer = out.toString();
        var data = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(schemas.resolve("data-1.schema.json")));
        assertThat(data.validate(answer, InputFormat.JSON)).isEmpty();
        JsonNode root = JsonMapper.shared().readTree(answer);
        assertThat(root.at("/data/parts/0/rows").asInt()).isEqualTo(735);
        assertThat(root.at("/data/parts/1/split").asString()).isEqualTo("TEST");
        var plain = ((ObjectNode) root).remove(List.of("data", "story", "suspects"));
        var diagnose = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(schemas.resolve("diagnose-1.schema.json")));
        assertThat(diagnose.validate(plain.toString(), InputFormat.JSON)).isEmpty();
        assertThat(run("schema", "data")).isZero();
    }

    @Test
    void thePageNeedsNothingElseAndEscapesWhatIsInTheData() throws IOException {
        Path page = folder.resolve("report.html");
        assertThat(run(
                        "data",
                        file("train.csv"),
                        file("test.csv"),
                        "--target",
                        "survived",
                        "--format",
                        "html",
                        "--output",
                        page.toString()))
                .isZero();
        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("target-leak", "drop: [alive]", "<svg class=\"bars\"", "&lt;b&gt;Cobh&lt;/b&gt;", "<caption>")
                .doesNotContain("<b>", "<script", "http://", "https://", "NaN");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void sarifKnowsTheLines() {
        assertThat(run("data", "--quick", file("train.csv"), "--target", "survived", "--format", "sarif"))
                .isZero();
        JsonNode results = JsonMapper.shared().readTree(out.toString()).at("/runs/0/results");
        JsonNode special = results.valueStream()
                .filter(r -> r.path("ruleId").asString().equals("DAT106"))
                .findFirst()
                .orElseThrow();
        assertThat(special.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo("train.csv");
        // The first sentinel is in the first row, which is the second line.
        assertThat(special.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(2);
        assertThat(special.at("/locations/0/logicalLocations/0/fullyQualifiedName")
                        .asString())
                .isEqualTo("fare");
    }

    @Test
    void markdownIsATable() {
        assertThat(run("data", "--quick", file("train.csv"), "--target", "survived", "--format", "markdown"))
                .isZero();
        assertThat(out.toString()).contains("| **critical** DAT204 target-leak |");
    }

    @Test
    void aSpecIsBegunThatCanBeTrained() throws IOException {
        Path spec = folder.resolve("spec.yaml");
        assertThat(run(
                        "data",
                        "--quick",
                        file("train.csv"),
                        file("test.csv"),
                        "--target",
                        "survived",
                        "--write-spec",
                        spec.toString()))
                .isZero();
        String text = Files.readString(spec);
        assertThat(text).contains("train: ", "target: survived", "task: classification", "drop: [alive]", "# DAT204");
        assertThat(run("train", spec.toString(), "--set", "training.epochs=1", "--runs", file("runs")))
                .isZero();
        assertThat(folder.resolve("runs").resolve("train").resolve("data.json"))
                .content()
                .contains("TARGET_LEAK");
        assertThat(run("data", "--quick", spec.toString())).isZero();
        assertThat(run("data", "--quick", file("train.csv"), "--write-spec", spec.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aSpecIsMendedInItsOwnWords() throws IOException {
        String text = """
                # What I want.
                data:
                  train: train.csv   # the ship
                  target: survived
                  drop: [town]

                model:
                  layers: [dense: 8, relu]   # small
                training: {epochs: 1}
                """;
        Files.writeString(folder.resolve("mine.yaml"), text);
        assertThat(run("data", "--quick", file("mine.yaml"), file("test.csv"), "--write-spec", file("better.yaml")))
                .isZero();
        String better = Files.readString(folder.resolve("better.yaml"));
        assertThat(better)
                .contains("# What I want.", "train: train.csv   # the ship", "layers: [dense: 8, relu]   # small")
                .contains("drop: [town, alive]  # DAT204 target-leak: ")
                .contains("test.csv")
                .contains("# Worth a try, or left out:");
        assertThat(better.lines().toList())
                .containsAll(text.lines().filter(l -> !l.contains("drop:")).toList());
        assertThat(run("train", file("better.yaml"), "--runs", file("runs"))).isZero();
        assertThat(Files.readString(folder.resolve("mine.yaml"))).isEqualTo(text);
        assertThat(run("data", "--quick", file("mine.yaml"), "--write-spec", file("runs/other.yaml")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("paths in a spec are relative to it");
    }

    @Test
    void aCleanedCopyIsWrittenAndSaysWhatChanged() throws IOException {
        Path clean = folder.resolve("clean.csv");
        String before = Files.readString(folder.resolve("train.csv"));
        assertThat(run(
                        "data",
                        "--quick",
                        file("train.csv"),
                        file("test.csv"),
                        "--target",
                        "survived",
                        "--suspects",
                        "drop",
                        "--fix",
                        clean.toString()))
                .isZero();
        assertThat(err.toString()).contains("no row was treated by --suspects");
        assertThat(Files.readString(clean)).doesNotContain("-999").doesNotContain(",,");
        assertThat(folder.resolve("clean.csv.changes.md"))
                .content()
                .contains("| imputed | age |", "sentinel to missing");
        assertThat(Files.readString(folder.resolve("train.csv"))).isEqualTo(before);
        assertThat(run("data", "--quick", file("train.csv"), "--fix", clean.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("is not overwritten");
    }

    @Test
    void findingsCanFailAndBeAccepted() {
        String[] asked = {"data", "--quick", file("train.csv"), "--target", "survived", "--fail-on", "high"};
        assertThat(run(asked)).isEqualTo(ExitCode.FINDINGS);
        String[] accepted = Arrays.copyOf(asked, asked.length + 2);
        accepted[asked.length] = "--baseline";
        accepted[asked.length + 1] = file("accepted.json");
        assertThat(run(accepted)).isZero();
        assertThat(run(accepted)).isZero();
        assertThat(run(
                        "data",
                        "--quick",
                        file("train.csv"),
                        "--target",
                        "survived",
                        "--drop",
                        "alive,fare,deck",
                        "--only",
                        "target-leak",
                        "--fail-on",
                        "low"))
                .isZero();
    }

    @Test
    void theProfileCanBeSaved() throws IOException {
        assertThat(run("data", "--quick", file("train.csv"), "--save", file("data.json")))
                .isZero();
        assertThat(folder.resolve("data.json")).content().contains("\"observations\"", "\"survived\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--formt json x.csv | unknown option --formt | --format",
                "--format jsn train.csv | unknown format jsn | json",
                "--task clasification train.csv | unknown task | classification",
                "--only target-lek train.csv | unknown rule target-lek | target-leak",
                "--types age train.csv | found age for --types | column=type",
                "--suspects drop train.csv | without --fix | --fix",
                "--seed x train.csv | for --seed | whole number",
                "--fix clean.xlsx train.csv | ending | .parquet"
            })
    void wrongUsageNamesWhatWasMeant(String line, String found, String wanted) {
        assertThat(run(("data " + line).split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(found, wanted).doesNotContain("fault of Auscult");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void whatIsNotThereOrNoTableIsOneLine() throws IOException {
        assertThat(run("data")).isEqualTo(ExitCode.USAGE);
        assertThat(run("data", file("nothing.csv"))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run("data", file("trian.csv"))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("trian.csv does not exist (did you mean train.csv?)");
        assertThat(run("data", file("train.csv"), "--target", "survivd")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).contains("nothing.csv", "did you mean 'survived'?");
        Files.writeString(folder.resolve("empty.csv"), "");
        assertThat(run("data", file("empty.csv"))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString()).doesNotContain("fault of Auscult");
    }
}
