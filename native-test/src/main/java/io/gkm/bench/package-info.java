/**
 * Benchmarks that need no framework: what scripts/bench runs, each beside a reference in one run.
 */
package io.gkm.bench;
