package dev.auscult.repair.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Severity;
import dev.auscult.repair.trial.TrialRequest.Stop;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;
import dev.auscult.train.loop.Advice;
import dev.auscult.train.loop.Judge;
import dev.auscult.train.loop.TrainingListener;

/**
 * Says when a trial has shown what it was made to show, so that the rest of it can be saved.
 *
 * <p>It hears the recording as a judge and the answer as a listener: a judge's answer arrives at a fixed step, whenever it
 * was ready, so that a trial ends at the same step each time it is made.
 *
 * <p>A critical finding has to be there in two judgements one after the other, a high one in five: what comes and goes, as
 * while a rate warms up, ends nothing. What is wrong with data, machine or log is as certain after the training as before
 * and tells nothing of how it goes; it ends nothing either.
 */
final class Certainty implements Judge, TrainingListener {
    private static final int CRITICAL_TIMES = 2;
    private static final int HIGH_TIMES = 5;

    /** Records of the loss one after the other that are not finite: weights that are not finite stay so. */
    private static final int LOST = 3;

    /** Tells answers from the other notes of a training; people see it nowhere. */
    private static final String CERTAIN = "trial: ";

    private final Examiner examiner;
    private final Stop stop;
    private final Map<String, Integer> times = new TreeMap<>();
    private String reason = "";
    private boolean lost;

    Certainty(Examiner examiner, Stop stop) {
        this.examiner = examiner;
        this.stop = stop;
    }

    /** Whether the trial can end. */
    boolean isReached() {
        return !reason.isEmpty();
    }

    /** Whether nothing finite is left to train. */
    boolean isLost() {
        return lost;
    }

    /** Why it can end, one clause. */
    String reason() {
        return reason;
    }

    @Override
    public Judgement judge(Run run) {
        if (nothingFinite(run)) {
            return new Judgement(Advice.GO_ON, CERTAIN + "lost: the loss is not finite any more");
        }
        return stop == Stop.NEVER ? new Judgement(Advice.GO_ON, "") : new Judgement(Advice.GO_ON, certain(run));
    }

    private String certain(Run run) {
        List<String> seen = new ArrayList<>();
        String found = "";
        for (Finding finding : examiner.diagnose(run).findings()) {
            String code = finding.rule().code();
            Family family = finding.rule().family();
            boolean ofTraining = family != Family.DAT && family != Family.RES && family != Family.LOG;
            if (!ofTraining || !finding.severity().isAtLeast(Severity.HIGH) || seen.contains(code)) {
                continue;
            }
            seen.add(code);
            int count = times.merge(code, 1, Integer::sum);
            int needed = finding.severity() == Severity.CRITICAL ? CRITICAL_TIMES : HIGH_TIMES;
            if (found.isEmpty() && count >= needed) {
                found = CERTAIN + "certain: " + code + " " + finding.summary();
            }
        }
        times.keySet().retainAll(seen);
        return found;
    }

    private static boolean nothingFinite(Run run) {
        List<Series> losses = run.metrics(Split.TRAIN, Quantity.LOSS).toList();
        return !losses.isEmpty() && losses.stream().allMatch(Certainty::endsLost);
    }

    private static boolean endsLost(Series series) {
        int n = series.size();
        if (n < LOST) {
            return false;
        }
        for (double value : series.values(n - LOST, n)) {
            if (Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void note(String sentence) {
        if (sentence.startsWith(CERTAIN)) {
            String said = sentence.substring(CERTAIN.length());
            lost = said.startsWith("lost: ");
            reason = said.substring(said.indexOf(' ') + 1);
        }
    }

    @Override
    public String memory() {
        List<String> words = new ArrayList<>();
        times.forEach((code, count) -> words.add(code + ":" + count));
        return String.join(" ", words);
    }

    @Override
    public void remember(String memory) {
        times.clear();
        for (String word : memory.split(" ", -1)) {
            int colon = word.indexOf(':');
            if (colon > 0) {
                times.put(word.substring(0, colon), Integer.parseInt(word.substring(colon + 1)));
            }
        }
    }
}
