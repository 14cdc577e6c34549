import { abs } from "../functional/abs.ts";
import { add } from "../functional/add.ts";
import { type ClampOptions, clamp } from "../functional/clamp.ts";
import { div } from "../functional/div.ts";
import { exp } from "../functional/exp.ts";
import { log } from "../functional/log.ts";
import { maximum } from "../functional/maximum.ts";
import { minimum } from "../functional/minimum.ts";
import { mul } from "../functional/mul.ts";
import { neg } from "../functional/neg.ts";
import { pow } from "../functional/pow.ts";
import { relu } from "../functional/relu.ts";
import { sigmoid } from "../functional/sigmoid.ts";
import { sqrt } from "../functional/sqrt.ts";
import { sub } from "../functional/sub.ts";
import { tanh } from "../functional/tanh.ts";
import type { Operand } from "./record.ts";
import type { Variable } from "./variable.ts";

/**
 * The elementwise methods of {@link Variable}, which is the class to use; they are apart only to keep both lists short.
 *
 * @public
 */
export class VariableArithmetic {
  /** Sum, element by element. See {@link add}. */
  add(this: Variable, other: Operand): Variable {
    return add(this, other);
  }

  /** Difference, element by element. See {@link sub}. */
  sub(this: Variable, other: Operand): Variable {
    return sub(this, other);
  }

  /** Product, element by element. See {@link mul}. */
  mul(this: Variable, other: Operand): Variable {
    return mul(this, other);
  }

  /** Quotient, element by element. See {@link div}. */
  div(this: Variable, other: Operand): Variable {
    return div(this, other);
  }

  /** Power, element by element. See {@link pow}. */
  pow(this: Variable, exponent: Operand): Variable {
    return pow(this, exponent);
  }

  /** The larger one, element by element. See {@link maximum}. */
  maximum(this: Variable, other: Operand): Variable {
    return maximum(this, other);
  }

  /** The smaller one, element by element. See {@link minimum}. */
  minimum(this: Variable, other: Operand): Variable {
    return minimum(this, other);
  }

  /** Every element with its sign changed. See {@link neg}. */
  neg(this: Variable): Variable {
    return neg(this);
  }

  /** Absolute values. See {@link abs}. */
  abs(this: Variable): Variable {
    return abs(this);
  }

  /** Exponentials. See {@link exp}. */
  exp(this: Variable): Variable {
    return exp(this);
  }

  /** Natural logarithms. See {@link log}. */
  log(this: Variable): Variable {
    return log(this);
  }

  /** Square roots. See {@link sqrt}. */
  sqrt(this: Variable): Variable {
    return sqrt(this);
  }

  /** Hyperbolic tangents. See {@link tanh}. */
  tanh(this: Variable): Variable {
    return tanh(this);
  }

  /** Logistic function of every element. See {@link sigmoid}. */
  sigmoid(this: Variable): Variable {
    return sigmoid(this);
  }

  /** Negative elements replaced by 0. See {@link relu}. */
  relu(this: Variable): Variable {
    return relu(this);
  }

  /** Elements moved to the nearest limit. See {@link clamp}. */
  clamp(this: Variable, options: ClampOptions): Variable {
    return clamp(this, options);
  }
}
