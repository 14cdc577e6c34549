/** Every example, loaded when it is asked for. */
export const examples = {
  "names-by-language": () => import("./names-by-language/main.ts"),
  accents: () => import("./accents/main.ts"),
  "copy-and-reverse": () => import("./copy-and-reverse/main.ts"),
  translation: () => import("./translation/main.ts"),
  "adding-problem": () => import("./adding-problem/main.ts"),
  "temporal-order": () => import("./temporal-order/main.ts"),
  "exploding-gradients": () => import("./exploding-gradients/main.ts"),
};
