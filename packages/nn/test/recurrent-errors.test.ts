import { GRU, GRUCell, type GRUOptions, type HiddenSize, LSTM, LSTMCell, RNN, RNNCell } from "@rnn/nn";
import { ShapeError, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

describe("errors of recurrent layers", () => {
  const x = zeros([5, 3, 10]);
  const lstm = new LSTM({ inputSize: 10, hiddenSize: 20, numLayers: 2 });

  it.each([
    [
      "features",
      zeros([5, 3, 12]),
      "LSTM.forward: input has 12 features in its last dimension, but inputSize is 10 (input shape [5,3,12])",
    ],
    [
      "dimensions",
      zeros([10]),
      "LSTM.forward: input must be [L, N, inputSize], or [L, inputSize] without a batch, got shape [10]",
    ],
    ["no steps", zeros([0, 3, 10]), "LSTM.forward: input has no time steps (input shape [0,3,10])"],
  ])("name the shape of an input that does not fit: %s", (_what, input, message) => {
    expect(() => lstm.forward(input)).toThrow(new ShapeError(message));
  });

  it("name the layout that batchFirst expects", () => {
    const gru = new GRU({ inputSize: 10, hiddenSize: 20, batchFirst: true });
    expect(() => gru.forward(zeros([1, 5, 3, 10]))).toThrow(
      new ShapeError(
        "GRU.forward: input must be [N, L, inputSize], or [L, inputSize] without a batch, got shape [1,5,3,10]",
      ),
    );
  });

  it("refuse an input of another dtype", () => {
    expect(() => lstm.forward(zeros([5, 3, 10], { dtype: "int32" }))).toThrow(
      new TypeError('LSTM.forward: input is int32, expected float32; convert it with .to("float32")'),
    );
    expect(() => lstm.forward(zeros([5, 3, 10], { dtype: "float64" }))).toThrow(
      new TypeError(
        'LSTM.forward: input is float64, but the weights are float32; convert it with .to("float32")',
      ),
    );
  });

  it.each([
    [
      { h: zeros([1, 3, 20]), c: zeros([2, 3, 20]) },
      "LSTM.forward: state.h has shape [1,3,20], expected [2,3,20] = [numLayers * directions, batch, hiddenSize]",
    ],
    [
      { h: zeros([2, 3, 20]), c: zeros([2, 4, 20]) },
      "LSTM.forward: state.c has shape [2,4,20], expected [2,3,20] = [numLayers * directions, batch, hiddenSize]",
    ],
  ])("name the part of the state that does not fit: %#", (state, message) => {
    expect(() => lstm.forward(x, { state })).toThrow(new ShapeError(message));
  });

  it("name the expected state of an unbatched input and of a projection", () => {
    expect(() =>
      lstm.forward(zeros([5, 10]), { state: { h: zeros([2, 1, 20]), c: zeros([2, 20]) } }),
    ).toThrow(
      new ShapeError(
        "LSTM.forward: state.h has shape [2,1,20], expected [2,20] = [numLayers * directions, hiddenSize]",
      ),
    );
    const projected = new LSTM({ inputSize: 10, hiddenSize: 20, projSize: 5 });
    expect(() => projected.forward(x, { state: { h: zeros([1, 3, 20]), c: zeros([1, 3, 20]) } })).toThrow(
      new ShapeError(
        "LSTM.forward: state.h has shape [1,3,20], expected [1,3,5] = [numLayers * directions, batch, projSize]",
      ),
    );
  });

  it("name the layer whose state does not fit", () => {
    const rnn = new RNN({ inputSize: 10, hiddenSize: [3, 2] });
    expect(() => rnn.forward(x, { state: { h: [zeros([1, 3, 3]), zeros([1, 3, 3])] } })).toThrow(
      new ShapeError(
        "RNN.forward: state.h[1] has shape [1,3,3], expected [1,3,2] = [directions, batch, hiddenSize[1]]",
      ),
    );
  });

  it("tell one state for all layers from one per layer", () => {
    const rnn = new RNN({ inputSize: 10, hiddenSize: [3, 2] });
    expect(() => rnn.forward(x, { state: { h: zeros([2, 3, 3]) as never } })).toThrow(
      new TypeError(
        "RNN.forward: state.h must be an array of 2, one per layer, because hiddenSize is an array",
      ),
    );
    const plain = new RNN({ inputSize: 10, hiddenSize: 3 });
    expect(() => plain.forward(x, { state: { h: [zeros([1, 3, 3])] as never } })).toThrow(
      new TypeError("RNN.forward: state.h must be one variable or tensor of all layers, got an array"),
    );
  });

  it("name a missing part of the state", () => {
    expect(() => lstm.forward(x, { state: { h: zeros([2, 3, 20]) } as never })).toThrow(
      new TypeError("LSTM.forward: state.c is missing; state needs h and c"),
    );
  });

  it.each([
    [
      [3, 2],
      ShapeError,
      "LSTM.forward: lengths has 2 entries, but the batch has 3 rows (input shape [5,3,10])",
    ],
    [
      [6, 2, 1],
      RangeError,
      "LSTM.forward: lengths[0] must be an integer from 0 to 5, the number of steps, got 6",
    ],
    [
      [5, -1, 1],
      RangeError,
      "LSTM.forward: lengths[1] must be an integer from 0 to 5, the number of steps, got -1",
    ],
    [
      [5, 5, 1.5],
      RangeError,
      "LSTM.forward: lengths[2] must be an integer from 0 to 5, the number of steps, got 1.5",
    ],
  ])("name the length that does not fit: %j", (lengths, kind, message) => {
    expect(() => lstm.forward(x, { lengths })).toThrow(new kind(message));
  });

  it.each([
    [{ inputSize: 0, hiddenSize: 4 }, "GRU: inputSize must be a positive integer, got 0"],
    [{ inputSize: 3, hiddenSize: 2.5 }, "GRU: hiddenSize must be a positive integer, got 2.5"],
    [{ inputSize: 3, hiddenSize: 4, numLayers: 0 }, "GRU: numLayers must be a positive integer, got 0"],
    [{ inputSize: 3, hiddenSize: [4, 0] }, "GRU: hiddenSize[1] must be a positive integer, got 0"],
    [
      { inputSize: 3, hiddenSize: [] },
      "GRU: hiddenSize must be a positive integer or a list with one per layer, got []",
    ],
    [
      { inputSize: 3, hiddenSize: [4, 4], numLayers: 3 },
      "GRU: hiddenSize lists 2 layers, but numLayers is 3; leave numLayers out",
    ],
    [
      { inputSize: 3, hiddenSize: 4, numLayers: 2, dropout: 1.5 },
      "GRU: dropout must be between 0 and 1, got 1.5",
    ],
    [
      { inputSize: 3, hiddenSize: 4, numLayers: 2, dropout: Number.NaN },
      "GRU: dropout must be between 0 and 1, got NaN",
    ],
    [
      { inputSize: 3, hiddenSize: 4, dropout: 0.5 },
      "GRU: dropout 0.5 acts between layers and can have no effect with one layer; use numLayers: 2 or more, or a Dropout layer on the output",
    ],
  ])("name the option that is out of range: %j", (options, message) => {
    expect(() => new GRU(options as GRUOptions<HiddenSize>)).toThrow(new RangeError(message));
  });

  it("name options that only one layer has", () => {
    expect(() => new LSTM({ inputSize: 3, hiddenSize: 4, projSize: 4 })).toThrow(
      new RangeError("LSTM: projSize must be smaller than hiddenSize, got 4 and 4"),
    );
    expect(() => new LSTM({ inputSize: 3, hiddenSize: 4, projSize: -1 })).toThrow(
      new RangeError("LSTM: projSize must be a positive integer, got -1"),
    );
    expect(() => new RNN({ inputSize: 3, hiddenSize: 4, nonlinearity: "sigmoid" as never })).toThrow(
      new RangeError('RNN: nonlinearity must be "tanh" or "relu", got "sigmoid"'),
    );
    expect(() => new RNN({ inputSize: 3, hiddenSize: 4, dtype: "int32" as never })).toThrow(
      new TypeError('RNN: dtype must be "float32" or "float64", got "int32"'),
    );
  });

  it("of cells name the cell", () => {
    const cell = new LSTMCell({ inputSize: 3, hiddenSize: 4 });
    expect(() => cell.forward(zeros([2, 5, 3]))).toThrow(
      new ShapeError(
        "LSTMCell.forward: input must be [N, inputSize], or [inputSize] without a batch, got shape [2,5,3]",
      ),
    );
    expect(() => cell.forward(zeros([2, 4]))).toThrow(
      new ShapeError(
        "LSTMCell.forward: input has 4 features in its last dimension, but inputSize is 3 (input shape [2,4])",
      ),
    );
    expect(() => cell.forward(zeros([2, 3]), { h: zeros([2, 4]), c: zeros([3, 4]) })).toThrow(
      new ShapeError("LSTMCell.forward: state.c has shape [3,4], expected [2,4] = [batch, hiddenSize]"),
    );
    expect(() => cell.forward(zeros([3]), { h: zeros([1, 4]), c: zeros([4]) })).toThrow(
      new ShapeError("LSTMCell.forward: state.h has shape [1,4], expected [4] = [hiddenSize]"),
    );
    expect(() => cell.forward(zeros([2, 3]), { h: zeros([2, 4]) } as never)).toThrow(
      new TypeError("LSTMCell.forward: state.c is missing; state needs h and c"),
    );
    expect(() => new GRUCell({ inputSize: 3, hiddenSize: 0 })).toThrow(
      new RangeError("GRUCell: hiddenSize must be a positive integer, got 0"),
    );
    expect(() => new RNNCell({ inputSize: 3, hiddenSize: 1, nonlinearity: "gelu" as never })).toThrow(
      new RangeError('RNNCell: nonlinearity must be "tanh" or "relu", got "gelu"'),
    );
  });
});
