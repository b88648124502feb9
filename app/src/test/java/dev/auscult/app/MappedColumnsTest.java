package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.app.report.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code --map} as the guide shows it, from the command line to the report. */
class MappedColumnsTest {
    private static final int ROWS = 30;

    @TempDir
    Path folder;

    @Test
    void theExampleOfTheGuide() throws IOException {
        Path table = table("objective,held_out");

        assertThat(points(table, "--map", "loss=objective,val_loss=held_out")).isEqualTo(2 * ROWS);
        assertThat(points(table, "--map", "loss=objective", "--map", "val_loss=held_out"))
                .isEqualTo(2 * ROWS);
    }

    @Test
    void columnsWithCommasInTheirNames() throws IOException {
        Path table = table("\"a, b\",\"c,d\"");

        assertThat(points(table, "--map", "loss=a, b", "--map", "val_loss=c,d")).isEqualTo(2 * ROWS);
        assertThat(points(table, "--map", "loss=a, b,val_loss=c,d")).isEqualTo(2 * ROWS);
    }

    private Path table(String head) throws IOException {
        StringBuilder text = new StringBuilder(head).append('\n');
        for (int i = 1; i <= ROWS; i++) {
            text.append(1.0 / i).append(',').append(1.1 / i).append('\n');
        }
        return Files.writeString(folder.resolve("table.csv"), text);
    }

    private long points(Path table, String... more) {
        List<String> args = new ArrayList<>(List.of("diagnose", table.toString(), "--format", "json"));
        args.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Workplace usual = Workplace.usual();
        int code = new CommandLineTool(
                        new Terminal(out, err, false, false, Style.PLAIN),
                        new Workplace(folder, usual.book(), usual.source()))
                .run(args.toArray(String[]::new));
        assertThat(code).as(out + "\n" + err).isEqualTo(ExitCode.OK);
        JsonNode run = JsonMapper.builder()
                .build()
                .readTree(out.toString())
                .path("runs")
                .path(0);
        return run.path("points").asLong();
    }
}
