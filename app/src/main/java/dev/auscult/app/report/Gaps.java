package dev.auscult.app.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.diagnose.Diagnosis;

/** What could not be judged, gathered by what to record next time. */
final class Gaps {
    private final Map<String, Gap> byRecord = new LinkedHashMap<>();

    /**
     * One thing to record.
     *
     * @param record the advice
     * @param reasons why rules could not tell
     * @param rules codes of the rules that could not tell
     * @param runs names of the runs concerned
     */
    record Gap(String record, Set<String> reasons, Set<String> rules, Set<String> runs) {
        String reason() {
            return reasons.size() == 1 ? reasons.iterator().next() : "too little in the log";
        }
    }

    void add(ExaminedRun run) {
        for (Diagnosis.CannotTell one : run.unable()) {
            Gap gap = byRecord.computeIfAbsent(
                    one.verdict().record(),
                    record -> new Gap(record, new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>()));
            gap.reasons().add(one.verdict().reason());
            gap.rules().add(one.rule().code());
            gap.runs().add(run.name());
        }
    }

    /** The gaps, the one that holds up most rules and runs first. */
    List<Gap> worstFirst() {
        List<Gap> gaps = new ArrayList<>(byRecord.values());
        gaps.sort(
                Comparator.comparingInt((Gap g) -> -g.rules().size() * g.runs().size()));
        return gaps;
    }
}
