package dev.auscult.intake.tensorboard;

import java.util.Optional;

import dev.auscult.intake.tensors.TensorNames;
import dev.auscult.run.RunEvent;
import dev.auscult.run.TensorKey;

/** What the tags of an event file mean, by who wrote it. */
public interface TagNames {
    /** Any program: the tags are guessed from the conventions of all. */
    TagNames FOREIGN = new TagNames() {
        @Override
        public boolean isRecording() {
            return false;
        }

        @Override
        public Optional<TensorKey> tensor(String tag) {
            return TensorNames.tensor(tag);
        }

        @Override
        public Optional<RunEvent.Kind> event(String tag) {
            return Optional.empty();
        }
    };

    /**
     * Whether we wrote it: a session log then says from which step on everything is written again, and nothing has to be
     * guessed from steps that go back.
     */
    boolean isRecording();

    /** The tensor whose histograms a tag holds; empty if it is none. */
    Optional<TensorKey> tensor(String tag);

    /** The event of the run that a tag marks; empty if it is none. */
    Optional<RunEvent.Kind> event(String tag);
}
