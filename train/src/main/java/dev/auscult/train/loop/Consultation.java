package dev.auscult.train.loop;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.auscult.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * Has a recording judged while training goes on. The answer is fetched at a fixed point later, not when it happens to be
 * ready, so that the same seed gives the same training.
 */
final class Consultation implements AutoCloseable {
    private final Judge judge;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "auscult-judge");
        made.setDaemon(true);
        return made;
    });
    private @Nullable Future<Judge.Judgement> pending;

    Consultation(Judge judge) {
        this.judge = judge;
    }

    /** Begins to judge; the answer to the last question must have been fetched. */
    void ask(Run run) {
        Callable<Judge.Judgement> question = () -> judge.judge(run);
        pending = thread.submit(question);
    }

    /** The answer to the last question, waited for; null if there is none open. */
    Judge.@Nullable Judgement answer() {
        Future<Judge.Judgement> asked = pending;
        pending = null;
        if (asked == null) {
            return null;
        }
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            // A judge that fails must not end the training that it was to help.
            return new Judge.Judgement(Advice.GO_ON, "the recording could not be judged: " + e.getCause());
        }
    }

    /** What the judge is to remember; nothing may be asked meanwhile. */
    String memory() {
        return judge.memory();
    }

    void remember(String memory) {
        judge.remember(memory);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
