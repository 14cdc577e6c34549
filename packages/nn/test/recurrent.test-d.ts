import {
  type FinalState,
  GRU,
  type HiddenSize,
  LSTM,
  LSTMCell,
  type LSTMOptions,
  type LSTMState,
  type LSTMTrace,
  type PackedSequence,
  RNN,
  type RNNState,
  type RNNTrace,
  Streaming,
  type Variable,
} from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import { expectTypeOf } from "vitest";

declare const x: Tensor;
declare const v: Variable;
declare const flag: boolean | undefined;

// one hidden size: one variable for all layers
const lstm = new LSTM({ inputSize: 3, hiddenSize: 4 });
expectTypeOf(lstm.forward(x).output).toEqualTypeOf<Variable>();
expectTypeOf(lstm.forward(v).state.h).toEqualTypeOf<Variable>();
expectTypeOf(lstm.forward(x).state.c).toEqualTypeOf<Variable>();

// a hidden size per layer: one variable per layer
const rnn = new RNN({ inputSize: 3, hiddenSize: [4, 2] });
expectTypeOf(rnn.forward(x).state).toEqualTypeOf<FinalState<RNNState<number[]>>>();
expectTypeOf(rnn.forward(x).state.h).toEqualTypeOf<Variable[]>();

expectTypeOf(lstm.hiddenSize).toExtend<number>();
expectTypeOf(rnn.hiddenSize).toEqualTypeOf<number[]>();

// what comes out goes in again, and tensors do too
lstm.forward(x, { state: lstm.forward(x).state });
rnn.forward(x, { state: rnn.forward(x).state });
lstm.forward(x, { state: { h: x, c: x }, lengths: new Int32Array(2) });
rnn.forward(x, { state: { h: [x, v] } });
// @ts-expect-error: an LSTM has a cell state
lstm.forward(x, { state: { h: x } });
// @ts-expect-error: this state is one per layer
rnn.forward(x, { state: { h: x } });

// a state of a layer knows the parts of each of its layers
expectTypeOf(lstm.forward(x).state.layer(0).backward.c).toEqualTypeOf<Variable>();
expectTypeOf(rnn.forward(x).state.layer(0).forward.h).toEqualTypeOf<Variable>();
const carried: LSTMState = lstm.forward(x).state;
lstm.forward(x, { state: carried });
// @ts-expect-error: an RNN has no cell state
rnn.forward(x).state.layer(0).forward.c;

// a mask is a tensor, and says which steps count beside the lengths
lstm.forward(x, { mask: x.ne(0), lengths: [1] });
// @ts-expect-error: an array of booleans
lstm.forward(x, { mask: [true] });

// the inside of the steps is there if asked for
expectTypeOf(lstm.forward(x, { trace: true }).trace).toEqualTypeOf<LSTMTrace[][]>();
expectTypeOf(rnn.forward(x, { trace: true, lengths: [1] }).trace).toEqualTypeOf<RNNTrace[][]>();
expectTypeOf(lstm.forward(x, { trace: true }).state.c).toEqualTypeOf<Variable>();
// @ts-expect-error: not asked for
lstm.forward(x).trace;

// packed in, packed out
declare const packed: PackedSequence;
expectTypeOf(lstm.forward(packed, { state: { h: x, c: x } }).output).toEqualTypeOf<PackedSequence>();
// @ts-expect-error: a packed sequence has its lengths
lstm.forward(packed, { lengths: [1] });

// a stream has the state of its layer, and may be given another
expectTypeOf(new Streaming(rnn).state).toEqualTypeOf<RNNState<number[]> | undefined>();
const stream = new Streaming(lstm, { state: { h: v, c: v } });
expectTypeOf(stream.state?.c).toEqualTypeOf<Variable | undefined>();
stream.state = lstm.forward(x).state;
expectTypeOf(new Streaming(rnn).step(x)).toEqualTypeOf<Tensor>();
// @ts-expect-error: an LSTM has a cell state
new Streaming(lstm, { state: { h: v } });

// a field typed by the class holds any layer of one hidden size
const layer: LSTM = lstm;
expectTypeOf(layer.forward(x).state.h).toEqualTypeOf<Variable>();

// options may be passed on when they are undefined
expectTypeOf<LSTMOptions>().toExtend<{ bias?: boolean | undefined }>();
new GRU({
  inputSize: 3,
  hiddenSize: 4,
  bias: flag,
  batchFirst: flag,
  bidirectional: flag,
  dropout: undefined,
});
// @ts-expect-error: not a dtype of parameters
new GRU({ inputSize: 3, hiddenSize: 4, dtype: "int32" });
// @ts-expect-error: only an RNN has a nonlinearity
new GRU({ inputSize: 3, hiddenSize: 4, nonlinearity: "relu" });
// @ts-expect-error: hiddenSize is needed
new RNN({ inputSize: 3 });
expectTypeOf<number[]>().toExtend<HiddenSize>();

const cell = new LSTMCell({ inputSize: 3, hiddenSize: 4 });
expectTypeOf(cell.forward(x, cell.forward(x))).toEqualTypeOf<{ h: Variable; c: Variable }>();
