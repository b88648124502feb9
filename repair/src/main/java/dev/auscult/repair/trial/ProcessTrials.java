package dev.auscult.repair.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Makes trials in processes of their own, several side by side: what takes too much memory there takes nothing else with it.
 *
 * <p>The processes stay for the next trials, so that libtorch is loaded once in each. They end with this process, however
 * that ends.
 */
public final class ProcessTrials implements Trials {
    private final String device;
    private final int threads;
    private final int sideBySide;
    private final Path logs;
    private final Recordings recordings;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final List<Worker> all = new ArrayList<>();
    private final ExecutorService executor;
    private final Thread atExit = new Thread(this::end, "auscult-trials-end");

    /**
     * Trials in processes.
     *
     * @param device {@code auto}, {@code cpu} or {@code cuda}
     * @param threads threads of one operation in each
     * @param sideBySide how many at the same time
     * @param logs folder for the messages of the processes
     * @param examiner judges the recordings, in this process
     */
    public ProcessTrials(String device, int threads, int sideBySide, Path logs, Examiner examiner) {
        this.device = device;
        this.threads = threads;
        this.sideBySide = Math.max(1, sideBySide);
        this.logs = logs;
        this.recordings = new Recordings(examiner);
        this.executor = Executors.newFixedThreadPool(this.sideBySide, task -> {
            Thread made = new Thread(task, "auscult-trials");
            made.setDaemon(true);
            return made;
        });
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** How many trials of so many threads this machine can make side by side without that they share cores. */
    public static int fitting(int threads) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, threads));
    }

    @Override
    public int sideBySide() {
        return sideBySide;
    }

    /** What came of the request of a number: how it ended, or why it could not be made. */
    private record Answer(int number, Ended ended) {}

    @Override
    public List<TrialResult> run(List<TrialRequest> requests, Consumer<TrialResult> done)
            throws IOException, InterruptedException {
        CompletionService<Answer> answers = new ExecutorCompletionService<>(executor);
        @Nullable TrialResult[] results = new TrialResult[requests.size()];
        int open = 0;
        for (int i = 0; i < requests.size(); i++) {
            int number = i;
            answers.submit(() -> new Answer(number, ended(requests.get(number))));
            open++;
        }
        try {
            for (; open > 0; open--) {
                Answer answer = answers.take().get();
                TrialResult result = recordings.result(requests.get(answer.number()), answer.ended());
                results[answer.number()] = result;
                done.accept(result);
            }
        } catch (ExecutionException e) {
            end();
            if (e.getCause() instanceof IOException broken) {
                throw new IOException(broken.getMessage(), broken);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            end();
            throw e;
        }
        return Arrays.asList(results);
    }

    private Ended ended(TrialRequest request) throws IOException {
        Optional<Ended> there = TrialTraining.whole(request);
        if (there.isPresent()) {
            return there.get();
        }
        Worker worker = take();
        Optional<String> failure = worker.make(request);
        give(worker);
        if (failure.isPresent()) {
            // Not kept in the folder: with more memory or a mended disk the trial can be made later.
            return Ended.failed(TrialTraining.identity(request), failure.get(), 0);
        }
        return Ended.read(request.folder(), TrialTraining.identity(request))
                .orElseThrow(() -> new IOException("found no trial.json in " + request.folder()
                        + ", which the process of the trial was to write"));
    }

    private Worker take() throws IOException {
        synchronized (all) {
            Worker waiting = idle.poll();
            if (waiting != null && waiting.isAlive()) {
                return waiting;
            }
            Worker fresh = Worker.start(device, threads, logs.resolve("processes.log"));
            all.add(fresh);
            return fresh;
        }
    }

    private void give(Worker worker) {
        synchronized (all) {
            if (worker.isAlive()) {
                idle.add(worker);
            } else {
                all.remove(worker);
            }
        }
    }

    private void end() {
        synchronized (all) {
            all.forEach(Worker::close);
            all.clear();
            idle.clear();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The process ends already, and with it the others.
        }
    }
}
