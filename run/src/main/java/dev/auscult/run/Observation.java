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
        /**
         * Cells without a value in a column: of {@code rows} are {@code missing}, a {@code share}, written in so many {@code
         * spellings} (the note of that name lists them). Where there are classes: {@code cramers-v} of missing and class, {@code
         * lowest-share} and {@code highest-share} of the classes in the notes {@code lowest-class} and {@code highest-class}.
         */
        MISSING_VALUES,
        /**
         * Columns of which one value, the note {@code value}, has nearly all rows: a {@code share} of those with a value, all but
         * {@code rest}; {@code target-p-value} that the others have nothing to do with the target.
         */
        NEAR_CONSTANT,
        /**
         * Cells of another type than most of a column: {@code strays}, a {@code share} of the cells with a value; the note {@code
         * type} is that of the column, {@code numbers} where numbers among few words made it categorical, the note {@code strays}
         * lists the most frequent.
         */
        MIXED_TYPES,
        /**
         * Spellings of one category that differ in case, blanks or punctuation only: of {@code categories} in {@code rows}, {@code
         * groups} are spelled in several ways, {@code variants} of which are not the most frequent; {@code affected} rows, a
         * {@code share}, hold one of these. The note {@code variants} lists the first groups.
         */
        STRING_VARIANTS,
        /**
         * Numbers that may stand for a missing value: {@code special} of {@code rows}, a {@code share}; the last such {@code
         * value}, all in the note {@code values}; {@code nearest} other number; {@code stretch}, the deviation of the column with
         * them over that without them.
         */
        SPECIAL_VALUES,
        /**
         * Cells far from the rest of their column: {@code apart} rows stand beyond {@code lowest} and {@code highest} of the rest,
         * the p-value is of their gap; {@code median}; {@code stretch} as for {@link #SPECIAL_VALUES}. {@code far} rows, a {@code
         * far-share}, are beyond 20 robust deviations, by chance with {@code far-p-value}. A score is the distance from the
         * median over the range of the rest.
         */
        OUTLIERS,
        /**
         * Rows that are far from all others, though each of their cells may be usual: {@code apart} of {@code rows} looked at, by
         * {@code columns} of numbers; {@code ratio} of the least of their distances to the largest of the others. A score is the
         * distance to the fifth neighbour in normal scores.
         */
        ROW_OUTLIERS,
        /**
         * Rows that are the same in all columns: {@code duplicates} equal an earlier one, a {@code share}, in {@code groups}, the
         * {@code largest} of so many rows; {@code natural-share} is what nature makes, {@code sampled} the share of all rows that
         * was looked at. Of the {@code rare-rows} of rare cells: {@code rare-duplicates}, of which {@code rare-natural} by nature,
         * {@code rare-p-value}.
         */
        DUPLICATES,
        /**
         * Texts, pictures or sounds that are almost the same as an earlier one: of {@code rows} are {@code affected}, a {@code
         * share}; {@code groups} of them; {@code labels-differ} have another label than that one; {@code exact} texts (words and
         * their order) are there twice. A score is the likeness 0..1.
         */
        NEAR_DUPLICATES,
        /**
         * Rows of the same inputs with different labels: {@code conflicting} of {@code rows} with a label, in {@code groups};
         * {@code cost} is the share that no model gets right, {@code natural-part} the part of the equal inputs that nature makes.
         */
        CONFLICTING_LABELS,
        /**
         * Whether a column names its row: {@code distinct} values of {@code rows}. Note {@code what}: {@code numbers}, with the share
         * {@code filled} of their range and {@code ordered} 1 if they ascend, or {@code words}, with {@code unique} 1 if all
         * differ, {@code keys} the share that look like keys and {@code with-digit} that hold a digit.
         */
        ID_COLUMN,
        /**
         * Two input columns that say the same: {@code effect} is the size of Pearson's {@code r}, or Cramér's V of two columns of
         * {@code categories}. The one without columns says how many {@code pairs} of {@code columns-used} of {@code columns} were
         * compared and {@code found}.
         */
        CORRELATED_COLUMNS,
        /**
         * Whether the order of the rows has to do with the label: {@code effect} is 0 for a random order and 1 for a sorted one, of
         * {@code classes} by their {@code runs} beside {@code expected-runs} and with {@code blocks-v}, Cramér's V of class and
         * place in the file, of numbers by the correlation of the ranks of neighbours; {@code detectable}, the smallest that so
         * few rows could show.
         */
        ROW_ORDER,
        /**
         * Rows of one part that another part holds too. {@code matching} and {@code share} of the rows of the part have one like
         * them in the training part; {@code expected-share} of the training rows have one there besides themselves; {@code
         * telling}, {@code telling-share} and {@code telling-train-share} count only rows too rich to meet their like by
         * chance. The note {@code how} is {@code exact} or {@code near}; a score is 1 for a telling row.
         */
        LEAKED_ROWS,
        /**
         * Values of a group column that two parts share. {@code declared} is 1 if the settings name the column, 0 if it only looks
         * like one; of {@code groups} values in both parts {@code shared-groups} are in both, with {@code shared-rows}, a {@code
         * share} of the part's rows; {@code rows-per-group}; {@code whole-numbers} is 1 if no value has a fraction.
         */
        SHARED_GROUPS,
        /**
         * Whether a part that should be later in time is. {@code declared} is 1 if the settings name the column; {@code early} and
         * {@code share} of the rows are before the latest training row; {@code later} is the chance that a row is later than a
         * training row; {@code target-drift} is the share of the variance of the target that time explains in the training
         * part, the p-value is of that. A score is by how many days, or units, a row is early.
         */
        TIME_ORDER,
        /**
         * How well one column alone gives the label away: {@code score} = 1 − {@code error} / {@code baseline} (0 for the best
         * constant, 1 for no error), each row predicted from others; {@code values} is the number of different ones, {@code
         * copy} 1 if each goes with one class and back; {@code next-score} is the best other column's that is no copy. The note
         * {@code target} names what was predicted. Only the best columns, the best first.
         */
        TARGET_LEAK,
        /**
         * How a column is distributed in two parts; the note {@code what} is {@code numbers}, {@code categories}, {@code lengths} (of
         * texts) or {@code missing}. {@code effect} is the distance 0..1: Kolmogorov and Smirnov's {@code ks}, {@code cramers-v}
         * of parts of equal size, or the difference of the shares of missing cells; {@code detectable} is the smallest that so
         * few rows could show. {@code mean-difference} and {@code wasserstein} are in standard deviations of the training
         * part; {@code worst-train} and {@code worst-other} are the shares of the category in the note {@code category}, or of
         * missing cells; {@code train-rows}. Of very many columns only those of the smallest p-values.
         */
        COLUMN_SHIFT,
        /**
         * How well a model tells the rows of two parts apart: {@code auc}, the area under its ROC curve on rows that it was not
         * trained on; {@code detectable}, the smallest that so few rows could show; {@code train-rows}. The columns are those
         * that it tells them apart by.
         */
        DOMAIN_SHIFT,
        /**
         * How the labels are distributed in two parts; numbers and notes as for {@link #COLUMN_SHIFT}.
         */
        LABEL_SHIFT,
        /**
         * Categories or labels that the training part lacks: {@code new} of them, in {@code new-rows}, a {@code share} of the rows;
         * the most frequent is the note {@code category}. A score is the number of rows with the category.
         */
        NEW_CATEGORIES,
        /**
         * Whether two parts were scaled each by itself: {@code apart} of {@code looked} columns of numbers, named, have exactly the
         * same mean and deviation, or bounds, in both; the note {@code scaling} is {@code standard} or {@code min-max}.
         */
        SCALED_APART,
        /**
         * Labels that a model, trained on the other rows, finds improbable. {@code classes}; {@code accuracy} of the model, out of
         * sample; {@code recognised}, rows of classes that it recognises; of these: {@code floor}, share of labels that differ where
         * it is surest, {@code unexplained}, its other errors, less what wrong labels in its training cost, as a share of those of guessing,
         * {@code detectable}, smallest floor that
         * so many rows show; {@code p-value} of no floor; {@code noise-low} and {@code noise-high}, between which the share of wrong
         * labels lies; {@code suspects} of confident learning by noise rate; {@code confusions}, rows whose most probable class is
         * another. Note {@code model}. Examples: suspects, scored by the probability of their label, least first.
         */
        LABEL_ERRORS,
        /**
         * What the score of a simple model gains from a change of its inputs; losses are shares of the loss of guessing. Note {@code
         * hint}: {@code transform} or {@code interaction} of a linear model, with {@code before} and {@code after} the change (note
         * {@code change}) and the {@code gain}, out of sample; or {@code uninformative}, of boosted trees: {@code explained} by all
         * columns, {@code importance} of this one, {@code lost} without all that seem useless, {@code p-value} of losing more than
         * 0.01, and the note {@code aside}: columns that were left out for it, as each of them alone explains nearly all. Without
         * columns: there was nothing to try.
         */
        FEATURE_HINT,
        /**
         * Files that cannot be read: of {@code rows} are {@code affected}, a {@code share}. The value of an example is the
         * reason.
         */
        CORRUPT_FILES,
        /**
         * Pictures that are almost black: of {@code rows} are {@code affected}, a {@code share}. The score is the 99th
         * percentile of the brightness of the pixels, 0..1; affected are those below {@code limit}, which is {@code score-limit}
         * or half of the {@code median} of all, whichever is less.
         */
        DARK_IMAGES,
        /**
         * Pictures that are almost white; as for {@link #DARK_IMAGES} with 1 − the 5th percentile.
         */
        LIGHT_IMAGES,
        /**
         * Pictures that are out of focus: of {@code rows} are {@code affected}, a {@code share}; {@code limit} and {@code
         * median} are of the edge score 0..1. A score is the sharpness beside the median of all, {@code fence} the one below
         * which a picture is affected.
         */
        BLURRY_IMAGES,
        /**
         * Pictures with next to nothing on them: of {@code rows} are {@code affected}, a {@code share}. The score is the entropy
         * of the levels in bits; {@code limit}, {@code median}.
         */
        LOW_INFORMATION_IMAGES,
        /**
         * Pictures of a size or shape unlike the rest: of {@code rows} are {@code affected}, a {@code share}, {@code odd-size}
         * and {@code odd-aspect} of them (both may hold); {@code sizes} different sizes, {@code median-side} in pixels, {@code
         * limit} of the ratio of the sides. A score is the side beside the median.
         */
        ODD_IMAGE_SIZES,
        /**
         * Grey pictures among coloured ones, or the reverse: the fewer are {@code affected}, a {@code share}; {@code grey},
         * {@code colour}; {@code label-association} is Cramér's V of being grey and the label, the p-value that of a chi-square
         * test.
         */
        GREY_AMONG_COLOUR,
        /**
         * Texts without a word: of {@code rows} are {@code affected}, a {@code share}, {@code missing} of them without a cell.
         */
        EMPTY_TEXTS,
        /**
         * Texts that will be cut off, or far longer than the rest. In tokens: {@code median}, {@code p95}, {@code longest};
         * {@code affected}, a {@code share}, are beyond {@code limit}. Of {@code length} tokens that are read: {@code
         * cut} texts, a {@code cut-share}, have more, and {@code lost-share} of all tokens are lost; {@code given} is 1 where the
         * settings say so, 0 where it is the usual length.
         */
        LONG_TEXTS,
        /**
         * Characters that come of a wrong encoding: of {@code rows} are {@code affected}, a {@code share}, by {@code mojibake},
         * {@code replaced} and {@code controls} (texts each); {@code entities} is the number of texts with HTML entities, which
         * are not affected. A score is the number of marks in the text.
         */
        DAMAGED_ENCODING,
        /**
         * Texts in a script or language unlike the rest: the language of {@code told} texts could be told; {@code affected}, an
         * {@code other-share} of those, are not in the one of the note {@code usual} but in those of {@code others}; {@code
         * languages} in all.
         */
        MIXED_LANGUAGES,
        /**
         * Shares of the tokens of {@code length} per text that are padding, {@code padding-share}, and of the words that a
         * {@code vocabulary} of the most frequent of {@code words} lacks, {@code unknown-share}; {@code given} is 1 where the
         * settings say so, 0 where it is the usual length and vocabulary.
         */
        TOKEN_WASTE,
        /**
         * Sounds without sound: of {@code rows} are {@code affected}, a {@code share}. The score is the level in dB of full
         * scale; {@code limit}, {@code median}.
         */
        SILENT_SOUNDS,
        /**
         * Sounds cut off at full scale: of {@code rows} are {@code affected}, a {@code share}. The score is the share of the
         * samples in runs of three or more at full scale; {@code limit}.
         */
        CLIPPED_SOUNDS,
        /**
         * Sounds without a sample, or much shorter than the rest: of {@code rows} are {@code affected}, a {@code share}, {@code
         * empty} of them without a sample; {@code limit} and {@code median} in seconds, as is the score.
         */
        SHORT_SOUNDS,
        /**
         * Sounds of another sample rate or number of channels than that of the note {@code usual}: of {@code rows} are {@code
         * affected}, a {@code share}; {@code rates}, {@code channels}; {@code label-association} is Cramér's V of the form and
         * the label, the p-value that of a chi-square test. A score is the rate in Hz.
         */
        MIXED_RATES;

        /** The name in a recording: {@code missing-values}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
