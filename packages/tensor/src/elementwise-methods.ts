import { relu, sigmoid, tanh } from "./ops/activation.ts";
import { add, maximum, minimum, mul, sub } from "./ops/arithmetic.ts";
import { type ClampOptions, clamp } from "./ops/clamp.ts";
import { equal } from "./ops/close.ts";
import { eq, ge, gt, le, lt, ne } from "./ops/comparison.ts";
import { type DivOptions, div } from "./ops/div.ts";
import type { Operand } from "./ops/elementwise.ts";
import { exp, expm1, log, log1p, log2, log10 } from "./ops/exponential.ts";
import { acosh, asinh, atanh, cosh, sinh } from "./ops/hyperbolic.ts";
import { acos, asin, atan, atan2 } from "./ops/inverse-trigonometric.ts";
import { isfinite, isinf, isnan, logicalAnd, logicalNot, logicalOr, logicalXor } from "./ops/logical.ts";
import { hypot, pow, reciprocal, rsqrt, sqrt, square } from "./ops/power.ts";
import { floorDivide, fmod, remainder } from "./ops/remainder.ts";
import { ceil, floor, round, trunc } from "./ops/rounding.ts";
import { abs, neg, sign } from "./ops/sign.ts";
import { cos, sin, tan } from "./ops/trigonometric.ts";
import { StridedArray } from "./strided-array.ts";
import type { Tensor } from "./tensor.ts";
/**
 * The elementwise methods of `Tensor`, which is the class to use; they are apart only to keep both lists short.
 *
 * @public
 */
