/** Mends a training: remedies for causes, experiments that tell causes apart, and the loop that proves what helped. */
module dev.auscult.repair {
    requires static transitive org.jspecify;
    requires transitive dev.auscult.diagnose;
    requires transitive dev.auscult.run;
    requires transitive dev.auscult.train;
    requires dev.auscult.data;
    requires dev.auscult.intake;
    requires java.management;
    requires tools.jackson.databind;

    exports dev.auscult.repair.compare;
    exports dev.auscult.repair.experiment;
    exports dev.auscult.repair.fix;
    exports dev.auscult.repair.remedy;
    exports dev.auscult.repair.trial;
}
