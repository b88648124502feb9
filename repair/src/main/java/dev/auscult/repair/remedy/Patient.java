package dev.auscult.repair.remedy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

import dev.auscult.run.Run;
import dev.auscult.train.spec.Spec;

/**
 * A spec that is to be mended, and what is known of its training.
 *
 * @param text of the spec, as its author wrote it
 * @param spec what it says
 * @param base folder against which its paths are resolved
 * @param run a recording of it; empty before the first
 * @param bestRate the learning rate that a range test of this spec suggests (a test of some hundred steps, made when it is
 *     first asked for); empty where it found none
 */
public record Patient(String text, Spec spec, Path base, Optional<Run> run, Supplier<OptionalDouble> bestRate) {}
