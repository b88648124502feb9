package dev.auscult.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import dev.auscult.app.faults.Tables.Columns;
import dev.auscult.data.Task;
import org.jspecify.annotations.Nullable;

/** The real tables, and what is truly the matter with each. */
final class RealTables {
    private static final int DIAMONDS = 3000;
    private static final int NEWS = 2400;

    final Subject<Tables> penguins;
    final Subject<Tables> titanic;
    final Subject<Tables> diamonds;
    final Subject<Tables> cuts;
    final Subject<Tables> news;

    RealTables(Path datasets) {
        Path folder = datasets.resolve("tabular");
        penguins = subject(
                "penguins",
                read(folder.resolve("penguins.csv")),
                300,
                new Columns("species", null, "flipper_length_mm", "island", ""),
                List.of());
        titanic = subject(
                "titanic",
                read(folder.resolve("titanic.csv")),
                800,
                new Columns("survived", Task.CLASSIFICATION, "fare", "embark_town", ""),
                List.of(
                        new KnownProblem(
                                "missing-values",
                                Set.of("age", "deck"),
                                "20 % of the ages and 77 % of the decks are missing, and more often of those who died"),
                        new KnownProblem("target-leak", Set.of("alive"), "alive is survived in words"),
                        new KnownProblem(
                                "correlated-columns",
                                Set.of(
                                        "survived",
                                        "alive",
                                        "pclass",
                                        "class",
                                        "embarked",
                                        "embark_town",
                                        "sex",
                                        "who",
                                        "adult_male",
                                        "alone",
                                        "sibsp",
                                        "parch"),
                                "alive, class, embark_town, who, adult_male and alone follow from the columns beside them"),
                        new KnownProblem(
                                "duplicates",
                                Set.of(),
                                "107 of 891 rows equal an earlier one: names and tickets were left out")));
        Sheet stones = read(folder.resolve("diamonds.csv"));
        List<KnownProblem> ofDiamonds = List.of(new KnownProblem(
                "correlated-columns",
                Set.of("carat", "price", "x", "y", "z"),
                "x, y and z are the sides of a stone and carat its weight: correlations of 0.95 to 0.99"));
        diamonds = subject(
                "diamonds",
                stones,
                DIAMONDS,
                new Columns("price", Task.REGRESSION, "depth", "clarity", ""),
                ofDiamonds);
        cuts = subject(
                "diamonds by cut",
                stones,
                DIAMONDS,
                new Columns("cut", Task.CLASSIFICATION, "depth", "clarity", ""),
                List.of(
                        ofDiamonds.get(0),
                        new KnownProblem(
                                "imbalanced-classes", Set.of("cut"), "1,610 stones are Fair and 21,551 are Ideal")));
        news = subject(
                "ag-news",
                read(datasets.resolve("ag-news/test.csv"), "class", "title", "text"),
                NEWS,
                new Columns("class", Task.CLASSIFICATION, "", "", "text"),
                List.of());
    }

    private static Subject<Tables> subject(
            String name, Sheet rows, int drawn, Columns columns, List<KnownProblem> known) {
        return new Subject<>(
                name,
                known,
                random -> new Tables(
                        rows.pick(Arrays.copyOf(Chance.order(rows.size(), random), drawn)), noTest(), columns));
    }

    private static @Nullable Sheet noTest() {
        return null;
    }

    private static Sheet read(Path file, String... names) {
        try {
            return Sheet.parse(Files.readString(file, StandardCharsets.UTF_8), List.of(names));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
