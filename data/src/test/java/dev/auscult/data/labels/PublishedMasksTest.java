package dev.auscult.data.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the authors of confident learning published for CIFAR-10 with 20 % of the labels changed: their probabilities, and
 * which examples each rule kept.
 */
class PublishedMasksTest {
    private static final Map<Method, String> MASKS = Map.of(
            Method.PBNR, "kept_cl_pbnr",
            Method.PBC, "kept_cl_pbc",
            Method.BOTH, "kept_cl_both",
            Method.JOINT, "kept_conf_joint_only",
            Method.ARGMAX, "kept_argmax");

    private static final Path SET = find();

    private static Path find() {
        String name = "shared/datasets/confident-learning/cifar10-noise-0.2-sparsity-0.4";
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(name))) {
                return at.resolve(name);
            }
        }
        return Path.of("..", name);
    }

    @BeforeEach
    void present() {
        Assumptions.assumeTrue(Files.isDirectory(SET), SET + " is not there");
    }

    private static ConfidentLearning find(Method method) throws IOException {
        int[] given = GivenLabels.read(SET.resolve("labels_given.npy"));
        try (NpyProbabilities p = NpyProbabilities.open(SET.resolve("predicted_probabilities.npy"))) {
            return ConfidentLearning.of(given, p, method);
        }
    }

    private static BitSet flagged(ConfidentLearning found) {
        BitSet flagged = new BitSet();
        found.suspects().forEach(s -> flagged.set(s.index()));
        return flagged;
    }

    private static BitSet published(Method method) throws IOException {
        int[] kept = GivenLabels.read(SET.resolve(MASKS.get(method) + ".npy"));
        BitSet flagged = new BitSet();
        for (int i = 0; i < kept.length; i++) {
            flagged.set(i, kept[i] == 0);
        }
        return flagged;
    }

    private static int common(BitSet a, BitSet b) {
        BitSet both = (BitSet) a.clone();
        both.and(b);
        return both.cardinality();
    }

    @Test
    void flagsWhatTheAuthorsFlagged() throws IOException {
        for (Method method : Method.values()) {
            BitSet found = flagged(find(method));
            BitSet theirs = published(method);
            int common = common(found, theirs);
            double jaccard = (double) common / (found.cardinality() + theirs.cardinality() - common);
            assertThat(jaccard)
                    .as("Jaccard index of %s", method)
                    .isGreaterThanOrEqualTo(method == Method.ARGMAX ? 1 : 0.998);
        }
    }

    @Test
    void findsTheLabelsThatWereChanged() throws IOException {
        ConfidentLearning result = find(Method.PBNR);
        int[] given = GivenLabels.read(SET.resolve("labels_given.npy"));
        int[] truth = GivenLabels.read(SET.resolve("labels_true.npy"));
        BitSet wrong = new BitSet();
        for (int i = 0; i < given.length; i++) {
            wrong.set(i, given[i] != truth[i]);
        }
        BitSet found = flagged(result);
        double f1 = 2.0 * common(found, wrong) / (found.cardinality() + wrong.cardinality());
        assertThat(f1).isGreaterThanOrEqualTo(0.80);
        // The reference implementation of the same steps gives 0.284; 0.199 is true.
        assertThat(result.noise()).isBetween(0.2835, 0.2845);
    }
}
