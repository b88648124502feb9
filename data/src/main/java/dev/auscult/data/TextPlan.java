package dev.auscult.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import dev.auscult.data.DataSettings.Text;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.Column;
import dev.auscult.data.table.Pieces;
import dev.auscult.data.table.Space;
import dev.auscult.data.table.Table;

/** How the text columns of a table become token inputs, by a vocabulary of the training part alone. */
final class TextPlan implements InputPlan {
    private final List<String> columns;
    private final Tokenizer tokenizer;
    private final int length;
    private final long memory;

    private TextPlan(List<String> columns, Tokenizer tokenizer, int length, long memory) {
        this.columns = columns;
        this.tokenizer = tokenizer;
        this.length = length;
        this.memory = memory;
    }

    /**
     * Chooses the tokenizer, and counts words if they are its tokens.
     *
     * @param columns text columns, joined by a space
     * @param training rows of the training part
     * @param memory bytes of tokens to hold in memory
     */
    static TextPlan fit(Table table, List<String> columns, int[] training, Text settings, Path base, long memory) {
        requireLength(settings);
        WordTokenizer.Counter counter = new WordTokenizer.Counter();
        if (settings.tokenizer().equals("words")) {
            List<Column> from = table.columns(columns);
            for (int row : training) {
                counter.add(join(from, row));
            }
        }
        return new TextPlan(columns, tokenizer(settings, counter, base), settings.length(), memory);
    }

    static void requireLength(Text settings) {
        if (settings.length() < 1) {
            throw new DataException("data.text.length is " + settings.length() + ", wanted at least 1 token");
        }
    }

    /** The tokenizer that the settings name. */
    static Tokenizer tokenizer(Text settings, WordTokenizer.Counter counter, Path base) {
        return switch (settings.tokenizer()) {
            case "bytes" -> new ByteTokenizer();
            case "words" -> {
                if (settings.vocabulary() < 1) {
                    throw new DataException(
                            "data.text.vocabulary is " + settings.vocabulary() + ", wanted at least 1 word");
                }
                yield counter.tokenizer(settings.vocabulary());
            }
            default -> HuggingFaceFile.of(base.resolve(settings.tokenizer()));
        };
    }

    @Override
    public long vocabulary() {
        return tokenizer.size();
    }

    @Override
    public List<String> words() {
        return tokenizer.words();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT, "inputs of %,d tokens from %s: %s", length, Story.some(columns), tokenizer.description());
    }

    static String join(List<Column> columns, int row) {
        if (columns.size() == 1) {
            return columns.get(0).text(row);
        }
        StringBuilder joined = new StringBuilder();
        for (Column column : columns) {
            String text = column.text(row);
            if (!text.isEmpty()) {
                joined.append(joined.length() == 0 ? "" : " ").append(text);
            }
        }
        return joined.toString();
    }

    /** The tokens of some rows [length], cut or filled up with the padding token. */
    @Override
    public TokenInputs apply(Table table, int[] rows) {
        List<Column> from = table.columns(columns);
        Space space = new Space(memory);
        try {
            Pieces tokens = Pieces.ofInts(space);
            int[] count = new int[1];
            int[] used = new int[rows.length];
            for (int r = 0; r < rows.length; r++) {
                count[0] = 0;
                tokenizer.encode(join(from, rows[r]), token -> {
                    if (count[0] < length) {
                        tokens.add(token);
                        count[0]++;
                    }
                });
                used[r] = count[0];
                for (int i = count[0]; i < length; i++) {
                    tokens.add(tokenizer.padding());
                }
            }
            space.seal();
            tokens.seal();
            return new TokenInputs(tokens, rows.length, length, length, tokenizer.padding(), used);
        } finally {
            space.discard();
        }
    }

    /** Blocks of one token more than the length, so that each token but the first is predicted once. */
    TokenInputs blocks(Table table, int[] rows) {
        List<Column> from = table.columns(columns);
        Space space = new Space(memory);
        try {
            Pieces tokens = Pieces.ofInts(space);
            for (int row : rows) {
                tokenizer.encode(join(from, row), tokens::add);
                // Where one text ends and the next begins.
                tokens.add(tokenizer.padding());
            }
            space.seal();
            tokens.seal();
            return blocks(tokens, length, tokenizer.padding(), table.file());
        } finally {
            space.discard();
        }
    }

    /** The blocks of all rows. */
    TokenInputs blocks(Table table) {
        return blocks(table, IntStream.range(0, table.rows()).toArray());
    }

    static TokenInputs blocks(Pieces tokens, int length, int padding, Path file) {
        long blocks = (tokens.size() - 1) / length;
        if (blocks < 1) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s: a part has %,d tokens, wanted at least %,d for one example; make data.text.length smaller, or"
                            + " the part larger",
                    file,
                    tokens.size(),
                    length + 1));
        }
        if (blocks > Integer.MAX_VALUE - 8) {
            throw new DataException(file + " has too many tokens for examples of " + length + "; cut it");
        }
        return new TokenInputs(tokens, (int) blocks, length + 1, length, padding, new int[0]);
    }
}
