// Which way the arrows point (ARCHITECTURE.md draws them). Type-only imports do not count: they vanish when compiled.

/** What is left of an import after compiling. */
const real = { dependencyTypesNot: ["type-only"] };

/** A published package may import these siblings and nothing else of ours. */
const siblings = { text: [], tensor: [], nn: ["tensor"], train: ["nn", "tensor"] };

const packageArrows = Object.entries(siblings).map(([name, allowed]) => ({
  name: `${name}-arrows`,
  comment: `@rnn/${name} may import ${allowed.map((sibling) => `@rnn/${sibling}`).join(", ") || "nothing"}`,
  severity: "error",
  from: { path: `^packages/${name}/src` },
  to: { ...real, pathNot: [name, ...allowed].map((sibling) => `^packages/${sibling}/`) },
}));

/** Inside a package a layer sees only the layers below it. */
const layer = (from, ...forbidden) => ({
  name: `${from}-layer`,
  severity: "error",
  from: { path: `^packages/${from}` },
  to: { ...real, path: forbidden.map((folder) => `^packages/${folder}`) },
});

export default {
  forbidden: [
    ...packageArrows,
    {
      name: "source-through-the-front-door",
      comment: "import another package by name; what crosses the border is in its index.ts",
      severity: "error",
      from: { path: "^(packages|internal|apps|examples)/([^/]+)/", pathNot: "^packages/nn/assembly/" },
      to: {
        path: "^packages/",
        pathNot: [
          "^packages/[^/]+/src/index\\.ts$",
          "^packages/[^/]+/src/[^/]+/index\\.ts$",
          "^packages/$2/",
          "^packages/[^/]+/dist/index\\.js$",
          "^packages/[^/]+/dist/[^/]+/index\\.js$",
        ],
      },
    },
    {
      name: "assembly-arrows",
      comment: "AssemblyScript knows no packages: kernels of layers compile some of tensor's kernels in",
      severity: "error",
      from: { path: "^packages/([^/]+)/assembly/" },
      to: { pathNot: ["^packages/$1/assembly/", "^packages/tensor/assembly/"] },
    },
    layer("tensor/src/kernels", "tensor/src/(?!kernels)"),
    layer("nn/src/functional", "nn/src/recurrent", "nn/src/layers", "nn/src/module"),
    layer("nn/src/recurrent", "nn/src/layers"),
    {
      name: "no-cycles",
      comment:
        "methods of Tensor and Variable delegate to functions that make Tensors and Variables: the two permitted knots",
      severity: "error",
      from: { path: "^(packages|internal|apps|examples)/" },
      to: {
        circular: true,
        viaOnly: { ...real, pathNot: "^packages/(tensor/src/tensor|nn/src/autograd/variable)\\.ts$" },
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|/dist/" },
    exclude: { path: "(^|/)(dist|fixtures|coverage|temp)/|\\.test(-d)?\\.ts$" },
    // read the sources as they are; transpiling some of them makes the compiler fail
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["@rnn/source", "import", "default"],
      exportsFields: ["exports"],
    },
  },
};
