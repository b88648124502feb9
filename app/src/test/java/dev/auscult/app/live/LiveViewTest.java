package dev.auscult.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.app.report.Style;
import dev.auscult.run.ModelGraph;
import dev.auscult.train.loop.TrainingListener.Plan;
import dev.auscult.train.loop.TrainingListener.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveViewTest {
    private static final Style ASCII = new Style(false, false, 80);
    private static final Style COLOUR = new Style(true, true, 80);
    private static final Plan PLAN = new Plan(10, 20, 0, 64);
    private static final ModelGraph GRAPH = new ModelGraph(List.of(), "", "");

    private final StringWriter screen = new StringWriter();

    private static Map<String, Double> results(double loss) {
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("train/loss", loss);
        results.put("validation/loss", loss * 1.1);
        results.put("validation/accuracy", 1 - loss / 4);
        results.put("validation/a_metric_with_a_very_long_name", 0.5);
        return results;
    }

    /** Three and a half epochs, a step each half second, a tenth of it waiting. */
    private static Standing standing() {
        Standing standing = new Standing(PLAN, 0);
        long nanos = 0;
        for (int step = 1; step <= 70; step++) {
            nanos += 500_000_000L;
            double loss = 2.0 / (1 + step / 20.0);
            int epoch = (step - 1) / 20;
            standing.step(
                    new Step(
                            epoch,
                            step,
                            (step - 1) % 20 + 1,
                            loss,
                            0.001,
                            step % 2 == 0 ? 1.5 : Double.NaN,
                            64,
                            0.5,
                            0.05),
                    nanos);
            if (step % 20 == 0) {
                standing.evaluated(epoch + 1, results(loss), true);
            }
        }
        return standing;
    }

    private LiveView view(Style style) {
        return new LiveView(screen, style, Window.fixed(80, 24), "digits-mlp");
    }

    private List<String> picture(Style style, int columns, int rows) {
        return view(style).picture(standing(), new Window.Size(columns, rows), 35_000_000_000L);
    }

    @Test
    void itShowsWhatOneWantsToKnow() {
        List<String> picture = picture(ASCII, 100, 24);
        assertThat(picture.get(0))
                .startsWith("digits-mlp ####")
                .contains("--- ")
                .endsWith(" 35 % - epoch 4/10 - step 10/20 - 1 min 05 s left");
        assertThat(picture.get(1)).matches("train/loss +0\\.\\d{4}  [#*+=~._-]+");
        assertThat(picture.get(2)).matches("validation/loss +0\\.5500  #\\S*_");
        assertThat(picture.get(3)).matches("validation/accuracy +0\\.8750  _\\S*#");
        assertThat(picture.get(4)).startsWith("valida...ery_long_name").contains(" 0.5000");
        assertThat(picture.get(5)).matches("learning rate +0\\.001  _+");
        assertThat(picture.get(6)).matches("gradient norm +1\\.500  _+");
        assertThat(picture.get(7)).isEqualTo("128 examples/s - 10 % waiting for data - best: epoch 3");
    }

    @ParameterizedTest
    @CsvSource({"20, 24", "40, 24", "60, 10", "80, 24", "100, 5", "200, 50", "10, 2"})
    void noLineIsWiderAndNoPictureHigherThanTheWindow(int columns, int rows) {
        for (Style style : List.of(ASCII, COLOUR, Style.PLAIN)) {
            List<String> picture = picture(style, columns, rows);
            assertThat(picture).hasSizeBetween(1, Math.max(1, rows - 1));
            assertThat(picture).allMatch(line -> Paper.width(line) <= Math.max(20, columns - 1));
        }
    }

    @Test
    void aNarrowWindowHasTheFactsBelowTheBar() {
        List<String> picture = picture(ASCII, 50, 24);
        assertThat(picture.get(0)).startsWith("digits-mlp ###").endsWith(" 35 %");
        assertThat(picture.get(1)).isEqualTo("epoch 4/10 - step 10/20 - 1 min 05 s left");
    }

    @Test
    void withoutUnicodeThereIsNone() {
        assertThat(String.join("", picture(ASCII, 60, 24))).matches("\\p{ASCII}*");
    }

    @Test
    void withoutColourThereIsNone() {
        assertThat(String.join("", picture(Style.PLAIN, 80, 24))).doesNotContain("\u001b");
        assertThat(String.join("", picture(COLOUR, 80, 24))).contains("\u001b[34m");
    }

    @Test
    void eachPictureIsDrawnOverTheLastInOneStroke() {
        LiveView view = view(Style.PLAIN);
        view.started(List.of(), GRAPH, PLAN);
        int first = screen.getBuffer().length();
        view.close();
        String second = screen.toString().substring(first);
        int lines = (int) second.chars().filter(c -> c == '\n').count();
        assertThat(second).startsWith("\r\u001b[" + lines + "A\u001b[?7l").endsWith("\u001b[J\u001b[?7h");
    }

    @Test
    void findingsStayAboveThePictureInTheirColour() {
        LiveView view = view(COLOUR);
        view.started(List.of("classification, 10 classes"), GRAPH, PLAN);
        view.note("high: FIT101 overfitting: validation loss rose");
        view.note("the learning rate falls to a third");
        assertThat(screen.toString())
                .contains("\u001b[J\u001b[31mhigh: FIT101 overfitting: validation loss rose\u001b[0m\n")
                .contains("\u001b[33mthe learning rate falls to a third\u001b[0m\n");
    }

    @Test
    void aWindowThatBecameNarrowerHasBrokenTheLinesOfLastTime() {
        Paper paper = new Paper(screen);
        paper.draw(List.of("x".repeat(90), "y".repeat(10)), 100);
        screen.getBuffer().setLength(0);
        paper.draw(List.of("z"), 40);
        assertThat(screen.toString()).as("three rows and one").startsWith("\r\u001b[4A");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTerminalThatIsGoneDisturbsNobody(boolean live) {
        Writer gone = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        if (live) {
            LiveView view = new LiveView(gone, Style.PLAIN, Window.fixed(80, 24), "x");
            view.started(List.of("a"), GRAPH, PLAN);
            view.note("b");
            view.close();
        } else {
            PlainLines lines = new PlainLines(gone);
            lines.started(List.of("a"), GRAPH, PLAN);
            lines.note("b");
        }
        assertThat(screen.toString()).isEmpty();
    }

    @Test
    void plainLinesTellEachEvaluation() {
        PlainLines lines = new PlainLines(screen);
        lines.started(List.of("3 classes"), GRAPH, PLAN);
        lines.step(new Step(0, 1, 1, 0.7, 0.1, 1, 64, 0.1, 0));
        lines.evaluated(1, 20, Map.of("validation/loss", 0.4213), true);
        lines.evaluated(2, 40, Map.of("validation/loss", Double.NaN), false);
        assertThat(screen.toString())
                .isEqualTo(
                        "3 classes\nepoch 1/10: validation/loss 0.4213 (best so far)\nepoch 2/10: validation/loss NaN\n");
    }

    @Test
    void aTraceKeepsItsShapeHoweverLongItGrows() {
        Trace trace = new Trace();
        for (int i = 0; i < 10_000; i++) {
            trace.add(i);
        }
        assertThat(trace.draw(8, true)).isEqualTo("▁▂▃▄▅▆▇█");
        trace.add(Double.NaN);
        assertThat(trace.draw(128, true)).endsWith("×");
    }
}
