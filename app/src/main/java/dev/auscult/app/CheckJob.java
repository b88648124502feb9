package dev.auscult.app;

import java.io.IOException;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.auscult.app.report.Format;
import dev.auscult.app.report.JsonText;
import dev.auscult.app.report.Measurements;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Rule;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.train.check.AllChecks;
import dev.auscult.train.loop.QuickLook;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.SpecSettings;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The checks of one spec: tries everything, judges what was measured, and reports both. */
final class CheckJob {
    private static final Set<Family> FAMILIES = EnumSet.of(Family.ARC, Family.BUG, Family.DAT, Family.RES);

    private final TrainOptions options;
    private final Terminal terminal;
    private final Workplace workplace;
    private final boolean json;
    private final boolean verbose;

    CheckJob(TrainOptions options, Terminal terminal, Workplace workplace, boolean json, boolean verbose) {
        this.options = options;
        this.terminal = terminal;
        this.workplace = workplace;
        this.json = json;
        this.verbose = verbose;
    }

    /** Does it, and returns the exit code. */
    int run() throws IOException {
        return SpecOptions.with(options, terminal, setup -> {
            DataProfile data = new QuickLook().at(setup, terminal::warn);
            List<Probe> probes = AllChecks.run(setup, terminal::warn);
            Run run = run(setup, data, probes);
            return json ? json(run) : text(setup, run);
        });
    }

    /** A run without a single step, of which all is known that can be known before. */
    private Run run(Setup setup, DataProfile data, List<Probe> probes) {
        RunBuilder builder = Run.builder(setup.spec().name())
                .format("spec")
                .framework("auscult")
                .version("auscult", Version.text())
                .file(options.target().toString())
                .graph(setup.network().graph())
                .data(data);
        builder.settings().putAll(SpecSettings.of(setup.spec()));
        probes.forEach(builder::probe);
        return builder.build();
    }

    private int text(Setup setup, Run run) throws IOException {
        new Measurements(terminal.out(), terminal.style()).print(setup.story(), run.probes());
        return judge(run, Format.TEXT, terminal);
    }

    /** The report of {@code diagnose} in JSON, with what was measured. */
    private int json(Run run) throws IOException {
        StringWriter text = new StringWriter();
        Terminal aside = new Terminal(text, terminal.err(), false, terminal.errIsTerminal(), terminal.style());
        int code = judge(run, Format.JSON, aside);
        ObjectNode report = (ObjectNode) JsonMapper.shared().readTree(text.toString());
        report.set("probes", probes(run.probes()));
        try (JsonGenerator out = JsonText.open(terminal.out())) {
            JsonMapper.shared().writeTree(out, report);
        }
        terminal.say("");
        return code;
    }

    private static JsonNode probes(List<Probe> probes) {
        ObjectNode all = JsonMapper.shared().createObjectNode();
        for (Probe probe : probes) {
            ObjectNode one = all.putObject(probe.kind().label());
            put(one, probe.numbers());
            probe.notes().forEach(one::put);
            if (!probe.parts().isEmpty()) {
                ObjectNode parts = one.putObject("parts");
                probe.parts().forEach(p -> put(parts.putObject(p.name()), p.numbers()));
            }
        }
        return all;
    }

    /** Numbers; NaN and the infinities, which JSON lacks, as text. */
    private static void put(ObjectNode node, Map<String, Double> numbers) {
        numbers.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> {
            if (Double.isFinite(e.getValue())) {
                node.put(e.getKey(), e.getValue());
            } else {
                node.put(e.getKey(), e.getValue().toString());
            }
        });
    }

    private int judge(Run run, Format format, Terminal to) throws IOException {
        // What needs the log of a training cannot be told yet, and goes without saying.
        Examination examination = new Examination(run, Map.of());
        List<Rule> rules = workplace.book().stream()
                .filter(r -> FAMILIES.contains(r.info().family()))
                .filter(r ->
                        verbose || r.needs().stream().allMatch(n -> n.isMet().test(examination)))
                .toList();
        DiagnoseOptions asked = new DiagnoseOptions(
                List.of(options.target()),
                format,
                Optional.empty(),
                rules,
                Map.of(),
                options.failOn(),
                Optional.empty(),
                ReadOptions.DEFAULT,
                verbose,
                Optional.empty(),
                TrainOptions.Engine.USUAL);
        Workplace tried = new Workplace(
                workplace.here(),
                workplace.book(),
                (reading, paths, consumer) -> consumer.accept(new Intake.Found(options.target(), 1, run, "")));
        return new DiagnoseJob(asked, to, tried, false).run();
    }
}
