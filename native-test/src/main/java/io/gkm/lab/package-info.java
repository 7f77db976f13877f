/** Network-namespace topologies, traffic and capture for tests, demo and bench. */
package io.gkm.lab;
