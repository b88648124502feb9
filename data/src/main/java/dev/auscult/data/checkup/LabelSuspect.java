package dev.auscult.data.checkup;

/**
 * A row or file whose label is worth a look.
 *
 * @param row number of the row in its file, from 1; 0 for a file
 * @param source the file where the row is one by itself; empty otherwise
 * @param shown what is there, in short
 * @param given the label it has
 * @param suggested the label a model, trained on other rows, finds most probable
 * @param selfConfidence the probability of the given label, 0..1
 * @param margin probability of the given label minus that of the suggested one
 */
public record LabelSuspect(
        long row, String source, String shown, String given, String suggested, double selfConfidence, double margin) {}
