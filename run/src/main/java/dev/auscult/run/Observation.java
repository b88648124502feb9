package dev.auscult.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one look at data measured: of a column, of all rows or files of a part, or of two parts beside one another.
 *
 * <p>It is there whether something is wrong or not: rules decide. The names of the numbers are those of {@link Kind}; one
 * that was not measured is absent. Common to all: {@code rows} that were looked at; {@code p-value} of the hypothesis that
 * nothing is the matter, and {@code tests}, how many looks of this kind were made in all (for the correction by it).
 *
 * @param kind what was looked for
 * @param split the part; {@code TEST} or {@code VALIDATION} where it is compared with the training part
 * @param columns names of the columns concerned; empty for all
 * @param numbers what was measured, by name
 * @param notes what was found out in words, by name
 * @param examples rows or files that show it, worst first; a few, never all
 */
public record Observation(
        Kind kind,
        Split split,
        List<String> columns,
        Map<String, Double> numbers,
        Map<String, String> notes,
        List<Example> examples) {
    public Observation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(split, "split");
        columns = List.copyOf(columns);
        numbers = Map.copyOf(numbers);
        notes = Map.copyOf(notes);
        examples = List.copyOf(examples);
    }

    /** One of the numbers, if it was measured. */
    public OptionalDouble number(String name) {
        Double value = numbers.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** One of the numbers; NaN if it was not measured. */
    public double get(String name) {
        return numbers.getOrDefault(name, Double.NaN);
    }

    /** One of the notes; empty if there is none. */
    public String note(String name) {
        return notes.getOrDefault(name, "");
    }

    /**
     * A row or file that shows what was observed.
     *
     * @param row number of the row in its file, from 1 (the first row of data); 0 if it is a file
     * @param source the file where that is not the part's own; empty otherwise
     * @param value what is there, shortened
     * @param score how much it shows it; what that is, is said at the kind
     */
    public record Example(long row, String source, String value, double score) {
        public Example {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(value, "value");
        }
    }

    /** What was looked for. */
    public enum Kind {
        /** Cells without a value in a column. */
        MISSING_VALUES,
        /** Cells of another type than most of a column. */
        MIXED_TYPES,
        /** Spellings of one category that differ in case, blanks or punctuation only. */
        STRING_VARIANTS,
        /** Numbers that may stand for a missing value. */
        SPECIAL_VALUES,
        /** Cells far from the rest of their column. */
        OUTLIERS,
        /** Rows that are far from all others, though each of their cells may be usual. */
        ROW_OUTLIERS,
        /** Rows that are the same in all columns. */
        DUPLICATES,
        /** Rows, texts, pictures or sounds that are almost the same. */
        NEAR_DUPLICATES,
        /** Rows of the same inputs with different labels. */
        CONFLICTING_LABELS,
        /** Whether a column names its row. */
        ID_COLUMN,
        /** Two columns that say the same. */
        CORRELATED_COLUMNS,
        /** Whether the order of the rows has to do with the label. */
        ROW_ORDER,
        /** Rows of one part that another part holds too. */
        LEAKED_ROWS,
        /** Values of a group column that two parts share. */
        SHARED_GROUPS,
        /** Whether a part that should be later in time is. */
        TIME_ORDER,
        /** How well one column alone gives the label away. */
        TARGET_LEAK,
        /** How a column is distributed in two parts. */
        COLUMN_SHIFT,
        /** How well a model tells the rows of two parts apart. */
        DOMAIN_SHIFT,
        /** How the labels are distributed in two parts. */
        LABEL_SHIFT,
        /** Categories or labels that the training part lacks. */
        NEW_CATEGORIES,
        /** Whether two parts were scaled each by itself. */
        SCALED_APART,
        /** Labels that a model, trained on the other rows, finds improbable. */
        LABEL_ERRORS,
        /** What the score of a simple model gains from a change of its inputs. */
        FEATURE_HINT,
        /** Files that cannot be read. */
        CORRUPT_FILES,
        /** Pictures that are almost black. */
        DARK_IMAGES,
        /** Pictures that are almost white. */
        LIGHT_IMAGES,
        /** Pictures that are out of focus. */
        BLURRY_IMAGES,
        /** Pictures with next to nothing on them. */
        LOW_INFORMATION_IMAGES,
        /** Pictures of a size or shape unlike the rest. */
        ODD_IMAGE_SIZES,
        /** Grey pictures among coloured ones. */
        GREY_AMONG_COLOUR,
        /** Texts without a word. */
        EMPTY_TEXTS,
        /** Texts that will be cut off. */
        LONG_TEXTS,
        /** Characters that come of a wrong encoding. */
        DAMAGED_ENCODING,
        /** Texts in a script or language unlike the rest. */
        MIXED_LANGUAGES,
        /** Share of the tokens that are padding or unknown. */
        TOKEN_WASTE,
        /** Sounds without sound. */
        SILENT_SOUNDS,
        /** Sounds cut off at full scale. */
        CLIPPED_SOUNDS,
        /** Sounds without a sample, or much shorter than the rest. */
        SHORT_SOUNDS,
        /** Sounds of different sample rates or channels. */
        MIXED_RATES;

        /** The name in a recording: {@code missing-values}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
