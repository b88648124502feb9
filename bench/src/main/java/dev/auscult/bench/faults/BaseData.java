package dev.auscult.bench.faults;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** The data of the base programs: public sets in small, and sets made by formulas. */
final class BaseData {
    private static final int HELD_OUT = 4;

    private final Path datasets;

    BaseData(Path datasets) {
        this.datasets = datasets;
    }

    /** Writes {@code train.csv} and {@code validation.csv}; every fourth row of the shuffled set is held out. */
    void write(Base base, Path folder) throws IOException {
        if (Files.exists(folder.resolve("validation.csv"))) {
            return;
        }
        Files.createDirectories(folder);
        Rows all = rows(base.name()).shuffled(new Random(17));
        List<String[]> train = new ArrayList<>();
        List<String[]> validation = new ArrayList<>();
        for (int i = 0; i < all.rows().size(); i++) {
            (i % HELD_OUT == 0 ? validation : train).add(all.rows().get(i));
        }
        all.with(train).write(folder.resolve("train.csv"));
        all.with(validation).write(folder.resolve("validation.csv"));
    }

    private Rows rows(String base) throws IOException {
        String set = base.substring(0, base.indexOf('-'));
        return switch (set) {
            case "digits" -> numbered(lines("tabular/digits.csv.gz"), ",", 0);
            case "cancer" -> numbered(lines("tabular/breast_cancer.csv"), ",", 1);
            case "wine" -> numbered(lines("tabular/wine_data.csv"), ",", 1);
            case "titanic" ->
                chosen("titanic", "survived", "pclass", "sex", "age", "sibsp", "parch", "fare", "embarked");
            case "penguins" ->
                chosen(
                        "penguins",
                        "species",
                        "island",
                        "bill_length_mm",
                        "bill_depth_mm",
                        "flipper_length_mm",
                        "body_mass_g",
                        "sex");
            case "mpg" ->
                chosen(
                        "mpg",
                        "mpg",
                        "cylinders",
                        "displacement",
                        "horsepower",
                        "weight",
                        "acceleration",
                        "model_year",
                        "origin",
                        "name");
            case "diamonds" ->
                first(
                        chosen("diamonds", "carat", "cut", "color", "clarity", "depth", "table", "price")
                                .shuffled(new Random(5)),
                        3000);
            case "diabetes" -> diabetes();
            case "mnist" -> mnist(2000);
            case "news" -> news(base.endsWith("words") ? 3000 : 2000);
            case "friedman" -> friedman(1600);
            case "spirals" -> spirals(1500);
            case "waves" -> waves(1600);
            case "echo" -> echo(2000);
            default -> throw new IllegalArgumentException(base);
        };
    }

