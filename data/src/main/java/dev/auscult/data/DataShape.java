package dev.auscult.data;

/**
 * What a network must take and give for a data set.
 *
 * @param task what is predicted
 * @param inputShape shape of one input without the batch axis
 * @param tokens whether inputs are token ids; else numbers
 * @param vocabulary number of different tokens; 0 for numbers
 * @param outputs number of classes, labels or numbers to predict; for a language model the vocabulary
 */
public record DataShape(Task task, Extents inputShape, boolean tokens, long vocabulary, int outputs) {}
