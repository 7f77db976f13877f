/** The demonstration that {@code scripts/demo} runs: the main job, for real, told on one screen. */
package io.gkm.lab.demo;
