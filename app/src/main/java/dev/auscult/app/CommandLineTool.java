package dev.auscult.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.auscult.app.report.Cells;
import dev.auscult.run.Nearest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import tools.jackson.core.JacksonException;

/** The command {@code auscult}: picks the command, runs it, and turns everything that goes wrong into one line. */
final class CommandLineTool {
    private final Terminal terminal;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    CommandLineTool(Terminal terminal, Workplace workplace) {
        this.terminal = terminal;
        commands.put("diagnose", new DiagnoseCommand(workplace));
        commands.put("train", new TrainCommand(workplace));
        commands.put("resume", new ResumeCommand(workplace));
        commands.put("fix", new FixCommand(workplace));
        commands.put("demo", new DemoCommand(workplace));
        commands.put("check", new CheckCommand(workplace));
        commands.put("gradcheck", new GradcheckCommand());
        commands.put("lr", new LrCommand());
        commands.put("data", new DataCommand(workplace));
        commands.put("rule", new RuleCommand(workplace.book()));
        commands.put("cause", new CauseCommand());
        commands.put("schema", new SchemaCommand());
        commands.put("completion", new CompletionCommand(this::commandLine));
        commands.put("rehearse", new RehearseCommand(workplace));
    }

    /** Runs a command line and returns the exit code. */
    int run(String... args) {
        boolean debug = Arrays.asList(args).contains("--debug");
        try {
            int code = parseAndRun(args);
            terminal.flush();
            return code;
        } catch (UsageException e) {
            return failed(ExitCode.USAGE, e.getMessage(), debug ? e : null);
        } catch (IOException | UncheckedIOException | JacksonException e) {
            return isBrokenPipe(e) ? ExitCode.OK : failed(ExitCode.INTERNAL, unwritten(e), debug ? e : null);
        } catch (RuntimeException | Error e) {
            return failed(ExitCode.INTERNAL, internal(e), debug ? e : null);
        }
    }

    private int parseAndRun(String... args) throws IOException {
        CommandLine line = commandLine();
        ParseResult parsed;
        try {
            parsed = line.parseArgs(args);
        } catch (ParameterException e) {
            throw new UsageException(usage(e));
        }
        ParseResult last = parsed;
        Map<String, Command> known = commands;
        Command command = null;
        while (last.hasSubcommand()) {
            last = last.subcommand();
            command = Objects.requireNonNull(known.get(last.commandSpec().name()));
            known = command.commands();
        }
        CommandSpec spec = last.commandSpec();
        if (last.isVersionHelpRequested()) {
            terminal.say("auscult " + Version.text());
            return ExitCode.OK;
        }
        if (last.isUsageHelpRequested() || command == null) {
            String help = help(spec.commandLine());
            if (last.isUsageHelpRequested()) {
                terminal.say(help);
                return ExitCode.OK;
            }
            throw new UsageException("found no command; wanted one of " + String.join(", ", shown())
                    + "; auscult --help tells what they do");
        }
        return command.run(last, terminal);
    }

    private String help(CommandLine line) {
        Help.Ansi ansi = terminal.style().colour() ? Help.Ansi.ON : Help.Ansi.OFF;
        StringWriter text = new StringWriter();
        line.setUsageHelpWidth(Math.max(60, Math.min(100, terminal.style().width())));
        line.usage(new PrintWriter(text), ansi);
        return text.toString().stripTrailing();
    }

    private List<String> shown() {
        List<String> names = new ArrayList<>(commands.keySet());
        names.remove("rehearse");
        return names;
    }

    private static String usage(ParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String see = "; " + spec.qualifiedName() + " --help tells what there is";
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String found = unmatched.getUnmatched().get(0);
            List<String> known = new ArrayList<>();
            boolean option = found.startsWith("-");
            if (option) {
                for (OptionSpec one : spec.options()) {
                    known.addAll(List.of(one.names()));
                }
            } else {
                known.addAll(spec.subcommands().keySet());
                known.remove("rehearse");
            }
            String name = option && found.contains("=") ? found.substring(0, found.indexOf('=')) : found;
            String what = option
                    ? "unknown option "
                    : spec.subcommands().isEmpty() ? "unknown argument " : "unknown command ";
            return what + Cells.clean(name) + Nearest.hint(name, known) + see;
        }
        String message = Objects.requireNonNullElse(e.getMessage(), "the arguments cannot be understood");
        return Cells.clean(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)) + see;
    }

    /** A full disk or the like is no fault of Auscult. */
    private static String unwritten(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                String reason = Objects.requireNonNullElse(cause.getMessage(), "no reason was given");
                return "cannot write the report: " + Cells.clean(reason);
            }
        }
        return internal(e);
    }

    private static String internal(Throwable e) {
        return "this is a fault of Auscult, not of your run (" + Faults.name(e) + "); " + Faults.request();
    }

    private int failed(int code, String message, @Nullable Throwable trace) {
        try {
            flushWhatGoes();
            terminal.warn(message);
            if (trace != null) {
                terminal.trace(Faults.trace(trace));
            }
        } catch (UncheckedIOException e) {
            // Nobody listens any more; the exit code still tells.
            return code;
        }
        return code;
    }

    /** Shows what was printed before; where it cannot be, the message on the other stream tells why. */
    private void flushWhatGoes() {
        try {
            terminal.out().flush();
        } catch (IOException e) {
            return;
        }
    }

    /** Whether the reader of our output went away, as {@code head} does. */
    private static boolean isBrokenPipe(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof IOException && message != null && message.contains("Broken pipe")) {
                return true;
            }
        }
        return false;
    }

    /** The whole command line, for parsing, help and completion. */
    CommandLine commandLine() {
        CommandSpec root = CommandSpec.create().name("auscult");
        root.usageMessage()
                .description("Reads or records the training of a neural network and says what is wrong with it.")
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Examples:",
                        "  auscult diagnose runs/exp7        what ails this run",
                        "  auscult train digits.yaml         train, record and judge",
                        "  auscult demo                      a sick network, mended before your eyes",
                        "  auscult fix digits.yaml           train, diagnose, treat, and prove that it helped",
                        "  auscult rule overfitting          a page of the rule book",
                        "  auscult cause label-noise         what can be behind findings, and what to do");
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
        addCommon(root);
        addCommands(root, commands);
        CommandLine line = new CommandLine(root);
        line.setPosixClusteredShortOptionsAllowed(false);
        line.setExpandAtFiles(false);
        return line;
    }

    private static void addCommands(CommandSpec parent, Map<String, Command> commands) {
        commands.forEach((name, command) -> {
            CommandSpec spec = command.spec().name(name);
            addCommon(spec);
            addCommands(spec, command.commands());
            parent.addSubcommand(name, spec);
        });
    }

    private static void addCommon(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        spec.addOption(OptionSpec.builder("--debug")
                .type(boolean.class)
                .description("Show a stack trace when Auscult itself fails.")
                .build());
    }
}
