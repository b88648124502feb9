package dev.auscult.data.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.auscult.data.DataSettings;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameMaker;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Split;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Faults planted among made texts, each of which is found and nothing else. */
class TextsTest {
    private static final int COUNT = 300;
    private static final String[] FUNCTION = {"the", "of", "and", "to", "in", "is", "for", "that", "with", "was"};

    /** Words of two syllables from a list of 2,500, every third a function word; 20 to 60 of them. */
    private static String sentence(Random random) {
        String[] syllables = new String[50];
        for (int i = 0; i < syllables.length; i++) {
            syllables[i] = "" + "bcdfghklmn".charAt(i % 10) + "aeiou".charAt(i / 10);
        }
        StringBuilder text = new StringBuilder();
        int words = 20 + random.nextInt(40);
        for (int w = 0; w < words; w++) {
            text.append(w == 0 ? "" : " ")
                    .append(
                            w % 3 == 0
                                    ? FUNCTION[random.nextInt(FUNCTION.length)]
                                    : syllables[random.nextInt(50)] + syllables[random.nextInt(50)] + "r");
        }
        return text.append('.').toString();
    }

    private static List<String> texts(long seed, int count) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(sentence(random));
        }
        return texts;
    }

    private static Frame frame(FrameMaker maker, List<@Nullable String> texts) {
        return maker.text("text", texts.toArray(new String[0])).make();
    }

    private static List<Observation> look(List<@Nullable String> texts, DataSettings.@Nullable Text settings) {
        Frame train = frame(FrameMaker.train(), texts);
        return Texts.observe(
                MediaSettings.of("made.csv", null, settings),
                train,
                train.columns().get(0),
                null,
                Progress.SILENT);
    }

    private static List<Observation> look(List<@Nullable String> texts) {
        return look(texts, null);
    }

    private static Observation one(List<Observation> observations, Kind kind) {
        List<Observation> found =
                observations.stream().filter(o -> o.kind() == kind).toList();
        assertThat(found).as(kind.label()).hasSize(1);
        return found.get(0);
    }

    private static List<String> affected(List<Observation> observations) {
        return observations.stream()
                .filter(o -> o.get("affected") > 0)
                .map(o -> o.kind().label())
                .toList();
    }

    private static List<Long> rows(Observation observation) {
        return observation.examples().stream()
                .map(Observation.Example::row)
                .sorted()
                .toList();
    }

    @Test
    void healthyTextsAreQuiet() {
        List<Observation> found = look(texts(1, COUNT));
        assertThat(affected(found)).isEmpty();
        assertThat(one(found, Kind.MIXED_LANGUAGES).note("usual")).isEqualTo("English");
        assertThat(one(found, Kind.MIXED_LANGUAGES).get("told")).isGreaterThan(0.9 * COUNT);
    }

    @Test
    void emptyTextsAndMissingOnes() {
        List<@Nullable String> texts = new ArrayList<>(texts(1, COUNT));
        texts.set(6, "   ");
        texts.set(16, "... !");
        texts.set(26, null);
        List<Observation> found = look(texts);
        assertThat(affected(found)).containsExactly("empty-texts");
        Observation empty = one(found, Kind.EMPTY_TEXTS);
        assertThat(rows(empty)).containsExactly(7L, 17L, 27L);
        assertThat(empty.get("missing")).isEqualTo(1);
        assertThat(empty.get("rows")).isEqualTo(COUNT);
    }

    @Test
    void aTextFarLongerThanTheRest() {
        List<@Nullable String> texts = new ArrayList<>(texts(1, COUNT));
        texts.set(9, String.join(" ", texts(5, 40)));
        List<Observation> found = look(texts);
        assertThat(affected(found)).containsExactly("long-texts");
        assertThat(rows(one(found, Kind.LONG_TEXTS))).containsExactly(10L);
    }

    @Test
    void textsThatWillBeCutOrFilledUp() {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            texts.add("one two three four five six");
        }
        texts.add("one two");
        List<Observation> found = look(texts, new DataSettings.Text(List.of(), "words", 3, 4));
        Observation length = one(found, Kind.LONG_TEXTS);
        assertThat(length.get("cut")).isEqualTo(4);
        assertThat(length.get("lost-share")).isCloseTo(8.0 / 26, offset(1e-12));
        Observation waste = one(found, Kind.TOKEN_WASTE);
        assertThat(waste.get("padding-share")).isCloseTo(0.1, offset(1e-12));
        // Three of six words, one of which the others are as frequent as: 5 + 5 + 4 of 26 are known.
        assertThat(waste.get("unknown-share")).isCloseTo(12.0 / 26, offset(1e-12));
    }

    @Test
    void damagedEncoding() {
        List<@Nullable String> texts = new ArrayList<>(texts(1, COUNT));
        Charset windows = Charset.forName("windows-1252");
        String wrong = new String("Café – it’s über “good 😀".getBytes(StandardCharsets.UTF_8), windows);
        texts.set(3, texts.get(3) + " " + wrong);
        texts.set(4, texts.get(4) + " caf\uFFFD");
        texts.set(5, texts.get(5) + " bell\u0007");
        texts.set(6, texts.get(6) + " AT&amp;T costs #36;5");
        List<Observation> found = look(texts);
        assertThat(affected(found)).containsExactly("damaged-encoding");
        Observation damage = one(found, Kind.DAMAGED_ENCODING);
        assertThat(rows(damage)).containsExactly(4L, 5L, 6L, 7L);
        assertThat(damage.get("affected")).isEqualTo(3);
        assertThat(damage.get("mojibake")).isEqualTo(1);
        assertThat(damage.get("replaced")).isEqualTo(1);
        assertThat(damage.get("controls")).isEqualTo(1);
        assertThat(damage.get("entities")).isEqualTo(1);
    }

    @Test
    void everyLetterReadWronglyIsSeen() {
        Charset windows = Charset.forName("windows-1252");
        for (String word : List.of("é", "ü", "ñ", "’", "—", "€", "😀", "한국")) {
            String wrong = new String(word.getBytes(StandardCharsets.UTF_8), windows);
            assertThat(Damage.of("a " + wrong + " b").mojibake()).as(word).isPositive();
        }
        String cyrillic = new String("погода".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(Damage.of(cyrillic).mojibake()).isPositive();
    }

    @Test
    void wellSpeltTextsOfManyLanguagesAreWhole() {
        for (String text : List.of(
                "Él preguntó: «¿Dónde está el niño?» “CAFÉ”",
                "„Ä“, sagte er, „groß ist’s“ – Übermut tut selten gut: «Öl»",
                "À la fête, l’élève a dit «ÇA VA»; coûte 5 €…",
                "Não, a AÇÃO é às três; IRMÃ!",
                "Погода хорошая",
                "日本語のテキスト",
                "Zażółć gęślą jaźń",
                "AT&T; R&D; a & b; #1; 😀")) {
            assertThat(Damage.of(text).broken()).as(text).isFalse();
            assertThat(Damage.of(text).entities()).as(text).isZero();
        }
    }

    @Test
    void otherLanguagesAndScripts() {
        List<@Nullable String> texts = new ArrayList<>(texts(1, COUNT));
        texts.set(
                11,
                "Le gouvernement a annoncé que les négociations avec les syndicats se poursuivent dans le calme et que"
                        + " la réforme ne sera pas votée avant le mois prochain");
        texts.set(
                12,
                "Правительство объявило, что переговоры с профсоюзами продолжаются и что реформа не будет принята"
                        + " раньше следующего месяца");
        List<Observation> found = look(texts);
        assertThat(affected(found)).containsExactly("mixed-languages");
        Observation mixed = one(found, Kind.MIXED_LANGUAGES);
        assertThat(rows(mixed)).containsExactly(12L, 13L);
        assertThat(mixed.note("others")).isEqualTo("French, Cyrillic script");
    }

    @Test
    void nearDuplicatesHaveAnotherWordAndNoMore() {
        List<@Nullable String> texts = new ArrayList<>(texts(1, COUNT));
        String long1 = String.join(" ", texts(7, 3));
        texts.set(20, long1);
        texts.set(200, "Update: " + long1 + " More to come.");
        texts.set(201, texts.get(30));
        List<Observation> found = look(texts);
        assertThat(affected(found)).containsExactly("near-duplicates");
        Observation near = one(found, Kind.NEAR_DUPLICATES);
        assertThat(rows(near)).containsExactly(201L);
        assertThat(near.examples().get(0).value()).isEqualTo("almost the same as row 21");
        assertThat(near.get("exact")).isEqualTo(1);
    }

    @Test
    void textsOfTheTrainingPartInTheTestPart() {
        List<@Nullable String> train = new ArrayList<>(texts(1, COUNT));
        String long1 = String.join(" ", texts(7, 3));
        train.set(20, long1);
        List<@Nullable String> test = new ArrayList<>(texts(2, 100));
        test.set(5, train.get(77));
        test.set(6, "UPDATE: " + long1);
        Frame first = frame(FrameMaker.train(), train);
        List<Observation> found = Texts.observe(
                MediaSettings.of("made.csv", null),
                first,
                first.columns().get(0),
                frame(FrameMaker.test(), test),
                Progress.SILENT);
        List<Observation> leaked =
                found.stream().filter(o -> o.kind() == Kind.LEAKED_ROWS).toList();
        assertThat(leaked).extracting(o -> o.note("how")).containsExactly("exact", "near");
        assertThat(leaked).allMatch(o -> o.split() == Split.TEST && o.get("matching") == 1);
        assertThat(rows(leaked.get(0))).containsExactly(6L);
        assertThat(rows(leaked.get(1))).containsExactly(7L);
        assertThat(leaked.get(0).columns()).containsExactly("text");
    }

    @Test
    void jaccardIsTheShareOfWhatIsInBoth() {
        assertThat(ShingleIndex.jaccard(new long[] {1, 2, 3}, new long[] {2, 3, 4}))
                .isEqualTo(0.5);
        assertThat(ShingleIndex.jaccard(new long[0], new long[0])).isZero();
    }
}
