package dev.auscult.train.spec;

/**
 * What happens when the doctor finds something while training, by severity: {@code warn}, {@code stop}, {@code
 * lower-learning-rate} (to a third) or {@code roll-back} (to the last good checkpoint, with a third of the learning rate).
 *
 * @param critical for critical findings
 * @param high for high findings
 * @param unwritable {@code stop} or {@code go-on} when the recording cannot be written
 */
public record PolicySettings(String critical, String high, String unwritable) {}
