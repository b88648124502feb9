package dev.auscult.repair.fix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How far the loop may go.
 *
 * @param source name of the spec in messages
 * @param text of the spec
 * @param base folder against which the paths of the spec are resolved
 * @param folder for recordings and journal; what is in it from an interrupted loop is used
 * @param seeds matched seeds of a proof
 * @param budget optimizer steps of all trials together, as a multiple of one training as planned; empty for no limit
 * @param time wall time; empty for no limit
 */
public record FixOptions(
        String source,
        String text,
        Path base,
        Path folder,
        int seeds,
        Optional<Double> budget,
        Optional<Duration> time) {}
