package dev.auscult.app.faults;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.auscult.app.faults.Fault.Damaged;
import dev.auscult.app.faults.Fault.Preparation;

/** Faults in a column of text. */
final class Texts {
    /** Apostrophes and dashes as typesetters set them: what a wrong encoding would show. */
    static final Preparation<Tables> TYPESET = new Preparation<>(
            "typeset",
            Set.of(),
            (sample, random) -> sample.both(s -> s.change(
                    sample.columns().text(),
                    s.filled(sample.columns().text()),
                    text -> text.replace('\'', '’').replace(" - ", " – "))));

    private static final String[][][] SENTENCES = {
        {
            {"Die Regierung", "Ein Sprecher der Firma", "Der neue Trainer", "Eine Gruppe von Forschern"},
            {"hat gestern", "wird am Montag", "soll nach eigenen Angaben", "wollte im Herbst"},
            {"den Vertrag mit dem Verband", "die Zahlen für das Quartal", "einen Versuch über dem Meer"},
            {"in Hamburg vorstellen.", "ohne Begründung verschieben.", "für gescheitert erklären."}
        },
        {
            {"Le gouvernement", "Un porte-parole du groupe", "L’entraîneur de l’équipe", "Une étude récente"},
            {"a confirmé hier", "devrait annoncer lundi", "n’a pas voulu commenter", "met en doute"},
            {"l’accord signé avec les syndicats", "les résultats du trimestre", "le départ du joueur"},
            {"devant la presse à Lyon.", "malgré les critiques.", "pour la deuxième fois."}
        },
        {
            {"Правительство", "Представитель компании", "Новый тренер сборной", "Группа учёных"},
            {"вчера подтвердило", "в понедельник объявит", "не стало комментировать", "ставит под сомнение"},
            {"договор с профсоюзами", "итоги квартала", "результаты опыта над морем"},
            {"в Москве.", "несмотря на критику.", "во второй раз за год."}
        }
    };

    private Texts() {}

    private static Damaged<Tables> change(Tables sample, double percent, Random random, Change change) {
        String name = sample.columns().text();
        int[] cells = Chance.some(sample.train().size(), percent / 100, random);
        return new Damaged<>(sample.train(s -> s.change(name, cells, change::apply)), Set.of(name));
    }

    private interface Change {
        String apply(String text);
    }

    /** Nothing, blanks or punctuation. */
    static Damaged<Tables> empty(Tables sample, double percent, Random random) {
        String[] nothing = {"", "   ", "-", "...", "?"};
        return change(sample, percent, random, text -> nothing[random.nextInt(nothing.length)]);
    }

    /** The texts of thirty rows in one. */
    static Damaged<Tables> long_(Tables sample, double percent, Random random) {
        Sheet train = sample.train();
        return change(
                sample,
                percent,
                random,
                text -> IntStream.range(0, 30)
                        .mapToObj(i -> train.cell(
                                random.nextInt(train.size()), sample.columns().text()))
                        .reduce(text, (a, b) -> a + " " + b));
    }

    /** UTF-8 taken for Windows-1252. */
    static Damaged<Tables> damaged(Tables sample, double percent, Random random) {
        Sheet train = sample.train();
        String name = sample.columns().text();
        int[] affected = IntStream.range(0, train.size())
                .filter(r -> train.cell(r, name).chars().anyMatch(c -> c > 127))
                .toArray();
        double share = percent / 100 * train.size() / affected.length;
        int[] cells = Chance.some(affected, Math.min(1, share), random);
        return new Damaged<>(
                sample.train(s -> s.change(
                        name,
                        cells,
                        text -> new String(text.getBytes(StandardCharsets.UTF_8), Charset.forName("windows-1252")))),
                Set.of());
    }

    /** Three sentences of another language. */
    static Damaged<Tables> foreign(Tables sample, double percent, Random random) {
        return change(sample, percent, random, text -> {
            String[][] language = SENTENCES[random.nextInt(SENTENCES.length)];
            StringBuilder built = new StringBuilder();
            for (int sentence = 0; sentence < 3; sentence++) {
                for (String[] part : language) {
                    built.append(built.isEmpty() ? "" : " ").append(part[random.nextInt(part.length)]);
                }
            }
            return built.toString();
        });
    }

    /** Texts cut to their first two words, so that padding is most of what a network would read. */
    static Damaged<Tables> cut(Tables sample, double percent, Random random) {
        return change(sample, percent, random, text -> {
            String[] words = text.split(" ", 4);
            return String.join(" ", Arrays.copyOf(words, Math.min(2, words.length)));
        });
    }

    /** Rows that stand in the file once more with one word of the text exchanged. */
    static Damaged<Tables> nearly(Tables sample, double percent, Random random) {
        Sheet train = sample.train();
        int[] again = Chance.some(train.size(), percent / 100, random);
        return new Damaged<>(
                sample.train(s -> RowDamage.shuffled(s.and(edited(s.pick(again), sample, random)), random)), Set.of());
    }

    /** Training rows with one word of the text exchanged in the place of test rows. */
    static Damaged<Tables> nearlyLeaked(Tables sample, double percent, Random random) {
        return SplitDamage.leakedRows(sample, percent, random, rows -> edited(rows, sample, random));
    }

    private static Sheet edited(Sheet sheet, Tables sample, Random random) {
        String name = sample.columns().text();
        return sheet.change(name, IntStream.range(0, sheet.size()).toArray(), text -> {
            String[] words = text.split(" ", -1);
            words[random.nextInt(words.length)] = "reportedly";
            return String.join(" ", words);
        });
    }
}
