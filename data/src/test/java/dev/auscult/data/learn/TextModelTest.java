package dev.auscult.data.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.checkup.OutOfSample;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.profile.Progress;
import org.junit.jupiter.api.Test;

class TextModelTest {
    @Test
    void wordsAreCountedWithoutCaseAndInPairs() {
        BagOfWords words = BagOfWords.of(List.of("Red red wine", "wine", "..."));
        // red, wine, red-red, red-wine; wine; nothing.
        assertEquals(4, words.to(0) - words.from(0));
        assertEquals(1, words.to(1) - words.from(1));
        assertEquals(0, words.to(2) - words.from(2));
        double squares = 0;
        for (int j = words.from(0); j < words.to(0); j++) {
            squares += words.weight(j) * words.weight(j);
        }
        assertEquals(1, squares, 1e-6);
    }

    @Test
    void readsNewsAsWellAsLinearModelsDo() {
        Frame frame = RealFrame.news().make();
        FrameColumn text = frame.column("text").orElseThrow();
        FrameColumn label = frame.column("label").orElseThrow();
        int[] labels = new int[frame.rows()];
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) label.get(i);
            texts.add(text.text(i));
        }
        float[][] p = OutOfSample.probabilities(BagOfWords.of(texts), labels, 4, 1, Progress.SILENT);
        double accuracy = BoostedTreesTest.accuracy(p, labels);
        assertTrue(accuracy > 0.87, "accuracy " + accuracy);
    }
}
