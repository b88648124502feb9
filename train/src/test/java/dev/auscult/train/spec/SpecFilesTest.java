package dev.auscult.train.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files that come from the vocabulary, or must agree with it: schema, guide, examples.
 *
 * <p>{@code -Dspec=write} writes schema and guide anew.
 */
class SpecFilesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path SCHEMA = ROOT.resolve("docs/schema/spec-1.schema.json");
    private static final Path GUIDE = ROOT.resolve("docs/guide/spec.md");
    private static final Path EXAMPLES = ROOT.resolve("examples/specs");

    private static final Pattern TABLE =
            Pattern.compile("<!-- table: ([a-z.-]+) -->\n(.*?)<!-- end -->", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SpecSchema.text());
    }

    /** JSON of a spec's tree of YAML, as an editor sees it. */
    private static String json(String yaml) {
        return JsonMapper.builder().build().writeValueAsString(PlainYaml.of(YamlTree.read("s.yaml", yaml)));
    }

    private static void check(Path file, String expected) throws IOException {
        if ("write".equals(System.getProperty("spec"))) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).isEqualTo(expected);
    }

    @Test
    void publishedSchemaIsThatOfTheVocabulary() throws IOException {
        check(SCHEMA, SpecSchema.text());
    }

    @Test
    void tablesOfTheGuideAreThoseOfTheVocabulary() throws IOException {
        List<String> tables = new ArrayList<>();
        String guide = TABLE.matcher(Files.readString(GUIDE)).replaceAll(match -> {
            tables.add(match.group(1));
            return Matcher.quoteReplacement(
                    "<!-- table: " + match.group(1) + " -->\n" + SpecGuide.table(match.group(1)) + "<!-- end -->");
        });
        assertThat(tables).containsExactlyInAnyOrderElementsOf(SpecGuide.tables());
        check(GUIDE, guide);
    }

    /** Every example of the guide is a spec, or a piece of one. */
    @Test
    void examplesOfTheGuideAreRead() throws IOException {
        Matcher blocks = YAML.matcher(Files.readString(GUIDE));
        int read = 0;
        while (blocks.find()) {
            for (String yaml : alternatives(blocks.group(1))) {
                String key = yaml.replaceFirst("(?s):.*", "");
                String spec = SpecVocabulary.section("").option(key).isPresent() || key.equals("name")
                        ? (yaml.contains("data:") ? yaml : "data: a\n" + yaml)
                        : piece(key, yaml);
                assertThat(SpecFile.parse("s.yaml", spec, "s", List.of()).name())
                        .as(spec)
                        .isNotEmpty();
                assertThat(schema().validate(json(spec), InputFormat.JSON))
                        .as(spec)
                        .isEmpty();
                read++;
            }
        }
        assertThat(read).isGreaterThan(18);
    }

    private static List<String> alternatives(String block) {
        return block.startsWith("validation:") || block.startsWith("generate:") || block.startsWith("pruning:")
                ? block.lines().toList()
                : List.of(block);
    }

    private static String piece(String key, String yaml) {
        String inside = "\n  " + yaml.strip().replace("\n", "\n  ") + "\n";
        return switch (key) {
            case "warm-up" -> "data: a\nschedule:\n  type: cosine" + inside;
            case "early-stopping", "pruning" -> "data: a\ntraining:" + inside;
            default -> "data:\n  train: a" + inside;
        };
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreReadAndFitTheSchema(Path file) throws IOException {
        Spec spec = SpecFile.read(file, List.of());

        assertThat(file.getFileName()).hasToString(spec.name() + ".yaml");
        assertThat(schema().validate(json(Files.readString(file)), InputFormat.JSON))
                .isEmpty();
        assertThat(SpecFile.parse("s", SpecWriter.write(spec), "s", List.of())).isEqualTo(spec);
        assertThat(schema().validate(json(SpecWriter.write(spec)), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void dataOfTheExamplesAreThere(Path file) throws IOException {
        Path shared = ROOT.resolve("../shared/datasets");
        Assumptions.assumeTrue(Files.isDirectory(shared), "no data sets in ../shared/datasets beside this project");

        Spec spec = SpecFile.read(file, List.of());
        assertThat(file.resolveSibling(spec.data().train())).exists();
        spec.data().target().stream()
                .filter(target -> target.contains("/"))
                .forEach(target -> assertThat(file.resolveSibling(target)).exists());
    }

    @Test
    void schemaAcceptsWhatTheReaderAccepts() {
        RandomSpecs specs = new RandomSpecs(5);
        Schema schema = schema();
        for (int i = 0; i < 200; i++) {
            String yaml = specs.yaml();
            assertThat(schema.validate(json(yaml), InputFormat.JSON)).as(yaml).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "data: {}",
                "data: a\noptimzer: adam",
                "data: a\noptimizer: {learning-rate: 0}",
                "data: a\noptimizer: adma",
                "data: {train: a, validation: 1}",
                "data: a\nmodel: {layers: [dense]}",
                "data: a\nmodel: {layers: [{dense: 3, relu: null}]}",
                "data: a\nmodel: {layers: [{dense: {units: 3, unit: 4}}]}",
                "data: a\nmodel: {initializer: {gauss: 1}}",
                "data: a\ntraining: {epochs: 1.5}",
                "data: a\nrecord: {tensors: [weight]}",
            })
    void schemaRefusesWhatTheReaderRefuses(String yaml) {
        assertThat(schema().validate(json(yaml), InputFormat.JSON)).isNotEmpty();
        assertThat(problems(yaml)).isNotEmpty();
    }

    private static List<String> problems(String yaml) {
        try {
            SpecFile.parse("s.yaml", yaml, "s", List.of());
            return List.of();
        } catch (SpecException e) {
            return e.problems();
        }
    }
}
