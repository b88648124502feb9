package dev.auscult.repair.trial;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One process that makes trials, one after the other. */
final class Worker implements AutoCloseable {
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;
    private final Path log;

    private Worker(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts one with the Java, the class path and the flags of this process.
     *
     * @param log takes its messages
     */
    static Worker start(String device, int threads, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(Worker::isInherited)
                .forEach(command::add);
        String modules = System.getProperty("jdk.module.path", "");
        boolean named = TrialProcess.class.getModule().isNamed();
        if (!modules.isEmpty()) {
            command.addAll(List.of("-p", modules));
        }
        String classes = System.getProperty("java.class.path", "");
        if (!classes.isEmpty()) {
            command.addAll(List.of("-cp", classes));
        }
        if (named) {
            command.addAll(
                    List.of("-m", TrialProcess.class.getModule().getName() + "/" + TrialProcess.class.getName()));
        } else {
            command.add(TrialProcess.class.getName());
        }
        command.addAll(List.of(device, String.valueOf(threads)));
        Files.createDirectories(log.toAbsolutePath().getParent());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
                .start();
        return new Worker(process, log);
    }

    /** An agent would listen on the same port, and a debugger wait for a second one. */
    private static boolean isInherited(String flag) {
        return !flag.startsWith("-agent") && !flag.startsWith("-javaagent") && !flag.startsWith("-Xrun");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Has a trial made, and waits.
     *
     * @return why it could not be made, one line; empty if it ended
     */
    Optional<String> make(TrialRequest request) {
        try {
            orders.write(TrialOrder.write(request));
            orders.newLine();
            orders.flush();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.equals(TrialProcess.DONE)) {
                    return Optional.empty();
                }
                if (line.startsWith(TrialProcess.BROKEN)) {
                    return Optional.of(line.substring(TrialProcess.BROKEN.length()) + " (see " + log + ")");
                }
            }
        } catch (IOException e) {
            // The process is gone: it said nothing more.
        }
        return Optional.of(gone());
    }

    private String gone() {
        try {
            int code = process.waitFor();
            // 128 + 9: killed, as the system does with what takes too much memory.
            String why = code == 137 ? "was killed, most likely because memory did not suffice" : "ended with " + code;
            return "the process of the trial " + why + " (see " + log + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the process of the trial was ended";
        }
    }

    /** Ends it at once; what a trial has saved stays. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
