package dev.auscult.train.engine;

/** The kinds of recurrent layer that an engine runs whole. */
public enum Recurrent {
    /** h' = tanh(W x + U h + b). */
    RNN,
    LSTM,
    GRU
}
