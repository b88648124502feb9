package dev.auscult.diagnose.rules;

import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Probe;

/** Compares the memory that training needs with what is available. */
public final class MemoryWillNotFit implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("RES104", "memory-will-not-fit");
    private static final Threshold SHARE =
            new Threshold("share", 0.9, "share", "of the memory available, above which the estimate leaves no room");

    /** By that share: nine tenths 16, low; all of it 75, high; a tenth more 95, critical. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.925, 1);

    private static final double GIB = 1L << 30;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.MEMORY));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Probe probe = examination.run().probe(Probe.Kind.MEMORY).orElseThrow();
        double total = Plans.number(probe, "total");
        double available = Plans.number(probe, "available");
        if (!(total > 0) || !(available > 0)) {
            return Verdict.unable(
                    "the memory needed or the memory available is not known",
                    "run `auscult check` on the machine that trains");
        }
        double share = total / available;
        if (share <= examination.threshold(this, SHARE)) {
            return Verdict.CLEAR;
        }
        double largest = Plans.number(probe, "largest-batch");
        double batch = Plans.number(probe, "batch");
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(share),
                "training needs about " + gib(total) + " of memory, " + Numbers.percent(share) + " of the "
                        + gib(available) + " available"
                        + (largest >= 1
                                ? "; the largest batch that fits has " + Numbers.count((long) largest, "example")
                                : largest >= 0 ? "; not even one example fits" : ""),
                new Where(List.of(), List.of(), 0, examination.run().lastStep()),
                Evidence.of(
                        "memory needed / memory available",
                        share,
                        "share",
                        "(parameters + gradients + optimizer + activations) / available",
                        Evidence.of("parameters", Plans.number(probe, "parameters"), "bytes"),
                        Evidence.of("gradients", Plans.number(probe, "gradients"), "bytes"),
                        Evidence.of("optimizer", Plans.number(probe, "optimizer"), "bytes"),
                        Evidence.of("activations", Plans.number(probe, "activations"), "bytes"),
                        Evidence.of("available", available, "bytes"),
                        Evidence.of("examples per batch", batch, "examples"))));
    }

    private static String gib(double bytes) {
        return Numbers.of(bytes / GIB) + " GiB";
    }
}
