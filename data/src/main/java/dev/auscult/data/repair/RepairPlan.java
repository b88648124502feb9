package dev.auscult.data.repair;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is to be changed in a copy of a table.
 *
 * @param blanks words that stand for a missing value, by column
 * @param sentinels numbers that stand for a missing value, by column
 * @param spellings what each other spelling of a category becomes, by column
 * @param medians columns of numbers whose missing cells become the median
 * @param categories columns of categories whose missing cells become the category {@link #MISSING}
 * @param duplicates rows that repeat an earlier one in all of these columns are left out; none if empty
 * @param suspects weight 0..1 of each row whose label is doubted, by its number from 1
 * @param treatment what is done with those
 */
public record RepairPlan(
        Map<String, Set<String>> blanks,
        Map<String, Set<Double>> sentinels,
        Map<String, Map<String, String>> spellings,
        List<String> medians,
        List<String> categories,
        List<String> duplicates,
        Map<Long, Double> suspects,
        Treatment treatment) {
    /** The category of missing cells. */
    public static final String MISSING = "missing";

    public RepairPlan {
        blanks = Map.copyOf(blanks);
        sentinels = Map.copyOf(sentinels);
        spellings = Map.copyOf(spellings);
        medians = List.copyOf(medians);
        categories = List.copyOf(categories);
        duplicates = List.copyOf(duplicates);
        suspects = Map.copyOf(suspects);
        Objects.requireNonNull(treatment, "treatment");
    }

    /** What is done with rows whose label is doubted. */
    public enum Treatment {
        KEEP,
        DROP,
        /** They keep their label and count for less. */
        WEIGHT
    }
}
