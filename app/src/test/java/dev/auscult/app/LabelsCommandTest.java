package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LabelsCommandTest {
    private static final byte[] GIVEN = {0, 0, 0, 0, 0, 1, 1, 1, 1};
    private static final float[] P = {
        0.9f, 0.1f, 0.8f, 0.2f, 0.7f, 0.3f, 0.2f, 0.8f, 0.55f, 0.45f, //
        0.1f, 0.9f, 0.3f, 0.7f, 0.4f, 0.6f, 0.9f, 0.1f
    };

    @TempDir
    Path folder;

    private Toys toys;

    @BeforeEach
    void setUp() throws IOException {
        toys = new Toys(folder);
        npy("labels.npy", "|u1", "9,", GIVEN);
        npy("p.npy", "<f4", "9, 2", bytes(P));
    }

    private static byte[] bytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private void npy(String name, String type, String shape, byte[] elements) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        bytes.write(header.getBytes(StandardCharsets.US_ASCII));
        bytes.write(elements);
        Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private int labels(String given, String probabilities, String... more) {
        String[] args = new String[more.length + 6];
        args[0] = "data";
        args[1] = "labels";
        args[2] = "--given";
        args[3] = folder.resolve(given).toString();
        args[4] = "--probabilities";
        args[5] = folder.resolve(probabilities).toString();
        System.arraycopy(more, 0, args, 6, more.length);
        return toys.auscult(args);
    }

    @Test
    void jsonHasNoiseJointAndSuspects() {
        assertThat(labels("labels.npy", "p.npy", "--format", "json")).isEqualTo(ExitCode.OK);
        JsonNode report = JsonMapper.shared().readTree(toys.out.toString());
        assertThat(report.propertyNames()).containsExactly("noise", "joint", "suspects");
        assertThat(report.get("noise").doubleValue()).isEqualTo(2.25 / 9);
        assertThat(report.get("joint").toString()).startsWith("[[0.41666").contains("0.3333333333333333]]");
        assertThat(report.get("suspects")).hasSize(2);
        JsonNode first = report.get("suspects").get(0);
        assertThat(first.propertyNames()).containsExactly("index", "given", "suggested", "margin");
        assertThat(first.get("index").intValue()).isEqualTo(8);
        assertThat(first.get("given").intValue()).isEqualTo(1);
        assertThat(first.get("suggested").intValue()).isZero();
        assertThat(first.get("margin").doubleValue()).isEqualTo((double) 0.1f - 0.9f);
        assertThat(toys.err.toString()).isEmpty();
    }

    @Test
    void aScreenForPeopleThatAccusesNobody() {
        assertThat(labels("labels.npy", "p.npy")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString())
                .contains("9 labels, 2 classes", "25 % of the labels estimated to be wrong", "between 17 % and 40 %")
                .contains("2 by method pbnr (22 %)")
                .contains("           8       1          0   -0.800")
                .contains("class 0 that may be 1 (1)", "about 4 of 5")
                .doesNotContain("wrong label");
        assertThat(toys.out.toString().lines().count()).isLessThan(24);
    }

    @Test
    void noSuspectsAreWrittenToo() throws IOException {
        npy("right.npy", "<i8", "2,", new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0});
        npy("sure.npy", "<f4", "2, 2", bytes(1, 0, 0, 1));
        assertThat(labels("right.npy", "sure.npy", "--format=json")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString()).contains("\"noise\": 0.0", "[0.5, 0]", "\"suspects\": []");
        assertThat(toys.err.toString()).contains("as if the model had been trained on them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gone.npy   | p.npy      | 3 | there is no file",
                "labels.npy | gone.npy   | 3 | there is no file",
                "p.npy      | p.npy      | 3 | found float32 [9, 2], wanted one whole number for each example",
                "labels.npy | labels.npy | 3 | found unsigned8 [9], wanted a matrix of floats",
                "labels.npy | short.npy  | 3 | found 9 labels and probabilities of 2 examples",
                "minus.npy  | p.npy      | 3 | label -1 of example 1, wanted classes from 0",
            })
    void whatCannotBeUsedIsOneLine(String given, String probabilities, int code, String said) throws IOException {
        npy("short.npy", "<f4", "2, 2", bytes(1, 0, 0, 1));
        npy("minus.npy", "|i1", "2,", new byte[] {0, -1});
        assertThat(labels(given, probabilities)).isEqualTo(code);
        assertThat(toys.err.toString()).startsWith("auscult: ").contains(said).hasLineCount(1);
        assertThat(toys.out.toString()).isEmpty();
    }

    @Test
    void wrongUsageIsOneLine() {
        assertThat(labels("labels.npy", "p.npy", "--method", "pbrn")).isEqualTo(ExitCode.USAGE);
        assertThat(toys.err.toString()).contains("unknown method pbrn", "pbnr").hasLineCount(1);
        assertThat(toys.auscult("data", "labels")).isEqualTo(ExitCode.USAGE);
        assertThat(toys.err.toString()).contains("--given", "auscult data labels --help");
        assertThat(toys.auscult("data")).isEqualTo(ExitCode.USAGE);
        assertThat(toys.err.toString()).contains("wanted auscult data TRAIN [TEST]");
        assertThat(toys.auscult("data", "lables")).isEqualTo(ExitCode.UNREADABLE);
        assertThat(toys.err.toString()).contains("lables does not exist");
    }

    @Test
    void commandsOfCommandsHaveHelpAndCompletion() {
        assertThat(toys.auscult("data", "labels", "--help")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString()).contains("Usage: auscult data labels", "pbnr, pbc, both, joint or");
        assertThat(toys.auscult("data", "--help")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString()).contains("Usage: auscult data", "  labels  ");
        assertThat(toys.auscult("completion", "fish")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString())
                .contains(
                        "-n '__fish_seen_subcommand_from data' -a labels",
                        "__fish_seen_subcommand_from labels' -l given");
        assertThat(toys.auscult("completion", "bash")).isEqualTo(ExitCode.OK);
        assertThat(toys.out.toString()).contains("_picocli_auscult_data_labels");
    }
}
