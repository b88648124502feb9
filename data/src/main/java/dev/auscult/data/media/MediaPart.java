package dev.auscult.data.media;

import java.util.List;

import dev.auscult.run.DataProfile;
import dev.auscult.run.Observation;

/**
 * One part, read.
 *
 * @param kind {@code images}, {@code sound} or {@code array}
 * @param task what is to be predicted; empty for nothing
 * @param part sizes and labels
 * @param observations the looks at this part by itself, but for copies
 * @param copies finds items that are there twice
 */
record MediaPart(String kind, String task, DataProfile.Part part, List<Observation> observations, Copies copies) {}
