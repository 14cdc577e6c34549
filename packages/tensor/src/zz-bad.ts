import { Variable } from "@rnn/nn"; export const x = Variable;
