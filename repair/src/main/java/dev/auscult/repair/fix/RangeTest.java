package dev.auscult.repair.fix;

import java.nio.file.Path;
import java.util.OptionalDouble;

import dev.auscult.train.check.LearningRateTest;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;

/** Finds a learning rate for a spec. */
@FunctionalInterface
interface RangeTest {
    /** Optimizer steps that one takes at most. */
    long STEPS = 100;

    /** The rate for a spec whose paths are relative to a folder; empty if none can be told. */
    OptionalDouble rate(Spec spec, Path base);

    /**
     * By Smith's range test, read as fastai 2 does: the valley. On the healthy base programs of the fault bench it lies
     * between a quarter and four times the rate that their author gave them; where the loss falls fastest, and a tenth of
     * where it is least, lie up to four decades away.
     */
    static RangeTest on(Engine engine) {
        return (spec, base) -> {
            try (Setup setup = Setup.open(spec, base, engine, sentence -> {})) {
                double rate =
                        LearningRateTest.run(setup, taken -> {}).suggestions().valley();
                return rate > 0 && Double.isFinite(rate) ? OptionalDouble.of(rounded(rate)) : OptionalDouble.empty();
            } catch (IllegalArgumentException closure) {
                return OptionalDouble.empty();
            }
        };
    }

    /** To 1, 2 or 5 times a power of ten: a range test knows no more than that. */
    static double rounded(double rate) {
        double power = Math.pow(10, Math.floor(Math.log10(rate)));
        double digit = rate / power;
        int nearest = digit < Math.sqrt(2) ? 1 : digit < Math.sqrt(10) ? 2 : digit < Math.sqrt(50) ? 5 : 10;
        // By way of text, so that 3·10⁻⁴ is that and not 0.00030000000000000003.
        return Double.parseDouble(nearest + "e" + (int) Math.floor(Math.log10(rate)));
    }
}
