package dev.auscult.train.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.run.Probe;
import dev.auscult.train.check.GradientCheck.Block;

/**
 * What a gradient check found, input by input or parameter by parameter.
 *
 * @param blocks in order
 */
public record GradientReport(List<Block> blocks) {
    public GradientReport {
        blocks = List.copyOf(blocks);
    }

    /** Whether every gradient is right to a relative error. */
    public boolean isRight(double tolerance) {
        return blocks.stream().allMatch(b -> b.isRight(tolerance));
    }

    /** The same for a run. */
    public Probe probe() {
        return new Probe(
                Probe.Kind.GRADIENT_CHECK,
                Map.of(),
                Map.of(),
                blocks.stream().map(GradientReport::part).toList());
    }

    private static Probe.Part part(Block block) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("checked", (double) block.checked());
        numbers.put("kinks", (double) block.kinks());
        if (block.checked() > 0) {
            numbers.put("relative-error", block.relativeError());
            numbers.put("analytic", block.analytic());
            numbers.put("numeric", block.numeric());
            numbers.put("coordinate", (double) block.coordinate());
        }
        return new Probe.Part(block.name(), numbers);
    }
}
