package dev.auscult.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/**
 * Puts findings together that see one illness: they share a layer or a quantity (training and held-out loss, and the parts of
 * a loss, are one quantity), are both about generalisation, or are both spikes, and their steps overlap by at least half of
 * the shorter span (at all, where one rule found both). Remarks about the log itself stay alone.
 */
final class Grouping {
    private static final double OVERLAP = 0.5;
    private static final String LOSS = Quantity.LOSS.label();

    private Grouping() {}

    static List<Diagnosis.Group> group(Run run, List<Finding> findings) {
        List<Finding> worstFirst = new ArrayList<>(findings);
        worstFirst.sort(Comparator.comparingInt(Finding::score)
                .reversed()
                .thenComparing(f -> f.rule().code())
                .thenComparing(Finding::summary));
        List<List<Finding>> groups = new ArrayList<>();
        for (Finding finding : worstFirst) {
            groups.stream()
                    .filter(g -> belongs(finding, g.get(0), run.lastStep()))
                    .findFirst()
                    .ifPresentOrElse(g -> g.add(finding), () -> {
                        List<Finding> alone = new ArrayList<>();
                        alone.add(finding);
                        groups.add(alone);
                    });
        }
        return groups.stream().map(Diagnosis.Group::new).toList();
    }

    private static boolean belongs(Finding finding, Finding worst, long lastStep) {
        if (finding.rule().family() == Family.LOG || worst.rule().family() == Family.LOG) {
            return false;
        }
        // How a run generalises shows in its losses and scores alike.
        boolean bothGeneralisation =
                finding.rule().family() == Family.FIT && worst.rule().family() == Family.FIT;
        // A bad batch shows in the gradient and in the loss.
        boolean bothSpikes = isSpike(finding) && isSpike(worst);
        // What one rule sees on training and on held-out data is one illness from the first shared step on.
        double share = finding.rule().code().equals(worst.rule().code()) ? 0 : OVERLAP;
        return (bothGeneralisation || bothSpikes || sharesPlace(finding.where(), worst.where()))
                && overlap(finding.where(), worst.where(), lastStep, share);
    }

    private static boolean isSpike(Finding finding) {
        return finding.rule().name().endsWith("-spike");
    }

    private static boolean sharesPlace(Where a, Where b) {
        return quantities(a).anyMatch(q -> quantities(b).anyMatch(q::equals))
                || a.layers().stream().anyMatch(b.layers()::contains);
    }

    /** The quantities of the series: {@code loss} for {@code train/loss} and {@code validation/box_loss}. */
    private static Stream<String> quantities(Where where) {
        return where.series().stream().map(Grouping::quantity);
    }

    private static String quantity(String label) {
        String noun = label.substring(label.lastIndexOf('/') + 1);
        boolean isLoss = noun.equals(LOSS) || noun.endsWith("_" + LOSS);
        boolean ofSplit = Arrays.stream(Split.values())
                .anyMatch(s -> !s.label().isEmpty() && label.equals(s.label() + "/" + noun));
        return isLoss ? LOSS : ofSplit ? noun : label;
    }

    private static boolean overlap(Where a, Where b, long lastStep, double share) {
        double shared = Math.min(a.toStep(), b.toStep()) - Math.max(a.fromStep(), b.fromStep());
        double shorter = Math.min(a.toStep() - a.fromStep(), b.toStep() - b.fromStep());
        // A finding at a single step belongs to one whose span holds it or nearly does.
        double slack = 0.02 * lastStep;
        return shared >= share * shorter - slack;
    }
}
