/** Trains a network from a spec, records it, and tries it before training. */
module dev.auscult.train {
    requires static transitive org.jspecify;
    requires transitive dev.auscult.data;
    requires transitive dev.auscult.run;
    requires dev.auscult.intake;
    requires java.desktop;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.openblas;
    requires org.bytedeco.pytorch;
    requires org.snakeyaml.engine;
    requires tools.jackson.databind;

    exports dev.auscult.train.check;
    exports dev.auscult.train.checkpoint;
    exports dev.auscult.train.engine;
    exports dev.auscult.train.fold;
    exports dev.auscult.train.generate;
    exports dev.auscult.train.loop;
    exports dev.auscult.train.loss;
    exports dev.auscult.train.metric;
    exports dev.auscult.train.model;
    exports dev.auscult.train.optimizer;
    exports dev.auscult.train.record;
    exports dev.auscult.train.regularize;
    exports dev.auscult.train.schedule;
    exports dev.auscult.train.spec;
    exports dev.auscult.train.torch;
}
