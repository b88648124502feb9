package dev.auscult.data.media;

/**
 * Two items that are almost the same.
 *
 * @param item the later one, or that of the other part
 * @param like the earlier one, or that of the training part
 * @param likeness how much they are alike, 0..1
 */
record NearPair(int item, int like, double likeness) {}