    private List<String> lines(String name) throws IOException {
        Path file = datasets.resolve(name);
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(l -> !l.isBlank()).toList();
        }
    }

    /** Columns without names, the last one the label. */
    private static Rows numbered(List<String> lines, String separator, int skipped) {
        List<String[]> rows = new ArrayList<>();
        for (String line : lines.subList(skipped, lines.size())) {
            rows.add(line.strip().split(separator, -1));
        }
        List<String> header = new ArrayList<>();
        IntStream.range(0, rows.get(0).length - 1).forEach(i -> header.add("x" + i));
        header.add("label");
        rows.forEach(r -> r[r.length - 1] = "c" + (int) Double.parseDouble(r[r.length - 1]));
        return new Rows(header, rows);
    }

    private Rows chosen(String name, String... columns) throws IOException {
        List<String> lines = lines("tabular/" + name + ".csv");
        List<String> header = List.of(lines.get(0).replace("\"", "").split(",", -1));
        List<String[]> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.replace("\"", "").split(",", -1);
            String[] row = new String[columns.length];
            for (int c = 0; c < columns.length; c++) {
                row[c] = cells[header.indexOf(columns[c])];
            }
            rows.add(row);
        }
        return new Rows(List.of(columns), rows);
    }

    private static Rows first(Rows rows, int count) {
        return rows.with(new ArrayList<>(rows.rows().subList(0, count)));
    }

    private Rows diabetes() throws IOException {
        List<String> inputs = lines("tabular/diabetes_data_raw.csv.gz");
        List<String> targets = lines("tabular/diabetes_target.csv.gz");
        List<String> header =
                new ArrayList<>(IntStream.range(0, 10).mapToObj(i -> "x" + i).toList());
        header.add("target");
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            rows.add((inputs.get(i).strip() + " " + targets.get(i).strip()).split("\\s+", -1));
        }
        return new Rows(header, rows);
    }

    /** Every second pixel of every second line, as the mean of the four. */
    private Rows mnist(int count) throws IOException {
        try (DataInputStream images = open("mnist-10k/images-idx3-ubyte.gz");
                DataInputStream labels = open("mnist-10k/labels-idx1-ubyte.gz")) {
            images.skipNBytes(16);
            labels.skipNBytes(8);
            List<String> header = new ArrayList<>(
                    IntStream.range(0, 196).mapToObj(i -> "p" + i).toList());
            header.add("label");
            List<String[]> rows = new ArrayList<>();
            byte[] image = new byte[784];
            for (int i = 0; i < count; i++) {
                images.readFully(image);
                String[] row = new String[197];
                for (int p = 0; p < 196; p++) {
                    int at = p / 14 * 2 * 28 + p % 14 * 2;
                    row[p] = String.valueOf(((image[at] & 255)
                                    + (image[at + 1] & 255)
                                    + (image[at + 28] & 255)
                                    + (image[at + 29] & 255))
                            / 4);
                }
                row[196] = "c" + labels.readUnsignedByte();
                rows.add(row);
            }
            return new Rows(header, rows);
        }
    }

    private DataInputStream open(String name) throws IOException {
        return new DataInputStream(
                new java.io.BufferedInputStream(new GZIPInputStream(Files.newInputStream(datasets.resolve(name)))));
    }

    private Rows news(int count) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line : lines("ag-news/test.csv")) {
            if (rows.size() < count) {
                String[] cells = line.substring(1, line.length() - 1).split("\",\"", 3);
                rows.add(new String[] {
                    "t" + cells[0],
                    (cells[1] + " " + cells[2]).replace('\t', ' ').replace('"', ' ')
                });
            }
        }
        return new Rows(List.of("topic", "text"), rows);
    }

    /** Friedman's first problem (Friedman 1991, section 4.3): 10 sin(πx₁x₂) + 20(x₃ − ½)² + 10x₄ + 5x₅ + N(0, 1). */
    private static Rows friedman(int count) {
        Random random = new Random(1);
        List<String> header =
                new ArrayList<>(IntStream.range(0, 8).mapToObj(i -> "x" + i).toList());
        header.add("y");
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] x = random.doubles(8).toArray();
            double y = 10 * Math.sin(Math.PI * x[0] * x[1])
                    + 20 * Math.pow(x[2] - 0.5, 2)
                    + 10 * x[3]
                    + 5 * x[4]
                    + random.nextGaussian();
            rows.add(row(x, number(y)));
        }
        return new Rows(header, rows);
    }

    /** Three arms that wind around each other, with noise. */
    private static Rows spirals(int count) {
        Random random = new Random(2);
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int arm = i % 3;
            double t = Math.sqrt(random.nextDouble()) * 1.5 * 2 * Math.PI;
            double angle = t + arm * 2 * Math.PI / 3;
            double[] x = {
                t * Math.cos(angle) + 0.25 * random.nextGaussian(), t * Math.sin(angle) + 0.25 * random.nextGaussian()
            };
            rows.add(row(x, "c" + arm));
        }
        return new Rows(List.of("x0", "x1", "label"), rows);
    }

    /** Four shapes of wave with random phase, period and noise. */
    private static Rows waves(int count) {
        Random random = new Random(3);
        List<String> header =
                new ArrayList<>(IntStream.range(0, 24).mapToObj(i -> "s" + i).toList());
        header.add("label");
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = i % 4;
            double phase = random.nextDouble();
            double period = 6 + 3 * random.nextDouble();
            double[] x = new double[24];
            for (int t = 0; t < 24; t++) {
                double u = (t / period + phase) % 1;
                double wave = switch (kind) {
                    case 0 -> Math.sin(2 * Math.PI * u);
                    case 1 -> u < 0.5 ? 1 : -1;
                    case 2 -> 2 * u - 1;
                    default -> Math.sin(4 * Math.PI * u);
                };
                x[t] = wave + 0.15 * random.nextGaussian();
            }
            rows.add(row(x, "c" + kind));
        }
        return new Rows(header, rows);
    }

    /** Which of three levels the first samples had, followed by noise. */
    private static Rows echo(int count) {
        Random random = new Random(4);
        List<String> header =
                new ArrayList<>(IntStream.range(0, 16).mapToObj(i -> "s" + i).toList());
        header.add("label");
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = i % 3;
            double[] x = new double[16];
            for (int t = 0; t < 16; t++) {
                x[t] = (t < 3 ? kind - 1 : 0) + 0.3 * random.nextGaussian();
            }
            rows.add(row(x, "c" + kind));
        }
        return new Rows(header, rows);
    }

    private static String[] row(double[] x, String label) {
        String[] row = new String[x.length + 1];
        for (int i = 0; i < x.length; i++) {
            row[i] = number(x[i]);
        }
        row[x.length] = label;
        return row;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
