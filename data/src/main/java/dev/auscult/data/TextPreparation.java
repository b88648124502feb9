package dev.auscult.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import dev.auscult.data.DataSettings.Text;
import dev.auscult.data.error.DataException;
import dev.auscult.data.table.Pieces;
import dev.auscult.data.table.Space;
import dev.auscult.data.table.TextFile;
import org.jspecify.annotations.Nullable;

/**
 * A text file for a language model: the first part is learnt from, the last held out. The text is read piece by piece,
 * never held as a whole; only its tokens are.
 */
final class TextPreparation {
    private static final Text USUAL = new Text(List.of(), "bytes", 10_000, 128);
    /** Characters that are tokenized at once, at most and at least: they are cut at a blank. */
    private static final int LARGEST_CHUNK = 1024;

    private static final int SMALLEST_CHUNK = 64;
    /** A text has at least so many chunks, so that it can be split nearly where asked. */
    private static final int CHUNKS = 256;

    private final DataSettings settings;
    private final Path base;
    private final Consumer<String> progress;
    private final Text text;
    private int chunk = LARGEST_CHUNK;

    TextPreparation(DataSettings settings, Path base, Consumer<String> progress) {
        this.settings = settings;
        this.base = base;
        this.progress = progress;
        Text given = settings.text();
        this.text = given == null ? USUAL : given;
    }

    PreparedData.Builder open(Path file) {
        TextPlan.requireLength(text);
        TextFile source = TextFile.of(file);
        long[] characters = {0};
        eachChunk(source, LARGEST_CHUNK, chunk -> characters[0] += chunk.length());
        DataSettings.Validation wanted = settings.validation();
        if (wanted.folds() > 0 || wanted.group() != null || wanted.time() != null) {
            throw new DataException(
                    "data.validation: a text file is split by fraction or file, not by folds, group or time");
        }
        boolean ownFile = wanted.file() != null;
        double fraction = ownFile ? 0 : wanted.fraction();
        chunk = (int) Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, characters[0] / CHUNKS));
        long cut = Math.round(characters[0] * (1 - fraction));
        progress.accept("reading the words of " + file.getFileName());
        WordTokenizer.Counter counter = new WordTokenizer.Counter();
        if (text.tokenizer().equals("words")) {
            part(source, 0, cut, counter::add);
        }
        Tokenizer tokenizer = TextPlan.tokenizer(text, counter, base);
        Examples train = examples(source, tokenizer, 0, cut);
        Examples validation = ownFile
                ? other(wanted.file(), tokenizer)
                : fraction > 0 ? examples(source, tokenizer, cut, Long.MAX_VALUE) : null;
        Examples test = other(settings.test(), tokenizer);
        int vocabulary = Math.toIntExact(tokenizer.size());
        List<String> story = new ArrayList<>();
        story.add(
                String.format(Locale.ROOT, "language model over %,d tokens (%s)", vocabulary, tokenizer.description()));
        story.add(String.format(
                Locale.ROOT,
                "%,d training and %,d validation examples of %,d tokens, %s",
                train.size(),
                validation == null ? 0 : validation.size(),
                text.length(),
                ownFile ? "from a file of its own" : "the end of the text held out"));
        DataShape shape = new DataShape(Task.LANGUAGE_MODEL, Extents.of(text.length()), true, vocabulary, vocabulary);
        return new PreparedData.Builder(shape, train, story)
                .validation(validation)
                .test(test)
                .vocabulary(tokenizer.words())
                .text(text);
    }

    private @Nullable Examples other(@Nullable String path, Tokenizer tokenizer) {
        return path == null
                ? null
                : examples(TextFile.of(base.resolve(path).normalize()), tokenizer, 0, Long.MAX_VALUE);
    }

    private Examples examples(TextFile source, Tokenizer tokenizer, long from, long to) {
        Space space = new Space(settings.memory());
        try {
            Pieces tokens = Pieces.ofInts(space);
            part(source, from, to, chunk -> tokenizer.encodePart(chunk, tokens::add));
            space.seal();
            tokens.seal();
            TokenInputs inputs = TextPlan.blocks(tokens, text.length(), tokenizer.padding(), source.file());
            return new Examples(inputs, Target.nextToken(inputs.size()));
        } finally {
            space.discard();
        }
    }

    /** The pieces of the text that begin in a range of its characters. */
    private void part(TextFile source, long from, long to, Consumer<String> action) {
        long[] at = {0};
        eachChunk(source, chunk, piece -> {
            if (at[0] >= from && at[0] < to) {
                action.accept(piece);
            }
            at[0] += piece.length();
        });
    }

    private static void eachChunk(TextFile source, int size, Consumer<String> action) {
        char[] buffer = new char[size];
        int held = 0;
        try (Reader in = source.open()) {
            for (int read = in.read(buffer, 0, size); read >= 0; read = in.read(buffer, held, size - held)) {
                held += read;
                if (held == size) {
                    int end = cut(buffer, size);
                    action.accept(new String(buffer, 0, end));
                    System.arraycopy(buffer, end, buffer, 0, size - end);
                    held = size - end;
                }
            }
        } catch (IOException e) {
            throw TextFile.unreadable(source.file(), e);
        }
        if (held > 0) {
            action.accept(new String(buffer, 0, held));
        }
    }

    /** Where a full buffer is cut: before the last run of blanks, so that words begin with the blank before them. */
    private static int cut(char[] buffer, int size) {
        for (int i = size - 1; i > size / 2; i--) {
            if (Character.isWhitespace(buffer[i]) && !Character.isWhitespace(buffer[i - 1])) {
                return i;
            }
        }
        return Character.isHighSurrogate(buffer[size - 1]) ? size - 1 : size;
    }
}
