package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import dev.auscult.data.DataSettings.Validation;
import dev.auscult.data.error.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text as tokens, for classes and for language models. */
class TextTest {
    private static final String TOKENIZER =
            PreparedOracleTest.folder().resolve("tokenizer.json").toString();

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private PreparedData open(SettingsMaker settings) {
        return PreparedData.open(settings.make(), folder, 3, line -> {});
    }

    private static long[] tokens(Examples examples, int index) {
        long[] into = new long[examples.inputs().elements()];
        examples.inputs().readTokens(index, into, 0);
        return into;
    }

    private void writeTable() throws IOException {
        write("t.csv", """
                title,body,when,y
                "The sky","is blue, the sky!",1,a
                "A dog's day",,2,b
                "The end of it all","the é end",3,a
                """);
    }

    @Test
    void wordsAreNumberedByTheTrainingPart() throws IOException {
        writeTable();
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .text("words", 5, 6, "title", "body")
                .validation(new Validation(0.3, true, null, 0, 0, null, "when")));
        assertThat(data.vocabulary()).containsExactly("<padding>", "<unknown>", "sky", "the", "a", "blue", "day");
        assertThat(data.shape()).isEqualTo(new DataShape(Task.CLASSIFICATION, Extents.of(6), true, 7, 2));
        assertThat(tokens(data.train(), 0)).containsExactly(3, 2, 1, 5, 3, 2);
        assertThat(tokens(data.train(), 1)).containsExactly(4, 1, 6, 0, 0, 0);
        assertThat(tokens(data.validation().orElseThrow(), 0)).containsExactly(3, 1, 1, 1, 1, 3);
    }

    @Test
    void wordsAreRunsOfLetters() {
        List<String> words = new ArrayList<>();
        WordTokenizer.split("Don't STOP-now, 3.5 'quoted' naïve 東京 x'", words::add);
        assertThat(words).containsExactly("don't", "stop", "now", "3", "5", "quoted", "naïve", "東京", "x");
    }

    @Test
    void bytesAreThemselvesPlusOne() throws IOException {
        writeTable();
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .text("bytes", 0, 4, "title")
                .validation(SettingsMaker.NONE));
        assertThat(data.shape().vocabulary()).isEqualTo(257);
        assertThat(tokens(data.train(), 0)).containsExactly('T' + 1, 'h' + 1, 'e' + 1, ' ' + 1);
        assertThat(data.vocabulary()).isEmpty();
    }

    @Test
    void aTokenizerOfHuggingFaceIsReadFromDisk() throws IOException {
        writeTable();
        PreparedData data = open(SettingsMaker.train("t.csv")
                .target("y")
                .text(TOKENIZER, 0, 8)
                .validation(SettingsMaker.NONE)
                .text(TOKENIZER, 0, 8, "title", "body"));
        assertThat(data.shape().vocabulary()).isEqualTo(7);
        assertThat(tokens(data.train(), 0)).containsExactly(2, 3, 4, 5, 1, 2, 3, 6);
        assertThat(tokens(data.train(), 1)).containsExactly(1, 1, 1, 1, 1, 0, 0, 0);
        write("broken.json", "{\"model\": {\"type\": \"Nothing\"}}");
        write("list.json", "[1, 2]");
        for (String[] one : new String[][] {
            {"broken.json", "cannot be used as a tokenizer"},
            {"list.json", "has no \"model\""},
            {"gone.json", "no file"},
            {"t.csv", "is not JSON"}
        }) {
            assertThatThrownBy(
                            () -> open(SettingsMaker.train("t.csv").target("y").text(one[0], 0, 8, "title")))
                    .as(one[0])
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(one[1])
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void textAloneIsReadWithoutSettings() throws IOException {
        StringBuilder text = new StringBuilder("review,label\n");
        for (int i = 0; i < 30; i++) {
            text.append("this is the review number ").append(i).append(i % 2 == 0 ? ",good\n" : ",bad\n");
        }
        write("t.csv", text.toString());
        PreparedData data = open(SettingsMaker.train("t.csv"));
        assertThat(data.shape().tokens()).isTrue();
        assertThat(data.targetNames()).containsExactly("bad", "good");
        write("t.csv", text.toString().replace("\n", ",7\n").replace("label,7", "label,n"));
        PreparedData mixed = open(SettingsMaker.train("t.csv").target("label"));
        assertThat(mixed.inputNames()).containsExactly("n");
        assertThat(mixed.story()).anyMatch(s -> s.contains("left out review"));
    }

    @Test
    void aTextFileBecomesBlocksThatTogetherAreTheText() throws IOException {
        Random random = new Random(2);
        String text = random.ints(9_000, 0, 60)
                .mapToObj(i -> i < 45 ? String.valueOf((char) ('a' + i % 26)) : i < 58 ? " " : i < 59 ? "\n" : "é")
                .collect(Collectors.joining());
        write("t.txt", text);
        PreparedData data =
                open(SettingsMaker.train("t.txt").task(Task.LANGUAGE_MODEL).text("bytes", 0, 50));
        assertThat(data.shape()).isEqualTo(new DataShape(Task.LANGUAGE_MODEL, Extents.of(50), true, 257, 257));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Examples train = data.train();
        for (int i = 0; i < train.size(); i++) {
            long[] block = tokens(train, i);
            assertThat(block).hasSize(51);
            for (int j = 0; j <= 50; j++) {
                assertThat(block[j]).isEqualTo((bytes[i * 50 + j] & 0xFF) + 1);
            }
        }
        int learnt = train.size() * 50 + 1;
        Examples validation = data.validation().orElseThrow();
        int held = validation.size() * 50 + 1;
        // What is left over of each part is less than a block.
        assertThat(bytes.length - learnt - held).isBetween(-1, 100);
        assertThat((double) held / bytes.length).isBetween(0.18, 0.22);
        long[] last = tokens(validation, validation.size() - 1);
        assertThat(text.getBytes(StandardCharsets.UTF_8).length - 1).isGreaterThan(learnt);
        assertThat(last[50]).isBetween(1L, 256L);
        assertThatThrownBy(() -> open(
                        SettingsMaker.train("t.txt").task(Task.LANGUAGE_MODEL).text("bytes", 0, 8000)))
                .hasMessageContaining("wanted at least 8,001 for one example");
    }

    @Test
    void aTextFileOfWordsKnowsOnlyTheWordsOfItsFirstPart() throws IOException {
        write("t.txt", "one two three four ".repeat(400) + "five six ".repeat(200));
        PreparedData data = open(SettingsMaker.train("t.txt")
                .task(Task.LANGUAGE_MODEL)
                .text("words", 100, 10)
                .validation(new Validation(0.2, true, null, 0, 0, null, null)));
        assertThat(data.vocabulary())
                .startsWith("<padding>", "<unknown>")
                .containsExactlyInAnyOrder("<padding>", "<unknown>", "one", "two", "three", "four");
        long[] tokens = tokens(data.train(), 0);
        for (int i = 0; i < tokens.length; i++) {
            assertThat(data.vocabulary().get((int) tokens[i]))
                    .isEqualTo(List.of("one", "two", "three", "four").get(i % 4));
        }
        Examples validation = data.validation().orElseThrow();
        assertThat(tokens(validation, validation.size() - 1)).containsOnly(1);
    }

    @Test
    void textsOfAColumnFollowOneAnother() throws IOException {
        write("t.csv", "text\nabc\nde\nfghij\n");
        PreparedData data = open(SettingsMaker.train("t.csv")
                .task(Task.LANGUAGE_MODEL)
                .text("bytes", 0, 4, "text")
                .validation(SettingsMaker.NONE));
        assertThat(data.train().size()).isEqualTo(3);
        assertThat(tokens(data.train(), 0)).containsExactly('a' + 1, 'b' + 1, 'c' + 1, 0, 'd' + 1);
        assertThat(tokens(data.train(), 1)).containsExactly('d' + 1, 'e' + 1, 0, 'f' + 1, 'g' + 1);
    }

    @Test
    void theSettingsThatRanAreToldAndGiveTheSameAgain() throws IOException {
        StringBuilder text = new StringBuilder("review,label\n");
        for (int i = 0; i < 30; i++) {
            text.append("this is the review number ").append(i).append(i % 2 == 0 ? ",good\n" : ",bad\n");
        }
        write("t.csv", text.toString());
        PreparedData data = open(SettingsMaker.train("t.csv"));
        DataSettings ran = data.settings();
        assertThat(ran.task()).isEqualTo(Task.CLASSIFICATION);
        assertThat(ran.target()).containsExactly("label");
        assertThat(ran.text()).isEqualTo(new DataSettings.Text(List.of("review"), "words", 10_000, 128));
        PreparedData again = PreparedData.open(ran, folder, 3, line -> {});
        assertThat(again.settings()).isEqualTo(ran);
        assertThat(again.vocabulary()).isEqualTo(data.vocabulary());
        assertThat(tokens(again.train(), 3)).isEqualTo(tokens(data.train(), 3));
    }

    @Test
    void aBlockThatEndsInTheTokenZeroKeepsItsTarget() throws IOException {
        write("t.csv", "text\nabc\nde\nfghij\n");
        PreparedData data = open(SettingsMaker.train("t.csv")
                .task(Task.LANGUAGE_MODEL)
                .text("bytes", 0, 3, "text")
                .validation(SettingsMaker.NONE));
        assertThat(tokens(data.train(), 0)).containsExactly('a' + 1, 'b' + 1, 'c' + 1, 0);
        LoaderSettings settings = new LoaderSettings(1, false, false, List.of(), 1);
        try (Loader loader = Loader.of(data.train(), settings)) {
            loader.startEpoch(0, 0);
            Batch batch = loader.next();
            assertThat(batch).isNotNull();
            assertThat(batch.classes).containsExactly('b' + 1, 'c' + 1, 0);
        }
    }
}
