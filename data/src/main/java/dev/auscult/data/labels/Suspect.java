package dev.auscult.data.labels;

/**
 * An example whose label is worth a look.
 *
 * @param index of the example, from 0
 * @param given its label
 * @param suggested the class that the probabilities speak for
 * @param margin probability of the given label less the largest of the others, -1..1; the lower, the more suspect
 */
public record Suspect(int index, int given, int suggested, double margin) {}
