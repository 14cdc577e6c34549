import { type GoldenAdapter, golden } from "../../adapter.ts";
import type { PackageName } from "../../library.ts";
import { mapValues, toOperands, toTensors, type Value } from "../../tensors.ts";
import { compare } from "../differentiate.ts";
import { nameResults, type OperationConfig, runOperation } from "./operations.ts";

/** kinds of tensor.json: an operation on tensors, by name. */
export const tensorCase: GoldenAdapter = golden<OperationConfig>((c, context) => {
  const inputs = withViews("tensor", toTensors(c.inputs), c.config);
  const outputs = nameResults(runOperation("tensor", c.kind, inAlphabeticalOrder(inputs), c.config));
  compare(c, context, { outputs });
});

/** kinds `op:<name>` of autograd.json: an operation on variables, and its gradients. */
export const gradientCase: GoldenAdapter = golden<OperationConfig>((c, context) => {
  const inputs = toOperands(c.inputs, c.grads.inputs);
  const operands = inAlphabeticalOrder(withViews("nn", inputs, c.config));
  const outputs = nameResults(runOperation("nn", c.kind.slice("op:".length), operands, c.config));
  compare(c, context, { outputs, inputs });
});

interface GraphNode {
  readonly id: string;
  readonly op: string;
  /** Names of inputs or ids of earlier nodes. */
  readonly args: string[];
  readonly config?: OperationConfig;
}

/** kind `graph` of autograd.json: an expression of many operations, and the gradients of its inputs. */
export const graphCase: GoldenAdapter = golden<{ nodes: GraphNode[]; outputs: string[] }>((c, context) => {
  const inputs = toOperands(c.inputs, c.grads.inputs);
  const values: Record<string, Value> = { ...inputs };
  for (const { id, op, args, config } of c.config.nodes) {
    const operands = args.map((name) => values[name] as Value);
    values[id] = runOperation("nn", op, operands, config) as Value;
  }
  compare(c, context, { outputs: values, inputs });
});

/** The inputs with the strided views of the configuration taken. */
function withViews(
  from: PackageName,
  inputs: Record<string, Value>,
  { views = {} }: OperationConfig,
): Record<string, Value> {
  return mapValues(inputs, (x, name) =>
    (views[name] ?? []).reduce(
      (view, [operation, config]) => runOperation(from, operation, [view], config) as Value,
      x,
    ),
  );
}

function inAlphabeticalOrder(inputs: Record<string, Value>): Value[] {
  return Object.keys(inputs)
    .sort()
    .map((name) => inputs[name] as Value);
}
