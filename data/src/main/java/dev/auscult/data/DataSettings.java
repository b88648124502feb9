package dev.auscult.data;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The {@code data} part of a training spec: what to read and how to prepare it. Paths are relative to the spec.
 *
 * @param train file or folder of the training examples
 * @param test file or folder of the test examples; null for none
 * @param format {@code csv}, {@code tsv}, {@code parquet}, {@code jsonl}, {@code text}, {@code npz}, {@code idx}, {@code image-folder},
 *     {@code wav-folder}; null: by extension and content
 * @param target column name, index, or {@code last}; several names for several outputs; for idx and npz a file or array
 *     name; for folders {@code folder} or {@code name[0]} (part of the file name between underscores); empty: derived
 * @param task what to predict; null: derived
 * @param header whether a table begins with column names; null: derived
 * @param separator between the cells of a table; null: derived
 * @param columns columns to use as inputs; empty: all but the target
 * @param drop columns to leave out
 * @param types column types that override the derived ones: {@code numeric}, {@code categorical}, {@code text}, {@code
 *     date}, {@code boolean}
 * @param validation where validation examples come from
 * @param normalize {@code none}, {@code standard}, {@code min-max} or {@code divide}
 * @param divide what {@code divide} divides by
 * @param normalizeTarget scale the numbers to predict of a regression to mean 0 and standard deviation 1
 * @param missing {@code impute} (median, or a category of its own), {@code refuse} or {@code drop-rows}
 * @param encode categories as {@code one-hot} or {@code ordinal}
 * @param shuffle shuffle the training examples in every epoch
 * @param augment changes made to training examples each time they are read
 * @param imbalance {@code none}, {@code class-weights}, {@code oversample}, {@code smote}
 * @param generate rows that are made from those of the training part; null for none
 * @param text how text becomes tokens; null: words for text columns, bytes for a text file
 * @param image how images are read; null: as they are
 * @param audio how sound is read; null: as log-mel of 40 bands
 * @param sequence rows of a table as sequences; null: each row is an example
 * @param memory bytes of prepared examples to hold in memory, half of the largest heap at most; more are streamed from
 *     disk
 */
public record DataSettings(
        String train,
        @Nullable String test,
        @Nullable String format,
        List<String> target,
        @Nullable Task task,
        @Nullable Boolean header,
        @Nullable String separator,
        List<String> columns,
        List<String> drop,
        Map<String, String> types,
        Validation validation,
        String normalize,
        double divide,
        boolean normalizeTarget,
        String missing,
        String encode,
        boolean shuffle,
        List<Augment> augment,
        String imbalance,
        @Nullable Generate generate,
        @Nullable Text text,
        @Nullable Image image,
        @Nullable Audio audio,
        @Nullable Sequence sequence,
        long memory) {
    public DataSettings {
        target = List.copyOf(target);
        columns = List.copyOf(columns);
        drop = List.copyOf(drop);
        types = Map.copyOf(types);
        augment = List.copyOf(augment);
    }

    /** The same with what was found for what these leave open. */
    DataSettings with(
            List<String> target,
            @Nullable Task task,
            @Nullable Text text,
            @Nullable Image image,
            @Nullable Audio audio,
            long memory) {
        return new DataSettings(
                train,
                test,
                format,
                target,
                task,
                header,
                separator,
                columns,
                drop,
                types,
                validation,
                normalize,
                divide,
                normalizeTarget,
                missing,
                encode,
                shuffle,
                augment,
                imbalance,
                generate,
                text,
                image,
                audio,
                sequence,
                memory);
    }

    /** The same with every training example in its place and once: none held out, changed, doubled or left for tests. */
    public DataSettings trainingOnly() {
        return new DataSettings(
                train,
                null,
                format,
                target,
                task,
                header,
                separator,
                columns,
                drop,
                types,
                new Validation(0, false, null, 0, 0, null, null),
                normalize,
                divide,
                normalizeTarget,
                missing,
                encode,
                shuffle,
                List.of(),
                "none",
                null,
                text,
                image,
                audio,
                sequence,
                memory);
    }

    /**
     * Where validation examples come from.
     *
     * @param fraction share 0..1 of the training examples, where neither file nor folds are given; 0 for no validation
     * @param stratified keep the share of each class the same in both parts
     * @param file a file or folder of its own; null for none
     * @param folds number of folds of a cross-validation; 0 for none
     * @param fold which fold is held out, from 0
     * @param group column (or {@code name[1]}) whose equal values stay on one side; null for none
     * @param time column by which the last examples are held out; null for none
     */
    public record Validation(
            double fraction,
            boolean stratified,
            @Nullable String file,
            int folds,
            int fold,
            @Nullable String group,
            @Nullable String time) {}

    /**
     * A change made to a training example each time it is read, drawn anew.
     *
     * @param type {@code flip} (p, vertical), {@code crop} (padding in pixels), {@code rotate} (degrees), {@code noise}
     *     (standard deviation, in units of the prepared input), {@code mixup} (alpha), {@code cutout} (size in pixels),
     *     {@code time-shift} (largest share of the length), {@code token-drop} (p)
     * @param amount the number named above
     * @param probability how often it is applied, 0..1
     */
    public record Augment(String type, double amount, double probability) {}

    /**
     * Rows of a table that are made from those of the training part, and used only where they pass for real ones.
     *
     * @param type {@code copula} (Gaussian copula) or {@code vae} (variational autoencoder)
     * @param rows how many; 0: as many as the training part has
     * @param tolerance how much lower, in accuracy or R², a small model may score on real rows that it did not see when it
     *     learns from made rows instead of real ones
     * @param steps optimizer steps of a {@code vae}
     */
    public record Generate(String type, int rows, double tolerance, int steps) {}

    /**
     * How text becomes tokens.
     *
     * @param columns columns that are joined by a space; empty: all text columns
     * @param tokenizer {@code bytes}, {@code words}, or the path of a {@code tokenizer.json}
     * @param vocabulary largest number of words
     * @param length tokens per example; longer text is cut, shorter is padded with token 0
     *     (or the padding token that a {@code tokenizer.json} names)
     */
    public record Text(List<String> columns, String tokenizer, int vocabulary, int length) {
        /** What is done where nobody says otherwise. */
        public static final Text USUAL = new Text(List.of(), "words", 10_000, 128);
    }

    /**
     * How images are read.
     *
     * @param width in pixels; 0: as the first image
     * @param height in pixels; 0: as the first image
     * @param channels 1 (grey) or 3; 0: as the first image
     */
    public record Image(int width, int height, int channels) {}

    /**
     * How sound is read.
     *
     * @param rate samples per second; 0: as the first file
     * @param seconds length; longer sound is cut, shorter is padded with silence; 0: the longest of the training files
     * @param features {@code waveform} [1, samples] or {@code log-mel} [1, bands, frames]
     * @param bands number of mel bands
     */
    public record Audio(int rate, double seconds, String features, int bands) {}

    /**
     * Rows of a table as sequences, in the order of the file, or of group and time where {@code validation.time} names
     * one.
     *
     * @param length rows per example
     * @param stride rows from the start of one example to that of the next
     * @param horizon rows from the last of an example to the one whose target is predicted
     */
    public record Sequence(int length, int stride, int horizon) {}
}
