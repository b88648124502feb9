package dev.auscult.repair.fix;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.repair.fix.Mending.Candidate;
import dev.auscult.repair.remedy.Edits;
import dev.auscult.repair.remedy.Patient;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecFile;

/**
 * Treatments of two causes at once, for a training with two illnesses of which each alone keeps it from learning, so that no
 * treatment of one of them shows a gain.
 */
final class Together {
    /** Pairs that are tried: a third one would be worth less than to ask a person. */
    private static final int MOST = 2;

    private Together() {}

    /**
     * The first treatment of the most probable cause that a spec can say, with the first of each of the next causes.
     *
     * @param candidates single treatments, the best first
     * @param source name of the spec in messages
     */
    static List<Candidate> pairs(List<Candidate> candidates, Patient patient, String source) {
        List<Candidate> firsts = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean another = firsts.stream()
                    .noneMatch(c -> c.suspect().cause() == candidate.suspect().cause());
            // What need not show a gain must not carry another treatment along.
            boolean proven = Criterion.of(candidate.suspect(), true) == Criterion.BETTER;
            if (firsts.size() <= MOST && another && proven && applies(candidate.treatment(), patient)) {
                firsts.add(candidate);
            }
        }
        List<Candidate> pairs = new ArrayList<>();
        for (int i = 1; i < firsts.size(); i++) {
            pairs.add(pair(firsts.get(0), firsts.get(i), source));
        }
        return pairs;
    }

    private static boolean applies(Treatment treatment, Patient patient) {
        try {
            return !treatment.edits().of(patient).isEmpty();
        } catch (RuntimeException e) {
            // Alone it did not fit either, and that was said.
            return false;
        }
    }

    private static Candidate pair(Candidate one, Candidate other, String source) {
        Treatment first = one.treatment();
        Treatment second = other.treatment();
        Safety safety = first.safety().compareTo(second.safety()) >= 0 ? first.safety() : second.safety();
        Treatment both = new Treatment(
                first.name() + "-and-" + second.name(),
                first.cause(),
                safety,
                first.text() + "; and with it: " + second.text(),
                first.pytorch() + "\n" + second.pytorch(),
                first.keras() + "\n" + second.keras(),
                first.effect() + "; " + second.effect(),
                first.source() + "; " + second.source(),
                edits(first.edits(), second.edits(), source));
        return new Candidate(one.suspect(), both, other.worth());
    }

    /** The second sees the spec as the first leaves it; where either has nothing to change, they are not two. */
    private static Edits edits(Edits first, Edits second, String source) {
        return patient -> {
            List<Change> all = new ArrayList<>(first.of(patient));
            if (all.isEmpty()) {
                return List.of();
            }
            String text = SpecEdit.apply(source, patient.text(), all);
            Patient treated = new Patient(
                    text,
                    SpecFile.parse(source, text, "run", List.of()),
                    patient.base(),
                    patient.run(),
                    patient.bestRate());
            List<Change> more = second.of(treated);
            all.addAll(more);
            return more.isEmpty() ? List.of() : all;
        };
    }
}
