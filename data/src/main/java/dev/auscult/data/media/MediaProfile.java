package dev.auscult.data.media;

import java.util.List;

import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;

/**
 * What was found out about pictures, sounds or arrays.
 *
 * @param kind {@code images}, {@code sound} or {@code array}, as a {@link DataProfile} calls them
 * @param task what is to be predicted, in the words of a training spec; empty for nothing
 * @param parts the training part and, where one is given, the test part
 * @param observations what was looked for
 */
public record MediaProfile(String kind, String task, List<DataProfile.Part> parts, List<Observation> observations) {
    public MediaProfile {
        parts = List.copyOf(parts);
        observations = List.copyOf(observations);
    }
}