export class ElementwiseMethods extends StridedArray {
  /** The elementwise {@link add | sum} with `other`. */
  add(this: Tensor, other: Operand): Tensor {
    return add(this, other);
  }
  /** The elementwise {@link sub | difference}, this minus `other`. */
  sub(this: Tensor, other: Operand): Tensor {
    return sub(this, other);
  }
  /** The elementwise {@link mul | product} with `other`. */
  mul(this: Tensor, other: Operand): Tensor {
    return mul(this, other);
  }
  /** The elementwise {@link div | quotient}, this over `other`. */
  div(this: Tensor, other: Operand, options?: DivOptions): Tensor {
    return div(this, other, options);
  }
  /** Every element {@link pow | to the power} of `other`. */
  pow(this: Tensor, other: Operand): Tensor {
    return pow(this, other);
  }
  /** The elementwise {@link maximum | larger} one. */
  maximum(this: Tensor, other: Operand): Tensor {
    return maximum(this, other);
  }
  /** The elementwise {@link minimum | smaller} one. */
  minimum(this: Tensor, other: Operand): Tensor {
    return minimum(this, other);
  }
  /** Where elements are {@link eq | equal}. */
  eq(this: Tensor, other: Operand): Tensor {
    return eq(this, other);
  }
  /** Where elements {@link ne | differ}. */
  ne(this: Tensor, other: Operand): Tensor {
    return ne(this, other);
  }
  /** Where elements are {@link lt | less}. */
  lt(this: Tensor, other: Operand): Tensor {
    return lt(this, other);
  }
  /** Where elements are {@link le | less or equal}. */
  le(this: Tensor, other: Operand): Tensor {
    return le(this, other);
  }
  /** Where elements are {@link gt | greater}. */
  gt(this: Tensor, other: Operand): Tensor {
    return gt(this, other);
  }
  /** Where elements are {@link ge | greater or equal}. */
  ge(this: Tensor, other: Operand): Tensor {
    return ge(this, other);
  }
  /** Where {@link logicalAnd | both} are true. */
  logicalAnd(this: Tensor, other: Operand): Tensor {
    return logicalAnd(this, other);
  }
  /** Where {@link logicalOr | at least one} is true. */
  logicalOr(this: Tensor, other: Operand): Tensor {
    return logicalOr(this, other);
  }
  /** Every element with its sign {@link neg | changed}. */
  neg(this: Tensor): Tensor {
    return neg(this);
  }
  /** Every element {@link abs | without its sign}. */
  abs(this: Tensor): Tensor {
    return abs(this);
  }
  /** The {@link sign} of every element. */
  sign(this: Tensor): Tensor {
    return sign(this);
  }
  /** Every element {@link square | squared}. */
  square(this: Tensor): Tensor {
    return square(this);
  }
  /** The {@link sqrt | square root} of every element. */
  sqrt(this: Tensor): Tensor {
    return sqrt(this);
  }
  /** {@link reciprocal | One over} every element. */
  reciprocal(this: Tensor): Tensor {
    return reciprocal(this);
  }
  /** {@link exp | e to the power} of every element. */
  exp(this: Tensor): Tensor {
    return exp(this);
  }
  /** {@link expm1 | eˣ - 1} of every element. */
  expm1(this: Tensor): Tensor {
    return expm1(this);
  }
  /** The natural {@link log | logarithm} of every element. */
  log(this: Tensor): Tensor {
    return log(this);
  }
  /** {@link log1p | ln(1 + x)} of every element. */
  log1p(this: Tensor): Tensor {
    return log1p(this);
  }
  /** The {@link sin | sine} of every element. */
  sin(this: Tensor): Tensor {
    return sin(this);
  }
  /** The {@link cos | cosine} of every element. */
  cos(this: Tensor): Tensor {
    return cos(this);
  }
  /** The {@link tanh | hyperbolic tangent} of every element. */
  tanh(this: Tensor): Tensor {
    return tanh(this);
  }
  /** The {@link sigmoid | logistic function} of every element. */
  sigmoid(this: Tensor): Tensor {
    return sigmoid(this);
  }
  /** Every element, or {@link relu | zero} if negative. */
  relu(this: Tensor): Tensor {
    return relu(this);
  }
  /** Every element rounded {@link floor | down}. */
  floor(this: Tensor): Tensor {
    return floor(this);
  }
  /** Every element rounded {@link ceil | up}. */
  ceil(this: Tensor): Tensor {
    return ceil(this);
  }
  /** Every element {@link round | rounded}, halves to even. */
  round(this: Tensor): Tensor {
    return round(this);
  }
  /** Where elements are {@link isnan | NaN}. */
  isnan(this: Tensor): Tensor {
    return isnan(this);
  }
  /** Where elements are {@link isinf | infinite}. */
  isinf(this: Tensor): Tensor {
    return isinf(this);
  }
  /** Where elements are {@link isfinite | finite}. */
  isfinite(this: Tensor): Tensor {
    return isfinite(this);
  }
  /** Where elements are {@link logicalNot | zero or false}. */
  logicalNot(this: Tensor): Tensor {
    return logicalNot(this);
  }
  /** Every element moved {@link clamp | inside limits}. */
  clamp(this: Tensor, limits: ClampOptions): Tensor {
    return clamp(this, limits);
  }
  /** The quotient {@link floorDivide | rounded down}, this over `other`. */
  floorDivide(this: Tensor, other: Operand): Tensor {
    return floorDivide(this, other);
  }
  /** What is left by division, {@link remainder | with the sign} of `other`. */
  remainder(this: Tensor, other: Operand): Tensor {
    return remainder(this, other);
  }
  /** What is left by division, {@link fmod | with the sign} of this. */
  fmod(this: Tensor, other: Operand): Tensor {
    return fmod(this, other);
  }
  /** Whether shape and elements are {@link equal | the same}. */
  equal(this: Tensor, other: Tensor): boolean {
    return equal(this, other);
  }
  /** Where {@link logicalXor | exactly one} is true. */
  logicalXor(this: Tensor, other: Operand): Tensor {
    return logicalXor(this, other);
  }
  /** The {@link log2 | logarithm to base 2} of every element. */
  log2(this: Tensor): Tensor {
    return log2(this);
  }
  /** The {@link log10 | logarithm to base 10} of every element. */
  log10(this: Tensor): Tensor {
    return log10(this);
  }
  /** The {@link tan | tangent} of every element. */
  tan(this: Tensor): Tensor {
    return tan(this);
  }
  /** Every element {@link trunc | without its fraction}. */
  trunc(this: Tensor): Tensor {
    return trunc(this);
  }
  /** The {@link asin | angle with that sine} of every element. */
  asin(this: Tensor): Tensor {
    return asin(this);
  }
  /** The {@link acos | angle with that cosine} of every element. */
  acos(this: Tensor): Tensor {
    return acos(this);
  }
  /** The {@link atan | angle with that tangent} of every element. */
  atan(this: Tensor): Tensor {
    return atan(this);
  }
  /** The {@link sinh | hyperbolic sine} of every element. */
  sinh(this: Tensor): Tensor {
    return sinh(this);
  }
  /** The {@link cosh | hyperbolic cosine} of every element. */
  cosh(this: Tensor): Tensor {
    return cosh(this);
  }
  /** The {@link asinh | inverse hyperbolic sine} of every element. */
  asinh(this: Tensor): Tensor {
    return asinh(this);
  }
  /** The {@link acosh | inverse hyperbolic cosine} of every element. */
  acosh(this: Tensor): Tensor {
    return acosh(this);
  }
  /** The {@link atanh | inverse hyperbolic tangent} of every element. */
  atanh(this: Tensor): Tensor {
    return atanh(this);
  }
  /** {@link rsqrt | One over the square root} of every element. */
  rsqrt(this: Tensor): Tensor {
    return rsqrt(this);
  }
  /** The {@link atan2 | angle} of the points (other, this). */
  atan2(this: Tensor, other: Operand): Tensor {
    return atan2(this, other);
  }
  /** The {@link hypot | length} of the hypotenuse over this and `other`. */
  hypot(this: Tensor, other: Operand): Tensor {
    return hypot(this, other);
  }
}
