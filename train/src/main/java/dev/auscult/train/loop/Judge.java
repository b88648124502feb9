package dev.auscult.train.loop;

import dev.auscult.run.Run;

/** Judges the recording of a training that is still going on; called on a thread of its own. */
@FunctionalInterface
public interface Judge {
    /** Lets every training go on. */
    Judge NONE = run -> new Judgement(Advice.GO_ON, "");

    /**
     * Judges.
     *
     * @param run everything recorded so far
     */
    Judgement judge(Run run);

    /** What the judge must know to go on as if it had heard of all before; kept in checkpoints. */
    default String memory() {
        return "";
    }

    /** Takes over what {@link #memory} gave. */
    default void remember(String memory) {}

    /**
     * What a judge said.
     *
     * @param advice what is to happen
     * @param reason one sentence for people; empty to go on
     */
    record Judgement(Advice advice, String reason) {}
}
