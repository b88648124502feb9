package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

import dev.auscult.app.report.Style;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that try a network before it is trained, from spec to exit code. */
class CheckCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeTheData() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("a,b,c,d,e,f,g,h,kind\n");
        for (int i = 0; i < 600; i++) {
            int kind = i % 3;
            for (int k = 0; k < 8; k++) {
                text.append(String.format(Locale.ROOT, "%.4f,", random.nextGaussian() + (k % 3 == kind ? 1.5 : 0)));
            }
            text.append("k").append(kind).append('\n');
        }
        Files.writeString(folder.resolve("toy.csv"), text);
    }

    private String spec(String layers, String rest) throws IOException {
        Path file = folder.resolve("toy.yaml");
        Files.writeString(file, """
                name: toy
                seed: 3
                data: {train: toy.csv, target: kind, task: classification, normalize: standard}
                """ + "model: {layers: [" + layers + "]}\n" + rest);
        return file.toString();
    }

    private int run(String... args) {
        Terminal terminal = new Terminal(out, err, false, false, Style.PLAIN);
        return new CommandLineTool(terminal, Workplace.usual()).run(args);
    }

    private static final String SOUND = "{dense: 16}, relu, {dense: classes}";

    @Test
    void aSoundNetworkIsHealthy() throws IOException {
        assertThat(run("check", "--fail-on", "medium", spec(SOUND, ""))).isZero();
        assertThat(out.toString())
                .contains("healthy", "loss at start", "one batch", "largest batch that fits", "1 run: 1 healthy");
        assertThat(err.toString()).contains("1/12 capacity").doesNotContain("fault of Auscult");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{dense: 16}, relu, {dense: classes}, softmax | | double-softmax",
                "{dense: {units: 16, initializer: zeros}}, relu, {dense: {units: classes, initializer: zeros}} | |"
                        + " frozen-parameters",
                "{dense: 16}, relu, {dense: classes} | 'optimizer: {type: sgd, learning-rate: 0.01}\nloss:"
                        + " {type: cross-entropy, reduction: sum}\n' | sum-reduction",
                "{dense: 16}, {dense: classes} | | missing-activation",
                "{dense: 16}, relu, {dense: {units: classes, initializer: {normal: 5}}} | | loss-at-start"
            })
    void aPlantedFaultIsNamed(String layers, String rest, String rule) throws IOException {
        run("check", "--format", "json", spec(layers, rest == null ? "" : rest));
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        List<String> found = report.get("runs")
                .get(0)
                .get("findings")
                .valueStream()
                .map(f -> f.get("name").asString())
                .toList();
        assertThat(found).contains(rule);
    }

    @Test
    void jsonHoldsWhatWasMeasured() throws IOException {
        assertThat(run("check", "--format", "json", "--set", "training.batch-size=20", spec(SOUND, "")))
                .isZero();
        JsonNode probes = JsonMapper.shared().readTree(out.toString()).get("probes");
        assertThat(probes.get("memory").get("batch").asDouble()).isEqualTo(20);
        assertThat(probes.get("loss-at-start").get("uniform").asDouble()).isBetween(1.098, 1.099);
        assertThat(probes.get("wiring").get("parts").has("0-dense.weight")).isTrue();
    }

    @Test
    void findingsFailWhenAsked() throws IOException {
        String spec = spec("{dense: 16}, relu, {dense: classes}, softmax", "");
        assertThat(run("check", "--fail-on", "low", spec)).isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void aWrongSpecIsSaidInOneLine() throws IOException {
        assertThat(run("check", spec("{dens: 16}", ""))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("dense");
    }

    @Test
    void aLayerThatDoesNotFitIsSaidWithItsPlace() throws IOException {
        String spec = spec("{conv: 8}, {dense: classes}", "");
        assertThat(run("check", spec)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(spec + ":4: conv wants").doesNotContain("fault of Auscult");
    }

    @Test
    void gradientsOfASoundNetworkAreRight() throws IOException {
        assertThat(run("gradcheck", "--samples", "5", spec(SOUND, ""))).isZero();
        assertThat(out.toString()).contains("0-dense.weight", "every gradient agrees");
        assertThat(run("gradcheck", "--layers", spec(SOUND, ""))).isZero();
        assertThat(out.toString()).containsPattern("0-dense +144 +36");
    }

    @Test
    void aNumberOfSamplesIsWanted() throws IOException {
        assertThat(run("gradcheck", "--samples", "none", spec(SOUND, ""))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("found none for --samples");
    }

    @Test
    void learningRatesAreProposedAndDrawn() throws IOException {
        Path svg = folder.resolve("rates.svg");
        Path png = folder.resolve("rates.png");
        assertThat(run("lr", "--plot", svg.toString(), spec(SOUND, ""))).isZero();
        assertThat(out.toString()).contains("valley", "minimum / 10", "steepest", "slide", "optimizer.learning-rate=");
        assertThat(Files.readString(svg)).startsWith("<svg").contains("valley").endsWith("</svg>\n");
        assertThat(run("lr", "--plot", png.toString(), spec(SOUND, ""))).isZero();
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(400);
    }

    @Test
    void learningRatesInJson() throws IOException {
        assertThat(run("lr", "--format", "json", spec(SOUND, ""))).isZero();
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        assertThat(report.get("suggestions").get("valley").asDouble()).isBetween(1e-6, 1.0);
        assertThat(report.get("loss").size())
                .isEqualTo(report.get("learning-rate").size());
    }

    @Test
    void aRangeTestNeedsAnOptimizerThatSteps() throws IOException {
        assertThat(run("lr", spec(SOUND, "optimizer: {type: lbfgs}\n"))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("lbfgs");
    }
}
