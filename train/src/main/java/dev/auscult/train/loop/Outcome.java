package dev.auscult.train.loop;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a training ended.
 *
 * @param ending why it ended
 * @param directory the recording
 * @param epochs epochs that were completed
 * @param step optimizer steps that were taken
 * @param best results of the best evaluation by name ({@code validation/loss}); empty if there was none
 * @param last results of the last evaluation by name
 * @param test results on the test examples by name, with the weights that were kept; empty without test examples
 * @param reason one sentence for people
 */
public record Outcome(
        Ending ending,
        Path directory,
        int epochs,
        long step,
        Map<String, Double> best,
        Map<String, Double> last,
        Map<String, Double> test,
        String reason) {

    /** Why a training ended. */
    public enum Ending {
        COMPLETED,
        EARLY_STOP,
        /** The policy on findings said so. */
        STOPPED,
        /** Asked to stop by the user; it can be resumed. */
        INTERRUPTED,
        /** The recording could not be written. */
        UNWRITABLE
    }
}
