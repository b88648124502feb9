package dev.auscult.repair.trial;

import java.io.IOException;

import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.recording.RecordingReader;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;

/** Reads what trials left behind, whoever made them. */
final class Recordings {
    private final Examiner examiner;

    Recordings(Examiner examiner) {
        this.examiner = examiner;
    }

    /** The result of a trial that ended. */
    TrialResult result(TrialRequest request, Ended ended) throws IOException {
        Run run = run(request, ended);
        var diagnosis = examiner.diagnose(run);
        return new TrialResult(
                request,
                ended.ended(),
                ended.steps(),
                ended.planned(),
                ended.seconds(),
                ended.kept(),
                diagnosis,
                examiner.judge(run, diagnosis),
                ended.reason());
    }

    private static Run run(TrialRequest request, Ended ended) throws IOException {
        RunBuilder builder = Run.builder(request.folder().toString());
        if (ended.ended().equals("failed")) {
            return builder.build();
        }
        try {
            RecordingReader.read(request.folder(), builder);
        } catch (UnreadableLogException e) {
            throw new IOException("the recording in " + request.folder() + " cannot be read: " + e.getMessage(), e);
        }
        return builder.build();
    }
}
