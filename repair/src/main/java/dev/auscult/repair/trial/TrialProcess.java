package dev.auscult.repair.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;

/**
 * A process that makes trials for another one: {@code TrialProcess DEVICE THREADS}. It reads an order per line, and answers
 * each with a line; when there is nobody left to give orders, it ends at once, in the midst of a trial if need be.
 */
public final class TrialProcess {
    /** Begins the line that says that a trial ended; its folder says how. */
    static final String DONE = "auscult-trial-done";

    /** Begins the line that says why a trial could not be made, which is not the fault of its spec. */
    static final String BROKEN = "auscult-trial-broken ";

    /** Begins the line that says that the process is ready. */
    static final String READY = "auscult-trial-ready";

    private TrialProcess() {}

    /**
     * Makes trials until its input ends.
     *
     * @param args device ({@code auto}, {@code cpu}, {@code cuda}) and threads of one operation
     */
    public static void main(String[] args) throws InterruptedException {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        // Whatever else is printed goes where messages go.
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(orders), "auscult-orders");
        reader.setDaemon(true);
        reader.start();
        Examiner examiner = Examiner.shipped();
        try (Engine engine = TorchEngine.open(args[0], Integer.parseInt(args[1]))) {
            TrialTraining training = new TrialTraining(engine, examiner);
            answers.println(READY);
            while (true) {
                TrialRequest request = TrialOrder.read(orders.take());
                try {
                    training.make(request, () -> false);
                    answers.println(DONE);
                } catch (IOException e) {
                    answers.println(BROKEN + line(e));
                } catch (RuntimeException e) {
                    // A fault of Auscult: where it happened goes to the log of the process.
                    e.printStackTrace();
                    answers.println(BROKEN + line(e));
                }
            }
        }
    }

    private static String line(Exception e) {
        return (e.getClass().getSimpleName() + ": " + e.getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }

    private static void read(BlockingQueue<String> orders) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                orders.add(line);
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(0);
    }
}
