package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.auscult.app.report.Style;
import org.junit.jupiter.api.Test;

/** What the README shows is what Auscult says; {@code -Dverdicts=write} writes it anew. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String BEGIN = "```\n$ ./auscult diagnose examples/overfitting\n";
    private static final String END = "```\n";
    /** From here on a report tells what the log lacks, which the README leaves out. */
    private static final String GAPS = "\nCould not tell\n";

    @Test
    void theSickRunIsShownAsItIs() throws IOException {
        Path readme = ROOT.resolve("README.md");
        String text = Files.readString(readme);
        int from = text.indexOf(BEGIN);
        assertThat(from).as("the block of the README").isNotNegative();
        from += BEGIN.length();
        int to = text.indexOf(END, from);
        String said = diagnosed("examples/overfitting");
        if ("write".equals(System.getProperty("verdicts"))) {
            Files.writeString(readme, text.substring(0, from) + said + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to)).isEqualTo(said);
    }

    private static String diagnosed(String run) {
        StringWriter out = new StringWriter();
        Workplace usual = Workplace.usual();
        Workplace root = new Workplace(ROOT, usual.book(), usual.source());
        int code = new CommandLineTool(new Terminal(out, new StringWriter(), false, false, Style.PLAIN), root)
                .run("diagnose", ROOT.resolve(run).toString());
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains(GAPS);
        return out.toString().substring(0, out.toString().indexOf(GAPS));
    }
}
