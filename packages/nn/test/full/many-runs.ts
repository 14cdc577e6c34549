import fc from "fast-check";

// property tests that do not say how often they run ten times as often
fc.configureGlobal({ numRuns: 1000 });
