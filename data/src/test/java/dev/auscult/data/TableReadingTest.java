package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import dev.auscult.data.error.DataException;
import dev.auscult.data.table.ColumnType;
import dev.auscult.data.table.RowSink;
import dev.auscult.data.table.Rows;
import dev.auscult.data.table.Table;
import dev.auscult.data.table.TableFiles;
import dev.auscult.data.table.TableScan;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they come: separators, headers, encodings, formats, and what is broken. */
class TableReadingTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static Rows rows(Path file) {
        return TableFiles.open(file, null, null, null);
    }

    @Test
    void whatIsNoFileOrIsUtf32IsRefused() throws IOException {
        Path device = Path.of("/dev/zero");
        Assumptions.assumeTrue(Files.exists(device), "this system has no devices in files");
        for (String format : new String[] {"csv", "jsonl"}) {
            assertThatThrownBy(() -> TableFiles.open(device, format, null, null))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a pipe or a device");
        }
        Path wide = write("wide.csv", "\uFEFFa,b\n1,2\n".getBytes(Charset.forName("UTF-32LE")));
        assertThatThrownBy(() -> rows(wide)).isInstanceOf(DataException.class).hasMessageContaining("UTF-32");
    }

    /** All cells as text, row by row. */
    private static List<List<String>> cells(Rows rows) {
        List<List<String>> all = new ArrayList<>();
        String[] row = new String[rows.names().size()];
        rows.read(new RowSink() {
            @Override
            public void text(int column, char[] chars, int offset, int length) {
                row[column] = new String(chars, offset, length);
            }

            @Override
            public void number(int column, double value) {
                row[column] = Labels.of(value);
            }

            @Override
            public void missing(int column) {
                row[column] = "";
            }

            @Override
            public void end(long line) {
                all.add(List.of(row.clone()));
            }
        });
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|", " "})
    void separatorsAreFound(String separator) throws IOException {
        String text = "size,weight,price\n1,2.5,3\n4,,6\n7,8,9\n".replace(",", separator);
        if (separator.equals(" ")) {
            text = text.replace("4  6", "4 NA 6");
        }
        Rows rows = rows(write("t.dat", text));
        assertThat(rows.names()).containsExactly("size", "weight", "price");
        assertThat(rows.named()).isTrue();
        assertThat(cells(rows)).hasSize(3);
        assertThat(cells(rows).get(2)).containsExactly("7", "8", "9");
    }

    @Test
    void runsOfBlanksAreOneSeparator() throws IOException {
        Rows rows = rows(write("t.data", "  1.0   2.0 3.0\n 10.0  20.0   30.0\n"));
        assertThat(cells(rows)).containsExactly(List.of("1.0", "2.0", "3.0"), List.of("10.0", "20.0", "30.0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a,b'n'1,2'n'3,4!true",
                "1,2'n'3,4'n'5,6!false",
                "x,1'n'y,2'n'z,3!false",
                "text,label'n'good film,pos'n'bad film,neg!true",
                "pos,red'n'pos,blue'n'neg,red!false",
                ",b'n'0,2'n'1,4!true",
                "a,a'n'1,2'n'3,4!true"
            })
    void headersAreRecognised(String text, boolean named) throws IOException {
        Path file = write("t.csv", text.replace("'n'", "\n") + "\n");
        assertThat(rows(file).named()).isEqualTo(named);
    }

    @Test
    void quotesLinesAndBlanksInsideCellsAreKept() throws IOException {
        Path file = write("t.csv", "a,b\r\n\"x, \"\"y\"\"\",1\r\n\"two\nlines\", 2 \r\n\r\nlast,3");
        assertThat(cells(rows(file)))
                .containsExactly(List.of("x, \"y\"", "1"), List.of("two\nlines", "2"), List.of("last", "3"));
    }

    @Test
    void aFirstLineOfCountsNamesTheClasses() throws IOException {
        Path file = write("t.csv", "3,2,setosa,virginica\n1,2,0\n3,4,1\n5,6,0\n");
        Rows rows = rows(file);
        assertThat(rows.classNames()).containsExactly("setosa", "virginica");
        assertThat(cells(rows)).hasSize(3);
        assertThatThrownBy(() -> cells(rows(write("t.csv", "4,2,setosa,virginica\n1,2,0\n3,4,1\n5,6,0\n"))))
                .hasMessageContaining("promises 4 rows, found 3");
    }

    @Test
    void encodingsAreFound() throws IOException {
        String text = "name,n\nZoë,1\nJürgen,2\n";
        List<List<String>> wanted = List.of(List.of("Zoë", "1"), List.of("Jürgen", "2"));
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] marked = new byte[utf8.length + 3];
        marked[0] = (byte) 0xEF;
        marked[1] = (byte) 0xBB;
        marked[2] = (byte) 0xBF;
        System.arraycopy(utf8, 0, marked, 3, utf8.length);
        assertThat(cells(rows(write("u.csv", utf8)))).isEqualTo(wanted);
        assertThat(rows(write("b.csv", marked)).names()).containsExactly("name", "n");
        assertThat(cells(rows(write("l.csv", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE)))))
                .isEqualTo(wanted);
        assertThat(cells(rows(write("e.csv", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE)))))
                .isEqualTo(wanted);
        Rows old = rows(write("w.csv", text.getBytes(Charset.forName("windows-1252"))));
        assertThat(cells(old)).isEqualTo(wanted);
        assertThat(old.remarks()).singleElement().asString().contains("windows-1252");
    }

    @Test
    void gzipIsUnpackedWhateverTheName() throws IOException {
        Path file = folder.resolve("t.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(cells(rows(file))).containsExactly(List.of("1", "2"));
    }

    @Test
    void hostileFilesGetOneClearLine() throws IOException {
        byte[] mixed = "name,n\nZoë,1\nZo?,2\n".getBytes(StandardCharsets.UTF_8);
        mixed[new String(mixed, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xEB;
        byte[] cut = gzip("a,b\n" + "1,2\n".repeat(10_000));
        Object[][] cases = {
            {"", "is empty"},
            {"\n\n\n", "nothing but blank lines"},
            {"a,b\n", "no rows"},
            {"a,b\n1,2\n3\n", "line 3 has 1 cell, wanted 2"},
            {"a,b\n1,2\n3,4,5\n", "line 3 has 3 cells, wanted 2"},
            {"a,b\n1,\"2\n3,4\n", "line 2 begins a record with a quote that is never closed"},
            {"a,b\n1,2\n\u0000,4\n", "line 3 holds a NUL byte"},
            {mixed, "line 3 holds the byte 0xEB, which is not UTF-8, while other places are"},
            {java.util.Arrays.copyOf(cut, cut.length / 2), "cannot be read"},
        };
        for (Object[] one : cases) {
            byte[] bytes = one[0] instanceof byte[] b ? b : one[0].toString().getBytes(StandardCharsets.UTF_8);
            Path file = write("h.csv", bytes);
            assertThatThrownBy(() -> cells(rows(file)))
                    .as("%s", one[1])
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining((String) one[1])
                    .hasMessageStartingWith(file.toString())
                    .message()
                    .doesNotContain("\n");
        }
    }

    private byte[] gzip(String text) throws IOException {
        Path file = folder.resolve("z");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.readAllBytes(file);
    }

    @Test
    void aQuoteThatSwallowsTheFileDoesNotFillTheMemory() throws IOException {
        Path file = folder.resolve("swallow.csv");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("a,b\n1,\"2\n".getBytes(StandardCharsets.UTF_8));
            byte[] line = "3,4\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 500; i++) {
                out.write(line);
            }
        }
        assertThatThrownBy(() -> cells(rows(file)))
                .hasMessageContaining("line 2 begins a record of more than 16 million");
    }

    @Test
    void randomBytesNeverFailOtherThanInOneLine() throws IOException {
        Random random = new Random(9);
        String alphabet = "01,;\"\n\r\t .e-ax\u00e9|";
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(1 + random.nextInt(60), 0, alphabet.length()).forEach(c -> text.append(alphabet.charAt(c)));
            Path file = write("r.csv", text.toString());
            try {
                PreparedData data =
                        PreparedData.open(SettingsMaker.train("r.csv").make(), folder, i, line -> {});
                float[] example = new float[data.train().inputs().elements()];
                data.train().inputs().read(0, example, 0);
                for (float x : example) {
                    assertThat(Float.isFinite(x)).as(text.toString()).isTrue();
                }
            } catch (DataException e) {
                assertThat(e.getMessage())
                        .as(text.toString())
                        .doesNotContain("\n")
                        .isNotEmpty();
            }
            Files.delete(file);
        }
    }

    @Test
    void jsonLinesAreRows() throws IOException {
        Path file = write("t.jsonl", "{\"a\": 1, \"b\": \"x\"}\n\n{\"b\": null, \"c\": true}\n{\"a\": 2.5e1}");
        Rows rows = rows(file);
        assertThat(rows.names()).containsExactly("a", "b", "c");
        assertThat(cells(rows))
                .containsExactly(List.of("1", "x", ""), List.of("", "", "true"), List.of("2.5e1", "", ""));
        for (String[] one : new String[][] {
            {"{\"a\": 1}\n{\"a\": ", "line 2 is not JSON"},
            {"{\"a\": 1}\n[1]", "line 2 begins with ["},
            {"{\"a\": [1]}", "line 1, column a: found a list"},
            {"{\"a\": 1, \"a\": 2}", "line 1"},
            {"{\"a\": 1} {\"a\": 2}", "goes on after its object"},
        }) {
            assertThatThrownBy(() -> cells(rows(write("t.jsonl", one[0]))))
                    .as(one[0])
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(one[1])
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void parquetIsReadWithItsTypes() throws IOException, SQLException {
        Path file = folder.resolve("t[1].parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT * FROM (VALUES (1, 0.1, 'x', true, DATE '2024-03-01', [1, 2], 1.5::DECIMAL(8,2)),"
                            + " (NULL, 1e300, NULL, false, NULL, NULL, NULL)) t(i, d, s, b, \"the day\", l, m))"
                            + " TO '" + file + "' (FORMAT parquet)");
        }
        Rows rows = rows(file);
        assertThat(rows.names()).containsExactly("i", "d", "s", "b", "the day", "m");
        assertThat(rows.remarks()).singleElement().asString().contains("l (INTEGER[])");
        assertThat(cells(rows))
                .containsExactly(
                        List.of("1", "0.1", "x", "true", "2024-03-01", "1.5"),
                        List.of("", "1.0E300", "", "false", "", ""));
        assertThatThrownBy(() -> rows(write("no.parquet", "this is text")))
                .hasMessageContaining("cannot be read as Parquet");
    }

    @Test
    void aLargeTableGoesToDiskAndIsTheSame() throws IOException {
        Random random = new Random(10);
        StringBuilder text = new StringBuilder("a,b,t\n");
        double[] a = random.doubles(50_000).toArray();
        for (int i = 0; i < a.length; i++) {
            text.append(a[i])
                    .append(i % 3 == 0 ? ",red," : ",blue,")
                    .append("word ".repeat(i % 9))
                    .append(i)
                    .append('\n');
        }
        Rows rows = rows(write("big.csv", text.toString()));
        List<Table.Wanted> wanted = List.of(
                new Table.Wanted("a", 0, ColumnType.NUMERIC),
                new Table.Wanted("b", 1, ColumnType.CATEGORICAL),
                new Table.Wanted("t", 2, ColumnType.TEXT));
        Table memory = Table.read(rows, wanted, 1L << 30);
        Table disk = Table.read(rows, wanted, 0);
        assertThat(memory.onDisk()).isFalse();
        assertThat(disk.onDisk()).isTrue();
        assertThat(disk.rows()).isEqualTo(50_000);
        for (Table table : List.of(memory, disk)) {
            assertThat(IntStream.range(0, a.length)
                            .allMatch(i -> table.column("a").get(i) == a[i]))
                    .isTrue();
            for (int i = 0; i < a.length; i += 7) {
                assertThat(table.column("t").text(i)).isEqualTo("word ".repeat(i % 9) + i);
                assertThat(table.column("b").words().get((int) table.column("b").get(i)))
                        .isEqualTo(i % 3 == 0 ? "red" : "blue");
            }
        }
    }

    @Test
    void typesAreFoundAndCanBeOverridden() throws IOException {
        StringBuilder text = new StringBuilder("n,b,c,d,t,e\n");
        for (int i = 0; i < 40; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,2024-01-%02d,\"a text of many words, number %d\",\n",
                    i == 3 ? "NA" : Integer.toString(i),
                    i % 2 == 0 ? "Yes" : "no",
                    i % 3 == 0 ? "1st floor" : "attic",
                    i % 28 + 1,
                    i));
        }
        TableScan scan = TableScan.of(rows(write("t.csv", text.toString())));
        assertThat(IntStream.range(0, 6).mapToObj(scan::type))
                .containsExactly(
                        ColumnType.NUMERIC,
                        ColumnType.BOOLEAN,
                        ColumnType.CATEGORICAL,
                        ColumnType.DATE,
                        ColumnType.TEXT,
                        ColumnType.NUMERIC);
        assertThat(scan.empty(5)).isTrue();
        assertThat(scan.rows()).isEqualTo(40);
    }

    @Test
    void repeatedNamesAboveNumbersAreStillNames() throws IOException {
        Rows rows = rows(write("t.csv", "a,b,b,y\n1,2,3,u\n4,5,6,v\n"));
        assertThat(rows.names()).containsExactly("a", "b", "b.1", "y");
        assertThat(cells(rows)).hasSize(2);
        assertThat(rows.remarks())
                .containsExactly("t.csv has several columns called b; the further ones are called b.1 and so on");
        assertThat(rows(write("t.csv", "u,v,v\nw,v,u\n")).named()).isFalse();
    }
}
