package dev.auscult.app.report;

import java.io.IOException;
import java.io.StringWriter;

import dev.auscult.intake.recording.RecordingFiles;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report of a check-up for programs: that of {@code diagnose}, with the profile of the data beside it. */
public final class DataJsonReport implements Report {
    private final ReportContext context;
    private final CheckedData data;
    private final StringWriter findings = new StringWriter();
    private final JsonReport report;

    public DataJsonReport(ReportContext context, CheckedData data) {
        this.context = context;
        this.data = data;
        this.report = new JsonReport(new ReportContext(
                findings,
                context.style(),
                context.version(),
                context.rules(),
                context.baseline(),
                context.failing(),
                context.verbose()));
    }

    @Override
    public void add(ExaminedRun run) {
        report.add(run);
    }

    @Override
    public void finish() throws IOException {
        report.finish();
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode root = (ObjectNode) mapper.readTree(findings.toString());
        root.set("data", mapper.readTree(RecordingFiles.text(data.profile())));
        ArrayNode story = root.putArray("story");
        data.story().forEach(story::add);
        ArrayNode suspects = root.putArray("suspects");
        for (CheckedData.Suspect suspect : data.suspects()) {
            ObjectNode one = suspects.addObject();
            one.put("row", suspect.label().row());
            one.put("source", suspect.label().source());
            one.put("shown", suspect.label().shown());
            one.put("given", suspect.label().given());
            one.put("suggested", suspect.label().suggested());
            one.put("self-confidence", suspect.label().selfConfidence());
            one.put("margin", suspect.label().margin());
        }
        try (JsonGenerator out = JsonText.open(context.out())) {
            mapper.writeTree(out, root);
        }
        context.out().write('\n');
        context.out().flush();
    }
}
