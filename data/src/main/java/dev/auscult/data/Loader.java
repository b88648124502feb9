package dev.auscult.data;

import java.util.concurrent.atomic.AtomicInteger;

import dev.auscult.data.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Serves examples in batches, which a thread of its own prepares, two ahead, while the training step runs.
 *
 * <p>All randomness is a function of the seed, the epoch, and the example or batch: an epoch that is begun again at any batch
 * gives the same numbers bit for bit. One thread calls; a batch stays valid until the next call of {@link #next} or {@link
 * #startEpoch}.
 */
public final class Loader implements AutoCloseable {
    /** Batches prepared while one is in use. */
    private static final int AHEAD = 2;

    private static final long PATIENCE_AT_CLOSE_MS = 2_000;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int batches;
    private final BatchFiller filler;
    private final BatchFiller.Slot[] slots;
    private final Object lock = new Object();

    private @Nullable Thread thread;
    /** All below are guarded by {@link #lock}; batches are counted from 0 in each epoch. */
    private int epoch = -1;
    /** Tells what belongs to an epoch that was left in the middle. */
    private long generation;

    private int toFill;
    private int toServe;
    private @Nullable Throwable failure;
    private boolean closed;
    private long waitedNanos;

    private Loader(Examples examples, LoaderSettings settings) {
        int size = examples.size();
        if (size == 0) {
            throw new DataException("no examples to serve, wanted at least one");
        }
        if (examples.target().size() != size) {
            throw new DataException(size + " inputs beside " + examples.target().size() + " targets, wanted as many");
        }
        int whole = size / settings.batchSize();
        batches = settings.dropLast() || size % settings.batchSize() == 0 ? whole : whole + 1;
        if (batches == 0) {
            throw new DataException(
                    "batch size " + settings.batchSize() + " with the last smaller batch left out, but only " + size
                            + " examples: no batch at all; make the batch size smaller");
        }
        filler = new BatchFiller(examples, settings);
        slots = new BatchFiller.Slot[AHEAD + 1];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = filler.newSlot();
        }
    }

    /**
     * A loader that serves nothing until {@link #startEpoch}.
     *
     * @throws DataException where an augmentation does not fit the examples
     */
    public static Loader of(Examples examples, LoaderSettings settings) {
        return new Loader(examples, settings);
    }

    /** Number of batches of an epoch. */
    public int batchesPerEpoch() {
        return batches;
    }

    /**
     * Begins an epoch, or goes on in the middle of one; what was left of another is forgotten.
     *
     * @param epoch from 0; the order and the augmentation are a function of the seed and this number
     * @param firstBatch the first batch to serve, from 0
     */
    public void startEpoch(int epoch, int firstBatch) {
        if (epoch < 0 || firstBatch < 0 || firstBatch > batches) {
            throw new IllegalArgumentException(
                    "epoch " + epoch + ", batch " + firstBatch + " of an epoch of " + batches + " batches");
        }
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the loader is closed");
            }
            this.epoch = epoch;
            generation++;
            toFill = firstBatch;
            toServe = firstBatch;
            failure = null;
            if (thread == null) {
                thread = new Thread(this::work, "auscult-loader-" + COUNT.incrementAndGet());
                thread.setDaemon(true);
                thread.start();
            }
            lock.notifyAll();
        }
    }

    /**
     * The next batch, valid until the next call; null at the end of the epoch. What went wrong in the loader's thread is
     * thrown here.
     */
    public @Nullable Batch next() {
        synchronized (lock) {
            if (epoch < 0) {
                throw new IllegalStateException("startEpoch comes first");
            }
            if (toServe >= batches) {
                return null;
            }
            int wanted = toServe;
            // The batch of the call before is free from here on.
            toServe++;
            lock.notifyAll();
            if (toFill <= wanted && failure == null && !closed) {
                waitFor(wanted);
            }
            if (closed) {
                throw new IllegalStateException("the loader is closed");
            }
            if (toFill <= wanted) {
                toServe = wanted;
                rethrow();
            }
            return slots[wanted % slots.length].batch();
        }
    }

    /** Waits until a batch is there, and counts the time. */
    private void waitFor(int wanted) {
        long start = System.nanoTime();
        boolean interrupted = false;
        while (toFill <= wanted && failure == null && !closed) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waitedNanos += System.nanoTime() - start;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("the loader stopped", failure);
    }

    /** How long {@link #next} has waited for batches since the loader was made, in nanoseconds. */
    public long waitedNanos() {
        synchronized (lock) {
            return waitedNanos;
        }
    }

    /** Stops the thread; waits for it only for a short time, whatever the inputs are doing. */
    @Override
    public void close() {
        Thread running;
        synchronized (lock) {
            closed = true;
            running = thread;
            lock.notifyAll();
        }
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        try {
            running.join(PATIENCE_AT_CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (true) {
            int mine;
            int ofEpoch;
            long ofGeneration;
            synchronized (lock) {
                while (!closed && !somethingToFill()) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                mine = toFill;
                ofEpoch = epoch;
                ofGeneration = generation;
            }
            Throwable problem = null;
            try {
                filler.fill(slots[mine % slots.length], ofEpoch, mine);
            } catch (RuntimeException | Error e) {
                problem = e;
            }
            synchronized (lock) {
                if (ofGeneration == generation) {
                    if (problem == null) {
                        toFill++;
                    } else {
                        failure = problem;
                    }
                    lock.notifyAll();
                }
            }
        }
    }

    /** Whether there is a batch to prepare and a slot that nobody uses: the one served last still is in use. */
    private boolean somethingToFill() {
        return failure == null && toFill < batches && toFill < toServe + AHEAD;
    }
}
