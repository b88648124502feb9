package dev.auscult.app.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.auscult.data.checkup.Distribution;
import dev.auscult.data.checkup.Glimpse;
import dev.auscult.data.checkup.LabelSuspect;
import dev.auscult.run.DataProfile;

/**
 * What the report of a check-up shows of the data besides the findings.
 *
 * @param profile what was measured
 * @param story what was found out and assumed, a sentence each
 * @param distributions how the columns are distributed, in the order of the file; empty where there are no columns
 * @param suspects labels worth a look, the most doubtful first
 * @param suspectsInAll how many there are, shown or not
 */
public record CheckedData(
        DataProfile profile,
        List<String> story,
        List<Distribution> distributions,
        List<Suspect> suspects,
        int suspectsInAll) {
    /** The rule that says whether there are more doubtful labels than there would be among right ones. */
    public static final String LABEL_ERRORS = "label-errors";

    /** What to say of doubtful labels where that rule found nothing. */
    static final String NO_EXCESS =
            "There are no more of them than a model is wrong about by itself: look at them if you have the time.";

    public CheckedData {
        Objects.requireNonNull(profile, "profile");
        story = List.copyOf(story);
        distributions = List.copyOf(distributions);
        suspects = List.copyOf(suspects);
    }

    /**
     * A label worth a look, with what it stands at.
     *
     * @param label the label
     * @param glimpse its picture or sound; empty for other data
     */
    public record Suspect(LabelSuspect label, Optional<Glimpse> glimpse) {
        /** {@code row 17}, or the file. */
        String place() {
            return label.row() > 0 ? "row " + label.row() : label.source();
        }

        /** What is there in words; empty where that is its place. */
        String words() {
            return label.shown().equals(place()) ? "" : label.shown();
        }
    }

    /** The distribution of the column of this name. */
    Optional<Distribution> distribution(String column) {
        return distributions.stream().filter(d -> d.column().equals(column)).findFirst();
    }
}
