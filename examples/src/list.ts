/** Every example, loaded when it is asked for. */
export const examples = {
  "names-by-language": () => import("./names-by-language/main.ts"),
};
